//! What a manager types to open the sealed file.

use zeroize::Zeroizing;

/// Fewest characters a passphrase has.
const FEWEST: usize = 8;

/// A passphrase. No `Debug`, wiped when dropped.
pub struct Passphrase(Zeroizing<String>);

/// The passphrase has fewer than 8 characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a passphrase has at least 8 characters")]
pub struct TooShort;

impl Passphrase {
    /// Takes a passphrase as typed, without trimming.
    ///
    /// # Errors
    ///
    /// [`TooShort`] under 8 characters. No sealed file was ever written with such a one, so it is wrong in any case.
    pub fn new(text: String) -> Result<Self, TooShort> {
        let text = Zeroizing::new(text);
        if text.chars().count() < FEWEST { Err(TooShort) } else { Ok(Self(text)) }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}
