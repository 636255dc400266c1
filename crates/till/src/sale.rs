//! A sale: what is owed, what has come in, and when it is closed.
//!
//! A cart becomes a sale when money is first asked for. From then on its lines are frozen while a payment is live; a
//! change after a cancelled payment is an event of its own.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::cart::{Line, Totals};
use crate::ids::{AttemptNumber, SaleNumber};
use crate::money::Money;
use crate::payment::Method;

/// What happened to a sale, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SaleEvent {
    /// Money was asked for the first time: the cart is a sale now.
    Opened {
        /// What is sold.
        lines: Vec<Line>,
        /// What it comes to.
        totals: Totals,
    },
    /// The lines changed after a payment was given up.
    Revised {
        /// What is sold now.
        lines: Vec<Line>,
        /// What it comes to now.
        totals: Totals,
    },
    /// Something was paid toward it.
    Paid {
        /// How.
        tender: Tender,
    },
    /// It is paid in full. Carries everything a report counts, so that a report reads one event a sale.
    Closed {
        /// What it came to.
        totals: Totals,
        /// How it was paid.
        tenders: Vec<Tender>,
        /// How many pieces.
        items: u32,
        /// The till was restarted between the evidence and this.
        recovered: bool,
    },
    /// It was given up; nothing was paid.
    Voided,
    /// The receipt is there. `copy` 0 is the original.
    ReceiptMade {
        /// Which copy it was.
        copy: u32,
    },
    /// The receipt could not be made; the sale stands.
    ReceiptFailed {
        /// What was wrong, for the log and the screen.
        reason: String,
    },
}

/// One way in which part of a sale was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Tender {
    /// Notes and coins.
    Cash {
        /// What counts toward the sale.
        amount: Money,
        /// What the customer handed over.
        received: Money,
        /// What went back.
        change: Money,
    },
    /// Through the gateway.
    Online {
        /// What counts toward the sale.
        amount: Money,
        /// The attempt that brought it.
        attempt: AttemptNumber,
        /// How the customer paid in the end.
        method: Method,
        /// ECPay's own number of the trade.
        trade_no: Option<String>,
        /// The last four digits of the card, where there was one.
        card_last4: Option<String>,
        /// A payment simulated in a back office: no money moved.
        test: bool,
    },
}

impl Tender {
    /// What counts toward the sale.
    #[must_use]
    pub fn amount(&self) -> Money {
        match self {
            Self::Cash { amount, .. } | Self::Online { amount, .. } => *amount,
        }
    }

    /// What went back to the customer.
    #[must_use]
    pub fn change(&self) -> Money {
        match self {
            Self::Cash { change, .. } => *change,
            Self::Online { .. } => Money::ZERO,
        }
    }

    /// The line of a report this tender is counted on.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Cash { .. } => "cash",
            Self::Online { method, .. } => method.name(),
        }
    }
}

/// A sale as its events leave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sale {
    /// Its number.
    pub number: SaleNumber,
    /// What is sold.
    pub lines: Vec<Line>,
    /// What it comes to.
    pub totals: Totals,
    /// What has come in.
    pub tenders: Vec<Tender>,
    /// Where it stands.
    pub phase: SalePhase,
    /// Where its receipt stands.
    pub receipt: Receipt,
    /// It was closed by a till that had just come back.
    pub recovered: bool,
}

/// Where a sale stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SalePhase {
    /// Money is still owed.
    Open,
    /// Paid in full.
    Closed,
    /// Given up.
    Voided,
}

/// Where the receipt of a sale stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// The sale is not closed.
    NotYet,
    /// The sale is closed and the receipt not made.
    Due,
    /// It is there, and so many copies of it.
    Made {
        /// Copies after the original.
        copies: u32,
    },
    /// It could not be made.
    Failed {
        /// Why.
        reason: String,
    },
}

/// Why a sale does not take this.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SaleError {
    /// There is nothing to sell.
    #[error("there is nothing in the cart")]
    Empty,
    /// It is closed or given up.
    #[error("sale {0} is not open")]
    NotOpen(SaleNumber),
    /// Less cash than is owed.
    #[error("{received} dollars were handed over and {due} are owed")]
    TooLittle {
        /// What is owed.
        due: Money,
        /// What was handed over.
        received: Money,
    },
    /// More cash than any note could make sensible.
    #[error("{received} dollars in cash for {due} owed is more than anybody hands over")]
    TooMuch {
        /// What is owed.
        due: Money,
        /// What was handed over.
        received: Money,
    },
}

impl Sale {
    /// The sale as its first event, [`SaleEvent::Opened`], makes it; nothing for any other event.
    #[must_use]
    pub fn opened(number: SaleNumber, event: &SaleEvent) -> Option<Self> {
        let SaleEvent::Opened { lines, totals } = event else { return None };
        Some(Self {
            number,
            lines: lines.clone(),
            totals: *totals,
            tenders: Vec::new(),
            phase: SalePhase::Open,
            receipt: Receipt::NotYet,
            recovered: false,
        })
    }

    /// Folds one more event in.
    pub fn apply(&mut self, event: &SaleEvent) {
        match event {
            SaleEvent::Opened { lines, totals } | SaleEvent::Revised { lines, totals } => {
                self.lines.clone_from(lines);
                self.totals = *totals;
            }
            SaleEvent::Paid { tender } => self.tenders.push(tender.clone()),
            SaleEvent::Closed { recovered, .. } => {
                self.phase = SalePhase::Closed;
                self.receipt = Receipt::Due;
                self.recovered = *recovered;
            }
            SaleEvent::Voided => self.phase = SalePhase::Voided,
            SaleEvent::ReceiptMade { copy } => self.receipt = Receipt::Made { copies: *copy },
            SaleEvent::ReceiptFailed { reason } => {
                // A copy that failed takes nothing away from the original.
                if !matches!(self.receipt, Receipt::Made { .. }) {
                    self.receipt = Receipt::Failed { reason: reason.clone() };
                }
            }
        }
    }

    /// What has come in.
    #[must_use]
    pub fn paid(&self) -> Money {
        self.tenders.iter().map(Tender::amount).sum()
    }

    /// What is still owed.
    ///
    /// # Panics
    /// Never: both sides are within bounds and a sale takes no more than it owes.
    #[must_use]
    pub fn due(&self) -> Money {
        self.totals.net.checked_sub(self.paid()).expect("both sides are within bounds")
    }

    /// Nothing more will happen to it by itself.
    #[must_use]
    pub fn at_rest(&self) -> bool {
        match self.phase {
            SalePhase::Open => false,
            SalePhase::Voided => true,
            SalePhase::Closed => matches!(self.receipt, Receipt::Made { .. }),
        }
    }

    /// Takes cash for all that is owed: the payment, and the close that follows from it.
    ///
    /// # Errors
    /// When the sale is not open or the cash is not enough.
    pub fn pay_cash(&self, received: Money) -> Result<Vec<SaleEvent>, SaleError> {
        let due = self.due();
        if self.phase != SalePhase::Open {
            return Err(SaleError::NotOpen(self.number.clone()));
        }
        if received < due {
            return Err(SaleError::TooLittle { due, received });
        }
        let change = received
            .checked_sub(due)
            .filter(|change| *change <= Self::CHANGE_MAX)
            .ok_or(SaleError::TooMuch { due, received })?;
        Ok(self.pay(Tender::Cash { amount: due, received, change }, false))
    }

    /// Takes one tender, and closes the sale when it is then paid in full.
    #[must_use]
    pub fn pay(&self, tender: Tender, recovered: bool) -> Vec<SaleEvent> {
        let mut after = self.clone();
        let paid = SaleEvent::Paid { tender };
        after.apply(&paid);
        let mut events = vec![paid];
        if after.due().is_zero() {
            events.push(SaleEvent::Closed {
                totals: after.totals,
                tenders: after.tenders,
                items: after.lines.iter().map(|line| line.quantity).sum(),
                recovered,
            });
        }
        events
    }

    /// More change than this is a typing mistake, not a customer.
    pub const CHANGE_MAX: Money = Money::dollars(99_999);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cart::Cart;
    use crate::catalogue::{Product, Unit};
    use crate::tax::TaxKind;

    fn sale_of(price: i64) -> Sale {
        let mut cart = Cart::default();
        let product = Product {
            code: "X".parse().expect("a code"),
            barcodes: vec![],
            name: "x".into(),
            category: "x".into(),
            price: Money::dollars(price),
            tax: TaxKind::Taxable,
            unit: Unit::Piece,
            favourite: false,
            prices: vec![],
        };
        cart.add(&product, 1).expect("fits");
        let opened = SaleEvent::Opened { lines: cart.lines().to_vec(), totals: cart.totals() };
        Sale::opened("T1-000001".parse().expect("a number"), &opened).expect("an opening event")
    }

    #[test]
    fn cash_pays_and_closes_and_gives_change() {
        let mut sale = sale_of(85);
        let events = sale.pay_cash(Money::dollars(100)).expect("enough");
        for event in &events {
            sale.apply(event);
        }
        assert_eq!(sale.phase, SalePhase::Closed);
        assert_eq!(sale.tenders[0].change(), Money::dollars(15));
        assert_eq!(sale.receipt, Receipt::Due);
        assert!(!sale.at_rest());
        sale.apply(&SaleEvent::ReceiptMade { copy: 0 });
        assert!(sale.at_rest());
        assert_eq!(sale.pay_cash(Money::dollars(100)), Err(SaleError::NotOpen(sale.number.clone())));
    }

    #[test]
    fn too_little_and_absurdly_much_cash_are_refused() {
        let sale = sale_of(85);
        assert!(matches!(sale.pay_cash(Money::dollars(84)), Err(SaleError::TooLittle { .. })));
        assert!(matches!(sale.pay_cash(Money::dollars(200_000)), Err(SaleError::TooMuch { .. })));
    }

    #[test]
    fn a_failed_copy_leaves_the_original_made() {
        let mut sale = sale_of(85);
        for event in sale.pay_cash(Money::dollars(85)).expect("enough") {
            sale.apply(&event);
        }
        sale.apply(&SaleEvent::ReceiptMade { copy: 0 });
        sale.apply(&SaleEvent::ReceiptFailed { reason: "no space".into() });
        assert_eq!(sale.receipt, Receipt::Made { copies: 0 });
    }

    #[test]
    fn a_part_payment_leaves_the_sale_open() {
        let mut sale = sale_of(300);
        let part = Tender::Cash { amount: Money::dollars(200), received: Money::dollars(200), change: Money::ZERO };
        for event in sale.pay(part, false) {
            sale.apply(&event);
        }
        assert_eq!((sale.phase, sale.due()), (SalePhase::Open, Money::dollars(100)));
    }
}
