//! The two kinds of unguessable text in our addresses: which pay page, and which mailbox.

use std::fmt;
use std::hash::{Hash, Hasher};

use subtle::ConstantTimeEq;

/// The text is not an id: wrong length, or a character outside `A-Z a-z 0-9 - _`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a link id or token")]
pub struct BadId;

/// Shortest accepted text: 128 bits in base64url.
const SHORTEST: usize = 22;
/// Longest accepted text: far above what anybody needs, far below what would hurt.
const LONGEST: usize = 64;

macro_rules! unguessable {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// Knowing it is the permission to use it, so `Debug` shows only its beginning, and two of them are compared
        /// in constant time.
        #[derive(Clone)]
        pub struct $name(String);

        impl $name {
            /// Reads the text of an address: 22 to 64 characters of base32 or base64url.
            ///
            /// # Errors
            ///
            /// [`BadId`] for anything else.
            pub fn parse(text: &str) -> Result<Self, BadId> {
                if is_id(text) { Ok(Self(text.to_owned())) } else { Err(BadId) }
            }

            /// Spells 160 random bits as 32 lower-case characters. The bits come from the caller.
            #[must_use]
            pub fn from_random(bits: [u8; 20]) -> Self {
                Self(base32(&bits))
            }

            /// The text as it stands in the address.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
            }
        }

        impl Eq for $name {}

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.hash(state);
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({}…)", stringify!($name), &self.0[..4])
            }
        }
    };
}

unguessable! {
    /// Which pay page: the `{id}` in `/p/{id}`. The customer knows it.
    LinkId
}

unguessable! {
    /// Which mailbox: the `{token}` in `/n/{token}` and its siblings. The gateway knows it, and for the browser doors
    /// the customer's browser as well.
    Token
}

fn is_id(text: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// RFC 4648 base32 without padding, in lower case: easy to read aloud and to type from a screen.
pub(crate) fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut held, mut bits) = (0_u16, 0_u32);
    let mut push = |value: u16| text.push(char::from(ALPHABET[usize::from(value & 31)]));
    for &byte in bytes {
        held = (held << 8) | u16::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            push(held >> bits);
        }
    }
    if bits > 0 {
        push(held << (5 - bits));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_agrees_with_the_rfcs_vectors() {
        for (plain, spelled) in
            [("", ""), ("f", "my"), ("fo", "mzxq"), ("foo", "mzxw6"), ("foob", "mzxw6yq"), ("foobar", "mzxw6ytboi")]
        {
            assert_eq!(base32(plain.as_bytes()), spelled);
        }
    }

    #[test]
    fn only_bounded_url_safe_text_is_an_id() {
        let made = Token::from_random([0xa5; 20]);
        assert_eq!(made.as_str().len(), 32);
        assert_eq!(Token::parse(made.as_str()).unwrap(), made);
        for good in ["a".repeat(22), "Z9-_".repeat(16)] {
            assert!(LinkId::parse(&good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "short",
            &"a".repeat(21),
            &"a".repeat(65),
            "aaaaaaaaaaaaaaaaaaaaaaa/",
            "aaaaaaaaaaaaaaaaaaaaa é",
            "付".repeat(10).as_str(),
        ] {
            assert_eq!(LinkId::parse(bad).unwrap_err(), BadId, "{bad}");
        }
    }

    #[test]
    fn a_log_shows_the_beginning_of_a_token_only() {
        assert_eq!(format!("{:?}", Token::from_random([0; 20])), "Token(aaaa…)");
    }
}
