//! The working day as the screens are shown it: shifts, the drawer, Z reports.

use super::{Deserialize, Serialize};

/// Which way cash goes without a sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CashWay {
    /// Into the drawer.
    In,
    /// Out of it.
    Out,
    /// Out of it, into the safe.
    Drop,
}

impl From<CashWay> for till::day::CashWay {
    fn from(way: CashWay) -> Self {
        match way {
            CashWay::In => Self::In,
            CashWay::Out => Self::Out,
            CashWay::Drop => Self::Drop,
        }
    }
}

/// So many of one note or coin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Pieces {
    /// What one is worth.
    pub denomination: u16,
    /// How many.
    pub pieces: u32,
}

shown! {
    /// The day so far, for whoever opens, counts and closes.
    pub struct Day {
        /// The shift that runs.
        pub shift: Option<Shift>,
        /// What a shift is to start with, by the settings.
        pub float: i64,
        /// What the till thinks is in the drawer; nothing where it is to be counted without knowing.
        pub expected: Option<i64>,
        /// The number of the next Z report.
        pub next_z: u32,
        /// The last Z reports, newest first.
        pub reports: Vec<ZLine>,
    }
}

shown! {
    /// The shift that runs.
    pub struct Shift {
        /// Its number.
        pub number: u32,
        /// Since when.
        pub opened_ms: i64,
        /// Opened by whom.
        pub opened_by: String,
        /// What was counted then.
        pub float: i64,
        /// What was put in since, without a sale.
        pub ins: i64,
        /// What was taken out.
        pub outs: i64,
        /// What went into the safe.
        pub drops: i64,
        /// What came of counting the drawer, once it was.
        pub count: Option<Counted>,
    }
}

shown! {
    /// What came of counting the drawer.
    pub struct Counted {
        /// How often it was.
        pub times: u32,
        /// What the last count came to.
        pub counted: i64,
        /// What it was over what the till thought, or, negative, short of it.
        pub over: i64,
        /// What is in the drawer now: the count, and what came and went since.
        pub now: i64,
        /// What could stay for the next shift.
        pub next_float: i64,
        /// What could then go to the bank.
        pub to_bank: i64,
    }
}

shown! {
    /// A Z report on a list.
    pub struct ZLine {
        /// Its number.
        pub number: u32,
        /// When it was made.
        pub at_ms: i64,
        /// By whom.
        pub by: String,
        /// What the day took: sales less what came back.
        pub took: i64,
    }
}

shown! {
    /// A Z report on paper.
    pub struct ReportPicture {
        /// Its number.
        pub number: u32,
        /// 0 is the original.
        pub copy: u32,
        /// The picture.
        pub png_base64: String,
        /// The same as a file.
        pub pdf_path: String,
    }
}

shown! {
    /// What makes a report a Z report.
    pub struct ZMark {
        /// Its number.
        pub number: u32,
        /// Who closed the day.
        pub by: String,
    }
}

shown! {
    /// What came into the drawer and left it. What left is a positive amount.
    pub struct DrawerReport {
        /// In it at the start, as far as the till knew.
        pub at_start: i64,
        /// What counted floats were over that, or short of it.
        pub floats: i64,
        /// Paid by customers in cash.
        pub sales: i64,
        /// Given back before the sale was closed.
        pub returned: i64,
        /// Refunded in cash.
        pub refunds: i64,
        /// Put in without a sale.
        pub ins: i64,
        /// Taken out without a sale.
        pub outs: i64,
        /// Put into the safe.
        pub drops: i64,
        /// Over, or short, by the counts at the end of shifts.
        pub over: i64,
        /// Taken to the bank.
        pub banked: i64,
        /// In it now, as far as the till knows.
        pub expected: i64,
    }
}

shown! {
    /// A shift in a report.
    pub struct ShiftReport {
        /// Its number.
        pub number: u32,
        /// When it was opened.
        pub opened_ms: i64,
        /// By whom.
        pub opened_by: String,
        /// What was counted then.
        pub float: i64,
        /// What came and went.
        pub drawer: DrawerReport,
        /// How often the drawer was counted at the end.
        pub counts: u32,
        /// Its end; nothing while it runs.
        pub end: Option<ShiftEnd>,
    }
}

shown! {
    /// How a shift ended.
    pub struct ShiftEnd {
        /// When.
        pub at_ms: i64,
        /// By whom.
        pub by: String,
        /// What the last count came to.
        pub counted: i64,
        /// Over, or, negative, short.
        pub over: i64,
        /// What was said to it.
        pub note: Option<String>,
        /// What went to the bank.
        pub to_bank: i64,
        /// What stayed.
        pub next_float: i64,
    }
}

shown! {
    /// Everything the till has ever sold.
    pub struct Ever {
        /// Sales.
        pub count: i64,
        /// What they came to.
        pub net: i64,
        /// What came back of that.
        pub refunded: i64,
    }
}

shown! {
    /// Two figures that must be equal and are not.
    pub struct Mismatch {
        /// Which rule: `net = tenders`.
        pub rule: String,
        /// What the one side comes to.
        pub left: i64,
        /// What the other does.
        pub right: i64,
    }
}
