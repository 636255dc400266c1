//! A sale paid in parts: part cash, part online, part written down; and what goes back when it comes to nothing.

use crate::event::Event;
use crate::money::Money;
use crate::payment::{AttemptEvent, Choice};
use crate::sale::{Outside, Sale, SaleError, SaleEvent, SalePhase, Tender};

/// The longest reference to money taken outside, in characters.
pub const NOTE_MAX: usize = 60;

impl Sale {
    /// Takes cash for a part of what is owed, with change from what was handed over; closes the sale when that was all.
    ///
    /// # Errors
    /// When the sale is not open, the part is none, or the cash is not enough for it.
    pub fn pay_part_cash(&self, part: Money, received: Money) -> Result<Vec<SaleEvent>, SaleError> {
        self.refuse_no_part(part)?;
        if received < part {
            return Err(SaleError::TooLittle { due: part, received });
        }
        let change = received
            .checked_sub(part)
            .filter(|change| *change <= Self::CHANGE_MAX)
            .ok_or(SaleError::TooMuch { due: part, received })?;
        Ok(self.pay(Tender::Cash { amount: part, received, change }, false))
    }

    /// Writes down what was taken outside the till. No change is given from it.
    ///
    /// # Errors
    /// When the sale is not open or the part is none.
    pub fn pay_outside(&self, through: Outside, part: Money, note: &str) -> Result<Vec<SaleEvent>, SaleError> {
        self.refuse_no_part(part)?;
        let note: String = note.trim().chars().filter(|c| !c.is_control()).take(NOTE_MAX).collect();
        let note = (!note.is_empty()).then_some(note);
        Ok(self.pay(Tender::Recorded { through, amount: part, note }, false))
    }

    /// Cash that was taken for a sale that is not paid in full: it lies in the drawer and belongs to the customer.
    #[must_use]
    pub fn cash_held(&self) -> Money {
        match self.phase {
            SalePhase::Open => self.tenders.iter().filter(|tender| tender.is_cash()).map(Tender::amount).sum(),
            SalePhase::Closed | SalePhase::Voided => Money::ZERO,
        }
    }

    /// The events by which what has come in goes back: all of it, or the cash alone. An attempt whose money went back by
    /// hand says so itself, so that nobody gives it back again.
    #[must_use]
    pub fn give_back(&self, which: Which, reason: &str) -> Vec<Event> {
        if self.phase != SalePhase::Open {
            return vec![];
        }
        let mut events = Vec::new();
        for tender in self.tenders.iter().filter(|tender| which == Which::All || tender.is_cash()) {
            if let Tender::Online { attempt, .. } = tender {
                let resolved = AttemptEvent::Resolved { choice: Choice::RefundedByHand };
                events.push(Event::Attempt(attempt.clone(), resolved));
            }
            let way = tender.way_back();
            let returned = SaleEvent::Returned { tender: tender.clone(), way, reason: reason.to_owned() };
            events.push(Event::Sale(self.number.clone(), returned));
        }
        events
    }

    fn refuse_no_part(&self, part: Money) -> Result<(), SaleError> {
        if self.phase != SalePhase::Open {
            return Err(SaleError::NotOpen(self.number.clone()));
        }
        let due = self.due();
        if part.is_positive() && part <= due { Ok(()) } else { Err(SaleError::NoPart { due, given: part }) }
    }
}

/// Which of the money that has come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Notes and coins.
    Cash,
    /// Everything.
    All,
}
