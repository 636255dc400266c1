//! The journal of a running till: the one that writes.

use std::ops::Deref;
use std::path::Path;

use till::budget::{Allowance, Budget};
use till::event::Event;
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};
use till::payment::Attempt;
use till::refund::Refund;
use till::sale::Sale;

use crate::append;
use crate::error::{AppendError, OpenError, ReadError};
use crate::folds::Folds;
use crate::open::{self, Lock};
use crate::reader::Reader;
use crate::recorded::{Head, Stamp};

/// The journal of a running till. Nobody else can open it for writing while this lives. What can be read from a
/// [`Reader`] can be read from it too.
#[derive(Debug)]
pub struct Journal {
    pub(crate) reader: Reader,
    pub(crate) head: Head,
    pub(crate) folds: Folds,
    pub(crate) allowance: Allowance,
    // Last, so that the file is closed before somebody else may have it.
    pub(crate) _lock: Lock,
}

/// A journal that was opened.
#[derive(Debug)]
pub struct Opened {
    /// The journal.
    pub journal: Journal,
    /// The version the file had before, when an older program had written it.
    pub upgraded_from: Option<u32>,
}

impl Journal {
    /// Opens the journal at `path` for a till, and makes it when there is none. Takes the lock beside it for as long as
    /// the journal lives, brings the file up to date, and checks it: all of a small file, the end of a large one.
    ///
    /// # Errors
    /// When it cannot be had or must not be used; the file is then exactly as it was.
    pub fn open(path: &Path) -> Result<Opened, OpenError> {
        open::for_writing(path)
    }

    /// Opens the journal at `path` for reading only: beside a running till, or to look at a damaged one.
    ///
    /// # Errors
    /// When there is none, or it is of a version this program cannot read. Damage is not looked for.
    pub fn open_read_only(path: &Path) -> Result<Reader, OpenError> {
        open::for_reading(path)
    }

    /// Writes the events, what they change in the read models, and the draft when one is given: all of it, or nothing.
    /// When this returns, all of it outlasts a power cut. Without a draft the one kept before stays.
    ///
    /// # Errors
    /// When they are not written. The journal is as it was, and can be used on unless it is damaged.
    pub fn append(&mut self, stamp: &Stamp, events: &[Event], draft: Option<&str>) -> Result<Head, AppendError> {
        append::append(self, stamp, events, draft)
    }

    /// Writes the events of many moments in one transaction, as [`Journal::append`] does those of one: for bringing in what
    /// happened elsewhere. A till at a counter has one moment at a time.
    ///
    /// # Errors
    /// When none of them is written.
    pub fn append_all(&mut self, moments: &[(Stamp, Vec<Event>)]) -> Result<Head, AppendError> {
        append::append_all(self, moments.iter().map(|(stamp, events)| (stamp, events.as_slice())), None)
    }

    /// Keeps the cart being rung up, as opaque text. It outlasts the end of the program, however sudden.
    ///
    /// # Errors
    /// When it is not kept; the one kept before stays.
    pub fn keep_draft(&mut self, draft: &str) -> Result<(), AppendError> {
        append::keep_draft(self, draft)
    }

    /// What the settings say about asking the gateway; [`Allowance::default`] until then. Not stored.
    pub fn set_allowance(&mut self, allowance: Allowance) {
        self.allowance = allowance;
    }

    /// What is left to ask the gateway with under that merchant's name.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn budget(&self, merchant: &str) -> Result<Budget, ReadError> {
        self.reader.budget_of(merchant, &self.allowance)
    }

    /// The sale as its events leave it; nothing when there is none of that number.
    ///
    /// # Errors
    /// When the journal cannot be read, or one of the events was changed.
    pub fn sale(&self, number: &SaleNumber) -> Result<Option<Sale>, ReadError> {
        self.folds.sale(number).map_or_else(|| self.reader.sale(number), |sale| Ok(Some(sale.clone())))
    }

    /// The attempt as its events leave it; nothing when there is none of that number.
    ///
    /// # Errors
    /// When the journal cannot be read, or one of the events was changed.
    pub fn attempt(&self, number: &AttemptNumber) -> Result<Option<Attempt>, ReadError> {
        self.folds.attempt(number).map_or_else(|| self.reader.attempt(number), |attempt| Ok(Some(attempt.clone())))
    }

    /// The refund as its events leave it; nothing when there is none of that number.
    ///
    /// # Errors
    /// When the journal cannot be read, or one of the events was changed.
    pub fn refund(&self, number: &RefundNumber) -> Result<Option<Refund>, ReadError> {
        self.folds.refund(number).map_or_else(|| self.reader.refund(number), |refund| Ok(Some(refund.clone())))
    }

    /// Where the chain ends.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    /// The streams that have had an event after `seq`, so that a test which looks again and again reads what is new.
    #[doc(hidden)]
    pub fn streams_after_for_tests(&self, seq: u64) -> Vec<String> {
        let sql = "SELECT DISTINCT stream FROM events WHERE seq > ?1";
        let mut statement = self.reader.conn.prepare_cached(sql).expect("readable");
        let rows = statement.query_map([crate::sql::int(seq)], |row| row.get(0)).expect("readable");
        rows.collect::<rusqlite::Result<_>>().expect("readable")
    }

    /// Ends as a killed process does: nothing is tidied up, and what lies in the files is what the next one finds.
    #[doc(hidden)]
    pub fn killed_for_tests(&self) {
        let nothing_on_close = rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        self.reader.conn.set_db_config(nothing_on_close, true).expect("settable");
    }

    /// Lets the file grow no further than so many more pages of 4,096 bytes, as a full disk would.
    #[doc(hidden)]
    pub fn limit_growth_for_tests(&self, pages: Option<u32>) {
        let now: u32 = self.reader.conn.pragma_query_value(None, "page_count", |row| row.get(0)).expect("readable");
        let most = pages.map_or(1_073_741_823, |pages| now + pages);
        self.reader.conn.pragma_update_and_check(None, "max_page_count", most, |_| Ok(())).expect("settable");
    }
}

impl Deref for Journal {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}
