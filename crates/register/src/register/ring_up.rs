//! Ringing up: what changes the cart.

use till::cart::{Cart, CartError};
use till::catalogue::Product;
use till::event::Event;
use till::ids::SaleNumber;
use till::people::Act;
use till::sale::{SaleEvent, SalePhase};
use till::time::Timestamp;

use super::{Desk, Register, internal};
use crate::command_error::CommandError;
use crate::products::Products;

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
        let product = match self.shelf.by_scan(code) {
            Some(product) => by_the_piece(product)?,
            None => self.labelled(code)?,
        };
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
        let product = by_the_piece(&product)?;
        self.change_cart(|cart| cart.add(&product, 1))
    }

    /// Rings up a piece of the product with this code that weighs so many grams.
    ///
    /// # Errors
    /// When there is none, it is not sold by weight, or the cart cannot take it.
    pub fn add_weighed(&mut self, code: &str, grams: u32) -> Result<(), CommandError> {
        let product = self.shelf.by_code(code);
        let product =
            product.ok_or_else(|| CommandError::UnknownProduct { product: code.chars().take(60).collect() })?;
        let piece = product.weighing(grams).ok_or(CommandError::BadWeight { max: Product::GRAMS_MAX })?;
        self.change_cart(|cart| cart.add(&piece, 1))
    }

    /// The piece a label of the shop's scale is on.
    fn labelled(&self, code: &str) -> Result<Product, CommandError> {
        let barcode = || code.chars().filter(|c| !c.is_control()).take(60).collect();
        let Some(layout) = self.setup.counter.labels.iter().find(|layout| layout.is_meant(code)) else {
            return Err(CommandError::UnknownBarcode { barcode: barcode() });
        };
        let label = code.parse().ok().and_then(|code| layout.read(&code));
        let label = label.ok_or_else(|| CommandError::BadLabel { barcode: barcode() })?;
        // A scale fills up with noughts what the shop may have written without.
        let named = [label.item.as_str(), label.item.trim_start_matches('0')];
        let product = named.into_iter().find_map(|item| self.shelf.by_code(item));
        let product = product.ok_or_else(|| CommandError::UnknownBarcode { barcode: barcode() })?;
        label.piece_of(product).ok_or_else(|| CommandError::BadLabel { barcode: barcode() })
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

    /// Changes the cart by something that takes a consent: a discount above the limit, or whatever else it is once money
    /// was asked for.
    pub(super) fn change_cart_as(
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
        let mut approvals = match (act, &desk.sale) {
            (Some(act), Some(sale)) if act != Act::DiscountOverLimit => self.approved(act, sale.as_str())?,
            _ => vec![],
        };
        let (before, after) = (self.off_over_limit(&self.desk.cart), self.off_over_limit(&desk.cart));
        // What was consented to stays so while goods come and go; more than that is asked for again.
        let marked_down = act == Some(Act::DiscountOverLimit) && after > before;
        if marked_down || (before.is_zero() && after.is_positive()) {
            let about = desk.sale.as_ref().map_or("counter", SaleNumber::as_str).to_owned();
            approvals.extend(self.approved(Act::DiscountOverLimit, &about)?);
        }
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

/// The product, where one piece of it has a price.
fn by_the_piece(product: &Product) -> Result<Product, CommandError> {
    if product.unit.is_piece() {
        return Ok(product.clone());
    }
    Err(CommandError::WeightNeeded { product: product.code.to_string(), name: product.name.clone() })
}

fn parse_count(text: &str) -> Result<u32, CommandError> {
    let given = text.trim().parse().unwrap_or(0);
    if (1..=Cart::QUANTITY_MAX).contains(&given) {
        Ok(given)
    } else {
        Err(CommandError::BadQuantity { given, max: Cart::QUANTITY_MAX })
    }
}
