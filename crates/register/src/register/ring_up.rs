//! Ringing up: what changes the cart.

use till::cart::{Cart, CartError};
use till::event::Event;
use till::people::Act;
use till::sale::{SaleEvent, SalePhase};
use till::time::Timestamp;

use super::{Desk, Register, internal};
use crate::command_error::CommandError;
use crate::products::Products;
use crate::view;

impl Register {
    /// Rings up what a scanner read: an exact barcode, else an exact product code. A leading `3*` is a quantity.
    ///
    /// # Errors
    /// When nothing is sold under it, or the cart cannot take it.
    pub fn scan(&mut self, text: &str) -> Result<(), CommandError> {
        let text = text.trim();
        let (quantity, code) = match text.split_once('*') {
            Some((count, code)) => (parse_count(count)?, code),
            None => (1, text),
        };
        let product = self.shelf.by_scan(code).cloned().ok_or_else(|| CommandError::UnknownBarcode {
            barcode: code.chars().filter(|c| !c.is_control()).take(60).collect(),
        })?;
        self.change_cart(|cart| cart.add(&product, quantity))
    }

    /// Rings up one of the product with this code.
    ///
    /// # Errors
    /// When there is none, or the cart cannot take it.
    pub fn add(&mut self, code: &str) -> Result<(), CommandError> {
        let product = self.shelf.by_code(code).cloned();
        let product =
            product.ok_or_else(|| CommandError::UnknownProduct { product: code.chars().take(60).collect() })?;
        self.change_cart(|cart| cart.add(&product, 1))
    }

    /// Sets how many there are on a line.
    ///
    /// # Errors
    /// When there is no such line or the quantity is out of bounds.
    pub fn set_quantity(&mut self, line: u32, quantity: u32) -> Result<(), CommandError> {
        let fewer = self.desk.cart.lines().iter().any(|held| held.id == line && quantity < held.quantity);
        self.change_cart_as(fewer.then_some(Act::VoidLine), |cart| cart.set_quantity(line, quantity))
    }

    /// Takes a line off.
    ///
    /// # Errors
    /// When there is no such line.
    pub fn remove(&mut self, line: u32) -> Result<(), CommandError> {
        self.change_cart_as(Some(Act::VoidLine), |cart| cart.remove(line))
    }

    /// Clears the counter. A sale that had been opened for the cart is voided.
    ///
    /// # Errors
    /// When a payment is waiting, or part of it is paid: then somebody says what becomes of the money
    /// ([`Register::void_sale`]).
    pub fn clear(&mut self, now: Timestamp) -> Result<(), CommandError> {
        if self.cart_is_locked() {
            return Err(CommandError::CartLocked);
        }
        let mut events = Vec::new();
        if let Some(number) = self.desk.sale.clone() {
            match self.sale(&number)? {
                Some(sale) if sale.phase == SalePhase::Open && !sale.paid().is_zero() => {
                    return Err(CommandError::MoneyHeld { amount: sale.paid().as_dollars() });
                }
                Some(sale) if sale.phase == SalePhase::Open => {
                    events = self.approved(Act::VoidSale, number.as_str())?;
                    events.push(Event::Sale(number, SaleEvent::Voided { reason: None }));
                }
                _ => {}
            }
        }
        let desk = self.empty_counter();
        if events.is_empty() { self.put_on_counter(desk) } else { self.record(now, &events, desk) }
    }

    /// Takes the closed sale off the screen.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn dismiss_closed(&mut self) -> Result<(), CommandError> {
        self.put_on_counter(self.desk_for_next_customer())
    }

    /// The products, to look through without holding the till.
    #[must_use]
    pub fn shelf(&self) -> Products {
        self.shelf.clone()
    }

    /// Every product, as the grid shows it.
    #[must_use]
    pub fn products(&self) -> Vec<view::Product> {
        self.shelf.all().iter().map(super::look::product).collect()
    }

    /// Products for what a cashier typed, best first, at most 60.
    #[must_use]
    pub fn search(&self, text: &str) -> Vec<view::Product> {
        self.shelf.search(text, 60).into_iter().map(super::look::product).collect()
    }

    /// Whether the lines must stay as they are: a payment for them is live, may have gone through, or came late and
    /// waits for a person.
    pub(super) fn cart_is_locked(&self) -> bool {
        let Some(sale) = &self.desk.sale else { return false };
        // A cart that was changed before the money came may be put back to what was paid for.
        let as_paid_for = self.sales.get(sale).is_none_or(|sale| !self.counter_differs_from(sale));
        if as_paid_for && self.waiting_money().is_some() {
            return true;
        }
        self.attempts
            .values()
            .any(|attempt| attempt.terms.sale == *sale && !attempt.is_paid() && (attempt.is_live() || attempt.holds()))
    }

    /// The counter as the next customer finds it: what is closed is gone, what is open stays.
    fn desk_for_next_customer(&self) -> Desk {
        let mut desk = self.desk.clone();
        desk.closed = None;
        let shown_sale = desk.shown.as_ref().and_then(|number| self.attempts.get(number)).map(|a| &a.terms.sale);
        if shown_sale != desk.sale.as_ref() || desk.sale.is_none() {
            desk.shown = None;
        }
        desk
    }

    pub(super) fn change_cart(
        &mut self,
        change: impl FnOnce(&mut Cart) -> Result<(), CartError>,
    ) -> Result<(), CommandError> {
        self.change_cart_as(None, change)
    }

    /// Changes the cart by something that takes a consent once money was asked for it.
    fn change_cart_as(
        &mut self,
        act: Option<Act>,
        change: impl FnOnce(&mut Cart) -> Result<(), CartError>,
    ) -> Result<(), CommandError> {
        if self.stopped.is_some() {
            return Err(CommandError::Stopped);
        }
        if self.cart_is_locked() {
            return Err(CommandError::CartLocked);
        }
        let mut desk = self.desk_for_next_customer();
        // An attempt that was given up leaves the screen with the first change; it stays watched.
        desk.shown = None;
        change(&mut desk.cart)?;
        let paid = self.paid_in();
        if desk.cart.totals().net < paid {
            return Err(CommandError::BelowPaid { paid: paid.as_dollars() });
        }
        let approvals = match (act, &desk.sale) {
            (Some(act), Some(sale)) => self.approved(act, sale.as_str())?,
            _ => vec![],
        };
        match self.consenting() {
            Some((_, _, at)) if !approvals.is_empty() => self.record(at, &approvals, desk),
            _ => self.put_on_counter(desk),
        }
    }

    pub(super) fn put_on_counter(&mut self, desk: Desk) -> Result<(), CommandError> {
        match self.journal.keep_draft(&super::draft_text(&desk)) {
            Ok(()) => {}
            Err(journal::AppendError::DiskFull) => return Err(CommandError::DiskFull),
            Err(error) => return Err(internal(&error)),
        }
        self.desk = desk;
        self.forget_what_is_at_rest();
        self.revision += 1;
        Ok(())
    }

    /// The events that make the cart a sale, or bring its sale up to date with it; and the sale as they leave it.
    pub(super) fn open_sale(&mut self) -> Result<(Vec<Event>, till::sale::Sale), CommandError> {
        if self.desk.cart.is_empty() {
            return Err(CommandError::EmptyCart);
        }
        if let Some(number) = self.desk.sale.clone()
            && let Some(mut sale) = self.sale(&number)?
        {
            if sale.is_for(&self.desk.cart) {
                return Ok((vec![], sale));
            }
            let revised = till::sale::Sale::revision(&self.desk.cart);
            sale.apply(&revised);
            return Ok((vec![Event::Sale(number, revised)], sale));
        }
        let count = self.journal.next_sale_count().map_err(|error| internal(&error))?;
        let number = till::ids::SaleNumber::new(&self.setup.heading.till, count);
        let opened = till::sale::Sale::opening(&self.desk.cart);
        let sale = till::sale::Sale::opened(number.clone(), &opened).expect("an opening event opens a sale");
        Ok((vec![Event::Sale(number, opened)], sale))
    }
}

fn parse_count(text: &str) -> Result<u32, CommandError> {
    let given = text.trim().parse().unwrap_or(0);
    if (1..=Cart::QUANTITY_MAX).contains(&given) {
        Ok(given)
    } else {
        Err(CommandError::BadQuantity { given, max: Cart::QUANTITY_MAX })
    }
}
