//! Who sees to which task, until the task is done.

use rusqlite::{Connection, params};
use till::event::{Event, TillEvent};
use till::payment::AttemptEvent;
use till::people::{Named, PersonEvent};

use super::{Model, News, Table};
use crate::figures::TaskHolder;
use crate::sql::moment;

pub(super) const MODEL: Model = Model { tables: &[Table { name: "task_holders", key: "task" }], apply };

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    match &*news.recorded.event {
        Event::Till(TillEvent::TaskTaken { task, by }) => {
            let sql = "INSERT INTO task_holders VALUES (?1, ?2, ?3, ?4)
                       ON CONFLICT DO UPDATE SET person = ?2, name = ?3, since = ?4";
            let person = by.person.as_ref().map(till::people::PersonId::as_str);
            let row = params![task, person, by.name, news.recorded.at.unix_ms()];
            tx.prepare_cached(sql)?.execute(row).map(drop)
        }
        Event::Till(TillEvent::TaskLeft { task }) => done(tx, task),
        // What is done here may come again under the same name, and then waits for somebody anew.
        Event::Till(TillEvent::AlarmsSeen) => done_all(tx, "till/"),
        Event::Attempt(number, AttemptEvent::AlarmsSeen { .. }) => done_all(tx, &format!("alarm/{number}")),
        Event::Attempt(number, AttemptEvent::Resolved { .. }) => done(tx, &format!("money/{number}")),
        Event::Refund(number, event) if event.ends_a_task() => done(tx, &format!("refund/{number}")),
        Event::Person(id, PersonEvent::WrongPinsSeen) => done(tx, &format!("pin/{id}")),
        _ => Ok(()),
    }
}

fn done(tx: &Connection, task: &str) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM task_holders WHERE task = ?1")?.execute([task]).map(drop)
}

/// Every task whose name begins like this.
fn done_all(tx: &Connection, start: &str) -> rusqlite::Result<()> {
    let sql = "DELETE FROM task_holders WHERE substr(task, 1, length(?1)) = ?1";
    tx.prepare_cached(sql)?.execute([start]).map(drop)
}

/// Who sees to which task.
pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Vec<TaskHolder>> {
    conn.prepare_cached("SELECT task, person, name, since FROM task_holders ORDER BY task")?
        .query_map([], |row| {
            let person: Option<String> = row.get(1)?;
            let by = Named { person: person.and_then(|id| id.parse().ok()), name: row.get(2)? };
            Ok(TaskHolder { task: row.get(0)?, by, since: moment(row, 3)? })
        })?
        .collect()
}
