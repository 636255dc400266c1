//! An order's number at the shop and at ECPay.

use std::fmt;

const LONGEST: usize = 20;

/// A text that is no order number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an order number is 1 to 20 letters and digits")]
pub struct TradeNoError;

macro_rules! order_number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Takes 1 to 20 ASCII letters and digits.
            ///
            /// # Errors
            /// [`TradeNoError`] for anything else.
            pub fn parse(text: &str) -> Result<Self, TradeNoError> {
                let allowed = text.bytes().all(|b| b.is_ascii_alphanumeric());
                if allowed && (1..=LONGEST).contains(&text.len()) { Ok(Self(text.to_owned())) } else { Err(TradeNoError) }
            }

            /// The letters and digits.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = TradeNoError;

            fn from_str(text: &str) -> Result<Self, TradeNoError> {
                Self::parse(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

order_number! {
    /// The shop's number of one attempt to collect money (特店交易編號). Unique for ever per merchant: the gateway
    /// counts it as used as soon as the form is submitted, paid or not (doc 2864).
    MerchantTradeNo
}

order_number! {
    /// ECPay's number of the same attempt (綠界交易編號). Refunds need it.
    TradeNo
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_to_twenty_letters_and_digits() {
        for good in ["1", "T12601051234560A1B", "paidcli1782998612529", "D9RMXNrihUYM"] {
            assert_eq!(MerchantTradeNo::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "paidcli-probe-001", "123456789012345678901", "a b", "茶", "a\n"] {
            assert_eq!(MerchantTradeNo::parse(bad), Err(TradeNoError), "{bad:?}");
            assert_eq!(TradeNo::parse(bad), Err(TradeNoError), "{bad:?}");
        }
    }
}
