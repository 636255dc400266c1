//! Opening: the lock, what the file is, whether it is whole, and the settings of the connection. Everything that could
//! refuse is asked on a connection that cannot write, so that a file that is refused stays exactly as it was.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use till::budget::Allowance;

use crate::error::{Break, OpenError, ReadError, Trouble, What};
use crate::file::{self, EventRow};
use crate::folds::Folds;
use crate::journal::{Journal, Opened};
use crate::models;
use crate::reader::Reader;
use crate::recorded::Head;
use crate::schema::{self, Kind};
use crate::sql::int;

/// How many events at the end of the chain are checked whenever a till starts. The whole chain is `verify`'s work.
const CHECKED_EVENTS: u64 = 2_000;

/// Files up to this size are checked page by page whenever a till starts.
const CHECKED_BYTES: u64 = 16 * 1024 * 1024;

/// Statements kept prepared: more than there are.
const STATEMENTS: usize = 96;

/// Held for as long as a till has the journal. The system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    pub(crate) fn take(journal: &Path) -> Result<Self, OpenError> {
        let path = beside(journal, ".lock");
        let disk = |cause: std::io::Error| disk(&path, &cause);
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(disk)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::Busy),
            Err(TryLockError::Error(cause)) => Err(disk(cause)),
        }
    }
}

/// See [`Journal::open`].
pub(crate) fn for_writing(path: &Path) -> Result<Opened, OpenError> {
    let lock = Lock::take(path)?;
    let version = if path.exists() { inspect(path)? } else { 0 };
    let at = |error| trouble(path, error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags).map_err(at)?;
    settle(&conn).map_err(at)?;
    settle_for_writing(&conn).map_err(at)?;
    schema::migrate(&mut conn, version).map_err(|error| match error {
        ReadError::Damaged(first) => OpenError::Damaged(first),
        ReadError::UnknownKind { kind, version } => OpenError::UnknownKind { kind, version },
        ReadError::Sqlite(error) => match error.code & 0xff {
            rusqlite::ffi::SQLITE_FULL => OpenError::DiskFull,
            rusqlite::ffi::SQLITE_BUSY => OpenError::Busy,
            _ => OpenError::Disk { path: path.to_owned(), cause: error.message },
        },
    })?;
    let head = file::last(&conn).map_err(at)?;
    let reader = Reader { conn, path: path.to_owned() };
    let journal = Journal { reader, head, folds: Folds::default(), allowance: Allowance::default(), _lock: lock };
    let upgraded_from = (version != 0 && version != schema::VERSION).then_some(version);
    Ok(Opened { journal, upgraded_from })
}

/// See [`Journal::open_read_only`].
pub(crate) fn for_reading(path: &Path) -> Result<Reader, OpenError> {
    let conn = read_only(path)?;
    match known_version(&conn, path)? {
        0 => Err(OpenError::NotAJournal(path.to_owned())),
        _ => Ok(Reader { conn, path: path.to_owned() }),
    }
}

/// The version of the file, once it has turned out to be a journal that is whole and that this program can read. 0 for
/// one with nothing in it.
fn inspect(path: &Path) -> Result<u32, OpenError> {
    let conn = read_only(path)?;
    let version = known_version(&conn, path)?;
    if version > 0 {
        let at = |error| trouble(path, error);
        check_pages(&conn, path)?;
        check_end(&conn).map_err(at)?.map_err(OpenError::Damaged)?;
        if let Some((kind, version)) = models::unknown_kind(&conn).map_err(at)? {
            return Err(OpenError::UnknownKind { kind, version });
        }
    }
    Ok(version)
}

/// A connection that cannot write. Also used to verify.
pub(crate) fn read_only(path: &Path) -> Result<Connection, OpenError> {
    let at = |error| trouble(path, error);
    // Half a transaction in a rollback journal has to be taken back before anything can be read. This program leaves
    // one only when it is stopped in the moment a restored backup is opened for the first time.
    let writes = if beside(path, "-journal").exists() {
        OpenFlags::SQLITE_OPEN_READ_WRITE
    } else {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    };
    let conn = Connection::open_with_flags(path, writes | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(at)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(at)?;
    settle(&conn).map_err(at)?;
    Ok(conn)
}

/// The version of the file, 0 when nothing is in it yet.
pub(crate) fn known_version(conn: &Connection, path: &Path) -> Result<u32, OpenError> {
    match schema::kind(conn).map_err(|error| trouble(path, error))? {
        Kind::Empty => Ok(0),
        Kind::Foreign | Kind::Journal(0) => Err(OpenError::NotAJournal(path.to_owned())),
        Kind::Journal(found) if found > schema::VERSION => Err(OpenError::Newer { found, known: schema::VERSION }),
        Kind::Journal(version) => Ok(version),
    }
}

fn check_pages(conn: &Connection, path: &Path) -> Result<(), OpenError> {
    let bytes = path.metadata().map_err(|cause| disk(path, &cause))?.len();
    if bytes > CHECKED_BYTES {
        return Ok(());
    }
    match pages(conn).map_err(|error| trouble(path, error))? {
        None => Ok(()),
        Some(text) => Err(OpenError::Damaged(Break::file(text))),
    }
}

/// What SQLite finds wrong with the file's pages.
pub(crate) fn pages(conn: &Connection) -> rusqlite::Result<Option<String>> {
    let answer: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok((answer != "ok").then_some(answer))
}

/// Follows the end of the chain up to where the journal says it ends.
fn check_end(conn: &Connection) -> rusqlite::Result<Result<(), Break>> {
    let stated = file::stated_head(conn)?;
    let from = stated.seq.saturating_sub(CHECKED_EVENTS);
    let sql = format!("SELECT {} FROM events WHERE seq >= ?1 ORDER BY seq", file::COLUMNS);
    let mut statement = conn.prepare(&sql)?;
    let mut before = (from == 0).then_some(Head::EMPTY);
    for row in statement.query_map([int(from)], EventRow::of)? {
        let row = row?;
        // The first of the window has nothing before it to follow from.
        let checked = before.as_ref().map_or_else(|| row.check_hash(), |head| row.check_after(head));
        if checked.is_err() {
            return Ok(checked);
        }
        before = Some(row.head());
    }
    let end = before.unwrap_or(Head::EMPTY);
    let same = end == stated;
    Ok(if same { Ok(()) } else { Err(Break::at(end.seq, What::Head { expected: stated.seq })) })
}

/// What makes a statement worth keeping.
pub(crate) fn settle_statements(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    // A plan depends on the statement and the tables, and on no value bound to it: else SQLite prepares a kept statement
    // again whenever a value that it looks for is bound anew.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

/// Settings of every connection.
fn settle(conn: &Connection) -> rusqlite::Result<()> {
    settle_statements(conn)?;
    // A reader never waits for the till; this is for the moment in which a till that was killed is recovered from.
    conn.busy_timeout(Duration::from_millis(500))?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    // A read error in a mapped file is a crash; read as a file it is an error with a name.
    conn.pragma_update_and_check(None, "mmap_size", 0, |_| Ok(()))
}

fn settle_for_writing(conn: &Connection) -> rusqlite::Result<()> {
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    // With this a replaced row is a deleted row, which the triggers on events refuse.
    conn.pragma_update(None, "recursive_triggers", true)?;
    // Eight megabytes: a sale in a few hundred pays for bringing the log into the file, and a restart reads little.
    conn.pragma_update_and_check(None, "wal_autocheckpoint", 2_000, |_| Ok(()))?;
    // An import may make the log large; it does not stay so.
    conn.pragma_update_and_check(None, "journal_size_limit", 32 * 1024 * 1024, |_| Ok(()))
}

pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(suffix);
    PathBuf::from(name)
}

fn disk(path: &Path, cause: &std::io::Error) -> OpenError {
    match cause.kind() {
        std::io::ErrorKind::StorageFull => OpenError::DiskFull,
        _ => OpenError::Disk { path: path.to_owned(), cause: cause.to_string() },
    }
}

pub(crate) fn trouble(path: &Path, error: rusqlite::Error) -> OpenError {
    match Trouble::from(error) {
        Trouble::Full => OpenError::DiskFull,
        Trouble::Damaged(first) => OpenError::Damaged(first),
        Trouble::NotADatabase => OpenError::NotAJournal(path.to_owned()),
        Trouble::Taken => OpenError::Damaged(Break::file("a row is there twice")),
        Trouble::Other(error) if error.code & 0xff == rusqlite::ffi::SQLITE_BUSY => OpenError::Busy,
        Trouble::Other(error) => OpenError::Disk { path: path.to_owned(), cause: error.message },
    }
}
