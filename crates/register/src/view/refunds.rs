//! What the screens are shown of refunds.

use serde::{Deserialize, Serialize};

use super::{Method, Outside};

shown! {
    /// What of a sale can come back, and what has.
    pub struct Refundable {
        /// The sale.
        pub sale: String,
        /// When it was closed.
        pub closed_ms: i64,
        /// What it came to.
        pub total: i64,
        /// What of that has come back, or is on its way.
        pub refunded: i64,
        /// What is left.
        pub left: i64,
        /// Its lines.
        pub lines: Vec<RefundableLine>,
        /// Its payments, in the order in which money goes back to them.
        pub payments: Vec<RefundSource>,
        /// Its refunds, oldest first.
        pub refunds: Vec<Refund>,
    }
}

shown! {
    /// A line of a sale, as it can come back.
    pub struct RefundableLine {
        /// Its id.
        pub line: u32,
        /// The product's code.
        pub code: String,
        /// Its name.
        pub name: String,
        /// Price of one, as on the shelf.
        pub unit_price: i64,
        /// How many were sold.
        pub sold: u32,
        /// How many have come back.
        pub refunded: u32,
        /// How many are left.
        pub left: u32,
        /// What all that are left come to, as the customer paid them.
        pub left_amount: i64,
    }
}

shown! {
    /// One of a sale's payments, as money can go back to it.
    pub struct RefundSource {
        /// How it was paid online; nothing for cash and for what was taken outside the till.
        pub method: Option<Method>,
        /// What took it outside the till.
        pub outside: Option<Outside>,
        /// The attempt that brought it.
        pub attempt: Option<String>,
        /// Card.
        pub card_last4: Option<String>,
        /// What it brought.
        pub brought: i64,
        /// What of that has gone back, or is on its way.
        pub given_back: i64,
        /// The gateway gives it back to the card; else a person does.
        pub by_card: bool,
        /// All or nothing: instalments, bonus points (PF-54).
        pub whole_only: bool,
        /// The ways a person can give it back, the usual one first.
        pub ways: Vec<HandWay>,
    }
}

/// How a person gives money back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum HandWay {
    /// Out of the drawer.
    Cash,
    /// To the customer's account.
    BankTransfer,
    /// Where it was collected: in the gateway's back office, on the other terminal, as the voucher itself.
    BackOffice,
}

/// So many pieces of a line that are to come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RefundWish {
    /// The line.
    pub line: u32,
    /// How many.
    pub quantity: u32,
}

shown! {
    /// What a refund would be.
    pub struct RefundQuote {
        /// What it comes to.
        pub amount: i64,
        /// The tax in it.
        pub tax: i64,
        /// What comes back.
        pub items: Vec<RefundItem>,
        /// To what the money goes, one for each payment of the sale it comes out of.
        pub legs: Vec<RefundLeg>,
        /// A manager has to approve it.
        pub needs_approval: bool,
    }
}

shown! {
    /// Where part of a refund goes.
    pub struct RefundLeg {
        /// How much.
        pub amount: i64,
        /// Where to.
        pub to: RefundTo,
    }
}

shown! {
    /// Pieces of a line that come back.
    pub struct RefundItem {
        /// The line.
        pub line: u32,
        /// What it was called.
        pub name: String,
        /// How many; nought where another refund of the same request has counted them.
        pub quantity: u32,
        /// What they come to.
        pub amount: i64,
    }
}

shown! {
    /// Where money goes back to.
    pub enum RefundTo {
        /// To the card, through the gateway.
        Card {
            /// How it was paid.
            method: Method,
            /// Card.
            last4: Option<String>,
        },
        /// A person gives it back.
        Hand {
            /// How.
            way: HandWay,
            /// How it was paid online; nothing for cash and for what was taken outside the till.
            method: Option<Method>,
            /// What took it outside the till.
            outside: Option<Outside>,
        },
    }
}

shown! {
    /// A refund.
    pub struct Refund {
        /// Its number.
        pub number: String,
        /// The first of those asked for together.
        pub request: String,
        /// Its sale.
        pub sale: String,
        /// The attempt whose money it is.
        pub attempt: Option<String>,
        /// How much.
        pub amount: i64,
        /// What came back; empty for money no sale took.
        pub items: Vec<RefundItem>,
        /// Why.
        pub reason: String,
        /// Who asked.
        pub asked_by: String,
        /// Who approved.
        pub approved_by: Option<String>,
        /// Who gave the money back, where a person did.
        pub handed_by: Option<String>,
        /// Where it goes.
        pub to: RefundTo,
        /// Where it stands.
        pub state: RefundState,
        /// When it was asked for.
        pub requested_ms: i64,
        /// When the gateway is asked next.
        pub next_check_ms: Option<i64>,
        /// It can be tried again, or asked about, now.
        pub can_retry: bool,
        /// A person can give the money back by hand, and it will not go back twice.
        pub can_hand_over: bool,
        /// It can be given up.
        pub can_drop: bool,
        /// How many slips were made.
        pub slips: u32,
    }
}

shown! {
    /// Where a refund stands, as the counter sees it.
    pub enum RefundState {
        /// The gateway is being asked how far the payment has come.
        Asking,
        /// Not before that moment.
        Waiting {
            /// When.
            until_ms: i64,
            /// Why.
            why: RefundWait,
        },
        /// Another refund of the same payment has to end first.
        Queued,
        /// On its way to the gateway.
        Sending,
        /// Nobody knows whether the gateway took it: it is asked about, and not sent again until that is known.
        Unknown {
            /// Since when.
            since_ms: i64,
        },
        /// The gateway has taken it; the money is not back yet.
        OnItsWay {
            /// Since when.
            since_ms: i64,
            /// For longer than it should take.
            overdue: bool,
        },
        /// A person is to give it back.
        ToHandOver,
        /// It cannot go back like this.
        Refused {
            /// Why.
            why: RefundRefusal,
            /// The gateway's code, where it has one.
            code: Option<String>,
            /// The gateway's words.
            message: Option<String>,
        },
        /// The money is back.
        Done {
            /// When.
            at_ms: i64,
            /// How, when a person gave it back.
            by_hand: Option<HandWay>,
            /// What the card never paid was let go of: nothing appears on the statement.
            released: bool,
        },
        /// Given up before anything moved.
        Dropped,
    }
}

/// Why a refund waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RefundWait {
    /// The gateway closes the day (20:15 to 20:30).
    DailyClosing,
    /// What was closed in the evening can be taken back from six in the morning.
    UntilMorning,
    /// Part of a payment can go back only once it is taken, which happens with the next closing.
    UntilCaptured,
}

/// Why a refund cannot go back like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RefundRefusal {
    /// The gateway says no.
    Gateway,
    /// The gateway knows no such card payment.
    NotFound,
    /// Nothing is held or taken any more.
    Cancelled,
    /// The bank never agreed to the payment.
    NotAuthorised,
    /// Part of a payment that the shop has not captured.
    NotCaptured,
    /// Instalments and bonus points go back as a whole.
    WholeOnly,
    /// Less is left at the gateway than is to go back.
    TooMuch,
    /// The gateway uses a word this program does not know.
    StrangeStage,
    /// The gateway's figures have changed in another way than this refund changes them.
    Unclear,
    /// Sent again and again, and it never happened.
    TooOften,
    /// It had no answer and is not in the gateway's list, which may not show refunds at all: look in the back office.
    NotListed,
}

shown! {
    /// A refund's slip to look at.
    pub struct RefundSlip {
        /// Its refund.
        pub refund: String,
        /// 0 is the original.
        pub copy: u32,
        /// The picture.
        pub png_base64: String,
        /// Where the PDF is.
        pub pdf_path: String,
    }
}

shown! {
    /// The refunds of a report.
    pub struct RefundsReport {
        /// How many refunds of goods were asked for.
        pub count: i64,
        /// What they come to: what the day took less.
        pub amount: i64,
        /// The tax in them.
        pub tax: i64,
        /// By tax kind.
        pub by_tax: super::ByTax,
        /// What is back with the customers, of goods.
        pub settled: i64,
        /// By the way the money goes.
        pub ways: Vec<RefundFigure>,
        /// Refunds of money that no sale took, by way. They are in no other figure.
        pub unapplied: Vec<RefundFigure>,
    }
}

shown! {
    /// One way of refunding in a report.
    pub struct RefundFigure {
        /// `cash`, `bank_transfer`, or the method through which it goes back: `credit`, …
        pub way: String,
        /// How many were asked for.
        pub count: i64,
        /// What they come to.
        pub amount: i64,
        /// How many are back with the customer.
        pub settled_count: i64,
        /// What those come to.
        pub settled: i64,
    }
}
