//! The pay page as one file, for a shop without a server: the link carries the signed form behind its `#`, and the file's
//! script puts it together again. It posts to one place and for one merchant, both written into it, so that nobody can
//! make a link under the shop's address that asks for somebody else's money.

use maud::{DOCTYPE, PreEscaped, html};
use serde_json::{Value, json};

use crate::browser::{Browser, MARKS};
use crate::language::Language;
use crate::page::marks::Mark;
use crate::page::words::{Notice, Words};
use crate::secure::{self, FormTarget, Origin};

/// What such a page knows before anybody scans.
#[derive(Clone, Copy, Debug)]
pub struct CarriedPage<'a> {
    /// Where the form goes.
    pub action: &'a str,
    /// For whom it may ask.
    pub merchant: &'a str,
    /// What a link it can read begins with.
    pub version: char,
    /// The form's fields, in the order in which their values are carried.
    pub fields: &'a [&'a str],
    /// What the deflated text refers back to.
    pub dictionary: &'a str,
    /// No money moves.
    pub training: bool,
}

/// The file; nothing when its form would go nowhere.
#[must_use]
pub fn carried_page(page: &CarriedPage<'_>) -> Option<String> {
    const STYLE: &str = include_str!("style.css");
    const SCRIPT: &str = concat!(include_str!("carried.js"), include_str!("script.js"));
    let policy = secure::policy_of_file(STYLE, SCRIPT, &FormTarget::Origin(Origin::of(page.action)?));
    let zh = Words::of(Language::Chinese);
    // No text of ours ends a script element, and none of the till's may.
    let told = told(page).to_string().replace('<', "\\u003c");
    let file = html! {
        (DOCTYPE)
        html lang=(Language::Chinese.tag()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex, nofollow";
                meta name="format-detection" content="telephone=no";
                title { (zh.pay_title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                noscript { main { p { (zh.needs_script) } p { (Words::of(Language::English).needs_script) } } }
                script #told type="application/json" { (PreEscaped(told)) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    Some(file.into_string())
}

fn told(page: &CarriedPage<'_>) -> Value {
    let browsers: Vec<Value> = MARKS.iter().map(|(browser, marks)| json!([name(*browser), marks])).collect();
    json!({
        "action": page.action,
        "merchant": page.merchant,
        "version": page.version,
        "fields": page.fields,
        "dictionary": page.dictionary,
        "training": page.training,
        "browsers": browsers,
        "words": { "zh": words(Language::Chinese), "en": words(Language::English) },
    })
}

fn name(browser: Browser) -> &'static str {
    match browser {
        Browser::Line => "line",
        Browser::Instagram => "instagram",
        Browser::Facebook | Browser::Ordinary => "facebook",
    }
}

fn words(language: Language) -> Value {
    let words = Words::of(language);
    let notice = |mark: Mark, notice: &Notice| {
        let (tone, path) = mark.parts();
        json!({ "tone": tone, "path": path, "title": notice.title, "text": notice.text })
    };
    json!({
        "tag": language.tag(),
        "training": words.training,
        "title": words.pay_title,
        "due": words.amount_due,
        "amount": words.amount,
        "pay": words.pay_button,
        "paying": words.paying,
        "until": [words.until_before, words.until_after],
        "gateway": words.about_gateway,
        "anyway": words.continue_anyway,
        "open": words.open_browser,
        "copy": words.copy_link,
        "copied": words.copied,
        "link": words.link_label,
        "line": notice(Mark::Attention, &words.in_line),
        "facebook": notice(Mark::Attention, &words.in_facebook),
        "instagram": notice(Mark::Attention, &words.in_instagram),
        "opened": notice(Mark::Attention, &words.opened),
        "expired": notice(Mark::Late, &words.expired),
        "back": notice(Mark::Sent, &words.back),
        "broken": notice(Mark::Attention, &words.not_found),
        "foreign": notice(Mark::Stopped, &words.out_of_order),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: CarriedPage<'_> = CarriedPage {
        action: "https://payment-stage.ecpay.com.tw/Cashier/AioCheckOut/V5",
        merchant: "3002607",
        version: '1',
        fields: &["MerchantID"],
        dictionary: "</script><b>",
        training: false,
    };

    #[test]
    fn the_file_is_whole_and_locked_down() {
        let file = carried_page(&PAGE).unwrap();
        let policy = file.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
        for part in [
            "default-src 'none'",
            "style-src 'sha256-",
            "script-src 'sha256-",
            "form-action https://payment-stage.ecpay.com.tw https://*.ecpay.com.tw",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
        assert!(!policy.contains("unsafe"));
        assert!(file.contains(r#"<meta name="referrer" content="no-referrer">"#));
        assert_eq!(file.matches("</script>").count(), 2, "what it is told ends no element");
        assert!(!file.contains("src=") && !file.contains("href=\"http"), "nothing from outside");
        assert!(file.len() < 32_000, "{}", file.len());
    }

    #[test]
    fn a_page_that_posts_nowhere_is_none() {
        assert_eq!(carried_page(&CarriedPage { action: "javascript:alert(1)", ..PAGE }), None);
    }
}
