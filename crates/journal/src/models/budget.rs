//! When the gateway was asked and when it refused, as plain facts: what they leave to ask with depends on a setting, so
//! it is folded when it is read.

use rusqlite::{Connection, OptionalExtension, params};
use till::budget::{Allowance, Budget};
use till::event::{Event, GatewayEvent};
use till::payment::AttemptEvent;
use till::refund::RefundEvent;
use till::time::Timestamp;

use super::{Model, News, Table};
use crate::folds::Folded;
use crate::sql::{int, moment};

pub(super) const MODEL: Model = Model {
    tables: &[Table { name: "questions", key: "merchant, seq" }, Table { name: "refusals", key: "merchant" }],
    apply,
};

/// How many questions are kept per merchant. Any pause among them as long as it takes to earn a whole burst back makes
/// what came before them irrelevant.
const KEPT: u32 = 64;

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let at = news.recorded.at.unix_ms();
    match (&*news.recorded.event, news.folded) {
        (Event::Attempt(_, AttemptEvent::Asked), Folded::Attempt(attempt)) => {
            asked(&attempt.terms.merchant, news);
        }
        // What is sent is paid for out of the same budget as what is asked.
        (Event::Refund(_, RefundEvent::Asked | RefundEvent::Sent { .. }), Folded::Refund(refund)) => {
            if let Some(card) = refund.terms.card() {
                asked(&card.merchant, news);
            }
        }
        (Event::Gateway(merchant, GatewayEvent::Refused), _) => {
            let sql = "INSERT INTO refusals VALUES (?1, ?2) ON CONFLICT DO UPDATE SET at = max(at, ?2)";
            tx.prepare_cached(sql)?.execute(params![merchant, at])?;
        }
        _ => {}
    }
    Ok(())
}

fn asked(merchant: &str, news: &News<'_>) {
    news.adding.question(merchant, (int(news.recorded.seq), news.recorded.at.unix_ms()), KEPT);
}

/// Writes the latest questions to a merchant, of each the number of its event and its moment, and forgets the oldest.
pub(super) fn write(
    tx: &Connection,
    merchant: &str,
    questions: impl IntoIterator<Item = (i64, i64)>,
) -> rusqlite::Result<()> {
    let mut insert = tx.prepare_cached("INSERT INTO questions VALUES (?1, ?2, ?3)")?;
    for (seq, at) in questions {
        insert.execute(params![merchant, seq, at])?;
    }
    let sql = "DELETE FROM questions WHERE merchant = ?1 AND seq <=
               (SELECT seq FROM questions WHERE merchant = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)";
    tx.prepare_cached(sql)?.execute(params![merchant, KEPT])?;
    Ok(())
}

/// What is left to ask with.
pub(crate) fn read(conn: &Connection, merchant: &str, allowance: &Allowance) -> rusqlite::Result<Budget> {
    let asked: Vec<Timestamp> = conn
        .prepare_cached("SELECT at FROM questions WHERE merchant = ?1 ORDER BY seq")?
        .query_map([merchant], |row| moment(row, 0))?
        .collect::<rusqlite::Result<_>>()?;
    let refused = conn
        .prepare_cached("SELECT at FROM refusals WHERE merchant = ?1")?
        .query_row([merchant], |row| moment(row, 0))
        .optional()?;
    let mut budget = Budget::default();
    // Older questions may be forgotten. Nobody may ask more often because of that, so the bucket counts as empty once
    // the oldest one known was asked.
    if let Some(first) = asked.first().filter(|_| u32::try_from(asked.len()).is_ok_and(|known| known >= KEPT)) {
        budget = (1..allowance.burst).fold(budget, |budget, _| budget.spent(allowance, *first));
    }
    let spent = asked.iter().fold(budget, |budget, at| budget.spent(allowance, *at));
    Ok(refused.map_or(spent, |at| spent.refused(allowance, at)))
}
