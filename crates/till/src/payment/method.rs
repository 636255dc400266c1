//! The ways to pay online that a counter can offer.

use serde::{Deserialize, Serialize};

/// A way to pay online; ECPay's `ChoosePayment` (ECPay doc 2864) says the same on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The customer chooses on the gateway's page.
    All,
    /// A card.
    Credit,
    /// TWQR mobile payment.
    Twqr,
    /// Apple Pay.
    ApplePay,
    /// A bank's web ATM with a card reader.
    WebAtm,
    /// A virtual account, paid later.
    Atm,
    /// A convenience-store code, paid later.
    Cvs,
    /// A three-part convenience-store barcode, paid later.
    Barcode,
    /// Buy now, pay later.
    Bnpl,
    /// WeChat Pay.
    Weixin,
    /// Other wallets.
    DigitalPayment,
}

impl Method {
    /// Every method, in the order a counter offers them.
    pub const EVERY: [Self; 11] = [
        Self::All,
        Self::Credit,
        Self::Twqr,
        Self::ApplePay,
        Self::DigitalPayment,
        Self::Weixin,
        Self::Bnpl,
        Self::WebAtm,
        Self::Atm,
        Self::Cvs,
        Self::Barcode,
    ];

    /// The method as reports and settings write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Credit => "credit",
            Self::Twqr => "twqr",
            Self::ApplePay => "apple_pay",
            Self::WebAtm => "web_atm",
            Self::Atm => "atm",
            Self::Cvs => "cvs",
            Self::Barcode => "barcode",
            Self::Bnpl => "bnpl",
            Self::Weixin => "weixin",
            Self::DigitalPayment => "digital_payment",
        }
    }

    /// Whether the customer may come away with a code to pay later instead of having paid.
    #[must_use]
    pub const fn may_issue_code(self) -> bool {
        matches!(self, Self::All | Self::Atm | Self::Cvs | Self::Barcode | Self::Bnpl)
    }

    /// The method of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|method| method.name() == name)
    }
}
