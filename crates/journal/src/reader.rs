//! Everything that can be read from a journal, by the till that writes it or beside it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use till::budget::{Allowance, Budget};
use till::cart::Totals;
use till::catalogue::{Barcode, Product, ProductCode};
use till::day::{self, DayEvent};
use till::event::{Event, TillEvent};
use till::figures::{Figures, PartPaid, ShiftFigures};
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};
use till::money::Money;
use till::payment::Attempt;
use till::people::{Named, Person};
use till::range::RangeFigures;
use till::reconcile::Reconciliation;
use till::refund::Refund;
use till::sale::{Sale, SaleEvent, SalePhase, Tender};
use till::time::{Day, Timestamp};

use crate::backup::{self, BackupError};
use crate::error::{Break, ReadError, What};
use crate::export::{self, Exported};
use crate::figures::{AlarmCount, TaskHolder};
use crate::file::{self, EventRow};
use crate::folds;
use crate::models::{self, ReconciledLine, ZReport};
use crate::recorded::Head;
use crate::sql::int;
use crate::verify::Verified;

/// A journal, for reading only.
#[derive(Debug)]
pub struct Reader {
    pub(crate) conn: Connection,
    pub(crate) path: PathBuf,
}

/// A closed sale, as its closing event tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedSale {
    /// Its number.
    pub number: SaleNumber,
    /// When it was closed.
    pub closed_at: Timestamp,
    /// Who closed it.
    pub operator: String,
    /// What it came to.
    pub totals: Totals,
    /// How it was paid.
    pub tenders: Vec<Tender>,
    /// How many pieces.
    pub items: u32,
    /// It was closed by a till that had just come back.
    pub recovered: bool,
}

impl Reader {
    /// Where the journal is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the chain ends.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn head(&self) -> Result<Head, ReadError> {
        Ok(file::stated_head(&self.conn)?)
    }

    /// The cart that was being rung up, as whoever kept it wrote it.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn draft(&self) -> Result<Option<String>, ReadError> {
        use rusqlite::OptionalExtension;
        Ok(self.conn.prepare_cached("SELECT body FROM draft")?.query_row([], |row| row.get(0)).optional()?)
    }

    /// The sale as its events leave it; nothing when there is none of that number.
    ///
    /// # Errors
    /// When the journal cannot be read, or one of the events was changed.
    pub fn sale(&self, number: &SaleNumber) -> Result<Option<Sale>, ReadError> {
        folds::sale(&self.conn, number)
    }

    /// The attempt as its events leave it; nothing when there is none of that number.
    ///
    /// # Errors
    /// When the journal cannot be read, or one of the events was changed.
    pub fn attempt(&self, number: &AttemptNumber) -> Result<Option<Attempt>, ReadError> {
        folds::attempt(&self.conn, number)
    }

    /// The attempts of a sale, oldest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn attempts_of(&self, sale: &SaleNumber) -> Result<Vec<AttemptNumber>, ReadError> {
        Ok(models::attempts_of(&self.conn, sale)?)
    }

    /// The attempt whose messages come through the door of that token.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn attempt_by_token(&self, token: &str) -> Result<Option<AttemptNumber>, ReadError> {
        Ok(models::attempt_by_token(&self.conn, token)?)
    }

    /// The attempt whose pay page goes by that link.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn attempt_by_link(&self, link: &str) -> Result<Option<AttemptNumber>, ReadError> {
        Ok(models::attempt_by_link(&self.conn, link)?)
    }

    /// The refund as its events leave it; nothing when there is none of that number.
    ///
    /// # Errors
    /// When the journal cannot be read, or one of the events was changed.
    pub fn refund(&self, number: &RefundNumber) -> Result<Option<Refund>, ReadError> {
        folds::refund(&self.conn, number)
    }

    /// The refunds of a sale, oldest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn refunds_of(&self, sale: &SaleNumber) -> Result<Vec<RefundNumber>, ReadError> {
        Ok(models::refunds_of(&self.conn, sale)?)
    }

    /// The refunds of what an attempt brought, oldest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn refunds_of_attempt(&self, attempt: &AttemptNumber) -> Result<Vec<RefundNumber>, ReadError> {
        Ok(models::refunds_of_attempt(&self.conn, attempt)?)
    }

    /// The refunds that are not at rest (`Refund::at_rest`), oldest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn unsettled_refunds(&self) -> Result<Vec<RefundNumber>, ReadError> {
        Ok(models::unsettled_refunds(&self.conn)?)
    }

    /// The last refunds, newest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn recent_refunds(&self, limit: u32) -> Result<Vec<RefundNumber>, ReadError> {
        Ok(models::recent_refunds(&self.conn, limit)?)
    }

    /// Whether that merchant's lists of captures and refunds have shown a refund: only then is one that is not in them
    /// one that did not happen.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn lists_refunds(&self, merchant: &str) -> Result<bool, ReadError> {
        Ok(models::refunds_are_listed(&self.conn, merchant)?)
    }

    /// The count of the next refund: one more than the highest there is.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn next_refund_count(&self) -> Result<u64, ReadError> {
        Ok(models::next_refund_count(&self.conn)?)
    }

    /// The sales that are not at rest (`Sale::at_rest`), oldest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn unsettled_sales(&self) -> Result<Vec<SaleNumber>, ReadError> {
        Ok(models::unsettled_sales(&self.conn)?)
    }

    /// The attempts that are not at rest (`Attempt::at_rest`), oldest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn unsettled_attempts(&self) -> Result<Vec<AttemptNumber>, ReadError> {
        Ok(models::unsettled_attempts(&self.conn)?)
    }

    /// The count of the next sale: one more than the highest there is.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn next_sale_count(&self) -> Result<u64, ReadError> {
        Ok(models::next_sale_count(&self.conn)?)
    }

    /// Every product that is sold, in the order of their codes.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn products(&self) -> Result<Vec<Product>, ReadError> {
        Ok(models::products(&self.conn)?)
    }

    /// The product that barcode means, if it is sold.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn product_by_barcode(&self, barcode: &Barcode) -> Result<Option<Product>, ReadError> {
        Ok(models::product_by_barcode(&self.conn, barcode)?)
    }

    /// The product of that code, if it is sold.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn product_by_code(&self, code: &ProductCode) -> Result<Option<Product>, ReadError> {
        Ok(models::product_by_code(&self.conn, code)?)
    }

    /// What is left to ask the gateway with under that merchant's name, with what the settings allow.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn budget_of(&self, merchant: &str, allowance: &Allowance) -> Result<Budget, ReadError> {
        Ok(models::budget(&self.conn, merchant, allowance)?)
    }

    /// The sales closed last, newest first.
    ///
    /// # Errors
    /// When the journal cannot be read, or a closing event was changed.
    pub fn recent_sales(&self, limit: u32) -> Result<Vec<ClosedSale>, ReadError> {
        let seqs = models::recent_closings(&self.conn, limit)?;
        seqs.into_iter().map(|seq| self.closed_sale(seq)).collect()
    }

    /// Of the sales closed last, newest first, those that can still be read, and how many cannot: for a journal that is
    /// damaged. [`Reader::recent_sales`] refuses such a journal.
    ///
    /// # Errors
    /// When not even the list can be read.
    pub fn legible_sales(&self, limit: u32) -> Result<(Vec<ClosedSale>, usize), ReadError> {
        let seqs = models::recent_closings(&self.conn, limit)?;
        let all = seqs.len();
        let legible: Vec<_> = seqs.into_iter().filter_map(|seq| self.closed_sale(seq).ok()).collect();
        let lost = all - legible.len();
        Ok((legible, lost))
    }

    /// Copies the journal to a new file while the till may go on, and verifies the copy from end to end. A file that is
    /// already there is never overwritten; the copy appears under its name only once it is whole and durable.
    ///
    /// # Errors
    /// When there is no good copy.
    pub fn backup(&self, to: &Path) -> Result<Verified, BackupError> {
        backup::backup(&self.conn, to)
    }

    /// Writes every event that can be read as one JSON object a line, oldest first; what does not verify is written as it
    /// is found, and marked with what is wrong with it. Meant for people and programs that have to do without this one.
    ///
    /// # Errors
    /// When the lines cannot be written. Damage is no error here: it is counted.
    pub fn export(&self, to: &mut dyn Write) -> io::Result<Exported> {
        export::export(&self.conn, to)
    }

    /// A sale as its close left it; nothing when there is no such sale or it is not closed.
    ///
    /// # Errors
    /// When the journal cannot be read, or the closing event was changed.
    pub fn closed(&self, number: &SaleNumber) -> Result<Option<ClosedSale>, ReadError> {
        models::closing(&self.conn, number)?.map(|seq| self.closed_sale(seq)).transpose()
    }

    /// What came in that should not have, since somebody last looked (`TillEvent::AlarmsSeen`).
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn alarms(&self) -> Result<Vec<AlarmCount>, ReadError> {
        Ok(models::unseen_alarms(&self.conn)?)
    }

    /// Everybody who has ever been added, in that order: those who no longer work here too.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn people(&self) -> Result<Vec<Person>, ReadError> {
        Ok(models::people(&self.conn)?)
    }

    /// Who sees to which task.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn task_holders(&self) -> Result<Vec<TaskHolder>, ReadError> {
        Ok(models::task_holders(&self.conn)?)
    }

    /// The figures of an X report, all as of one event. Takes as long for a million sales as for one.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn x_figures(&self) -> Result<Figures, ReadError> {
        // One snapshot, so that a till selling meanwhile cannot come between two figures.
        let snapshot = self.conn.unchecked_transaction()?;
        let head = file::stated_head(&snapshot)?;
        let part_paid = part_paid(&snapshot)?;
        Ok(Figures { to_seq: head.seq, head: head.hex(), part_paid, ..models::figures(&snapshot)? })
    }

    /// What the sales closed on these days come to, both days included, all as of one event.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn range_figures(&self, from: Day, to: Day) -> Result<RangeFigures, ReadError> {
        let snapshot = self.conn.unchecked_transaction()?;
        Ok(models::range(&snapshot, from, to)?)
    }

    /// The attempts that were made within these moments, and about which it was found out after `since` that they are
    /// paid.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn attempts_paid(
        &self,
        from: Timestamp,
        before: Timestamp,
        since: Timestamp,
    ) -> Result<Vec<AttemptNumber>, ReadError> {
        Ok(models::attempts_paid(&self.conn, from, before, since)?)
    }

    /// The statements that were held against the journal last, newest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn reconciliations(&self, limit: u32) -> Result<Vec<ReconciledLine>, ReadError> {
        Ok(models::reconciliations(&self.conn, limit)?)
    }

    /// What came of holding one against it, by where it is kept; nothing when there is none there.
    ///
    /// # Errors
    /// When the journal cannot be read, or the event was changed.
    pub fn reconciliation(&self, seq: u64) -> Result<Option<(Timestamp, Reconciliation)>, ReadError> {
        if !models::reconciliations(&self.conn, u32::MAX)?.iter().any(|line| line.seq == seq) {
            return Ok(None);
        }
        let recorded = self.event_row(seq)?.decode()?;
        match recorded.event.into_owned() {
            Event::Till(TillEvent::Reconciled { reconciliation }) => Ok(Some((recorded.at, *reconciliation))),
            _ => Err(ReadError::Damaged(Break::at(seq, What::Order("till".to_owned())))),
        }
    }

    /// What is in the drawer, as far as the till knows.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn drawer(&self) -> Result<Money, ReadError> {
        Ok(models::drawer_expected(&self.conn)?)
    }

    /// The shift that runs.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn open_shift(&self) -> Result<Option<ShiftFigures>, ReadError> {
        Ok(models::open_shift(&self.conn)?)
    }

    /// The number of the next shift.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn next_shift(&self) -> Result<day::Count, ReadError> {
        Ok(models::next_shift(&self.conn)?)
    }

    /// The number of the next Z report.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn next_z(&self) -> Result<day::Count, ReadError> {
        Ok(models::next_z(&self.conn)?)
    }

    /// The last Z reports, newest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn z_reports(&self, limit: u32) -> Result<Vec<ZReport>, ReadError> {
        Ok(models::z_reports(&self.conn, limit)?)
    }

    /// A Z report as it was made: when, by whom and its figures; nothing when there is no such number.
    ///
    /// # Errors
    /// When the journal cannot be read, or the report was changed.
    pub fn z_report(&self, number: day::Count) -> Result<Option<(Timestamp, Named, Figures)>, ReadError> {
        let Some(seq) = models::z_seq(&self.conn, number)? else { return Ok(None) };
        let row = self.event_row(seq)?;
        let recorded = row.decode()?;
        match recorded.event.into_owned() {
            Event::Day(_, DayEvent::Closed { by, figures }) => Ok(Some((recorded.at, by, *figures))),
            _ => Err(ReadError::Damaged(Break::at(seq, What::Order(row.stream)))),
        }
    }

    /// An event that is what it was when it was written.
    fn event_row(&self, seq: u64) -> Result<EventRow, ReadError> {
        let sql = format!("SELECT {} FROM events WHERE seq = ?1", file::COLUMNS);
        let row = self.conn.prepare_cached(&sql)?.query_row([int(seq)], EventRow::of)?;
        row.check_hash().map_err(ReadError::Damaged)?;
        Ok(row)
    }

    fn closed_sale(&self, seq: u64) -> Result<ClosedSale, ReadError> {
        let row = self.event_row(seq)?;
        let recorded = row.decode()?;
        match recorded.event.into_owned() {
            Event::Sale(number, SaleEvent::Closed { totals, tenders, items, recovered }) => {
                let (closed_at, operator) = (recorded.at, row.operator);
                Ok(ClosedSale { number, closed_at, operator, totals, tenders, items, recovered })
            }
            _ => Err(ReadError::Damaged(Break::at(seq, What::Order(row.stream)))),
        }
    }
}

/// The sales that were paid in part and are not closed. Few sales are ever under way at once, however many there were.
fn part_paid(conn: &Connection) -> Result<Vec<PartPaid>, ReadError> {
    let mut found = Vec::new();
    for number in models::unsettled_sales(conn)? {
        let sale = folds::sale(conn, &number)?.filter(|sale| sale.phase == SalePhase::Open && !sale.tenders.is_empty());
        found.extend(sale.map(|sale| PartPaid {
            net: sale.totals.net,
            paid: sale.paid(),
            cash: sale.cash_held(),
            name: sale.aside.map(|aside| aside.name),
            number,
        }));
    }
    Ok(found)
}
