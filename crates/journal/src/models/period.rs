//! What the closed sales since the last Z report come to, added up as they close: a report over a million of them reads
//! a few dozen rows.

use rusqlite::{Connection, Transaction, params};
use till::cart::Totals;
use till::event::Event;
use till::money::Money;
use till::sale::{SaleEvent, Tender};
use till::time::Timestamp;

use super::{Model, News, Table};
use crate::figures::{HourFigure, TenderFigure};
use crate::sql::{count, moment, money};

pub(super) const MODEL: Model = Model {
    tables: &[Table { name: "periods", key: "period" }, Table { name: "period_lines", key: "period, line, name" }],
    apply,
};

/// There is no Z report yet, so there is one period: from the beginning.
const PERIOD: u32 = 1;

fn apply(tx: &Transaction<'_>, news: &News<'_>) -> rusqlite::Result<()> {
    let Event::Sale(_, SaleEvent::Closed { totals, tenders, items, .. }) = &news.recorded.event else {
        return Ok(());
    };
    let at = news.recorded.at;
    add_totals(tx, totals, tenders, *items, at)?;
    // Two digits, so that the names sort as the hours do.
    let hour = format!("{:02}", at.taipei().hour());
    add_line(tx, "hour", &hour, totals.net)?;
    tenders.iter().try_for_each(|tender| add_line(tx, "tender", tender.name(), tender.amount()))
}

fn add_totals(
    tx: &Transaction<'_>,
    totals: &Totals,
    tenders: &[Tender],
    items: u32,
    at: Timestamp,
) -> rusqlite::Result<()> {
    // The first and the last as the journal has them: a clock that was set back does not reorder sales.
    let sql = "UPDATE periods SET
                   first_closed_at = coalesce(first_closed_at, ?2), last_closed_at = ?2,
                   sales = sales + 1, items = items + ?3, gross = gross + ?4, discounts = discounts + ?5,
                   net = net + ?6, taxable = taxable + ?7, zero_rated = zero_rated + ?8, exempt = exempt + ?9,
                   tax = tax + ?10, change = change + ?11
               WHERE period = ?1";
    let change: Money = tenders.iter().map(Tender::change).sum();
    tx.prepare_cached(sql)?.execute(params![
        PERIOD,
        at.unix_ms(),
        items,
        totals.gross.as_dollars(),
        totals.discounts.as_dollars(),
        totals.net.as_dollars(),
        totals.taxable.as_dollars(),
        totals.zero_rated.as_dollars(),
        totals.exempt.as_dollars(),
        totals.tax.as_dollars(),
        change.as_dollars(),
    ])?;
    Ok(())
}

fn add_line(tx: &Transaction<'_>, line: &str, name: &str, amount: Money) -> rusqlite::Result<()> {
    let sql = "INSERT INTO period_lines VALUES (?1, ?2, ?3, 1, ?4)
               ON CONFLICT DO UPDATE SET count = count + 1, amount = amount + ?4";
    tx.prepare_cached(sql)?.execute(params![PERIOD, line, name, amount.as_dollars()])?;
    Ok(())
}

/// The sums over the whole period.
pub(crate) struct PeriodTotals {
    pub(crate) from_seq: u64,
    pub(crate) first_closed_at: Option<Timestamp>,
    pub(crate) last_closed_at: Option<Timestamp>,
    pub(crate) sales: u64,
    pub(crate) items: u64,
    pub(crate) totals: Totals,
    pub(crate) change: Money,
}

/// What the sales of the running period come to.
pub(crate) fn totals(conn: &Connection) -> rusqlite::Result<PeriodTotals> {
    let sql = "SELECT from_seq, first_closed_at, last_closed_at, sales, items, gross, discounts, net, taxable,
                      zero_rated, exempt, tax, change
               FROM periods WHERE period = ?1";
    conn.prepare_cached(sql)?.query_row([PERIOD], |row| {
        let when = |column| row.get::<_, Option<i64>>(column)?.map(|_| moment(row, column)).transpose();
        Ok(PeriodTotals {
            from_seq: count(row, 0)?,
            first_closed_at: when(1)?,
            last_closed_at: when(2)?,
            sales: count(row, 3)?,
            items: count(row, 4)?,
            totals: Totals {
                gross: money(row, 5)?,
                discounts: money(row, 6)?,
                net: money(row, 7)?,
                taxable: money(row, 8)?,
                zero_rated: money(row, 9)?,
                exempt: money(row, 10)?,
                tax: money(row, 11)?,
            },
            change: money(row, 12)?,
        })
    })
}

/// The same sales by tender and by hour.
pub(crate) fn lines(conn: &Connection) -> rusqlite::Result<(Vec<TenderFigure>, Vec<HourFigure>)> {
    let sql = "SELECT line, name, count, amount FROM period_lines WHERE period = ?1 ORDER BY line, name";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([PERIOD])?;
    let (mut tenders, mut hours) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let (line, name): (String, String) = (row.get(0)?, row.get(1)?);
        let (count, amount) = (count(row, 2)?, money(row, 3)?);
        match line.as_str() {
            "hour" => hours.push(HourFigure { hour: crate::sql::id(row, 1)?, count, net: amount }),
            _ => tenders.push(TenderFigure { name, count, amount }),
        }
    }
    Ok((tenders, hours))
}
