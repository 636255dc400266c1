//! The name keys are kept under.

use std::fmt;

/// Which set of keys, such as `stage` or `production`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Profile(String);

/// Not a profile name: 1 to 32 characters of `a-z 0-9 -`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a profile name")]
pub struct BadProfile;

impl Profile {
    /// Reads a name.
    ///
    /// # Errors
    ///
    /// [`BadProfile`] unless it is 1 to 32 characters of `a-z 0-9 -`.
    pub fn parse(name: &str) -> Result<Self, BadProfile> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if (1..=32).contains(&name.len()) && name.bytes().all(plain) {
            Ok(Self(name.to_owned()))
        } else {
            Err(BadProfile)
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_name_is_short_and_plain() {
        for good in ["stage", "production", "shop-2"] {
            assert_eq!(Profile::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "Stage", "a b", "../x", "正式", &"a".repeat(33)] {
            assert_eq!(Profile::parse(bad), Err(BadProfile), "{bad}");
        }
    }
}
