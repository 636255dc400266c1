//! The sealed file: one passphrase, all profiles, replaced as a whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::error::VaultError;
use crate::kept::Kept;
use crate::passphrase::Passphrase;
use crate::profile::Profile;
use crate::record::{self, Record};

mod envelope;

use envelope::{Costs, Format};

/// Largest file that is read. A real one has a few hundred bytes.
const LARGEST: u64 = 64 * 1024;

/// The file's place in a home folder.
pub(crate) fn path(home: &Path) -> PathBuf {
    home.join("keys.sealed")
}

/// The sealed file and what opens it.
pub(crate) struct SealedFile {
    path: PathBuf,
    passphrase: Passphrase,
    costs: Costs,
}

impl SealedFile {
    pub(crate) fn at(home: &Path, passphrase: Passphrase) -> Self {
        Self { path: path(home), passphrase, costs: Costs::NOW }
    }

    pub(crate) fn open(&self, profile: &Profile) -> Result<Kept, VaultError> {
        let found = self.read()?.into_iter().find(|record| record.profile == *profile);
        found.map(|record| record.kept).ok_or_else(|| VaultError::Missing { profile: profile.clone() })
    }

    pub(crate) fn keep(&self, profile: &Profile, kept: &Kept) -> Result<(), VaultError> {
        record::check(kept)?;
        let mut records = self.read()?;
        records.retain(|record| record.profile != *profile);
        if record::is_full(&records) {
            return Err(VaultError::Store("too many profiles in one key file".to_owned()));
        }
        records.push(Record { profile: profile.clone(), kept: kept.clone() });
        self.write(&records)
    }

    pub(crate) fn forget(&self, profile: &Profile) -> Result<(), VaultError> {
        let mut records = self.read()?;
        let before = records.len();
        records.retain(|record| record.profile != *profile);
        if records.len() == before {
            return Err(VaultError::Missing { profile: profile.clone() });
        }
        self.write(&records)
    }

    /// No file is an empty vault; a file that does not open is an error, so that nothing is ever written over it.
    fn read(&self) -> Result<Vec<Record>, VaultError> {
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let mut sealed = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut sealed)?;
        record::read(&envelope::open(&sealed, &self.passphrase)?)
    }

    fn write(&self, records: &[Record]) -> Result<(), VaultError> {
        let format =
            if records.iter().any(|record| !record.kept.before.is_empty()) { Format::Two } else { Format::One };
        let sealed = envelope::seal(&record::write(records), &self.passphrase, self.costs, format)?;
        Ok(replace(&self.path, &sealed)?)
    }
}

/// Puts `bytes` in place of the file at `path`: after a power cut there is the old file or the new one, never a mixture.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension("sealed.new");
    // Left over from a write that was cut off; it was never the vault.
    if let Err(error) = fs::remove_file(&fresh)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(error);
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&fresh, path)?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
