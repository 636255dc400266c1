//! The sealed envelope of ECPay's JSON APIs (docs 45948 and 9263): AES-128-CBC with PKCS7 padding, keyed by HashKey
//! and HashIV, over the URL-encoded text of a JSON object.
//!
//! The cipher hides; it does not sign. Whoever can change bytes on the way can change what they open to, so an envelope
//! is worth what its TLS connection is worth.

mod envelope;
mod lenient;

use ::aes::Aes128;
use ::aes::cipher::block_padding::Pkcs7;
use ::aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::fields::{MAX_BYTES, decode};
use crate::keys::Merchant;

pub(crate) use envelope::object;
pub use envelope::{Data, ReplyEnvelope, ReplyError, RequestEnvelope};
pub(crate) use lenient::{text, whole_number};

/// Keys that this cipher cannot take: not 16 bytes each. Only keys of test vectors can be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sealing takes a key and an IV of 16 bytes")]
pub struct SealError;

/// A text that these keys do not open. Says nothing about which step failed: base64, cipher, padding, encoding and
/// JSON all look the same from outside, or a stranger could guess plain text byte by byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the data cannot be opened with the merchant's keys")]
pub struct OpenError;

/// Seals the text of a JSON object exactly as it is; order and spaces of it decide the result and nothing else.
///
/// # Errors
/// [`SealError`] for keys that are not a shop's.
pub fn seal(merchant: &Merchant, json: &str) -> Result<String, SealError> {
    let cipher = cbc::Encryptor::<Aes128>::new_from_slices(merchant.key.expose(), merchant.iv.expose())
        .map_err(|_| SealError)?;
    let encoded = Zeroizing::new(url_encoded(json));
    Ok(STANDARD.encode(cipher.encrypt_padded_vec::<Pkcs7>(encoded.as_bytes())))
}

/// Opens what [`seal`] or ECPay sealed, to the JSON text as it was written.
///
/// # Errors
/// [`OpenError`], also for a text that is no JSON or longer than 64 kB.
pub fn open(merchant: &Merchant, data: &str) -> Result<String, OpenError> {
    opened(merchant, data).map(|(text, _)| text)
}

/// Opens, and reads the JSON.
///
/// # Errors
/// [`OpenError`], as in [`open`].
pub fn open_json(merchant: &Merchant, data: &str) -> Result<Value, OpenError> {
    opened(merchant, data).map(|(_, value)| value)
}

fn opened(merchant: &Merchant, data: &str) -> Result<(String, Value), OpenError> {
    if data.len() > MAX_BYTES {
        return Err(OpenError);
    }
    let cipher = cbc::Decryptor::<Aes128>::new_from_slices(merchant.key.expose(), merchant.iv.expose())
        .map_err(|_| OpenError)?;
    let sealed = STANDARD.decode(data).map_err(|_| OpenError)?;
    let encoded = Zeroizing::new(cipher.decrypt_padded_vec::<Pkcs7>(&sealed).map_err(|_| OpenError)?);
    let text = decode(&encoded).map_err(|_| OpenError)?;
    let value = serde_json::from_str(&text).map_err(|_| OpenError)?;
    Ok((text, value))
}

/// PHP's `urlencode`: stricter than a browser's form encoding by `*`.
fn url_encoded(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => encoded.push(char::from(byte)),
            b' ' => encoded.push('+'),
            _ => {
                encoded.push('%');
                encoded.push(char::from(HEX[usize::from(byte >> 4)]));
                encoded.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    encoded
}
