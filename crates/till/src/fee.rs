//! What the gateway keeps for itself, and when it pays out: an estimate from what the shop's contract says. What it did
//! keep stands in its statements.

use std::collections::BTreeMap;
use std::str::FromStr;

use thiserror::Error;

use crate::money::Money;
use crate::payment::Method;
use crate::range::{OnlineFigure, Outcome};
use crate::time::Day;

/// What one method costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fee {
    /// The part of the amount.
    pub rate: Rate,
    /// Beside that for each payment.
    pub each: Money,
    /// So many days after the payment it is paid out.
    pub days: u16,
}

/// A part of an amount, in hundredths of a per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate(u32);

/// What was given as a rate is none.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("a rate is 0 to 100 per cent with at most two decimals, such as 2.75")]
pub struct NoRate;

impl FromStr for Rate {
    type Err = NoRate;
    fn from_str(text: &str) -> Result<Self, NoRate> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(part) || whole.len() > 3 || part.len() > 2 {
            return Err(NoRate);
        }
        let whole: u32 = whole.parse().map_err(|_| NoRate)?;
        let part: u32 = format!("{part:0<2}").parse().map_err(|_| NoRate)?;
        let rate = whole * 100 + part;
        if rate <= 10_000 { Ok(Self(rate)) } else { Err(NoRate) }
    }
}

impl Fee {
    /// What so many payments cost, to the dollar.
    #[must_use]
    pub fn of(&self, payments: Outcome) -> Money {
        let part = i128::from(payments.amount.as_dollars()) * i128::from(self.rate.0);
        let part = i64::try_from((part + 5_000) / 10_000).unwrap_or(i64::MAX);
        let each = i64::try_from(payments.count).unwrap_or(i64::MAX).saturating_mul(self.each.as_dollars());
        Money::dollars(part.saturating_add(each))
    }

    /// When what was paid on that day is paid out.
    #[must_use]
    pub fn paid_out(&self, day: Day) -> Day {
        Day::numbered(day.number() + i64::from(self.days)).unwrap_or(day)
    }
}

/// What each method costs, as far as somebody has said.
pub type Fees = BTreeMap<Method, Fee>;

/// What the payments of one method cost together; nothing where none was paid or nobody has said.
#[must_use]
pub fn estimate(fees: &Fees, online: &OnlineFigure) -> Option<(Fee, Money)> {
    let fee = fees.get(&Method::named(&online.method)?).filter(|_| online.paid.count > 0)?;
    Some((*fee, fee.of(online.paid)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fee_is_a_part_of_the_amount_and_so_much_for_each() {
        let fee = Fee { rate: "2.75".parse().expect("a rate"), each: Money::dollars(5), days: 3 };
        let two = Outcome { count: 2, amount: Money::dollars(1_000) };
        assert_eq!(fee.of(two), Money::dollars(28 + 10), "27.5 is rounded up");
        assert_eq!(fee.paid_out("2026-11-29".parse().expect("a day")).to_string(), "2026-12-02");
        assert_eq!("1".parse::<Rate>(), Ok(Rate(100)));
        assert_eq!("0.5".parse::<Rate>(), Ok(Rate(50)));
        for no_rate in ["", ".", "1.", "-1", "100.01", "2.755", "2,75", "1e2", "９"] {
            assert_eq!(no_rate.parse::<Rate>(), Err(NoRate), "{no_rate}");
        }
    }
}
