//! What came in that should not have, and that nobody has seen yet.

use rusqlite::{Connection, params};
use till::event::{Event, TillAlarm, TillEvent};

use super::{Model, News, Table};
use crate::figures::AlarmCount;
use crate::sql::{count, int, moment};

pub(super) const MODEL: Model = Model { tables: &[Table { name: "alarms", key: "alarm" }], apply };

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let Event::Till(event) = &*news.recorded.event else { return Ok(()) };
    match event {
        // An event counts from the start of the program, and need not be recorded each time: what is new is the
        // difference to the last one of the same run.
        TillEvent::Started { .. } => {
            tx.prepare_cached("UPDATE alarms SET run = 0 WHERE run <> 0")?.execute([])?;
        }
        TillEvent::Alarm { alarm, count } => {
            let sql = "INSERT INTO alarms VALUES (?1, ?2, ?2, ?3, ?3)
                       ON CONFLICT DO UPDATE SET run = ?2, unseen = unseen + CASE WHEN ?2 > run THEN ?2 - run ELSE ?2 END,
                           first_at = coalesce(first_at, ?3), last_at = ?3";
            let at = news.recorded.at.unix_ms();
            tx.prepare_cached(sql)?.execute(params![alarm_name(*alarm), int(*count), at])?;
        }
        TillEvent::AlarmsSeen => {
            let sql = "UPDATE alarms SET unseen = 0, first_at = NULL, last_at = NULL";
            tx.prepare_cached(sql)?.execute([])?;
        }
        TillEvent::SignedIn { .. }
        | TillEvent::Approved { .. }
        | TillEvent::DrawerOpened { .. }
        | TillEvent::GoodsReturned { .. }
        | TillEvent::Reconciled { .. }
        | TillEvent::TaskTaken { .. }
        | TillEvent::TaskLeft { .. }
        | TillEvent::SettingsChanged { .. } => {}
    }
    Ok(())
}

/// The alarms nobody has seen yet.
pub(crate) fn unseen(conn: &Connection) -> rusqlite::Result<Vec<AlarmCount>> {
    conn.prepare_cached("SELECT alarm, unseen, first_at, last_at FROM alarms WHERE unseen > 0 ORDER BY alarm")?
        .query_map([], |row| {
            let name: String = row.get(0)?;
            let alarm = alarm_named(&name).ok_or_else(|| {
                let text = format!("no alarm {name:?}");
                rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, text.into())
            })?;
            Ok(AlarmCount { alarm, count: count(row, 1)?, first_at: moment(row, 2)?, last_at: moment(row, 3)? })
        })?
        .collect()
}

fn alarm_name(alarm: TillAlarm) -> &'static str {
    match alarm {
        TillAlarm::Forged => "forged",
        TillAlarm::OtherMerchant => "other_merchant",
        TillAlarm::UnknownAttempt => "unknown_attempt",
    }
}

fn alarm_named(name: &str) -> Option<TillAlarm> {
    let every = [TillAlarm::Forged, TillAlarm::OtherMerchant, TillAlarm::UnknownAttempt];
    every.into_iter().find(|alarm| alarm_name(*alarm) == name)
}
