//! Statements: 特店對帳媒體檔 (docs 2896 and 16599) and 信用卡撥款對帳檔 (docs 2898 and 16604). Big5, CRLF, one file a minute
//! for each merchant; the header of the new form is that of the sister service, with 綠界 for 歐付寶.

use ecpay::fields::{Fields, FieldsError};
use ecpay::mac;

use crate::options::QuietStatement;
use crate::order::Order;
use crate::query::Answer;
use crate::taipei::{self, DAY_MS, MINUTE_MS};
use crate::world::World;

const NEW: &str = "訂單日期,廠商訂單編號,綠界訂單編號,平台名稱,付款方式,費率(每筆),信用卡授權單號,信用卡卡號末4碼,\
                   超商資訊/ATM繳款帳號,付款狀態,交易金額,退款日期,退款金額,交易手續費,平台手續費,應收款項(淨額),撥款狀態,\
                   買家備註,廠商備註";
const OLD: &str = "交易日期,綠界交易序號,特店訂單編號,ATM條碼,交易金額,付款方式,付款結果,付款日期,款項來源(銀行/超商),\
                   通路費,交易服務費率(%數 / $筆),交易服務費金額,應收款項(淨額),撥款狀態,撥款日期,備註";
const FUNDING: &str = "序號,授權單號,授權碼,訂單編號,交易日期,請款日期,交易金額,服務費(%數),撥款金額";

/// What the file says to one who may not have it. The real text is unknown.
const DENIED: &str = "0|CheckMacValue Error";

pub(crate) fn trade_no_aio(world: &mut World, form: Result<Fields, FieldsError>, now_ms: i64) -> Answer {
    let asked = form.unwrap_or_default();
    if let Some(refused) = refused(world, &asked, now_ms) {
        return refused;
    }
    let field = |name| asked.get(name).unwrap_or_default();
    let (from, to, by_payment) = (field("BeginDate"), field("EndDate"), field("DateType") == "2");
    let old = field("MediaFormated") == "0";
    let day = |at_ms| taipei::day(at_ms).replace('/', "-");
    let within = |order: &&Order| {
        let at_ms = if by_payment { order.payment().map(|payment| payment.at_ms) } else { Some(order.created_ms) };
        at_ms.is_some_and(|at_ms| (from..=to).contains(&day(at_ms).as_str()))
    };
    let of_merchant = world.orders().filter(|order| order.key.merchant_id == field("MerchantID"));
    let lines: Vec<String> = of_merchant
        .filter(within)
        .map(|order| if old { old_line(order) } else { new_line(world, order, now_ms) })
        .collect();
    file(if old { OLD } else { NEW }, lines, world.options.quiet_statement)
}

pub(crate) fn funding_recon(world: &mut World, form: Result<Fields, FieldsError>, now_ms: i64) -> Answer {
    let asked = form.unwrap_or_default();
    if let Some(refused) = refused(world, &asked, now_ms) {
        return refused;
    }
    let field = |name| asked.get(name).unwrap_or_default();
    let (from, to) = (field("StartDate"), field("EndDate"));
    let mut lines = Vec::new();
    for order in world.orders().filter(|order| order.key.merchant_id == field("MerchantID")) {
        let Some(settlement) = world.settlement_at(order, now_ms) else { continue };
        for line in settlement.lines() {
            let at = taipei::day(line.at_ms).replace('/', "-");
            if !(from..=to).contains(&at.as_str()) {
                continue;
            }
            let digits = |at_ms| taipei::day(at_ms).replace('/', "");
            lines.push(format!(
                "{},{},777777,{},{},{},{},2.75,{}",
                lines.len() + 1,
                order.gwsr().unwrap_or_default(),
                order.key.number,
                digits(order.created_ms),
                digits(line.at_ms),
                line.amount,
                line.amount - fee(line.amount)
            ));
        }
    }
    file(FUNDING, lines, world.options.quiet_statement)
}

/// Not signed with the merchant's keys, or asked for within a minute of the last.
fn refused(world: &mut World, asked: &Fields, now_ms: i64) -> Option<Answer> {
    let merchant_id = asked.get("MerchantID").unwrap_or_default();
    let Some(merchant) = world.merchant(merchant_id).cloned() else { return Some(Answer::Body(DENIED.to_owned())) };
    if mac::verify(&merchant, asked).is_err() {
        return Some(Answer::Body(DENIED.to_owned()));
    }
    let last = world.statements.insert(merchant_id.to_owned(), now_ms);
    last.is_some_and(|last| now_ms < last.saturating_add(MINUTE_MS)).then_some(Answer::Status(403))
}

fn new_line(world: &World, order: &Order, now_ms: i64) -> String {
    let settlement = world.settlement_at(order, now_ms);
    let refunded = settlement.as_ref().map_or(0, |settlement| settlement.refunded());
    let amount = order.amount;
    let back = |text: &str| if refunded > 0 { text.to_owned() } else { String::new() };
    let last4 = order.payment().and_then(|payment| payment.charge.card.as_ref()).map(|card| card.last_four.clone());
    let cells = [
        // By the day it was paid: what is asked for by that day names it.
        order.payment().map_or_else(|| taipei::second(order.created_ms), |payment| taipei::second(payment.at_ms)),
        order.key.number.clone(),
        order.trade_no.clone(),
        String::new(),
        words(order).to_owned(),
        "2.75".to_owned(),
        order.gwsr().unwrap_or_default().to_owned(),
        last4.unwrap_or_default(),
        String::new(),
        if order.payment().is_some() { "已付款" } else { "未付款" }.to_owned(),
        amount.to_string(),
        back(&taipei::day(now_ms)),
        back(&refunded.to_string()),
        fee(amount).to_string(),
        "0".to_owned(),
        (amount - fee(amount) - refunded).to_string(),
        "未撥款".to_owned(),
        String::new(),
        String::new(),
    ];
    cells.map(|cell| format!("=\"{cell}\"")).join(",")
}

fn old_line(order: &Order) -> String {
    let paid = order.payment().map(|payment| payment.at_ms);
    [
        taipei::day(order.created_ms),
        order.trade_no.clone(),
        order.key.number.clone(),
        String::new(),
        order.amount.to_string(),
        words(order).to_owned(),
        if paid.is_some() { "付款成功" } else { "未付款" }.to_owned(),
        paid.map_or_else(String::new, taipei::day),
        String::new(),
        "0".to_owned(),
        "2.75%".to_owned(),
        fee(order.amount).to_string(),
        (order.amount - fee(order.amount)).to_string(),
        "未撥款".to_owned(),
        paid.map_or_else(String::new, |at_ms| taipei::day(at_ms + 3 * DAY_MS)),
        String::new(),
    ]
    .join(",")
}

fn words(order: &Order) -> &'static str {
    match order.payment_type().split('_').next().unwrap_or_default() {
        "Credit" => "信用卡",
        "ATM" => "ATM",
        "CVS" => "超商代碼",
        "BARCODE" => "超商條碼",
        "WebATM" => "網路ATM",
        "TWQR" => "TWQR",
        _ => "其他",
    }
}

fn fee(amount: i64) -> i64 {
    amount * 275 / 10_000
}

fn file(header: &str, lines: Vec<String>, quiet: QuietStatement) -> Answer {
    if lines.is_empty() && quiet == QuietStatement::Empty {
        return Answer::File(Vec::new());
    }
    let mut text = header.to_owned();
    for line in lines {
        text.push_str("\r\n");
        text.push_str(&line);
    }
    text.push_str("\r\n");
    Answer::File(encoding_rs::BIG5.encode(&text).0.into_owned())
}
