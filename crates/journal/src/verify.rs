//! Proving a journal from end to end: every link of the chain, and every read model against the events it is made from.

use std::path::Path;
use std::sync::mpsc::{self, SyncSender};
use std::thread;

use rusqlite::Connection;
use rusqlite::types::Value;
use thiserror::Error;

use crate::error::{Break, OpenError, ReadError, SqliteError, Trouble, What};
use crate::file::{self, EventRow};
use crate::folds::{FoldError, Folds};
use crate::models::{self, Adding, MODELS, News, Table};
use crate::open;
use crate::recorded::{Head, Recorded};
use crate::schema;
use crate::sql::int;

/// What was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many events.
    pub events: u64,
    /// How many sales they opened.
    pub sales: u64,
    /// How many of those were closed.
    pub closed: u64,
    /// Where the chain ends.
    pub head: Head,
}

/// Why a journal is not verified.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// It is not what it says it is; this is the first place.
    #[error("the journal is broken: {0}")]
    Broken(Break),
    /// It cannot be opened.
    #[error(transparent)]
    Open(OpenError),
    /// It cannot be read to the end.
    #[error(transparent)]
    Sqlite(SqliteError),
}

/// Walks the whole chain of the journal at `path`, makes every read model again from the events in a scratch database,
/// and compares them row by row. Writes nothing, and may run while a till does: it sees the journal as it was when it
/// began.
///
/// # Errors
/// The first break, or why it cannot be looked for.
pub fn verify(path: &Path) -> Result<Verified, VerifyError> {
    let conn = open::read_only(path).map_err(VerifyError::from)?;
    let version = open::known_version(&conn, path)?;
    if version == 0 {
        return Err(VerifyError::Open(OpenError::NotAJournal(path.to_owned())));
    }
    let live = conn.unchecked_transaction().map_err(ReadError::from)?;
    let mut scratch = scratch().map_err(ReadError::from)?;
    schema::migrate(&mut scratch, 0)?;
    let rebuilt = scratch.transaction().map_err(ReadError::from)?;
    let head = thread::scope(|scope| {
        let pages = scope.spawn(|| check_pages(path));
        let head = rebuild(&live, &rebuilt, path);
        // A page that is not one says more than what was read from it.
        pages.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        head
    })?;
    compare(&live, &rebuilt, &head)?;
    let count = |sql| rebuilt.query_row(sql, [], |row| crate::sql::count(row, 0)).map_err(ReadError::from);
    Ok(Verified {
        events: head.seq,
        sales: count("SELECT (SELECT count(*) FROM sales_underway) + (SELECT count(*) FROM sales_at_rest)")?,
        closed: count("SELECT coalesce(sum(count), 0) FROM sums WHERE of = 'hour'")?,
        head,
    })
}

/// What SQLite has to say about the file itself. On a connection of its own, because it takes as long as reading it all.
fn check_pages(path: &Path) -> Result<(), VerifyError> {
    let conn = open::read_only(path).map_err(VerifyError::from)?;
    match open::pages(&conn).map_err(ReadError::from)? {
        Some(text) => Err(VerifyError::Broken(Break::file(text))),
        None => Ok(()),
    }
}

/// An empty journal in a file that is gone when it is closed.
fn scratch() -> rusqlite::Result<Connection> {
    let scratch = Connection::open("")?;
    open::settle_statements(&scratch)?;
    scratch.pragma_update_and_check(None, "journal_mode", "OFF", |_| Ok(()))?;
    scratch.pragma_update(None, "synchronous", "OFF")?;
    // 64 MB before it needs the disk.
    scratch.pragma_update(None, "cache_size", -65_536)?;
    Ok(scratch)
}

/// Rows that go from the reading thread to this one at once, and how many such lots may wait.
const LOT: usize = 512;
const LOTS: usize = 8;

/// An event that is linked to the one before it and unchanged, or the first that is not.
type Read = Result<(EventRow, Recorded<'static>), VerifyError>;

/// Follows the chain and makes the read models from it. Reading, hashing and decoding go on ahead in a thread of their
/// own, which takes about as long as the rest.
fn rebuild(live: &Connection, rebuilt: &Connection, path: &Path) -> Result<Head, VerifyError> {
    let end = file::last(live).map_err(ReadError::from)?;
    let (mut folds, adding, mut head) = (Folds::default(), Adding::default(), Head::EMPTY);
    thread::scope(|scope| {
        let (lots, arriving) = mpsc::sync_channel::<Vec<Read>>(LOTS);
        scope.spawn(move || read_ahead(path, end.seq, &lots));
        for read in arriving.into_iter().flatten() {
            let (row, recorded) = read?;
            replay(live, rebuilt, &mut folds, &adding, &row, &recorded)?;
            head = row.head();
        }
        Ok::<_, VerifyError>(())
    })?;
    adding.write(rebuilt).map_err(ReadError::from)?;
    let stated = file::stated_head(live).map_err(ReadError::from)?;
    if stated == head {
        file::state_head(rebuilt, &head).map_err(ReadError::from)?;
        Ok(head)
    } else if stated.seq > head.seq {
        Err(VerifyError::Broken(Break::at(head.seq + 1, What::Missing)))
    } else {
        Err(VerifyError::Broken(Break::at(head.seq, What::Head { expected: stated.seq })))
    }
}

/// Reads every event up to `end` on a connection of its own: events are never changed, so it sees what the other sees.
/// Stops at the first that is not in order, and when nobody listens any more.
fn read_ahead(path: &Path, end: u64, lots: &SyncSender<Vec<Read>>) {
    let mut lot = Vec::with_capacity(LOT);
    let read = open::read_only(path).map_err(VerifyError::from).and_then(|conn| {
        let sql = format!("SELECT {} FROM events WHERE seq <= ?1 ORDER BY seq", file::COLUMNS);
        let mut statement = conn.prepare(&sql).map_err(ReadError::from)?;
        let mut before = Head::EMPTY;
        for row in statement.query_map([int(end)], EventRow::of).map_err(ReadError::from)? {
            let mut row = row.map_err(ReadError::from)?;
            row.check_after(&before).map_err(VerifyError::Broken)?;
            before = row.head();
            let recorded = row.decode()?;
            // Nobody reads it again, and memory is best given back where it was taken.
            drop(std::mem::take(&mut row.body));
            lot.push(Ok((row, recorded)));
            if lot.len() == LOT && lots.send(std::mem::replace(&mut lot, Vec::with_capacity(LOT))).is_err() {
                return Ok(());
            }
        }
        Ok(())
    });
    if let Err(error) = read {
        lot.push(Err(error));
    }
    // Whoever no longer listens has found something wrong already.
    lots.send(lot).ok();
}

/// Brings the read models in `rebuilt` up to date with one more event of `live`, which must follow from those before it;
/// the sums once `adding` is written.
pub(crate) fn replay(
    live: &Connection,
    rebuilt: &Connection,
    folds: &mut Folds,
    adding: &Adding,
    row: &EventRow,
    recorded: &Recorded<'_>,
) -> Result<(), VerifyError> {
    let broken = |what| VerifyError::Broken(Break::at(row.seq, what));
    let next = match folds.kept_version(&row.stream) {
        Some(version) => row.version == version + 1,
        None => file::comes_next(live, row)?,
    };
    if !next {
        return Err(broken(What::Order(row.stream.clone())));
    }
    let kind_is_new = folds.sees(&row.kind, row.kind_version);
    let folded = folds.advance(&row.stream, recorded, live).map_err(|error| match error {
        FoldError::Order => broken(What::Order(row.stream.clone())),
        FoldError::Read(error) => VerifyError::from(error),
    })?;
    let news = News { recorded, folded, kind: (&row.kind, row.kind_version), kind_is_new, adding };
    models::apply(rebuilt, &news).map_err(|error| match Trouble::from(error) {
        Trouble::Taken => broken(What::Order(row.stream.clone())),
        Trouble::Other(error) => VerifyError::Sqlite(error),
        trouble => VerifyError::Sqlite(SqliteError { code: 0, message: format!("{trouble:?}") }),
    })?;
    folds.settle(&row.stream);
    Ok(())
}

fn compare(live: &Connection, rebuilt: &Connection, head: &Head) -> Result<(), VerifyError> {
    let definitions = Table { name: "sqlite_schema", key: "type, name" };
    let sql = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name";
    if let Some(difference) = first_difference(live, rebuilt, sql, &definitions)? {
        let What::ReadModel { expected, found, .. } = difference else { return Ok(()) };
        let name = if expected == NOTHING { found } else { expected };
        return Err(VerifyError::Broken(Break { seq: None, what: What::Definition(name) }));
    }
    for table in MODELS.iter().flat_map(|model| model.tables) {
        let sql = format!("SELECT * FROM {} ORDER BY {}", table.name, table.key);
        if let Some(what) = first_difference(live, rebuilt, &sql, table)? {
            return Err(VerifyError::Broken(Break::at(head.seq, what)));
        }
    }
    Ok(())
}

/// How a row that is not there reads in a report.
const NOTHING: &str = "nothing";

fn first_difference(
    live: &Connection,
    rebuilt: &Connection,
    sql: &str,
    table: &Table,
) -> Result<Option<What>, ReadError> {
    let (mut live, mut rebuilt) = (live.prepare(sql)?, rebuilt.prepare(sql)?);
    let (mut live, mut rebuilt) = (live.query([])?, rebuilt.query([])?);
    loop {
        let found = live.next()?.map(values).transpose()?;
        let expected = rebuilt.next()?.map(values).transpose()?;
        if found != expected {
            let text = |row: Option<Vec<Value>>| row.map_or_else(|| NOTHING.to_owned(), |row| in_words(&row));
            let (expected, found) = (text(expected), text(found));
            return Ok(Some(What::ReadModel { table: table.name.to_owned(), expected, found }));
        }
        if found.is_none() {
            return Ok(None);
        }
    }
}

fn values(row: &rusqlite::Row<'_>) -> rusqlite::Result<Vec<Value>> {
    (0..row.as_ref().column_count()).map(|column| row.get(column)).collect()
}

fn in_words(row: &[Value]) -> String {
    let words: Vec<String> = row
        .iter()
        .map(|value| match value {
            Value::Null => "null".to_owned(),
            Value::Integer(number) => number.to_string(),
            Value::Real(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Blob(bytes) => format!("{} bytes", bytes.len()),
        })
        .collect();
    format!("({})", words.join(", "))
}

impl From<OpenError> for VerifyError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Damaged(first) => Self::Broken(first),
            error => Self::Open(error),
        }
    }
}

impl From<ReadError> for VerifyError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Damaged(first) => Self::Broken(first),
            ReadError::UnknownKind { kind, version } => Self::Open(OpenError::UnknownKind { kind, version }),
            ReadError::Sqlite(error) => Self::Sqlite(error),
        }
    }
}
