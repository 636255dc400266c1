//! QueryPaymentInfo: which code was issued for this order? (doc 5615)

use crate::code::CodeKind;
use crate::fields::Fields;
use crate::keys::Merchant;
use crate::trade::MerchantTradeNo;

use super::reply::{QueryError, verified};
use super::trade_info::request;

/// The request. Read-only; of no use once the order is paid.
#[derive(Debug, Clone, Copy)]
pub struct QueryPaymentInfo;

impl QueryPaymentInfo {
    /// The signed fields to post as a form. `unix_seconds` is now: the gateway allows three minutes.
    #[must_use]
    pub fn fields(merchant: &Merchant, number: &MerchantTradeNo, unix_seconds: i64) -> Fields {
        request(merchant, number, unix_seconds)
    }
}

/// A verified reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentInfo {
    /// The number it is about, to be compared with the number asked for.
    pub number: String,
    /// What there is.
    pub status: CodeStatus,
    /// Every field as signed.
    pub fields: Fields,
}

/// Whether the order has a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeStatus {
    /// It has, and it is not paid.
    Issued(CodeKind),
    /// `10200047`: the gateway has never seen this number.
    UnknownOrder,
    /// Anything else: nothing is known.
    Other {
        /// RtnCode as received.
        code: String,
        /// RtnMsg as received.
        msg: String,
    },
}

impl PaymentInfo {
    /// Reads the raw body of a reply.
    ///
    /// # Errors
    /// [`QueryError`]: then nothing is known about the order.
    pub fn read(body: &[u8], merchant: &Merchant) -> Result<Self, QueryError> {
        let fields = verified(body, merchant)?;
        let number = fields.get("MerchantTradeNo").unwrap_or_default().to_owned();
        let status = match fields.filled("RtnCode").ok_or(QueryError::Incomplete("RtnCode"))? {
            issued if CodeKind::is_issued(issued) => {
                CodeStatus::Issued(CodeKind::read(&fields).map_err(QueryError::Incomplete)?)
            }
            "10200047" => CodeStatus::UnknownOrder,
            code => {
                CodeStatus::Other { code: code.to_owned(), msg: fields.get("RtnMsg").unwrap_or_default().to_owned() }
            }
        };
        Ok(Self { number, status, fields })
    }
}
