//! What a person does with the relay from the till's own machine. The till may be open meanwhile.

use register::Profile;

use super::key::{self, KeyFileError};
use super::probe::{self, Probe};
use crate::home::Home;
use crate::open::read_settings;

/// Keeps the key the relay printed, and says whose it is.
///
/// # Errors
/// When it is no key, or cannot be written.
pub fn keep_relay_key(home: &Home, profile: Profile, text: &str) -> Result<String, KeyFileError> {
    key::keep(&home.relay_key(profile), text).map(|key| key.name().to_string())
}

/// Changes the till's key. A till that is open takes the new one up by itself.
///
/// # Errors
/// When the relay does not answer, or the new key cannot be written.
pub async fn rotate_relay_key(home: &Home, profile: Profile) -> Result<(), KeyFileError> {
    key::rotate(&home.relay_key(profile), &address(home)?, &client()?).await
}

/// Sends a letter all the way round: to the relay, in through the gateway's door, back with the mail.
///
/// # Errors
/// With where it stopped.
pub async fn test_relay(home: &Home, profile: Profile) -> Result<Probe, KeyFileError> {
    let key = key::read(&home.relay_key(profile))?.ok_or(KeyFileError::Missing)?;
    Ok(probe::probe(&client()?, &address(home)?, key).await?)
}

fn address(home: &Home) -> Result<String, KeyFileError> {
    let settings = read_settings(home).map_err(|trouble| KeyFileError::Till(trouble.to_string()))?;
    settings.relay.address.ok_or(KeyFileError::NoRelay)
}

fn client() -> Result<net::Client, KeyFileError> {
    net::Client::new(net::Timeouts::default()).map_err(|error| KeyFileError::Till(error.to_string()))
}
