//! What the closed sales since the last Z report come to, added up as they close: a report over a million of them reads
//! a few dozen rows.

use rusqlite::{Connection, Row, params};
use till::cart::Totals;
use till::event::Event;
use till::figures::{HourFigure, TenderFigure};
use till::money::Money;
use till::sale::{SaleEvent, Tender};
use till::time::Timestamp;

use super::{Model, News, Table};
use crate::sql::{count, money};

pub(super) const MODEL: Model = Model {
    tables: &[Table { name: "periods", key: "period" }, Table { name: "sums", key: "period, of, name" }],
    apply,
};

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let Event::Sale(_, SaleEvent::Closed { totals, tenders, items, .. }) = &*news.recorded.event else {
        return Ok(());
    };
    let at = news.recorded.at;
    let sale = Sum { items: *items, totals: *totals, change: tenders.iter().map(Tender::change).sum() };
    // Two digits, so that the names sort as the hours do.
    add(tx, "hour", &format!("{:02}", at.taipei().hour()), &sale, at)?;
    tenders.iter().try_for_each(|tender| {
        let totals = Totals { net: tender.amount(), ..Totals::default() };
        add(tx, "tender", tender.name(), &Sum { items: 0, totals, change: tender.change() }, at)
    })
}

/// What is added to one row. Of a tender, `net` is what it counts toward sales, and there is nothing more to say of it.
struct Sum {
    items: u32,
    totals: Totals,
    change: Money,
}

fn add(tx: &Connection, of: &str, name: &str, sum: &Sum, at: Timestamp) -> rusqlite::Result<()> {
    // Clocks are set back: the first and the last are by the clock, whatever the order in the journal.
    let sql =
        "INSERT INTO sums VALUES ((SELECT max(period) FROM periods), ?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
                                        ?12, ?12)
               ON CONFLICT DO UPDATE SET
                   count = count + 1, items = items + ?3, gross = gross + ?4, discounts = discounts + ?5,
                   net = net + ?6, taxable = taxable + ?7, zero_rated = zero_rated + ?8, exempt = exempt + ?9,
                   tax = tax + ?10, change = change + ?11, first_at = min(first_at, ?12), last_at = max(last_at, ?12)";
    let Totals { gross, discounts, net, taxable, zero_rated, exempt, tax } = sum.totals;
    tx.prepare_cached(sql)?.execute(params![
        of,
        name,
        sum.items,
        gross.as_dollars(),
        discounts.as_dollars(),
        net.as_dollars(),
        taxable.as_dollars(),
        zero_rated.as_dollars(),
        exempt.as_dollars(),
        tax.as_dollars(),
        sum.change.as_dollars(),
        at.unix_ms(),
    ])?;
    Ok(())
}

/// What the sales of a period come to.
pub(crate) struct PeriodTotals {
    pub(crate) first_closed_at: Option<Timestamp>,
    pub(crate) last_closed_at: Option<Timestamp>,
    pub(crate) sales: u64,
    pub(crate) items: u64,
    pub(crate) totals: Totals,
    pub(crate) change: Money,
}

/// The first event of the running period.
pub(crate) fn from_seq(conn: &Connection) -> rusqlite::Result<u64> {
    let sql = "SELECT from_seq FROM periods WHERE period = (SELECT max(period) FROM periods)";
    conn.prepare_cached(sql)?.query_row([], |row| count(row, 0))
}

/// What the sales of the running period come to: its hours, of which there are at most 24, added up.
pub(crate) fn totals(conn: &Connection) -> rusqlite::Result<PeriodTotals> {
    let sql = "SELECT coalesce(sum(count), 0), coalesce(sum(items), 0), coalesce(sum(gross), 0),
                      coalesce(sum(discounts), 0), coalesce(sum(net), 0), coalesce(sum(taxable), 0),
                      coalesce(sum(zero_rated), 0), coalesce(sum(exempt), 0), coalesce(sum(tax), 0),
                      coalesce(sum(change), 0), min(first_at), max(last_at)
               FROM sums WHERE period = (SELECT max(period) FROM periods) AND of = 'hour'";
    conn.prepare_cached(sql)?.query_row([], period_totals)
}

fn period_totals(row: &Row<'_>) -> rusqlite::Result<PeriodTotals> {
    let when = |column| row.get::<_, Option<i64>>(column).map(|at| at.map(Timestamp::from_unix_ms));
    Ok(PeriodTotals {
        sales: count(row, 0)?,
        items: count(row, 1)?,
        totals: Totals {
            gross: money(row, 2)?,
            discounts: money(row, 3)?,
            net: money(row, 4)?,
            taxable: money(row, 5)?,
            zero_rated: money(row, 6)?,
            exempt: money(row, 7)?,
            tax: money(row, 8)?,
        },
        change: money(row, 9)?,
        first_closed_at: when(10)?,
        last_closed_at: when(11)?,
    })
}

/// The tenders of the running period, by name.
pub(crate) fn tenders(conn: &Connection) -> rusqlite::Result<Vec<TenderFigure>> {
    let sql = "SELECT name, count, net FROM sums WHERE period = (SELECT max(period) FROM periods) AND of = 'tender' ORDER BY name";
    conn.prepare_cached(sql)?
        .query_map([], |row| Ok(TenderFigure { name: row.get(0)?, count: count(row, 1)?, amount: money(row, 2)? }))?
        .collect()
}

/// The hours of the running period in which a sale was closed, by hour.
pub(crate) fn hours(conn: &Connection) -> rusqlite::Result<Vec<HourFigure>> {
    let sql = "SELECT name, count, net FROM sums WHERE period = (SELECT max(period) FROM periods) AND of = 'hour' ORDER BY name";
    conn.prepare_cached(sql)?
        .query_map([], |row| {
            Ok(HourFigure { hour: crate::sql::id(row, 0)?, count: count(row, 1)?, net: money(row, 2)? })
        })?
        .collect()
}
