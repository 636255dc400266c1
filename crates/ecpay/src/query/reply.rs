//! What every signed query reply has in common: a raw body, a signature, an echoed merchant.

use crate::fields::{Fields, FieldsError};
use crate::keys::Merchant;
use crate::mac::{self, MacError};

/// Why a reply says nothing about the order. The order may be in any state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// The body is not a list of fields: an error page, perhaps.
    #[error("the reply cannot be read: {0}")]
    Unreadable(#[from] FieldsError),
    /// There is no CheckMacValue.
    #[error("the reply is not signed")]
    Unsigned,
    /// The signature is not the merchant's.
    #[error("the reply's signature does not match")]
    Forged,
    /// Rightly signed, and about another merchant.
    #[error("the reply is about another merchant")]
    OtherMerchant,
    /// Rightly signed, but a field that the reply must have is missing or makes no sense.
    #[error("the reply's field {0} is missing or malformed")]
    Incomplete(&'static str),
}

/// Reads and verifies a reply. Values are taken raw; only if their signature does not match are they form-decoded
/// and tried once more.
pub(super) fn verified(body: &[u8], merchant: &Merchant) -> Result<Fields, QueryError> {
    let text = std::str::from_utf8(body).map_err(|_| FieldsError::NotUtf8)?;
    let raw = Fields::from_raw(text)?;
    let fields = match mac::verify(merchant, &raw) {
        Ok(()) => raw,
        Err(MacError::Missing) => return Err(QueryError::Unsigned),
        Err(MacError::Mismatch) => decoded(&raw, merchant).ok_or(QueryError::Forged)?,
    };
    if !mac::reads_one_way(&fields) {
        return Err(QueryError::Forged);
    }
    // Replies about unknown orders echo an empty number.
    match fields.filled("MerchantID") {
        Some(echoed) if echoed != merchant.id.as_str() => Err(QueryError::OtherMerchant),
        _ => Ok(fields),
    }
}

fn decoded(raw: &Fields, merchant: &Merchant) -> Option<Fields> {
    let decoded = raw.decoded().ok()?;
    mac::verify(merchant, &decoded).is_ok().then_some(decoded)
}
