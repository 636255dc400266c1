//! A day at the real window, from the counted float to the Z on paper, with the keyboard alone.
#![cfg(unix)]

use register::Profile;
use stories::webdriver::Key;
use stories::{Page, Shop, Xvfb, pdf, screen};
use till::money::Money;

/// Whatever went wrong, as a test shows it.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Waits until a figure on the screen is so many dollars.
async fn figure(till: &Page, testid: &str, dollars: i64) -> Outcome<()> {
    let there = format!("document.querySelector('[data-testid={testid}]')?.dataset.amount === '{dollars}'");
    Ok(till.wait_until(&format!("{testid} is {dollars}"), &there).await?)
}

/// Types how many there are of each, from the thousands down to the ones, and hands the count in.
async fn count(till: &Page, pieces: [&str; 7], total: i64) -> Outcome<()> {
    till.focused("[data-testid=pieces-1000]").await?;
    for many in pieces {
        till.keys(many).await?;
        till.press(Key::Enter).await?;
    }
    figure(till, "counted-total", total).await?;
    till.focused("[data-testid=counted]").await?;
    till.press(Key::Enter).await?;
    Ok(till.gone("[data-testid=count]").await?)
}

/// To the drawer and the day: the report's key, twice.
async fn to_the_day(till: &Page) -> Outcome<()> {
    till.press(Key::F6).await?;
    till.text("[data-testid=report-net]").await?;
    till.press(Key::F6).await?;
    till.text("[data-testid=day]").await?;
    Ok(())
}

async fn sell_for_cash(till: &Page, code: &str, received: &str) -> Outcome<i64> {
    let product = desk::sample_products().into_iter().find(|each| each.code.as_str() == code).expect("sold here");
    let price = product.price.as_dollars();
    till.scan(&product.barcodes[0].to_string()).await?;
    figure(till, "cart-total", price).await?;
    till.press(Key::F8).await?;
    till.focused("[data-testid=cash-received]").await?;
    till.keys(received).await?;
    till.press(Key::Enter).await?;
    figure(till, "closed-total", price).await?;
    till.focused("[data-testid=next-sale]").await?;
    till.press(Key::Enter).await?;
    till.gone("[data-testid=sale-closed]").await?;
    Ok(price)
}

/// Every page is printed inside its margins and is not blank.
fn look_at(paper: &std::path::Path, stem: &std::path::Path) -> Outcome<usize> {
    let pages = pdf::draw(paper, stem)?;
    for page in &pages {
        let ink = screen::ink(page)?;
        let margins = [ink.beside, ink.above_and_below].concat();
        // Two millimetres at a hundred dots an inch.
        assert!(margins.iter().all(|dots| *dots >= 8), "{} is printed over its edge: {ink:?}", page.display());
        assert!(
            ink.width - ink.beside[0] - ink.beside[1] > ink.width / 2,
            "{} is nearly blank: {ink:?}",
            page.display()
        );
    }
    Ok(pages.len())
}

/// The float is counted, two sales are paid in cash, change is fetched; the drawer is counted by somebody who is not
/// told what should be in it, and is eight dollars short. The shift ends with a word about that, the day with a Z: on the
/// screen, on paper and in the journal the same figures.
#[tokio::test]
async fn a_day_is_closed_after_a_blind_count_that_is_short() -> Outcome<()> {
    let shop = Shop::sample()?;
    let display = Xvfb::start(1280, 800)?;
    let till = shop.open(&display).await?;

    to_the_day(&till).await?;
    till.tab_to("[data-testid=open-shift]").await?;
    till.press(Key::Enter).await?;
    count(&till, ["2", "", "9", "", "10", "", ""], 3_000).await?;
    till.press(Key::Escape).await?;
    let sold = sell_for_cash(&till, "D04", "1000").await? + sell_for_cash(&till, "D09", "28").await?;
    assert_eq!(sold, 53);
    to_the_day(&till).await?;
    till.tab_to("[data-testid=cash-in]").await?;
    till.press(Key::Enter).await?;
    till.focused("[data-testid=move-amount]").await?;
    till.keys("500").await?;
    till.press(Key::Tab).await?;
    till.keys("換零錢").await?;
    till.press(Key::Enter).await?;
    till.consent("zhang", "2345").await?;
    till.gone("[data-testid=approval]").await?;

    // 3,000 and 53 and 500 should be there; nobody says so before the count is written down.
    till.tab_to("[data-testid=count-drawer]").await?;
    till.press(Key::Enter).await?;
    till.text("[data-testid=count]").await?;
    let told = till.eval("/3,?553/.test(document.body.innerText)").await?;
    assert_eq!(told, false, "whoever counts is not told");
    count(&till, ["3", "", "5", "", "4", "", "5"], 3_545).await?;
    figure(&till, "over", -8).await?;
    figure(&till, "to-bank", 545).await?;
    till.focused("[data-testid=shift-note]").await?;
    till.press(Key::Enter).await?;
    figure(&till, "over", -8).await?;
    till.keys("找錯錢").await?;
    till.press(Key::Enter).await?;
    till.text("[data-testid=open-shift]").await?;

    till.tab_to("[data-testid=close-day]").await?;
    till.press(Key::Enter).await?;
    till.text_with("[data-testid=close-day]", "再按一次").await?;
    till.press(Key::Enter).await?;
    till.consent("chen", "3456").await?;
    till.text_with("[data-testid=report-net]", "53").await?;
    till.wait_until("it adds up", "document.querySelector('[data-testid=report-agrees]').dataset.agrees === 'true'")
        .await?;
    till.tab_to("[data-testid=z-paper]").await?;
    till.press(Key::Enter).await?;
    till.wait_until("the paper is shown", "document.querySelector('[data-testid=slip] img')?.naturalWidth > 0").await?;
    till.press(Key::Escape).await?;
    till.gone("[data-testid=slip]").await?;
    till.press(Key::Escape).await?;
    till.text("[data-testid=z-1]").await?;

    let paper = desk::Home::at(shop.folder()).report(Profile::Training, 1, 0);
    let printed = pdf::text(&paper)?;
    for part in ["第 1 號", "3,545", "-8", "-545", "3,000", "小芳", "相符"] {
        assert!(printed.contains(part), "no {part} on the Z:\n{printed}");
    }
    let stem = shop.folder().join("z");
    assert!((1..=3).contains(&look_at(&paper, &stem)?));

    let (_, by, figures) = shop.journal()?.z_report(1)?.expect("the journal has it");
    assert_eq!(by.name, "小芳", "who was at the till; the boss has consented");
    assert_eq!((figures.count, figures.net.as_dollars(), figures.mismatches()), (2, 53, vec![]));
    let drawer = figures.drawer;
    let dollars = [drawer.floats, drawer.sales, drawer.ins, drawer.over, drawer.banked, drawer.expected];
    assert_eq!(dollars.map(Money::as_dollars), [3_000, 53, 500, -8, 545, 3_000]);
    let [shift] = figures.shifts.as_slice() else { panic!("one shift: {:?}", figures.shifts) };
    assert_eq!((shift.counts, shift.counted, shift.over), (1, Some(Money::dollars(3_545)), Some(Money::dollars(-8))));
    let end = shift.end.as_ref().expect("it ended");
    assert_eq!(
        (end.note.as_deref(), end.to_bank, end.next_float),
        (Some("找錯錢"), Money::dollars(545), Money::dollars(3_000))
    );
    let told: serde_json::Value = serde_json::from_str(&shop.ctl(&["report", "z", "1", "--json"])?)?;
    assert_eq!((&told["net"], &told["cash"]["over"], &told["z"]["number"]), (&53.into(), &(-8).into(), &1.into()));
    let after = shop.journal()?.x_figures()?;
    assert_eq!((after.count, after.from_seq, after.ever.net.as_dollars()), (0, figures.to_seq + 1, 53));
    till.close().await?;
    shop.verify()?;
    Ok(())
}
