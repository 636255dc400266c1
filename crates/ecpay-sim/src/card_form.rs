//! DoAction and QueryTrade/V2 as forms: signed questions, unsigned answers (ECPay docs 2885 and 2894).

use ecpay::fields::{Fields, FieldsError};
use ecpay::{ActionKind, mac};
use serde_json::{Value, json};

use crate::card::{self, Asked, Found, Says, Told};
use crate::options::{CardActions, RefundLines};
use crate::query::{Answer, field, pass};
use crate::settlement::{CardStage, Line, Settlement};
use crate::taipei;
use crate::world::{World, key_of};

pub(crate) fn do_action(world: &mut World, form: Result<Fields, FieldsError>, now_ms: i64) -> Answer {
    let Some(asked) = pass(world, form, now_ms) else { return Answer::Status(403) };
    let merchant_id = field(&asked, "MerchantID");
    let Some(merchant) = world.merchant(merchant_id) else {
        return Answer::Body(result(&Fields::new(), 10_200_051, "MerchantID Error"));
    };
    if mac::verify(merchant, &asked).is_err() {
        return Answer::Body(result(&Fields::new(), 10_200_073, "CheckMacValue Error"));
    }
    let request = Asked {
        key: key_of(merchant_id, field(&asked, "MerchantTradeNo")),
        trade_no: field(&asked, "TradeNo"),
        action: ActionKind::from_letter(field(&asked, "Action")),
        amount: field(&asked, "TotalAmount").parse().ok(),
    };
    let acted = card::act(world, &request, now_ms);
    let answer = match acted.says {
        Says::Result { code, msg } => Answer::Body(result(&asked, code, &msg)),
        Says::UnknownOrder => Answer::Body(result(&Fields::new(), 0, "訂單不存在")),
        Says::Nothing(answer) => answer,
    };
    answer.after(acted.wait_ms)
}

/// The merchant's number twice, under two names: recorded.
fn result(asked: &Fields, code: i64, msg: &str) -> String {
    let code = code.to_string();
    let fields: Fields = [
        ("Merchant", field(asked, "MerchantID")),
        ("MerchantID", field(asked, "MerchantID")),
        ("MerchantTradeNo", field(asked, "MerchantTradeNo")),
        ("RtnCode", &code),
        ("RtnMsg", msg),
        ("TradeNo", field(asked, "TradeNo")),
    ]
    .into_iter()
    .collect();
    fields.to_raw()
}

pub(crate) fn query_trade(world: &mut World, form: Result<Fields, FieldsError>, now_ms: i64) -> Answer {
    let Some(asked) = pass(world, form, now_ms) else { return Answer::Status(403) };
    let Some(merchant) = world.merchant(field(&asked, "MerchantID")) else { return failed("error_Stop") };
    if mac::verify(merchant, &asked).is_err() {
        return failed("error");
    }
    if world.options.card_actions == CardActions::UnknownOrder {
        // Recorded.
        return failed("授權單號錯誤");
    }
    let number = |name| field(&asked, name).parse::<u64>().ok();
    let (Some(_), Some(amount), Some(check_code)) =
        (number("CreditRefundId"), number("CreditAmount"), number("CreditCheckCode"))
    else {
        return failed("error");
    };
    if world.options.card_check_code.is_some_and(|right| right != check_code) {
        return failed("error");
    }
    let refund_lines = world.options.refund_lines;
    let (merchant_id, gwsr) = (field(&asked, "MerchantID"), field(&asked, "CreditRefundId"));
    let told = card::look(world, now_ms, |world| {
        let meant = |order: &&crate::order::Order| {
            let amount_fits = u64::try_from(order.amount) == Ok(amount);
            order.key.merchant_id == merchant_id && amount_fits && order.gwsr() == Some(gwsr)
        };
        world.orders().find(meant).map(|order| order.key.clone())
    });
    match told {
        Told::Truth(Found::Payment(order, settlement)) => {
            found(order.gwsr(), &settlement, status(settlement.stage()), refund_lines)
        }
        Told::Status(Found::Payment(order, settlement), text) => found(order.gwsr(), &settlement, &text, refund_lines),
        Told::Truth(_) | Told::Status(..) => failed("error_nopay"),
        Told::Says(msg) => failed(&msg),
        Told::Nothing(answer) => answer,
    }
}

fn found(gwsr: Option<&str>, settlement: &Settlement, status: &str, refund_lines: RefundLines) -> Answer {
    let lines = shown(&settlement.lines, refund_lines).enumerate().map(|(at, (line, amount))| {
        json!({
            "status": line_status(line.stage), "sno": at + 1, "amount": amount, "datetime": taipei::second(line.at_ms),
        })
    });
    Answer::json(&json!({
        "RtnMsg": "",
        "RtnValue": {
            "TradeID": gwsr.and_then(|gwsr| gwsr.parse::<u64>().ok()),
            "amount": settlement.amount,
            "clsamt": settlement.captured(),
            "authtime": taipei::second(settlement.authorised_ms()),
            "status": status,
            "close_data": lines.collect::<Vec<_>>(),
        },
    }))
}

fn failed(msg: &str) -> Answer {
    Answer::json(&json!({ "RtnMsg": msg, "RtnValue": Value::Null }))
}

/// The lines as this gateway writes them: refunds below zero, like any other, or not at all.
pub(crate) fn shown(lines: &[Line], refunds: RefundLines) -> impl Iterator<Item = (&Line, i64)> {
    let kept = move |line: &&Line| line.amount > 0 || refunds != RefundLines::Absent;
    let written = move |line: &Line| if refunds == RefundLines::Unsigned { line.amount.abs() } else { line.amount };
    lines.iter().filter(kept).map(move |line| (line, written(line)))
}

/// The payment's own status has three values; how far its captures are is in their lines (ECPay doc 2894).
fn status(stage: CardStage) -> &'static str {
    if stage == CardStage::Cancelled { "已取消" } else { "已授權" }
}

fn line_status(stage: CardStage) -> &'static str {
    match stage {
        CardStage::Authorised => "已授權",
        CardStage::ToBeCaptured => "要關帳",
        CardStage::Captured => "已關帳",
        CardStage::OperationCancelled => "操作取消",
        CardStage::Cancelled => "已取消",
    }
}
