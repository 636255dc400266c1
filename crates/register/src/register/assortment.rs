//! What is sold: products in and out, and the prices of the day.

use till::catalogue::Product;
use till::event::{Event, ProductEvent};
use till::time::{Day, Timestamp};

use super::{Register, internal};
use crate::catalogue::{Change, Plan, Table};
use crate::command_error::CommandError;
use crate::products::Products;

impl Register {
    /// Sets or adds products, all or none.
    ///
    /// # Errors
    /// When they cannot be recorded.
    pub fn set_products(&mut self, products: Vec<Product>, now: Timestamp) -> Result<(), CommandError> {
        let set = |product: Product| Event::Product(product.code.clone(), ProductEvent::Set { product });
        let events: Vec<Event> = products.into_iter().map(set).collect();
        self.record_products(&events, now)
    }

    /// What taking this file would change.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn plan_import(&self, table: Table) -> Result<Plan, CommandError> {
        let known = self.journal.products().map_err(|error| internal(&error))?;
        Ok(Plan::of(table, &known))
    }

    /// Takes a file in: all that differs, in one commit, or nothing.
    ///
    /// # Errors
    /// When anything stands against it, or it cannot be recorded.
    pub fn import(&mut self, table: Table, now: Timestamp) -> Result<Change, CommandError> {
        let plan = self.plan_import(table)?;
        if let Some(first) = plan.problems.first() {
            return Err(CommandError::CatalogueRefused { problems: plan.problems.len(), first: first.what.clone() });
        }
        if !plan.changes.is_empty() {
            self.set_products(plan.changes, now)?;
        }
        Ok(plan.counts)
    }

    /// Takes a product off the shelf. What was sold of it stays sold.
    ///
    /// # Errors
    /// When there is none of that code, or it cannot be recorded.
    pub fn retire(&mut self, code: &str, now: Timestamp) -> Result<(), CommandError> {
        let product = self.shelf.by_code(code).map(|product| product.code.clone());
        let code = product.ok_or_else(|| CommandError::UnknownProduct { product: code.chars().take(60).collect() })?;
        self.record_products(&[Event::Product(code, ProductEvent::Retired)], now)
    }

    /// The products as the shop wrote them down, later prices included.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn catalogue(&self) -> Result<Vec<Product>, CommandError> {
        self.journal.products().map_err(|error| internal(&error))
    }

    /// Puts the prices of the day on the shelf when a day has begun.
    pub(super) fn begin_day(&mut self, now: Timestamp) -> Result<(), CommandError> {
        if self.shelf.day() == Some(Day::from(now)) {
            return Ok(());
        }
        self.fill_shelf(now)?;
        self.revision += 1;
        Ok(())
    }

    fn record_products(&mut self, events: &[Event], now: Timestamp) -> Result<(), CommandError> {
        let desk = self.desk.clone();
        self.record(now, events, desk)?;
        self.fill_shelf(now)
    }

    fn fill_shelf(&mut self, now: Timestamp) -> Result<(), CommandError> {
        let products = self.catalogue()?;
        self.shelf = Products::on(Day::from(now), products);
        Ok(())
    }
}
