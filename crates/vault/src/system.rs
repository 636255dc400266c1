//! The operating system's credential store, one entry per profile.

use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::kept::Kept;
use crate::profile::Profile;
use crate::record::{self, Record};

/// What our entries are filed under.
const SERVICE: &str = "guitai";

/// A connection to the store.
pub(crate) struct SystemStore(Arc<CredentialStore>);

impl SystemStore {
    pub(crate) fn connect() -> Result<Self, VaultError> {
        platform().map(Self)
    }

    pub(crate) fn open(&self, profile: &Profile) -> Result<Kept, VaultError> {
        let secret = self.entry(profile)?.get_secret().map_err(|e| answer(e, profile))?;
        let records = record::read(&Zeroizing::new(secret))?;
        let [record] = <[Record; 1]>::try_from(records).map_err(|_| VaultError::Damaged)?;
        // An entry somebody copied under another name.
        if record.profile == *profile { Ok(record.kept) } else { Err(VaultError::Damaged) }
    }

    pub(crate) fn keep(&self, profile: &Profile, kept: &Kept) -> Result<(), VaultError> {
        record::check(kept)?;
        let bytes = record::write(&[Record { profile: profile.clone(), kept: kept.clone() }]);
        self.entry(profile)?.set_secret(&bytes).map_err(|e| answer(e, profile))
    }

    pub(crate) fn forget(&self, profile: &Profile) -> Result<(), VaultError> {
        self.entry(profile)?.delete_credential().map_err(|e| answer(e, profile))
    }

    fn entry(&self, profile: &Profile) -> Result<Entry, VaultError> {
        self.0.build(SERVICE, profile.as_str(), None).map_err(|e| answer(e, profile))
    }
}

#[cfg(target_os = "linux")]
fn platform() -> Result<Arc<CredentialStore>, VaultError> {
    match zbus_secret_service_keyring_store::Store::new() {
        Ok(store) => Ok(store),
        Err(error) => Err(VaultError::NoStore(error.to_string())),
    }
}

#[cfg(windows)]
fn platform() -> Result<Arc<CredentialStore>, VaultError> {
    match windows_native_keyring_store::Store::new() {
        Ok(store) => Ok(store),
        Err(error) => Err(VaultError::NoStore(error.to_string())),
    }
}

#[cfg(not(any(target_os = "linux", windows)))]
fn platform() -> Result<Arc<CredentialStore>, VaultError> {
    Err(VaultError::NoStore("not supported on this operating system".to_owned()))
}

/// Files the store's answer. Some of its errors carry the stored bytes, so only those known not to are spelled out.
fn answer(error: Error, profile: &Profile) -> VaultError {
    match error {
        Error::NoEntry => VaultError::MissingOrLocked { profile: profile.clone() },
        Error::NoStorageAccess(_) => VaultError::Locked,
        Error::BadEncoding(bytes) | Error::BadDataFormat(bytes, _) => {
            drop(Zeroizing::new(bytes));
            VaultError::Damaged
        }
        Error::PlatformFailure(cause) => VaultError::Store(cause.to_string()),
        Error::Ambiguous(_) => VaultError::Store("several entries under our name".to_owned()),
        Error::NoDefaultStore => VaultError::NoStore("none is set".to_owned()),
        _ => VaultError::Store("request not supported".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use keyring_core::mock;

    use super::*;

    fn store() -> SystemStore {
        SystemStore(mock::Store::new().unwrap())
    }

    fn profile(name: &str) -> Profile {
        Profile::parse(name).unwrap()
    }

    #[test]
    fn keys_come_back_from_the_store() {
        let store = store();
        store.keep(&profile("stage"), &Kept::only(ecpay::stage::merchant())).unwrap();
        let back = store.open(&profile("stage")).unwrap();
        assert_eq!(back.keys.id, ecpay::stage::merchant().id);
        assert_eq!(back.keys.key.expose(), ecpay::stage::merchant().key.expose());
        store.forget(&profile("stage")).unwrap();
        assert!(matches!(store.open(&profile("stage")), Err(VaultError::MissingOrLocked { .. })));
    }

    #[test]
    fn no_entry_is_not_taken_for_never_configured() {
        let answer = store().open(&profile("production"));
        assert!(matches!(answer, Err(VaultError::MissingOrLocked { profile }) if profile.as_str() == "production"));
    }

    #[test]
    fn a_locked_store_says_so() {
        let store = store();
        let entry = store.entry(&profile("stage")).unwrap();
        entry.as_any().downcast_ref::<mock::Cred>().unwrap().set_error(Error::NoStorageAccess("prompt".into()));
        assert!(matches!(store.open(&profile("stage")), Err(VaultError::Locked)));
    }

    #[test]
    fn an_entry_of_another_profile_or_of_another_program_is_damage() {
        let store = store();
        let stage = Record { profile: profile("stage"), kept: Kept::only(ecpay::stage::merchant()) };
        let entry = store.entry(&profile("production")).unwrap();
        for wrong in [record::write(&[stage]).to_vec(), b"hunter2".to_vec(), Vec::new()] {
            entry.set_secret(&wrong).unwrap();
            assert!(matches!(store.open(&profile("production")), Err(VaultError::Damaged)));
        }
    }
}
