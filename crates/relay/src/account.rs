//! A till's account with a relay: its name, and the key it shows. The relay keeps only what the key hashes to.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::id::base32;

/// The text is no key, name or hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a till key: it is NAME.SECRET, as the relay printed it")]
pub struct BadKey;

/// What a till is called at the relay: one to sixteen letters, digits or hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TillName(String);

impl TillName {
    /// Reads a name.
    ///
    /// # Errors
    /// [`BadKey`] for anything else.
    pub fn parse(text: &str) -> Result<Self, BadKey> {
        let fits = (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if fits { Ok(Self(text.to_owned())) } else { Err(BadKey) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TillName {
    type Error = BadKey;

    fn try_from(text: String) -> Result<Self, BadKey> {
        Self::parse(&text)
    }
}

impl From<TillName> for String {
    fn from(name: TillName) -> Self {
        name.0
    }
}

impl fmt::Display for TillName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a till shows to fetch its mail: `NAME.SECRET`, 256 random bits. It opens a mailbox and nothing else: no money
/// moves with it.
#[derive(Clone)]
pub struct TillKey {
    name: TillName,
    secret: String,
}

impl TillKey {
    /// A new key from bits the caller drew.
    #[must_use]
    pub fn from_random(name: TillName, bits: [u8; 32]) -> Self {
        Self { name, secret: base32(&bits) }
    }

    /// Reads a key as it was printed.
    ///
    /// # Errors
    /// [`BadKey`] for anything else.
    pub fn parse(text: &str) -> Result<Self, BadKey> {
        let (name, secret) = text.trim().split_once('.').ok_or(BadKey)?;
        let spelled = secret.len() == 52 && secret.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'));
        if spelled { Ok(Self { name: TillName::parse(name)?, secret: secret.to_owned() }) } else { Err(BadKey) }
    }

    /// Whose it is.
    #[must_use]
    pub fn name(&self) -> &TillName {
        &self.name
    }

    /// As a person copies it, and as it travels.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{}.{}", self.name, self.secret)
    }

    /// What the relay keeps of it.
    #[must_use]
    pub fn hash(&self) -> KeyHash {
        KeyHash(hex(&Sha256::digest(self.secret.as_bytes())))
    }
}

/// Shows whose it is, never what it is.
impl fmt::Debug for TillKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TillKey({}.…)", self.name)
    }
}

/// SHA-256 of a key's secret, in hex. The secret has 256 bits of chance, so nothing slower is needed against guessing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyHash(String);

impl KeyHash {
    /// Reads 64 hex digits.
    ///
    /// # Errors
    /// [`BadKey`] for anything else.
    pub fn parse(text: &str) -> Result<Self, BadKey> {
        let spelled = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if spelled { Ok(Self(text.to_owned())) } else { Err(BadKey) }
    }
}

/// In constant time.
impl PartialEq for KeyHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for KeyHash {}

impl TryFrom<String> for KeyHash {
    type Error = BadKey;

    fn try_from(text: String) -> Result<Self, BadKey> {
        Self::parse(&text)
    }
}

impl From<KeyHash> for String {
    fn from(hash: KeyHash) -> Self {
        hash.0
    }
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_printed_and_never_shown_in_a_log() {
        let key = TillKey::from_random(TillName::parse("T1").unwrap(), [7; 32]);
        let again = TillKey::parse(&format!(" {}\n", key.reveal())).unwrap();
        assert_eq!(again.hash(), key.hash());
        assert_eq!(format!("{key:?}"), "TillKey(T1.…)");
        assert!(!format!("{:?}", key.hash()).contains(key.reveal().split_once('.').unwrap().1));
        for bad in ["", "T1", "T1.", "T1.short", "T 1.aaaa", &format!("{}A", key.reveal()), &"x".repeat(5000)] {
            assert_eq!(TillKey::parse(bad).unwrap_err(), BadKey, "{bad}");
        }
    }

    #[test]
    fn a_hash_is_64_hex_digits() {
        assert!(KeyHash::parse(&"0a".repeat(32)).is_ok());
        for bad in ["", &"0A".repeat(32), &"0a".repeat(31)] {
            assert_eq!(KeyHash::parse(bad).unwrap_err(), BadKey);
        }
    }
}
