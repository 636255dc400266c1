//! What sales have been paid with on nothing but a manager's word, until the gateway agrees.

use rusqlite::{Connection, params};
use till::event::Event;
use till::money::Money;
use till::sale::{SaleEvent, Tender};

use super::{Model, News, Table};
use crate::sql::{count, money};

pub(super) const MODEL: Model = Model { tables: &[Table { name: "vouched", key: "attempt" }], apply };

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    match &*news.recorded.event {
        Event::Sale(sale, SaleEvent::Paid { tender: Tender::Online { attempt, amount, unverified: true, .. } }) => {
            let row = params![attempt.as_str(), sale.as_str(), amount.as_dollars(), news.recorded.at.unix_ms()];
            tx.prepare_cached("INSERT INTO vouched VALUES (?1, ?2, ?3, ?4)")?.execute(row).map(drop)
        }
        Event::Sale(_, SaleEvent::Verified { attempt, .. })
        | Event::Sale(_, SaleEvent::Returned { tender: Tender::Online { attempt, unverified: true, .. }, .. }) => {
            tx.prepare_cached("DELETE FROM vouched WHERE attempt = ?1")?.execute([attempt.as_str()]).map(drop)
        }
        _ => Ok(()),
    }
}

/// How many payments rest on a manager's word, and how much they come to.
pub(crate) fn sum(conn: &Connection) -> rusqlite::Result<(u64, Money)> {
    let sql = "SELECT count(*), coalesce(sum(amount), 0) FROM vouched";
    conn.prepare_cached(sql)?.query_row([], |row| Ok((count(row, 0)?, money(row, 1)?)))
}
