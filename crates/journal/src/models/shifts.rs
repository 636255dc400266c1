//! The shifts: one is open at a time, and what was found at its end stays with it.

use rusqlite::{Connection, OptionalExtension, Row, params};
use till::day::{Count, ShiftEvent};
use till::event::Event;
use till::figures::{ShiftEnd, ShiftFigures};
use till::money::Money;

use super::{Model, News, Table, drawer};
use crate::sql::{id_number, moment, money, must_change};

pub(super) const MODEL: Model = Model { tables: &[Table { name: "shifts", key: "number" }], apply };

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let Event::Shift(number, event) = &*news.recorded.event else { return Ok(()) };
    let at = news.recorded.at.unix_ms();
    match event {
        ShiftEvent::Opened { by, counted, .. } => {
            // Numbers follow one another; a second open shift is refused by the index.
            let sql = "INSERT INTO shifts (number, opened_at, opened_by, float, counts)
                       SELECT ?1, ?2, ?3, ?4, 0 WHERE ?1 = (SELECT coalesce(max(number), 0) + 1 FROM shifts)";
            let float = counted.total().as_dollars();
            must_change(tx.prepare_cached(sql)?.execute(params![number, at, by.name, float])?)
        }
        ShiftEvent::Moved { .. } => {
            let sql = "SELECT count(*) FROM shifts WHERE number = ?1 AND period IS NULL";
            let open: u32 = tx.prepare_cached(sql)?.query_row([number], |row| row.get(0))?;
            must_change(usize::from(open > 0))
        }
        ShiftEvent::Counted { counted, expected, .. } => {
            let total = counted.total().as_dollars();
            let sql = "UPDATE shifts SET counts = counts + 1, counted = ?2, over = ?2 - ?3
                       WHERE number = ?1 AND period IS NULL AND ?3 = (SELECT expected FROM drawer)";
            must_change(tx.prepare_cached(sql)?.execute(params![number, total, expected.as_dollars()])?)
        }
        ShiftEvent::Closed { by, over, note, to_bank, next_float } => {
            let sql = "UPDATE shifts SET period = (SELECT max(period) FROM periods), closed_at = ?2, closed_by = ?3,
                           note = ?4, to_bank = ?5, next_float = ?6
                       WHERE number = ?1 AND period IS NULL AND over = ?7";
            let [to_bank, next_float, over] = [*to_bank, *next_float, *over].map(Money::as_dollars);
            let values = params![number, at, by.name, note, to_bank, next_float, over];
            must_change(tx.prepare_cached(sql)?.execute(values)?)
        }
    }
}

const COLUMNS: &str = "number, opened_at, opened_by, float, counts, counted, over, closed_at, closed_by, note, to_bank,
                       next_float";

/// The shifts that ended in the running period, and the one that is open, oldest first.
pub(crate) fn running(conn: &Connection) -> rusqlite::Result<Vec<ShiftFigures>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM shifts WHERE period = (SELECT max(period) FROM periods) OR period IS NULL ORDER BY number"
    );
    let found: Vec<ShiftFigures> = conn.prepare_cached(&sql)?.query_map([], shift)?.collect::<Result<_, _>>()?;
    found.into_iter().map(|shift| with_drawer(conn, shift)).collect()
}

/// The open shift.
pub(crate) fn open(conn: &Connection) -> rusqlite::Result<Option<ShiftFigures>> {
    let sql = format!("SELECT {COLUMNS} FROM shifts WHERE period IS NULL");
    let found = conn.prepare_cached(&sql)?.query_row([], shift).optional()?;
    found.map(|shift| with_drawer(conn, shift)).transpose()
}

/// The number of the next shift.
pub(crate) fn next(conn: &Connection) -> rusqlite::Result<Count> {
    conn.prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM shifts")?.query_row([], |row| id_number(row, 0))
}

fn with_drawer(conn: &Connection, mut shift: ShiftFigures) -> rusqlite::Result<ShiftFigures> {
    shift.drawer = drawer::movements(conn, "shift", shift.number)?;
    shift.drawer.expected = match &shift.end {
        Some(end) => end.next_float,
        None => drawer::expected(conn)?,
    };
    Ok(shift)
}

fn shift(row: &Row<'_>) -> rusqlite::Result<ShiftFigures> {
    let end = row.get::<_, Option<i64>>(7)?.map(|_| {
        Ok::<_, rusqlite::Error>(ShiftEnd {
            at: moment(row, 7)?,
            by: row.get(8)?,
            note: row.get(9)?,
            to_bank: money(row, 10)?,
            next_float: money(row, 11)?,
        })
    });
    Ok(ShiftFigures {
        number: id_number(row, 0)?,
        opened_at: moment(row, 1)?,
        opened_by: row.get(2)?,
        float: money(row, 3)?,
        drawer: till::figures::DrawerFigures::default(),
        counts: id_number(row, 4)?,
        counted: row.get::<_, Option<i64>>(5)?.map(Money::dollars),
        over: row.get::<_, Option<i64>>(6)?.map(Money::dollars),
        end: end.transpose()?,
    })
}
