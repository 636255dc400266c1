//! Whole New Taiwan dollars. Every sum is checked; there is no float and no cent.

use std::fmt;
use std::iter::Sum;

use serde::{Deserialize, Serialize};

/// An amount of New Taiwan dollars; may be negative (a discount, an over/short).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// The most any one figure may reach: far above any shop, far below what a 53-bit number holds, so that sums of
    /// millions of them stay exact on the screen too.
    pub const LIMIT: Self = Self(999_999_999_999);

    /// So many whole dollars.
    #[must_use]
    pub const fn dollars(amount: i64) -> Self {
        Self(amount)
    }

    /// The amount as whole dollars.
    #[must_use]
    pub const fn as_dollars(self) -> i64 {
        self.0
    }

    /// `self + other`, or nothing when the sum leaves what money may be.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self).filter(|sum| sum.within_limit())
    }

    /// `self + other`, as far as dollars can be counted: for sums of what somebody else has written.
    #[must_use]
    pub fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// `self - other`, or nothing when the difference leaves what money may be.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self).filter(|difference| difference.within_limit())
    }

    /// `self × times`, or nothing when the product leaves what money may be.
    #[must_use]
    pub fn checked_mul(self, times: u32) -> Option<Self> {
        self.0.checked_mul(i64::from(times)).map(Self).filter(|product| product.within_limit())
    }

    /// Whether this is exactly nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The same, for serde, which hands out references.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.is_zero()
    }

    /// Whether this is more than nothing.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    fn within_limit(self) -> bool {
        self.0.unsigned_abs() <= Self::LIMIT.0.unsigned_abs()
    }
}

/// Digits with thousands separated: `1,250`, `-30`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if self.0 < 0 {
            text.push('-');
        }
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        f.pad_integral(true, "", &text)
    }
}

/// Adds what is already known to be in bounds, such as the lines of one cart.
///
/// # Panics
/// When the sum leaves [`Money::LIMIT`]: each part was checked on its way in, so this is a broken invariant.
impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |total, part| {
            total.checked_add(part).expect("a sum of checked amounts stays within the limit")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_thousands() {
        for (dollars, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (12_345, "12,345")]
        {
            assert_eq!(Money::dollars(dollars).to_string(), text);
        }
    }

    #[test]
    fn a_sum_beyond_the_limit_is_nothing_rather_than_wrong() {
        assert_eq!(Money::LIMIT.checked_add(Money::dollars(1)), None);
        assert_eq!(Money::dollars(i64::MAX).checked_mul(2), None);
        assert_eq!(Money::dollars(300).checked_sub(Money::dollars(301)), Some(Money::dollars(-1)));
    }
}
