//! Why keys could not be kept or handed out. Says what a person can do, never what was stored.

use std::io;

use crate::profile::Profile;

/// Why a vault did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// This computer has no credential store the till can use.
    #[error("no credential store on this computer: {0}")]
    NoStore(String),
    /// The credential store is there and refuses access until somebody unlocks it.
    #[error("the credential store is locked")]
    Locked,
    /// The passphrase does not open the sealed file.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// No keys are kept for this profile.
    #[error("no keys are stored for {profile}")]
    Missing {
        /// Which profile.
        profile: Profile,
    },
    /// The system store shows no keys for this profile. A locked keyring answers the same, so this does not mean that
    /// none were ever stored.
    #[error("no keys can be seen for {profile}; the keyring may be locked")]
    MissingOrLocked {
        /// Which profile.
        profile: Profile,
    },
    /// What is stored cannot be read. It is left untouched.
    #[error("the stored keys are damaged")]
    Damaged,
    /// The sealed file was written by a newer till.
    #[error("the stored keys have format {found}, newer than this till")]
    Newer {
        /// The file's version.
        found: u8,
    },
    /// The keys to be kept are not a shop's keys: 16 characters each.
    #[error("not a shop's keys")]
    NotShopKeys,
    /// The operating system gave no random bytes.
    #[error("no random bytes available")]
    NoRandomness,
    /// The credential store failed in another way.
    #[error("the credential store failed: {0}")]
    Store(String),
    /// The sealed file could not be read or written.
    #[error("the key file could not be accessed")]
    Io(#[from] io::Error),
}
