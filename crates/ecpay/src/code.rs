//! A payment code: what the customer takes along to pay later (docs 2881, 5615 and 37517).

use crate::fields::Fields;
use crate::time::TaipeiTime;
use crate::trade::{PaymentFamily, PaymentType};

/// RtnCode of an issued ATM account and of a received pay-later application.
pub const CODE_ISSUED: &str = "2";

/// RtnCode of an issued convenience-store code or set of barcodes.
pub const STORE_CODE_ISSUED: &str = "10100073";

/// The code itself. Having one means: order exists, **not paid**.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeKind {
    /// A bank account to transfer to.
    Atm {
        /// Three digits of the bank.
        bank_code: String,
        /// The account at that bank.
        account: String,
        /// The last second it can be paid, if legible.
        expires: Option<TaipeiTime>,
    },
    /// A code to type into a convenience store's kiosk.
    Cvs {
        /// The code.
        payment_no: String,
        /// A page that shows it as a barcode, where the gateway gives one.
        payment_url: Option<String>,
        /// The last second it can be paid, if legible.
        expires: Option<TaipeiTime>,
    },
    /// Three barcodes for the convenience store's cashier to scan.
    Barcode {
        /// In the order they are scanned.
        segments: [String; 3],
        /// The last second they can be paid, if legible.
        expires: Option<TaipeiTime>,
    },
    /// A pay-later application that is being looked at.
    Bnpl {
        /// The application's number.
        application: Option<String>,
        /// Number of instalments.
        instalments: Option<String>,
    },
}

impl CodeKind {
    /// When it stops being payable.
    #[must_use]
    pub fn expires(&self) -> Option<TaipeiTime> {
        match self {
            Self::Atm { expires, .. } | Self::Cvs { expires, .. } | Self::Barcode { expires, .. } => *expires,
            Self::Bnpl { .. } => None,
        }
    }

    /// Whether this RtnCode says that a code was issued.
    pub(crate) fn is_issued(rtn_code: &str) -> bool {
        rtn_code == CODE_ISSUED || rtn_code == STORE_CODE_ISSUED
    }

    /// Takes the code out of a verified message, or names the field that should have had it.
    pub(crate) fn read(fields: &Fields) -> Result<Self, &'static str> {
        let owned = |name| fields.filled(name).map(str::to_owned);
        let expires = fields.filled("ExpireDate").and_then(expiry);
        let family = fields.get("PaymentType").and_then(PaymentType::parse).map(|paid| paid.family());
        if let Some(account) = owned("vAccount") {
            let bank_code = owned("BankCode").ok_or("BankCode")?;
            return Ok(Self::Atm { bank_code, account, expires });
        }
        if let Some(first) = owned("Barcode1") {
            let segments = [first, owned("Barcode2").ok_or("Barcode2")?, owned("Barcode3").ok_or("Barcode3")?];
            return Ok(Self::Barcode { segments, expires });
        }
        if let Some(payment_no) = owned("PaymentNo") {
            return Ok(Self::Cvs { payment_no, payment_url: owned("PaymentURL"), expires });
        }
        if family == Some(PaymentFamily::Bnpl) || fields.filled("BNPLTradeNo").is_some() {
            return Ok(Self::Bnpl { application: owned("BNPLTradeNo"), instalments: owned("BNPLInstallment") });
        }
        Err(match family {
            Some(PaymentFamily::Atm) => "vAccount",
            Some(PaymentFamily::Barcode) => "Barcode1",
            _ => "PaymentNo",
        })
    }
}

/// An ATM account expires with a day, the others at a second.
fn expiry(text: &str) -> Option<TaipeiTime> {
    TaipeiTime::parse(text).or_else(|_| TaipeiTime::parse_end_of_day(text)).ok()
}
