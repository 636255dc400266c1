//! What ECPay reports by itself: ReturnURL and OrderResultURL (doc 2878), PaymentInfoURL and ClientRedirectURL
//! (doc 2881).
//!
//! A notice that reads without error was signed with the merchant's keys. It may still be old, repeated, about
//! somebody else's order or over another amount: the receiver compares those with its own record.

mod extra;

pub use extra::ExtraPaidInfo;

use crate::code::CodeKind;
use crate::fields::{Fields, FieldsError};
use crate::keys::Merchant;
use crate::mac::{self, MacError};
use crate::time::TaipeiTime;
use crate::trade::{Amount, MerchantTradeNo, PaymentType, TradeNo};

/// The exact body that stops the gateway from repeating a notice, with status 200 (doc 2878).
pub const ACCEPTED: &str = "1|OK";

/// RtnCode of a result that is still being confirmed: neither paid nor failed.
const PENDING: &str = "10300066";

/// A verified notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Money arrived, or did not.
    Payment(PaymentNotice),
    /// A code was issued, or was not.
    Code(CodeNotice),
}

/// The result of a payment: ReturnURL, and the browser's copy at OrderResultURL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentNotice {
    /// Which order.
    pub order: NoticeOrder,
    /// What happened.
    pub outcome: Outcome,
    /// Set off by hand in the back office: no money moved, whatever the outcome says.
    pub simulated: bool,
    /// When it was paid, if legible.
    pub paid_at: Option<TaipeiTime>,
    /// Transaction and processing fee in dollars as text: it can have decimals.
    pub charge_fee: Option<String>,
    /// What the order's NeedExtraPaidInfo asked for.
    pub extra: Box<ExtraPaidInfo>,
    /// Every field as received.
    pub fields: Fields,
}

/// The result of asking for a code: PaymentInfoURL, and the browser's copy at ClientRedirectURL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeNotice {
    /// Which order.
    pub order: NoticeOrder,
    /// What happened.
    pub outcome: Outcome,
    /// Every field as received.
    pub fields: Fields,
}

/// The order that a notice is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeOrder {
    /// The shop's number.
    pub number: MerchantTradeNo,
    /// ECPay's number, where one exists.
    pub trade_no: Option<TradeNo>,
    /// The amount, to be compared with what was asked.
    pub amount: Amount,
    /// How it is or will be paid.
    pub payment_type: Option<PaymentType>,
    /// The till or branch, as sent with the order.
    pub store_id: Option<String>,
    /// When the order was made, if legible.
    pub placed_at: Option<TaipeiTime>,
}

/// What happened to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// `1`: paid (unless the notice is simulated).
    Paid,
    /// `2` or `10100073`: there is a code to pay with; nothing is paid.
    CodeIssued(CodeKind),
    /// `10300066`: the gateway does not know yet. Neither hand over nor give up.
    Pending,
    /// Anything else: this attempt failed. It never overrides a payment.
    Declined {
        /// RtnCode as received.
        code: String,
        /// RtnMsg as received: to be shown, never to be matched on.
        msg: String,
    },
}

/// Why a message is no notice. None of these says anything about any order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// Not a form.
    #[error("the notice cannot be read: {0}")]
    Unreadable(#[from] FieldsError),
    /// There is no CheckMacValue, or it is empty.
    #[error("the notice is not signed")]
    Unsigned,
    /// The signature is not the merchant's: altered, invented, or signed with other keys. Or it is, and fits another
    /// message just as well.
    #[error("the notice's signature does not match")]
    Forged,
    /// Rightly signed, for another merchant.
    #[error("the notice is for another merchant")]
    OtherMerchant,
    /// Rightly signed, but a field that every notice has is missing or malformed.
    #[error("the notice's field {0} is missing or malformed")]
    Incomplete(&'static str),
}

/// Reads and verifies the body of a notice, byte for byte as it arrived.
///
/// # Errors
/// [`NoticeError`].
pub fn read(body: &[u8], merchant: &Merchant) -> Result<Notice, NoticeError> {
    let fields = Fields::from_form(body)?;
    mac::verify(merchant, &fields).map_err(|error| match error {
        MacError::Missing => NoticeError::Unsigned,
        MacError::Mismatch => NoticeError::Forged,
    })?;
    if !mac::reads_one_way(&fields) {
        return Err(NoticeError::Forged);
    }
    match fields.filled("MerchantID") {
        Some(id) if id == merchant.id.as_str() => {}
        Some(_) => return Err(NoticeError::OtherMerchant),
        None => return Err(NoticeError::Incomplete("MerchantID")),
    }
    let order = NoticeOrder::read(&fields)?;
    let outcome = Outcome::read(&fields)?;
    if is_about_a_code(&outcome, &fields) {
        return Ok(Notice::Code(CodeNotice { order, outcome, fields }));
    }
    Ok(Notice::Payment(PaymentNotice {
        order,
        outcome,
        // Anything but a plain no counts as simulated: goods are handed over on this.
        simulated: !matches!(fields.get("SimulatePaid"), None | Some("" | "0")),
        paid_at: fields.get("PaymentDate").and_then(|text| TaipeiTime::parse(text).ok()),
        charge_fee: fields.filled("PaymentTypeChargeFee").map(str::to_owned),
        extra: Box::new(ExtraPaidInfo::read(&fields)),
        fields,
    }))
}

impl Notice {
    /// The order it is about.
    #[must_use]
    pub fn order(&self) -> &NoticeOrder {
        match self {
            Self::Payment(notice) => &notice.order,
            Self::Code(notice) => &notice.order,
        }
    }

    /// What happened.
    #[must_use]
    pub fn outcome(&self) -> &Outcome {
        match self {
            Self::Payment(notice) => &notice.outcome,
            Self::Code(notice) => &notice.outcome,
        }
    }

    /// Whether it was set off by hand in the back office.
    #[must_use]
    pub fn simulated(&self) -> bool {
        match self {
            Self::Payment(notice) => notice.simulated,
            Self::Code(_) => false,
        }
    }

    /// Every field as received.
    #[must_use]
    pub fn fields(&self) -> &Fields {
        match self {
            Self::Payment(notice) => &notice.fields,
            Self::Code(notice) => &notice.fields,
        }
    }
}

impl NoticeOrder {
    fn read(fields: &Fields) -> Result<Self, NoticeError> {
        let number = fields.get("MerchantTradeNo").and_then(|text| MerchantTradeNo::parse(text).ok());
        let amount = fields.get("TradeAmt").and_then(|text| Amount::parse(text).ok());
        Ok(Self {
            number: number.ok_or(NoticeError::Incomplete("MerchantTradeNo"))?,
            trade_no: fields.get("TradeNo").and_then(|text| TradeNo::parse(text).ok()),
            amount: amount.ok_or(NoticeError::Incomplete("TradeAmt"))?,
            payment_type: fields.get("PaymentType").and_then(PaymentType::parse),
            store_id: fields.filled("StoreID").map(str::to_owned),
            placed_at: fields.get("TradeDate").and_then(|text| TaipeiTime::parse(text).ok()),
        })
    }
}

impl Outcome {
    fn read(fields: &Fields) -> Result<Self, NoticeError> {
        let code = fields.filled("RtnCode").ok_or(NoticeError::Incomplete("RtnCode"))?;
        Ok(match code {
            "1" => Self::Paid,
            PENDING => Self::Pending,
            issued if CodeKind::is_issued(issued) => {
                Self::CodeIssued(CodeKind::read(fields).map_err(NoticeError::Incomplete)?)
            }
            _ => Self::Declined { code: code.to_owned(), msg: fields.get("RtnMsg").unwrap_or_default().to_owned() },
        })
    }
}

/// A refused code looks like a refused payment, except that it has no payment's fields.
fn is_about_a_code(outcome: &Outcome, fields: &Fields) -> bool {
    match outcome {
        Outcome::CodeIssued(_) => true,
        Outcome::Paid => false,
        Outcome::Pending | Outcome::Declined { .. } => {
            let has = |name: &&str| fields.get(name).is_some();
            !["PaymentDate", "SimulatePaid"].iter().any(has) && ["ExpireDate", "BNPLTradeNo"].iter().any(has)
        }
    }
}
