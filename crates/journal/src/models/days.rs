//! The Z reports. Each closes the running period where its figures end, and must say what the journal says.

use rusqlite::{Connection, OptionalExtension, params};
use till::day::{Count, DayEvent};
use till::event::Event;
use till::figures::{Ever, Figures};
use till::money::Money;

use super::{Model, News, Table, period};
use crate::sql::{count, id_number, int, moment, money, must_change};

pub(super) const MODEL: Model = Model { tables: &[Table { name: "z_reports", key: "number" }], apply };

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let Event::Day(number, DayEvent::Closed { by, figures }) = &*news.recorded.event else { return Ok(()) };
    // What is stated is what is counted, here and whenever the journal is verified. Where the figures end, and what was
    // paid toward open sales, is not in these tables.
    let counted = super::figures(tx)?;
    let stated = Figures { to_seq: 0, head: String::new(), part_paid: vec![], ..(**figures).clone() };
    must_change(usize::from(counted == stated && figures.to_seq < news.recorded.seq))?;
    let head = hash(&figures.head);
    let sql =
        "UPDATE periods SET to_seq = ?2, head = ?3 WHERE period = ?1 AND period = (SELECT max(period) FROM periods)";
    must_change(tx.prepare_cached(sql)?.execute(params![number, int(figures.to_seq), head])?)?;
    let sql = "INSERT INTO periods VALUES (?1 + 1, ?2 + 1, ?2, ?3)";
    tx.prepare_cached(sql)?.execute(params![number, int(figures.to_seq), head])?;
    let [net, refunded] = [figures.net, figures.refunded.net].map(Money::as_dollars);
    let ever = figures.ever;
    tx.prepare_cached("INSERT INTO z_reports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?.execute(params![
        number,
        int(news.recorded.seq),
        news.recorded.at.unix_ms(),
        by.name,
        net,
        refunded,
        int(ever.count),
        ever.net.as_dollars(),
        ever.refunded.as_dollars(),
    ])?;
    Ok(())
}

/// 64 hexadecimal digits as bytes; anything else as nothing, which the table refuses.
fn hash(text: &str) -> Vec<u8> {
    let digit = |at: usize| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    (0..text.len()).step_by(2).map(digit).collect::<Option<_>>().unwrap_or_default()
}

/// A Z report on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZReport {
    /// Its number.
    pub number: Count,
    /// When it was made.
    pub at: till::time::Timestamp,
    /// By whom.
    pub by: String,
    /// What the sales came to.
    pub net: Money,
    /// What came back of that.
    pub refunded: Money,
}

/// The last Z reports, newest first.
pub(crate) fn recent(conn: &Connection, limit: u32) -> rusqlite::Result<Vec<ZReport>> {
    let sql = "SELECT number, at, by, net, refunded FROM z_reports ORDER BY number DESC LIMIT ?1";
    conn.prepare_cached(sql)?
        .query_map([limit], |row| {
            Ok(ZReport {
                number: id_number(row, 0)?,
                at: moment(row, 1)?,
                by: row.get(2)?,
                net: money(row, 3)?,
                refunded: money(row, 4)?,
            })
        })?
        .collect()
}

/// Where a Z report is kept.
pub(crate) fn seq_of(conn: &Connection, number: Count) -> rusqlite::Result<Option<u64>> {
    conn.prepare_cached("SELECT seq FROM z_reports WHERE number = ?1")?
        .query_row([number], |row| count(row, 0))
        .optional()
}

/// The number of the next Z report: that of the running period.
pub(crate) fn next(conn: &Connection) -> rusqlite::Result<Count> {
    conn.prepare_cached("SELECT max(period) FROM periods")?.query_row([], |row| id_number(row, 0))
}

/// What the till had ever sold by the last Z report.
fn ever(conn: &Connection) -> rusqlite::Result<Ever> {
    let sql = "SELECT ever_count, ever_net, ever_refunded FROM z_reports ORDER BY number DESC LIMIT 1";
    let last = conn
        .prepare_cached(sql)?
        .query_row([], |row| Ok(Ever { count: count(row, 0)?, net: money(row, 1)?, refunded: money(row, 2)? }));
    Ok(last.optional()?.unwrap_or_default())
}

/// The running period with everything before it.
pub(crate) fn ever_with(conn: &Connection, sales: &period::PeriodTotals, refunded: Money) -> rusqlite::Result<Ever> {
    let before = ever(conn)?;
    let sum = |a: Money, b: Money| Money::dollars(a.as_dollars() + b.as_dollars());
    Ok(Ever {
        count: before.count + sales.sales,
        net: sum(before.net, sales.totals.net),
        refunded: sum(before.refunded, refunded),
    })
}
