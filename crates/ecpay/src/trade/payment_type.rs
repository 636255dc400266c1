//! How an order was paid: the PaymentType of replies and notices (doc 5686).

use std::fmt;

/// The part of a PaymentType that decides how money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentFamily {
    /// Card.
    Credit,
    /// Instalments over 30 periods (`Flexible_Installment`), a card product.
    FlexibleInstallment,
    /// Apple Pay.
    ApplePay,
    /// Google Pay.
    GooglePay,
    /// TWQR wallet.
    Twqr,
    /// WeChat Pay.
    WeiXin,
    /// Bank transfer to an issued account.
    Atm,
    /// Bank card in a reader.
    WebAtm,
    /// Convenience-store code.
    Cvs,
    /// Convenience-store barcodes.
    Barcode,
    /// Pay later.
    Bnpl,
    /// Electronic wallet.
    DigitalPayment,
    /// Something this version does not know.
    Other,
}

/// A PaymentType as received, split at the first `_`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PaymentType {
    raw: String,
    family: PaymentFamily,
}

impl PaymentType {
    /// Reads a PaymentType that is not blank.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        if raw.is_empty() {
            return None;
        }
        let head = raw.split_once('_').map_or(raw, |(head, _)| head);
        let family = match head {
            "Credit" => PaymentFamily::Credit,
            "Flexible" => PaymentFamily::FlexibleInstallment,
            "ApplePay" => PaymentFamily::ApplePay,
            "GooglePay" => PaymentFamily::GooglePay,
            "TWQR" => PaymentFamily::Twqr,
            "WeiXin" => PaymentFamily::WeiXin,
            "ATM" => PaymentFamily::Atm,
            "WebATM" => PaymentFamily::WebAtm,
            "CVS" => PaymentFamily::Cvs,
            "BARCODE" => PaymentFamily::Barcode,
            "BNPL" => PaymentFamily::Bnpl,
            "DigitalPayment" => PaymentFamily::DigitalPayment,
            _ => PaymentFamily::Other,
        };
        Some(Self { raw: raw.to_owned(), family })
    }

    /// What kind of payment it is.
    #[must_use]
    pub fn family(&self) -> PaymentFamily {
        self.family
    }

    /// Bank, chain or provider, such as `CHINATRUST` or `IBON`.
    #[must_use]
    pub fn sub(&self) -> Option<&str> {
        self.raw.split_once('_').map(|(_, sub)| sub)
    }

    /// The text as received.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }
}

impl fmt::Display for PaymentType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_type_is_a_family_and_perhaps_a_part() {
        for (raw, family, sub) in [
            ("Credit_CreditCard", PaymentFamily::Credit, Some("CreditCard")),
            ("Flexible_Installment", PaymentFamily::FlexibleInstallment, Some("Installment")),
            ("ApplePay", PaymentFamily::ApplePay, None),
            ("TWQR_OPAY", PaymentFamily::Twqr, Some("OPAY")),
            ("WeiXin", PaymentFamily::WeiXin, None),
            ("WeiXin_OPAY", PaymentFamily::WeiXin, Some("OPAY")),
            ("ATM_CHINATRUST", PaymentFamily::Atm, Some("CHINATRUST")),
            ("WebATM_BOT", PaymentFamily::WebAtm, Some("BOT")),
            ("CVS_IBON", PaymentFamily::Cvs, Some("IBON")),
            ("BARCODE_BARCODE", PaymentFamily::Barcode, Some("BARCODE")),
            ("BNPL_ZINGALA", PaymentFamily::Bnpl, Some("ZINGALA")),
            ("DigitalPayment_iPASS", PaymentFamily::DigitalPayment, Some("iPASS")),
            ("AndroidPay", PaymentFamily::Other, None),
        ] {
            let parsed = PaymentType::parse(raw).unwrap();
            assert_eq!((parsed.family(), parsed.sub(), parsed.raw()), (family, sub, raw));
        }
        assert_eq!(PaymentType::parse(""), None);
    }
}
