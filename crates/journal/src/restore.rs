//! Putting a backup in the place of a journal that is lost or damaged, and nowhere else.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::OptionalExtension;
use thiserror::Error;

use crate::backup::{self, BackupError};
use crate::error::OpenError;
use crate::open::{self, Lock, beside};
use crate::recorded::Head;
use crate::sql::int;
use crate::verify::{Verified, VerifyError, verify};

/// A backup that is the till's journal now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What it holds.
    pub verified: Verified,
    /// Where the file that was there before is kept, with its log beside it; nothing when there was none.
    pub aside: Option<PathBuf>,
    /// What was wrong with that file; nothing when it was whole, or not there.
    pub was_broken: Option<VerifyError>,
}

/// Why a backup was not restored. The journal is as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RestoreError {
    /// The backup is no whole journal.
    #[error("the backup cannot be used: {0}")]
    Backup(VerifyError),
    /// A till has the journal open.
    #[error("another till is running on this journal")]
    Busy,
    /// The journal is whole, and knows more than the backup: restoring would forget sales.
    #[error(
        "the journal is whole and ends at {there}, after the backup's {backup}: restoring it would forget {} records",
        .there.seq - .backup.seq
    )]
    Newer {
        /// Where the journal ends.
        there: Head,
        /// Where the backup does.
        backup: Head,
    },
    /// The journal is whole, and the backup is of another one.
    #[error("the journal is whole and the backup is not of it: they differ at record {seq}")]
    Another {
        /// Where the journal ends, which the backup has otherwise.
        seq: u64,
    },
    /// The copy could not be made.
    #[error(transparent)]
    Copy(BackupError),
    /// A file cannot be moved.
    #[error("{} cannot be written: {cause}", .path.display())]
    Disk {
        /// Which.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
}

/// Makes the backup `from` the journal at `to`. A journal that is there and damaged is kept beside it, log and all,
/// under a name with the number of its last record; one that is whole and newer, or not of the same chain, is left
/// alone. The copy is verified before it takes the place.
///
/// # Errors
/// When it is not restored, and why.
pub fn restore(from: &Path, to: &Path) -> Result<Restored, RestoreError> {
    let backup = verify(from).map_err(RestoreError::Backup)?;
    let lock = Lock::take(to).map_err(|error| match error {
        OpenError::Busy => RestoreError::Busy,
        error => RestoreError::Disk { path: to.to_owned(), cause: error.to_string() },
    })?;
    let (was_broken, end) = if to.exists() { look_at(from, to, &backup.head)? } else { (None, None) };
    let copy = beside(to, ".restored");
    remove(&copy)?;
    let source = open::read_only(from).map_err(|error| RestoreError::Backup(VerifyError::from(error)))?;
    let verified = backup::backup(&source, &copy).map_err(RestoreError::Copy)?;
    let aside = end.map(|end| keep_aside(to, end)).transpose()?;
    // The log belongs to the file that goes. It is kept aside by now; beside the new file it would be read into it.
    for suffix in ["-wal", "-shm", "-journal"] {
        remove(&beside(to, suffix))?;
    }
    let moved = fs::rename(&copy, to).and_then(|()| backup::sync_folder(to));
    moved.map_err(|cause| disk(to, &cause))?;
    drop(lock);
    Ok(Restored { verified, aside, was_broken })
}

/// What is wrong with the journal that is there, and where it ends as far as it can say.
fn look_at(from: &Path, to: &Path, backup: &Head) -> Result<(Option<VerifyError>, Option<u64>), RestoreError> {
    match verify(to) {
        Ok(there) if there.head.seq > backup.seq => Err(RestoreError::Newer { there: there.head, backup: *backup }),
        Ok(there) if there.head != Head::EMPTY && !holds(from, &there.head) => {
            Err(RestoreError::Another { seq: there.head.seq })
        }
        Ok(there) => Ok((None, Some(there.head.seq))),
        Err(wrong) => {
            let end = open::for_reading(to).ok().and_then(|reader| reader.head().ok()).map_or(0, |head| head.seq);
            Ok((Some(wrong), Some(end)))
        }
    }
}

/// Whether that very event is in the journal.
fn holds(journal: &Path, head: &Head) -> bool {
    let sql = "SELECT hash FROM events WHERE seq = ?1";
    let Ok(conn) = open::read_only(journal) else { return false };
    let hash: rusqlite::Result<Option<[u8; 32]>> = conn.query_row(sql, [int(head.seq)], |row| row.get(0)).optional();
    hash.is_ok_and(|hash| hash == Some(head.hash))
}

/// Copies the file and its log to a name of their own, durably.
fn keep_aside(journal: &Path, end: u64) -> Result<PathBuf, RestoreError> {
    let names = (1_u32..).map(|count| beside(journal, &format!(".before-restore-{end}-{count}")));
    let mut free = names.filter(|name| !name.exists());
    let aside = free.next().expect("some number is free");
    for suffix in ["", "-wal", "-journal"] {
        let (from, to) = (beside(journal, suffix), beside(&aside, suffix));
        if from.exists() {
            let copied = fs::copy(&from, &to).and_then(|_| File::options().write(true).open(&to)?.sync_all());
            copied.map_err(|cause| disk(&to, &cause))?;
        }
    }
    backup::sync_folder(&aside).map_err(|cause| disk(&aside, &cause))?;
    Ok(aside)
}

fn remove(path: &Path) -> Result<(), RestoreError> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(disk(path, &cause)),
        _ => Ok(()),
    }
}

fn disk(path: &Path, cause: &io::Error) -> RestoreError {
    RestoreError::Disk { path: path.to_owned(), cause: cause.to_string() }
}
