//! What was agreed when a refund was asked for.

use serde::{Deserialize, Serialize};

use crate::ids::{AttemptNumber, RefundNumber, SaleNumber};
use crate::money::Money;
use crate::payment::Method;
use crate::sale::Outside;
use crate::tax::TaxKind;
use crate::time::Timestamp;

/// What was agreed when a refund was asked for. Never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundTerms {
    /// Its number.
    pub number: RefundNumber,
    /// The first of those that were asked for together, because the money came in more than one way.
    pub request: RefundNumber,
    /// The sale the money was paid for, or came in for.
    pub sale: SaleNumber,
    /// What is given back.
    pub of: Of,
    /// How much.
    pub amount: Money,
    /// Which of the sale's payments it comes out of.
    pub from: From,
    /// What that payment brought: all that is given back out of it is no more.
    pub brought: Money,
    /// How it goes back.
    pub back: Back,
    /// Why, in the words of whoever asked.
    pub reason: String,
    /// Who asked.
    pub asked_by: String,
    /// Who approved, where the shop wants somebody to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    /// When.
    pub requested: Timestamp,
}

/// What is given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Of {
    /// Goods of a sale.
    Goods {
        /// Which, and how many of them.
        items: Vec<Item>,
        /// What they come to by tax.
        parts: Parts,
    },
    /// Money that came in and that no sale took: all of it.
    Money,
}

/// So many pieces of one line of a sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The line.
    pub line: u32,
    /// What it was called.
    pub name: String,
    /// How many come back; nought where another refund of the same request has counted them.
    pub quantity: u32,
    /// How many were sold: all that come back are no more.
    pub sold: u32,
    /// What they come to, as the customer paid it.
    pub amount: Money,
    /// How they are taxed.
    pub tax: TaxKind,
}

/// An amount by tax.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// What is taxable.
    pub taxable: Money,
    /// What is at rate nought.
    pub zero_rated: Money,
    /// What is outside the tax.
    pub exempt: Money,
    /// The tax included in `taxable`. Of all refunds of a sale together it comes to exactly the tax of the sale.
    pub tax: Money,
}

/// Which of a sale's payments a refund comes out of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum From {
    /// What came in as notes and coins.
    Cash,
    /// What an attempt brought.
    Attempt {
        /// Which.
        attempt: AttemptNumber,
        /// How the customer paid.
        method: Method,
    },
    /// What was taken outside the till, which only wrote it down.
    Recorded {
        /// Through what.
        through: Outside,
    },
}

/// How a refund goes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Back {
    /// To the card, through the gateway.
    Card {
        /// Which payment.
        #[serde(flatten)]
        card: CardBack,
    },
    /// By a person, outside the gateway.
    Hand {
        /// How.
        way: HandWay,
    },
}

/// A card payment, as the gateway has to be told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardBack {
    /// ECPay's own number of the trade.
    pub trade_no: String,
    /// The merchant it was collected for.
    pub merchant: String,
    /// Instalments or bonus points: all or nothing (ECPay doc 2885).
    pub whole_only: bool,
    /// The last four digits of the card, where they are known.
    pub last4: Option<String>,
}

/// How a person gives money back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandWay {
    /// Out of the drawer.
    Cash,
    /// To the customer's account.
    BankTransfer,
    /// Where it was collected: in the gateway's back office, on the other terminal, as the voucher itself.
    BackOffice,
}

impl RefundTerms {
    /// The attempt whose money this is.
    #[must_use]
    pub fn attempt(&self) -> Option<&AttemptNumber> {
        match &self.from {
            From::Attempt { attempt, .. } => Some(attempt),
            From::Cash | From::Recorded { .. } => None,
        }
    }

    /// The card it goes back to through the gateway.
    #[must_use]
    pub fn card(&self) -> Option<&CardBack> {
        match &self.back {
            Back::Card { card } => Some(card),
            Back::Hand { .. } => None,
        }
    }

    /// Which goods come back; none for money no sale took.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        match &self.of {
            Of::Goods { items, .. } => items,
            Of::Money => &[],
        }
    }

    /// The line of a report a refund is counted on that goes back like this: where the money leaves from.
    #[must_use]
    pub fn counted_on(&self, by_hand: Option<HandWay>) -> &'static str {
        let way = by_hand.or(match &self.back {
            Back::Hand { way } => Some(*way),
            Back::Card { .. } => None,
        });
        match (way, &self.from) {
            (Some(HandWay::Cash), _) => "cash",
            (Some(HandWay::BankTransfer), _) => "bank_transfer",
            (Some(HandWay::BackOffice) | None, From::Attempt { method, .. }) => method.name(),
            (Some(HandWay::BackOffice) | None, From::Recorded { through }) => through.name(),
            (Some(HandWay::BackOffice) | None, From::Cash) => "cash",
        }
    }
}

impl HandWay {
    /// Every way, in the order a counter offers them.
    pub const EVERY: [Self; 3] = [Self::Cash, Self::BankTransfer, Self::BackOffice];
}
