//! The choice of a way to pay.

use maud::{Markup, html};

use super::{Lang, icons, page, step};
use crate::method::Method;
use crate::order::Order;

pub(crate) fn methods(order: &Order) -> Markup {
    let lang = Lang::of(order);
    let (later, now): (Vec<Method>, Vec<Method>) =
        order.offered.iter().partition(|method| method.is_code() || **method == Method::Bnpl);
    let group = |title: &str, methods: &[Method]| {
        html! {
            @if !methods.is_empty() {
                h2 { (title) }
                ul.ways {
                    @for method in methods {
                        li {
                            a.way data-method=(method) href=(step(order, method.as_str())) {
                                (icons::of(*method))
                                span { (name(*method, lang)) small { (hint(*method, lang)) } }
                                i.go {}
                            }
                        }
                    }
                }
            }
        }
    };
    // The Chinese words stay on the English page too: the real page is recognised by them.
    page(
        order,
        lang.pick("選擇付款方式", "Choose how to pay"),
        &html! {
            h1 { "選擇付款方式" @if lang == Lang::English { " · Choose how to pay" } }
            (group(lang.pick("立即付款", "Pay now"), &now))
            (group(lang.pick("先取得代碼或申請，之後付款", "Get a code or apply, pay later"), &later))
        },
    )
}

pub(super) fn name(method: Method, lang: Lang) -> &'static str {
    match method {
        Method::Credit => lang.pick("信用卡", "Credit card"),
        Method::Twqr => lang.pick("TWQR 行動支付", "TWQR mobile pay"),
        Method::ApplePay => "Apple Pay",
        Method::WeiXin => lang.pick("微信支付", "WeChat Pay"),
        Method::DigitalPayment => lang.pick("電子支付", "E-wallet"),
        Method::WebAtm => lang.pick("網路 ATM", "Net ATM"),
        Method::Atm => lang.pick("ATM 轉帳", "ATM transfer"),
        Method::Cvs => lang.pick("超商代碼", "Store code"),
        Method::Barcode => lang.pick("超商條碼", "Store barcode"),
        Method::Bnpl => lang.pick("無卡分期", "Buy now, pay later"),
    }
}

fn hint(method: Method, lang: Lang) -> &'static str {
    match method {
        Method::Credit => lang.pick("一次付清或分期", "In full or by instalments"),
        Method::Twqr => lang.pick("用錢包或銀行 App 掃描", "Scan with a wallet app"),
        Method::ApplePay => lang.pick("Apple 裝置", "On Apple devices"),
        Method::WeiXin => lang.pick("用微信 App 付款", "In the WeChat app"),
        Method::DigitalPayment => lang.pick("街口支付、一卡通", "JKOPAY, iPASS"),
        Method::WebAtm => lang.pick("需要讀卡機", "Needs a card reader"),
        Method::Atm => lang.pick("取得專屬虛擬帳號", "An account of your own"),
        Method::Cvs => lang.pick("到超商機台輸入代碼", "Type it at a store kiosk"),
        Method::Barcode => lang.pick("到超商櫃檯掃描", "Scanned at the counter"),
        Method::Bnpl => lang.pick("裕富、銀角零卡", "URICH, ZINGALA"),
    }
}
