//! What can go wrong with a journal, each operation with no more than can happen to it.

use std::path::PathBuf;

use rusqlite::ErrorCode;
use rusqlite::ffi;
use thiserror::Error;

/// The first place at which a journal is not what it says it is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}{what}", .seq.map_or_else(String::new, |seq| format!("event {seq}: ")))]
pub struct Break {
    /// The event at which it shows; nothing when it is not about one event.
    pub seq: Option<u64>,
    /// What is wrong there.
    pub what: What,
}

/// What is wrong with a journal.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum What {
    /// SQLite finds the file itself damaged.
    #[error("the file is damaged: {0}")]
    File(String),
    /// The event's content does not give the hash stored with it: something in it was changed.
    #[error("it was changed after it was written")]
    Hash,
    /// The event does not name the hash of the event before it: one was changed, dropped, put in or moved.
    #[error("it does not follow from the event before it")]
    Link,
    /// This sequence number is not there, although later ones are, or the head says it was.
    #[error("it is missing")]
    Missing,
    /// The journal ends elsewhere than where it last said it did.
    #[error("the journal should end at event {expected} and ends here")]
    Head {
        /// Where it last said it ended.
        expected: u64,
    },
    /// Its stream has another version next.
    #[error("stream {stream} has version {found} where {expected} comes next")]
    Version {
        /// The stream.
        stream: String,
        /// Which version comes next.
        expected: u64,
        /// Which is there.
        found: u64,
    },
    /// The body cannot be read as an event of its kind.
    #[error("its body cannot be read: {0}")]
    Body(String),
    /// The event cannot come at this place of its stream.
    #[error("it cannot come at this place of stream {0}")]
    Order(String),
    /// A read model says something else than the events do.
    #[error("table {table} should say {expected} and says {found}")]
    ReadModel {
        /// The table.
        table: String,
        /// The row as the events make it.
        expected: String,
        /// The row as it is.
        found: String,
    },
    /// A table, index or trigger is not as this program makes it.
    #[error("the definition of {0} was changed")]
    Definition(String),
}

impl Break {
    pub(crate) fn at(seq: u64, what: What) -> Self {
        Self { seq: Some(seq), what }
    }

    pub(crate) fn file(text: impl Into<String>) -> Self {
        Self { seq: None, what: What::File(text.into()) }
    }
}

/// What SQLite said, where nothing better is known.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("sqlite says {message} (code {code})")]
pub struct SqliteError {
    /// SQLite's extended result code; 0 where the trouble was in the data, not in SQLite.
    pub code: i32,
    /// Its words.
    pub message: String,
}

/// Why a journal cannot be opened. The file is left exactly as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// Another till works on it (PF-78).
    #[error("another till is running on this journal")]
    Busy,
    /// It was written by a later version of this program.
    #[error("the journal is of version {found} and this program knows version {known}")]
    Newer {
        /// What the file says.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// It holds an event this version of the program has no name for.
    #[error("the journal holds {kind} version {version}, which this program does not know")]
    UnknownKind {
        /// The kind of event.
        kind: String,
        /// The version of its stored form.
        version: u32,
    },
    /// It is not what it says it is. Nothing may be sold on it.
    #[error("the journal is damaged: {0}")]
    Damaged(Break),
    /// The file is something else, or its first page is destroyed.
    #[error("{} is not a journal", .0.display())]
    NotAJournal(PathBuf),
    /// There is no room left on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The file cannot be read or written.
    #[error("{} cannot be opened: {cause}", .path.display())]
    Disk {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
}

/// Why events were not appended. None of them is in the journal, and nothing else has changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AppendError {
    /// The event cannot come at this place of its stream, or claims a number, token, link or barcode that is taken.
    #[error("{stream} does not take this event")]
    Conflict {
        /// The stream.
        stream: String,
    },
    /// There is no room left on the disk. The journal goes on working once there is.
    #[error("the disk is full")]
    DiskFull,
    /// The journal is not what it says it is. Nothing may be sold on it.
    #[error("the journal is damaged: {0}")]
    Damaged(Break),
    /// SQLite failed in another way.
    #[error(transparent)]
    Sqlite(SqliteError),
}

/// Why something cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The journal is not what it says it is.
    #[error("the journal is damaged: {0}")]
    Damaged(Break),
    /// It holds an event this version of the program has no name for.
    #[error("the journal holds {kind} version {version}, which this program does not know")]
    UnknownKind {
        /// The kind of event.
        kind: String,
        /// The version of its stored form.
        version: u32,
    },
    /// SQLite failed in another way.
    #[error(transparent)]
    Sqlite(SqliteError),
}

/// What a failure of SQLite means to a journal: the one place that reads its codes.
#[derive(Debug)]
pub(crate) enum Trouble {
    Full,
    Damaged(Break),
    NotADatabase,
    Taken,
    Other(SqliteError),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, text) = &error else {
            return match &error {
                // A column of another type or range than was ever written there.
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::InvalidColumnType(..) => Self::Damaged(Break::file(error.to_string())),
                _ => Self::Other(SqliteError { code: 0, message: error.to_string() }),
            };
        };
        let message = text.clone().unwrap_or_else(|| failure.to_string());
        match (failure.code, failure.extended_code) {
            (ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_SHMSIZE) => Self::Full,
            (ErrorCode::DatabaseCorrupt, _) | (_, ffi::SQLITE_IOERR_SHORT_READ) => Self::Damaged(Break::file(message)),
            (ErrorCode::NotADatabase, _) => Self::NotADatabase,
            (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_CHECK) => {
                Self::Taken
            }
            (_, code) => Self::Other(SqliteError { code, message }),
        }
    }
}

impl From<rusqlite::Error> for ReadError {
    fn from(error: rusqlite::Error) -> Self {
        match Trouble::from(error) {
            Trouble::Damaged(first) => Self::Damaged(first),
            Trouble::NotADatabase => Self::Damaged(Break::file("not a database")),
            Trouble::Full => Self::Sqlite(SqliteError { code: ffi::SQLITE_FULL, message: "no room".into() }),
            Trouble::Taken => Self::Sqlite(SqliteError { code: ffi::SQLITE_CONSTRAINT, message: "taken".into() }),
            Trouble::Other(error) => Self::Sqlite(error),
        }
    }
}
