#![doc = include_str!("../README.md")]

mod error;
mod kept;
mod passphrase;
mod pin;
mod profile;
mod record;
mod sealed;
mod system;

use std::path::Path;

pub use error::VaultError;
pub use kept::{Before, Kept};
pub use passphrase::{Passphrase, TooShort};
pub use pin::{keep_pin, pin_matches};
pub use profile::{BadProfile, Profile};
use sealed::SealedFile;
use system::SystemStore;

/// A place that keeps keys.
pub struct Vault(Kind);

enum Kind {
    System(SystemStore),
    Sealed(SealedFile),
}

impl Vault {
    /// The operating system's credential store.
    ///
    /// # Errors
    ///
    /// [`VaultError::NoStore`] when there is none, as on a machine without a desktop session.
    pub fn system() -> Result<Self, VaultError> {
        SystemStore::connect().map(|store| Self(Kind::System(store)))
    }

    /// The sealed file in the till's home folder. Nothing is read or written yet.
    #[must_use]
    pub fn sealed(home: &Path, passphrase: Passphrase) -> Self {
        Self(Kind::Sealed(SealedFile::at(home, passphrase)))
    }

    /// Whether there is a sealed file in this home folder, so that a passphrase is worth asking for.
    #[must_use]
    pub fn has_sealed_file(home: &Path) -> bool {
        sealed::path(home).exists()
    }

    /// The keys kept for `profile`.
    ///
    /// # Errors
    ///
    /// Any [`VaultError`]; the table in the crate's docs says what a person can do about it.
    pub fn open(&self, profile: &Profile) -> Result<Kept, VaultError> {
        match &self.0 {
            Kind::System(store) => store.open(profile),
            Kind::Sealed(file) => file.open(profile),
        }
    }

    /// Keeps these for `profile`, replacing what was there. When this returns, they survive a power cut.
    ///
    /// # Errors
    ///
    /// Any [`VaultError`] but [`VaultError::Missing`]. What was kept before is then still there.
    pub fn keep(&self, profile: &Profile, kept: &Kept) -> Result<(), VaultError> {
        match &self.0 {
            Kind::System(store) => store.keep(profile, kept),
            Kind::Sealed(file) => file.keep(profile, kept),
        }
    }

    /// Forgets the keys of `profile`.
    ///
    /// # Errors
    ///
    /// [`VaultError::Missing`] or [`VaultError::MissingOrLocked`] when there were none, and what else can go wrong.
    pub fn forget(&self, profile: &Profile) -> Result<(), VaultError> {
        match &self.0 {
            Kind::System(store) => store.forget(profile),
            Kind::Sealed(file) => file.forget(profile),
        }
    }
}
