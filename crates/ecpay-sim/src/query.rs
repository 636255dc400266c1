//! QueryTradeInfo/V5 and QueryPaymentInfo: raw `k=v` bodies in the two recorded shapes (ECPay docs 2890, 5615).

use ecpay::fields::{Fields, FieldsError};
use ecpay::keys::Merchant;
use ecpay::mac;

use crate::bucket::Passage;
use crate::checkout;
use crate::faults::QueryFault;
use crate::notice;
use crate::order::{Order, State};
use crate::taipei;
use crate::world::{World, key_of};

/// How far TimeStamp may be off, in seconds (ECPay doc 2890).
const WINDOW_SECONDS: i64 = 180;

/// What goes back over HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Body(String),
    Json(String),
    /// A file to be saved, byte for byte.
    File(Vec<u8>),
    Status(u16),
    /// Only after so many milliseconds of the real clock.
    After(u64, Box<Self>),
}

impl Answer {
    pub(crate) fn json(json: &serde_json::Value) -> Self {
        Self::Json(json.to_string())
    }

    pub(crate) fn after(self, ms: u64) -> Self {
        if ms == 0 { self } else { Self::After(ms, Box::new(self)) }
    }
}

/// `now_ms` is the gateway's time, `shared_ms` the time its callers share with it.
pub(crate) fn trade_info(world: &mut World, form: Result<Fields, FieldsError>, now_ms: i64, shared_ms: i64) -> Answer {
    let Some(asked) = pass(world, form, now_ms) else { return Answer::Status(403) };
    let reply = match read(world, &asked, shared_ms) {
        Err(Denied::Stranger) => return Answer::Body(unknown_trade(&asked, "10200051").to_raw()),
        Err(Denied::Because(status)) => unknown_trade(&asked, &status),
        Ok(()) => match order(world, &asked) {
            Some(order) => known_trade(world, order, now_ms),
            None => unknown_trade(&asked, "10200047"),
        },
    };
    let fault = world.take_query_fault();
    match world.merchant(field(&asked, "MerchantID")) {
        Some(merchant) => faulty(merchant, &reply, fault),
        None => Answer::Body(reply.to_raw()),
    }
}

pub(crate) fn payment_info(
    world: &mut World,
    form: Result<Fields, FieldsError>,
    now_ms: i64,
    shared_ms: i64,
) -> Answer {
    let Some(asked) = pass(world, form, now_ms) else { return Answer::Status(403) };
    let reply = match read(world, &asked, shared_ms) {
        Err(Denied::Stranger) => return Answer::Body(unknown_code("", "10200051", "MerchantID Error").to_raw()),
        Err(Denied::Because(code)) => unknown_code(field(&asked, "MerchantTradeNo"), &code, "Parameter Error"),
        Ok(()) => order(world, &asked).and_then(known_code).unwrap_or_else(|| {
            unknown_code(field(&asked, "MerchantTradeNo"), "10200047", "Cant not find the trade data")
        }),
    };
    match world.merchant(field(&asked, "MerchantID")) {
        Some(merchant) => Answer::Body(notice::signed(merchant, &reply, None).to_raw()),
        None => Answer::Body(reply.to_raw()),
    }
}

/// Why a question is not looked into.
enum Denied {
    /// No key to sign the answer with.
    Stranger,
    Because(String),
}

/// Through the rate limit. A body that is no form is a question with no fields.
pub(crate) fn pass(world: &mut World, form: Result<Fields, FieldsError>, now_ms: i64) -> Option<Fields> {
    let asked = form.unwrap_or_default();
    let merchant_id = field(&asked, "MerchantID");
    let bucket = if world.merchant(merchant_id).is_some() { merchant_id } else { "" };
    match world.gate.knock(bucket, now_ms) {
        Passage::Open => Some(asked),
        Passage::Forbidden => None,
    }
}

fn read(world: &World, asked: &Fields, shared_ms: i64) -> Result<(), Denied> {
    let merchant = world.merchant(field(asked, "MerchantID")).ok_or(Denied::Stranger)?;
    let because = |status: &str| Err(Denied::Because(status.to_owned()));
    if mac::verify(merchant, asked).is_err() {
        return because("10200073");
    }
    if !checkout::is_number(field(asked, "MerchantTradeNo")) {
        return because("10200052");
    }
    let sent = field(asked, "TimeStamp").parse::<i64>().ok();
    let fresh = sent.is_some_and(|sent| shared_ms.div_euclid(1000).abs_diff(sent) <= WINDOW_SECONDS.unsigned_abs());
    if fresh { Ok(()) } else { because(&world.options.stale_timestamp_status) }
}

fn order<'a>(world: &'a World, asked: &Fields) -> Option<&'a Order> {
    world.order(&key_of(field(asked, "MerchantID"), field(asked, "MerchantTradeNo")))
}

pub(crate) fn field<'a>(asked: &'a Fields, name: &str) -> &'a str {
    asked.get(name).unwrap_or_default()
}

/// Sixteen fields and the signature, as recorded.
fn known_trade(world: &World, order: &Order, now_ms: i64) -> Fields {
    let (handling, processing) = order.payment().map_or((0, 0), |paid| paid.charge.method.fees(order.amount));
    let mut pairs: Vec<(String, String)> =
        ["CustomField1", "CustomField2", "CustomField3", "CustomField4", "ItemName", "StoreID"]
            .into_iter()
            .map(|name| (name.to_owned(), order.asked(name).to_owned()))
            .collect();
    let mut push = |name: &str, value: String| pairs.push((name.to_owned(), value));
    push("HandlingCharge", handling.to_string());
    push("MerchantID", order.key.merchant_id.clone());
    push("MerchantTradeNo", order.key.number.clone());
    push("PaymentDate", order.payment().map_or_else(String::new, |paid| taipei::second(paid.at_ms)));
    push("PaymentType", order.payment_type());
    push("PaymentTypeChargeFee", (handling + processing).to_string());
    push("TradeAmt", order.amount.to_string());
    push("TradeDate", taipei::second(order.created_ms));
    push("TradeNo", order.trade_no.clone());
    push("TradeStatus", order.trade_status(&world.options, now_ms));
    notice::sorted(pairs)
}

/// The recorded answer for a number that is not known: no StoreID, no CustomField.
fn unknown_trade(asked: &Fields, status: &str) -> Fields {
    [
        ("HandlingCharge", "0"),
        ("ItemName", ""),
        ("MerchantID", field(asked, "MerchantID")),
        ("MerchantTradeNo", field(asked, "MerchantTradeNo")),
        ("PaymentDate", ""),
        ("PaymentType", ""),
        ("PaymentTypeChargeFee", "0"),
        ("TradeAmt", "0"),
        ("TradeDate", ""),
        ("TradeNo", ""),
        ("TradeStatus", status),
    ]
    .into_iter()
    .collect()
}

/// The issued code; not answered once the order is paid (ECPay doc 5615).
fn known_code(order: &Order) -> Option<Fields> {
    let State::Coded(code) = &order.state else { return None };
    let fields = notice::code_fields(order, code);
    let mut pairs: Vec<(String, String)> =
        fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    if code.method == crate::method::Method::Cvs {
        pairs.retain(|(name, _)| !name.starts_with("Barcode"));
        pairs.push(("PaymentURL".to_owned(), String::new()));
    }
    Some(notice::sorted(pairs))
}

/// MerchantID is empty here although it was sent: recorded.
fn unknown_code(number: &str, code: &str, text: &str) -> Fields {
    [
        ("MerchantID", ""),
        ("MerchantTradeNo", number),
        ("PaymentType", ""),
        ("RtnCode", code),
        ("RtnMsg", text),
        ("TradeAmt", "0"),
        ("TradeDate", ""),
        ("TradeNo", ""),
    ]
    .into_iter()
    .collect()
}

fn faulty(merchant: &Merchant, reply: &Fields, fault: Option<QueryFault>) -> Answer {
    let signed = |fields: &Fields| notice::signed(merchant, fields, None);
    Answer::Body(match fault {
        None => signed(reply).to_raw(),
        Some(QueryFault::Status { status }) => signed(&notice::with(reply, "TradeStatus", &status)).to_raw(),
        Some(QueryFault::WrongAmount { amount }) => {
            signed(&notice::with(reply, "TradeAmt", &amount.to_string())).to_raw()
        }
        Some(QueryFault::BreakSignature) => notice::break_signature(&signed(reply)).to_raw(),
        Some(QueryFault::Garbage) => "<html><body>502 Bad Gateway</body></html>".to_owned(),
        Some(QueryFault::HttpStatus { status }) => return Answer::Status(status),
    })
}
