//! The ways to pay that a cashier page can offer, their sub-methods, limits and fees (ECPay docs 2864, 5686).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A value of `ChoosePayment` other than `ALL`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Method {
    /// Credit card.
    Credit,
    /// TWQR: the customer's wallet app scans the page.
    #[serde(rename = "TWQR")]
    Twqr,
    /// Apple Pay.
    ApplePay,
    /// WeChat Pay.
    WeiXin,
    /// E-wallets: Jkopay, iPASS.
    DigitalPayment,
    /// Net ATM with a card reader.
    #[serde(rename = "WebATM")]
    WebAtm,
    /// A virtual account to transfer to.
    #[serde(rename = "ATM")]
    Atm,
    /// A code typed into a convenience store's kiosk.
    #[serde(rename = "CVS")]
    Cvs,
    /// Three barcodes scanned at a convenience store's counter.
    #[serde(rename = "BARCODE")]
    Barcode,
    /// Pay later.
    #[serde(rename = "BNPL")]
    Bnpl,
}

/// A bank, chain or wallet within a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sub {
    /// As in `ChooseSubPayment` and after the underscore of `PaymentType`.
    pub(crate) code: &'static str,
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
}

impl Method {
    /// Every method, in the order in which the page offers them.
    pub const ALL: [Self; 10] = [
        Self::Credit,
        Self::Twqr,
        Self::ApplePay,
        Self::WeiXin,
        Self::DigitalPayment,
        Self::WebAtm,
        Self::Atm,
        Self::Cvs,
        Self::Barcode,
        Self::Bnpl,
    ];

    /// As in `ChoosePayment`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Credit => "Credit",
            Self::Twqr => "TWQR",
            Self::ApplePay => "ApplePay",
            Self::WeiXin => "WeiXin",
            Self::DigitalPayment => "DigitalPayment",
            Self::WebAtm => "WebATM",
            Self::Atm => "ATM",
            Self::Cvs => "CVS",
            Self::Barcode => "BARCODE",
            Self::Bnpl => "BNPL",
        }
    }

    /// Whether the customer gets a code now and pays it elsewhere, later.
    #[must_use]
    pub const fn is_code(self) -> bool {
        matches!(self, Self::Atm | Self::Cvs | Self::Barcode)
    }

    /// Whether it settles as a card payment. That Apple Pay does is an assumption.
    pub(crate) const fn is_card(self) -> bool {
        matches!(self, Self::Credit | Self::ApplePay)
    }

    pub(crate) const fn subs(self) -> &'static [Sub] {
        match self {
            Self::Atm => &ATM_BANKS,
            Self::WebAtm => ATM_BANKS.split_at(4).0,
            Self::Cvs => &CHAINS,
            Self::Barcode => &[Sub { code: "BARCODE", zh: "超商條碼", en: "Store barcode" }],
            Self::Bnpl => &[
                Sub { code: "URICH", zh: "裕富數位 無卡分期", en: "URICH" },
                Sub { code: "ZINGALA", zh: "中租 銀角零卡", en: "ZINGALA" },
            ],
            Self::DigitalPayment => &[
                Sub { code: "Jkopay", zh: "街口支付", en: "JKOPAY" },
                Sub { code: "iPASS", zh: "一卡通", en: "iPASS" },
            ],
            Self::Credit | Self::Twqr | Self::ApplePay | Self::WeiXin => &[],
        }
    }

    pub(crate) fn sub(self, code: &str) -> Option<Sub> {
        self.subs().iter().copied().find(|sub| sub.code == code)
    }

    /// `PaymentType` of replies and notices (ECPay doc 5686).
    pub(crate) fn payment_type(self, sub: &str) -> String {
        match self {
            Self::Credit => "Credit_CreditCard".to_owned(),
            Self::Twqr => "TWQR_OPAY".to_owned(),
            Self::WeiXin => "WeiXin_OPAY".to_owned(),
            Self::ApplePay => "ApplePay".to_owned(),
            Self::DigitalPayment | Self::WebAtm | Self::Atm | Self::Cvs | Self::Barcode | Self::Bnpl => {
                format!("{}_{sub}", self.as_str())
            }
        }
    }

    /// The amounts a contract usually allows, whole dollars, both ends included: ECPay docs 36991, 56448, 36659 and the
    /// public price page. Where only "contract" is documented, the card's.
    #[must_use]
    pub const fn usual_limits(self) -> (i64, i64) {
        match self {
            Self::Credit | Self::ApplePay | Self::DigitalPayment => (5, 199_999),
            Self::Twqr => (6, 49_999),
            Self::WeiXin => (6, 500_000),
            Self::WebAtm | Self::Atm => (11, 49_999),
            Self::Cvs => (33, 6_000),
            Self::Barcode => (17, 20_000),
            Self::Bnpl => (50, 500_000),
        }
    }

    /// (transaction fee, processing fee) in whole dollars, as seen on the stage server: a card payment of 1,234 showed
    /// 30 and 1; ATM 1 %, store code 26, store barcode 15. The others are guesses in the card's manner.
    pub(crate) const fn fees(self, amount: i64) -> (i64, i64) {
        match self {
            Self::Credit | Self::ApplePay | Self::WeiXin | Self::DigitalPayment | Self::Bnpl => (amount * 25 / 1000, 1),
            Self::Twqr => (amount * 15 / 1000, 0),
            Self::WebAtm | Self::Atm => (amount / 100, 0),
            Self::Cvs => (26, 0),
            Self::Barcode => (15, 0),
        }
    }

    /// The bank code of a virtual account (ECPay doc 44089).
    pub(crate) fn bank_code(sub: &str) -> &'static str {
        match sub {
            "BOT" => "004",
            "LAND" => "005",
            "FIRST" => "007",
            "CATHAY" => "013",
            "PANHSIN" => "118",
            _ => "822",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no method of [`Method::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMethod(pub String);

impl fmt::Display for UnknownMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no such way to pay: {}", self.0)
    }
}

impl std::error::Error for UnknownMethod {}

impl FromStr for Method {
    type Err = UnknownMethod;

    /// Reads a `ChoosePayment` value; upper and lower case do not matter, so that a command line may say `credit`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(text));
        found.ok_or_else(|| UnknownMethod(text.chars().take(40).collect()))
    }
}

// The first four are also the net-ATM banks (ECPay doc 11031).
const ATM_BANKS: [Sub; 6] = [
    Sub { code: "BOT", zh: "臺灣銀行", en: "Bank of Taiwan" },
    Sub { code: "CHINATRUST", zh: "中國信託", en: "CTBC Bank" },
    Sub { code: "FIRST", zh: "第一銀行", en: "First Bank" },
    Sub { code: "LAND", zh: "土地銀行", en: "Land Bank" },
    Sub { code: "CATHAY", zh: "國泰世華", en: "Cathay United Bank" },
    Sub { code: "PANHSIN", zh: "板信銀行", en: "Bank of Panhsin" },
];

const CHAINS: [Sub; 5] = [
    Sub { code: "CVS", zh: "不限超商", en: "Any store" },
    Sub { code: "IBON", zh: "7-ELEVEN ibon", en: "7-ELEVEN ibon" },
    Sub { code: "FAMILY", zh: "全家 FamiPort", en: "FamilyMart" },
    Sub { code: "HILIFE", zh: "萊爾富 Life-ET", en: "Hi-Life" },
    Sub { code: "OK", zh: "OK 超商", en: "OK mart" },
];

#[cfg(test)]
mod tests {
    use super::Method;

    #[test]
    fn every_method_reads_back_from_its_name() {
        for method in Method::ALL {
            assert_eq!(method.as_str().parse::<Method>(), Ok(method));
            assert_eq!(method.as_str().to_lowercase().parse::<Method>(), Ok(method));
            assert_eq!(serde_json::to_value(method).unwrap(), method.as_str());
        }
        assert!("ALL".parse::<Method>().is_err());
    }

    #[test]
    fn a_card_payment_of_1234_costs_what_the_stage_server_showed() {
        let (handling, processing) = Method::Credit.fees(1_234);
        assert_eq!((handling, handling + processing), (30, 31));
    }
}
