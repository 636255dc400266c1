//! What is bought and how it is paid, as the command line says it.

use std::str::FromStr;

use register::view::Method;

/// A barcode or product code, and how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    code: String,
    quantity: u32,
}

impl Item {
    /// As a scanner and a cashier would enter it.
    pub(crate) fn as_scanned(&self) -> String {
        format!("{}*{}", self.quantity, self.code)
    }
}

impl FromStr for Item {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (code, quantity) = text.rsplit_once('*').unwrap_or((text, "1"));
        if code.trim().is_empty() {
            return Err("there is no barcode before the quantity".to_owned());
        }
        let quantity = quantity.parse().map_err(|_| format!("{quantity:?} is not a quantity"))?;
        Ok(Self { code: code.to_owned(), quantity })
    }
}

/// How it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pay {
    /// So many dollars are handed over.
    Cash(i64),
    /// Through the gateway.
    Online(Method),
}

impl FromStr for Pay {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':').unwrap_or((text, "")) {
            ("cash", amount) => amount
                .parse()
                .map(Self::Cash)
                .map_err(|_| "cash comes with a whole number of dollars, such as cash:500".to_owned()),
            ("ecpay", "") => Ok(Self::Online(Method::All)),
            ("ecpay", method) => {
                let name = method.to_lowercase().replace(['_', '-'], "");
                let known = till::payment::Method::EVERY.into_iter();
                let mut found = known.filter(|known| known.name().replace('_', "") == name);
                found.next().map(|method| Self::Online(method.into())).ok_or_else(|| {
                    let names: Vec<_> = till::payment::Method::EVERY.iter().map(|method| method.name()).collect();
                    format!("there is no method {method:?}: it is one of {}", names.join(", "))
                })
            }
            _ => Err("it is cash:AMOUNT, ecpay or ecpay:METHOD".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_argument_breaks_the_reader(text in prop_oneof![any::<String>(), "[0-9]{0,30}\\*?[0-9]{0,30}", "(cash|ecpay):?.{0,30}"]) {
            if let Ok(item) = text.parse::<Item>() {
                prop_assert!(item.as_scanned().ends_with(&item.code));
            }
            if let Err(error) = text.parse::<Pay>() {
                prop_assert!(!error.is_empty());
            }
        }
    }

    #[test]
    fn an_item_is_a_code_and_after_the_last_star_how_many() {
        let scanned = |text: &str| text.parse::<Item>().map(|item| item.as_scanned());
        assert_eq!(scanned("4719910079193"), Ok("1*4719910079193".to_owned()));
        assert_eq!(scanned("4719910079193*12"), Ok("12*4719910079193".to_owned()));
        for wrong in ["", "*", "*3", "1*x", "1*-1", "1*1.5", "1*99999999999"] {
            assert!(scanned(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_method_may_be_written_our_way_or_the_gateways() {
        for text in ["ecpay:apple_pay", "ecpay:ApplePay", "ecpay:apple-pay"] {
            assert_eq!(text.parse::<Pay>(), Ok(Pay::Online(Method::ApplePay)));
        }
        assert_eq!("ecpay".parse::<Pay>(), Ok(Pay::Online(Method::All)));
        assert_eq!("ecpay:ALL".parse::<Pay>(), Ok(Pay::Online(Method::All)));
        assert_eq!("cash:500".parse::<Pay>(), Ok(Pay::Cash(500)));
        for wrong in ["", "cash", "cash:", "cash:5.5", "cash:NT$5", "ecpay:cheque", "card"] {
            assert!(wrong.parse::<Pay>().is_err(), "{wrong}");
        }
    }
}
