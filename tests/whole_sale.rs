//! One sale through the real app, a real browser and the real files: what the shop, the customer and the owner see.
#![cfg(unix)]

use stories::webdriver::{WebKit, customer, pay_by_card};
use stories::{Page, Shop, Xvfb, screen};

/// Whatever went wrong, as a test shows it.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Barcodes of the sample shop, and the names they ring up.
fn three_products() -> Vec<(String, String, i64)> {
    desk::sample_products()
        .into_iter()
        .filter(|product| !product.barcodes.is_empty() && product.name.chars().count() < 12)
        .step_by(31)
        .take(3)
        .map(|product| (product.barcodes[0].to_string(), product.name, product.price.as_dollars()))
        .collect()
}

/// Three scans, a QR that a phone can read off the screen, a card with its one-time password, a till that turns paid, a
/// receipt that can be searched, and the same total everywhere.
#[tokio::test]
async fn a_sale_goes_all_the_way_from_the_scanner_to_the_report() -> Outcome<()> {
    let shop = Shop::sample()?;
    let display = Xvfb::start(1280, 800)?;
    let till = shop.open(&display).await?;
    let products = three_products();
    let total: i64 = products.iter().map(|(_, _, price)| price).sum();
    for (barcode, name, _) in &products {
        // No field has the focus: the scan goes nowhere in particular.
        till.scan(barcode).await?;
        till.text_with("body", name).await?;
    }
    till.text_with("[data-testid=cart-total]", &total.to_string()).await?;

    till.click("[data-testid=pay-online]").await?;
    till.click("[data-testid=method-all]").await?;
    let link = till.text_with("[data-testid=pay-link]", "http://127.0.0.1:").await?;
    till.wait_until("the QR is live", &state_is("presented")).await?;
    let picture = shop.folder().join("qr.png");
    let read = till
        .until("the QR to be read off the screen", || async {
            screen::shot(&display, &picture).map_err(|cause| cause.to_string())?;
            screen::read_qr(&picture).map_err(|cause| cause.to_string())
        })
        .await?;
    assert_eq!(read, link);

    let phone = customer(&display).await?;
    pay_by_card(&phone, &link).await?;
    till.wait_until("the till is paid", "document.querySelector('[data-testid=sale-closed]') !== null").await?;
    let number = till.text("[data-testid=sale-number]").await?;
    till.wait_until("the receipt is shown", "document.querySelector('[data-testid=receipt-picture] img, img[data-testid=receipt-picture]')?.naturalWidth > 0").await?;
    phone.close().await?;

    let sale = number.split_whitespace().find(|word| word.contains('-')).unwrap_or(&number).to_owned();
    let receipt = shop.paper(&sale)?;
    for (_, name, _) in &products {
        assert!(receipt.contains(name.as_str()), "{name} is not on the receipt:\n{receipt}");
    }
    assert!(receipt.contains(&format!("NT$ {total}")), "no total {total} on the receipt:\n{receipt}");
    assert!(receipt.contains("1111"), "no card on the receipt:\n{receipt}");

    till.click("[data-testid=open-report]").await?;
    till.text_with("[data-testid=report-net]", &total.to_string()).await?;
    till.text("[data-testid=report-agrees]").await?;
    let figures = shop.journal()?.x_figures()?;
    assert_eq!((figures.count, figures.net.as_dollars()), (1, total));
    assert_eq!(figures.mismatches(), []);
    till.close().await?;
    shop.verify()?;
    Ok(())
}

fn state_is(kind: &str) -> String {
    format!("document.querySelector('[data-testid=payment-state]')?.dataset.state === '{kind}'")
}

/// PF-47, in the window: one of three products comes back. The receipt under the scanner leads to its lines, the till asks
/// the gateway how far the card payment has come, and the slip, the report and the journal say the same. Given up before
/// the evening's closing, and asked for again as a whole, it is let go of: nobody sends anything twice.
#[tokio::test]
async fn part_of_a_card_sale_goes_back_through_the_window() -> Outcome<()> {
    let shop = Shop::sample()?;
    let display = Xvfb::start(1280, 800)?;
    let till = shop.open(&display).await?;
    let products = three_products();
    let total: i64 = products.iter().map(|(_, _, price)| price).sum();
    for (at, (barcode, ..)) in products.iter().enumerate() {
        // The grid holds a page of the shop; what is on another is searched for.
        till.fill("[data-testid=search]", &code_of(barcode)).await?;
        till.click(&format!("[data-testid=product-{}]", code_of(barcode))).await?;
        let there = format!("document.querySelector('[data-testid=cart-line-{}]') !== null", at + 1);
        till.wait_until("its line is there", &there).await?;
    }
    till.click("[data-testid=pay-online]").await?;
    till.click("[data-testid=method-all]").await?;
    let link = till.text_with("[data-testid=pay-link]", "http://127.0.0.1:").await?;
    let phone = customer(&display).await?;
    pay_by_card(&phone, &link).await?;
    till.wait_until("the till is paid", "document.querySelector('[data-testid=sale-closed]') !== null").await?;
    phone.close().await?;
    let sale = till.text("[data-testid=sale-number]").await?;

    // What the QR code of the receipt holds.
    till.scan(&sale).await?;
    till.text_with("[data-testid=refund-stage]", &sale).await?;
    let (_, name, price) = &products[1];
    till.click("[data-testid=refund-more-2]").await?;
    till.text_with("[data-testid=refund-total]", &price.to_string()).await?;
    till.text_with("[data-testid=refund-legs]", "1111").await?;
    till.click("[data-testid=refund-reasons-0]").await?;
    till.click("[data-testid=refund-yes]").await?;
    approve(&till).await?;
    // Part of what is only authorised can go back after the closing, whatever the hour is.
    till.wait_until("the refund waits for the closing", &refund_is(&["waiting"])).await?;

    till.click("[data-testid=refund-slip]").await?;
    till.wait_until("the slip is shown", "document.querySelector('[data-testid=slip] img')?.naturalWidth > 0").await?;
    till.click("[data-testid=slip-close]").await?;
    let slip = shop.paper("T1-R000001")?;
    for part in ["退款單", "T1-R000001", &sale, name, &price.to_string(), "1111", "商品有瑕疵"] {
        assert!(slip.contains(part), "no {part} on the slip:\n{slip}");
    }
    till.click("[data-testid=open-report]").await?;
    till.text_with("[data-testid=report-refunds]", &price.to_string()).await?;
    till.text_with("[data-testid=report-took]", &(total - price).to_string()).await?;
    till.text("[data-testid=refund-way-credit]").await?;
    till.wait_until("it adds up", "document.querySelector('[data-testid=report-agrees]').dataset.agrees === 'true'")
        .await?;

    till.click("[data-testid=open-refunds]").await?;
    till.click("[data-testid=refund-drop]").await?;
    till.click("[data-testid=refund-drop]").await?;
    till.wait_until("it is given up", &refund_is(&["dropped"])).await?;
    till.fill("[data-testid=refund-sale]", "1").await?;
    till.click("[data-testid=refund-find]").await?;
    till.click("[data-testid=refund-all]").await?;
    till.text_with("[data-testid=refund-total]", &total.to_string()).await?;
    till.fill("[data-testid=refund-reason]", "改變心意").await?;
    till.click("[data-testid=refund-yes]").await?;
    approve(&till).await?;
    till.text_with("[data-testid=refund-panel]", "T1-R000002").await?;
    // From 20:15 to 20:30 it waits; at any other hour the gateway has taken it.
    till.wait_until("all of it is on its way", &refund_is(&["waiting", "on_its_way", "done"])).await?;
    let figures = shop.journal()?.x_figures()?;
    let refunds: Vec<_> =
        figures.refunds.iter().map(|way| (way.way.as_str(), way.asked_count, way.asked.as_dollars())).collect();
    assert_eq!(refunds, [("credit", 1, total)]);
    assert_eq!(figures.mismatches(), []);
    till.close().await?;
    shop.verify()?;
    Ok(())
}

/// The code of the product with this barcode.
fn code_of(barcode: &str) -> String {
    let sold = desk::sample_products();
    let found = sold.iter().find(|product| product.barcodes.iter().any(|each| each.to_string() == barcode));
    found.map(|product| product.code.to_string()).unwrap_or_default()
}

/// Whoever is asked consents with the PIN that a training till shows beside the name. The reason is known already.
async fn approve(till: &Page) -> Outcome<()> {
    let shown = till.text("[data-testid=approval] [aria-pressed=true] code").await?;
    let pin: String = shown.chars().filter(char::is_ascii_digit).collect();
    till.fill("[data-testid=approval-pin]", &pin).await?;
    till.click("[data-testid=approval-yes]").await?;
    till.gone("[data-testid=approval]").await?;
    Ok(())
}

/// The refund in the panel is in one of these states.
fn refund_is(states: &[&str]) -> String {
    format!("{states:?}.includes(document.querySelector('[data-testid=refund-panel]')?.dataset.state)")
}

/// The cart is still there after the process was killed, and a second window on the same till says it is the second.
#[tokio::test]
async fn a_killed_till_finds_its_cart_again() -> Outcome<()> {
    let shop = Shop::sample()?;
    let (barcode, _, _) = three_products().remove(0);
    let first_line = "document.querySelector('[data-testid=cart-line-1]')?.dataset.quantity === '1'";
    {
        let display = Xvfb::start(1280, 800)?;
        let till = shop.open(&display).await?;
        till.scan(&barcode).await?;
        till.wait_until("the scan is on the first line", first_line).await?;
        let second_display = Xvfb::start(1280, 800)?;
        let second = WebKit::open(&second_display, &shop.app()?).await?;
        second.text("[data-testid=stopped]").await?;
        // Dropping kills the whole process group, as a power switch would.
    }
    let display = Xvfb::start(1280, 800)?;
    let till = shop.open(&display).await?;
    till.wait_until("the line is still there", first_line).await?;
    till.close().await?;
    Ok(())
}
