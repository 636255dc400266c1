//! What a keystroke costs in a small shop and in a large one, and what taking in a catalogue costs.
//!
//! `cargo bench -p register --bench search [PRODUCTS]`

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use register::catalogue;
use register::products::Products;

/// The figure to reach: the 99th percentile of a keystroke among a hundred thousand products.
const TARGET: Duration = Duration::from_millis(5);

/// What names are made of: enough that no search finds everything.
const WORDS: [&str; 40] = [
    "高山",
    "烏龍",
    "茶",
    "有機",
    "鮮乳",
    "豆漿",
    "米",
    "麵",
    "可樂",
    "咖啡",
    "拿鐵",
    "原味",
    "海鹽",
    "洋芋片",
    "巧克力",
    "餅乾",
    "牛奶",
    "優格",
    "蘋果",
    "香蕉",
    "芭樂",
    "鳳梨",
    "酥",
    "牛肉",
    "泡麵",
    "醬油",
    "米酒",
    "沙茶",
    "衛生紙",
    "洗髮精",
    "牙膏",
    "電池",
    "雨傘",
    "口罩",
    "冰棒",
    "豬血糕",
    "花生",
    "芝麻",
    "綠豆",
    "紅豆",
];

/// What a cashier types, letter by letter.
const TYPED: [&str; 8] = ["烏龍茶", "豆漿", "kkl", "ㄍㄕㄨ", "海鹽洋芋片", "4710", "P0042", "沒有這種東西"];

fn main() {
    let most: usize = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let mut small = None;
    for count in [1_000, 10_000, 100_000].into_iter().filter(|count| *count <= most) {
        let file = file(count);
        let started = Instant::now();
        let products = catalogue::read(file.as_bytes()).expect("a good file");
        let read = started.elapsed();
        let started = Instant::now();
        let day = "2026-11-21".parse().expect("a day");
        let products = Products::on(day, products);
        let filled = started.elapsed();
        let times = keystrokes(&products);
        let (half, nearly_all) = (percentile(&times, 50), percentile(&times, 99));
        println!(
            "{count:>7} products: a keystroke p50 {:>8.1} us, p99 {:>8.1} us; the file read in {:.0} ms, the shelf filled in {:.0} ms",
            micros(half),
            micros(nearly_all),
            micros(read) / 1000.0,
            micros(filled) / 1000.0,
        );
        let (first, first_read) = *small.get_or_insert((nearly_all, read));
        if count > 1_000 {
            println!(
                "         against 1,000: a keystroke {:.1} x, the file {:.1} x",
                micros(nearly_all) / micros(first),
                micros(read) / micros(first_read),
            );
        }
        if count == 100_000 {
            let word = if nearly_all <= TARGET { "reached" } else { "missed" };
            println!("         to reach: p99 under {} ms: {word}", TARGET.as_millis());
        }
    }
}

fn file(count: usize) -> String {
    let mut text = String::from("code,barcode,name,category,price,tax\n");
    for n in 0..count {
        let word = |step: usize| WORDS[(n / step + n * 7) % WORDS.len()];
        let name = format!("{}{}{} {}", word(1), word(40), word(1_600), n % 97);
        writeln!(text, "P{n:06},{},{name},類{},{},taxable", barcode(n), n % 30, n % 500 + 5).expect("text");
    }
    text
}

/// An EAN-13 of Taiwan's prefix.
fn barcode(n: usize) -> String {
    let payload = format!("4710{n:08}");
    let sum: u32 = payload
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| u32::from(digit - b'0') * if at.is_multiple_of(2) { 3 } else { 1 })
        .sum();
    format!("{payload}{}", (10 - sum % 10) % 10)
}

fn keystrokes(products: &Products) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..40 {
        for typed in TYPED {
            let mut so_far = String::new();
            for letter in typed.chars() {
                so_far.push(letter);
                let started = Instant::now();
                let found = products.search(&so_far, 60);
                times.push(started.elapsed());
                std::hint::black_box(found);
            }
        }
    }
    times.sort_unstable();
    times
}

fn percentile(times: &[Duration], percent: usize) -> Duration {
    times[(times.len() * percent / 100).min(times.len() - 1)]
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
