//! QueryTradeInfo/V5: is this order paid? (doc 2890)

use crate::fields::Fields;
use crate::keys::Merchant;
use crate::mac;
use crate::time::TaipeiTime;
use crate::trade::{Amount, MerchantTradeNo, PaymentType, TradeNo};

use super::reply::{QueryError, verified};

/// The request. Read-only and safe to repeat, with a fresh time each.
#[derive(Debug, Clone, Copy)]
pub struct QueryTradeInfo;

impl QueryTradeInfo {
    /// The signed fields to post as a form. `unix_seconds` is now: the gateway allows three minutes.
    #[must_use]
    pub fn fields(merchant: &Merchant, number: &MerchantTradeNo, unix_seconds: i64) -> Fields {
        request(merchant, number, unix_seconds)
    }
}

pub(super) fn request(merchant: &Merchant, number: &MerchantTradeNo, unix_seconds: i64) -> Fields {
    let mut fields = Fields::new();
    fields.push("MerchantID", merchant.id.as_str());
    fields.push("MerchantTradeNo", number.as_str());
    fields.push("TimeStamp", unix_seconds.to_string());
    mac::sign(merchant, &mut fields);
    fields
}

/// A verified reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TradeInfo {
    /// The number it is about, to be compared with the number asked for. As text: the gateway also echoes what is
    /// no valid number.
    pub number: String,
    /// The state.
    pub status: TradeStatus,
    /// Every field as signed, `ItemName`, fees and custom fields included.
    pub fields: Fields,
}

/// The state of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TradeStatus {
    /// `0`: the order exists, and no money has arrived yet.
    Unpaid,
    /// `1`: the money is there.
    Paid(PaidTrade),
    /// `10200095`: the customer did not complete it. It can still turn paid.
    NotEstablished,
    /// `10200163`: the pay-later application was turned down.
    BnplFailed,
    /// `10200047`: the gateway has never seen this number.
    UnknownOrder,
    /// `10200052`: the number asked for is empty or malformed.
    BadNumber,
    /// `10200073`: the request's signature was refused: wrong keys.
    BadSignature,
    /// Anything else: the state is unknown.
    Other(String),
}

/// What a paid order says about its payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidTrade {
    /// What was paid, to be compared with what was asked.
    pub amount: Amount,
    /// ECPay's number of the order.
    pub trade_no: TradeNo,
    /// When it was paid, if the reply says so legibly.
    pub paid_at: Option<TaipeiTime>,
    /// How it was paid.
    pub payment_type: Option<PaymentType>,
}

impl TradeInfo {
    /// Reads the raw body of a reply.
    ///
    /// # Errors
    /// [`QueryError`]: then nothing is known about the order.
    pub fn read(body: &[u8], merchant: &Merchant) -> Result<Self, QueryError> {
        let fields = verified(body, merchant)?;
        let number = fields.get("MerchantTradeNo").unwrap_or_default().to_owned();
        let status = match fields.filled("TradeStatus").ok_or(QueryError::Incomplete("TradeStatus"))? {
            "0" => TradeStatus::Unpaid,
            "1" => TradeStatus::Paid(PaidTrade::read(&fields)?),
            "10200095" => TradeStatus::NotEstablished,
            "10200163" => TradeStatus::BnplFailed,
            "10200047" => TradeStatus::UnknownOrder,
            "10200052" => TradeStatus::BadNumber,
            "10200073" => TradeStatus::BadSignature,
            other => TradeStatus::Other(other.to_owned()),
        };
        Ok(Self { number, status, fields })
    }

    /// Whether the reply is about this number.
    #[must_use]
    pub fn is_about(&self, number: &MerchantTradeNo) -> bool {
        self.number == number.as_str()
    }
}

impl PaidTrade {
    fn read(fields: &Fields) -> Result<Self, QueryError> {
        if fields.filled("MerchantID").is_none() {
            return Err(QueryError::Incomplete("MerchantID"));
        }
        let amount = fields.get("TradeAmt").and_then(|text| Amount::parse(text).ok());
        let trade_no = fields.get("TradeNo").and_then(|text| TradeNo::parse(text).ok());
        Ok(Self {
            amount: amount.ok_or(QueryError::Incomplete("TradeAmt"))?,
            trade_no: trade_no.ok_or(QueryError::Incomplete("TradeNo"))?,
            paid_at: fields.get("PaymentDate").and_then(|text| TaipeiTime::parse(text).ok()),
            payment_type: fields.get("PaymentType").and_then(PaymentType::parse),
        })
    }
}
