//! A sale paid in parts, and what becomes of its money when it comes to nothing.

use till::event::Event;
use till::money::Money;
use till::part::Which;
use till::people::Act;
use till::sale::{SaleError, SaleEvent, SalePhase};
use till::time::Timestamp;

use super::{Desk, Register};
use crate::command_error::CommandError;
use crate::view::{HandedBack, Outside};

impl Register {
    /// Takes cash for a part of what is owed. The sale stays open for the rest, and the cash lies in the drawer for it.
    ///
    /// # Errors
    /// When there is nothing to pay, the part is none, the cash is not enough, or a payment is live or unknown.
    pub fn pay_part_cash(&mut self, part: i64, received: i64, now: Timestamp) -> Result<(), CommandError> {
        let (part, received) = (dollars(part)?, dollars(received)?);
        self.take(now, |sale| sale.pay_part_cash(part, received))
    }

    /// Writes down what was taken outside the till: unverified, and shown as such.
    ///
    /// # Errors
    /// As with cash.
    pub fn pay_outside(&mut self, through: Outside, part: i64, note: &str, now: Timestamp) -> Result<(), CommandError> {
        let part = dollars(part)?;
        self.take(now, |sale| sale.pay_outside(through.into(), part, note))
    }

    /// The cash that was taken for the sale on the counter goes back to the customer; the sale owes it again (PF-67).
    ///
    /// # Errors
    /// When there is none, or no reason is given.
    pub fn return_cash(&mut self, reason: &str, now: Timestamp) -> Result<(), CommandError> {
        let reason = tidy(reason).ok_or(CommandError::ReasonMissing)?;
        let sale = self.desk.sale.clone().and_then(|number| self.sales.get(&number));
        let back = sale.map(|sale| sale.give_back(Which::Cash, &reason)).unwrap_or_default();
        if back.is_empty() {
            return Err(CommandError::ChoiceNotPossible);
        }
        let about = self.desk.sale.as_ref().map(ToString::to_string).unwrap_or_default();
        let mut events = self.approved(Act::Refund, &about)?;
        events.extend(back);
        self.record(now, &events, self.desk.clone())
    }

    /// Gives the sale on the counter up, for a reason that is kept. Money that has come in for it goes back first, and
    /// that is said and kept too.
    ///
    /// # Errors
    /// When there is nothing to give up, a payment is waiting, no reason is given, or money is in it and nobody has said
    /// that it went back.
    pub fn void_sale(&mut self, reason: &str, money: HandedBack, now: Timestamp) -> Result<(), CommandError> {
        let reason = tidy(reason).ok_or(CommandError::ReasonMissing)?;
        if self.cart_is_locked() {
            return Err(CommandError::CartLocked);
        }
        // A sale that was never asked money for becomes one here, so that what was given up is on record.
        let (mut events, sale) = match self.sale_on_counter()? {
            Some(sale) => (self.approved(Act::VoidSale, sale.number.as_str())?, sale),
            None => self.open_sale()?,
        };
        let paid = sale.paid();
        match money {
            HandedBack::NothingCameIn if !paid.is_zero() => {
                return Err(CommandError::MoneyHeld { amount: paid.as_dollars() });
            }
            HandedBack::NothingCameIn => {}
            HandedBack::GivenBack => events.extend(sale.give_back(Which::All, &reason)),
        }
        events.push(Event::Sale(sale.number, SaleEvent::Voided { reason: Some(reason) }));
        self.record(now, &events, self.empty_counter())
    }

    /// Takes what `taken` makes of the sale on the counter, in one commit with all that follows from it.
    pub(super) fn take(
        &mut self,
        now: Timestamp,
        taken: impl FnOnce(&till::sale::Sale) -> Result<Vec<SaleEvent>, SaleError>,
    ) -> Result<(), CommandError> {
        if self.live_attempt().is_some() {
            return Err(CommandError::PaymentLive);
        }
        self.refuse_while_unknown()?;
        let (mut events, sale) = self.open_sale()?;
        let number = sale.number.clone();
        events.extend(taken(&sale)?.into_iter().map(|event| Event::Sale(number.clone(), event)));
        let closes = events.iter().any(|event| matches!(event, Event::Sale(_, SaleEvent::Closed { .. })));
        let mut desk = self.after_close(&mut events);
        desk.shown = None;
        if closes {
            desk.cart = till::cart::Cart::default();
            desk.sale = None;
            desk.closed = Some(number);
        } else {
            desk.sale = Some(number);
            desk.closed = None;
        }
        self.record(now, &events, desk)
    }

    /// The sale the counter's cart has become, while it is open.
    pub(super) fn sale_on_counter(&mut self) -> Result<Option<till::sale::Sale>, CommandError> {
        match self.desk.sale.clone() {
            Some(number) => Ok(self.sale(&number)?.filter(|sale| sale.phase == SalePhase::Open)),
            None => Ok(None),
        }
    }

    /// The counter with nothing on it; what waits aside goes on waiting.
    pub(super) fn empty_counter(&self) -> Desk {
        Desk { aside: self.desk.aside.clone(), aside_count: self.desk.aside_count, ..Desk::default() }
    }
}

/// An amount somebody typed.
pub(super) fn dollars(given: i64) -> Result<Money, CommandError> {
    let sensible = (0..=Money::LIMIT.as_dollars()).contains(&given);
    sensible.then(|| Money::dollars(given)).ok_or(CommandError::BadAmount)
}

/// Text somebody typed, on one line and of bounded length; nothing when nothing is left.
pub(super) fn tidy(text: &str) -> Option<String> {
    let text: String = text.trim().chars().filter(|c| !c.is_control()).take(80).collect();
    (!text.is_empty()).then_some(text)
}
