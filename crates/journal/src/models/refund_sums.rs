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

use super::adding::Sums;
use super::slices::{WITHIN, Within, by_day};
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
    of: &'static str,
    way: &str,
    (amount, parts): (Money, Parts),
    (asked, settled): (i64, i64),
) -> rusqlite::Result<()> {
    let times = |amount: Money| asked * amount.as_dollars();
    let Parts { taxable, zero_rated, exempt, tax } = parts;
    let [net, taxable, zero_rated, exempt, tax] = [amount, taxable, zero_rated, exempt, tax].map(times);
    let by = [asked, net, taxable, zero_rated, exempt, tax, settled, settled * amount.as_dollars()];
    let at = news.recorded.at;
    news.adding.add(&REFUND_SUMS, (news.adding.slice(tx, at)?, of, way), at, &by);
    Ok(())
}

const REFUND_SUMS: Sums = Sums {
    table: "refund_sums",
    columns: 8,
    add: "UPDATE refund_sums SET
              asked = asked + ?4, asked_net = asked_net + ?5, taxable = taxable + ?6, zero_rated = zero_rated + ?7,
              exempt = exempt + ?8, tax = tax + ?9, settled = settled + ?10, settled_net = settled_net + ?11
          WHERE slice = ?1 AND of = ?2 AND way = ?3",
    insert: "INSERT INTO refund_sums VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
};

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
