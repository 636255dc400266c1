//! How much one order is over, as the gateway counts it.

use std::fmt;
use std::num::NonZeroU32;

/// Whole New Taiwan dollars, at least one. ECPay knows no decimals and no other currency (doc 2864).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Amount(NonZeroU32);

/// A number or text that is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an amount is a positive whole number of dollars below 2^32")]
pub struct AmountError;

impl Amount {
    /// # Errors
    /// [`AmountError`] for zero.
    pub fn new(dollars: u32) -> Result<Self, AmountError> {
        NonZeroU32::new(dollars).map(Self).ok_or(AmountError)
    }

    /// Reads digits as the gateway writes them: no sign, no leading zero, no decimals.
    ///
    /// # Errors
    /// [`AmountError`].
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        if text.starts_with(['0', '+']) {
            return Err(AmountError);
        }
        text.parse().map(Self).map_err(|_| AmountError)
    }

    /// Whole dollars.
    #[must_use]
    pub fn dollars(self) -> u32 {
        self.0.get()
    }
}

impl TryFrom<u32> for Amount {
    type Error = AmountError;

    fn try_from(dollars: u32) -> Result<Self, AmountError> {
        Self::new(dollars)
    }
}

impl TryFrom<i64> for Amount {
    type Error = AmountError;

    fn try_from(dollars: i64) -> Result<Self, AmountError> {
        u32::try_from(dollars).map_err(|_| AmountError).and_then(Self::new)
    }
}

impl TryFrom<u64> for Amount {
    type Error = AmountError;

    fn try_from(dollars: u64) -> Result<Self, AmountError> {
        u32::try_from(dollars).map_err(|_| AmountError).and_then(Self::new)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_a_positive_whole_number() {
        assert_eq!(Amount::parse("1250").unwrap().dollars(), 1250);
        assert_eq!(Amount::parse("4294967295").unwrap().dollars(), u32::MAX);
        for bad in ["", "0", "-1", "+1", "01", "1.0", " 1", "4294967296", "１"] {
            assert_eq!(Amount::parse(bad), Err(AmountError), "{bad:?}");
        }
        assert_eq!(Amount::try_from(-5_i64), Err(AmountError));
        assert_eq!(Amount::try_from(5_u64), Amount::new(5));
    }
}
