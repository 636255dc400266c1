//! Numbers and moments, as SQLite's signed 64 bits hold them.

use rusqlite::{Connection, Row, ffi};
use till::money::Money;
use till::time::Timestamp;

/// A count as SQLite stores it.
pub(crate) fn int(count: u64) -> i64 {
    i64::try_from(count).expect("nobody counts to nine quintillion")
}

/// The count in a column.
pub(crate) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, value))
}

/// The money in a column.
pub(crate) fn money(row: &Row<'_>, column: usize) -> rusqlite::Result<Money> {
    Ok(Money::dollars(row.get(column)?))
}

/// The moment in a column.
pub(crate) fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    Ok(Timestamp::from_unix_ms(row.get(column)?))
}

/// A small number in a column: a shift's, a period's.
pub(crate) fn id_number(row: &Row<'_>, column: usize) -> rusqlite::Result<u32> {
    let value: i64 = row.get(column)?;
    u32::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, value))
}

/// Refuses, as a check of a table does, when an event does not fit what the tables say.
pub(crate) fn must_change(rows: usize) -> rusqlite::Result<()> {
    if rows > 0 {
        return Ok(());
    }
    let text = "the event does not fit what is in the tables".to_owned();
    Err(rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CONSTRAINT_CHECK), Some(text)))
}

/// The id in a text column.
pub(crate) fn id<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: std::str::FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: String = row.get(column)?;
    text.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}

/// Whether the schema has a table of that name.
pub(crate) fn has_tables(conn: &Connection) -> rusqlite::Result<bool> {
    conn.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))
}
