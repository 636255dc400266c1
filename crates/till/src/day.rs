//! The working day: shifts with the cash in their drawer, and the Z report that closes a day.
//!
//! A shift begins with a counted float and ends with a counted drawer. A Z closes a range of the journal, never a range of
//! the clock: shifts, attempts and sales that are not finished do not hinder it and are carried over.

use serde::{Deserialize, Serialize};

use crate::cash::CashCount;
use crate::figures::Figures;
use crate::money::Money;
use crate::people::Named;

/// The count of a shift or of a Z report at its till: 1, 2, 3 without a gap.
pub type Count = u32;

/// What happened in a shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ShiftEvent {
    /// Somebody has counted what is in the drawer and sells from now on.
    Opened {
        /// Who.
        by: Named,
        /// What was counted.
        counted: CashCount,
        /// What the till thought was in it: what the last shift left, and what came and went since.
        expected: Money,
    },
    /// Cash came into the drawer or left it, and not with a sale.
    Moved {
        /// Which way.
        way: CashWay,
        /// How much; more than nothing.
        amount: Money,
        /// Why.
        reason: String,
        /// Who.
        by: Named,
    },
    /// The drawer was counted. May happen more than once; the last count stands.
    Counted {
        /// Who.
        by: Named,
        /// What was counted.
        counted: CashCount,
        /// What the till thought was in it.
        expected: Money,
        /// Whoever counted was not told what the till thought.
        blind: bool,
    },
    /// The shift is over.
    Closed {
        /// Who.
        by: Named,
        /// What was found to be too much, or, negative, missing, by the last count.
        over: Money,
        /// What they say to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// What was taken out of the drawer for the bank.
        to_bank: Money,
        /// What stays in it for the next shift.
        next_float: Money,
    },
}

/// Which way cash went, without a sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CashWay {
    /// Into the drawer: change fetched from the bank.
    In,
    /// Out of it: a delivery paid for.
    Out,
    /// Out of it, into the safe.
    Drop,
}

impl CashWay {
    /// Every way.
    pub const EVERY: [Self; 3] = [Self::In, Self::Out, Self::Drop];

    /// What the drawer has more by it.
    #[must_use]
    pub fn change(self, amount: Money) -> Money {
        match self {
            Self::In => amount,
            Self::Out | Self::Drop => Money::dollars(-amount.as_dollars()),
        }
    }
}

/// What happened to a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DayEvent {
    /// It is over. The figures are kept as they were, so that the report can be printed again in ten years.
    Closed {
        /// Who closed it.
        by: Named,
        /// What it came to.
        figures: Box<Figures>,
    },
}

/// What the drawer is to keep and what is to go to the bank, when `counted` is in it and a shift starts with `float`.
#[must_use]
pub fn proposal(counted: Money, float: Money) -> (Money, Money) {
    let next = counted.min(float).max(Money::ZERO);
    (next, Money::dollars((counted.as_dollars() - next.as_dollars()).max(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_float_stays_and_the_rest_is_banked() {
        let d = Money::dollars;
        for (counted, float, next, bank) in [(8_250, 3_000, 3_000, 5_250), (2_000, 3_000, 2_000, 0), (0, 3_000, 0, 0)] {
            assert_eq!(proposal(d(counted), d(float)), (d(next), d(bank)), "{counted}");
        }
    }
}
