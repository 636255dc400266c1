//! The names things go by: tills, sales, attempts. Each is right by construction once parsed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use time::macros::format_description;

use crate::time::Timestamp;

/// Why a text cannot be the id it was given as.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{what} must be {rule}, not {given:?}")]
pub struct IdError {
    what: &'static str,
    rule: &'static str,
    given: String,
}

impl IdError {
    fn new(what: &'static str, rule: &'static str, given: &str) -> Self {
        Self { what, rule, given: given.chars().take(40).collect() }
    }
}

macro_rules! text_id {
    ($name:ident) => {
        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    };
}

/// A till's short name, `T1`: one to three capital letters or digits, unique in the shop.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TillId(String);
text_id!(TillId);

impl FromStr for TillId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let fits = (1..=3).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        fits.then(|| Self(text.to_owned()))
            .ok_or_else(|| IdError::new("a till id", "one to three capital letters or digits", text))
    }
}

/// A sale's number as people say it: `T1-000042`, counted per till.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SaleNumber(String);
text_id!(SaleNumber);

impl SaleNumber {
    /// The `count`th sale of this till.
    #[must_use]
    pub fn new(till: &TillId, count: u64) -> Self {
        Self(format!("{till}-{count:06}"))
    }

    /// Which sale of its till this is.
    ///
    /// # Panics
    /// Never: the number after the dash was checked when this was made.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.rsplit('-').next().and_then(|count| count.parse().ok()).expect("a sale number ends in a count")
    }
}

impl FromStr for SaleNumber {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let rule = "a till id, a dash and at least six digits, such as T1-000042";
        let refuse = || IdError::new("a sale number", rule, text);
        let (till, count) = text.split_once('-').ok_or_else(refuse)?;
        till.parse::<TillId>().map_err(|_| refuse())?;
        let digits = (6..=18).contains(&count.len()) && count.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| Self(text.to_owned())).ok_or_else(refuse)
    }
}

/// A refund's number as people say it: `T1-R000007`, counted per till. The gateway never sees it: ECPay knows no number of
/// a refund.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RefundNumber(String);
text_id!(RefundNumber);

impl RefundNumber {
    /// The `count`th refund of this till.
    #[must_use]
    pub fn new(till: &TillId, count: u64) -> Self {
        Self(format!("{till}-R{count:06}"))
    }

    /// Which refund of its till this is.
    ///
    /// # Panics
    /// Never: the number after the R was checked when this was made.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.rsplit("-R").next().and_then(|count| count.parse().ok()).expect("a refund number ends in a count")
    }
}

impl FromStr for RefundNumber {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let rule = "a till id, a dash, an R and at least six digits, such as T1-R000007";
        let refuse = || IdError::new("a refund number", rule, text);
        let (till, count) = text.split_once("-R").ok_or_else(refuse)?;
        till.parse::<TillId>().map_err(|_| refuse())?;
        let digits = (6..=18).contains(&count.len()) && count.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| Self(text.to_owned())).ok_or_else(refuse)
    }
}

/// One try to collect money: ECPay's `MerchantTradeNo`. One to twenty letters and digits, never used twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AttemptNumber(String);
text_id!(AttemptNumber);

impl AttemptNumber {
    /// A number nobody has used: till, time in Taipei to the second, and chance for what is left of twenty characters.
    /// A till restored from an old backup therefore cannot count its way into numbers it has used before (PF-38).
    #[must_use]
    pub fn new(till: &TillId, now: Timestamp, chance: u64) -> Self {
        const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        let shape = format_description!("[year repr:last_two][month][day][hour][minute][second]");
        let mut text = till.to_string();
        text.push_str(&now.taipei().format(shape).expect("a date of this era has these parts"));
        let mut rest = chance;
        while text.len() < 20 {
            let at = usize::try_from(rest % 36).expect("less than 36");
            text.push(char::from(ALPHABET[at]));
            rest /= 36;
        }
        Self(text)
    }
}

impl FromStr for AttemptNumber {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let fits = (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        fits.then(|| Self(text.to_owned()))
            .ok_or_else(|| IdError::new("an attempt number", "one to twenty letters and digits", text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn till() -> TillId {
        "T1".parse().expect("a till id")
    }

    #[test]
    fn a_sale_number_reads_back() {
        let number = SaleNumber::new(&till(), 42);
        assert_eq!(number.as_str(), "T1-000042");
        assert_eq!("T1-000042".parse::<SaleNumber>().expect("parses").count(), 42);
        assert_eq!(SaleNumber::new(&till(), 1_234_567).as_str(), "T1-1234567");
    }

    #[test]
    fn a_refund_number_reads_back_and_is_no_sale_number() {
        let number = RefundNumber::new(&till(), 7);
        assert_eq!(number.as_str(), "T1-R000007");
        assert_eq!("T1-R000007".parse::<RefundNumber>().expect("parses").count(), 7);
        assert!("T1-R000007".parse::<SaleNumber>().is_err());
        for text in ["T1-000007", "T1-R7", "t1-R000007", "T1-R00000x", "-R000007"] {
            assert!(text.parse::<RefundNumber>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_attempt_number_fills_twenty_characters_and_carries_till_time_and_chance() {
        let now = Timestamp::from_unix_ms(1_767_587_696_000);
        let number = AttemptNumber::new(&till(), now, 123_456_789);
        assert_eq!(number.as_str().len(), 20);
        assert!(number.as_str().starts_with("T1260105123456"), "{number}");
        assert_ne!(number, AttemptNumber::new(&till(), now, 123_456_790));
        let long_till: TillId = "ABC".parse().expect("a till id");
        assert_eq!(AttemptNumber::new(&long_till, now, 7).as_str().len(), 20);
    }

    #[test]
    fn what_is_not_an_id_is_refused() {
        for text in ["", "t1", "T1-", "TOOLONG", "T 1"] {
            assert!(text.parse::<TillId>().is_err(), "{text:?}");
        }
        for text in ["T1", "T1-12", "T1-00004x", "-000042"] {
            assert!(text.parse::<SaleNumber>().is_err(), "{text:?}");
        }
        for text in ["", "with-dash", "123456789012345678901"] {
            assert!(text.parse::<AttemptNumber>().is_err(), "{text:?}");
        }
    }
}
