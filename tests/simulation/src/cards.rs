//! What the gateway does with card payments after the fact. How far each has come is worked out by the simulator's own
//! table ([`ecpay_sim::Settlement`]); here is what the gateway reads and answers, in either form.

use std::collections::BTreeMap;

use ecpay::{ActionKind, Fields, Merchant, ReplyEnvelope, RequestEnvelope, TaipeiTime, verify};
use ecpay_sim::{CardStage, Closing, Denial, Settlement, closing_now};
use serde_json::{Value, json};

/// How far a sealed request's clock may be off, in seconds (ECPay doc 45925).
const WINDOW_S: u64 = 600;

/// The card payments of a gateway that closes every evening by itself.
#[derive(Debug)]
pub(crate) struct Cards {
    merchant: Merchant,
    payments: BTreeMap<String, Payment>,
    /// Its lists write refunds like any other line, without a minus.
    pub(crate) unsigned: bool,
}

#[derive(Debug)]
struct Payment {
    trade_no: String,
    settlement: Settlement,
}

/// What becomes of an action on its way through the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// It is looked at and answered.
    Honest,
    /// It is refused without a look.
    Refuses,
    /// It is done, and the answer says that it is not.
    DoesAndDenies,
    /// It is done, and the answer says that it is still to come.
    DoesAndWaits,
}

impl Cards {
    pub(crate) fn new(merchant: Merchant) -> Self {
        Self { merchant, payments: BTreeMap::new(), unsigned: false }
    }

    /// A card was charged.
    pub(crate) fn charged(&mut self, number: &str, trade_no: String, amount: i64, t: i64) {
        let settlement = Settlement::one_off(amount, t);
        self.payments.insert(number.to_owned(), Payment { trade_no, settlement });
    }

    /// What has gone back of a payment, or will without anybody doing anything more.
    pub(crate) fn back(&self, number: &str) -> i64 {
        self.payments.get(number).map_or(0, |payment| match payment.settlement.stage() {
            CardStage::Cancelled => payment.settlement.amount(),
            _ => payment.settlement.refunded(),
        })
    }

    /// The payments that have given something back.
    pub(crate) fn with_something_back(&self) -> Vec<&str> {
        self.payments.keys().map(String::as_str).filter(|number| self.back(number) != 0).collect()
    }

    /// The answer to the question how far a payment has come.
    pub(crate) fn look(&mut self, body: &str, t: i64) -> Vec<u8> {
        let asked = match self.open(body, t) {
            Ok(asked) => asked,
            Err(answer) => return answer,
        };
        let number = asked["MerchantTradeNo"].as_str().unwrap_or_default().to_owned();
        let unsigned = self.unsigned;
        let Some(payment) = self.payments.get_mut(&number) else {
            return self.sealed(&json!({ "RtnCode": 10_000_185, "RtnMsg": "Cant not find the trade data" }), t);
        };
        payment.settlement.catch_up(Closing::Automatic, t);
        let settlement = &payment.settlement;
        let lines: Vec<Value> = settlement
            .lines()
            .iter()
            .map(|line| {
                let amount = if unsigned { line.amount.abs() } else { line.amount };
                json!({ "Status": word(line.stage), "Amount": amount, "DateTime": wall(line.at_ms) })
            })
            .collect();
        let status = if settlement.stage() == CardStage::Cancelled { "Canceled" } else { "Authorized" };
        let answer = json!({
            "RtnMsg": "",
            "RtnValue": {
                "TradeID": 10_000_001,
                "Amount": settlement.amount(),
                "ClsAmt": settlement.captured(),
                "AuthTime": wall(t),
                "Status": status,
            },
            "CloseData": if lines.is_empty() { json!({}) } else { json!(lines) },
        });
        self.sealed(&answer, t)
    }

    /// Does what a sealed request asks for, and answers it.
    pub(crate) fn act_sealed(&mut self, body: &str, manner: Manner, t: i64) -> Vec<u8> {
        let asked = match self.open(body, t) {
            Ok(asked) => asked,
            Err(answer) => return answer,
        };
        let text = |name: &str| match &asked[name] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let (number, trade_no) = (text("MerchantTradeNo"), text("TradeNo"));
        let said = self.act(&number, &trade_no, &text("Action"), &text("TotalAmount"), manner, t);
        let answer = match said {
            Some((code, msg)) => json!({
                "RtnCode": code, "RtnMsg": msg, "MerchantTradeNo": number, "TradeNo": trade_no,
                "MerchantID": self.merchant.id.as_str(),
            }),
            None => json!({ "RtnCode": 10_000_185, "RtnMsg": "Cant not find the trade data" }),
        };
        self.sealed(&answer, t)
    }

    /// The same for a signed form, whose answer is not signed.
    pub(crate) fn act_form(&mut self, body: &str, manner: Manner, t: i64) -> Vec<u8> {
        let mut answer = Fields::new();
        let asked = Fields::from_form(body.as_bytes()).ok().filter(|asked| verify(&self.merchant, asked).is_ok());
        let Some(asked) = asked else {
            answer.push("RtnCode", "10200073");
            answer.push("RtnMsg", "CheckMacValue Error");
            return answer.to_raw().into_bytes();
        };
        let text = |name| asked.get(name).unwrap_or_default();
        let (number, trade_no) = (text("MerchantTradeNo"), text("TradeNo"));
        let said = self.act(number, trade_no, text("Action"), text("TotalAmount"), manner, t);
        let (code, msg) = said.unwrap_or((0, "訂單不存在"));
        answer.push("Merchant", self.merchant.id.as_str());
        answer.push("MerchantID", self.merchant.id.as_str());
        answer.push("MerchantTradeNo", number);
        answer.push("RtnCode", code.to_string());
        answer.push("RtnMsg", msg);
        answer.push("TradeNo", trade_no);
        answer.to_raw().into_bytes()
    }

    /// Does it, or not, and says so: rightly, where the manner is honest. Nothing for a payment it does not know.
    fn act(
        &mut self,
        number: &str,
        trade_no: &str,
        action: &str,
        amount: &str,
        manner: Manner,
        t: i64,
    ) -> Option<(i64, &'static str)> {
        let payment = self.payments.get_mut(number).filter(|payment| payment.trade_no == trade_no)?;
        let (Some(action), Ok(amount)) = (ActionKind::from_letter(action), amount.parse()) else {
            return Some((0, "參數錯誤"));
        };
        if manner == Manner::Refuses {
            return Some((10_100_248, "系統忙碌"));
        }
        if closing_now(t) {
            return Some((0, Denial::ClosingNow.text()));
        }
        let settlement = &mut payment.settlement;
        settlement.catch_up(Closing::Automatic, t);
        if let Err(denial) = settlement.check(action, amount, Closing::Automatic, None, t) {
            return Some((0, denial.text()));
        }
        settlement.act(action, amount, t);
        Some(match manner {
            Manner::Honest | Manner::Refuses => (1, "Succeeded"),
            Manner::DoesAndDenies => (0, "系統忙碌"),
            Manner::DoesAndWaits => (10_300_066, "處理中"),
        })
    }

    fn open(&self, body: &str, t: i64) -> Result<Value, Vec<u8>> {
        let not_taken = |code: i64| {
            let answer = json!({
                "MerchantID": self.merchant.id.as_str(), "RpHeader": { "Timestamp": t.div_euclid(1000) },
                "TransCode": code, "TransMsg": "Timestamp error", "Data": "",
            });
            answer.to_string().into_bytes()
        };
        let envelope = RequestEnvelope::read(body.as_bytes()).map_err(|_| not_taken(128))?;
        if t.div_euclid(1000).abs_diff(envelope.timestamp) > WINDOW_S {
            return Err(not_taken(128));
        }
        envelope.open(&self.merchant).map_err(|_| not_taken(110))
    }

    fn sealed(&self, answer: &Value, t: i64) -> Vec<u8> {
        let envelope = ReplyEnvelope::seal(&self.merchant, answer, t.div_euclid(1000));
        envelope.expect("the keys are a shop's").to_json().into_bytes()
    }
}

fn word(stage: CardStage) -> &'static str {
    match stage {
        CardStage::Authorised => "Authorized",
        CardStage::ToBeCaptured => "To be captured",
        CardStage::Captured => "Captured",
        CardStage::OperationCancelled => "Operation canceled",
        CardStage::Cancelled => "Canceled",
    }
}

fn wall(t: i64) -> String {
    TaipeiTime::from_unix(t.div_euclid(1000)).expect("a moment of this era").to_string()
}
