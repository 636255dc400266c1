//! The numbers a gateway makes up: accounts, store codes, barcodes, authorisation numbers.

use crate::chance::Chance;
use crate::method::Method;
use crate::order::{Charge, Code, Numbers, Order};
use crate::taipei::{self, DAY_MS, MINUTE_MS};

/// A code to be paid elsewhere, with the lifetimes of ECPay docs 2872, 2874 and 2876: ATM in days until the last
/// second, store code in **minutes**, store barcode in **days**.
pub(crate) fn code(order: &Order, method: Method, sub: &str, now_ms: i64, chance: &mut Chance) -> Code {
    let asked = |name: &str, usual: i64, longest: i64| {
        order.asked(name).parse::<i64>().ok().filter(|n| (1..=longest).contains(n)).unwrap_or(usual)
    };
    let expires_ms = match method {
        Method::Atm => taipei::end_of_day(now_ms, asked("ExpireDate", 3, 60)),
        Method::Barcode => now_ms.saturating_add(asked("StoreExpireDate", 7, 30).saturating_mul(DAY_MS)),
        _ => now_ms.saturating_add(asked("StoreExpireDate", 10_080, 43_200).saturating_mul(MINUTE_MS)),
    };
    let numbers = match method {
        Method::Atm => {
            Numbers::Account { bank_code: Method::bank_code(sub), account: format!("9{}", chance.digits(15)) }
        }
        Method::Barcode => Numbers::Barcodes(barcodes(order.amount, expires_ms, chance)),
        _ => Numbers::StoreCode(format!("LLL{}", chance.digits(11))),
    };
    Code { method, sub: sub.to_owned(), expires_ms, numbers }
}

/// Three segments in the shape stores use: due date and agency, order, month and amount with check digits.
fn barcodes(amount: i64, expires_ms: i64, chance: &mut Chance) -> [String; 3] {
    let due = taipei::short_day(expires_ms);
    let (month, check) = (due[2..4].to_owned(), chance.digits(2));
    [format!("{due}6AA"), chance.digits(16), format!("{month}{}{check}{amount:09}", &due[..2])]
}

/// What ECPay doc 5675 adds to a notice, for the fields that apply.
pub(crate) fn payment_extra(
    order: &Order,
    charge: &Charge,
    three_d: bool,
    now_ms: i64,
    chance: &mut Chance,
) -> Vec<(&'static str, String)> {
    let mut extra = Vec::new();
    match charge.method {
        Method::Credit | Method::ApplePay => {
            let card = |pick: fn(&crate::cards::TestCard) -> &str| {
                charge.card.as_ref().map_or_else(|| "2222".to_owned(), |card| pick(card).to_owned())
            };
            extra.push(("gwsr", format!("1{}", chance.digits(7))));
            extra.push(("process_date", taipei::second(now_ms)));
            extra.push(("auth_code", "777777".to_owned()));
            extra.push(("amount", order.amount.to_string()));
            extra.push(("eci", if three_d { "5" } else { "0" }.to_owned()));
            extra.push(("card4no", card(|card| &card.last_four)));
            extra.push(("card6no", charge.card.as_ref().map_or("431195", |card| &card.first_six).to_owned()));
            extra.extend(instalments(order.amount, charge.stages));
            extra.extend(period(order));
        }
        Method::Twqr => extra.push(("TWQRTradeNo", format!("OPAY{}", taipei::digits(now_ms)))),
        Method::Atm => {
            extra.push(("ATMAccBank", Method::bank_code(&charge.sub).to_owned()));
            extra.push(("ATMAccNo", chance.digits(5)));
        }
        Method::WebAtm => {
            extra.push(("WebATMAccBank", Method::bank_code(&charge.sub).to_owned()));
            extra.push(("WebATMAccNo", chance.digits(5)));
            let name = charge.method.sub(&charge.sub).map_or("", |sub| sub.zh);
            extra.push(("WebATMBankName", name.to_owned()));
        }
        Method::Cvs => extra.push(("PayFrom", pay_from(&charge.sub).to_owned())),
        Method::Barcode => extra.push(("PayFrom", "family".to_owned())),
        Method::Bnpl | Method::WeiXin | Method::DigitalPayment => {}
    }
    extra
}

/// The code itself, for the notice that says it was paid.
pub(crate) fn code_extra(code: &Code) -> Vec<(&'static str, String)> {
    match &code.numbers {
        Numbers::StoreCode(payment_no) => vec![("PaymentNo", payment_no.clone())],
        Numbers::Account { .. } | Numbers::Barcodes(_) => Vec::new(),
    }
}

/// The bank puts the remainder into the first period: 1733 in 6 is 293 and five times 288 (ECPay doc 2870).
fn instalments(amount: i64, stages: i64) -> Vec<(&'static str, String)> {
    let blank = || "0".to_owned();
    if stages < 2 {
        return vec![("stage", blank()), ("stast", blank()), ("staed", blank())];
    }
    let each = amount / stages;
    let first = amount - each * (stages - 1);
    vec![("stage", stages.to_string()), ("stast", first.to_string()), ("staed", each.to_string())]
}

fn period(order: &Order) -> Vec<(&'static str, String)> {
    if order.asked("PeriodType").is_empty() {
        return Vec::new();
    }
    let echoed = ["PeriodType", "Frequency", "ExecTimes", "PeriodAmount"];
    let mut fields: Vec<_> = echoed.into_iter().map(|name| (name, order.asked(name).to_owned())).collect();
    fields.push(("TotalSuccessTimes", "1".to_owned()));
    fields.push(("TotalSuccessAmount", order.amount.to_string()));
    fields
}

fn pay_from(chain: &str) -> &'static str {
    match chain {
        "OK" => "okmart",
        "FAMILY" => "family",
        "HILIFE" => "hilife",
        _ => "ibon",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_instalment_takes_the_remainder() {
        let fields = instalments(1_733, 6);
        assert_eq!(fields[1], ("stast", "293".to_owned()));
        assert_eq!(fields[2], ("staed", "288".to_owned()));
        assert_eq!(instalments(1_733, 0)[0].1, "0");
    }

    #[test]
    fn store_barcodes_have_the_length_that_the_till_may_expect() {
        let [one, two, three] = barcodes(420, 1_782_998_651_000, &mut Chance::new(3));
        assert_eq!((one.len(), two.len(), three.len()), (9, 16, 15));
        assert!(one.starts_with("260702"));
        assert!(three.ends_with("000000420"));
    }
}
