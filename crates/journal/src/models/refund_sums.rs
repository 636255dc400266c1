//! What the refunds of each slice come to, by the way the money goes: what was asked for, which is what the day
//! took less, and what is back with the customers.
//!
//! One that is given up is taken off again where it is given up; a card refund that a person pays out in cash moves from
//! the card's line to the drawer's.

use rusqlite::{Connection, params};
use till::cart::Totals;
use till::event::{Event, TillEvent};
use till::figures::RefundFigure;
use till::money::Money;
use till::refund::{HandWay, Of, Parts, RefundEvent, RefundTerms};
use till::time::Day;

use super::slices::{self, WITHIN, Within, by_day};
use super::{Model, News, Table};
use crate::folds::Folded;
use crate::sql::money;

pub(super) const MODEL: Model = Model { tables: &[Table { name: "refund_sums", key: "slice, of, way" }], apply };

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let (event, refund) = match (&*news.recorded.event, news.folded) {
        (Event::Refund(_, event), Folded::Refund(refund)) => (event, refund),
        // Goods of no sale anybody knows: paid out of the drawer there and then.
        (Event::Till(TillEvent::GoodsReturned { totals, .. }), _) => {
            let Totals { net, taxable, zero_rated, exempt, tax, .. } = *totals;
            return put(tx, news, "goods", "cash", (net, Parts { taxable, zero_rated, exempt, tax }), (1, 1));
        }
        _ => return Ok(()),
    };
    let terms = &refund.terms;
    match event {
        RefundEvent::Requested { .. } => add(tx, news, terms, None, 1, 0),
        RefundEvent::Dropped { .. } => add(tx, news, terms, None, -1, 0),
        RefundEvent::Settled => add(tx, news, terms, None, 0, 1),
        RefundEvent::HandedBack { way, .. } => {
            add(tx, news, terms, None, -1, 0)?;
            add(tx, news, terms, Some(*way), 1, 1)
        }
        _ => Ok(()),
    }
}

fn add(
    tx: &Connection,
    news: &News<'_>,
    terms: &RefundTerms,
    hand: Option<HandWay>,
    asked: i64,
    settled: i64,
) -> rusqlite::Result<()> {
    let (of, parts) = match &terms.of {
        Of::Goods { parts, .. } => ("goods", *parts),
        Of::Money => ("money", Parts::default()),
    };
    put(tx, news, of, terms.counted_on(hand), (terms.amount, parts), (asked, settled))
}

fn put(
    tx: &Connection,
    news: &News<'_>,
    of: &str,
    way: &str,
    (amount, parts): (Money, Parts),
    (asked, settled): (i64, i64),
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO refund_sums VALUES (?11, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
               ON CONFLICT DO UPDATE SET
                   asked = asked + ?3, asked_net = asked_net + ?4, taxable = taxable + ?5,
                   zero_rated = zero_rated + ?6, exempt = exempt + ?7, tax = tax + ?8,
                   settled = settled + ?9, settled_net = settled_net + ?10";
    let times = |amount: Money| asked * amount.as_dollars();
    tx.prepare_cached(sql)?.execute(params![
        of,
        way,
        asked,
        times(amount),
        times(parts.taxable),
        times(parts.zero_rated),
        times(parts.exempt),
        times(parts.tax),
        settled,
        settled * amount.as_dollars(),
        slices::of(tx, news.recorded.at)?,
    ])?;
    Ok(())
}

/// What the goods that came back within come to.
pub(crate) fn totals(conn: &Connection, within: &Within) -> rusqlite::Result<Totals> {
    let sql = format!(
        "SELECT coalesce(sum(asked_net), 0), coalesce(sum(taxable), 0), coalesce(sum(zero_rated), 0),
                coalesce(sum(exempt), 0), coalesce(sum(tax), 0)
         FROM refund_sums WHERE {WITHIN} AND of = 'goods'"
    );
    conn.prepare_cached(&sql)?.query_row(within.bounds(), |row| {
        let net = money(row, 0)?;
        Ok(Totals {
            gross: net,
            discounts: Money::ZERO,
            net,
            taxable: money(row, 1)?,
            zero_rated: money(row, 2)?,
            exempt: money(row, 3)?,
            tax: money(row, 4)?,
        })
    })
}

/// The days within on which goods came back, each with how many refunds that were and what they come to.
pub(crate) fn days(conn: &Connection, within: &Within) -> rusqlite::Result<Vec<(Day, i64, Money)>> {
    let sql = format!(
        "SELECT day, sum(asked), sum(asked_net) FROM refund_sums JOIN slices USING (slice)
         WHERE {WITHIN} AND of = 'goods' GROUP BY day ORDER BY day"
    );
    by_day(conn, within, &sql, |day, row| Ok((day, row.get(1)?, money(row, 2)?)))
}

/// The refunds within, of goods or of money no sale took, by way.
pub(crate) fn ways(conn: &Connection, within: &Within, of: &str) -> rusqlite::Result<Vec<RefundFigure>> {
    let [a, b, c, d] = within.bounds();
    let sql = format!(
        "SELECT way, sum(asked), sum(asked_net), sum(settled), sum(settled_net) FROM refund_sums
         WHERE {WITHIN} AND of = ?5 GROUP BY way
         HAVING (sum(asked), sum(asked_net), sum(settled), sum(settled_net)) IS NOT (0, 0, 0, 0) ORDER BY way"
    );
    conn.prepare_cached(&sql)?
        .query_map(params![a, b, c, d, of], |row| {
            Ok(RefundFigure {
                way: row.get(0)?,
                asked_count: row.get(1)?,
                asked: money(row, 2)?,
                settled_count: row.get(3)?,
                settled: money(row, 4)?,
            })
        })?
        .collect()
}
