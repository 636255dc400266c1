//! A shop without any server: its pay page is one file, and the link of a payment carries the whole signed form behind
//! the `#`. A customer's Chromium reads it, the gateway takes what it posts.
#![cfg(unix)]

use std::fs;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ecpay_sim::Method as Pays;
use fantoccini::Locator;
use register::view::Qr;
use stories::afternoon::{Afternoon, AttemptState, Method, Shown};
use stories::screen;
use stories::webdriver::{Chromium, Phone};
use till::time::Timestamp;

/// Whatever went wrong, as a test shows it.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const TEA: &str = "D04"; // 25
const COLA: &str = "D18"; // 22

/// A page judges whether it is over by its phone's clock: the shop's must not be behind that.
async fn open_shop() -> Afternoon {
    let shop = Afternoon::begin_with_static_page().await;
    catch_up(&shop).await;
    shop
}

async fn catch_up(shop: &Afternoon) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    let now = Timestamp::from_unix_ms(i64::try_from(now.as_millis()).expect("a time"));
    shop.gateway().advance(now.since(shop.now())).await;
    shop.settle().await;
}

/// Whatever the language of the machine that runs this.
fn in_chinese(link: &str) -> String {
    link.replace('#', "?lang=zh#")
}

fn digits(link: &str) -> &str {
    link.split_once('#').expect("a form behind the #").1
}

/// The whole way: what the screen shows is read off it, the page puts the form together again exactly as it was signed,
/// the gateway takes it, and the till finds out by asking. Nothing was sent to any server of the shop's.
#[tokio::test]
async fn customer_pays_over_a_page_without_a_server() -> Outcome<()> {
    if !Chromium::is_installed() {
        return Ok(());
    }
    let shop = open_shop().await;
    let owed = shop.ring_up(&[TEA, TEA, COLA]);
    let qr = shop.show_qr(Method::All).await;
    assert!(qr.link.contains("/pay.html#1"), "{}", qr.link);
    assert_eq!(read_off_the_screen(&shop)?, qr.link);
    // Nobody tells who looked at it: it may have been paid from now on.
    shop.expect_state(&AttemptState::Presented);

    let phone = Chromium::open().await?;
    phone.goto(&qr.link).await?;
    // The page posts by itself; the gateway checks the signature and knows the order.
    phone.text_with("body", "選擇付款方式").await?;
    let order = shop.gateway().order(&qr.number).expect("the gateway has the order");
    assert_eq!(order.amount, owed);
    // Back: a link is used once.
    phone.goto(&in_chinese(&qr.link)).await?;
    phone.text_with("#link-state", "已經開啟過").await?;
    assert_eq!(phone.eval("document.querySelector('#pay-button').textContent").await?, "仍要前往付款");
    phone.close().await?;

    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    shop.pass(Duration::from_secs(60)).await;
    shop.expect_sold(owed).await;
    shop.close().await;
    Ok(())
}

/// Shop, amount and time in both languages; inside a chat app the way out comes first and nothing is posted by itself.
#[tokio::test]
async fn static_page_in_a_chat_app_shows_the_way_out() -> Outcome<()> {
    if !Chromium::is_installed() {
        return Ok(());
    }
    let shop = open_shop().await;
    shop.ring_up(&[TEA, COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    let line = Chromium::open_as(Phone::inside_line()).await?;
    line.goto(&qr.link).await?;
    line.text_with("#link-state", "LINE").await?;
    let out = line.eval("document.querySelector('#open-browser').getAttribute('href')").await?;
    assert_eq!(out, format!("?openExternalBrowser=1#{}", digits(&qr.link)), "the form goes with it");
    let page = line.text("main").await?;
    assert!(page.contains("巷口柑仔店") && page.contains("47"), "{page}");
    let english = qr.link.replace('#', "?lang=en#");
    line.goto(&english).await?;
    line.text_with("#link-state", "Please pay in your browser").await?;
    assert_eq!(line.eval("document.documentElement.lang").await?, "en");
    // Whoever insists may.
    line.click("#pay-button").await?;
    line.text_with("body", "信用卡").await?;
    assert!(shop.gateway().order(&qr.number).is_some());
    line.close().await?;

    let facebook = Chromium::open_as(Phone::inside_facebook()).await?;
    facebook.goto(&qr.link).await?;
    facebook.text_with("#link-state", "Facebook").await?;
    assert_eq!(facebook.text("#link-text").await?, qr.link, "what is copied is the whole link");
    facebook.close().await?;
    shop.cancel();
    shop.close().await;
    Ok(())
}

/// A link that is over, cut short, changed on the way, for another merchant, or none at all: a sentence and no form.
#[tokio::test]
async fn static_page_says_what_is_wrong_with_a_link() -> Outcome<()> {
    if !Chromium::is_installed() {
        return Ok(());
    }
    let shop = open_shop().await;
    shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    let phone = Chromium::open().await?;
    let base = qr.link.split('#').next().expect("an address").to_owned();
    let form = digits(&qr.link);
    let changed = |at: usize| {
        let mut letters: Vec<char> = form.chars().collect();
        letters[at] = if letters[at] == '1' { '2' } else { '1' };
        letters.into_iter().collect::<String>()
    };
    for (fragment, state) in [
        (String::new(), "back"),
        (form[..form.len() - 7].to_owned(), "broken"),
        (format!("{form}00000"), "broken"),
        (form.replacen('1', "9", 1), "broken"),
        ("1".to_owned(), "broken"),
        ("199999".repeat(40), "broken"),
        ("<script>alert(1)</script>".to_owned(), "broken"),
        ("%ff%fe".to_owned(), "broken"),
        (changed(form.len() - 30), "broken"),
    ] {
        // Another fragment alone would not load the page again.
        phone.goto("about:blank").await?;
        phone.goto(&format!("{base}#{fragment}")).await?;
        let shown = phone.text("#link-state").await?;
        let is = phone.eval("document.querySelector('#link-state').dataset.state").await?;
        if state == "broken" && is == "fresh" {
            // A change that still reads is signed no more: the gateway refuses it.
            continue;
        }
        assert_eq!(is, state, "{fragment}: {shown}");
        assert_eq!(phone.eval("document.querySelector('form')").await?, serde_json::Value::Null, "{fragment}");
    }
    // The shop's page asks for the shop's money alone.
    let file = page_of(&shop).await;
    let folder = tempfile::tempdir()?;
    let elsewhere = folder.path().join("elsewhere.html");
    fs::write(&elsewhere, file.replace(r#""merchant":"3002607""#, r#""merchant":"3412345""#))?;
    phone.goto(&format!("file://{}#{form}", elsewhere.display())).await?;
    phone.wait_until("it refuses", "document.querySelector('[data-state=foreign]') !== null").await?;
    phone.gone("form").await?;
    // Inside somebody else's page nothing is offered. Who frames it, a file cannot forbid.
    let copy = folder.path().join("pay.html");
    fs::write(&copy, &file)?;
    let frame = folder.path().join("frame.html");
    fs::write(&frame, format!("<iframe src='pay.html#{form}' width=400 height=800></iframe>"))?;
    phone.goto(&format!("file://{}", frame.display())).await?;
    phone.client().enter_frame(0).await?;
    phone.wait_until("it refuses", "document.querySelector('[data-state=foreign]') !== null").await?;
    phone.client().enter_parent_frame().await?;
    // The till's own copy can forbid it.
    let host = folder.path().join("host.html");
    fs::write(&host, format!("<iframe src='{}' width=400 height=800></iframe>", qr.link))?;
    phone.goto(&format!("file://{}", host.display())).await?;
    phone.client().enter_frame(0).await?;
    phone.gone("main").await?;
    assert!(shop.gateway().order(&qr.number).is_none(), "nothing of all this was posted");
    phone.close().await?;
    shop.cancel();
    shop.close().await;
    Ok(())
}

/// Ten minutes later the link is over, by the phone's clock.
#[tokio::test]
async fn static_page_is_over_after_its_time() -> Outcome<()> {
    if !Chromium::is_installed() {
        return Ok(());
    }
    // The story's afternoon is long past for any phone, unless the phone's own clock is wrong by years.
    let shop = Afternoon::begin_with_static_page().await;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    if i128::try_from(now).expect("a time") < i128::from(shop.now().unix_ms()) + 3_600_000 {
        return Ok(());
    }
    shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    let phone = Chromium::open().await?;
    phone.goto(&in_chinese(&qr.link)).await?;
    phone.text_with("#link-state", "已經過期").await?;
    assert_eq!(phone.eval("document.querySelector('form')").await?, serde_json::Value::Null);
    phone.close().await?;
    shop.cancel();
    shop.close().await;
    Ok(())
}

/// Its policy lets nothing run but its own script, and without scripts it says what it needs.
#[tokio::test]
async fn static_page_runs_its_own_script_and_no_other() -> Outcome<()> {
    if !Chromium::is_installed() {
        return Ok(());
    }
    let shop = open_shop().await;
    shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    let phone = Chromium::open_as(Phone::inside_line()).await?;
    phone.goto(&qr.link).await?;
    phone.text("#link-state").await?;
    let slipped_in = "(() => { const s = document.createElement('script'); s.textContent = 'window.slippedIn = 1'; document.body.append(s); return window.slippedIn ?? 0; })()";
    assert_eq!(phone.eval(slipped_in).await?, 0);
    assert_eq!(phone.eval("document.referrer").await?, "");
    phone.close().await?;
    let bare = Chromium::open_as(Phone { without_scripts: true, ..Phone::default() }).await?;
    bare.goto(&qr.link).await?;
    let text = bare.client().find(Locator::Css("body")).await?.text().await?;
    assert!(text.contains("JavaScript") && text.contains("其他方式付款"), "{text}");
    bare.close().await?;
    shop.cancel();
    shop.close().await;
    Ok(())
}

/// How large the code is, for the sales a shop has; `docs/RELAY.md` has the table. Each is read off a picture.
#[tokio::test]
async fn code_of_a_carried_form_stays_readable() -> Outcome<()> {
    let shop = Afternoon::begin_with_static_page().await;
    let codes: Vec<String> = desk::sample_products().iter().map(|product| product.code.to_string()).collect();
    for (name, lines, method) in
        [("one line", 1, Method::Credit), ("three lines", 3, Method::All), ("twelve lines", 12, Method::All)]
    {
        let codes: Vec<&str> = codes.iter().take(lines).map(String::as_str).collect();
        shop.ring_up(&codes);
        let Shown { link, .. } = shop.show_qr(method).await;
        assert_eq!(read_off_the_screen(&shop)?, link, "{name}");
        let side = shop.view().attempt.expect("shown").qr.size;
        println!("{name}: {} characters, version {}, {side} x {side} modules", link.len(), (side - 17) / 4);
        assert!(side <= 85, "{name}: version {} is hard to read across a counter", (side - 17) / 4);
        shop.cancel();
        shop.at_till(|register, ports| register.clear(ports.clock.now())).expect("nothing is in it");
    }
    shop.close().await;
    Ok(())
}

async fn page_of(shop: &Afternoon) -> String {
    let link = shop.shown().link;
    let client = net::Client::new(net::Timeouts::default()).expect("a client");
    let reply = client.get(link.split('#').next().expect("an address")).await.expect("the till answers");
    String::from_utf8(reply.body).expect("text")
}

fn read_off_the_screen(shop: &Afternoon) -> Outcome<String> {
    let folder = tempfile::tempdir()?;
    let picture = folder.path().join("qr.png");
    draw(&shop.view().attempt.expect("on the screen").qr, &picture);
    Ok(screen::read_qr(&picture)?)
}

/// The code as the screen draws it, with a quiet zone, four pixels a module.
fn draw(qr: &Qr, path: &Path) {
    const SCALE: usize = 4;
    const QUIET: usize = 4;
    let side = (qr.rows.len() + 2 * QUIET) * SCALE;
    let dark = |x: usize, y: usize| {
        let (x, y) = ((x / SCALE).checked_sub(QUIET), (y / SCALE).checked_sub(QUIET));
        let module = x.zip(y).and_then(|(x, y)| qr.rows.get(y)?.as_bytes().get(x));
        module == Some(&b'1')
    };
    let pixels: Vec<u8> = (0..side * side).map(|at| if dark(at % side, at / side) { 0 } else { 255 }).collect();
    let side = u32::try_from(side).expect("a small picture");
    let mut encoder = png::Encoder::new(File::create(path).expect("a file"), side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&pixels).expect("pixels");
}
