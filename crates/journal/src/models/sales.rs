//! Sales by their count: which is next, which are unfinished, which were closed last.
//!
//! Two tables, and a sale moves from one to the other when it comes to rest: so the unfinished ones are found at once
//! among millions, and a sale at the counter writes one page here rather than that of a table and that of an index. It
//! never moves back: a sale is at rest once it is given up, or its receipt is there and nobody has to see to it or to its
//! print. A copy that is printed later leaves it where it is: whoever asked for it stands there.

use rusqlite::{Connection, OptionalExtension, params};
use till::event::Event;
use till::ids::SaleNumber;
use till::sale::SaleEvent;

use super::{Model, News, Table};
use crate::folds::Folded;
use crate::sql::{count, id, int};

pub(super) const MODEL: Model = Model {
    tables: &[Table { name: "sales_underway", key: "count" }, Table { name: "sales_at_rest", key: "count" }],
    apply,
};

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let (Event::Sale(number, event), Folded::Sale(sale)) = (&*news.recorded.event, news.folded) else { return Ok(()) };
    let count = int(number.count());
    match event {
        SaleEvent::Opened { .. } => {
            let sql = "INSERT INTO sales_underway SELECT ?1, ?2, NULL
                       WHERE NOT EXISTS (SELECT 1 FROM sales_at_rest WHERE count = ?1)";
            if tx.prepare_cached(sql)?.execute(params![count, number.as_str()])? == 0 {
                // A count that is taken among those at rest is as taken as one among those under way.
                let code = rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY;
                return Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None));
            }
        }
        SaleEvent::Closed { .. } => {
            tx.prepare_cached("UPDATE sales_underway SET closed_seq = ?2 WHERE count = ?1")?
                .execute(params![count, int(news.recorded.seq)])?;
        }
        SaleEvent::Revised { .. }
        | SaleEvent::Paid { .. }
        | SaleEvent::Returned { .. }
        | SaleEvent::PutAside { .. }
        | SaleEvent::Recalled
        | SaleEvent::Voided { .. }
        | SaleEvent::Verified { .. }
        | SaleEvent::ReceiptMade { .. }
        | SaleEvent::ReceiptFailed { .. }
        | SaleEvent::PrintSent { .. }
        | SaleEvent::Printed { .. }
        | SaleEvent::NotPrinted { .. }
        | SaleEvent::PrintLeftOut => {}
    }
    if sale.at_rest() {
        let sql = "INSERT INTO sales_at_rest SELECT * FROM sales_underway WHERE count = ?1";
        tx.prepare_cached(sql)?.execute([count])?;
        tx.prepare_cached("DELETE FROM sales_underway WHERE count = ?1")?.execute([count])?;
    }
    Ok(())
}

/// The count the next sale gets.
pub(crate) fn next_count(conn: &Connection) -> rusqlite::Result<u64> {
    let sql = "SELECT max((SELECT coalesce(max(count), 0) FROM sales_underway),
                          (SELECT coalesce(max(count), 0) FROM sales_at_rest)) + 1";
    conn.prepare_cached(sql)?.query_row([], |row| count(row, 0))
}

/// The sales that are not at rest, oldest first.
pub(crate) fn unsettled(conn: &Connection) -> rusqlite::Result<Vec<SaleNumber>> {
    conn.prepare_cached("SELECT number FROM sales_underway ORDER BY count")?.query_map([], |row| id(row, 0))?.collect()
}

/// The sequence number of the event that closed a sale; nothing when it is not closed.
pub(crate) fn closing(conn: &Connection, number: &SaleNumber) -> rusqlite::Result<Option<u64>> {
    let sql = "SELECT closed_seq FROM sales_underway WHERE count = ?1 AND number = ?2 AND closed_seq IS NOT NULL
               UNION ALL
               SELECT closed_seq FROM sales_at_rest WHERE count = ?1 AND number = ?2 AND closed_seq IS NOT NULL";
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
