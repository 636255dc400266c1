//! What the closed sales of each slice come to, added up as they close: a report over a million of them reads a few dozen
//! rows a day.

use rusqlite::{Connection, Row, params};
use till::cart::{Cart, Totals};
use till::event::Event;
use till::figures::{HourFigure, TenderFigure};
use till::money::Money;
use till::payment::{Attempt, AttemptEvent, Unapplied, Why};
use till::range::{ProductFigure, Takings};
use till::sale::{Sale, SaleEvent, Tender};
use till::time::{Day, Timestamp};

use super::adding::{Adding, Sums};
use super::slices::{WITHIN, Within, by_day};
use super::{Model, News, Table};
use crate::folds::Folded;
use crate::sql::{count, money};

pub(super) const MODEL: Model = Model {
    tables: &[Table { name: "periods", key: "period" }, Table { name: "sums", key: "slice, of, name" }],
    apply,
};

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    match (&*news.recorded.event, news.folded) {
        (Event::Sale(_, SaleEvent::Closed { totals, tenders, items, .. }), Folded::Sale(sale)) => {
            let sum = Sum { items: *items, totals: *totals, ..Sum::of(tenders) };
            closed(&To::now(tx, news)?, news, sale, &sum, tenders);
        }
        (Event::Sale(_, SaleEvent::Voided { .. }), Folded::Sale(sale)) => {
            let sum = Sum { items: 0, totals: sale.totals, change: Money::ZERO };
            To::now(tx, news)?.add("voided", &news.recorded.operator, &sum);
        }
        (Event::Attempt(_, event), Folded::Attempt(attempt)) => of_attempt(tx, news, event, attempt)?,
        _ => {}
    }
    Ok(())
}

fn closed(to: &To<'_>, news: &News<'_>, sale: &Sale, sum: &Sum, tenders: &[Tender]) {
    // Two digits, so that the names sort as the hours do.
    to.add("hour", &format!("{:02}", news.recorded.at.taipei().hour()), sum);
    to.add("operator", &news.recorded.operator, sum);
    for tender in tenders {
        let totals = Totals { net: tender.amount(), ..Totals::default() };
        to.add("tender", tender.name(), &Sum { items: 0, totals, change: tender.change() });
    }
    for line in &sale.lines {
        // What has no code of its own is told apart by its name.
        let open = line.code.as_str() == Cart::OPEN_CODE;
        let name = if open { &format!("{}/{}", Cart::OPEN_CODE, line.name) } else { line.code.as_str() };
        let totals = Totals::of(std::slice::from_ref(line));
        to.add("product", name, &Sum { items: line.quantity, totals, change: Money::ZERO });
    }
}

/// What became of payments through the gateway, in the slice in which it was found out.
fn of_attempt(tx: &Connection, news: &News<'_>, event: &AttemptEvent, attempt: &Attempt) -> rusqlite::Result<()> {
    let outcomes: &[&'static str] = match event {
        AttemptEvent::Paid { late: true, .. } => &["paid", "late"],
        AttemptEvent::Paid { .. } => &["paid"],
        AttemptEvent::Unapplied { why: Unapplied::Second } => &["over"],
        AttemptEvent::Withdrawn { why: Why::Expired } => &["expired"],
        _ => return Ok(()),
    };
    let method = attempt.payment().map_or(attempt.terms.method, |payment| payment.method);
    let amount = attempt.payment().map_or(attempt.terms.amount, |payment| payment.amount);
    let sum = Sum { items: 0, totals: Totals { net: amount, ..Totals::default() }, change: Money::ZERO };
    let to = To::now(tx, news)?;
    for of in outcomes {
        to.add(of, method.name(), &sum);
    }
    Ok(())
}

/// What is added to one row. Of a tender, `net` is what it counts toward sales, and there is nothing more to say of it.
struct Sum {
    items: u32,
    totals: Totals,
    change: Money,
}

impl Sum {
    fn of(tenders: &[Tender]) -> Self {
        Self { items: 0, totals: Totals::default(), change: tenders.iter().map(Tender::change).sum() }
    }
}

/// Where one event counts.
struct To<'a> {
    adding: &'a Adding,
    slice: i64,
    at: Timestamp,
}

impl<'a> To<'a> {
    fn now(tx: &Connection, news: &News<'a>) -> rusqlite::Result<Self> {
        let (adding, at) = (news.adding, news.recorded.at);
        Ok(Self { adding, slice: adding.slice(tx, at)?, at })
    }

    fn add(&self, of: &'static str, name: &str, sum: &Sum) {
        let Totals { gross, discounts, net, taxable, zero_rated, exempt, tax } = sum.totals;
        let [gross, discounts, net, taxable, zero_rated, exempt, tax, change] =
            [gross, discounts, net, taxable, zero_rated, exempt, tax, sum.change].map(Money::as_dollars);
        let by = [1, i64::from(sum.items), gross, discounts, net, taxable, zero_rated, exempt, tax, change];
        self.adding.add(&SUMS, (self.slice, of, name), self.at, &by);
    }
}

const SUMS: Sums = Sums {
    table: "sums",
    columns: 10,
    add: "UPDATE sums SET
              count = count + ?4, items = items + ?5, gross = gross + ?6, discounts = discounts + ?7, net = net + ?8,
              taxable = taxable + ?9, zero_rated = zero_rated + ?10, exempt = exempt + ?11, tax = tax + ?12,
              change = change + ?13, first_at = min(first_at, ?14), last_at = max(last_at, ?15)
          WHERE slice = ?1 AND of = ?2 AND name = ?3",
    insert: "INSERT INTO sums VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
};

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

/// What the sales within come to: the hours of each day, of which there are at most 24, added up.
pub(crate) fn totals(conn: &Connection, within: &Within) -> rusqlite::Result<PeriodTotals> {
    let sql = format!(
        "SELECT coalesce(sum(count), 0), coalesce(sum(items), 0), {TOTALS}, coalesce(sum(change), 0), min(first_at),
                max(last_at)
         FROM sums WHERE {WITHIN} AND of = 'hour'"
    );
    conn.prepare_cached(&sql)?.query_row(within.bounds(), |row| {
        let when = |column| row.get::<_, Option<i64>>(column).map(|at| at.map(Timestamp::from_unix_ms));
        Ok(PeriodTotals {
            sales: count(row, 0)?,
            items: count(row, 1)?,
            totals: totals_in(row, 2)?,
            change: money(row, 9)?,
            first_closed_at: when(10)?,
            last_closed_at: when(11)?,
        })
    })
}

/// The columns [`totals_in`] reads.
const TOTALS: &str = "coalesce(sum(gross), 0), coalesce(sum(discounts), 0), coalesce(sum(net), 0),
                      coalesce(sum(taxable), 0), coalesce(sum(zero_rated), 0), coalesce(sum(exempt), 0),
                      coalesce(sum(tax), 0)";

fn totals_in(row: &Row<'_>, from: usize) -> rusqlite::Result<Totals> {
    Ok(Totals {
        gross: money(row, from)?,
        discounts: money(row, from + 1)?,
        net: money(row, from + 2)?,
        taxable: money(row, from + 3)?,
        zero_rated: money(row, from + 4)?,
        exempt: money(row, from + 5)?,
        tax: money(row, from + 6)?,
    })
}

/// The tenders within, by name.
pub(crate) fn tenders(conn: &Connection, within: &Within) -> rusqlite::Result<Vec<TenderFigure>> {
    named(conn, within, "tender", |name, count, amount| TenderFigure { name, count, amount })
}

/// The hours within in which a sale was closed, by hour.
pub(crate) fn hours(conn: &Connection, within: &Within) -> rusqlite::Result<Vec<HourFigure>> {
    let sql = format!(
        "SELECT name, sum(count), sum(net) FROM sums WHERE {WITHIN} AND of = 'hour' GROUP BY name ORDER BY name"
    );
    conn.prepare_cached(&sql)?
        .query_map(within.bounds(), |row| {
            Ok(HourFigure { hour: crate::sql::id(row, 0)?, count: count(row, 1)?, net: money(row, 2)? })
        })?
        .collect()
}

/// Sales that were given up, by who gave them up.
pub(crate) fn voided(conn: &Connection, within: &Within) -> rusqlite::Result<Vec<TenderFigure>> {
    named(conn, within, "voided", |name, count, amount| TenderFigure { name, count, amount })
}

/// What became of payments through the gateway, by how they were paid: `of` is `paid`, `late`, `over` or `expired`.
pub(crate) fn online(conn: &Connection, within: &Within, of: &str) -> rusqlite::Result<Vec<TenderFigure>> {
    named(conn, within, of, |name, count, amount| TenderFigure { name, count, amount })
}

fn named<T>(
    conn: &Connection,
    within: &Within,
    of: &str,
    make: impl Fn(String, u64, Money) -> T,
) -> rusqlite::Result<Vec<T>> {
    let [a, b, c, d] = within.bounds();
    let sql =
        format!("SELECT name, sum(count), sum(net) FROM sums WHERE {WITHIN} AND of = ?5 GROUP BY name ORDER BY name");
    conn.prepare_cached(&sql)?
        .query_map(params![a, b, c, d, of], |row| Ok(make(row.get(0)?, count(row, 1)?, money(row, 2)?)))?
        .collect()
}

/// The days within on which a sale was closed.
pub(crate) fn days(conn: &Connection, within: &Within) -> rusqlite::Result<Vec<(Day, Takings)>> {
    let sql = format!(
        "SELECT day, sum(count), sum(items), {TOTALS} FROM sums JOIN slices USING (slice)
         WHERE {WITHIN} AND of = 'hour' GROUP BY day ORDER BY day"
    );
    by_day(conn, within, &sql, |day, row| Ok((day, takings(row, 1)?)))
}

/// What each operator closed.
pub(crate) fn operators(conn: &Connection, within: &Within) -> rusqlite::Result<Vec<(String, Takings)>> {
    let sql = format!(
        "SELECT name, sum(count), sum(items), {TOTALS} FROM sums WHERE {WITHIN} AND of = 'operator'
         GROUP BY name ORDER BY name"
    );
    conn.prepare_cached(&sql)?.query_map(within.bounds(), |row| Ok((row.get(0)?, takings(row, 1)?)))?.collect()
}

/// What was sold of each product, dearest first; with its name and category as they are today.
pub(crate) fn products(conn: &Connection, within: &Within) -> rusqlite::Result<Vec<ProductFigure>> {
    let sql = format!(
        "WITH sold AS (SELECT name AS code, sum(count) AS times, sum(items) AS items, {TOTALS_NAMED}
                       FROM sums WHERE {WITHIN} AND of = 'product' GROUP BY name)
         SELECT sold.code, products.name, products.category, sold.times, sold.items, sold.gross, sold.discounts, sold.net,
                sold.taxable, sold.zero_rated, sold.exempt, sold.tax
         FROM sold LEFT JOIN products ON products.code = sold.code ORDER BY sold.net DESC, sold.code"
    );
    conn.prepare_cached(&sql)?
        .query_map(within.bounds(), |row| {
            let code: String = row.get(0)?;
            let named: Option<String> = row.get(1)?;
            let category: Option<String> = row.get(2)?;
            let (code, name) = match (named, code.split_once('/')) {
                (Some(name), _) => (code, name),
                (None, Some((open, name))) => (open.to_owned(), name.to_owned()),
                (None, None) => (code.clone(), code),
            };
            let category = category.unwrap_or_else(|| "-".to_owned());
            Ok(ProductFigure { code, name, category, takings: takings(row, 3)? })
        })?
        .collect()
}

const TOTALS_NAMED: &str = "sum(gross) AS gross, sum(discounts) AS discounts, sum(net) AS net, sum(taxable) AS taxable,
                            sum(zero_rated) AS zero_rated, sum(exempt) AS exempt, sum(tax) AS tax";

fn takings(row: &Row<'_>, from: usize) -> rusqlite::Result<Takings> {
    Ok(Takings { count: count(row, from)?, items: count(row, from + 1)?, totals: totals_in(row, from + 2)? })
}
