//! What is sold: products in and out, and the prices of the day.

use till::catalogue::{Barcode, Product, ProductCode};
use till::event::{Event, ProductEvent};
use till::people::Act;
use till::time::{Day, Timestamp};

use super::{Register, internal};
use crate::catalogue::{Change, Plan, Table, Wrong};
use crate::command_error::CommandError;
use crate::products::Products;
use crate::view::ProductForm;

impl Register {
    /// Sets or adds products, all or none.
    ///
    /// # Errors
    /// When they cannot be recorded.
    pub fn set_products(&mut self, products: Vec<Product>, now: Timestamp) -> Result<(), CommandError> {
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
    /// When anything stands against it, nobody has consented who may, or it cannot be recorded.
    pub fn import(&mut self, table: Table, now: Timestamp) -> Result<Change, CommandError> {
        let plan = self.plan_import(table)?;
        if let Some(first) = plan.problems.first() {
            return Err(CommandError::CatalogueRefused { problems: plan.problems.len(), first: first.to_string() });
        }
        if plan.changes.is_empty() {
            return Ok(plan.counts);
        }
        let prices = plan.counts.added + plan.counts.repriced > 0;
        let mut events = self.approved(if prices { Act::EditPrice } else { Act::EditCatalogue }, "import")?;
        events.extend(plan.changes.into_iter().map(set));
        self.record_products(&events, now)?;
        Ok(plan.counts)
    }

    /// The product of that code as the shop wrote it down, to be changed.
    ///
    /// # Errors
    /// When there is none, or the journal cannot be read.
    pub fn product_form(&self, code: &str) -> Result<ProductForm, CommandError> {
        self.written_down(code)?.as_ref().map(ProductForm::of).ok_or_else(|| unknown(code))
    }

    /// Adds a product, or changes the one that was there `before`: what was shown to whoever changes it. Somebody else
    /// may have changed it meanwhile; then the second is told, and nothing is written over.
    ///
    /// # Errors
    /// When it cannot be a product, is another now than it was, or nobody has consented who may.
    pub fn save_product(
        &mut self,
        before: Option<&ProductForm>,
        form: &ProductForm,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        let product = form.read().map_err(|what| CommandError::ProductRefused { what })?;
        let known = self.written_down(product.code.as_str())?;
        match (before, &known) {
            (None, Some(_)) => {
                let what = Wrong::CodeTaken { code: product.code.to_string() };
                return Err(CommandError::ProductRefused { what });
            }
            (Some(before), known) if known.as_ref().map(ProductForm::of).as_ref() != Some(before) => {
                return Err(CommandError::ProductChanged { product: product.code.to_string() });
            }
            _ => {}
        }
        for barcode in &product.barcodes {
            if let Some(owner) = self.owner_of(barcode)?.filter(|owner| *owner != product.code) {
                let what = Wrong::BarcodeTaken { barcode: barcode.to_string(), product: owner.to_string() };
                return Err(CommandError::ProductRefused { what });
            }
        }
        if known.as_ref() == Some(&product) {
            return Ok(());
        }
        let priced = |known: &Product| {
            (known.price, &known.prices, known.unit, known.tax)
                == (product.price, &product.prices, product.unit, product.tax)
        };
        let act = if known.as_ref().is_some_and(priced) { Act::EditCatalogue } else { Act::EditPrice };
        let mut events = self.approved(act, product.code.as_str())?;
        events.push(set(product));
        self.record_products(&events, now)
    }

    /// Takes a product off the shelf. What was sold of it stays sold.
    ///
    /// # Errors
    /// When there is none of that code, nobody has consented who may, or it cannot be recorded.
    pub fn retire(&mut self, code: &str, now: Timestamp) -> Result<(), CommandError> {
        let product = self.shelf.by_code(code).map(|product| product.code.clone());
        let code = product.ok_or_else(|| unknown(code))?;
        let mut events = self.approved(Act::EditCatalogue, code.as_str())?;
        events.push(Event::Product(code, ProductEvent::Retired));
        self.record_products(&events, now)
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

    fn written_down(&self, code: &str) -> Result<Option<Product>, CommandError> {
        let Ok(code) = code.parse::<ProductCode>() else { return Ok(None) };
        self.journal.product_by_code(&code).map_err(|error| internal(&error))
    }

    fn owner_of(&self, barcode: &Barcode) -> Result<Option<ProductCode>, CommandError> {
        let owner = self.journal.product_by_barcode(barcode).map_err(|error| internal(&error))?;
        Ok(owner.map(|product| product.code))
    }

    fn record_products(&mut self, events: &[Event], now: Timestamp) -> Result<(), CommandError> {
        let desk = self.desk.clone();
        self.record(now, events, desk)?;
        let mut products = events.iter().filter(|event| matches!(event, Event::Product(..)));
        // One product at another price is what a shop changes all day: a hundred thousand others need not be read for it.
        if let (Some(Event::Product(_, ProductEvent::Set { product })), None) = (products.next(), products.next())
            && self.shelf.replace(Day::from(now), product)
        {
            self.filled += 1;
            return Ok(());
        }
        self.fill_shelf(now)
    }

    fn fill_shelf(&mut self, now: Timestamp) -> Result<(), CommandError> {
        let products = self.catalogue()?;
        self.shelf = Products::on(Day::from(now), products);
        self.filled += 1;
        Ok(())
    }
}

fn set(product: Product) -> Event {
    Event::Product(product.code.clone(), ProductEvent::Set { product })
}

fn unknown(code: &str) -> CommandError {
    CommandError::UnknownProduct { product: code.chars().take(60).collect() }
}
