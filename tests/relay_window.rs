//! The relay as the cashier's window shows it: a test on request, and a shop that goes on without it.
#![cfg(unix)]

use register::Profile;
use stories::shop_relay::ShopRelay;
use stories::{Page, Shop, Xvfb};

/// Whatever went wrong, as a test shows it.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn shop(relay: &ShopRelay) -> Outcome<Shop> {
    let address = format!("[relay]\naddress = \"http://{}\"", relay.address());
    let shop = Shop::with(&[("[relay]", &address)])?;
    desk::keep_relay_key(&desk::Home::at(shop.folder()), Profile::Training, &relay.key())?;
    Ok(shop)
}

async fn relay_is(till: &Page, kind: &str) -> Outcome<String> {
    let condition = format!("document.querySelector('[data-testid=relay-state]')?.dataset.kind === '{kind}'");
    till.wait_until(&format!("the relay is shown as {kind}"), &condition).await?;
    Ok(till.text("[data-testid=relay-state]").await?)
}

/// PF-07, PF-28: the button sends a letter all the way round. Then the cable to the relay is out: the window says so in
/// one line, once; the payment's page is this till's own; and the button says in words what is wrong. When the relay is
/// back, so is everything else, by itself.
#[tokio::test]
async fn window_goes_on_without_its_relay_and_says_so_once() -> Outcome<()> {
    let mut relay = ShopRelay::start().await;
    let there = format!("http://{}/p/", relay.address());
    let display = Xvfb::start(1280, 800)?;
    let shop = shop(&relay)?;
    let till = shop.open(&display).await?;
    till.click("[data-testid=open-report]").await?;
    relay_is(&till, "answers").await?;
    till.click("[data-testid=relay-test]").await?;
    let said = relay_is(&till, "works").await?;
    assert!(said.contains("測試成功"), "{said}");

    till.click("[data-testid=open-report]").await?;
    let product = desk::sample_products().into_iter().next().expect("one").code;
    till.text("[data-testid=cart-total]").await?;
    till.click(&format!("[data-testid=product-{product}]")).await?;
    till.wait_until("it is in the cart", "document.querySelector('[data-testid=cart-line-1]') !== null").await?;
    till.click("[data-testid=pay-online]").await?;
    till.click("[data-testid=method-credit]").await?;
    till.text_with("[data-testid=pay-link]", &there).await?;

    relay.unplug().await;
    till.wait_until(
        "one line says so",
        "document.querySelectorAll('[data-testid=notice][data-kind=relay_away]').length === 1",
    )
    .await?;
    till.wait_until(
        "the page is this till's own",
        &format!("!document.querySelector('[data-testid=pay-link]').textContent.includes('{there}')"),
    )
    .await?;
    till.click("[data-testid=open-report]").await?;
    relay_is(&till, "away").await?;
    till.click("[data-testid=relay-test]").await?;
    let said = relay_is(&till, "not_reached").await?;
    assert!(said.contains("連不到中繼站"), "{said}");
    let lines = till.eval("document.querySelectorAll('[data-testid=notice]').length").await?;
    assert_eq!(lines, 1, "still said once");

    relay.plug_in().await;
    till.wait_until("the line is gone", "document.querySelector('[data-testid=notice]') === null").await?;
    till.click("[data-testid=relay-test]").await?;
    relay_is(&till, "works").await?;
    till.close().await?;
    Ok(())
}
