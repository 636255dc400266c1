//! A sale: what is owed, what has come in, and when it is closed.
//!
//! A cart becomes a sale when money is first asked for. From then on its lines are frozen while a payment is live; a
//! change after a cancelled payment is an event of its own.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::cart::{Cart, Line, Totals};
use crate::discount::Discount;
use crate::ids::{AttemptNumber, SaleNumber};
use crate::money::Money;
use crate::payment::Method;
use crate::print::{Came, Fault, Print};
use crate::time::Timestamp;

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
        /// What the whole sale has off; each line carries its share.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discount: Option<Discount>,
        /// What the customer wants remembered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// The lines changed after a payment was given up.
    Revised {
        /// What is sold now.
        lines: Vec<Line>,
        /// What it comes to now.
        totals: Totals,
        /// What the whole sale has off; each line carries its share.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discount: Option<Discount>,
        /// What the customer wants remembered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Something was paid toward it.
    Paid {
        /// How.
        tender: Tender,
    },
    /// Something that had come in went back to the customer; the sale owes it again.
    Returned {
        /// What had come in.
        tender: Tender,
        /// How it went back.
        way: GivenBack,
        /// Why.
        reason: String,
    },
    /// It waits beside the counter, which is free for the next customer.
    PutAside {
        /// What it is called on the list.
        name: String,
        /// Since when.
        since: Timestamp,
    },
    /// It is back on the counter; or, when it was paid meanwhile, somebody has seen to it.
    Recalled,
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
    /// It was given up; nothing is in it.
    Voided {
        /// Why; nothing where nobody had been asked for money yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// The gateway has confirmed what a manager had vouched for (PF-60).
    Verified {
        /// The attempt it was vouched for.
        attempt: AttemptNumber,
        /// How the customer had paid.
        method: Method,
        /// ECPay's own number of the trade.
        trade_no: Option<String>,
        /// The last four digits of the card, where there was one.
        card_last4: Option<String>,
        /// A payment simulated in a back office.
        test: bool,
    },
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
    /// A receipt is about to be handed to a printer. Recorded before anything is sent.
    PrintSent {
        /// Which copy; 0 is the original.
        copy: u32,
        /// The printer's name.
        printer: String,
    },
    /// It came out, as far as the printer says such things.
    Printed {
        /// Which copy.
        copy: u32,
    },
    /// It did not come out, or not for certain; the sale stands.
    NotPrinted {
        /// Which copy.
        copy: u32,
        /// Of which printer.
        printer: String,
        /// Whether any of it can have come out.
        came: Came,
        /// Why.
        fault: Fault,
    },
    /// Somebody does without it.
    PrintLeftOut,
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
        /// Nobody but a manager has said so: the gateway had not answered (PF-60).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unverified: bool,
    },
    /// Taken outside the till, which only writes it down: nothing here can verify it.
    Recorded {
        /// Through what.
        through: Outside,
        /// What counts toward the sale.
        amount: Money,
        /// A reference the cashier wrote down: the slip's number, the voucher's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
}

/// What takes money beside the till.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outside {
    /// A card terminal of its own.
    OtherTerminal,
    /// The shop's own voucher.
    Voucher,
    /// A bank transfer the customer has made.
    Transfer,
}

impl Outside {
    /// Every one of them.
    pub const EVERY: [Self; 3] = [Self::OtherTerminal, Self::Voucher, Self::Transfer];

    /// The line of a report it is counted on.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OtherTerminal => "other_terminal",
            Self::Voucher => "voucher",
            Self::Transfer => "transfer",
        }
    }
}

/// How money that had come in for an open sale went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GivenBack {
    /// Out of the drawer.
    Drawer,
    /// By hand, outside the till: in the gateway's back office, on the other terminal, as the voucher itself.
    Outside,
}

impl Tender {
    /// What counts toward the sale.
    #[must_use]
    pub fn amount(&self) -> Money {
        match self {
            Self::Cash { amount, .. } | Self::Online { amount, .. } | Self::Recorded { amount, .. } => *amount,
        }
    }

    /// The attempt that brought it.
    #[must_use]
    pub fn attempt(&self) -> Option<&AttemptNumber> {
        match self {
            Self::Online { attempt, .. } => Some(attempt),
            Self::Cash { .. } | Self::Recorded { .. } => None,
        }
    }

    /// What went back to the customer.
    #[must_use]
    pub fn change(&self) -> Money {
        match self {
            Self::Cash { change, .. } => *change,
            Self::Online { .. } | Self::Recorded { .. } => Money::ZERO,
        }
    }

    /// Whether nobody but a manager has said that it came in.
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        matches!(self, Self::Online { unverified: true, .. })
    }

    /// The line of a report this tender is counted on.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Cash { .. } => "cash",
            Self::Online { method, .. } => method.name(),
            Self::Recorded { through, .. } => through.name(),
        }
    }

    /// Whether it lies in the drawer.
    #[must_use]
    pub fn is_cash(&self) -> bool {
        matches!(self, Self::Cash { .. })
    }

    /// How it goes back to the customer: notes and coins out of the drawer, everything else the way it came.
    #[must_use]
    pub fn way_back(&self) -> GivenBack {
        if self.is_cash() { GivenBack::Drawer } else { GivenBack::Outside }
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
    /// Where the latest print of its receipt stands.
    pub print: Print,
    /// It was closed by a till that had just come back.
    pub recovered: bool,
    /// What the whole sale has off.
    pub discount: Option<Discount>,
    /// What the customer wants remembered.
    pub note: Option<String>,
    /// It waits beside the counter.
    pub aside: Option<PutAside>,
}

/// A sale that waits beside the counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutAside {
    /// What it is called on the list.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
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
    /// A part is more than nothing and no more than what is owed.
    #[error("a part of {due} owed is 1 to {due} dollars, not {given}")]
    NoPart {
        /// What is owed.
        due: Money,
        /// As asked for.
        given: Money,
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
        let SaleEvent::Opened { lines, totals, discount, note } = event else { return None };
        Some(Self {
            number,
            lines: lines.clone(),
            totals: *totals,
            tenders: Vec::new(),
            phase: SalePhase::Open,
            receipt: Receipt::NotYet,
            print: Print::NotAsked,
            recovered: false,
            discount: *discount,
            note: note.clone(),
            aside: None,
        })
    }

    /// Folds one more event in.
    pub fn apply(&mut self, event: &SaleEvent) {
        match event {
            SaleEvent::Opened { lines, totals, discount, note }
            | SaleEvent::Revised { lines, totals, discount, note } => {
                self.lines.clone_from(lines);
                self.totals = *totals;
                self.discount = *discount;
                self.note.clone_from(note);
            }
            SaleEvent::Paid { tender } => self.tenders.push(tender.clone()),
            SaleEvent::Returned { tender, .. } => {
                // The latest of its like: which of two equal notes went back makes no difference.
                if let Some(at) = self.tenders.iter().rposition(|known| known == tender) {
                    self.tenders.remove(at);
                }
            }
            SaleEvent::PutAside { name, since } => {
                self.aside = Some(PutAside { name: name.clone(), since: *since });
            }
            SaleEvent::Recalled => self.aside = None,
            SaleEvent::Closed { recovered, .. } => {
                self.phase = SalePhase::Closed;
                self.receipt = Receipt::Due;
                self.recovered = *recovered;
            }
            SaleEvent::Voided { .. } => {
                self.phase = SalePhase::Voided;
                self.aside = None;
            }
            SaleEvent::Verified {
                attempt: wanted,
                method: paid_by,
                trade_no: number,
                card_last4: card,
                test: simulated,
            } => {
                for tender in &mut self.tenders {
                    if let Tender::Online { attempt, method, trade_no, card_last4, test, unverified, .. } = tender
                        && attempt == wanted
                    {
                        (*method, *test, *unverified) = (*paid_by, *simulated, false);
                        trade_no.clone_from(number);
                        card_last4.clone_from(card);
                    }
                }
            }
            SaleEvent::ReceiptMade { copy } => self.receipt = Receipt::Made { copies: *copy },
            SaleEvent::ReceiptFailed { reason } => {
                // A copy that failed takes nothing away from the original.
                if !matches!(self.receipt, Receipt::Made { .. }) {
                    self.receipt = Receipt::Failed { reason: reason.clone() };
                }
            }
            SaleEvent::PrintSent { copy, printer } => {
                self.print = Print::Sent { copy: *copy, printer: printer.clone() };
            }
            SaleEvent::Printed { .. } => self.print = Print::Done,
            SaleEvent::NotPrinted { copy, printer, came, fault } => {
                self.print = Print::Failed { copy: *copy, printer: printer.clone(), came: *came, fault: *fault };
            }
            SaleEvent::PrintLeftOut => self.print = Print::LeftOut,
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

    /// Whether this cart is what the sale is for.
    #[must_use]
    pub fn is_for(&self, cart: &Cart) -> bool {
        self.lines == cart.lines() && self.discount == cart.discount() && self.note.as_deref() == cart.note()
    }

    /// The first event of a sale of this cart.
    #[must_use]
    pub fn opening(cart: &Cart) -> SaleEvent {
        let (lines, totals) = (cart.lines().to_vec(), cart.totals());
        SaleEvent::Opened { lines, totals, discount: cart.discount(), note: cart.note().map(str::to_owned) }
    }

    /// The event that brings a sale up to date with this cart.
    #[must_use]
    pub fn revision(cart: &Cart) -> SaleEvent {
        let (lines, totals) = (cart.lines().to_vec(), cart.totals());
        SaleEvent::Revised { lines, totals, discount: cart.discount(), note: cart.note().map(str::to_owned) }
    }

    /// Whether part of it was paid on nothing but a manager's word so far.
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        self.tenders.iter().any(Tender::is_unverified)
    }

    /// Nothing more will happen to it by itself.
    #[must_use]
    pub fn at_rest(&self) -> bool {
        match self.phase {
            SalePhase::Open => false,
            SalePhase::Voided => true,
            // What was paid while it waited aside stays until somebody has seen it.
            SalePhase::Closed => {
                matches!(self.receipt, Receipt::Made { .. }) && self.aside.is_none() && !self.print.is_open()
            }
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
        // Lines taken off after a part was paid may leave nothing to pay: then there is nothing to hand over either.
        if due.is_zero() && !self.tenders.is_empty() && received.is_zero() {
            return Ok(vec![self.closing(false)]);
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
            events.push(after.closing(recovered));
        }
        events
    }

    fn closing(&self, recovered: bool) -> SaleEvent {
        SaleEvent::Closed {
            totals: self.totals,
            tenders: self.tenders.clone(),
            items: self.lines.iter().map(|line| line.quantity).sum(),
            recovered,
        }
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

    fn number() -> AttemptNumber {
        "T1ATTEMPT000000001".parse().expect("a number")
    }

    fn sale_of(price: i64) -> Sale {
        let opened = Sale::opening(&cart_of(price));
        Sale::opened("T1-000001".parse().expect("a number"), &opened).expect("an opening event")
    }

    fn cart_of(price: i64) -> Cart {
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
        cart
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
    fn a_sale_rests_when_its_paper_is_out_or_somebody_does_without() {
        let mut closed = sale_of(85);
        for event in closed.pay_cash(Money::dollars(85)).expect("enough") {
            closed.apply(&event);
        }
        // The intent stands before the receipt, so that the sale never rests in between.
        for event in [SaleEvent::PrintSent { copy: 0, printer: "counter".into() }, SaleEvent::ReceiptMade { copy: 0 }] {
            closed.apply(&event);
            assert!(!closed.at_rest(), "after {event:?}");
        }
        let fault = Fault::PaperOut;
        let failed = SaleEvent::NotPrinted { copy: 0, printer: "counter".into(), came: Came::Nothing, fault };
        let ends: [&[SaleEvent]; 3] = [
            &[SaleEvent::Printed { copy: 0 }],
            &[failed.clone(), SaleEvent::PrintLeftOut],
            &[failed.clone(), SaleEvent::PrintSent { copy: 0, printer: "bar".into() }, SaleEvent::Printed { copy: 0 }],
        ];
        for end in ends {
            let mut sale = closed.clone();
            for (nth, event) in end.iter().enumerate() {
                assert!(!sale.at_rest(), "before {event:?} ({nth})");
                sale.apply(event);
            }
            assert!(sale.at_rest(), "after {end:?}");
        }
    }

    #[test]
    fn a_tender_says_what_it_is() {
        let (amount, change) = (Money::dollars(80), Money::dollars(20));
        let cash = Tender::Cash { amount, received: Money::dollars(100), change };
        let online = |unverified| Tender::Online {
            amount,
            attempt: number(),
            method: Method::Credit,
            trade_no: None,
            card_last4: None,
            test: false,
            unverified,
        };
        let recorded = |through| Tender::Recorded { through, amount, note: None };
        let attempt = Some(number());
        let cases = [
            (cash, "cash", true, false, None, change, GivenBack::Drawer),
            (online(false), "credit", false, false, attempt.clone(), Money::ZERO, GivenBack::Outside),
            (online(true), "credit", false, true, attempt, Money::ZERO, GivenBack::Outside),
            (recorded(Outside::OtherTerminal), "other_terminal", false, false, None, Money::ZERO, GivenBack::Outside),
            (recorded(Outside::Voucher), "voucher", false, false, None, Money::ZERO, GivenBack::Outside),
            (recorded(Outside::Transfer), "transfer", false, false, None, Money::ZERO, GivenBack::Outside),
        ];
        for (tender, name, is_cash, unverified, attempt, change, back) in cases {
            assert_eq!(tender.name(), name);
            assert_eq!((tender.amount(), tender.change()), (amount, change), "{name}");
            assert_eq!((tender.is_cash(), tender.is_unverified()), (is_cash, unverified), "{name}");
            assert_eq!(tender.attempt(), attempt.as_ref(), "{name}");
            assert_eq!(tender.way_back(), back, "{name}");
            let mut sale = sale_of(300);
            sale.apply(&SaleEvent::Paid { tender });
            assert_eq!(sale.is_unverified(), unverified, "{name}");
        }
    }

    #[test]
    fn what_the_gateway_says_later_goes_to_its_own_tender() {
        let other: AttemptNumber = "T1ATTEMPT000000002".parse().expect("a number");
        let vouched = |attempt: &AttemptNumber| Tender::Online {
            amount: Money::dollars(100),
            attempt: attempt.clone(),
            method: Method::All,
            trade_no: None,
            card_last4: None,
            test: false,
            unverified: true,
        };
        let mut sale = sale_of(300);
        for attempt in [&number(), &other] {
            sale.apply(&SaleEvent::Paid { tender: vouched(attempt) });
        }
        sale.apply(&SaleEvent::Verified {
            attempt: other.clone(),
            method: Method::Credit,
            trade_no: Some("2611200001".into()),
            card_last4: Some("4242".into()),
            test: false,
        });
        assert_eq!(sale.tenders[0], vouched(&number()), "the first still rests on a manager's word");
        assert_eq!((sale.tenders[1].is_unverified(), sale.tenders[1].name()), (false, "credit"));
        assert!(sale.is_unverified());
    }

    #[test]
    fn a_cart_with_anything_else_in_it_is_another_sale() {
        let cart = cart_of(85);
        let sale =
            Sale::opened("T1-000001".parse().expect("a number"), &Sale::opening(&cart)).expect("an opening event");
        assert!(sale.is_for(&cart));
        assert!(!sale.is_for(&cart_of(80)), "other lines");
        let mut noted = cart.clone();
        noted.set_note("less ice");
        assert!(!sale.is_for(&noted), "another note");
        let mut cheaper = cart;
        cheaper.discount_all(Some(Discount::Amount { amount: Money::dollars(5) })).expect("less than the sale");
        assert!(!sale.is_for(&cheaper), "another discount");
    }

    #[test]
    fn where_nothing_is_left_to_pay_nothing_is_paid_twice() {
        let free = SaleEvent::Revised { lines: vec![], totals: Totals::default(), discount: None, note: None };
        let mut never_paid = sale_of(85);
        never_paid.apply(&free);
        let events = never_paid.pay_cash(Money::ZERO).expect("nothing is owed");
        assert!(matches!(events.as_slice(), [SaleEvent::Paid { .. }, SaleEvent::Closed { .. }]), "{events:?}");
        let mut part_paid = never_paid.clone();
        part_paid.tenders = vec![Tender::Cash { amount: Money::ZERO, received: Money::ZERO, change: Money::ZERO }];
        let events = part_paid.pay_cash(Money::ZERO).expect("nothing is owed");
        assert!(matches!(events.as_slice(), [SaleEvent::Closed { .. }]), "{events:?}");
        let events = part_paid.pay_cash(Money::dollars(100)).expect("all of it is change");
        assert!(matches!(events.as_slice(), [SaleEvent::Paid { .. }, SaleEvent::Closed { .. }]), "{events:?}");
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
