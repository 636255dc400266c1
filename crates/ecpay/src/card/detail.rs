//! The details of one card payment: its stage, its amounts, its closings (docs 2894 and 45925).

use serde_json::{Value, json};

use crate::aes::{Data, ReplyError, RequestEnvelope, SealError, object, text, whole_number};
use crate::fields::Fields;
use crate::keys::Merchant;
use crate::mac;
use crate::time::TaipeiTime;
use crate::trade::{Amount, MerchantTradeNo};

use super::Stage;
use super::action::BANK_SILENT;

/// RtnCode of an order that is unknown, another merchant's or not paid by card: the gateway does not tell which.
const NOT_FOUND: i64 = 10_000_185;

/// The question. Read-only and safe to repeat.
#[derive(Debug, Clone, Copy)]
pub struct QueryCard;

impl QueryCard {
    /// The question in an envelope, for [`crate::Api::SealedQueryCard`]: the one to use, for it needs no check code
    /// and works on stage. `unix_seconds` is now: the gateway allows ten minutes.
    ///
    /// # Errors
    /// [`SealError`] for keys that are not a shop's.
    pub fn sealed(
        merchant: &Merchant,
        number: &MerchantTradeNo,
        unix_seconds: i64,
    ) -> Result<RequestEnvelope, SealError> {
        RequestEnvelope::seal(merchant, json!({ "MerchantTradeNo": number.as_str() }), unix_seconds)
    }

    /// The question as signed fields, for [`crate::Api::QueryCard`]. `authorisation` is the notice's `gwsr`,
    /// `check_code` the shop's 商家檢查碼 from ECPay's back office. It carries no time.
    #[must_use]
    pub fn fields(merchant: &Merchant, authorisation: u64, amount: Amount, check_code: u64) -> Fields {
        let mut fields = Fields::new();
        fields.push("MerchantID", merchant.id.as_str());
        fields.push("CreditRefundId", authorisation.to_string());
        fields.push("CreditAmount", amount.to_string());
        fields.push("CreditCheckCode", check_code.to_string());
        mac::sign(merchant, &mut fields);
        fields
    }
}

/// What the gateway answered. It repeats no order number: whoever asked must know what the answer is to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardReply {
    /// The payment.
    Found(CardDetail),
    /// `10000185`: unknown, another merchant's, or no card payment.
    NotFound,
    /// `error_nopay`: the bank has not answered the gateway, or (form only) there is no such authorisation. To be
    /// asked again after ten minutes.
    BankSilent,
    /// Anything else: nothing is known.
    Other {
        /// RtnCode, if there is one.
        code: Option<i64>,
        /// RtnMsg: `error_Stop` for a merchant whose contract has ended, `error`, or words.
        msg: String,
    },
}

/// One card payment as the gateway sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardDetail {
    /// How far it has come.
    pub stage: Stage,
    /// What was authorised, in dollars; to be compared with what the shop knows.
    pub amount: u32,
    /// What was captured, in dollars, if legible.
    pub captured: Option<u32>,
    /// The gateway's number of the authorisation (the notice's `gwsr`).
    pub authorisation: Option<String>,
    /// When it was authorised, if legible.
    pub authorised_at: Option<TaipeiTime>,
    /// Captures and refunds, in the gateway's order.
    pub closings: Vec<Close>,
}

/// One line of the captures and refunds (關帳明細).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    /// How far this line has come.
    pub stage: Stage,
    /// Dollars. The documentation does not say how a refund is told from a capture; a sign is kept.
    pub amount: i64,
    /// The line's number, in the form's answer only.
    pub serial: Option<String>,
    /// When, if legible.
    pub at: Option<TaipeiTime>,
}

impl CardReply {
    /// Reads the answer to [`QueryCard::sealed`].
    ///
    /// # Errors
    /// [`ReplyError`]: then nothing is known about the payment.
    pub fn read_sealed(body: &[u8], merchant: &Merchant) -> Result<Self, ReplyError> {
        let data = Data::read(body, merchant)?;
        match data.rtn_code {
            Some(NOT_FOUND) => Ok(Self::NotFound),
            // A success has no code; should it get one, its words mean nothing.
            None if !data.rtn_msg.is_empty() => Ok(Self::failed(None, data.rtn_msg)),
            Some(1) if data.rtn_msg.starts_with("error") => Ok(Self::failed(data.rtn_code, data.rtn_msg)),
            None | Some(1) => CardDetail::read(&data.json).map(Self::Found),
            code => Ok(Self::failed(code, data.rtn_msg)),
        }
    }

    /// Reads the answer to [`QueryCard::fields`]: plain JSON, neither signed nor sealed.
    ///
    /// # Errors
    /// [`ReplyError`]: then nothing is known about the payment.
    pub fn read_form(body: &[u8]) -> Result<Self, ReplyError> {
        let json = object(body)?;
        let msg = match &json["RtnMsg"] {
            Value::Null => String::new(),
            msg => text(msg).ok_or(ReplyError::Incomplete("RtnMsg"))?,
        };
        if msg.is_empty() { CardDetail::read(&json).map(Self::Found) } else { Ok(Self::failed(None, msg)) }
    }

    fn failed(code: Option<i64>, msg: String) -> Self {
        if msg == BANK_SILENT { Self::BankSilent } else { Self::Other { code, msg } }
    }
}

impl CardDetail {
    /// Takes the payment out of an answer. The sealed one writes `CloseData` beside `RtnValue`, the form's
    /// `close_data` inside it.
    fn read(answer: &Value) -> Result<Self, ReplyError> {
        let value = &answer["RtnValue"];
        if !value.is_object() {
            return Err(ReplyError::Incomplete("RtnValue"));
        }
        let status = text(field(value, "status")).ok_or(ReplyError::Incomplete("Status"))?;
        let closings = match field(answer, "closedata") {
            Value::Null => field(value, "closedata"),
            beside => beside,
        };
        let closings = closings_of(closings)?;
        Ok(Self {
            stage: Stage::of(Stage::parse(&status), closings.iter().map(|close| &close.stage)),
            amount: dollars(field(value, "amount")).ok_or(ReplyError::Incomplete("Amount"))?,
            captured: dollars(field(value, "clsamt")),
            authorisation: text(field(value, "tradeid")),
            authorised_at: time(field(value, "authtime")),
            closings,
        })
    }
}

/// The lines: a list, or an object with nothing in it when there are none. What is neither could hide a capture.
fn closings_of(value: &Value) -> Result<Vec<Close>, ReplyError> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Object(lines) if lines.is_empty() => Ok(Vec::new()),
        Value::Array(lines) => lines.iter().map(close).collect::<Option<_>>().ok_or(MALFORMED),
        _ => Err(MALFORMED),
    }
}

const MALFORMED: ReplyError = ReplyError::Incomplete("CloseData");

fn close(line: &Value) -> Option<Close> {
    Some(Close {
        stage: Stage::parse(&text(field(line, "status"))?),
        amount: whole_number(field(line, "amount"))?,
        serial: text(field(line, "sno")),
        at: time(field(line, "datetime")),
    })
}

fn dollars(value: &Value) -> Option<u32> {
    whole_number(value).and_then(|dollars| u32::try_from(dollars).ok())
}

fn time(value: &Value) -> Option<TaipeiTime> {
    value.as_str().and_then(|text| TaipeiTime::parse(text).ok())
}

/// A value by its name without regard to case and `_`: the two APIs spell the same names differently.
fn field<'a>(object: &'a Value, name: &str) -> &'a Value {
    let matches = |known: &str| known.chars().filter(|c| *c != '_').map(|c| c.to_ascii_lowercase()).eq(name.chars());
    let mut fields = object.as_object().into_iter().flatten();
    fields.find(|(known, _)| matches(known)).map_or(&Value::Null, |(_, value)| value)
}
