//! Writing: events and everything made from them in one transaction, and the draft.

use std::borrow::Cow;

use rusqlite::Connection;
use till::event::Event;

use crate::error::{AppendError, Break, ReadError, SqliteError, Trouble, What};
use crate::file;
use crate::folds::{FoldError, Folds, Staged};
use crate::journal::Journal;
use crate::models::{self, Adding, News};
use crate::recorded::{Head, Recorded, Stamp};
use crate::{schema, stored};

/// See [`Journal::append`].
pub(crate) fn append(
    journal: &mut Journal,
    stamp: &Stamp,
    events: &[Event],
    draft: Option<&str>,
) -> Result<Head, AppendError> {
    append_all(journal, std::iter::once((stamp, events)), draft)
}

/// The same for events of several moments.
pub(crate) fn append_all<'a>(
    journal: &mut Journal,
    moments: impl Iterator<Item = (&'a Stamp, &'a [Event])>,
    draft: Option<&str>,
) -> Result<Head, AppendError> {
    let conn = &journal.reader.conn;
    let tx = Writing::begin(conn).map_err(plain)?;
    let (mut staged, adding) = (Staged::default(), Adding::default());
    let mut head = journal.head;
    for (stamp, events) in moments {
        for event in events {
            head = append_one(conn, &journal.folds, &mut staged, &adding, &head, stamp, event)?;
        }
    }
    if head != journal.head {
        adding.write(conn).map_err(plain)?;
        file::state_head(conn, &head).map_err(plain)?;
    }
    if let Some(draft) = draft {
        write_draft(conn, draft).map_err(plain)?;
    }
    tx.commit().map_err(plain)?;
    journal.folds.commit(staged);
    journal.head = head;
    Ok(head)
}

/// A transaction that is taken back unless it is committed. Unlike rusqlite's own it keeps its statements prepared: for a
/// cash sale, reading the word COMMIT is a cost that shows.
struct Writing<'a> {
    conn: &'a Connection,
    open: bool,
}

impl<'a> Writing<'a> {
    fn begin(conn: &'a Connection) -> rusqlite::Result<Self> {
        conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        Ok(Self { conn, open: true })
    }

    fn commit(mut self) -> rusqlite::Result<()> {
        self.conn.prepare_cached("COMMIT")?.execute([])?;
        self.open = false;
        Ok(())
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        // After some failures SQLite has taken it back already.
        if self.open && !self.conn.is_autocommit() {
            self.conn.execute_batch("ROLLBACK").ok();
        }
    }
}

/// See [`Journal::keep_draft`].
pub(crate) fn keep_draft(journal: &mut Journal, draft: &str) -> Result<(), AppendError> {
    let conn = &journal.reader.conn;
    // A scan must not wait for the disk. What is handed to the operating system outlasts this process; only a power cut
    // can take the last few scans, and then they are scanned again: no money hangs on them.
    conn.pragma_update(None, "synchronous", "NORMAL").map_err(plain)?;
    let written = write_draft(conn, draft);
    // Whatever came of it: the next event is money, and waits for the disk.
    conn.pragma_update(None, "synchronous", "FULL").map_err(plain)?;
    written.map_err(plain)
}

fn write_draft(conn: &Connection, draft: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT INTO draft VALUES (1, ?1) ON CONFLICT DO UPDATE SET body = ?1")?.execute([draft])?;
    Ok(())
}

fn append_one(
    tx: &Connection,
    folds: &Folds,
    staged: &mut Staged,
    adding: &Adding,
    head: &Head,
    stamp: &Stamp,
    event: &Event,
) -> Result<Head, AppendError> {
    let stream = event.stream();
    let version = folds.next_version(staged, &stream, event, tx).map_err(unreadable)?;
    let recorded = Recorded {
        seq: head.seq + 1,
        version,
        at: stamp.at,
        operator: Cow::Borrowed(&stamp.operator),
        event: Cow::Borrowed(event),
    };
    let stored = stored::encode(event);
    let kind = (stored.kind, stored.kind_version);
    let kind_is_new = folds.kind_is_new(staged, stored.kind, stored.kind_version);
    let folded = folds.fold(staged, &stream, &recorded, tx).map_err(|error| match error {
        FoldError::Order => AppendError::Conflict { stream: stream.clone() },
        FoldError::Read(error) => unreadable(error),
    })?;
    let next = file::write(tx, head, &stream, &recorded, &stamp.operator, &stored)
        .map_err(|error| refused(error, head, &stream))?;
    let news = News { recorded: &recorded, folded, kind, kind_is_new, adding };
    models::apply(tx, &news).map_err(|error| match Trouble::from(error) {
        // A number, token, link or barcode that something else has; more than is left to come back.
        Trouble::Taken => AppendError::Conflict { stream },
        trouble => AppendError::from(trouble),
    })?;
    Ok(next)
}

/// What the table of events refuses: a place on a stream that is taken, or anything that does not follow from its last
/// row. In the second case something else has written to the file, although the lock says nobody does.
fn refused(error: rusqlite::Error, head: &Head, stream: &str) -> AppendError {
    match Trouble::from(error) {
        Trouble::Other(SqliteError { code: rusqlite::ffi::SQLITE_CONSTRAINT_TRIGGER, message }) => {
            if message.contains(schema::TAKEN) {
                AppendError::Conflict { stream: stream.to_owned() }
            } else {
                AppendError::Damaged(Break { seq: None, what: What::Head { expected: head.seq } })
            }
        }
        trouble => AppendError::from(trouble),
    }
}

fn plain(error: rusqlite::Error) -> AppendError {
    AppendError::from(Trouble::from(error))
}

fn unreadable(error: ReadError) -> AppendError {
    match error {
        ReadError::Damaged(first) => AppendError::Damaged(first),
        ReadError::UnknownKind { kind, version } => {
            let message = format!("{kind} version {version} is not known");
            AppendError::Sqlite(SqliteError { code: 0, message })
        }
        ReadError::Sqlite(error) => AppendError::Sqlite(error),
    }
}

impl From<Trouble> for AppendError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Full => Self::DiskFull,
            Trouble::Damaged(first) => Self::Damaged(first),
            Trouble::NotADatabase => Self::Damaged(Break::file("not a database")),
            Trouble::Taken => Self::Damaged(Break::file("a row that must be new was there")),
            Trouble::Other(error) => Self::Sqlite(error),
        }
    }
}
