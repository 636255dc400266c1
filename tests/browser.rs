//! The stories' own tools, tried without the till: a browser that reads and presses, a display that can be seen,
//! a QR code that can be read.
#![cfg(unix)]

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use qrcode::{Color, QrCode};
use stories::webdriver::{Chromium, MiniBrowser, WebKit};
use stories::{App, Outcome, Page, Xvfb, pdf, screen};

/// A counter with a button that a script enables only after two frames, as a page that is still loading would.
const COUNTER: &str = "data:text/html;charset=utf-8,<title>counter</title><input id=who><button id=add disabled>加</button>\
<p id=sum></p><script>requestAnimationFrame(()=>requestAnimationFrame(()=>{add.disabled=false}));\
add.onclick=()=>{setTimeout(()=>{sum.textContent=who.value+' 一百元'},50)}</script>";

async fn presses_and_reads(page: &Page) -> Outcome<()> {
    page.goto(COUNTER).await?;
    page.fill("#who", "茶葉蛋").await?;
    page.click("#add").await?;
    assert_eq!(page.text_with("#sum", "一百元").await?, "茶葉蛋 一百元");
    page.wait_until("the title", "document.title === 'counter'").await?;
    page.gone("#nothing").await
}

#[tokio::test]
async fn chromium_types_presses_and_reads_chinese() -> Outcome<()> {
    if !Chromium::is_installed() {
        // Ubuntu: the customer uses MiniBrowser there, which has its own test.
        return Ok(());
    }
    let page = Chromium::open().await?;
    presses_and_reads(&page).await?;
    page.close().await
}

#[tokio::test]
async fn webkits_own_browser_does_the_same() -> Outcome<()> {
    let display = Xvfb::start(800, 600)?;
    let page = MiniBrowser::open(&display).await?;
    presses_and_reads(&page).await
}

/// What a till does with keys, and no more: an Enter right after the key before it ends a scan and is kept from the rest of
/// the page. The first scan is refused, as one that came in pieces.
const KEYS: &str = "data:text/html,<p id=keys></p><p id=gap></p><button>one</button><button id=two>two</button><script>\
let last=0,enters=0;addEventListener('keydown',e=>{keys.textContent+=e.key;gap.textContent=e.timeStamp-last;\
last=e.timeStamp;if(e.key==='Enter'&&++enters>1)e.stopImmediatePropagation()},true)</script>";

/// A scanner needs nothing in the page to have the focus, scans again what came in pieces, and what did not only once; a
/// person's keys come more slowly; and the Tab key goes where it is sent.
#[tokio::test]
async fn a_scanner_and_a_person_type_into_the_window() -> Outcome<()> {
    let display = Xvfb::start(800, 600)?;
    let page = MiniBrowser::open(&display).await?;
    page.goto(KEYS).await?;
    page.scan_all(&["4710088412345", "/ABC+123"]).await?;
    let typed = page.text_with("#keys", "5Enter").await?;
    assert_eq!(typed, "4710088412345Enter/ABC+123Enter4710088412345Enter");
    page.keys("3*").await?;
    page.text_with("#keys", "3*").await?;
    let gap = page.eval("Number(gap.textContent)").await?.as_f64().unwrap_or_default();
    assert!(gap > 35.0, "a scanner's pace: {gap} ms");
    page.tab_to("#two").await?;
    page.tab_back_to("button:not(#two)").await?;
    let lost = page.tab_to("#nowhere").await.map_err(|failure| failure.to_string());
    assert!(lost.is_err_and(|sentence| sentence.contains("#nowhere")));
    Ok(())
}

#[tokio::test]
async fn an_app_that_opens_no_window_is_named_in_the_failure() -> Outcome<()> {
    let display = Xvfb::start(320, 200)?;
    let app = App::new("/bin/false").patience(Duration::from_secs(2));
    let failure = WebKit::open(&display, &app).await.err().map(|failure| failure.to_string());
    let sentence = failure.expect("an app that ends at once gives no session");
    assert!(sentence.contains("WebKitWebDriver gave no session"), "{sentence}");
    Ok(())
}

#[tokio::test]
async fn a_display_shows_what_is_on_it_and_a_qr_code_can_be_read_off_it() -> Outcome<()> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let code = folder.path().join("code.png");
    let link = "http://127.0.0.1:8787/p/7Q2M-樂";
    draw_qr(link, &code);
    assert_eq!(screen::read_qr(&code)?, link);

    let display = Xvfb::start(700, 700)?;
    let page = MiniBrowser::open(&display).await?;
    page.goto(&format!("file://{}", code.display())).await?;
    let shot = folder.path().join("shot.png");
    page.until("the code to be seen", || async {
        screen::shot(&display, &shot).map_err(|cause| cause.to_string())?;
        match screen::read_qr(&shot) {
            Ok(text) if text == link => Ok(()),
            Ok(text) => Err(format!("it says {text}")),
            Err(cause) => Err(cause.to_string()),
        }
    })
    .await
}

#[test]
fn a_picture_without_a_code_says_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let display = Xvfb::start(320, 200).expect("a display");
    let shot = folder.path().join("empty.png");
    screen::shot(&display, &shot).expect("a screenshot");
    let failure = screen::read_qr(&shot).expect_err("an empty display has no code").to_string();
    assert!(failure.contains("no QR code can be read in"), "{failure}");
}

#[test]
fn two_displays_have_two_numbers() {
    let first = Xvfb::start(320, 200).expect("a display");
    let second = Xvfb::start(320, 200).expect("a display");
    assert_ne!(first.name(), second.name());
}

#[test]
fn a_file_that_is_no_pdf_says_so() {
    let failure = pdf::text(Path::new("Cargo.toml")).expect_err("a manifest is no PDF").to_string();
    assert!(failure.starts_with("pdftotext failed"), "{failure}");
}

/// Draws `text` as a QR code with a quiet zone, eight pixels a module.
fn draw_qr(text: &str, path: &Path) {
    const SCALE: usize = 8;
    const QUIET: usize = 4;
    let code = QrCode::new(text).expect("a link fits into a QR code");
    let side = (code.width() + 2 * QUIET) * SCALE;
    let dark = |x: usize, y: usize| {
        let (x, y) = (x / SCALE, y / SCALE);
        let inside = QUIET..QUIET + code.width();
        inside.contains(&x) && inside.contains(&y) && code[(x - QUIET, y - QUIET)] == Color::Dark
    };
    let pixels: Vec<u8> = (0..side * side).map(|at| if dark(at % side, at / side) { 0 } else { 255 }).collect();
    let side = u32::try_from(side).expect("a small picture");
    let mut encoder = png::Encoder::new(File::create(path).expect("a file"), side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&pixels).expect("pixels");
}
