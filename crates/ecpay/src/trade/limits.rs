//! How little and how much each way to pay can take.

use std::collections::BTreeMap;

use super::{Amount, PaymentMethod};

/// Smallest and largest amount of one method, both included, in dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Smallest.
    pub min: u32,
    /// Largest.
    pub max: u32,
}

/// An amount that a method cannot take. The gateway would answer 5100070 on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{method} takes {min} to {max} dollars")]
pub struct LimitError {
    /// The method.
    pub method: PaymentMethod,
    /// Its smallest amount in dollars.
    pub min: u32,
    /// Its largest amount in dollars.
    pub max: u32,
}

/// Amount limits per method. They depend on the shop's contract: the default is what ECPay publishes for everybody
/// (price page; docs 36991, 56448, 36659), and each can be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits(BTreeMap<PaymentMethod, Range>);

impl Default for Limits {
    fn default() -> Self {
        use PaymentMethod::{ApplePay, Atm, Barcode, Bnpl, Credit, Cvs, Twqr, WebAtm, WeiXin};
        let published = [
            (Credit, 5, 199_999),
            (ApplePay, 5, 199_999),
            (Twqr, 6, 49_999),
            (WebAtm, 11, 49_999),
            (Atm, 11, 49_999),
            (Cvs, 33, 6_000),
            (Barcode, 17, 20_000),
            (Bnpl, 50, 500_000),
            (WeiXin, 6, 500_000),
        ];
        Self(published.into_iter().map(|(method, min, max)| (method, Range { min, max })).collect())
    }
}

impl Limits {
    /// Replaces the limits of one method.
    #[must_use]
    pub fn with(mut self, method: PaymentMethod, min: Amount, max: Amount) -> Self {
        self.0.insert(method, Range { min: min.dollars(), max: max.dollars() });
        self
    }

    /// The limits of a method, if it has any of its own.
    #[must_use]
    pub fn range(&self, method: PaymentMethod) -> Option<Range> {
        self.0.get(&method).copied()
    }

    /// Whether the method takes this amount. `All` and methods without a limit take every amount: what the page
    /// then offers is [`Self::methods_for`].
    ///
    /// # Errors
    /// [`LimitError`] with the method's limits.
    pub fn allows(&self, method: PaymentMethod, amount: Amount) -> Result<(), LimitError> {
        match self.range(method) {
            Some(Range { min, max }) if !(min..=max).contains(&amount.dollars()) => {
                Err(LimitError { method, min, max })
            }
            _ => Ok(()),
        }
    }

    /// The methods (other than `All`) that take this amount.
    pub fn methods_for(&self, amount: Amount) -> impl Iterator<Item = PaymentMethod> + '_ {
        let offered = |method: &PaymentMethod| *method != PaymentMethod::All;
        PaymentMethod::EVERY.into_iter().filter(offered).filter(move |method| self.allows(*method, amount).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dollars(n: u32) -> Amount {
        Amount::new(n).unwrap()
    }

    #[test]
    fn both_ends_are_allowed_and_nothing_beyond() {
        let limits = Limits::default();
        for method in PaymentMethod::EVERY {
            let Some(Range { min, max }) = limits.range(method) else { continue };
            assert_eq!(limits.allows(method, dollars(min)), Ok(()));
            assert_eq!(limits.allows(method, dollars(max)), Ok(()));
            assert_eq!(limits.allows(method, dollars(min - 1)), Err(LimitError { method, min, max }));
            assert_eq!(limits.allows(method, dollars(max + 1)), Err(LimitError { method, min, max }));
        }
        assert_eq!(limits.allows(PaymentMethod::All, dollars(1)), Ok(()));
    }

    #[test]
    fn a_contract_replaces_a_limit() {
        let limits = Limits::default().with(PaymentMethod::Cvs, dollars(31), dollars(20_000));
        assert_eq!(limits.allows(PaymentMethod::Cvs, dollars(20_000)), Ok(()));
        assert_eq!(
            limits.allows(PaymentMethod::Cvs, dollars(30)).unwrap_err().to_string(),
            "CVS takes 31 to 20000 dollars"
        );
    }

    #[test]
    fn a_small_amount_leaves_few_methods() {
        let left: Vec<_> = Limits::default().methods_for(dollars(10)).map(PaymentMethod::wire_name).collect();
        assert_eq!(left, ["Credit", "TWQR", "ApplePay", "WeiXin", "DigitalPayment"]);
    }
}
