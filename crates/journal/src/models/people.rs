//! Who works at the till, and the wrong PINs given under their names.

use rusqlite::{Connection, params};
use till::event::Event;
use till::people::{Person, PersonEvent, PinHash, Role, WrongPins};
use till::time::Timestamp;

use super::{Model, News, Table};
use crate::sql::{id, int};

pub(super) const MODEL: Model = Model { tables: &[Table { name: "people", key: "id" }], apply };

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let Event::Person(person, event) = &*news.recorded.event else { return Ok(()) };
    let who = person.as_str();
    let set = |sql: &str, value: &str| tx.prepare_cached(sql)?.execute(params![who, value]);
    match event {
        PersonEvent::Added { name, role, pin } => {
            let sql = "INSERT INTO people VALUES (?1, ?2, ?3, ?4, 1, ?5, 0, NULL, 0)";
            let seq = int(news.recorded.seq);
            let row = params![who, seq, name.as_str(), role_name(*role), pin.as_str()];
            tx.prepare_cached(sql)?.execute(row)
        }
        PersonEvent::Renamed { name } => set("UPDATE people SET name = ?2 WHERE id = ?1", name.as_str()),
        PersonEvent::RoleChanged { role } => set("UPDATE people SET role = ?2 WHERE id = ?1", role_name(*role)),
        PersonEvent::PinChanged { pin } => {
            set("UPDATE people SET pin = ?2, wrong = 0, wrong_at = NULL WHERE id = ?1", pin.as_str())
        }
        PersonEvent::Retired => tx.prepare_cached("UPDATE people SET active = 0 WHERE id = ?1")?.execute([who]),
        PersonEvent::PinWrong => {
            let sql = "UPDATE people SET wrong = wrong + 1, wrong_at = ?2, unseen = unseen + 1 WHERE id = ?1";
            tx.prepare_cached(sql)?.execute(params![who, news.recorded.at.unix_ms()])
        }
        PersonEvent::PinRight => {
            tx.prepare_cached("UPDATE people SET wrong = 0, wrong_at = NULL WHERE id = ?1")?.execute([who])
        }
        PersonEvent::WrongPinsSeen => tx.prepare_cached("UPDATE people SET unseen = 0 WHERE id = ?1")?.execute([who]),
    }
    .map(drop)
}

/// Everybody who has ever been added, in that order.
pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Vec<Person>> {
    let sql = "SELECT id, name, role, active, pin, wrong, wrong_at, unseen FROM people ORDER BY added";
    conn.prepare_cached(sql)?
        .query_map([], |row| {
            let role: String = row.get(2)?;
            let role = role_named(&role).ok_or_else(|| {
                let text = format!("no role {role:?}");
                rusqlite::Error::FromSqlConversionFailure(2, rusqlite::types::Type::Text, text.into())
            })?;
            let last: Option<i64> = row.get(6)?;
            Ok(Person {
                id: id(row, 0)?,
                name: id(row, 1)?,
                role,
                active: row.get(3)?,
                pin: id::<PinHash>(row, 4)?,
                wrong: WrongPins { count: row.get(5)?, last: last.map(Timestamp::from_unix_ms), unseen: row.get(7)? },
            })
        })?
        .collect()
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Cashier => "cashier",
        Role::Supervisor => "supervisor",
        Role::Owner => "owner",
    }
}

fn role_named(name: &str) -> Option<Role> {
    [Role::Cashier, Role::Supervisor, Role::Owner].into_iter().find(|role| role_name(*role) == name)
}
