//! What came of holding a statement against the journal, as the screens are shown it.

use super::{Deserialize, Serialize};

/// In which way the two differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// Another amount.
    Amount,
    /// The gateway has money of an attempt that is not paid here; it is being asked about.
    TheirsOnly,
    /// A number of this till that its journal has never made.
    NotInJournal,
    /// Paid here, and not listed there.
    OursOnly,
    /// Another amount was given back.
    Refund,
}

shown! {
    /// What the journal says about a payment that does not agree.
    pub struct OursSays {
        /// What is known of the money: `paid`, `presented` and so on.
        pub state: String,
        /// The gateway's own answer has agreed.
        pub confirmed: bool,
        /// It came after the counter had given it up.
        pub late: bool,
        /// A manager has said that it was paid.
        pub vouched: bool,
        /// When it was paid, in the gateway's words.
        pub paid_at: Option<String>,
        /// The gateway's number.
        pub trade_no: Option<String>,
    }
}

shown! {
    /// One exception.
    pub struct FindingLine {
        /// In which way.
        pub difference: Difference,
        /// Our number of the payment.
        pub number: String,
        /// The sale it was for.
        pub sale: Option<String>,
        /// The day it was paid.
        pub day: Option<String>,
        /// The gateway's number, as the statement says.
        pub trade_no: Option<String>,
        /// What the journal said then: of a refund what went back, else what was paid.
        pub ours: i64,
        /// What the statement says.
        pub theirs: i64,
        /// What the journal says now.
        pub now: Option<OursSays>,
    }
}

shown! {
    /// A statement that was held against the journal.
    pub struct Reconciled {
        /// Where that is recorded.
        pub seq: i64,
        /// The first day it is about.
        pub from: String,
        /// The last day.
        pub to: String,
        /// When it was done.
        pub at_ms: i64,
        /// Who had it done.
        pub by: String,
        /// Its lines.
        pub lines: u32,
        /// Payments on which both agree.
        pub matched: u32,
        /// What those come to.
        pub matched_amount: i64,
        /// Payments of other tills.
        pub elsewhere: u32,
        /// The exceptions.
        pub findings: Vec<FindingLine>,
        /// How many more there were.
        pub more: u32,
    }
}

shown! {
    /// The same on a list.
    pub struct ReconciledLine {
        /// Where it is recorded.
        pub seq: i64,
        /// When.
        pub at_ms: i64,
        /// The first day.
        pub from: String,
        /// The last day.
        pub to: String,
        /// Payments that agree.
        pub matched: i64,
        /// Exceptions.
        pub findings: i64,
    }
}
