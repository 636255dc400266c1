//! Which folders are being recorded, and what the layer below SQLite reports of them.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::shim;
use crate::tape::{Step, Tape};

/// What is between the program and the plug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    /// Keeps what it was asked to keep.
    Honest,
    /// Says yes to every sync and does nothing: also what `PRAGMA synchronous = OFF` comes to.
    Forgetful,
    /// An honest disk under a program that never asks for `PRAGMA synchronous = FULL`, so that it stays at whatever less
    /// it has asked for.
    RelaxedProgram,
}

/// A folder whose disk is being written down, until this is stopped or dropped.
#[derive(Debug)]
pub struct Recording {
    track: Arc<Track>,
}

/// One folder's recording, as the layer sees it.
#[derive(Debug)]
pub(crate) struct Track {
    folder: PathBuf,
    disk: Disk,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    tape: Tape,
    /// The files that are there.
    names: HashSet<String>,
    /// Logs and rollback journals whose folder SQLite will sync along with them.
    fresh: HashSet<String>,
}

static TRACKS: Mutex<Vec<Arc<Track>>> = Mutex::new(Vec::new());

fn tracks() -> MutexGuard<'static, Vec<Arc<Track>>> {
    TRACKS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Recording {
    /// Writes down, from now on, what SQLite does with files in this folder. What is in it already counts as durable.
    /// Nothing in it may be open.
    ///
    /// # Errors
    /// When the folder cannot be read.
    ///
    /// # Panics
    /// When SQLite takes no other file layer.
    pub fn start(folder: &Path, disk: Disk) -> io::Result<Self> {
        shim::install();
        // As SQLite names it.
        let folder = folder.canonicalize()?;
        let tape = Tape::of(&folder)?;
        let names = tape.before.keys().cloned().collect();
        let state = Mutex::new(State { tape, names, fresh: HashSet::new() });
        let track = Arc::new(Track { folder, disk, state });
        tracks().push(Arc::clone(&track));
        Ok(Self { track })
    }

    /// How many steps are on the tape so far: what has just been acknowledged was acknowledged after them.
    #[must_use]
    pub fn position(&self) -> usize {
        self.track.state().tape.steps()
    }

    /// Gives the tape. What is done from here on is on no tape.
    #[must_use]
    pub fn stop(&self) -> Tape {
        self.forget();
        std::mem::take(&mut self.track.state().tape)
    }

    fn forget(&self) {
        tracks().retain(|track| !Arc::ptr_eq(track, &self.track));
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        self.forget();
    }
}

/// The recording of the folder this file is in, and the file's name there. The index beside a log is not a file.
pub(crate) fn track_of(path: &Path) -> Option<(Arc<Track>, String)> {
    let name = path.file_name()?.to_str()?.to_owned();
    let folder = path.parent()?;
    let tracks = tracks();
    let track = tracks.iter().find(|track| track.folder == folder)?;
    (!name.ends_with("-shm")).then(|| (Arc::clone(track), name))
}

impl Track {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `with_folder`: SQLite syncs the folder along with the file's first sync.
    pub(crate) fn opened(&self, name: &str, with_folder: bool) {
        let mut state = self.state();
        if state.names.insert(name.to_owned()) {
            state.tape.steps.push(Step::Create { name: name.to_owned() });
            if with_folder {
                state.fresh.insert(name.to_owned());
            }
        }
    }

    pub(crate) fn deleted(&self, name: &str, durable: bool) {
        let mut state = self.state();
        if state.names.remove(name) {
            let durable = durable && self.disk != Disk::Forgetful;
            state.fresh.remove(name);
            state.tape.steps.push(Step::Delete { name: name.to_owned(), durable });
        }
    }

    pub(crate) fn written(&self, name: &str, at: usize, bytes: &[u8]) {
        self.state().tape.steps.push(Step::Write { name: name.to_owned(), at, bytes: bytes.to_owned() });
    }

    pub(crate) fn truncated(&self, name: &str, length: usize) {
        self.state().tape.steps.push(Step::Truncate { name: name.to_owned(), length });
    }

    pub(crate) fn synced(&self, name: &str) {
        if self.disk == Disk::Forgetful {
            return;
        }
        let mut state = self.state();
        let folder = state.fresh.remove(name);
        state.tape.steps.push(Step::Sync { name: name.to_owned(), folder });
    }

    /// Whether this pragma never reaches SQLite.
    pub(crate) fn swallows(&self, pragma: &str, value: &str) -> bool {
        let full = pragma.eq_ignore_ascii_case("synchronous") && value.trim_matches('\'').eq_ignore_ascii_case("full");
        self.disk == Disk::RelaxedProgram && full
    }
}
