//! Credit/DoAction and CreditDetail/QueryTrade in envelopes (ECPay docs 45919 and 45925).

use ecpay::ActionKind;
use ecpay::aes::{ReplyEnvelope, RequestEnvelope};
use ecpay::keys::Merchant;
use serde_json::{Value, json};

use crate::bucket::Passage;
use crate::card::{self, Asked, Found, Says, Told};
use crate::card_form::shown;
use crate::order::Order;
use crate::query::Answer;
use crate::settlement::{CardStage, Settlement};
use crate::taipei;
use crate::world::{World, key_of};

/// How far Timestamp may be off, in seconds (ECPay doc 45925).
const WINDOW_SECONDS: u64 = 600;

pub(crate) fn do_action(world: &mut World, body: &[u8], now_ms: i64, shared_ms: i64) -> Answer {
    let opened = match open(world, body, now_ms, shared_ms) {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let (number, trade_no) = (opened.text("MerchantTradeNo"), opened.text("TradeNo"));
    let request = Asked {
        key: key_of(opened.merchant.id.as_str(), &number),
        trade_no: &trade_no,
        action: ActionKind::from_letter(&opened.text("Action")),
        amount: opened.text("TotalAmount").parse().ok(),
    };
    let acted = card::act(world, &request, now_ms);
    let answer = match acted.says {
        Says::Result { code, msg } => opened.answer(&json!({
            "RtnCode": code,
            "RtnMsg": msg,
            "PlatformID": "",
            "MerchantID": opened.merchant.id.as_str(),
            "MerchantTradeNo": number,
            "TradeNo": trade_no,
        })),
        Says::UnknownOrder => opened.answer(&unknown_order()),
        Says::Nothing(answer) => answer,
    };
    answer.after(acted.wait_ms)
}

pub(crate) fn query_trade(world: &mut World, body: &[u8], now_ms: i64, shared_ms: i64) -> Answer {
    let opened = match open(world, body, now_ms, shared_ms) {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let refund_lines = world.options.refund_lines;
    let number = opened.text("MerchantTradeNo");
    let told = card::look(world, now_ms, |_| Some(key_of(opened.merchant.id.as_str(), &number)));
    let found = |order: &Order, settlement: &Settlement, status: &str| {
        let lines: Vec<Value> = shown(&settlement.lines, refund_lines)
            .map(|(line, amount)| {
                let at = taipei::second(line.at_ms);
                json!({ "Status": line_status(line.stage), "Amount": amount, "DateTime": at })
            })
            .collect();
        // No RtnCode, and nothing in braces instead of an empty list: recorded.
        json!({
            "RtnMsg": "",
            "RtnValue": {
                "TradeID": order.gwsr().and_then(|gwsr| gwsr.parse::<u64>().ok()),
                "Amount": settlement.amount,
                "ClsAmt": settlement.captured(),
                "AuthTime": taipei::second(settlement.authorised_ms()),
                "Status": status,
            },
            "CloseData": if lines.is_empty() { json!({}) } else { json!(lines) },
        })
    };
    let data = match told {
        Told::Truth(Found::Payment(order, settlement)) => found(order, &settlement, status(settlement.stage())),
        Told::Status(Found::Payment(order, settlement), text) => found(order, &settlement, &text),
        Told::Truth(Found::Nothing) | Told::Status(Found::Nothing, _) => unknown_order(),
        Told::Truth(Found::BankSilent) | Told::Status(Found::BankSilent, _) => failed("error_nopay"),
        Told::Says(msg) => failed(&msg),
        Told::Nothing(answer) => return answer,
    };
    opened.answer(&data)
}

/// A request that was taken.
struct Opened {
    merchant: Merchant,
    data: Value,
    now_ms: i64,
}

impl Opened {
    /// A text, or a number as text; nothing is the empty text.
    fn text(&self, name: &str) -> String {
        match &self.data[name] {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        }
    }

    fn answer(&self, data: &Value) -> Answer {
        match ReplyEnvelope::seal(&self.merchant, data, self.now_ms.div_euclid(1000)) {
            Ok(reply) => Answer::Json(reply.to_json()),
            Err(_) => not_taken(self.merchant.id.as_str(), 128, "System exception", self.now_ms),
        }
    }
}

/// Envelope, time, keys, and the number inside, in this order.
fn open(world: &mut World, body: &[u8], now_ms: i64, shared_ms: i64) -> Result<Opened, Answer> {
    let read = RequestEnvelope::read(body).ok();
    let merchant_id = read.as_ref().map_or("", |envelope| &envelope.merchant_id).to_owned();
    let bucket = if world.merchant(&merchant_id).is_some() { merchant_id.as_str() } else { "" };
    if world.gate.knock(bucket, now_ms) == Passage::Forbidden {
        return Err(Answer::Status(403));
    }
    let refused = |code, msg| Err(not_taken(&merchant_id, code, msg, now_ms));
    let Some(envelope) = read else { return refused(128, "System exception") };
    let Some(merchant) = world.merchant(&merchant_id).cloned() else { return refused(110, "Decrypt fail") };
    if shared_ms.div_euclid(1000).abs_diff(envelope.timestamp) > WINDOW_SECONDS {
        return refused(world.options.stale_envelope_code, "Timestamp error");
    }
    let Ok(data) = envelope.open(&merchant) else { return refused(110, "Decrypt fail") };
    let opened = Opened { merchant, data, now_ms };
    let inside = opened.text("MerchantID");
    if inside.is_empty() {
        let msg = "The parameter [MerchantID] is required.";
        return Err(opened.answer(&json!({ "RtnCode": 5_000_220, "RtnMsg": msg })));
    }
    if inside != opened.merchant.id.as_str() {
        let msg = "The parameter [MerchantID] does not match.";
        return Err(opened.answer(&json!({ "RtnCode": 5_000_261, "RtnMsg": msg })));
    }
    Ok(opened)
}

fn not_taken(merchant_id: &str, code: i64, msg: &str, now_ms: i64) -> Answer {
    let reply = ReplyEnvelope {
        merchant_id: Some(merchant_id.to_owned()),
        timestamp: Some(now_ms.div_euclid(1000)),
        trans_code: code,
        trans_msg: msg.to_owned(),
        data: String::new(),
    };
    Answer::Json(reply.to_json())
}

fn unknown_order() -> Value {
    json!({ "RtnCode": 10_000_185, "RtnMsg": "Cant not find the trade data" })
}

fn failed(msg: &str) -> Value {
    json!({ "RtnMsg": msg, "RtnValue": Value::Null, "CloseData": {} })
}

fn status(stage: CardStage) -> &'static str {
    if stage == CardStage::Cancelled { "Canceled" } else { "Authorized" }
}

fn line_status(stage: CardStage) -> &'static str {
    match stage {
        CardStage::Authorised => "Authorized",
        CardStage::ToBeCaptured => "To be captured",
        CardStage::Captured => "Captured",
        CardStage::OperationCancelled => "Operation canceled",
        CardStage::Cancelled => "Canceled",
    }
}
