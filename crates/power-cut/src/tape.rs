//! What was asked of the disk, in order.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// One thing that was asked of the disk. Names are those of files in the recorded folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A file was made.
    Create { name: String },
    /// A file was deleted; when `durable`, the folder was synced too.
    Delete { name: String, durable: bool },
    /// Bytes were written.
    Write { name: String, at: usize, bytes: Vec<u8> },
    /// A file was cut or grown to this length.
    Truncate { name: String, length: usize },
    /// Everything written to a file is on the disk; when `folder`, its being there is as well.
    Sync { name: String, folder: bool },
}

/// Everything that was asked of the disk for one folder, and what was in the folder before.
#[derive(Clone, Debug, Default)]
pub struct Tape {
    /// Durable when the recording began.
    pub(crate) before: BTreeMap<String, Vec<u8>>,
    pub(crate) steps: Vec<Step>,
}

impl Tape {
    /// An empty tape of a folder as it is now.
    pub(crate) fn of(folder: &Path) -> io::Result<Self> {
        let mut tape = Self::default();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // The index is memory that happens to have a name.
            if entry.file_type()?.is_file() && !name.ends_with("-shm") {
                tape.before.insert(name, fs::read(entry.path())?);
            }
        }
        Ok(tape)
    }

    /// How many steps there are: the power can be cut before each of them and after the last.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.steps.len()
    }

    /// How many of the steps are syncs.
    #[must_use]
    pub fn syncs(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::Sync { .. })).count()
    }

    /// Fills the folder `into` with what may be left when the power is cut after so many steps. `below(n)` draws a
    /// number from 0 to n - 1.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub fn cut(&self, after: usize, below: &mut dyn FnMut(u64) -> u64, into: &Path) -> io::Result<()> {
        crate::left::left(self, after, below).write(into)
    }
}
