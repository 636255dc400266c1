//! Attempts to collect money: by number, sale, token and link, and which of them are unfinished.

use rusqlite::{Connection, OptionalExtension, params};
use till::event::Event;
use till::figures::{OpenAttempt, TenderFigure};
use till::ids::{AttemptNumber, SaleNumber};
use till::money::Money;
use till::payment::{Attempt, AttemptEvent, Funds, Phase};
use till::time::Timestamp;

use super::{Model, News, Table};
use crate::folds::Folded;
use crate::sql::{count, id, int, moment, money};

pub(super) const MODEL: Model = Model { tables: &[Table { name: "attempts", key: "number" }], apply };

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let (Event::Attempt(number, event), Folded::Attempt(attempt)) = (&*news.recorded.event, news.folded) else {
        return Ok(());
    };
    let (phase, live, rest) = (phase_name(&attempt.phase), attempt.is_live(), attempt.at_rest());
    let unapplied = unapplied_amount(attempt).as_dollars();
    if let AttemptEvent::Intended { terms } = event {
        // The number, the token and the link are each taken by one attempt only: a repeat ends here, before anything
        // is sent (PF-37).
        tx.prepare_cached("INSERT INTO attempts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")?.execute(
            params![
                number.as_str(),
                int(news.recorded.seq),
                terms.sale.as_str(),
                terms.token,
                terms.link,
                terms.method.name(),
                terms.amount.as_dollars(),
                terms.created.unix_ms(),
                phase,
                live,
                unapplied,
                rest
            ],
        )?;
    } else {
        news.adding.attempt(number, State { phase, live, unapplied, rest });
    }
    Ok(())
}

/// How an attempt stands.
pub(super) struct State {
    phase: &'static str,
    live: bool,
    unapplied: i64,
    rest: bool,
}

/// Writes how an attempt stands now.
pub(super) fn write(tx: &Connection, number: &str, state: &State) -> rusqlite::Result<()> {
    let sql = "UPDATE attempts SET phase = ?2, live = ?3, unapplied = ?4, at_rest = ?5
               WHERE number = ?1 AND (phase, live, unapplied, at_rest) IS NOT (?2, ?3, ?4, ?5)";
    let State { phase, live, unapplied, rest } = *state;
    tx.prepare_cached(sql)?.execute(params![number, phase, live, unapplied, rest]).map(drop)
}

/// The attempts of a sale, oldest first.
pub(crate) fn of_sale(conn: &Connection, sale: &SaleNumber) -> rusqlite::Result<Vec<AttemptNumber>> {
    conn.prepare_cached("SELECT number FROM attempts WHERE sale = ?1 ORDER BY made_seq")?
        .query_map([sale.as_str()], |row| id(row, 0))?
        .collect()
}

/// The attempt whose messages come through the door of that token.
pub(crate) fn by_token(conn: &Connection, token: &str) -> rusqlite::Result<Option<AttemptNumber>> {
    let sql = "SELECT number FROM attempts WHERE token = ?1";
    conn.prepare_cached(sql)?.query_row([token], |row| id(row, 0)).optional()
}

/// The attempt whose pay page goes by that link.
pub(crate) fn by_link(conn: &Connection, link: &str) -> rusqlite::Result<Option<AttemptNumber>> {
    let sql = "SELECT number FROM attempts WHERE link = ?1";
    conn.prepare_cached(sql)?.query_row([link], |row| id(row, 0)).optional()
}

/// The attempts that are not at rest, oldest first.
pub(crate) fn unsettled(conn: &Connection) -> rusqlite::Result<Vec<AttemptNumber>> {
    conn.prepare_cached("SELECT number FROM attempts WHERE at_rest = 0 ORDER BY made_seq")?
        .query_map([], |row| id(row, 0))?
        .collect()
}

/// The same attempts, with what a report says about each.
pub(crate) fn open(conn: &Connection) -> rusqlite::Result<Vec<OpenAttempt>> {
    let sql = "SELECT number, sale, amount, method, phase, live, created_at FROM attempts
               WHERE at_rest = 0 ORDER BY made_seq";
    conn.prepare_cached(sql)?
        .query_map([], |row| {
            Ok(OpenAttempt {
                number: id(row, 0)?,
                sale: id(row, 1)?,
                amount: money(row, 2)?,
                method: row.get(3)?,
                phase: row.get(4)?,
                live: row.get(5)?,
                created_at: moment(row, 6)?,
            })
        })?
        .collect()
}

/// The attempts made within these moments that are not at rest and that nobody knows to be paid, by the method asked for.
pub(crate) fn pending(conn: &Connection, from: Timestamp, before: Timestamp) -> rusqlite::Result<Vec<TenderFigure>> {
    let sql = "SELECT method, count(*), sum(amount) FROM attempts
               WHERE at_rest = 0 AND phase <> 'paid' AND created_at >= ?1 AND created_at < ?2
               GROUP BY method ORDER BY method";
    conn.prepare_cached(sql)?
        .query_map([from.unix_ms(), before.unix_ms()], |row| {
            Ok(TenderFigure { name: row.get(0)?, count: count(row, 1)?, amount: money(row, 2)? })
        })?
        .collect()
}

/// The attempts that were made within these moments, and about which it was found out after `since` that they are paid.
pub(crate) fn paid_within(
    conn: &Connection,
    from: Timestamp,
    before: Timestamp,
    since: Timestamp,
) -> rusqlite::Result<Vec<AttemptNumber>> {
    // Once a day, and by whoever asks for it: no index that every payment would pay for. The events say it without being
    // read in full, which for the weeks in which a code can be paid are tens of thousands.
    let sql = "SELECT number FROM attempts WHERE phase = 'paid' AND created_at >= ?1 AND created_at < ?2
               AND (created_at >= ?3 OR EXISTS (SELECT 1 FROM events WHERE stream = 'attempt/' || attempts.number
                                                AND kind = 'attempt.paid' AND at >= ?3))";
    let bounds = [from, before, since].map(Timestamp::unix_ms);
    conn.prepare_cached(sql)?.query_map(bounds, |row| id(row, 0))?.collect()
}

/// How many attempts have brought money that no sale took and nobody has decided on, and how much it is.
pub(crate) fn unapplied(conn: &Connection) -> rusqlite::Result<(u64, Money)> {
    // Such an attempt is never at rest, so this reads the unfinished ones only.
    let sql = "SELECT count(*), coalesce(sum(unapplied), 0) FROM attempts WHERE at_rest = 0 AND unapplied <> 0";
    conn.prepare_cached(sql)?.query_row([], |row| Ok((count(row, 0)?, money(row, 1)?)))
}

fn unapplied_amount(attempt: &Attempt) -> Money {
    match (&attempt.funds, attempt.payment()) {
        (Funds::Unapplied(_), Some(payment)) => payment.amount,
        _ => Money::ZERO,
    }
}

/// The phase as the table and the reports write it.
#[must_use]
pub fn phase_name(phase: &Phase) -> &'static str {
    match phase {
        Phase::Created => "created",
        Phase::Presented => "presented",
        Phase::Opened => "opened",
        Phase::Declined { .. } => "declined",
        Phase::CodeIssued { .. } => "code_issued",
        Phase::Claimed { .. } => "claimed",
        Phase::PendingAtBank => "pending_at_bank",
        Phase::Unanswered { .. } => "unanswered",
        Phase::Contradicted { .. } => "contradicted",
        Phase::Paid { .. } => "paid",
    }
}
