//! Who a shop is to ECPay: its number, and the two secrets that sign for it.

use std::fmt;

use zeroize::Zeroize;

/// Length of a HashKey and of a HashIV, in ASCII characters.
pub const KEY_LENGTH: usize = 16;

/// The longest secret that [`HashKey::parse_any_length`] takes, in bytes.
const LONGEST_SECRET: usize = 256;

/// A secret that cannot be one of ECPay's. The secret itself is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nothing was given. An empty key would let anybody sign.
    #[error("the key is empty")]
    Empty,
    /// ECPay's keys are 16 characters long.
    #[error("the key has {found} bytes instead of 16")]
    Length {
        /// Bytes that were given.
        found: usize,
    },
    /// A space, a control character or something outside ASCII.
    #[error("the key has a character that is not printable ASCII")]
    Character,
}

/// Bytes that are wiped when dropped. Boxed so that moving the owner leaves no copy behind.
#[derive(Clone)]
struct Secret(Box<[u8]>);

impl Secret {
    fn parse(text: &str) -> Result<Self, KeyError> {
        match text.len() {
            0 => Err(KeyError::Empty),
            KEY_LENGTH if text.bytes().all(|b| b.is_ascii_graphic()) => Ok(Self(text.as_bytes().into())),
            KEY_LENGTH => Err(KeyError::Character),
            found => Err(KeyError::Length { found }),
        }
    }

    fn parse_any_length(text: &str) -> Result<Self, KeyError> {
        match text.len() {
            0 => Err(KeyError::Empty),
            1..=LONGEST_SECRET => Ok(Self(text.as_bytes().into())),
            found => Err(KeyError::Length { found }),
        }
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// A merchant's HashKey. No `Debug`, no `Display`; wiped when dropped.
#[derive(Clone)]
pub struct HashKey(Secret);

/// A merchant's HashIV. No `Debug`, no `Display`; wiped when dropped.
#[derive(Clone)]
pub struct HashIv(Secret);

macro_rules! secret_parsers {
    ($name:ident) => {
        impl $name {
            /// Takes exactly 16 printable ASCII characters, without trimming.
            ///
            /// # Errors
            /// [`KeyError`] says which rule is broken, never what was given.
            pub fn parse(text: &str) -> Result<Self, KeyError> {
                Secret::parse(text).map(Self)
            }

            /// Takes any text that is not empty, up to 256 bytes: for signature test vectors, whose keys need
            /// not be a real merchant's. Shops' keys go through [`Self::parse`].
            ///
            /// # Errors
            /// [`KeyError::Empty`], or [`KeyError::Length`] for a text that no key could be.
            pub fn parse_any_length(text: &str) -> Result<Self, KeyError> {
                Secret::parse_any_length(text).map(Self)
            }

            /// The secret itself, for whoever stores it in a vault. Never to be logged.
            #[must_use]
            pub fn expose(&self) -> &[u8] {
                &self.0.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = KeyError;

            fn from_str(text: &str) -> Result<Self, KeyError> {
                Self::parse(text)
            }
        }
    };
}

secret_parsers!(HashKey);
secret_parsers!(HashIv);

/// The shop's number at ECPay: 7 to 10 digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MerchantId(String);

/// Something that cannot be a MerchantID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a merchant number is 7 to 10 digits")]
pub struct MerchantIdError;

impl MerchantId {
    /// # Errors
    /// [`MerchantIdError`] unless the text is 7 to 10 ASCII digits.
    pub fn parse(text: &str) -> Result<Self, MerchantIdError> {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        if digits && (7..=10).contains(&text.len()) { Ok(Self(text.to_owned())) } else { Err(MerchantIdError) }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for MerchantId {
    type Err = MerchantIdError;

    fn from_str(text: &str) -> Result<Self, MerchantIdError> {
        Self::parse(text)
    }
}

impl fmt::Display for MerchantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A shop's number with its secrets. `Debug` prints the number only.
#[derive(Clone)]
pub struct Merchant {
    /// The shop's number.
    pub id: MerchantId,
    /// The first secret.
    pub key: HashKey,
    /// The second secret.
    pub iv: HashIv,
}

impl fmt::Debug for Merchant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Merchant").field("id", &self.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_sixteen_printable_characters() {
        assert!(HashKey::parse("pwFHCqoQZGmho4w6").is_ok());
        assert_eq!(HashKey::parse("").err(), Some(KeyError::Empty));
        assert_eq!(HashKey::parse("pwFHCqoQZGmho4w").err(), Some(KeyError::Length { found: 15 }));
        assert_eq!(HashIv::parse("pwFHCqoQZGmho4w6 ").err(), Some(KeyError::Length { found: 17 }));
        assert_eq!(HashIv::parse("pwFHCqoQZGmho4w ").err(), Some(KeyError::Character));
        assert_eq!(HashIv::parse("茶茶茶茶茶a").err(), Some(KeyError::Character));
    }

    #[test]
    fn the_path_for_vectors_refuses_an_empty_key() {
        assert!(HashKey::parse_any_length("k").is_ok());
        assert_eq!(HashKey::parse_any_length("").err(), Some(KeyError::Empty));
        assert_eq!(HashIv::parse_any_length("").err(), Some(KeyError::Empty));
    }

    #[test]
    fn a_merchant_number_is_seven_to_ten_digits() {
        for good in ["3002607", "2000132", "1234567890"] {
            assert_eq!(MerchantId::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "123456", "12345678901", "300260a", "３００２６０７", " 3002607"] {
            assert_eq!(MerchantId::parse(bad), Err(MerchantIdError), "{bad:?}");
        }
    }

    #[test]
    fn debug_of_a_merchant_names_no_secret() {
        let shown = format!("{:?}", crate::stage::merchant());
        assert!(shown.contains("3002607"));
        assert!(!shown.contains("pwFHCqoQZGmho4w6") && !shown.contains("EkRm7iFT261dpevs"));
    }
}
