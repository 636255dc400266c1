//! What is taken off a line or a whole sale, in whole dollars.

use serde::{Deserialize, Serialize};

use crate::money::Money;

/// What is taken off, as the cashier says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Discount {
    /// So many dollars; never more than there is to take off from.
    Amount {
        /// How many.
        amount: Money,
    },
    /// So many per cent: 10 is what a shop calls 9 折.
    Percent {
        /// 1 to 100.
        percent: u8,
    },
}

impl Discount {
    /// Whether it takes something off, and not more than everything.
    #[must_use]
    pub fn is_sensible(&self) -> bool {
        match self {
            Self::Amount { amount } => amount.is_positive() && *amount <= Money::LIMIT,
            Self::Percent { percent } => (1..=100).contains(percent),
        }
    }

    /// What it takes off `base`: whole dollars, half a dollar in the customer's favour, never more than `base`.
    #[must_use]
    pub fn off(&self, base: Money) -> Money {
        let dollars = base.as_dollars();
        match self {
            Self::Amount { amount } => (*amount).min(base),
            Self::Percent { percent } => Money::dollars((dollars * i64::from(*percent) + 50) / 100),
        }
    }
}

/// `whole` divided over `parts` in proportion to them, in whole dollars that add up to `whole` exactly: each gets its
/// share rounded down, and the dollars left over go to the largest remainders, the earlier first.
///
/// No share is larger than its part when `whole` is no larger than all of them together. Nothing is divided where the
/// parts come to nothing.
#[must_use]
pub fn shares(whole: Money, parts: &[Money]) -> Vec<Money> {
    let all: i128 = parts.iter().map(|part| i128::from(part.as_dollars())).sum();
    if all == 0 || whole.is_zero() {
        return vec![Money::ZERO; parts.len()];
    }
    let whole = i128::from(whole.as_dollars());
    let exact: Vec<i128> = parts.iter().map(|part| whole * i128::from(part.as_dollars())).collect();
    let mut dollars: Vec<i128> = exact.iter().map(|share| share / all).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| (-(exact[*at] % all), *at));
    let left = whole - dollars.iter().sum::<i128>();
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        dollars[at] += 1;
    }
    dollars.into_iter().map(|share| Money::dollars(i64::try_from(share).unwrap_or(0))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(dollars: &[i64]) -> Vec<Money> {
        dollars.iter().copied().map(Money::dollars).collect()
    }

    #[test]
    fn a_percentage_is_rounded_to_the_dollar_half_a_dollar_for_the_customer() {
        for (base, percent, off) in [(100, 10, 10), (35, 10, 4), (34, 10, 3), (5, 5, 0), (10, 5, 1), (99, 100, 99)] {
            assert_eq!(
                Discount::Percent { percent }.off(Money::dollars(base)),
                Money::dollars(off),
                "{percent} of {base}"
            );
        }
        let fifty = Discount::Amount { amount: Money::dollars(50) };
        assert_eq!(
            (fifty.off(Money::dollars(80)), fifty.off(Money::dollars(30))),
            (Money::dollars(50), Money::dollars(30))
        );
    }

    #[test]
    fn shares_add_up_and_the_largest_remainders_get_what_is_left() {
        assert_eq!(shares(Money::dollars(10), &money(&[35, 35, 30])), money(&[4, 3, 3]));
        assert_eq!(shares(Money::dollars(1), &money(&[10, 10, 80])), money(&[0, 0, 1]));
        assert_eq!(shares(Money::dollars(7), &money(&[0, 5, 2])), money(&[0, 5, 2]));
        assert_eq!(shares(Money::dollars(5), &money(&[0, 0])), money(&[0, 0]));
    }

    #[test]
    fn nothing_and_more_than_everything_are_not_sensible() {
        for percent in [0, 101, 255] {
            assert!(!Discount::Percent { percent }.is_sensible(), "{percent} %");
        }
        for dollars in [0, -5] {
            assert!(!Discount::Amount { amount: Money::dollars(dollars) }.is_sensible(), "{dollars} dollars");
        }
    }
}
