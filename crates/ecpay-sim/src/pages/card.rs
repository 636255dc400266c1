//! The card form and the bank's password page.

use maud::{Markup, PreEscaped, html};

use super::{Lang, page, step};
use crate::cards::{CardError, EXAMPLE};
use crate::order::{Charge, Order};

/// The card form, with what was wrong with the last try.
pub(crate) fn card(order: &Order, wrong: Option<CardError>) -> Markup {
    let lang = Lang::of(order);
    let instalments = order.instalments();
    page(
        order,
        lang.pick("信用卡付款", "Pay by card"),
        &html! {
            h1 { (lang.pick("信用卡付款", "Pay by card")) }
            @if let Some(wrong) = wrong { p.warn role="alert" #problem { (words(wrong, lang)) } }
            form method="post" action=(step(order, "card")) autocomplete="off" {
                label.field {
                    (lang.pick("卡號", "Card number"))
                    input #card-number name="number" inputmode="numeric" maxlength="24" required
                        placeholder=(EXAMPLE) autocomplete="off";
                }
                div.two {
                    label.field {
                        (lang.pick("有效期限（月／年）", "Expiry (MM/YY)"))
                        input #card-expiry name="expiry" inputmode="numeric" maxlength="7" required
                            placeholder="12/30" autocomplete="off";
                    }
                    label.field {
                        (lang.pick("安全碼（卡片背面）", "Security code"))
                        input #card-cvv name="cvv" inputmode="numeric" maxlength="4" required
                            placeholder="222" autocomplete="off";
                    }
                }
                @if !instalments.is_empty() {
                    label.field {
                        (lang.pick("分期", "Instalments"))
                        select #card-stages name="stages" {
                            option value="0" { (lang.pick("一次付清", "Pay in full")) }
                            @for term in instalments {
                                option value=(term) { (term) (lang.pick(" 期", " instalments")) }
                            }
                        }
                    }
                }
                button #pay-submit type="submit" { (lang.pick("確認付款", "Pay")) }
            }
            div.sim {
                b.tag { (lang.pick("只接受公開的測試卡", "Published test cards only")) }
                p {
                    (EXAMPLE) (lang.pick("、任何未到期的月份、安全碼 222。", ", any month to come, code 222."))
                }
                button.quiet #fill-card type="button" { (lang.pick("填入測試卡", "Fill in the test card")) }
            }
            (super::other_ways(order, lang))
            script { (PreEscaped(FILL.replace("CARD", EXAMPLE))) }
        },
    )
}

/// The bank's page: the one-time password of 3-D Secure.
pub(crate) fn password(order: &Order, charge: &Charge) -> Markup {
    let lang = Lang::of(order);
    let last_four = charge.card.as_ref().map_or("", |card| &card.last_four);
    page(
        order,
        lang.pick("3-D 驗證", "3-D Secure"),
        &html! {
            h1 { (lang.pick("3-D 驗證：輸入簡訊密碼", "3-D Secure: enter the text-message password")) }
            p.note {
                (lang.pick("模擬發卡銀行已將一次性密碼傳送到卡號末四碼 ", "The make-believe bank has sent a one-time password to the owner of the card ending in "))
                b { (last_four) }
                (lang.pick(" 持卡人的手機。", "."))
            }
            form method="post" action=(step(order, "otp")) autocomplete="off" {
                label.field {
                    (lang.pick("一次性密碼 OTP", "One-time password"))
                    input #otp name="otp" inputmode="numeric" maxlength="8" required autofocus
                        autocomplete="off" placeholder="1234";
                }
                button #otp-submit type="submit" { (lang.pick("送出驗證", "Confirm")) }
            }
            (super::simulator_box(
                lang,
                lang.pick("密碼 1234 會成功；其他任何密碼都會失敗。", "1234 succeeds; anything else fails."),
                &html! {},
            ))
        },
    )
}

fn words(wrong: CardError, lang: Lang) -> &'static str {
    match wrong {
        CardError::NotATestCard => lang.pick(
            "這個卡號不在公開的測試卡之列。請使用下方的測試卡，不要輸入真實卡號。",
            "This is not one of the published test cards. Use the one below, never a real card.",
        ),
        CardError::Expiry => {
            lang.pick("有效期限請輸入月／年，例如 12/30。", "Enter the expiry as MM/YY, such as 12/30.")
        }
        CardError::Expired => {
            lang.pick("這張卡已過期，請輸入未來的月份。", "The card has expired; enter a month to come.")
        }
        CardError::Cvv => lang.pick("安全碼是 3 或 4 位數字。", "The security code has 3 or 4 digits."),
    }
}

const FILL: &str = r#"(function(){var d=document,g=function(i){return d.getElementById(i)};
g("fill-card").onclick=function(){g("card-number").value="CARD";g("card-expiry").value="12/30";g("card-cvv").value="222";g("pay-submit").focus()};
g("card-expiry").oninput=function(e){var v=this.value.replace(/\D/g,"").slice(0,4);if(e.inputType!="deleteContentBackward"||v.length>2)this.value=v.length>2?v.slice(0,2)+"/"+v.slice(2):v}})()"#;
