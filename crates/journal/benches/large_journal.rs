//! What grows with a journal and what must not: verifying it, against reading the same rows and hashing the same bytes
//! bare; and the day's report at two sizes. Journals are made up by `guitaictl generate`'s own days.
//!
//! `GUITAI_SALES=1000000 cargo bench -p journal --bench large_journal` measures the size the figures are meant for.

#[path = "../../guitaictl/src/generate/days.rs"]
mod days;

use std::path::Path;
use std::time::{Duration, Instant};

use days::{Days, goods};
use journal::Journal;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};
use till::catalogue::{Product, Unit};
use till::money::Money;
use till::tax::TaxKind;

/// The figures to reach (docs: "figures to reach").
const VERIFY: f64 = 2.0;
const REPORT: f64 = 1.2;

fn main() {
    let sales = std::env::var("GUITAI_SALES").ok().filter(|text| !text.is_empty());
    let sales: usize = sales.map_or(40_000, |text| text.parse().expect("GUITAI_SALES is a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let (small, large) = (folder.path().join("small.journal"), folder.path().join("large.journal"));
    fill(&small, sales / 100);
    let took = timed(|| fill(&large, sales));
    println!("{sales} sales made up and appended in {:.1} s", took.as_secs_f64());

    // Once unmeasured each, so that both find the file in memory.
    let events = bare(&large);
    let verified = journal::verify(&large).expect("whole");
    assert_eq!(verified.events, events);
    let (mut bare_times, mut verify_times) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        bare_times.push(timed(|| assert_eq!(bare(&large), events)));
        verify_times.push(timed(|| assert_eq!(journal::verify(&large).expect("whole"), verified)));
    }
    let (bare, verify) = (median(&mut bare_times), median(&mut verify_times));
    println!("read and hash bare  {:8.0} ms  ({events} records)", millis(bare));
    println!("verify              {:8.0} ms  (chain, pages, every read model made again)", millis(verify));
    println!("ratio {:.2}  (figure to reach: at most {VERIFY})", verify.as_secs_f64() / bare.as_secs_f64());

    let (small, large) = (report(&small), report(&large));
    println!("day report at {:>9} sales  {:7.3} ms", sales / 100, millis(small));
    println!("day report at {sales:>9} sales  {:7.3} ms  (at most 50)", millis(large));
    println!("ratio {:.2}  (figure to reach: at most {REPORT})", large.as_secs_f64() / small.as_secs_f64());
}

fn fill(path: &Path, sales: usize) {
    let products: Vec<Product> = (1..=120).map(product).collect();
    let mut journal = Journal::open(path).expect("a journal").journal;
    journal.append_all(&[goods(&products)]).expect("appended");
    let mut days = Days::new("T1".parse().expect("a till id"), products, 1);
    let mut left = sales;
    while left > 0 {
        let batch: Vec<_> = days.by_ref().take(left.min(1_000)).flatten().collect();
        left -= left.min(1_000);
        journal.append_all(&batch).expect("appended");
    }
}

fn product(number: i64) -> Product {
    Product {
        code: format!("P{number:03}").parse().expect("a code"),
        barcodes: vec![],
        name: format!("商品 {number}"),
        category: "雜貨".into(),
        price: Money::dollars(10 + number % 90),
        tax: if number % 7 == 0 { TaxKind::Exempt } else { TaxKind::Taxable },
        unit: Unit::Piece,
        favourite: false,
        prices: vec![],
    }
}

/// The least that can be called reading it: every column of every row, and SHA-256 over the bytes.
fn bare(path: &Path) -> u64 {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a file");
    let sql =
        "SELECT seq, stream, version, at, operator, kind, kind_version, body, previous, hash FROM events ORDER BY seq";
    let mut statement = conn.prepare(sql).expect("events");
    let mut rows = statement.query([]).expect("events");
    let (mut count, mut mixed) = (0, 0_u8);
    while let Some(row) = rows.next().expect("readable") {
        let mut sha = Sha256::new();
        for column in [0, 2, 3, 6] {
            sha.update(row.get::<_, i64>(column).expect("a number").to_be_bytes());
        }
        for column in [1, 4, 5, 7] {
            sha.update(row.get_ref(column).expect("a text").as_str().expect("a text"));
        }
        sha.update(row.get_ref(8).expect("a hash").as_blob().expect("a hash"));
        mixed ^= sha.finalize()[0] ^ row.get_ref(9).expect("a hash").as_blob().expect("a hash")[0];
        count += 1;
    }
    std::hint::black_box(mixed);
    count
}

/// Opened as the till has it, asked again and again; the median.
fn report(path: &Path) -> Duration {
    let reader = Journal::open_read_only(path).expect("readable");
    let mut times: Vec<Duration> =
        (0..400).map(|_| timed(|| assert_eq!(reader.x_figures().expect("a report").mismatches(), []))).collect();
    median(&mut times)
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
