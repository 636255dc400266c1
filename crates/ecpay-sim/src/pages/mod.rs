//! The pages a customer sees. Calm, self-contained, in two languages, and never without the strip that says that no
//! money moves.

mod bars;
mod card;
mod code;
mod failure;
mod icons;
mod methods;
mod result;
mod wallet;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::order::Order;

pub(crate) use card::{card, password};
pub(crate) use code::{choose as choose_code, issued};
pub(crate) use failure::failure;
pub(crate) use methods::methods;
pub(crate) use result::{Verdict, result, return_form};
pub(crate) use wallet::{twqr, wallet, wallet_done, wallet_on_phone};

/// The language of a page. Only these two are written; Korean and Japanese get English, simplified gets traditional.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    Chinese,
    English,
}

impl Lang {
    /// By the order's `Language` field (ECPay doc 2864).
    pub(crate) fn of(order: &Order) -> Self {
        match order.asked("Language") {
            "ENG" | "KOR" | "JPN" => Self::English,
            _ => Self::Chinese,
        }
    }

    pub(crate) fn pick<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh-Hant-TW",
            Self::English => "en",
        }
    }
}

/// A page about an order: the bill beside the panel.
fn page(order: &Order, title: &str, panel: &Markup) -> Markup {
    let lang = Lang::of(order);
    let aside = bill(order, lang);
    frame(lang, title, Some(&aside), panel)
}

/// A page about nothing that exists.
fn page_alone(title: &str, panel: &Markup) -> Markup {
    frame(Lang::Chinese, title, None, panel)
}

fn frame(lang: Lang, title: &str, aside: Option<&Markup>, panel: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title) " · SIMULATOR" }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                div.strip role="note" {
                    b { "模擬環境 SIMULATOR" }
                    span { "不會收取任何費用 · no money moves" }
                }
                div.sheet.alone[aside.is_none()] {
                    @if let Some(aside) = aside { (aside) }
                    main.panel { (panel) }
                    footer {
                        (lang.pick(
                            "這不是綠界科技的網站，是本機上模擬 ECPay 收銀頁的練習頁面。請勿輸入真實卡號。",
                            "Not a site of ECPay: a practice page on this machine that imitates its cashier. \
                             Never enter a real card.",
                        ))
                    }
                }
            }
        }
    }
}

fn bill(order: &Order, lang: Lang) -> Markup {
    const MOST_LINES: usize = 8;
    let items: Vec<&str> = order.asked("ItemName").split('#').filter(|item| !item.trim().is_empty()).collect();
    html! {
        section.bill aria-label=(lang.pick("訂單內容", "Order")) {
            div.to {
                span { (lang.pick("付款金額", "Amount due")) }
                span { (lang.pick("特店", "Merchant")) " " (order.key.merchant_id) }
            }
            div.sum #amount { small { "NT$" } (grouped(order.amount)) }
            ul {
                @for item in items.iter().take(MOST_LINES) { li { (item) } }
                @if items.len() > MOST_LINES {
                    li.note { (lang.pick("……等", "… and more: ")) (items.len()) (lang.pick(" 項", " items")) }
                }
            }
            dl {
                dt { (lang.pick("訂單編號", "Order no.")) }
                dd { (order.key.number) }
                dt { (lang.pick("交易編號", "Trade no.")) }
                dd { (order.trade_no) }
            }
        }
    }
}

/// The choice between the simulator's own two endings, always marked as such.
fn simulator_box(lang: Lang, says: &str, buttons: &Markup) -> Markup {
    html! {
        div.sim {
            b.tag { (lang.pick("模擬器操作", "Simulator")) }
            p { (says) }
            (buttons)
        }
    }
}

/// Back to the choice, where there is one.
fn other_ways(order: &Order, lang: Lang) -> Markup {
    html! {
        @if order.offered.len() > 1 {
            a.back #other-ways href=(step(order, "")) { (lang.pick("← 其他付款方式", "← Other ways to pay")) }
        }
    }
}

/// `12,345`.
fn grouped(amount: i64) -> String {
    let digits = amount.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The address of one step of an order's page.
fn step(order: &Order, name: &str) -> String {
    format!("{}/{name}", crate::http::page_path(&order.token))
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_are_grouped() {
        for (amount, text) in [(5, "5"), (999, "999"), (1_000, "1,000"), (49_999, "49,999"), (1_234_567, "1,234,567")] {
            assert_eq!(super::grouped(amount), text);
        }
    }
}
