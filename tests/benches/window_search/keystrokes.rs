//! The window, the keys, and what the page notes of them.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;
use stories::webdriver::Key;
use stories::{Outcome, Page, Shop, Xvfb};

/// What names are made of: enough that no search finds everything.
const WORDS: [&str; 20] = [
    "高山",
    "烏龍",
    "茶",
    "有機",
    "鮮乳",
    "豆漿",
    "米",
    "可樂",
    "咖啡",
    "拿鐵",
    "海鹽",
    "洋芋片",
    "餅乾",
    "牛奶",
    "蘋果",
    "鳳梨",
    "酥",
    "泡麵",
    "醬油",
    "衛生紙",
];
/// What a cashier types, letter by letter.
const TYPED: [&str; 6] = ["烏龍茶", "豆漿", "kkl", "海鹽洋芋片", "4710", "P0042"];
/// How often.
const ROUNDS: usize = 3;
/// One frame of a screen that shows sixty a second.
const FRAME_MS: f64 = 1_000.0 / 60.0;

/// The page notes of each key: when it came, when the till had answered, when the list was painted.
const WATCH: &str = "(() => {
    const now = { key: 0, answered: 0, painted: 0 };
    window.keystroke = now;
    addEventListener('keydown', event => { if (event.key.length === 1) Object.assign(now, { key: event.timeStamp, answered: 0, painted: 0 }); }, true);
    const send = window.fetch;
    window.fetch = (...asked) => {
        const answer = send(...asked);
        if (String(asked[0]).endsWith('search')) answer.then(() => { now.answered = performance.now(); }, () => undefined);
        return answer;
    };
    const box = document.querySelector('[role=search]');
    new MutationObserver(seen => {
        if (seen.every(each => box.contains(each.target))) return;
        requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => { now.painted = performance.now(); };
            after.port2.postMessage(0);
        });
    }).observe(document.querySelector('main .stage'), { subtree: true, childList: true, characterData: true, attributes: true });
    return true;
})()";
/// The last key's times once nothing has been painted for a while; `null` before that.
const SETTLED: &str = "(() => {
    const { key, answered, painted } = window.keystroke, quiet = performance.now() - Math.max(key, painted);
    return key === 0 || quiet < (painted === 0 ? 3000 : 120) ? null : [answered - key, painted - key];
})()";

/// What one size came to, in milliseconds, sorted.
struct Measured {
    products: usize,
    painted: Vec<f64>,
    answered: Vec<f64>,
    unchanged: usize,
}

/// Types at every size up to `most` products and prints what was noted.
#[tokio::main]
pub(super) async fn measure_up_to(most: usize) -> Outcome<()> {
    let mut all = Vec::new();
    for products in [1_000, 10_000, 100_000].into_iter().filter(|products| *products <= most) {
        let at = measure(products).await?;
        println!(
            "{products:>7} products, {} keystrokes: painted p50 {:>6.1} ms, p99 {:>6.1} ms; of that the till's answer p50 {:>6.1}, \
             p99 {:>6.1}; {} keystrokes changed nothing on the screen",
            at.painted.len(),
            percentile(&at.painted, 50),
            percentile(&at.painted, 99),
            percentile(&at.answered, 50),
            percentile(&at.answered, 99),
            at.unchanged
        );
        all.push(at);
    }
    let [first, .., last] = all.as_slice() else { return Ok(()) };
    println!(
        "{} against {}: p50 {:.2} x, p99 {:.2} x; to reach: one frame, {FRAME_MS:.1} ms",
        last.products,
        first.products,
        percentile(&last.painted, 50) / percentile(&first.painted, 50),
        percentile(&last.painted, 99) / percentile(&first.painted, 99)
    );
    Ok(())
}

async fn measure(products: usize) -> Outcome<Measured> {
    let shop = Shop::sample()?;
    let file = shop.folder().join("products.csv");
    fs::write(&file, catalogue(products)).expect("the file is written");
    shop.ctl(&["catalogue", "import", &file.display().to_string()])?;
    let display = Xvfb::start(1280, 800)?;
    let till = shop.open(&display).await?;
    till.press(Key::F2).await?;
    till.focused("[data-testid=search]").await?;
    till.eval(WATCH).await?;
    let (mut painted, mut answered, mut unchanged) = (Vec::new(), Vec::new(), 0);
    for typed in [TYPED; ROUNDS].concat() {
        for letter in typed.chars() {
            till.keys(letter.encode_utf8(&mut [0; 4])).await?;
            match times(&till).await? {
                [answer, paint] if paint > 0.0 => {
                    painted.push(paint);
                    answered.push(answer);
                }
                _ => unchanged += 1,
            }
        }
        till.press(Key::Escape).await?;
        till.wait_until("the field is empty", "document.querySelector('[data-testid=search]').value === ''").await?;
    }
    till.close().await?;
    painted.sort_by(f64::total_cmp);
    answered.sort_by(f64::total_cmp);
    Ok(Measured { products, painted, answered, unchanged })
}

/// When the till had answered the last key and when the list was painted, in milliseconds after it; less than nothing
/// where nothing was.
async fn times(till: &Page) -> Outcome<[f64; 2]> {
    till.until("the list is painted", || async {
        let told = till.eval(SETTLED).await.map_err(|cause| cause.to_string())?;
        match told.as_array().map(Vec::as_slice) {
            Some([answered, painted]) => Ok([answered, painted].map(|time| Value::as_f64(time).unwrap_or(-1.0))),
            _ => Err("not yet".to_owned()),
        }
    })
    .await
}

fn catalogue(products: usize) -> String {
    let mut text = String::from("code,barcode,name,category,price,tax\n");
    for n in 0..products {
        let word = |step: usize| WORDS[(n / step + n * 7) % WORDS.len()];
        let name = format!("{}{}{} {}", word(1), word(20), word(400), n % 97);
        writeln!(text, "P{n:06},{},{name},類{},{},taxable", barcode(n), n % 30, n % 500 + 5).expect("text");
    }
    text
}

/// An EAN-13 of Taiwan's prefix.
fn barcode(n: usize) -> String {
    let payload = format!("4710{n:08}");
    let weighed = payload.bytes().zip([1, 3].into_iter().cycle());
    let sum: u32 = weighed.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{payload}{}", (10 - sum % 10) % 10)
}

fn percentile(sorted: &[f64], percent: usize) -> f64 {
    sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}
