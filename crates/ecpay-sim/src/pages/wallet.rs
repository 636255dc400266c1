//! Methods that end somewhere the simulator cannot be: TWQR and the other wallets. A marked button stands in.

use maud::{Markup, PreEscaped, html};

use super::{Lang, bars, icons, methods, page, simulator_box, step};
use crate::method::{Method, Sub};
use crate::order::Order;

/// The QR to scan, and "waiting" until somebody pays. `base` is this server's address as the browser knows it.
pub(crate) fn twqr(order: &Order, base: &str) -> Markup {
    let lang = Lang::of(order);
    let on_phone = format!("{base}{}", step(order, "wallet"));
    page(
        order,
        lang.pick("TWQR 行動支付", "TWQR mobile payment"),
        &html! {
            h1 { (lang.pick("請用手機掃描付款", "Scan with your phone to pay")) }
            div.qr #qr { (bars::qr(&on_phone)) }
            p.pulse #waiting role="status" { i {} (lang.pick("等待付款中……", "Waiting for the payment…")) }
            (endings(order, Method::Twqr, lang, lang.pick(
                "掃描 QR 會開啟模擬的錢包頁面，也可以直接按這裡。",
                "The QR opens a make-believe wallet; these buttons do the same.",
            )))
            (super::other_ways(order, lang))
            script { (PreEscaped(WAIT.replace("STATE", &step(order, "state")).replace("DONE", &step(order, "done")))) }
            noscript { meta http-equiv="refresh" content="5"; }
        },
    )
}

/// What the scanned QR opens: a wallet, with the same two buttons.
pub(crate) fn wallet_on_phone(order: &Order) -> Markup {
    let lang = Lang::of(order);
    page(
        order,
        lang.pick("模擬錢包", "Make-believe wallet"),
        &html! {
            h1 { (lang.pick("模擬錢包：確認付款", "Make-believe wallet: confirm")) }
            p.note { (lang.pick("付款後，原本顯示 QR 的畫面會自動更新。", "The screen with the QR updates by itself.")) }
            form method="post" action=(step(order, "finish")) {
                input type="hidden" name="method" value=(Method::Twqr);
                input type="hidden" name="from" value="wallet";
                button #wallet-pay name="decision" value="pay" { (lang.pick("付款", "Pay")) }
                button.quiet #wallet-decline name="decision" value="decline" { (lang.pick("拒絕", "Decline")) }
            }
        },
    )
}

/// The wallet after its button was pressed.
pub(crate) fn wallet_done(order: &Order, refused: bool) -> Markup {
    let lang = Lang::of(order);
    let title = if refused { lang.pick("已拒絕付款", "Declined") } else { lang.pick("付款完成", "Paid") };
    page(
        order,
        title,
        &html! {
            div.verdict #wallet-result {
                (if refused { icons::failed() } else { icons::paid() })
                h1 { (title) }
            }
            p.note { (lang.pick("可以關閉這個頁面，請看原本顯示 QR 的畫面。", "You may close this page; look at the screen with the QR.")) }
        },
    )
}

/// Apple Pay, WeChat Pay, net ATM, e-wallets, pay later: choose, then press how it ends.
pub(crate) fn wallet(order: &Order, method: Method) -> Markup {
    let lang = Lang::of(order);
    let title = methods::name(method, lang);
    page(
        order,
        title,
        &html! {
            h1 { (title) }
            p.note {
                (lang.pick(
                    "真正的頁面會交給錢包或銀行；這裡由你決定結果。",
                    "The real page hands over to a wallet or bank; here you decide how it ends.",
                ))
            }
            (endings(order, method, lang, lang.pick("選擇這筆付款的結果。", "Choose how this payment ends.")))
            (super::other_ways(order, lang))
        },
    )
}

fn endings(order: &Order, method: Method, lang: Lang, says: &str) -> Markup {
    html! {
        form method="post" action=(step(order, "finish")) {
            input type="hidden" name="method" value=(method);
            (pick(order, method.subs(), lang, lang.pick("選擇", "Choose")))
            (simulator_box(lang, says, &html! {
                div.two {
                    button #sim-pay name="decision" value="pay" { (lang.pick("模擬付款成功", "Pay")) }
                    button.quiet #sim-decline name="decision" value="decline" { (lang.pick("模擬付款失敗", "Decline")) }
                }
            }))
        }
    }
}

/// A radio list of banks, chains or wallets, the shop's `ChooseSubPayment` chosen beforehand.
pub(super) fn pick(order: &Order, subs: &[Sub], lang: Lang, legend: &str) -> Markup {
    let asked = order.asked("ChooseSubPayment");
    let chosen = subs.iter().position(|sub| sub.code == asked).unwrap_or(0);
    html! {
        @if !subs.is_empty() {
            fieldset.pick {
                legend { (legend) }
                @for (at, sub) in subs.iter().enumerate() {
                    label {
                        input type="radio" name="sub" value=(sub.code) checked[at == chosen];
                        (lang.pick(sub.zh, sub.en))
                    }
                }
            }
        }
    }
}

const WAIT: &str = r#"(function ask(){setTimeout(function(){fetch("STATE",{cache:"no-store"}).then(function(r){return r.json()}).then(function(s){if(s.state=="open")ask();else location.replace("DONE")},ask)},1500)})()"#;
