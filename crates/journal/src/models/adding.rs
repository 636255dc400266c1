//! What events change in tables that most events do not look into: added up here, and written when an event comes whose
//! models do look, or when the events end. To append one sale that makes little difference; to verify a journal, which has
//! a day of sales between the one and the other, it is most of the work.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};

use rusqlite::{Connection, OptionalExtension};
use till::event::Event;
use till::ids::AttemptNumber;
use till::money::Money;
use till::time::{Day, Timestamp};

use super::{attempts, budget};

/// A table of sums. Parameters 1 to 3 of its statements are the number, the part and the name a row is told apart by, those
/// from 4 on are what is added, and the two after those the first and the last moment, where it keeps them.
///
/// Two statements rather than one that inserts or adds: SQLite makes a table in memory for every run of such a one.
pub(super) struct Sums {
    pub(super) table: &'static str,
    /// How many columns are added to.
    pub(super) columns: usize,
    pub(super) add: &'static str,
    pub(super) insert: &'static str,
}

/// The most columns a table of sums has.
const COLUMNS: usize = 10;

/// Rows kept here at most. A shop that never closes a day has its sums written now and then all the same.
const ROWS: usize = 20_000;

/// What is added to one row.
struct Row {
    by: [i64; COLUMNS],
    first: i64,
    last: i64,
}

/// The rows of one table with one number and one part.
struct Rows {
    sums: &'static Sums,
    by_name: BTreeMap<String, Row>,
}

/// What has been added and is not written yet. In the order of the tables' keys, so that neighbours are written together
/// and the same events always write the same pages.
#[derive(Default)]
pub(crate) struct Adding {
    rows: RefCell<BTreeMap<(&'static str, i64, &'static str), Rows>>,
    count: Cell<usize>,
    drawer: Cell<i64>,
    attempts: RefCell<BTreeMap<String, attempts::State>>,
    questions: RefCell<BTreeMap<String, VecDeque<(i64, i64)>>>,
    slice: Cell<Option<(Day, i64)>>,
    period: Cell<Option<i64>>,
    shift: Cell<Option<i64>>,
}

impl Adding {
    /// Adds to the row of that number, part and name, at that moment.
    pub(super) fn add(
        &self,
        sums: &'static Sums,
        (number, part, name): (i64, &'static str, &str),
        at: Timestamp,
        by: &[i64],
    ) {
        debug_assert_eq!(by.len(), sums.columns, "{}", sums.table);
        let mut rows = self.rows.borrow_mut();
        let rows = rows.entry((sums.table, number, part)).or_insert_with(|| Rows { sums, by_name: BTreeMap::new() });
        let at = at.unix_ms();
        let row = match rows.by_name.get_mut(name) {
            Some(row) => row,
            None => {
                self.count.set(self.count.get() + 1);
                rows.by_name.entry(name.to_owned()).or_insert(Row { by: [0; COLUMNS], first: at, last: at })
            }
        };
        for (sum, by) in row.by.iter_mut().zip(by) {
            *sum += by;
        }
        // Clocks are set back: the first and the last are by the clock, whatever the order in the journal.
        (row.first, row.last) = (row.first.min(at), row.last.max(at));
    }

    /// Changes what the till believes to be in the drawer.
    pub(super) fn change_drawer(&self, by: Money) {
        self.drawer.set(self.drawer.get() + by.as_dollars());
    }

    /// How an attempt stands from now on.
    pub(super) fn attempt(&self, number: &AttemptNumber, state: attempts::State) {
        self.attempts.borrow_mut().insert(number.as_str().to_owned(), state);
        self.count.set(self.count.get() + 1);
    }

    /// A question to a merchant's gateway: the number of its event and its moment. More than `kept` are never needed.
    pub(super) fn question(&self, merchant: &str, question: (i64, i64), kept: u32) {
        let mut questions = self.questions.borrow_mut();
        let asked = match questions.get_mut(merchant) {
            Some(asked) => asked,
            None => questions.entry(merchant.to_owned()).or_default(),
        };
        if u32::try_from(asked.len()).is_ok_and(|known| known >= kept) {
            asked.pop_front();
        }
        asked.push_back(question);
    }

    /// The slice that something counts toward which happens at this moment: that day of the running period.
    pub(super) fn slice(&self, tx: &Connection, at: Timestamp) -> rusqlite::Result<i64> {
        let day = Day::from(at);
        if let Some((_, slice)) = self.slice.get().filter(|(known, _)| *known == day) {
            return Ok(slice);
        }
        let slice = super::slices::of(tx, day)?;
        self.slice.set(Some((day, slice)));
        Ok(slice)
    }

    /// The running period.
    pub(super) fn period(&self, tx: &Connection) -> rusqlite::Result<i64> {
        known(&self.period, || tx.prepare_cached("SELECT max(period) FROM periods")?.query_row([], |row| row.get(0)))
    }

    /// The open shift; 0 between shifts.
    pub(super) fn shift(&self, tx: &Connection) -> rusqlite::Result<i64> {
        known(&self.shift, || {
            let open = tx.prepare_cached("SELECT number FROM shifts WHERE period IS NULL")?;
            Ok({ open }.query_row([], |row| row.get(0)).optional()?.unwrap_or(0))
        })
    }

    /// Before the models see an event: those of a shift or a day are held against the sums.
    pub(super) fn before(&self, tx: &Connection, event: &Event) -> rusqlite::Result<()> {
        if bounds(event) {
            self.forget();
        }
        if bounds(event) || self.count.get() > ROWS { self.write(tx) } else { Ok(()) }
    }

    /// After they have seen it.
    pub(super) fn after(&self, event: &Event) {
        if bounds(event) {
            self.forget();
        }
    }

    fn forget(&self) {
        self.slice.set(None);
        self.period.set(None);
        self.shift.set(None);
    }

    /// Writes everything that has been added.
    pub(crate) fn write(&self, tx: &Connection) -> rusqlite::Result<()> {
        self.count.set(0);
        for ((_, number, part), rows) in self.rows.take() {
            let mut add = tx.prepare_cached(rows.sums.add)?;
            for (name, row) in rows.by_name {
                let bind = |statement: &mut rusqlite::Statement<'_>| {
                    statement.raw_bind_parameter(1, number)?;
                    statement.raw_bind_parameter(2, part)?;
                    statement.raw_bind_parameter(3, &name)?;
                    let columns = rows.sums.columns;
                    for (at, by) in row.by[..columns].iter().enumerate() {
                        statement.raw_bind_parameter(at + 4, by)?;
                    }
                    if statement.parameter_count() > columns + 3 {
                        statement.raw_bind_parameter(columns + 4, row.first)?;
                        statement.raw_bind_parameter(columns + 5, row.last)?;
                    }
                    statement.raw_execute()
                };
                if bind(&mut add)? == 0 {
                    bind(&mut *tx.prepare_cached(rows.sums.insert)?)?;
                }
            }
        }
        for (number, state) in self.attempts.take() {
            attempts::write(tx, &number, &state)?;
        }
        for (merchant, questions) in self.questions.take() {
            budget::write(tx, &merchant, questions)?;
        }
        match self.drawer.take() {
            0 => Ok(()),
            by => tx.prepare_cached("UPDATE drawer SET expected = expected + ?1")?.execute([by]).map(drop),
        }
    }
}

/// Whether the event ends or begins what sums are kept by.
fn bounds(event: &Event) -> bool {
    matches!(event, Event::Shift(..) | Event::Day(..))
}

fn known(place: &Cell<Option<i64>>, ask: impl FnOnce() -> rusqlite::Result<i64>) -> rusqlite::Result<i64> {
    if let Some(known) = place.get() {
        return Ok(known);
    }
    let found = ask()?;
    place.set(Some(found));
    Ok(found)
}
