//! Codes to be paid elsewhere: choosing the bank or chain, and the page with the numbers.

use maud::{Markup, html};

use super::{Lang, bars, methods, page, simulator_box, step, wallet};
use crate::method::Method;
use crate::order::{Code, Numbers, Order};
use crate::taipei;

pub(crate) fn choose(order: &Order, method: Method) -> Markup {
    let lang = Lang::of(order);
    let title = methods::name(method, lang);
    let legend = match method {
        Method::Atm => lang.pick("選擇轉入銀行", "Bank to pay into"),
        Method::Barcode => lang.pick("繳費方式", "Where"),
        _ => lang.pick("選擇超商", "Store"),
    };
    page(
        order,
        title,
        &html! {
            h1 { (title) }
            form method="post" action=(step(order, "code")) {
                input type="hidden" name="method" value=(method);
                (wallet::pick(order, method.subs(), lang, legend))
                button #code-submit type="submit" { (lang.pick("取得繳費代碼", "Get the code")) }
            }
            (super::other_ways(order, lang))
        },
    )
}

/// The issued numbers. `expired` says whether they can still be paid.
pub(crate) fn issued(order: &Order, code: &Code, expired: bool) -> Markup {
    let lang = Lang::of(order);
    let title = match code.method {
        Method::Atm => lang.pick("請轉帳到這個帳號", "Transfer to this account"),
        Method::Barcode => lang.pick("請到超商櫃檯出示條碼", "Show these barcodes at the counter"),
        _ => lang.pick("請到超商機台輸入代碼", "Type this code at the store kiosk"),
    };
    let place = code.method.sub(&code.sub).filter(|_| code.method != Method::Barcode);
    let back = order.asked("ClientBackURL");
    page(
        order,
        title,
        &html! {
            div #result data-result="code" {
                h1 { (title) }
                @if expired {
                    p.warn role="alert" #expired { (lang.pick("已超過繳費期限，不能再付款。", "The deadline has passed; this can no longer be paid.")) }
                }
                (numbers(code, lang))
                dl.facts {
                    dt { (lang.pick("繳費方式", "Through")) }
                    dd {
                        (methods::name(code.method, lang))
                        @if let Some(sub) = place { " · " (lang.pick(sub.zh, sub.en)) }
                    }
                    dt { (lang.pick("繳費期限", "Pay by")) }
                    dd #expires { (taipei::second(code.expires_ms)) }
                }
                p.note { (lang.pick("取得代碼不代表已付款；繳費後商店才會收到通知。", "A code is not a payment; the shop is told when you have paid.")) }
                @if !expired {
                    form method="post" action=(step(order, "pay-code")) {
                        (simulator_box(
                            lang,
                            lang.pick("當作顧客已經去繳費了。", "Pretend that the customer has gone and paid."),
                            &html! { button #sim-pay-code { (lang.pick("模擬繳費完成", "Pay this code")) } },
                        ))
                    }
                }
                @if !back.is_empty() {
                    a.button.quiet #back-to-shop href=(back) { (lang.pick("返回商店", "Back to the shop")) }
                }
            }
        },
    )
}

fn numbers(code: &Code, lang: Lang) -> Markup {
    html! {
        @match &code.numbers {
            Numbers::Account { bank_code, account } => {
                p.note { (lang.pick("銀行代碼", "Bank code")) " " b { (bank_code) } }
                div.number #payment-code { (spaced(account)) }
            }
            Numbers::StoreCode(payment_no) => div.number #payment-code { (payment_no) },
            Numbers::Barcodes(segments) => div #payment-code {
                @for segment in segments { div.bars { (bars::code39(segment)) (segment) } }
            }
        }
    }
}

/// In groups of four, as people read account numbers aloud.
fn spaced(digits: &str) -> String {
    let groups: Vec<String> =
        digits.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    groups.join(" ")
}
