//! How it ended: the result page, and the form that carries the result back to the shop.

use ecpay::fields::Fields;
use maud::{Markup, PreEscaped, html};

use super::{Lang, icons, methods, page};
use crate::order::{Charge, Order};
use crate::taipei;

/// What the customer is told in the end.
#[derive(Clone, Copy)]
pub(crate) struct Verdict<'a> {
    pub(crate) charge: &'a Charge,
    pub(crate) at_ms: i64,
    /// The bank has not answered yet.
    pub(crate) awaiting: bool,
}

pub(crate) fn result(order: &Order, verdict: Verdict<'_>) -> Markup {
    let lang = Lang::of(order);
    let back = order.asked("ClientBackURL");
    page(
        order,
        title(verdict, lang),
        &html! {
            (told(verdict, lang))
            @if !back.is_empty() {
                a.button #back-to-shop href=(back) { (lang.pick("返回商店", "Back to the shop")) }
            } @else {
                p.note { (lang.pick("可以關閉這個頁面，請回到櫃檯。", "You may close this page and return to the counter.")) }
            }
        },
    )
}

/// Posts itself to the shop; the button is for browsers without scripts.
pub(crate) fn return_form(order: &Order, to: &str, fields: &Fields, verdict: Option<Verdict<'_>>) -> Markup {
    let lang = Lang::of(order);
    let title = verdict.map_or(lang.pick("已取得繳費代碼", "Code issued"), |verdict| title(verdict, lang));
    page(
        order,
        title,
        &html! {
            @match verdict {
                Some(verdict) => { (told(verdict, lang)) }
                None => div #result data-result="code" { h1 { (title) } }
            }
            p.note { (lang.pick("正在返回商店……", "Returning to the shop…")) }
            form #return method="post" action=(to) accept-charset="utf-8" {
                @for (name, value) in fields.iter() { input type="hidden" name=(name) value=(value); }
                button #return-submit type="submit" { (lang.pick("返回商店", "Back to the shop")) }
            }
            script { (PreEscaped(r#"document.getElementById("return").submit()"#)) }
        },
    )
}

fn title(verdict: Verdict<'_>, lang: Lang) -> &'static str {
    if verdict.awaiting {
        lang.pick("付款結果確認中", "The result is being confirmed")
    } else {
        lang.pick("付款成功", "Payment successful")
    }
}

fn told(verdict: Verdict<'_>, lang: Lang) -> Markup {
    let charge = verdict.charge;
    html! {
        div #result data-result=(if verdict.awaiting { "pending" } else { "paid" }) {
            div.verdict {
                (if verdict.awaiting { icons::waiting() } else { icons::paid() })
                h1 { (title(verdict, lang)) }
            }
            @if verdict.awaiting {
                p { (lang.pick("銀行尚未回覆，請勿重複付款。", "The bank has not answered yet; please do not pay again.")) }
            }
            dl.facts {
                dt { (lang.pick("付款方式", "Paid by")) }
                dd {
                    (methods::name(charge.method, lang))
                    @if let Some(sub) = charge.method.sub(&charge.sub) { " · " (lang.pick(sub.zh, sub.en)) }
                    @if let Some(card) = &charge.card { (lang.pick("（末四碼 ", " ending in ")) (card.last_four) (lang.pick("）", "")) }
                }
                dt { (lang.pick("時間", "Time")) }
                dd { (taipei::second(verdict.at_ms)) }
            }
        }
    }
}
