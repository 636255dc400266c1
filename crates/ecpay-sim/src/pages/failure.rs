//! The page 交易失敗, in the recorded words: clients recognise the code in it.

use maud::{Markup, html};

use super::{Lang, icons, page, page_alone, step};
use crate::checkout::PageError;
use crate::order::Order;

/// With an order that can still be paid, the page offers to try again.
pub(crate) fn failure(error: &PageError, order: Option<&Order>) -> Markup {
    let lang = order.map_or(Lang::Chinese, Lang::of);
    let panel = html! {
        div #failure data-code=(error.code) {
            div.verdict { (icons::failed()) h1 { "交易失敗" @if lang == Lang::English { " · Payment failed" } } }
            p { "訊息代碼 Message code：" (error.code) }
            p { "訊息說明 Note for message：" (error.text) }
            @if let Some(order) = order {
                a.button #retry href=(step(order, "")) { (lang.pick("重新選擇付款方式", "Try again")) }
                @let back = order.asked("ClientBackURL");
                @if !back.is_empty() {
                    a.button.quiet #back-to-shop href=(back) { (lang.pick("返回商店", "Back to the shop")) }
                }
            }
        }
    };
    match order {
        Some(order) => page(order, "交易失敗", &panel),
        None => page_alone("交易失敗", &panel),
    }
}
