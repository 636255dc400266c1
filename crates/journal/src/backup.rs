//! Copying a journal while the till goes on, and making sure the copy is one.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;
use thiserror::Error;

use crate::error::{SqliteError, Trouble};
use crate::verify::{Verified, VerifyError, verify};

/// Why there is no good copy. Nothing is left under the name it was to have.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BackupError {
    /// A file of that name is there already; it is not touched.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// There is no room for it.
    #[error("there is no room for {}", .0.display())]
    DiskFull(PathBuf),
    /// It cannot be written there.
    #[error("{} cannot be written: {cause}", .path.display())]
    Disk {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// It was written and is not a good journal: most likely the original is not one either.
    #[error("the copy does not verify: {0}")]
    Bad(VerifyError),
}

/// See [`crate::Reader::backup`].
pub(crate) fn backup(from: &Connection, to: &Path) -> Result<Verified, BackupError> {
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let mut name = OsString::from(to.as_os_str());
    name.push(".partial");
    let partial = PathBuf::from(name);
    let made = make(from, &partial, to);
    // Whatever is left of it, and what reading it has left beside it.
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = OsString::from(partial.as_os_str());
        name.push(suffix);
        fs::remove_file(PathBuf::from(name)).ok();
    }
    made
}

fn make(from: &Connection, partial: &Path, to: &Path) -> Result<Verified, BackupError> {
    fs::remove_file(partial).ok();
    copy(from, partial).map_err(|error| failed(partial, error))?;
    File::options()
        .write(true)
        .open(partial)
        .and_then(|file| file.sync_all())
        .map_err(|cause| disk(partial, &cause))?;
    let verified = verify(partial).map_err(BackupError::Bad)?;
    fs::rename(partial, to).map_err(|cause| disk(to, &cause))?;
    sync_folder(to).map_err(|cause| disk(to, &cause))?;
    Ok(verified)
}

fn copy(from: &Connection, partial: &Path) -> rusqlite::Result<()> {
    let mut copy = Connection::open(partial)?;
    Backup::new(from, &mut copy)?.run_to_completion(1_000, Duration::ZERO, None)?;
    // A file by itself: whoever carries it away needs no log beside it.
    copy.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    copy.close().map_err(|(_, error)| error)
}

/// Makes the new name outlast a power cut. Windows has no such call and keeps names by itself.
pub(crate) fn sync_folder(path: &Path) -> std::io::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

fn failed(path: &Path, error: rusqlite::Error) -> BackupError {
    let path = path.to_owned();
    match Trouble::from(error) {
        Trouble::Full => BackupError::DiskFull(path),
        Trouble::Damaged(first) => BackupError::Bad(VerifyError::Broken(first)),
        Trouble::NotADatabase | Trouble::Taken => {
            BackupError::Disk { path, cause: "another file is in the way".into() }
        }
        Trouble::Other(SqliteError { message, .. }) => BackupError::Disk { path, cause: message },
    }
}

fn disk(path: &Path, cause: &std::io::Error) -> BackupError {
    match cause.kind() {
        std::io::ErrorKind::StorageFull => BackupError::DiskFull(path.to_owned()),
        _ => BackupError::Disk { path: path.to_owned(), cause: cause.to_string() },
    }
}
