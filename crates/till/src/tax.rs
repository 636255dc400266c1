//! Business tax: 5 %, included in every shelf price. Derived once, here, and never recomputed on paper.

use serde::{Deserialize, Serialize};

use crate::money::Money;

/// How a product is taxed (營業稅).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxKind {
    /// 應稅: 5 % is included in the price.
    Taxable,
    /// 零稅率: sold at a rate of nought.
    ZeroRated,
    /// 免稅: outside the tax, such as fresh produce.
    Exempt,
}

/// The tax included in `total` of taxable goods: total / 21, rounded. 21 is odd, so no total is ever half way and every
/// rounding rule agrees.
#[must_use]
pub fn included_in(total: Money) -> Money {
    let dollars = total.as_dollars();
    Money::dollars((dollars * 2 + 21 * dollars.signum()) / 42)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_is_a_twenty_first_of_the_total() {
        for (total, tax) in
            [(0, 0), (1, 0), (10, 0), (11, 1), (21, 1), (31, 1), (32, 2), (105, 5), (300, 14), (-105, -5)]
        {
            assert_eq!(included_in(Money::dollars(total)), Money::dollars(tax), "of {total}");
        }
    }
}
