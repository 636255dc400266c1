//! What the gateway tells a shop about an order, and how each telling went (ECPay docs 2878, 5675, 2881).

use ecpay::fields::Fields;
use ecpay::keys::{HashIv, HashKey, Merchant};
use ecpay::mac::{self, CHECK_MAC_VALUE};
use serde::Serialize;

use crate::faults::Fault;
use crate::method::Method;
use crate::order::{Code, Numbers, Order, OrderKey, Payment};
use crate::taipei;

/// One delivery and four repeats, all on the same day (ECPay doc 2878).
pub(crate) const DELIVERIES: u32 = 5;

/// Something to be told, until it is acknowledged or given up.
pub(crate) struct Notice {
    pub(crate) key: OrderKey,
    pub(crate) kind: NoticeKind,
    pub(crate) url: String,
    /// Genuine and unsigned.
    pub(crate) fields: Fields,
    pub(crate) posted_ms: i64,
    /// Deliveries made, lost ones included, extra copies not.
    pub(crate) made: u32,
    /// Deliveries that still get lost on the way.
    pub(crate) to_lose: u32,
    /// Shapes the first delivery, then gone.
    pub(crate) fault: Option<Fault>,
    pub(crate) acknowledged: bool,
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// The order is paid.
    Paid,
    /// The result is still awaited: 10300066.
    Pending,
    /// A code was issued: PaymentInfoURL.
    CodeIssued,
    /// Somebody pressed 模擬付款 in the back office: SimulatePaid=1, no money.
    Simulated,
}

/// One delivery of one notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) notice: u64,
    pub(crate) purpose: Purpose,
}

/// Why a notice is delivered this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The first time.
    First,
    /// Again, because it was not acknowledged.
    Repeat,
    /// Again for no good reason: a duplicate fault, or somebody asked for it.
    Extra,
}

/// What came of one delivery, as the control API shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivered {
    /// Taipei time of the simulator's clock.
    pub at: String,
    /// What it was about.
    pub kind: NoticeKind,
    /// Why it was delivered.
    pub purpose: Purpose,
    /// Where to.
    pub url: String,
    /// The body as sent; empty when nothing was.
    pub body: String,
    /// What came back.
    pub result: DeliveryResult,
}

/// What came back from a shop's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum DeliveryResult {
    /// Status 200 and exactly `1|OK`.
    Acknowledged,
    /// Any other answer.
    Rejected {
        /// HTTP status.
        status: u16,
        /// The beginning of the body.
        body: String,
    },
    /// No answer.
    Failed {
        /// The courier's reason.
        reason: String,
    },
    /// Lost by a fault; nothing was sent.
    Lost,
    /// The host ends in `.invalid`; nothing was sent and nothing will be.
    Undeliverable,
}

/// Fields of ECPay doc 2878, with those of doc 5675 when the order asks for them, unsigned, A to Z.
pub(crate) fn paid_fields(order: &Order, payment: &Payment, rtn_code: &str, rtn_msg: &str) -> Fields {
    payment_fields(order, payment, rtn_code, rtn_msg, "0")
}

/// The same for 模擬付款 in the back office.
pub(crate) fn simulated_fields(order: &Order, payment: &Payment) -> Fields {
    payment_fields(order, payment, "1", "付款成功", "1")
}

fn payment_fields(order: &Order, payment: &Payment, rtn_code: &str, rtn_msg: &str, simulated: &str) -> Fields {
    let charge = &payment.charge;
    let (handling, processing) = charge.method.fees(order.amount);
    let mut pairs = common(order, rtn_code, rtn_msg, &charge.payment_type());
    pairs.push(("PaymentDate".to_owned(), taipei::second(payment.at_ms)));
    pairs.push(("PaymentTypeChargeFee".to_owned(), (handling + processing).to_string()));
    pairs.push(("SimulatePaid".to_owned(), simulated.to_owned()));
    if order.asked("NeedExtraPaidInfo") == "Y" {
        for name in EXTRA {
            let drawn = payment.extra.iter().find(|(known, _)| *known == name);
            pairs.push((name.to_owned(), drawn.map(|(_, value)| value.clone()).unwrap_or_default()));
        }
    }
    sorted(pairs)
}

/// Fields of ECPay doc 2881, unsigned, A to Z.
pub(crate) fn code_fields(order: &Order, code: &Code) -> Fields {
    let (rtn_code, rtn_msg) = code_result(code.method);
    let mut pairs = common(order, rtn_code, rtn_msg, &code.method.payment_type(&code.sub));
    pairs.extend(code_numbers(code));
    sorted(pairs)
}

/// "A code was issued, nothing is paid", in the words of each method.
pub(crate) fn code_result(method: Method) -> (&'static str, &'static str) {
    match method {
        Method::Atm => ("2", "Get VirtualAccount Succeeded"),
        _ => ("10100073", "Get CVS Code Succeeded"),
    }
}

/// The numbers of an issued code, by field name.
pub(crate) fn code_numbers(code: &Code) -> Vec<(String, String)> {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    match &code.numbers {
        Numbers::Account { bank_code, account } => vec![
            pair("BankCode", bank_code),
            pair("vAccount", account),
            pair("ExpireDate", &taipei::day(code.expires_ms)),
        ],
        Numbers::StoreCode(payment_no) => vec![
            pair("PaymentNo", payment_no),
            pair("ExpireDate", &taipei::second(code.expires_ms)),
            pair("Barcode1", ""),
            pair("Barcode2", ""),
            pair("Barcode3", ""),
        ],
        Numbers::Barcodes([one, two, three]) => vec![
            pair("PaymentNo", ""),
            pair("ExpireDate", &taipei::second(code.expires_ms)),
            pair("Barcode1", one),
            pair("Barcode2", two),
            pair("Barcode3", three),
        ],
    }
}

/// An application for pay later was received (ECPay doc 37517).
pub(crate) fn bnpl_fields(order: &Order, payment: &Payment, trade_no: &str) -> Fields {
    let mut pairs = common(order, "2", "", &payment.charge.payment_type());
    pairs.push(("BNPLTradeNo".to_owned(), trade_no.to_owned()));
    pairs.push(("BNPLInstallment".to_owned(), "3".to_owned()));
    sorted(pairs)
}

fn common(order: &Order, rtn_code: &str, rtn_msg: &str, payment_type: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = ["CustomField1", "CustomField2", "CustomField3", "CustomField4", "StoreID"]
        .into_iter()
        .map(|name| (name.to_owned(), order.asked(name).to_owned()))
        .collect();
    let mut push = |name: &str, value: &str| pairs.push((name.to_owned(), value.to_owned()));
    push("MerchantID", &order.key.merchant_id);
    push("MerchantTradeNo", &order.key.number);
    push("PaymentType", payment_type);
    push("RtnCode", rtn_code);
    push("RtnMsg", rtn_msg);
    push("TradeAmt", &order.amount.to_string());
    push("TradeDate", &taipei::second(order.created_ms));
    push("TradeNo", &order.trade_no);
    pairs
}

/// A to Z without regard to case, as ECPay sends them.
pub(crate) fn sorted(mut pairs: Vec<(String, String)>) -> Fields {
    pairs.sort_by_key(|(name, _)| name.to_ascii_lowercase());
    pairs.into_iter().collect()
}

/// The same fields with another value for one of them.
pub(crate) fn with(fields: &Fields, name: &str, value: &str) -> Fields {
    fields.iter().map(|(known, old)| (known, if known == name { value } else { old })).collect()
}

/// Signs, with the fault that a test asked for.
pub(crate) fn signed(merchant: &Merchant, fields: &Fields, fault: Option<&Fault>) -> Fields {
    let genuine = |fields: &Fields| {
        let mut fields = fields.clone();
        mac::sign(merchant, &mut fields);
        fields
    };
    match fault {
        None | Some(Fault::Drop { .. } | Fault::Delay { .. } | Fault::Duplicate { .. } | Fault::Reorder) => {
            genuine(fields)
        }
        Some(Fault::Forge) => {
            let mut forged = fields.clone();
            mac::sign(&strangers(merchant), &mut forged);
            forged
        }
        Some(Fault::BreakSignature) => break_signature(&genuine(fields)),
        Some(Fault::Unsigned) => fields.clone(),
        Some(Fault::WrongAmount { amount }) => genuine(&with(fields, "TradeAmt", &amount.to_string())),
        Some(Fault::AlterAmount { amount }) => with(&genuine(fields), "TradeAmt", &amount.to_string()),
        Some(Fault::WrongMerchant { merchant_id }) => genuine(&with(fields, "MerchantID", merchant_id)),
    }
}

/// The same fields with one digit of the CheckMacValue changed.
pub(crate) fn break_signature(fields: &Fields) -> Fields {
    let mac = fields.get(CHECK_MAC_VALUE).unwrap_or_default();
    let broken = match mac.split_at_checked(1) {
        Some(("0", rest)) => format!("1{rest}"),
        Some((_, rest)) => format!("0{rest}"),
        None => String::new(),
    };
    with(fields, CHECK_MAC_VALUE, &broken)
}

/// The same merchant number with keys that somebody made up.
fn strangers(merchant: &Merchant) -> Merchant {
    let key = HashKey::parse("0000000000000000").expect("sixteen printable characters");
    let iv = HashIv::parse("0000000000000000").expect("sixteen printable characters");
    Merchant { id: merchant.id.clone(), key, iv }
}

/// Every field of ECPay doc 5675; blank where it does not apply.
const EXTRA: [&str; 31] = [
    "WebATMAccBank",
    "WebATMAccNo",
    "WebATMBankName",
    "ATMAccBank",
    "ATMAccNo",
    "PaymentNo",
    "PayFrom",
    "gwsr",
    "process_date",
    "auth_code",
    "amount",
    "stage",
    "stast",
    "staed",
    "eci",
    "card4no",
    "card6no",
    "red_dan",
    "red_de_amt",
    "red_ok_amt",
    "red_yet",
    "PeriodType",
    "Frequency",
    "ExecTimes",
    "PeriodAmount",
    "TotalSuccessTimes",
    "TotalSuccessAmount",
    "AlipayID",
    "AlipayTradeNo",
    "TenpayTradeNo",
    "TWQRTradeNo",
];
