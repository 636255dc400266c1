//! What was done at the counter and has to be looked at, counted by slice.

use rusqlite::Connection;
use till::event::{Event, TillEvent};
use till::figures::Tally;
use till::money::Money;

use super::adding::Sums;
use super::slices::{WITHIN, Within};
use super::{Model, News, Table};
use crate::sql::{count, money};

pub(super) const MODEL: Model = Model { tables: &[Table { name: "tallies", key: "slice, name" }], apply };

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let Event::Till(event) = &*news.recorded.event else { return Ok(()) };
    let at = news.recorded.at;
    let add = |name: &str, amount: Money| {
        let slice = news.adding.slice(tx, at)?;
        news.adding.add(&TALLIES, (slice, "", name), at, &[1, amount.as_dollars()]);
        Ok(())
    };
    match event {
        TillEvent::DrawerOpened { .. } => add("drawer_opened", Money::ZERO),
        TillEvent::GoodsReturned { totals, .. } => add("goods_returned", totals.net),
        TillEvent::Approved { approval } => add(&format!("approved/{}", approval.what.name()), Money::ZERO),
        TillEvent::Started { .. }
        | TillEvent::Alarm { .. }
        | TillEvent::AlarmsSeen
        | TillEvent::SignedIn { .. }
        | TillEvent::Reconciled { .. }
        | TillEvent::TaskTaken { .. }
        | TillEvent::TaskLeft { .. }
        | TillEvent::SettingsChanged { .. } => Ok(()),
    }
}

const TALLIES: Sums = Sums {
    table: "tallies",
    columns: 2,
    add: "UPDATE tallies SET count = count + ?4, amount = amount + ?5 WHERE slice = ?1 AND name = ?3",
    insert: "INSERT INTO tallies VALUES (?1, ?3, ?4, ?5)",
};

/// The tallies within, by name.
pub(crate) fn all(conn: &Connection, within: &Within) -> rusqlite::Result<Vec<Tally>> {
    let sql = format!("SELECT name, sum(count), sum(amount) FROM tallies WHERE {WITHIN} GROUP BY name ORDER BY name");
    conn.prepare_cached(&sql)?
        .query_map(within.bounds(), |row| {
            Ok(Tally { name: row.get(0)?, count: count(row, 1)?, amount: money(row, 2)? })
        })?
        .collect()
}

#[cfg(test)]
mod tests {
    use till::people::Act;

    /// A journal from before this table is counted by what is written down, and later approvals by name: they are one.
    #[test]
    fn an_act_is_counted_under_what_it_is_written_down_as() {
        for act in Act::EVERY {
            assert_eq!(serde_json::to_value(act).expect("a text"), act.name());
        }
    }
}
