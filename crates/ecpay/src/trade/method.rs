//! What the customer may pay with: the values of ChoosePayment (doc 2864).

use std::fmt;

/// A way to pay, as asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PaymentMethod {
    /// The customer chooses on ECPay's page.
    All,
    /// Card, also UnionPay and Google Pay.
    Credit,
    /// TWQR wallet.
    Twqr,
    /// Apple Pay; Apple devices only.
    ApplePay,
    /// Bank card in a reader; not on phones.
    WebAtm,
    /// A bank account number to transfer to.
    Atm,
    /// A code to pay at a convenience store.
    Cvs,
    /// Three barcodes to pay at a convenience store.
    Barcode,
    /// Pay later.
    Bnpl,
    /// WeChat Pay.
    WeiXin,
    /// Electronic wallets such as Jkopay and iPASS.
    DigitalPayment,
}

/// ECPay's own word for [`PaymentMethod`].
pub type ChoosePayment = PaymentMethod;

/// A text that names no way to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such payment method")]
pub struct PaymentMethodError;

impl PaymentMethod {
    /// Every value, the customer's choice first.
    pub const EVERY: [Self; 11] = [
        Self::All,
        Self::Credit,
        Self::Twqr,
        Self::ApplePay,
        Self::WebAtm,
        Self::Atm,
        Self::Cvs,
        Self::Barcode,
        Self::Bnpl,
        Self::WeiXin,
        Self::DigitalPayment,
    ];

    /// The text on the wire.
    #[must_use]
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::All => "ALL",
            Self::Credit => "Credit",
            Self::Twqr => "TWQR",
            Self::ApplePay => "ApplePay",
            Self::WebAtm => "WebATM",
            Self::Atm => "ATM",
            Self::Cvs => "CVS",
            Self::Barcode => "BARCODE",
            Self::Bnpl => "BNPL",
            Self::WeiXin => "WeiXin",
            Self::DigitalPayment => "DigitalPayment",
        }
    }

    /// The method with exactly this text on the wire.
    #[must_use]
    pub fn from_wire(text: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|method| method.wire_name() == text)
    }

    /// Whether the customer gets a code now and pays with it later, somewhere else.
    #[must_use]
    pub fn issues_code(self) -> bool {
        matches!(self, Self::Atm | Self::Cvs | Self::Barcode)
    }
}

impl fmt::Display for PaymentMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.wire_name())
    }
}

impl std::str::FromStr for PaymentMethod {
    type Err = PaymentMethodError;

    /// As on the wire, without regard to case: for settings and command lines.
    fn from_str(text: &str) -> Result<Self, PaymentMethodError> {
        let matches = |method: &Self| method.wire_name().eq_ignore_ascii_case(text);
        Self::EVERY.into_iter().find(matches).ok_or(PaymentMethodError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_lead_back() {
        for method in PaymentMethod::EVERY {
            assert_eq!(PaymentMethod::from_wire(method.wire_name()), Some(method));
            assert_eq!(method.wire_name().to_lowercase().parse(), Ok(method));
        }
        assert_eq!(PaymentMethod::from_wire("atm"), None);
        assert_eq!("cash".parse::<PaymentMethod>(), Err(PaymentMethodError));
    }
}
