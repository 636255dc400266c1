//! Refunds: by number, sale and payment, which of them are unfinished, and how much can still come back.

use rusqlite::{Connection, params};
use till::event::Event;
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};
use till::refund::{CardStage, From, Phase, RefundEvent, RefundTerms};

use super::{Model, News, Table};
use crate::folds::Folded;
use crate::sql::{count, id, int};

pub(super) const MODEL: Model = Model {
    tables: &[
        Table { name: "refunds", key: "number" },
        Table { name: "refund_limits", key: "of" },
        Table { name: "refund_lists", key: "merchant" },
    ],
    apply,
};

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let (Event::Refund(number, event), Folded::Refund(refund)) = (&*news.recorded.event, news.folded) else {
        return Ok(());
    };
    let (phase, rest) = (phase_name(&refund.phase), refund.at_rest());
    match event {
        RefundEvent::Requested { terms } => {
            tx.prepare_cached("INSERT INTO refunds VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(params![
                number.as_str(),
                int(number.count()),
                int(news.recorded.seq),
                terms.sale.as_str(),
                terms.attempt().map(AttemptNumber::as_str),
                terms.amount.as_dollars(),
                phase,
                rest
            ])?;
            return limits(terms).into_iter().try_for_each(|limit| take(tx, &limit));
        }
        RefundEvent::Dropped { .. } => {
            limits(&refund.terms).into_iter().try_for_each(|limit| put_back(tx, &limit))?;
        }
        // What was let go of has a stage of its own; anything else was seen in the list.
        RefundEvent::Settled if refund.look.as_ref().is_some_and(|look| look.stage != CardStage::Cancelled) => {
            if let Some(card) = refund.terms.card() {
                tx.prepare_cached("INSERT INTO refund_lists VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
                    .execute(params![card.merchant, int(news.recorded.seq)])?;
            }
        }
        _ => {}
    }
    let sql = "UPDATE refunds SET phase = ?2, at_rest = ?3 WHERE number = ?1 AND (phase, at_rest) IS NOT (?2, ?3)";
    tx.prepare_cached(sql)?.execute(params![number.as_str(), phase, rest])?;
    Ok(())
}

/// Something of which only so much can come back.
struct Limit {
    of: String,
    most: i64,
    used: i64,
}

fn limits(terms: &RefundTerms) -> Vec<Limit> {
    let payment = match &terms.from {
        From::Cash => format!("sale/{}/cash", terms.sale),
        From::Attempt { attempt, .. } => format!("attempt/{attempt}"),
        From::Recorded { through } => format!("sale/{}/{}", terms.sale, through.name()),
    };
    let money = Limit { of: payment, most: terms.brought.as_dollars(), used: terms.amount.as_dollars() };
    let goods = terms.items().iter().map(|item| Limit {
        of: format!("sale/{}/{}", terms.sale, item.line),
        most: i64::from(item.sold),
        used: i64::from(item.quantity),
    });
    std::iter::once(money).chain(goods).collect()
}

fn take(tx: &Connection, limit: &Limit) -> rusqlite::Result<()> {
    let sql = "INSERT INTO refund_limits VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET used = used + ?3";
    tx.prepare_cached(sql)?.execute(params![limit.of, limit.most, limit.used])?;
    Ok(())
}

fn put_back(tx: &Connection, limit: &Limit) -> rusqlite::Result<()> {
    let sql = "UPDATE refund_limits SET used = used - ?2 WHERE of = ?1";
    tx.prepare_cached(sql)?.execute(params![limit.of, limit.used])?;
    Ok(())
}

/// The refunds of a sale, oldest first.
pub(crate) fn of_sale(conn: &Connection, sale: &SaleNumber) -> rusqlite::Result<Vec<RefundNumber>> {
    conn.prepare_cached("SELECT number FROM refunds WHERE sale = ?1 ORDER BY count")?
        .query_map([sale.as_str()], |row| id(row, 0))?
        .collect()
}

/// The refunds of what an attempt brought, oldest first.
pub(crate) fn of_attempt(conn: &Connection, attempt: &AttemptNumber) -> rusqlite::Result<Vec<RefundNumber>> {
    conn.prepare_cached("SELECT number FROM refunds WHERE attempt = ?1 ORDER BY count")?
        .query_map([attempt.as_str()], |row| id(row, 0))?
        .collect()
}

/// The refunds that are not at rest, oldest first.
pub(crate) fn unsettled(conn: &Connection) -> rusqlite::Result<Vec<RefundNumber>> {
    conn.prepare_cached("SELECT number FROM refunds WHERE at_rest = 0 ORDER BY count")?
        .query_map([], |row| id(row, 0))?
        .collect()
}

/// The last refunds, newest first.
pub(crate) fn recent(conn: &Connection, limit: u32) -> rusqlite::Result<Vec<RefundNumber>> {
    conn.prepare_cached("SELECT number FROM refunds ORDER BY count DESC LIMIT ?1")?
        .query_map([limit], |row| id(row, 0))?
        .collect()
}

/// Whether that merchant's lists of captures and refunds have shown a refund.
pub(crate) fn are_listed(conn: &Connection, merchant: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM refund_lists WHERE merchant = ?1)";
    conn.prepare_cached(sql)?.query_row([merchant], |row| row.get(0))
}

/// The count of the next refund.
pub(crate) fn next_count(conn: &Connection) -> rusqlite::Result<u64> {
    let sql = "SELECT coalesce(max(count), 0) + 1 FROM refunds";
    conn.prepare_cached(sql)?.query_row([], |row| count(row, 0))
}

/// The phase as the table writes it.
fn phase_name(phase: &Phase) -> &'static str {
    match phase {
        Phase::Requested => "requested",
        Phase::Waiting { .. } => "waiting",
        Phase::Ready { .. } => "ready",
        Phase::Sent { .. } => "sent",
        Phase::Unsure { .. } => "unsure",
        Phase::OnItsWay { .. } => "on_its_way",
        Phase::ToHandOver => "to_hand_over",
        Phase::Refused { .. } => "refused",
        Phase::Done { .. } => "done",
        Phase::Dropped => "dropped",
    }
}
