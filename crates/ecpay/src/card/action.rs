//! DoAction: capture, refund, cancel the capture, or abandon the authorisation (docs 2885 and 45919).

use serde_json::json;

use crate::aes::{Data, ReplyError, RequestEnvelope, SealError};
use crate::fields::{Fields, FieldsError};
use crate::keys::Merchant;
use crate::mac;
use crate::trade::{Amount, MerchantTradeNo, TradeNo};

/// RtnCode of an answer that is still to come (doc 2878).
const AWAITED: i64 = 10_300_066;

/// RtnMsg of a bank that has not answered (doc 45925). A code, although it is in the field for words.
pub(super) const BANK_SILENT: &str = "error_nopay";

/// A card payment, as the shop knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardTrade {
    /// The shop's number.
    pub number: MerchantTradeNo,
    /// ECPay's number.
    pub trade_no: TradeNo,
    /// What was authorised.
    pub amount: Amount,
}

/// What to do with a card payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// `C` 關帳: take the money.
    Capture,
    /// `R` 退刷: give money back.
    Refund,
    /// `E` 取消: take back the request to capture.
    CancelCapture,
    /// `N` 放棄: let go of the authorisation, which frees the customer's limit at once.
    Abandon,
}

impl ActionKind {
    /// Every kind.
    pub const EVERY: [Self; 4] = [Self::Capture, Self::Refund, Self::CancelCapture, Self::Abandon];

    /// The letter on the wire.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Capture => "C",
            Self::Refund => "R",
            Self::CancelCapture => "E",
            Self::Abandon => "N",
        }
    }

    /// The kind with exactly this letter.
    #[must_use]
    pub fn from_letter(letter: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|kind| kind.letter() == letter)
    }
}

/// An amount that is more than was authorised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{wanted} dollars are more than the {authorised} that were authorised")]
pub struct ActionError {
    /// What was asked for.
    pub wanted: Amount,
    /// What there is.
    pub authorised: Amount,
}

/// One request. Whole actions carry the whole amount by construction, the others no more than that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardAction {
    trade: CardTrade,
    kind: ActionKind,
    amount: Amount,
}

impl CardTrade {
    /// Take all or less of the money.
    ///
    /// # Errors
    /// [`ActionError`] for more than was authorised.
    pub fn capture(&self, amount: Amount) -> Result<CardAction, ActionError> {
        self.up_to_all(ActionKind::Capture, amount)
    }

    /// Give money back. What has been given back before is for [`super::plan`] to count.
    ///
    /// # Errors
    /// [`ActionError`] for more than was authorised.
    pub fn refund(&self, amount: Amount) -> Result<CardAction, ActionError> {
        self.up_to_all(ActionKind::Refund, amount)
    }

    /// Take back the request to capture, as a whole.
    #[must_use]
    pub fn cancel_capture(&self) -> CardAction {
        self.action(ActionKind::CancelCapture, self.amount)
    }

    /// Let go of the authorisation, as a whole.
    #[must_use]
    pub fn abandon(&self) -> CardAction {
        self.action(ActionKind::Abandon, self.amount)
    }

    fn up_to_all(&self, kind: ActionKind, wanted: Amount) -> Result<CardAction, ActionError> {
        if wanted > self.amount {
            return Err(ActionError { wanted, authorised: self.amount });
        }
        Ok(self.action(kind, wanted))
    }

    fn action(&self, kind: ActionKind, amount: Amount) -> CardAction {
        CardAction { trade: self.clone(), kind, amount }
    }
}

/// What the gateway answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionAnswer {
    /// RtnCode `1`: it is done.
    Done,
    /// It is not done, and the gateway says so.
    Refused {
        /// RtnCode as received: `0` and `10000185` stand for an unknown order.
        code: i64,
        /// RtnMsg as received: words, or a reason such as `error_overDate`.
        msg: String,
    },
    /// It may or may not be done: ask for the stage, and do not send it again.
    Unknown(ReplyError),
}

impl CardAction {
    /// What is done.
    #[must_use]
    pub fn kind(&self) -> ActionKind {
        self.kind
    }

    /// With how much.
    #[must_use]
    pub fn amount(&self) -> Amount {
        self.amount
    }

    /// To which payment.
    #[must_use]
    pub fn trade(&self) -> &CardTrade {
        &self.trade
    }

    /// The request in an envelope, for [`crate::Api::SealedDoAction`]: the one to use, for its answer is sealed too.
    /// `unix_seconds` is now: the gateway allows ten minutes.
    ///
    /// # Errors
    /// [`SealError`] for keys that are not a shop's.
    pub fn sealed(&self, merchant: &Merchant, unix_seconds: i64) -> Result<RequestEnvelope, SealError> {
        let data = json!({
            "MerchantTradeNo": self.trade.number.as_str(),
            "TradeNo": self.trade.trade_no.as_str(),
            "Action": self.kind.letter(),
            "TotalAmount": self.amount.dollars(),
        });
        RequestEnvelope::seal(merchant, data, unix_seconds)
    }

    /// The request as signed fields, for [`crate::Api::DoAction`]. It carries no time.
    #[must_use]
    pub fn fields(&self, merchant: &Merchant) -> Fields {
        let mut fields = Fields::new();
        fields.push("MerchantID", merchant.id.as_str());
        fields.push("MerchantTradeNo", self.trade.number.as_str());
        fields.push("TradeNo", self.trade.trade_no.as_str());
        fields.push("Action", self.kind.letter());
        fields.push("TotalAmount", self.amount.to_string());
        mac::sign(merchant, &mut fields);
        fields
    }

    /// Reads the answer to [`Self::sealed`].
    #[must_use]
    pub fn sealed_answer(&self, body: &[u8], merchant: &Merchant) -> ActionAnswer {
        let echo = Data::read(body, merchant).map(|data| Echo {
            code: data.rtn_code,
            number: data.filled("MerchantTradeNo"),
            trade_no: data.filled("TradeNo"),
            msg: data.rtn_msg,
        });
        echo.and_then(|echo| echo.judged(&self.trade)).unwrap_or_else(ActionAnswer::Unknown)
    }

    /// Reads the answer to [`Self::fields`]: raw, unsigned, with the merchant's number twice under two names.
    #[must_use]
    pub fn form_answer(&self, body: &[u8], merchant: &Merchant) -> ActionAnswer {
        form_echo(body, merchant).and_then(|echo| echo.judged(&self.trade)).unwrap_or_else(ActionAnswer::Unknown)
    }
}

/// What both kinds of answer have.
struct Echo {
    code: Option<i64>,
    msg: String,
    number: Option<String>,
    trade_no: Option<String>,
}

impl Echo {
    fn judged(self, trade: &CardTrade) -> Result<ActionAnswer, ReplyError> {
        let other = |echoed: &Option<String>, known: &str| echoed.as_deref().is_some_and(|echoed| echoed != known);
        if other(&self.number, trade.number.as_str()) || other(&self.trade_no, trade.trade_no.as_str()) {
            return Err(ReplyError::OtherTrade);
        }
        match self.code.ok_or(ReplyError::Incomplete("RtnCode"))? {
            _ if self.msg == BANK_SILENT => Err(ReplyError::BankSilent),
            AWAITED => Err(ReplyError::BankSilent),
            // Success that does not say of what could be anybody's.
            1 if self.number.is_none() => Err(ReplyError::Incomplete("MerchantTradeNo")),
            1 => Ok(ActionAnswer::Done),
            code => Ok(ActionAnswer::Refused { code, msg: self.msg }),
        }
    }
}

fn form_echo(body: &[u8], merchant: &Merchant) -> Result<Echo, ReplyError> {
    let unreadable = |_: FieldsError| ReplyError::Unreadable;
    let text = std::str::from_utf8(body).map_err(|_| ReplyError::Unreadable)?;
    let fields = Fields::from_raw(text).map_err(unreadable)?;
    let ours = |name| fields.filled(name).is_none_or(|id| id == merchant.id.as_str());
    if !ours("MerchantID") || !ours("Merchant") {
        return Err(ReplyError::OtherMerchant);
    }
    let owned = |name| fields.filled(name).map(str::to_owned);
    Ok(Echo {
        code: fields.filled("RtnCode").and_then(|code| code.parse().ok()),
        msg: fields.get("RtnMsg").unwrap_or_default().to_owned(),
        number: owned("MerchantTradeNo"),
        trade_no: owned("TradeNo"),
    })
}
