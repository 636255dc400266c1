//! CheckMacValue: ECPay's signature over the fields of a message (docs 2902 and 2904), SHA-256 only.
//!
//! The published recipe sorts the fields, joins them between the two secrets, URL-encodes the whole line in .NET
//! style, lower-cases it and hashes it. The same bytes are produced here in one pass: every input byte has its final
//! form in a table, and goes through a block on the stack into the hash. The joined line never exists.

mod line;
mod one_way;
mod order;

use std::fmt;

use subtle::ConstantTimeEq;

use crate::fields::Fields;
use crate::keys::{HashIv, HashKey, Merchant};

use line::Line;
pub(crate) use one_way::reads_one_way;
use order::Entry;

/// The field that carries the signature and is not part of it.
pub const CHECK_MAC_VALUE: &str = "CheckMacValue";

const HEX_LENGTH: usize = 64;

/// Hardly an order or notice has more.
const USUAL_FIELDS: usize = 32;

/// A signature: 64 upper-case hexadecimal digits. Comparing two takes the same time wherever they differ.
#[derive(Clone, Copy)]
pub struct MacValue([u8; HEX_LENGTH]);

/// Why a message is not signed by the merchant's keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MacError {
    /// There is no CheckMacValue, or it is empty.
    #[error("the message is not signed")]
    Missing,
    /// There is one, and it is not the one these keys give.
    #[error("the signature does not match")]
    Mismatch,
}

impl MacValue {
    /// Reads a received signature; lower-case digits count as upper-case.
    ///
    /// # Errors
    /// [`MacError::Missing`] for an empty text, [`MacError::Mismatch`] for what no signature can be.
    pub fn parse(text: &str) -> Result<Self, MacError> {
        if text.is_empty() {
            return Err(MacError::Missing);
        }
        let mut digits: [u8; HEX_LENGTH] = text.as_bytes().try_into().map_err(|_| MacError::Mismatch)?;
        digits.make_ascii_uppercase();
        if digits.iter().all(u8::is_ascii_hexdigit) { Ok(Self(digits)) } else { Err(MacError::Mismatch) }
    }

    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("hexadecimal digits are ASCII")
    }

    fn of_digest(digest: [u8; 32]) -> Self {
        let mut digits = [0; HEX_LENGTH];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(digest) {
            pair.copy_from_slice(&HEX_PAIRS[usize::from(byte)]);
        }
        Self(digits)
    }
}

impl PartialEq for MacValue {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for MacValue {}

impl fmt::Display for MacValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for MacValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MacValue({})", self.as_str())
    }
}

/// Signs names and values as they are: blank values count, nothing is trimmed, absent fields are not invented. A
/// field named `CheckMacValue` is left out.
pub fn check_mac_value<'a>(
    key: &HashKey,
    iv: &HashIv,
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> MacValue {
    let signed = fields.into_iter().filter(|(name, _)| *name != CHECK_MAC_VALUE);
    let mut sorted = Vec::with_capacity(USUAL_FIELDS);
    sorted.extend(signed.map(|(name, value)| Entry::new(name, value)));
    sorted.sort_unstable_by(Entry::compare);

    let mut line = Line::new();
    line.secret("HashKey=", key.expose(), "&");
    for entry in &sorted {
        line.field(entry.name, entry.value);
    }
    line.secret("HashIV=", iv.expose(), "");
    MacValue::of_digest(line.digest())
}

/// Appends the CheckMacValue of everything already in `fields`, in place of an older one.
pub fn sign(merchant: &Merchant, fields: &mut Fields) {
    let mac = check_mac_value(&merchant.key, &merchant.iv, fields.iter());
    fields.remove(CHECK_MAC_VALUE);
    fields.push(CHECK_MAC_VALUE, mac.as_str());
}

/// Checks that `fields`, exactly as received, were signed with this merchant's keys.
///
/// This proves origin and integrity. Whether the merchant, the order and the amount are the expected ones is for
/// the caller to compare.
///
/// # Errors
/// [`MacError`].
pub fn verify(merchant: &Merchant, fields: &Fields) -> Result<(), MacError> {
    let received = MacValue::parse(fields.get(CHECK_MAC_VALUE).ok_or(MacError::Missing)?)?;
    let expected = check_mac_value(&merchant.key, &merchant.iv, fields.iter());
    if received == expected { Ok(()) } else { Err(MacError::Mismatch) }
}

const UPPER: &[u8; 16] = b"0123456789ABCDEF";

static HEX_PAIRS: [[u8; 2]; 256] = {
    let mut table = [[0; 2]; 256];
    let mut at = 0;
    while at < table.len() {
        table[at] = [UPPER[at >> 4], UPPER[at & 15]];
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage;

    /// The worked example: fields of merchant 3002607 with `+`, `~`, `'`, a space, brackets and Chinese.
    #[test]
    fn the_worked_example() {
        let merchant = stage::merchant();
        let mut fields: Fields = [
            ("MerchantID", "3002607"),
            ("MerchantTradeNo", "POS20260105000001"),
            ("ItemName", "A+B~C's (x) 茶"),
            ("TotalAmount", "100"),
        ]
        .into_iter()
        .collect();
        sign(&merchant, &mut fields);
        assert_eq!(
            fields.get("CheckMacValue"),
            Some("600F6DC405CAC8F3B3266170E28B7DCBF9D2252DDAF384663CDE9DF39275962F")
        );
        assert_eq!(verify(&merchant, &fields), Ok(()));
    }

    #[test]
    fn signing_again_replaces_the_signature() {
        let merchant = stage::merchant();
        let mut fields: Fields = [("a", "1")].into_iter().collect();
        sign(&merchant, &mut fields);
        let once = fields.clone();
        sign(&merchant, &mut fields);
        assert_eq!(fields, once);
    }

    #[test]
    fn what_is_unsigned_or_wrong_is_refused() {
        let merchant = stage::merchant();
        let mut fields: Fields = [("MerchantID", "3002607"), ("RtnCode", "1")].into_iter().collect();
        assert_eq!(verify(&merchant, &fields), Err(MacError::Missing));
        fields.push("CheckMacValue", "");
        assert_eq!(verify(&merchant, &fields), Err(MacError::Missing));
        sign(&merchant, &mut fields);
        let good = fields.remove("CheckMacValue").unwrap();
        for (received, answer) in [
            (good.clone(), Ok(())),
            (good.to_ascii_lowercase(), Ok(())),
            (good[1..].to_owned(), Err(MacError::Mismatch)),
            (format!("{good} "), Err(MacError::Mismatch)),
            ("茶".repeat(20) + "abcd", Err(MacError::Mismatch)),
            ("0".repeat(64), Err(MacError::Mismatch)),
        ] {
            fields.push("CheckMacValue", received);
            assert_eq!(verify(&merchant, &fields), answer);
            fields.remove("CheckMacValue");
        }
        fields.push("CheckMacValue", good);
        assert_eq!(verify(&stage::merchant_without_3d(), &fields), Err(MacError::Mismatch));
    }

    #[test]
    fn fields_sort_without_regard_to_case_beyond_the_sixteenth_letter() {
        let merchant = stage::merchant();
        let mac = |pairs: &[(&'static str, &'static str)]| {
            check_mac_value(&merchant.key, &merchant.iv, pairs.iter().copied())
        };
        let one = [("aVeryLongFieldName2", "x"), ("AVERYLONGFIELDNAME1", "y"), ("a", "1"), ("A", "2"), ("a_", "3")];
        let mut other = one;
        other.reverse();
        assert_eq!(mac(&one), mac(&other));
        assert_ne!(mac(&one[..2]), mac(&[("aVeryLongFieldName2", "y"), ("AVERYLONGFIELDNAME1", "x")]));
    }
}
