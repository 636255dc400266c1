//! An afternoon at the real window with a keyboard and a scanner, and no hand on the mouse: twenty items of every kind,
//! a sale that waits, a discount somebody has to allow, three ways to pay, and two languages.
#![cfg(unix)]

use desk::{Desk, Home, Opening};
use register::Grant;
use register::catalogue::{self, GoOn};
use stories::webdriver::{Key, customer, pay_by_card};
use stories::{Page, Shop, Xvfb};
use till::money::Money;

/// Whatever went wrong, as a test shows it.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Bananas by weight, under the number that the shop's scale prints.
const BANANAS: &str = "code,barcode,name,category,price,tax,unit\n00042,4710088412348,香蕉,生鮮,45,exempt,公斤\n";
/// What the scale printed: 1.250 kg, 56 dollars; and a tray marked with 185 dollars.
const BY_WEIGHT: &str = "2100042012509";
const BY_PRICE: &str = "2200042001852";
/// On nothing that the shop sells.
const UNKNOWN: &str = "4719999999993";

/// The sample shop with its people, and a scale of its own.
async fn shop() -> Outcome<Shop> {
    let shop = Shop::with(&[("# scale_labels", "scale_labels")])?;
    let opening = Opening { attended: true, by_hand: true, ..Opening::default() };
    let desk = Desk::open(Home::at(shop.folder()), opening).await?;
    let bananas = catalogue::read_with(BANANAS.as_bytes(), &mut |_| GoOn::Yes)?;
    desk.shared().with(|register, ports| {
        let now = ports.clock.now();
        let grant = Grant::of_the_machine("bananas", now);
        register.under(Some(grant), |register| register.import(bananas, now))
    })?;
    Ok(shop)
}

/// The barcode of a product, which costs as much as the sums below say.
fn barcode(code: &str, price: i64) -> String {
    let product = desk::sample_products().into_iter().find(|each| each.code.as_str() == code).expect("sold here");
    assert_eq!(product.price.as_dollars(), price, "{code}");
    product.barcodes[0].to_string()
}

/// Waits until a figure on the screen is so many dollars.
async fn figure(till: &Page, testid: &str, dollars: i64) -> Outcome<()> {
    let there = format!("document.querySelector('[data-testid={testid}]')?.dataset.amount === '{dollars}'");
    Ok(till.wait_until(&format!("{testid} is {dollars}"), &there).await?)
}

/// To the till again with the PIN that the training shop shows.
async fn sign_in(till: &Page) -> Outcome<()> {
    till.press(Key::F12).await?;
    till.text("[data-testid=locked]").await?;
    till.tab_back_to("[data-testid^=person-][aria-selected=true]").await?;
    // Up and down among the names; Enter goes on to the PIN.
    for _ in 0..3 {
        if till.eval("document.activeElement.dataset.testid === 'person-fang'").await? == true {
            break;
        }
        till.press(Key::Down).await?;
    }
    till.press(Key::Enter).await?;
    till.focused("[data-testid=sign-in-pin]").await?;
    till.keys("1234").await?;
    till.press(Key::Enter).await?;
    till.text_with("[data-testid=cashier]", "小芳").await?;
    Ok(())
}

/// Pieces, three at once, what the scale printed, a burst with a barcode nobody knows, and something that has none: 504.
async fn ring_up_the_first_nine(till: &Page) -> Outcome<()> {
    till.scan(&barcode("D01", 15)).await?;
    figure(till, "cart-total", 15).await?;
    till.scan_times(3, &barcode("D04", 25)).await?;
    figure(till, "cart-total", 90).await?;
    till.scan(BY_WEIGHT).await?;
    figure(till, "cart-total", 146).await?;
    till.scan(BY_PRICE).await?;
    figure(till, "cart-total", 331).await?;
    // As fast as the scanner can: the one nobody knows takes neither of its neighbours with it, and is still named.
    till.scan_all(&[&barcode("D09", 28), UNKNOWN, &barcode("D05", 25)]).await?;
    figure(till, "cart-total", 384).await?;
    till.text_with("[data-testid=trouble]", UNKNOWN).await?;
    till.keys(".").await?;
    till.focused("[data-testid=open-price]").await?;
    till.keys("120").await?;
    till.press(Key::Tab).await?;
    till.keys("紙箱").await?;
    till.press(Key::Enter).await?;
    figure(till, "cart-total", 504).await
}

/// The one has forgotten her purse, and the next pays 25 in cash.
async fn let_the_next_customer_go_first(till: &Page) -> Outcome<()> {
    till.press(Key::F3).await?;
    till.focused("[data-testid=aside-name]").await?;
    till.keys("王小姐").await?;
    till.press(Key::Enter).await?;
    figure(till, "cart-total", 0).await?;
    till.scan(&barcode("D02", 25)).await?;
    figure(till, "cart-total", 25).await?;
    till.press(Key::F8).await?;
    till.focused("[data-testid=cash-received]").await?;
    till.press(Key::Enter).await?;
    figure(till, "closed-total", 25).await?;
    till.focused("[data-testid=next-sale]").await?;
    till.press(Key::Enter).await?;
    till.gone("[data-testid=sale-closed]").await?;
    till.press(Key::F3).await?;
    till.text_with("[data-testid=aside-page]", "王小姐").await?;
    till.focused("[data-row]").await?;
    till.press(Key::Enter).await?;
    figure(till, "cart-total", 504).await
}

/// The screen speaks English from here on, with the sale on it.
async fn switch_to_english(till: &Page) -> Outcome<()> {
    till.text_with("[data-testid=pay-cash]", "現金").await?;
    till.tab_back_to("[data-testid=language]").await?;
    till.press(Key::Enter).await?;
    till.text_with("[data-testid=pay-cash]", "Cash").await?;
    till.wait_until("the page is English", "document.documentElement.lang.startsWith('en')").await?;
    figure(till, "cart-total", 504).await
}

/// By name, six at once, off the scales by hand, and two more of the last: 697.
async fn ring_up_the_other_eleven(till: &Page) -> Outcome<()> {
    till.press(Key::F2).await?;
    till.focused("[data-testid=search]").await?;
    till.keys("烏龍茶 600ml").await?;
    till.press(Key::Enter).await?;
    figure(till, "cart-total", 529).await?;
    till.press(Key::Escape).await?;
    till.scan_times(6, &barcode("D08", 12)).await?;
    figure(till, "cart-total", 601).await?;
    till.scan("4710088412348").await?;
    till.focused("[data-testid=weigh-grams]").await?;
    till.keys("800").await?;
    till.press(Key::Enter).await?;
    figure(till, "cart-total", 637).await?;
    till.scan(&barcode("D10", 20)).await?;
    figure(till, "cart-total", 657).await?;
    till.keys("++").await?;
    figure(till, "cart-total", 697).await?;
    till.text_with("aside", "20 items").await?;
    Ok(())
}

/// Thirty per cent off everything is more than a cashier may give: 209 off, 488 left.
async fn take_a_third_off(till: &Page) -> Outcome<()> {
    till.keys("%").await?;
    till.focused("[data-testid=discount-value]").await?;
    till.tab_back_to("[data-testid=discount-sale]").await?;
    till.press(Key::Enter).await?;
    till.tab_to("[data-testid=discount-value]").await?;
    till.keys("30").await?;
    till.press(Key::Enter).await?;
    till.consent("zhang", "9999").await?;
    till.text("[data-testid=approval] [role=alert]").await?;
    figure(till, "cart-total", 697).await?;
    // A digit was wrong, and the cursor is still where the PIN goes.
    till.focused("[data-testid=approval-pin]").await?;
    till.keys("2345").await?;
    till.press(Key::Enter).await?;
    till.gone("[data-testid=approval]").await?;
    figure(till, "cart-off", 209).await?;
    figure(till, "cart-total", 488).await
}

/// Where part of what is due is asked for in another way than cash.
async fn part_of(till: &Page, dollars: &str) -> Outcome<()> {
    till.press(Key::F9).await?;
    till.tab_to("[data-testid=part-online]").await?;
    till.keys(dollars).await?;
    till.press(Key::Enter).await?;
    till.text("[data-testid=part-note]").await?;
    Ok(())
}

/// A voucher of 100, 200 off a card by QR, and a thousand-dollar note for the other 188.
async fn pay_in_three_ways(till: &Page, display: &Xvfb) -> Outcome<()> {
    part_of(till, "100").await?;
    till.tab_to("[data-testid=outside-voucher]").await?;
    till.press(Key::Enter).await?;
    till.text("[data-testid=outside-note]").await?;
    till.press(Key::Enter).await?;
    figure(till, "cart-due", 388).await?;
    part_of(till, "200").await?;
    till.keys("1").await?;
    let link = till.text_with("[data-testid=pay-link]", "http://127.0.0.1:").await?;
    let phone = customer(display).await?;
    pay_by_card(&phone, &link).await?;
    figure(till, "cart-due", 188).await?;
    phone.close().await?;
    till.press(Key::F8).await?;
    till.focused("[data-testid=cash-received]").await?;
    till.keys("1000").await?;
    till.press(Key::Enter).await?;
    figure(till, "closed-change", 812).await
}

/// Twenty items with the keyboard and the scanner alone: pieces, labels of the scale, something without a barcode, a
/// barcode nobody knows. The sale waits under a name while another is sold, a supervisor allows a discount, and it is paid
/// with a voucher, a card and cash. The journal has all of it, to the dollar.
#[tokio::test]
async fn twenty_items_are_sold_without_a_mouse() -> Outcome<()> {
    let shop = shop().await?;
    let display = Xvfb::start(1280, 800)?;
    let till = shop.open(&display).await?;
    sign_in(&till).await?;
    ring_up_the_first_nine(&till).await?;
    let_the_next_customer_go_first(&till).await?;
    switch_to_english(&till).await?;
    ring_up_the_other_eleven(&till).await?;
    take_a_third_off(&till).await?;
    pay_in_three_ways(&till, &display).await?;
    let number = till.text("[data-testid=sale-number]").await?;
    till.wait_until("its receipt is kept", "document.querySelector('[data-testid=receipt-picture] img, img[data-testid=receipt-picture]')?.naturalWidth > 0").await?;
    till.press(Key::Enter).await?;
    till.gone("[data-testid=sale-closed]").await?;

    let sale = shop.journal()?.sale(&number.parse()?)?.expect("the journal has it");
    let lines: Vec<(&str, u32, i64)> = sale
        .lines
        .iter()
        .map(|line| (line.name.as_str(), line.quantity, line.unit_price.as_dollars() * i64::from(line.quantity)))
        .collect();
    assert_eq!(
        lines,
        [
            ("礦泉水 600ml", 1, 15),
            ("無糖綠茶 600ml", 3, 75),
            ("香蕉 1.250 kg", 1, 56),
            ("香蕉", 1, 185),
            ("阿薩姆奶茶 400ml", 1, 28),
            ("茉莉綠茶 600ml", 1, 25),
            ("紙箱", 1, 120),
            ("烏龍茶 600ml", 1, 25),
            ("古早味紅茶 鋁箔包", 6, 72),
            ("香蕉 0.800 kg", 1, 36),
            ("冬瓜茶 500ml", 3, 60),
        ]
    );
    let totals = sale.totals;
    let dollars = [totals.gross, totals.discounts, totals.net, totals.taxable, totals.exempt].map(Money::as_dollars);
    assert_eq!(dollars, [697, 209, 488, 294, 194]);
    let tenders: Vec<(&str, i64)> =
        sale.tenders.iter().map(|tender| (tender.name(), tender.amount().as_dollars())).collect();
    assert_eq!(tenders, [("voucher", 100), ("credit", 200), ("cash", 188)]);
    let receipt = shop.paper(&number)?;
    for part in ["香蕉 1.250 kg", "紙箱", "488", "812", "1111"] {
        assert!(receipt.contains(part), "no {part} on the receipt:\n{receipt}");
    }

    let report: serde_json::Value = serde_json::from_str(&shop.ctl(&["report", "x", "--json"])?)?;
    let both = ["count", "gross", "discounts", "net", "took"].map(|figure| report[figure].as_i64());
    assert_eq!(both, [2, 722, 209, 513, 513].map(Some), "{report}");
    assert_eq!(report["cash"]["expected"], 25 + 188, "{report}");
    assert_eq!(report["cross_foot"]["agrees"], true, "{report}");
    let approved = report["tallies"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|tally| tally["name"] == "approved/discount_over_limit");
    assert_eq!(approved.map(|tally| &tally["count"]), Some(&1.into()), "{report}");
    till.close().await?;
    shop.verify()?;
    Ok(())
}
