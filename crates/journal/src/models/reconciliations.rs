//! The statements that were held against the journal: where each is kept.

use rusqlite::{Connection, params};
use till::event::{Event, TillEvent};
use till::time::{Day, Timestamp};

use super::{Model, News, Table};
use crate::sql::{count, int, moment};

pub(super) const MODEL: Model = Model { tables: &[Table { name: "reconciliations", key: "seq" }], apply };

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let Event::Till(TillEvent::Reconciled { reconciliation }) = &*news.recorded.event else { return Ok(()) };
    let findings = u64::try_from(reconciliation.findings.len()).unwrap_or(u64::MAX) + u64::from(reconciliation.more);
    tx.prepare_cached("INSERT INTO reconciliations VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![
            int(news.recorded.seq),
            news.recorded.at.unix_ms(),
            reconciliation.from.number(),
            reconciliation.to.number(),
            reconciliation.matched,
            int(findings),
        ])
        .map(drop)
}

/// A statement on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReconciledLine {
    /// Where it is kept.
    pub seq: u64,
    /// When it was held against the journal.
    pub at: Timestamp,
    /// The first day it is about.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// Payments on which both agree.
    pub matched: u64,
    /// Exceptions.
    pub findings: u64,
}

/// The last statements, newest first.
pub(crate) fn recent(conn: &Connection, limit: u32) -> rusqlite::Result<Vec<ReconciledLine>> {
    let sql = "SELECT seq, at, from_day, to_day, matched, findings FROM reconciliations ORDER BY seq DESC LIMIT ?1";
    let day = |row: &rusqlite::Row<'_>, column| {
        let number: i64 = row.get(column)?;
        Day::numbered(number).ok_or(rusqlite::Error::IntegralValueOutOfRange(column, number))
    };
    conn.prepare_cached(sql)?
        .query_map([limit], |row| {
            Ok(ReconciledLine {
                seq: count(row, 0)?,
                at: moment(row, 1)?,
                from: day(row, 2)?,
                to: day(row, 3)?,
                matched: count(row, 4)?,
                findings: count(row, 5)?,
            })
        })?
        .collect()
}
