//! Sales by their count: which is next, which are unfinished, which were closed last.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use till::event::Event;
use till::ids::SaleNumber;
use till::sale::SaleEvent;

use super::{Model, News, Table};
use crate::folds::Folded;
use crate::sql::{count, id, int};

pub(super) const MODEL: Model = Model { tables: &[Table { name: "sales", key: "count" }], apply };

fn apply(tx: &Transaction<'_>, news: &News<'_>) -> rusqlite::Result<()> {
    let (Event::Sale(number, event), Folded::Sale(sale)) = (&news.recorded.event, news.folded) else { return Ok(()) };
    let count = int(number.count());
    match event {
        SaleEvent::Opened { .. } => {
            tx.prepare_cached("INSERT INTO sales VALUES (?1, ?2, NULL, ?3)")?.execute(params![
                count,
                number.as_str(),
                sale.at_rest()
            ])?;
        }
        SaleEvent::Closed { .. } => {
            tx.prepare_cached("UPDATE sales SET closed_seq = ?2 WHERE count = ?1")?
                .execute(params![count, int(news.recorded.seq)])?;
            // It still owes its receipt, so it is no more at rest than it was: the index of the unsettled is a page less
            // to write.
            if sale.at_rest() {
                set_at_rest(tx, count, true)?;
            }
        }
        SaleEvent::Voided | SaleEvent::ReceiptMade { .. } | SaleEvent::ReceiptFailed { .. } => {
            set_at_rest(tx, count, sale.at_rest())?;
        }
        SaleEvent::Revised { .. } | SaleEvent::Paid { .. } => {}
    }
    Ok(())
}

fn set_at_rest(tx: &Transaction<'_>, count: i64, at_rest: bool) -> rusqlite::Result<()> {
    tx.prepare_cached("UPDATE sales SET at_rest = ?2 WHERE count = ?1 AND at_rest <> ?2")?
        .execute(params![count, at_rest])?;
    Ok(())
}

/// The count the next sale gets.
pub(crate) fn next_count(conn: &Connection) -> rusqlite::Result<u64> {
    conn.prepare_cached("SELECT coalesce(max(count), 0) + 1 FROM sales")?.query_row([], |row| count(row, 0))
}

/// The sales that are not at rest, oldest first.
pub(crate) fn unsettled(conn: &Connection) -> rusqlite::Result<Vec<SaleNumber>> {
    conn.prepare_cached("SELECT number FROM sales WHERE at_rest = 0 ORDER BY count")?
        .query_map([], |row| id(row, 0))?
        .collect()
}

/// The sequence number of the event that closed a sale; nothing when it is not closed.
pub(crate) fn closing(conn: &Connection, number: &SaleNumber) -> rusqlite::Result<Option<u64>> {
    let sql = "SELECT closed_seq FROM sales WHERE count = ?1 AND number = ?2 AND closed_seq IS NOT NULL";
    let key = params![int(number.count()), number.as_str()];
    conn.prepare_cached(sql)?.query_row(key, |row| count(row, 0)).optional()
}

/// The sequence numbers of the latest closing events, newest first.
pub(crate) fn recent_closings(conn: &Connection, limit: u32) -> rusqlite::Result<Vec<u64>> {
    // Read backwards from the end of the journal, where the latest sales are: an index would cost every sale a page on
    // its way to the disk.
    let sql = "SELECT seq FROM events WHERE kind = 'sale.closed' ORDER BY seq DESC LIMIT ?1";
    conn.prepare_cached(sql)?.query_map([limit], |row| count(row, 0))?.collect()
}
