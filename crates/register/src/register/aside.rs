//! Sales put aside: the counter is free for the next customer, and what waits is found again.
//!
//! A cart that nobody was asked money for waits in the draft, like the cart on the counter. A sale waits in the journal:
//! money may be in it or on its way; the decision is `docs/decisions/*-put-aside.md`.

use serde::{Deserialize, Serialize};
use till::cart::Cart;
use till::event::Event;
use till::ids::SaleNumber;
use till::payment::{Attempt, Phase};
use till::sale::{Sale, SaleEvent, SalePhase};
use till::time::Timestamp;

use super::part::tidy;
use super::{Desk, Register};
use crate::command_error::CommandError;
use crate::view::{self, Waits};

/// The most that may wait at once.
const MOST: usize = 60;

/// A cart that waits, of which no sale has been made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AsideCart {
    id: u32,
    name: String,
    since: Timestamp,
    cart: Cart,
}

impl Register {
    /// Puts what is on the counter aside, under a name or, without one, that of its first line.
    ///
    /// # Errors
    /// When there is nothing, too much waits already, or a page is up that a customer may pay any moment.
    pub fn put_aside(&mut self, name: &str, now: Timestamp) -> Result<(), CommandError> {
        if self.stopped.is_some() {
            return Err(CommandError::Stopped);
        }
        let Some(first) = self.desk.cart.lines().first() else { return Err(CommandError::EmptyCart) };
        let name = tidy(name).unwrap_or_else(|| first.name.chars().take(40).collect());
        if self.desk.aside.len() + self.sales_aside().count() >= MOST {
            return Err(CommandError::AsideFull { max: u32::try_from(MOST).unwrap_or(u32::MAX) });
        }
        let waiting = |attempt: &Attempt| matches!(attempt.phase, Phase::CodeIssued { .. }) || attempt.is_unknown();
        if self.live_attempt().is_some_and(|number| !self.attempts.get(&number).is_some_and(waiting)) {
            return Err(CommandError::PaymentLive);
        }
        let mut desk = self.empty_counter();
        let Some(sale) = self.sale_on_counter()? else {
            desk.aside_count = desk.aside_count.wrapping_add(1);
            let cart = self.desk.cart.clone();
            desk.aside.push(AsideCart { id: desk.aside_count, name, since: now, cart });
            return self.put_on_counter(desk);
        };
        let (mut events, _) = self.open_sale()?;
        events.push(Event::Sale(sale.number, SaleEvent::PutAside { name, since: now }));
        self.record(now, &events, desk)
    }

    /// Puts what waits back on the counter.
    ///
    /// # Errors
    /// When it does not wait any more, or something lies on the counter.
    pub fn recall(&mut self, id: &str, now: Timestamp) -> Result<(), CommandError> {
        let unknown = || CommandError::UnknownSale { sale: id.chars().take(40).collect() };
        if !self.desk.cart.is_empty() || self.desk.sale.is_some() {
            return Err(CommandError::CounterBusy);
        }
        let mut desk = self.empty_counter();
        if let Some(id) = id.strip_prefix("cart/") {
            let at = desk.aside.iter().position(|aside| aside.id.to_string() == id).ok_or_else(unknown)?;
            desk.cart = desk.aside.remove(at).cart;
            return self.put_on_counter(desk);
        }
        let number: SaleNumber = id.parse().map_err(|_| unknown())?;
        let sale = self.sale(&number)?.filter(|sale| sale.phase == SalePhase::Open).ok_or_else(unknown)?;
        // Whether it may be collected again hangs on every attempt it ever had.
        for attempt in self.journal.attempts_of(&number).map_err(|error| super::internal(&error))? {
            self.attempt(&attempt)?;
        }
        desk.cart = Cart::of(&sale);
        desk.shown = self.live_of(&number);
        desk.sale = Some(number.clone());
        self.record(now, &[Event::Sale(number, SaleEvent::Recalled)], desk)
    }

    /// What waits, oldest first.
    pub(super) fn aside(&self) -> Vec<view::Aside> {
        let mut all: Vec<view::Aside> = self.desk.aside.iter().map(cart_aside).collect();
        all.extend(self.sales_aside().map(|sale| self.sale_aside(sale)));
        all.sort_by_key(|aside| aside.since_ms);
        all
    }

    /// Open sales that are not on the counter, put there by name or left over by whatever happened.
    pub(super) fn sales_aside(&self) -> impl Iterator<Item = &Sale> {
        let on_counter = self.desk.sale.clone();
        self.sales
            .values()
            .filter(move |sale| sale.phase == SalePhase::Open && on_counter.as_ref() != Some(&sale.number))
    }

    /// The attempt of a sale that can still be paid and is offered.
    pub(super) fn live_of(&self, sale: &SaleNumber) -> Option<till::ids::AttemptNumber> {
        let live = |attempt: &&Attempt| attempt.terms.sale == *sale && attempt.is_live() && !attempt.is_paid();
        self.attempts.values().find(live).map(|attempt| attempt.terms.number.clone())
    }

    fn sale_aside(&self, sale: &Sale) -> view::Aside {
        let attempts = self.attempts.values().filter(|attempt| attempt.terms.sale == sale.number && !attempt.is_paid());
        let last = attempts.max_by_key(|attempt| (attempt.is_live(), attempt.terms.created));
        let (name, since) = match (&sale.aside, last) {
            (Some(aside), _) => (aside.name.clone(), aside.since),
            (None, Some(attempt)) => (sale.number.to_string(), attempt.terms.created),
            (None, None) => (sale.number.to_string(), Timestamp::from_unix_ms(0)),
        };
        view::Aside {
            id: sale.number.to_string(),
            name,
            since_ms: since.unix_ms(),
            items: sale.lines.iter().map(|line| line.quantity).sum(),
            total: sale.totals.net.as_dollars(),
            paid: sale.paid().as_dollars(),
            due: sale.due().as_dollars(),
            sale: Some(sale.number.to_string()),
            waits: last.map(|attempt| Waits {
                attempt: attempt.terms.number.to_string(),
                method: attempt.terms.method.into(),
                amount: attempt.terms.amount.as_dollars(),
                state: super::look::state(attempt),
            }),
        }
    }
}

impl Desk {
    /// Whether an attempt's sale is the one on the counter.
    pub(super) fn is_about(&self, attempt: &Attempt) -> bool {
        self.sale.as_ref() == Some(&attempt.terms.sale)
    }
}

fn cart_aside(aside: &AsideCart) -> view::Aside {
    let total = aside.cart.totals().net.as_dollars();
    view::Aside {
        id: format!("cart/{}", aside.id),
        name: aside.name.clone(),
        since_ms: aside.since.unix_ms(),
        items: aside.cart.items(),
        total,
        paid: 0,
        due: total,
        sale: None,
        waits: None,
    }
}
