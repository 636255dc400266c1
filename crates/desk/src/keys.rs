//! Whose keys the till signs with.

use ecpay::Merchant;
use register::Profile;
use thiserror::Error;
use vault::{Vault, VaultError};

use crate::home::Home;
use crate::settings::Settings;

pub use vault::Passphrase;

/// Why there are no keys to sign with.
#[derive(Debug, Error)]
pub enum KeyProblem {
    /// Nobody has put keys in for this profile.
    #[error("there are no ECPay keys for {profile}: put them in with `guitaictl keys set`")]
    Missing {
        /// Which profile.
        profile: Profile,
    },
    /// There is nowhere to put them.
    #[error("this machine has no credential store: give a passphrase, and the keys are kept in a sealed file")]
    NoStore,
    /// They are sealed and nobody has given the passphrase, or the credential store is locked.
    #[error("the ECPay keys for {profile} are locked: unlock them and try again")]
    Locked {
        /// Which profile.
        profile: Profile,
    },
    /// The passphrase does not open them.
    #[error("that passphrase does not open the keys for {profile}: type it again")]
    WrongPassphrase {
        /// Which profile.
        profile: Profile,
    },
    /// The stored keys are another merchant's than the settings name.
    #[error("the stored keys for {profile} are of merchant {stored}, and settings.toml names {named}")]
    OtherMerchant {
        /// Which profile.
        profile: Profile,
        /// Whose keys are stored.
        stored: String,
        /// Whose the settings want.
        named: String,
    },
    /// They cannot be read.
    #[error(transparent)]
    Unreadable(VaultError),
}

/// The merchant of a profile, with its keys. Training, and stage unless the settings name a merchant, use the public
/// test merchant; whoever collects money has keys of their own.
pub(crate) fn merchant(
    home: &Home,
    settings: &Settings,
    profile: Profile,
    passphrase: Option<Passphrase>,
) -> Result<Merchant, KeyProblem> {
    let named = match profile {
        Profile::Training => return Ok(ecpay::stage::merchant()),
        Profile::Stage => match settings.stage.merchant_id.as_deref() {
            None => return Ok(ecpay::stage::merchant()),
            Some(id) if id == ecpay::stage::merchant().id.as_str() => return Ok(ecpay::stage::merchant()),
            named => named,
        },
        Profile::Production => settings.production.merchant_id.as_deref(),
    };
    let merchant = open_vault(home, profile, passphrase, |error| problem(error, profile))?
        .open(&vault_profile(profile))
        .map_err(|error| problem(error, profile))?;
    match named {
        Some(named) if named != merchant.id.as_str() => {
            Err(KeyProblem::OtherMerchant { profile, stored: merchant.id.to_string(), named: named.to_owned() })
        }
        _ => Ok(merchant),
    }
}

/// Puts keys in: into the system's credential store, or with a passphrase into a sealed file in the till's folder.
///
/// # Errors
/// When there is no store and no passphrase, or they cannot be written.
pub fn keep(home: &Home, profile: Profile, keys: &Merchant, passphrase: Option<Passphrase>) -> Result<(), KeyProblem> {
    // Where there is no store no keys are missed either; whoever puts keys in has to be told of it.
    let refused = |error| match error {
        VaultError::NoStore(_) => KeyProblem::NoStore,
        other => problem(other, profile),
    };
    open_vault(home, profile, passphrase, refused)?.keep(&vault_profile(profile), keys).map_err(refused)
}

/// Takes keys out.
///
/// # Errors
/// When they cannot be removed.
pub fn forget(home: &Home, profile: Profile, passphrase: Option<Passphrase>) -> Result<(), KeyProblem> {
    open_vault(home, profile, passphrase, |error| problem(error, profile))?
        .forget(&vault_profile(profile))
        .map_err(|error| problem(error, profile))
}

/// A passphrase means the sealed file; a sealed file means a passphrase. Otherwise the system's store.
fn open_vault(
    home: &Home,
    profile: Profile,
    passphrase: Option<Passphrase>,
    refused: impl FnOnce(VaultError) -> KeyProblem,
) -> Result<Vault, KeyProblem> {
    match passphrase {
        Some(passphrase) => Ok(Vault::sealed(home.root(), passphrase)),
        None if Vault::has_sealed_file(home.root()) => Err(KeyProblem::Locked { profile }),
        None => Vault::system().map_err(refused),
    }
}

fn problem(error: VaultError, profile: Profile) -> KeyProblem {
    match error {
        VaultError::NoStore(_) | VaultError::Missing { .. } | VaultError::MissingOrLocked { .. } => {
            KeyProblem::Missing { profile }
        }
        VaultError::Locked => KeyProblem::Locked { profile },
        VaultError::WrongPassphrase => KeyProblem::WrongPassphrase { profile },
        other => KeyProblem::Unreadable(other),
    }
}

fn vault_profile(profile: Profile) -> vault::Profile {
    vault::Profile::parse(profile.name()).expect("the names of our profiles are plain words")
}
