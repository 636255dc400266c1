//! Days of the calendar within periods: what every report is put together from. A Z report is all slices of one period,
//! a month all slices of its days; the same rows are read for both, by the same statements.

use rusqlite::{Connection, OptionalExtension};
use till::time::Day;

use super::{Model, Table};

/// Slices are made by the models that count on them.
pub(super) const MODEL: Model = Model { tables: &[Table { name: "slices", key: "slice" }], apply: |_, _| Ok(()) };

/// The slice of that day in the running period.
pub(super) fn of(tx: &Connection, day: Day) -> rusqlite::Result<i64> {
    let day = day.number();
    let sql = "SELECT slice FROM slices WHERE period = (SELECT max(period) FROM periods) AND day = ?1";
    let found = tx.prepare_cached(sql)?.query_row([day], |row| row.get(0)).optional()?;
    if let Some(slice) = found {
        return Ok(slice);
    }
    let sql = "INSERT INTO slices SELECT coalesce((SELECT max(slice) FROM slices), 0) + 1, max(period), ?1 FROM periods
               RETURNING slice";
    tx.prepare_cached(sql)?.query_row([day], |row| row.get(0))
}

/// Which slices a report is about: from one period to another, and from one day to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Within {
    bounds: [i64; 4],
}

/// The condition that [`Within::bounds`] are bound to, as the statement's first four parameters.
pub(crate) const WITHIN: &str =
    "slice IN (SELECT slice FROM slices WHERE period BETWEEN ?1 AND ?2 AND day BETWEEN ?3 AND ?4)";

impl Within {
    /// The running period.
    pub(crate) fn running(conn: &Connection) -> rusqlite::Result<Self> {
        let sql = "SELECT max(period) FROM periods";
        let period: i64 = conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(Self { bounds: [period, period, i64::MIN, i64::MAX] })
    }

    /// These days, both included, whatever periods they fall into.
    pub(crate) fn days(from: Day, to: Day) -> Self {
        Self { bounds: [0, i64::MAX, from.number(), to.number()] }
    }

    /// What the condition is bound to.
    pub(crate) fn bounds(&self) -> [i64; 4] {
        self.bounds
    }
}

/// The days within, each with what `sql` makes of it: a statement whose first column is the day's number.
pub(crate) fn by_day<T>(
    conn: &Connection,
    within: &Within,
    sql: &str,
    read: impl Fn(Day, &rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    let day = |number: i64| Day::numbered(number).ok_or(rusqlite::Error::IntegralValueOutOfRange(0, number));
    conn.prepare_cached(sql)?.query_map(within.bounds, |row| read(day(row.get(0)?)?, row))?.collect()
}
