//! Making the read models again from the events, when a newer program keeps other ones than the program before it did.

use rusqlite::Connection;

use crate::error::{Break, ReadError, What};
use crate::file::{self, EventRow};
use crate::folds::Folds;
use crate::models::{Adding, MODELS};
use crate::recorded::Head;
use crate::schema;
use crate::verify::{self, VerifyError};

/// Empties every read model and fills it from the chain, within the transaction that brings the file up to date.
pub(crate) fn refill(tx: &Connection) -> Result<(), ReadError> {
    tx.pragma_update(None, "defer_foreign_keys", true)?;
    let mut fresh = Connection::open_in_memory()?;
    schema::migrate(&mut fresh, 0)?;
    for table in MODELS.iter().flat_map(|model| model.tables) {
        tx.execute_batch(&format!("DELETE FROM {}", table.name))?;
        copy(&fresh, tx, table.name)?;
    }
    let (mut folds, adding, mut head) = (Folds::default(), Adding::default(), Head::EMPTY);
    let mut statement = tx.prepare(&format!("SELECT {} FROM events ORDER BY seq", file::COLUMNS))?;
    for row in statement.query_map([], EventRow::of)? {
        let row = row?;
        row.check_after(&head).map_err(ReadError::Damaged)?;
        verify::replay(tx, tx, &mut folds, &adding, &row, &row.decode()?)
            .map_err(|error| unreadable(error, row.seq))?;
        head = row.head();
    }
    adding.write(tx)?;
    if head != Head::EMPTY {
        file::state_head(tx, &head)?;
    }
    Ok(())
}

/// The rows a table has before anything has happened.
fn copy(from: &Connection, to: &Connection, table: &str) -> rusqlite::Result<()> {
    let mut statement = from.prepare(&format!("SELECT * FROM {table}"))?;
    let columns = statement.column_count();
    let places = (1..=columns).map(|column| format!("?{column}")).collect::<Vec<_>>().join(", ");
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let values: Vec<rusqlite::types::Value> =
            (0..columns).map(|column| row.get(column)).collect::<Result<_, _>>()?;
        to.execute(&format!("INSERT INTO {table} VALUES ({places})"), rusqlite::params_from_iter(values))?;
    }
    Ok(())
}

fn unreadable(error: VerifyError, seq: u64) -> ReadError {
    match error {
        VerifyError::Broken(first) => ReadError::Damaged(first),
        VerifyError::Sqlite(error) => ReadError::Sqlite(error),
        VerifyError::Open(error) => ReadError::Damaged(Break::at(seq, What::Body(error.to_string()))),
    }
}
