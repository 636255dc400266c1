//! The tables of the file, and how a file of an older version becomes one of today's. The README says in prose what each
//! table is for.

use rusqlite::{Connection, Transaction};

use crate::error::ReadError;
use crate::refill;

/// Marks a SQLite file as a journal of this program: "Gjnl".
pub(crate) const APPLICATION_ID: i32 = 0x476a_6e6c;

/// The version of the file this program writes.
pub(crate) const VERSION: u32 = 8;

/// What the trigger on events says to an event whose place on its stream is taken.
pub(crate) const TAKEN: &str = "its place on its stream is taken";

/// The steps, oldest first: step `n` makes a file of version `n + 1` out of one of version `n`. A step that has been
/// released is never edited.
const STEPS: &[&str] = &[
    include_str!("schema/v1.sql"),
    include_str!("schema/v2.sql"),
    include_str!("schema/v3.sql"),
    include_str!("schema/v4.sql"),
    include_str!("schema/v5.sql"),
    include_str!("schema/v6.sql"),
    include_str!("schema/v7.sql"),
    include_str!("schema/v8.sql"),
];

/// What a file says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing is in it yet.
    Empty,
    /// A journal of this version.
    Journal(u32),
    /// Something else.
    Foreign,
}

/// Reads what the file says it is.
pub(crate) fn kind(conn: &Connection) -> rusqlite::Result<Kind> {
    let application: i32 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(match application {
        APPLICATION_ID => Kind::Journal(version),
        0 if version == 0 && !crate::sql::has_tables(conn)? => Kind::Empty,
        _ => Kind::Foreign,
    })
}

/// Brings a file of version `from` to today's in one transaction, so that a power cut leaves the one or the other behind.
/// What is made from the events is made again where there are any.
pub(crate) fn migrate(conn: &mut Connection, from: u32) -> Result<(), ReadError> {
    if from == VERSION {
        return Ok(());
    }
    let tx = conn.transaction()?;
    for (step, version) in STEPS.iter().zip(1..).skip_while(|(_, version)| *version <= from) {
        apply(&tx, step, version)?;
    }
    if from > 0 {
        refill::refill(&tx)?;
    }
    Ok(tx.commit()?)
}

fn apply(tx: &Transaction<'_>, step: &str, version: u32) -> rusqlite::Result<()> {
    tx.execute_batch(step)?;
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_there_and_the_last_one_makes_todays_version() {
        assert_eq!(STEPS.len(), usize::try_from(VERSION).expect("small"));
        let mut conn = Connection::open_in_memory().expect("memory");
        assert_eq!(kind(&conn).expect("readable"), Kind::Empty);
        migrate(&mut conn, 0).expect("a fresh file");
        assert_eq!(kind(&conn).expect("readable"), Kind::Journal(VERSION));
    }

    #[test]
    fn a_database_of_something_else_is_foreign() {
        let conn = Connection::open_in_memory().expect("memory");
        conn.execute_batch("CREATE TABLE songs (name TEXT)").expect("a table");
        assert_eq!(kind(&conn).expect("readable"), Kind::Foreign);
    }
}
