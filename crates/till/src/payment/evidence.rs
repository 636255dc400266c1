//! What the outside says about an attempt, and through which door it said so.

use serde::{Deserialize, Serialize};

use super::Method;
use crate::money::Money;
use crate::time::Timestamp;

/// Where a piece of evidence came in. Signature and merchant were checked before it became evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// The gateway's own notice, by server (ReturnURL, PaymentInfoURL).
    Notice,
    /// The payer's own browser, sent back by the gateway (OrderResultURL, ClientRedirectURL). A fast hint.
    Browser,
    /// The gateway's answer to the till's question (QueryTradeInfo).
    Query,
    /// The gateway's statement, as a file. Nobody has signed it: what it says is asked about.
    Statement,
}

/// One verified message about one attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where it came in.
    pub door: Door,
    /// What it says.
    pub says: Says,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Says {
    /// Money moved.
    Paid {
        /// How much and how.
        payment: Payment,
    },
    /// A code was issued; nothing is paid yet (RtnCode 2 or 10100073).
    CodeIssued {
        /// The code.
        code: PaymentCode,
        /// Until when it can be paid.
        deadline: Option<Timestamp>,
    },
    /// The bank has not made up its mind (RtnCode 10300066): do not release goods, do not call it failed.
    Pending,
    /// This try was declined; the customer may try again on the same page.
    Declined {
        /// The gateway's code.
        code: String,
    },
    /// The order exists and is not paid, or the bank has not answered yet (TradeStatus 0).
    Unpaid,
    /// The customer did not complete it (TradeStatus 10200095); may still be paid.
    NotEstablished,
    /// The gateway has never seen this number (TradeStatus 10200047): nobody has submitted the page.
    UnknownOrder,
    /// Something this program has no name for: never read as paid, never as failed.
    Other {
        /// The gateway's code.
        code: String,
    },
}

/// Money that moved, as the gateway tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// How much.
    pub amount: Money,
    /// ECPay's own number of the trade; refunds need it.
    pub trade_no: Option<String>,
    /// How the customer paid in the end.
    pub method: Method,
    /// The gateway's own word for that, kept as it came.
    pub payment_type: String,
    /// When, in the gateway's own words (Taipei).
    pub paid_at: String,
    /// The last four digits of the card, where there was one.
    pub card_last4: Option<String>,
    /// Paid in instalments or with bonus points: it can only go back as a whole (ECPay doc 2885).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole_only: bool,
    /// Somebody pressed "simulate" in a back office: no money moved (SimulatePaid=1).
    pub simulated: bool,
}

/// A code the customer can pay later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PaymentCode {
    /// A virtual account.
    Atm {
        /// The bank's three digits.
        bank: String,
        /// The account number.
        account: String,
    },
    /// A code for a convenience-store kiosk.
    Cvs {
        /// The code.
        number: String,
    },
    /// Three Code 39 barcodes for a convenience-store till.
    Barcode {
        /// Top to bottom.
        bars: [String; 3],
    },
    /// Accepted for review, nothing to show (buy now, pay later).
    Review,
}
