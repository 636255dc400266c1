//! Whose keys the till signs with, and which ones it still takes.

use std::time::Duration;

use ecpay::Merchant;
use register::{KeysBefore, Profile};
use thiserror::Error;
use till::time::Timestamp;
use vault::{Kept, Vault, VaultError};

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

/// The keys of a profile.
#[derive(Debug)]
pub struct Keys {
    /// The merchant, with the keys that sign.
    pub merchant: Merchant,
    /// Keys from before that are still taken, the latest first.
    pub before: Vec<KeysBefore>,
}

impl Keys {
    pub(crate) fn only(merchant: Merchant) -> Self {
        Self { merchant, before: Vec::new() }
    }

    /// What is kept, as far as it is still taken.
    fn of(kept: Kept, days: u32, now: Timestamp) -> Self {
        let window = Duration::from_secs(u64::from(days) * 24 * 3_600);
        let taken = kept.before.into_iter().map(|before| KeysBefore {
            merchant: before.keys,
            until: Timestamp::from_unix_ms(before.replaced_ms).plus(window),
        });
        // The public test keys prove nothing, whenever they were kept.
        let proves = |before: &KeysBefore| now < before.until && !ecpay::stage::is_public_key(&before.merchant.key);
        Self { merchant: kept.keys, before: taken.filter(proves).collect() }
    }
}

/// What becomes of the keys that new ones take the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Old {
    /// They are taken for a while: what was signed with them may still be under way.
    TakenForAWhile,
    /// They are not taken any more: somebody else has them.
    Leaked,
}

/// The merchant of a profile, with its keys. Training, and stage unless the settings name a merchant, use the public
/// test merchant; whoever collects money has keys of their own.
///
/// # Errors
/// When there are none, or they cannot be opened.
pub fn look(
    home: &Home,
    settings: &Settings,
    profile: Profile,
    passphrase: Option<Passphrase>,
    now: Timestamp,
) -> Result<Keys, KeyProblem> {
    let named = match profile {
        Profile::Training => return Ok(Keys::only(ecpay::stage::merchant())),
        Profile::Stage => match settings.stage.merchant_id.as_deref() {
            None => return Ok(Keys::only(ecpay::stage::merchant())),
            Some(id) if id == ecpay::stage::merchant().id.as_str() => {
                return Ok(Keys::only(ecpay::stage::merchant()));
            }
            named => named,
        },
        Profile::Production => settings.production.merchant_id.as_deref(),
    };
    let kept = open_vault(home, profile, passphrase, |error| problem(error, profile))?
        .open(&vault_profile(profile))
        .map_err(|error| problem(error, profile))?;
    let keys = Keys::of(kept, settings.gateway.previous_keys_days, now);
    if let Some(named) = named
        && named != keys.merchant.id.as_str()
    {
        return Err(KeyProblem::OtherMerchant {
            profile,
            stored: keys.merchant.id.to_string(),
            named: named.to_owned(),
        });
    }
    Ok(keys)
}

/// Puts keys in: into the system's credential store, or with a passphrase into a sealed file in the till's folder. Those
/// they take the place of stay beside them for a while, unless they have leaked.
///
/// # Errors
/// When there is no store and no passphrase, or they cannot be written.
pub fn keep(
    home: &Home,
    profile: Profile,
    keys: &Merchant,
    old: Old,
    passphrase: Option<Passphrase>,
    now: Timestamp,
) -> Result<(), KeyProblem> {
    // Where there is no store no keys are missed either; whoever puts keys in has to be told of it.
    let refused = |error| match error {
        VaultError::NoStore(_) => KeyProblem::NoStore,
        other => problem(other, profile),
    };
    let vault = open_vault(home, profile, passphrase, refused)?;
    let kept = match (old, vault.open(&vault_profile(profile))) {
        (Old::TakenForAWhile, Ok(kept)) => kept.followed_by(keys.clone(), now.unix_ms()),
        // There are none, or nobody can read them: these are the first. What must not be written over, the vault refuses.
        (Old::TakenForAWhile, Err(_)) | (Old::Leaked, _) => Kept::only(keys.clone()),
    };
    vault.keep(&vault_profile(profile), &kept).map_err(refused)
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
