//! The till's key to its relay, in a file of its own that only its user can read. It opens a mailbox and nothing else, so
//! a till starts without a passphrase even where its ECPay keys are sealed.

use std::fs;
use std::io;
use std::path::Path;

use relay::client::{self, Relay};
use relay::wire::Fetch;
use relay::{BadKey, TillKey};
use thiserror::Error;

use super::{ProbeTrouble, RelayTrouble, send};

/// The key cannot be kept or read.
#[derive(Debug, Error)]
pub enum KeyFileError {
    /// The file.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: std::path::PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What is in it.
    #[error(transparent)]
    Bad(#[from] BadKey),
    /// The settings name no relay.
    #[error("settings.toml names no relay: write relay.address there")]
    NoRelay,
    /// The till's settings or its network.
    #[error("{0}")]
    Till(String),
    /// There is none.
    #[error("this till has no key for the relay: put it in with `guitaictl relay key`")]
    Missing,
    /// The relay does not answer, or does not know the key.
    #[error(transparent)]
    Relay(#[from] RelayTrouble),
    /// A letter to ourselves did not come back.
    #[error(transparent)]
    Probe(#[from] ProbeTrouble),
}

/// The key, where there is one.
pub(crate) fn read(path: &Path) -> Result<Option<TillKey>, KeyFileError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(TillKey::parse(&text)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(KeyFileError::File { path: path.to_owned(), source }),
    }
}

/// Keeps a key as the relay printed it.
///
/// # Errors
/// When it is none, or cannot be written.
pub(super) fn keep(path: &Path, text: &str) -> Result<TillKey, KeyFileError> {
    let key = TillKey::parse(text)?;
    write(path, &key).map_err(|source| KeyFileError::File { path: path.to_owned(), source })?;
    Ok(key)
}

/// Changes the key: announced to the relay, then kept here, then used for the first time. Cut off anywhere, one of the
/// two keys is good and in the file.
///
/// # Errors
/// When the relay does not answer, or the new key cannot be written.
pub(super) async fn rotate(path: &Path, base: &str, client: &net::Client) -> Result<(), KeyFileError> {
    let old = read(path)?.ok_or(KeyFileError::Missing)?;
    let mut bits = [0; 32];
    getrandom::fill(&mut bits).expect("the operating system gives random bytes");
    let new = TillKey::from_random(old.name().clone(), bits);
    let announced = send(client, Relay::at(base, old).announce(new.hash())).await.map_err(RelayTrouble::from)?;
    client::done(announced.status).map_err(RelayTrouble::from)?;
    write(path, &new).map_err(|source| KeyFileError::File { path: path.to_owned(), source })?;
    let used = send(client, Relay::at(base, new).fetch(&Fetch::default())).await.map_err(RelayTrouble::from)?;
    client::fetched(used.status, &used.body).map_err(RelayTrouble::from)?;
    Ok(())
}

fn write(path: &Path, key: &TillKey) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let part = path.with_extension("part");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part)?;
    io::Write::write_all(&mut file, key.reveal().as_bytes())?;
    file.sync_all()?;
    fs::rename(&part, path)
}
