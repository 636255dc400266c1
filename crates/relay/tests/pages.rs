//! The pages a customer sees.

#![allow(missing_docs, unreachable_pub, reason = "a test binary")]

mod common;

use common::{FORM, get, link, page, post, publication, publish, room, serve, shop, till, token};
use relay::{Kept, LinkId, Mail, PageState, PayPage, PublishError, Store, StoreError};

const LINE: &str = "User-Agent: Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 Safari Line/14.1.0\r\n";
const FACEBOOK: &str = "User-Agent: Mozilla/5.0 (iPhone) Mobile/15E148 [FBAN/FBIOS;FBAV/440.0.0]\r\n";

fn at_link() -> String {
    format!("/p/{}", link().as_str())
}

#[tokio::test]
async fn a_fresh_page_posts_the_signed_fields_as_they_are() {
    let at = serve(shop(PageState::Fresh).await).await;
    let answer = get(at, &at_link(), "").await;
    let html = answer.text();
    assert_eq!(answer.status, 200);
    assert!(html.contains(r#"data-state="fresh""#));
    assert!(html.contains("巷口小舖") && html.contains("1,285") && html.contains("09:10"));
    assert!(html.contains(r#"method="post" action="https://payment-stage.ecpay.com.tw/Cashier/AioCheckOut/V5""#));
    assert!(html.contains(r#"<input type="hidden" name="MerchantTradeNo" value="T1A">"#));
    // Escaped for HTML and not otherwise touched: the browser undoes exactly this.
    assert!(html.contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;#紅茶 &amp; 'x'"));
    assert!(!html.contains("<script>alert"));
    assert!(html.contains(r#"data-auto="""#));
    assert!(html.contains(&format!(r#"data-beacon="{}/opened""#, link().as_str())));
}

#[tokio::test]
async fn a_used_link_asks_before_it_posts_again() {
    let store = shop(PageState::Fresh).await;
    let at = serve(store.clone()).await;
    assert_eq!(post(at, &format!("{}/opened", at_link()), "", b"").await.status, 204);
    let answer = get(at, &at_link(), "").await;
    let html = answer.text();
    assert!(html.contains(r#"data-state="opened""#) && html.contains("已經開啟過"));
    assert!(html.contains("pay-form") && html.contains("仍要前往付款"));
    assert!(!html.contains(r#"data-auto="""#));
}

#[tokio::test]
async fn the_beacon_moves_a_fresh_page_only_and_tells_nothing_about_ids() {
    let store = shop(PageState::Paid).await;
    let at = serve(store.clone()).await;
    for path in [at_link(), "/p/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".to_owned(), "/p/x".to_owned()] {
        assert_eq!(post(at, &format!("{path}/opened"), "", b"").await.status, 204);
    }
    assert!(get(at, &at_link(), "").await.text().contains(r#"data-state="paid""#));
}

#[tokio::test]
async fn a_page_that_is_over_has_no_form() {
    for (state, word, says) in [
        (PageState::Expired, "expired", "已經過期"),
        (PageState::Cancelled, "cancelled", "已取消"),
        (PageState::Paid, "paid", "已付款"),
    ] {
        let at = serve(shop(state).await).await;
        let answer = get(at, &at_link(), "").await;
        let html = answer.text();
        assert!(html.contains(&format!(r#"data-state="{word}""#)) && html.contains(says), "{word}");
        assert!(!html.contains("<form") && !html.contains("T1A") && !html.contains("應付金額"), "{word}");
        assert!(answer.header("content-security-policy").unwrap().contains("form-action 'none'"), "{word}");
    }
}

#[tokio::test]
async fn inside_a_chat_app_nothing_is_posted_by_itself_and_the_way_out_is_shown() {
    let at = serve(shop(PageState::Fresh).await).await;
    let line = get(at, &at_link(), LINE).await;
    assert!(line.text().contains(r#"href="?openExternalBrowser=1""#) && line.text().contains("LINE"));
    let facebook = get(at, &at_link(), FACEBOOK).await;
    assert!(facebook.text().contains("copy-box") && facebook.text().contains("Facebook"));
    for answer in [line, facebook] {
        assert!(answer.text().contains(r#"data-state="in-app""#));
        assert!(answer.text().contains("pay-form") && !answer.text().contains(r#"data-auto="""#));
    }
}

#[tokio::test]
async fn the_customers_language_is_spoken_and_the_other_is_one_tap_away() {
    let at = serve(shop(PageState::Fresh).await).await;
    let english = get(at, &at_link(), "Accept-Language: en-GB,en;q=0.9\r\n").await;
    assert!(english.text().contains(r#"<html lang="en">"#) && english.text().contains("Continue to payment"));
    assert!(english.text().contains(r#"href="?lang=zh""#));
    let switched = get(at, &format!("{}?lang=zh", at_link()), "Accept-Language: en\r\n").await;
    assert!(switched.text().contains(r#"<html lang="zh-Hant-TW">"#) && switched.text().contains("前往付款"));
}

#[tokio::test]
async fn training_is_written_over_every_page_of_a_training_payment() {
    let store = shop(PageState::Fresh).await;
    let mut training = page(PageState::Fresh);
    training.training = true;
    publish(&store, training.clone()).await;
    let at = serve(store.clone()).await;
    let result = post(at, &format!("/r/{}", token().as_str()), FORM, b"x=1").await;
    assert!(result.text().contains("練習模式"));
    for state in [PageState::Fresh, PageState::Opened, PageState::Expired, PageState::Cancelled, PageState::Paid] {
        publish(&store, PayPage { state, ..training.clone() }).await;
        assert!(get(at, &at_link(), "").await.text().contains("練習模式"), "{state:?}");
    }
}

#[tokio::test]
async fn every_page_is_locked_down() {
    let at = serve(shop(PageState::Fresh).await).await;
    let mut nonces = Vec::new();
    for answer in [
        get(at, &at_link(), "").await,
        get(at, "/p/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "").await,
        get(at, "/nowhere", "").await,
        post(at, &format!("/r/{}", token().as_str()), FORM, b"x=1").await,
        get(at, &format!("/r/{}", token().as_str()), "").await,
    ] {
        let policy = answer.header("content-security-policy").unwrap();
        let nonce = policy.split("script-src 'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        assert!(nonce.len() >= 22);
        assert_eq!(answer.text().matches(&format!(r#"nonce="{nonce}""#)).count(), 2);
        for part in [
            "default-src 'none'",
            &format!("style-src 'nonce-{nonce}'"),
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
        assert!(!policy.contains("unsafe"));
        assert_eq!(answer.header("x-frame-options"), Some("DENY"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert!(!answer.text().contains("http://"), "no outside resources");
        nonces.push(nonce.to_owned());
    }
    nonces.dedup();
    assert_eq!(nonces.len(), 5, "each answer has its own nonce");
    let pay = get(at, &at_link(), "").await;
    let policy = pay.header("content-security-policy").unwrap();
    assert!(policy.contains("form-action https://payment-stage.ecpay.com.tw https://*.ecpay.com.tw;"), "{policy}");
}

#[tokio::test]
async fn an_unknown_link_gets_a_friendly_page() {
    let at = serve(shop(PageState::Fresh).await).await;
    for path in ["/p/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "/p/x", "/p/%ff", "/"] {
        let answer = get(at, path, "").await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.text().contains("找不到這個頁面"), "{path}");
    }
}

#[tokio::test]
async fn a_page_whose_action_is_no_web_address_is_not_shown() {
    let mut broken = page(PageState::Fresh);
    broken.action = "javascript:alert(1)".to_owned();
    let store = room();
    store.add_till(&till(), common::till_key().hash()).await.unwrap();
    let refused = store.publish(&till(), &token(), publication(broken.clone())).await;
    assert_eq!(refused, Err(PublishError::BadAction));
    // And where a store hands one out all the same.
    let at = serve(Broken(broken)).await;
    let answer = get(at, &at_link(), "").await;
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains(r#"data-state="out-of-order""#) && !answer.text().contains("javascript:"));
}

#[tokio::test]
async fn a_result_is_called_paid_only_when_the_store_says_so() {
    let store = shop(PageState::Opened).await;
    let at = serve(store.clone()).await;
    let path = format!("/r/{}", token().as_str());
    let sent = post(at, &path, FORM, b"RtnCode=1&RtnMsg=Succeeded").await;
    assert!(sent.text().contains(r#"data-state="sent""#) && sent.text().contains("付款結果已送到店家"));
    assert!(sent.text().contains("?look=1") && !sent.text().contains("已付款"));
    let looked = get(at, &format!("{path}?look=1&lang=en"), "").await;
    assert!(looked.text().contains(r#"data-state="sent""#) && looked.text().contains("?look=2"));
    assert!(!get(at, &format!("{path}?look=6"), "").await.text().contains("http-equiv"), "it does not look for ever");
    publish(&store, page(PageState::Paid)).await;
    let paid = get(at, &format!("{path}?look=2&lang=en"), "").await;
    assert!(paid.text().contains(r#"data-state="paid""#) && !paid.text().contains("http-equiv"));
}

#[tokio::test]
async fn coming_back_without_a_result_claims_nothing() {
    let at = serve(shop(PageState::Opened).await).await;
    for path in [format!("/r/{}", token().as_str()), "/r/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".to_owned()] {
        let answer = get(at, &path, "").await;
        assert!(answer.text().contains(r#"data-state="back""#), "{path}");
        assert!(!answer.text().contains("已付款") && !answer.text().contains("已送到"), "{path}");
    }
}

#[tokio::test]
async fn a_code_for_paying_later_is_shown_to_the_customer_who_brought_it() {
    let at = serve(shop(PageState::Opened).await).await;
    let path = format!("/c/{}", token().as_str());
    let account =
        post(at, &path, FORM, b"RtnCode=2&BankCode=118&vAccount=1234567890123456&ExpireDate=2026%2F11%2F23").await;
    let html = account.text();
    assert!(html.contains(r#"data-state="code""#) && html.contains("1234567890123456") && html.contains("2026/11/23"));
    let unreadable = post(at, &path, FORM, b"vAccount=%3Cb%3E").await;
    assert!(unreadable.text().contains(r#"data-state="code-unreadable""#));
    let stranger =
        post(at, "/c/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", FORM, b"BankCode=118&vAccount=1234567890123456").await;
    assert_eq!(stranger.status, 404);
    assert!(!stranger.text().contains("1234567890123456"), "nobody can make this page show an account of theirs");
}

/// A store that hands out whatever it was given.
#[derive(Clone)]
struct Broken(PayPage);

impl Store for Broken {
    async fn page(&self, _: &LinkId) -> Option<PayPage> {
        Some(self.0.clone())
    }
    async fn opened(&self, _: &LinkId) {}
    async fn keep(&self, _: Mail) -> Result<Kept, StoreError> {
        Ok(Kept::Refused)
    }
}
