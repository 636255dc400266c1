//! The relay's own pages in a customer's Chromium: what posts, what warns, what is over, and what nobody can make them do.
#![cfg(unix)]

use std::fs;

use fantoccini::Locator;
use stories::Page;
use stories::afternoon::{Afternoon, Method, Shown};
use stories::webdriver::{Chromium, Phone, give_card};

/// Whatever went wrong, as a test shows it.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const TEA: &str = "D04"; // 25
const COLA: &str = "D18"; // 22
const AT_THE_GATEWAY: &str = "location.pathname.startsWith('/Cashier/')";

/// A shop with a relay, and a payment whose page is there.
async fn shop_with_a_page() -> (Afternoon, Shown) {
    let shop = Afternoon::begin_with_relay().await;
    shop.ring_up(&[TEA, COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.mail().await.expect("published");
    (shop, qr)
}

async fn end(shop: Afternoon, phone: Page) -> Outcome<()> {
    phone.close().await?;
    shop.cancel();
    shop.close().await;
    Ok(())
}

async fn state(phone: &Page) -> Outcome<String> {
    phone.text("#link-state").await?;
    let state = phone.eval("document.querySelector('#link-state').dataset.state").await?;
    Ok(state.as_str().unwrap_or_default().to_owned())
}

/// The page posts by itself, the customer pays, the browser brings the result back to the relay: "sent" until the till
/// has said "paid". The link that was used says so, to whoever opens it and whenever.
#[tokio::test]
async fn relay_page_takes_a_customer_to_the_gateway_and_back() -> Outcome<()> {
    if !Chromium::is_installed() {
        return Ok(());
    }
    let (shop, qr) = shop_with_a_page().await;
    let phone = Chromium::open().await?;
    phone.goto(&qr.link).await?;
    phone.wait_until("the gateway's page", AT_THE_GATEWAY).await?;
    assert!(shop.gateway().order(&qr.number).is_some(), "signed, and taken as it was signed");

    let other = Chromium::open().await?;
    other.goto(&format!("{}?lang=zh", qr.link)).await?;
    assert_eq!(state(&other).await?, "opened");
    assert_eq!(other.eval("document.querySelector('#pay-button').textContent").await?, "仍要前往付款");

    give_card(&phone).await?;
    assert_eq!(phone.eval("document.querySelector('#result-state').dataset.state").await?, "sent");
    let page = phone.text("main").await?;
    assert!(
        page.contains("巷口柑仔店")
            && page.contains("47")
            && !page.contains("已付款")
            && !page.contains("has confirmed"),
        "{page}"
    );

    assert!(shop.mail().await? >= 1, "the notice or the browser's");
    shop.expect_sold(47).await;
    shop.mail().await?;
    // It looks again by itself; so does whoever comes back to the link.
    phone.wait_until("it says so", "document.querySelector('#result-state')?.dataset.state === 'paid'").await?;
    other.goto(&qr.link).await?;
    assert_eq!(state(&other).await?, "paid");
    other.gone("form").await?;
    other.close().await?;
    phone.close().await?;
    shop.close().await;
    Ok(())
}

/// Somebody blocks scripts: the button does it.
#[tokio::test]
async fn relay_page_works_by_its_button_without_scripts() -> Outcome<()> {
    if !Chromium::is_installed() {
        return Ok(());
    }
    let (shop, qr) = shop_with_a_page().await;
    let phone = Chromium::open_as(Phone { without_scripts: true, ..Phone::default() }).await?;
    phone.goto(&format!("{}?lang=zh", qr.link)).await?;
    let button = phone.client().wait().for_element(Locator::Css("#pay-button")).await?;
    assert_eq!(button.text().await?, "前往付款");
    assert!(shop.gateway().order(&qr.number).is_none(), "nothing is posted by itself");
    button.click().await?;
    phone
        .until("the gateway's page", || async {
            let at = phone.client().current_url().await.map_err(|cause| cause.to_string())?;
            if at.path().starts_with("/Cashier/") { Ok(()) } else { Err(at.to_string()) }
        })
        .await?;
    assert!(shop.gateway().order(&qr.number).is_some());
    end(shop, phone).await
}

/// Over, or taken back: a sentence, and nothing to press.
#[tokio::test]
async fn relay_page_that_is_over_says_so() -> Outcome<()> {
    if !Chromium::is_installed() {
        return Ok(());
    }
    let (mut shop, qr) = shop_with_a_page().await;
    let phone = Chromium::open().await?;
    shop.relay().set_clock(11 * 60_000);
    phone.goto(&qr.link).await?;
    assert_eq!(state(&phone).await?, "expired");
    phone.gone("form").await?;
    shop.relay().set_clock(0);
    shop.cancel();
    shop.mail().await?;
    phone.goto(&format!("{}?lang=en", qr.link)).await?;
    assert_eq!(state(&phone).await?, "cancelled");
    phone.text_with("#link-state", "The shop cancelled this payment").await?;
    phone.gone("form").await?;
    assert!(shop.gateway().order(&qr.number).is_none());
    phone.close().await?;
    shop.close().await;
    Ok(())
}

/// Browsers inside chat apps cannot finish a payment: the way out first, and no posting by itself.
#[tokio::test]
async fn relay_page_in_a_chat_app_shows_the_way_out() -> Outcome<()> {
    if !Chromium::is_installed() {
        return Ok(());
    }
    let (shop, qr) = shop_with_a_page().await;
    let line = Chromium::open_as(Phone::inside_line()).await?;
    line.goto(&qr.link).await?;
    assert_eq!(state(&line).await?, "in-app");
    line.text_with("#link-state", "LINE").await?;
    let out = line.eval("document.querySelector('#open-browser').href").await?;
    assert_eq!(out, format!("{}?openExternalBrowser=1", qr.link));
    line.close().await?;
    let facebook = Chromium::open_as(Phone::inside_facebook()).await?;
    facebook.goto(&qr.link).await?;
    assert_eq!(state(&facebook).await?, "in-app");
    facebook.text_with("#link-state", "Facebook").await?;
    assert_eq!(facebook.text("#link-text").await?, qr.link);
    assert!(shop.gateway().order(&qr.number).is_none(), "nothing was posted by itself");
    // Whoever insists may.
    facebook.click("#pay-button").await?;
    facebook.wait_until("the gateway's page", AT_THE_GATEWAY).await?;
    end(shop, facebook).await
}

/// No script but its own runs, no page frames it, and ECPay is not told where its customer comes from.
#[tokio::test]
async fn relay_page_cannot_be_framed_or_made_to_run_anything() -> Outcome<()> {
    if !Chromium::is_installed() {
        return Ok(());
    }
    let (shop, qr) = shop_with_a_page().await;
    let phone = Chromium::open_as(Phone::inside_line()).await?;
    phone.goto(&qr.link).await?;
    assert_eq!(state(&phone).await?, "in-app");
    let slipped_in = "(() => { const s = document.createElement('script'); s.textContent = 'window.slippedIn = 1'; document.body.append(s); return window.slippedIn ?? 0; })()";
    assert_eq!(phone.eval(slipped_in).await?, 0);
    let posted_elsewhere = "(() => { window.refused = ''; addEventListener('securitypolicyviolation', e => { window.refused = e.effectiveDirective; }); const f = document.createElement('form'); f.method = 'post'; f.action = 'http://127.0.0.1:9/'; document.body.append(f); f.submit(); return 0; })()";
    phone.eval(posted_elsewhere).await?;
    phone.wait_until("its form goes to the gateway alone", "window.refused === 'form-action'").await?;
    let folder = tempfile::tempdir()?;
    let frame = folder.path().join("frame.html");
    fs::write(&frame, format!("<iframe src='{}' width=400 height=800></iframe>", qr.link))?;
    phone.goto(&format!("file://{}", frame.display())).await?;
    phone.client().enter_frame(0).await?;
    phone
        .wait_until(
            "the frame has come to rest",
            "document.readyState === 'complete' && location.href !== 'about:blank'",
        )
        .await?;
    assert_eq!(phone.eval("document.querySelector('main')").await?, serde_json::Value::Null);
    phone.client().enter_parent_frame().await?;
    phone.goto(&qr.link).await?;
    phone.click("#pay-button").await?;
    phone.wait_until("the gateway's page", AT_THE_GATEWAY).await?;
    assert_eq!(phone.eval("document.referrer").await?, "");
    end(shop, phone).await
}
