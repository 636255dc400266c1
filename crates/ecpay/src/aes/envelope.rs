//! What is around the sealed data: who sends it, when, and whether the gateway took it (docs 45948 and 9263).

use std::fmt;

use serde_json::{Value, json};

use crate::fields::MAX_BYTES;
use crate::keys::Merchant;

use super::{OpenError, SealError, lenient, open_json, seal};

/// The most of a TransMsg that an error repeats (String(200) in the documents).
const LONGEST_MSG: usize = 200;

/// A request as it is posted, `Content-Type: application/json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestEnvelope {
    /// The sender. The same number is inside.
    pub merchant_id: String,
    /// Unix seconds of sending: the gateway allows ten minutes.
    pub timestamp: i64,
    /// The sealed object.
    pub data: String,
}

/// A reply as it arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyEnvelope {
    /// Whom it is for, if it says so.
    pub merchant_id: Option<String>,
    /// Unix seconds of the gateway's clock, if it says so.
    pub timestamp: Option<i64>,
    /// `1`: the request could be opened. Nothing is said about what it asked for.
    pub trans_code: i64,
    /// Words for the code.
    pub trans_msg: String,
    /// The sealed object; empty when the request was not taken.
    pub data: String,
}

/// The opened object of a reply that the gateway took. `Debug` prints names only: values can be card data.
#[derive(Clone, PartialEq)]
pub struct Data {
    /// The result, `1` is success. Some successes have none (card details, the hand-off to 3-D Secure).
    pub rtn_code: Option<i64>,
    /// Words for the result; never to be compared.
    pub rtn_msg: String,
    /// Everything.
    pub json: Value,
}

/// Why a reply says nothing about what was asked. What was asked for may have happened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplyError {
    /// The body is not what this API answers: an error page, perhaps.
    #[error("the reply cannot be read")]
    Unreadable,
    /// The gateway did not take the envelope: 110 stands for wrong keys, 128 for a fault or too many requests.
    #[error("the envelope was not taken: {code} {msg}")]
    NotTaken {
        /// TransCode as received.
        code: i64,
        /// TransMsg, as much of it as can be shown.
        msg: String,
    },
    /// The data does not open.
    #[error(transparent)]
    NotOpened(#[from] OpenError),
    /// It is about another merchant.
    #[error("the reply is about another merchant")]
    OtherMerchant,
    /// It is about another order.
    #[error("the reply is about another order")]
    OtherTrade,
    /// A field that the reply must have is missing or makes no sense.
    #[error("the reply's field {0} is missing or malformed")]
    Incomplete(&'static str),
    /// `error_nopay`: the bank has not answered the gateway.
    #[error("the bank has not answered yet")]
    BankSilent,
}

impl RequestEnvelope {
    /// Seals `data`, whose `MerchantID` becomes the merchant's. `unix_seconds` is now.
    ///
    /// # Errors
    /// [`SealError`] for keys that are not a shop's.
    pub fn seal(merchant: &Merchant, mut data: Value, unix_seconds: i64) -> Result<Self, SealError> {
        if let Value::Object(object) = &mut data {
            object.insert("MerchantID".into(), merchant.id.as_str().into());
        }
        let data = seal(merchant, &data.to_string())?;
        Ok(Self { merchant_id: merchant.id.as_str().to_owned(), timestamp: unix_seconds, data })
    }

    /// The body to post.
    #[must_use]
    pub fn to_json(&self) -> String {
        json!({
            "MerchantID": self.merchant_id,
            "RqHeader": { "Timestamp": self.timestamp },
            "Data": self.data,
        })
        .to_string()
    }

    /// Reads a posted body, for whoever answers in the gateway's place.
    ///
    /// # Errors
    /// [`ReplyError::Unreadable`] or [`ReplyError::Incomplete`].
    pub fn read(body: &[u8]) -> Result<Self, ReplyError> {
        let envelope = object(body)?;
        let timestamp = lenient::whole_number(&envelope["RqHeader"]["Timestamp"]);
        Ok(Self {
            merchant_id: lenient::text(&envelope["MerchantID"]).ok_or(ReplyError::Incomplete("MerchantID"))?,
            timestamp: timestamp.ok_or(ReplyError::Incomplete("Timestamp"))?,
            data: envelope["Data"].as_str().ok_or(ReplyError::Incomplete("Data"))?.to_owned(),
        })
    }

    /// Opens the data, for whoever answers in the gateway's place.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(&self, merchant: &Merchant) -> Result<Value, OpenError> {
        open_json(merchant, &self.data)
    }
}

impl ReplyEnvelope {
    /// Seals an answer to a request that was taken, for whoever answers in the gateway's place.
    ///
    /// # Errors
    /// [`SealError`] for keys that are not a shop's.
    pub fn seal(merchant: &Merchant, data: &Value, unix_seconds: i64) -> Result<Self, SealError> {
        Ok(Self {
            merchant_id: Some(merchant.id.as_str().to_owned()),
            timestamp: Some(unix_seconds),
            trans_code: 1,
            trans_msg: "Success".into(),
            data: seal(merchant, &data.to_string())?,
        })
    }

    /// The body to answer.
    #[must_use]
    pub fn to_json(&self) -> String {
        json!({
            "MerchantID": self.merchant_id,
            "RpHeader": { "Timestamp": self.timestamp },
            "TransCode": self.trans_code,
            "TransMsg": self.trans_msg,
            "Data": self.data,
        })
        .to_string()
    }

    /// Reads a body without opening its data.
    ///
    /// # Errors
    /// [`ReplyError::Unreadable`] or [`ReplyError::Incomplete`].
    pub fn read(body: &[u8]) -> Result<Self, ReplyError> {
        let envelope = object(body)?;
        Ok(Self {
            merchant_id: lenient::text(&envelope["MerchantID"]).filter(|id| !id.is_empty()),
            timestamp: lenient::whole_number(&envelope["RpHeader"]["Timestamp"]),
            trans_code: lenient::whole_number(&envelope["TransCode"]).ok_or(ReplyError::Incomplete("TransCode"))?,
            trans_msg: lenient::text(&envelope["TransMsg"]).unwrap_or_default(),
            data: envelope["Data"].as_str().unwrap_or_default().to_owned(),
        })
    }

    /// The first of the two checks: was the envelope taken, and is it this merchant's? The second, [`Data::rtn_code`],
    /// is for whoever knows the API.
    ///
    /// # Errors
    /// [`ReplyError`].
    pub fn open(&self, merchant: &Merchant) -> Result<Data, ReplyError> {
        if self.trans_code != 1 {
            let msg = self.trans_msg.chars().filter(|c| !c.is_control()).take(LONGEST_MSG).collect();
            return Err(ReplyError::NotTaken { code: self.trans_code, msg });
        }
        if self.merchant_id.as_deref().is_some_and(|id| id != merchant.id.as_str()) {
            return Err(ReplyError::OtherMerchant);
        }
        let json = open_json(merchant, &self.data)?;
        if !json.is_object() {
            return Err(OpenError.into());
        }
        let data =
            Data { rtn_code: rtn_code(&json)?, rtn_msg: lenient::text(&json["RtnMsg"]).unwrap_or_default(), json };
        match data.filled("MerchantID") {
            Some(id) if id != merchant.id.as_str() => Err(ReplyError::OtherMerchant),
            _ => Ok(data),
        }
    }
}

impl Data {
    /// Reads and opens a body, both checks of the envelope included.
    ///
    /// # Errors
    /// [`ReplyError`].
    pub fn read(body: &[u8], merchant: &Merchant) -> Result<Self, ReplyError> {
        ReplyEnvelope::read(body)?.open(merchant)
    }

    /// A text or whole number of the outermost object, unless it is absent or blank.
    #[must_use]
    pub fn filled(&self, name: &str) -> Option<String> {
        lenient::text(&self.json[name]).filter(|text| !text.is_empty())
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.json.as_object().into_iter().flat_map(serde_json::Map::keys).collect();
        f.debug_struct("Data").field("rtn_code", &self.rtn_code).field("names", &names).finish_non_exhaustive()
    }
}

/// Reads a bounded JSON object.
pub(crate) fn object(body: &[u8]) -> Result<Value, ReplyError> {
    if body.len() > MAX_BYTES {
        return Err(ReplyError::Unreadable);
    }
    let value: Value = serde_json::from_slice(body).map_err(|_| ReplyError::Unreadable)?;
    if value.is_object() { Ok(value) } else { Err(ReplyError::Unreadable) }
}

/// A code that is there must be a number; guessing at another would turn it into "none".
fn rtn_code(json: &Value) -> Result<Option<i64>, ReplyError> {
    match &json["RtnCode"] {
        Value::Null => Ok(None),
        code => lenient::whole_number(code).map(Some).ok_or(ReplyError::Incomplete("RtnCode")),
    }
}
