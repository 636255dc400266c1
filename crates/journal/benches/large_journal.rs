//! What grows with a journal and what must not: an X, a Z and a report over a month, verifying the journal, against reading
//! the same rows and hashing the same bytes bare, and a verified backup, against a copy of the file. At one hundredth, a
//! tenth, and all of the sales, of which there are a million; the journals are made up by `guitaictl generate`'s own days,
//! with their shifts and Z reports.
//!
//! `GUITAI_SALES=100000 cargo bench -p journal --bench large_journal` takes a tenth of the time.

#[path = "../../guitaictl/src/generate/closing.rs"]
mod closing;
#[path = "../../guitaictl/src/generate/days.rs"]
mod days;

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, Instant};

use days::{Days, goods};
use journal::Journal;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};
use till::catalogue::{Product, Unit};
use till::money::Money;
use till::tax::TaxKind;
use till::time::Day;

/// The figures to reach (docs: "figures to reach").
const VERIFY: f64 = 2.0;
const REPORT: f64 = 1.2;
const REPORT_MAX: Duration = Duration::from_millis(50);
/// Z reports made for one measurement; each closes a day of this many sales.
const CLOSINGS: usize = 9;
const A_DAY: usize = 60;

/// What was measured at one size.
struct Measured {
    sales: usize,
    x: Duration,
    z: Duration,
    month: Duration,
    bare: Duration,
    verify: Duration,
    copy: Duration,
    backup: Duration,
}

fn main() {
    let sales = std::env::var("GUITAI_SALES").ok().filter(|text| !text.is_empty());
    let sales: usize = sales.map_or(1_000_000, |text| text.parse().expect("GUITAI_SALES is a number"));
    let measured: Vec<Measured> = [sales / 100, sales / 10, sales].into_iter().map(measure).collect();
    println!("   sales        X        Z    month   verify  (bare)   backup  (copy)   in milliseconds");
    for at in &measured {
        println!(
            "{:>8} {:>8.3} {:>8.2} {:>8.2} {:>8.0} {:>7.0} {:>8.0} {:>7.0}",
            at.sales,
            millis(at.x),
            millis(at.z),
            millis(at.month),
            millis(at.verify),
            millis(at.bare),
            millis(at.backup),
            millis(at.copy)
        );
    }
    let [small, middle, large] = measured.as_slice() else { return };
    for (one, other) in [(small, middle), (middle, large), (small, large)] {
        println!(
            "{:>8} against {:>8}: X {:.2} x, Z {:.2} x, month {:.2} x, verify {:.1} x, backup {:.1} x",
            other.sales,
            one.sales,
            ratio(other.x, one.x),
            ratio(other.z, one.z),
            ratio(other.month, one.month),
            ratio(other.verify, one.verify),
            ratio(other.backup, one.backup)
        );
    }
    println!("to reach: an X of all against a hundredth at most {REPORT} x, and under {} ms", REPORT_MAX.as_millis());
    println!("verify against bare {:.2} x (to reach: at most {VERIFY})", ratio(large.verify, large.bare));
    println!("backup against a copy of the file {:.1} x: it walks what it wrote", ratio(large.backup, large.copy));
}

fn measure(sales: usize) -> Measured {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal.sqlite");
    let mut days = days_of(sales);
    let took = timed(|| fill(&path, &mut days, sales));
    // Once unmeasured each, so that both find the file in memory.
    let events = bare(&path);
    let verified = journal::verify(&path).expect("whole");
    assert_eq!(verified.events, events);
    println!("{sales} sales, {events} records made up and appended in {:.1} s", took.as_secs_f64());
    let (mut bare_times, mut verify_times) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        bare_times.push(timed(|| assert_eq!(bare(&path), events)));
        verify_times.push(timed(|| assert_eq!(journal::verify(&path).expect("whole"), verified)));
    }
    let (copied, backed_up) = (folder.path().join("copy"), folder.path().join("backup"));
    let copy = timed(|| copy(&path, &copied));
    let reader = Journal::open_read_only(&path).expect("readable");
    let backup = timed(|| assert_eq!(reader.backup(&backed_up).expect("backed up").events, events));
    let [x, month, z] = [report(&path), month(&path), closings(&path, &mut days)];
    Measured { sales, x, z, month, bare: median(&mut bare_times), verify: median(&mut verify_times), copy, backup }
}

fn days_of(sales: usize) -> Days {
    Days::new("T1".parse().expect("a till id"), (1..=120).map(product).collect(), 1, sales)
}

fn fill(path: &Path, days: &mut Days, sales: usize) {
    let mut journal = Journal::open(path).expect("a journal").journal;
    journal.append_all(&[goods(&(1..=120).map(product).collect::<Vec<_>>())]).expect("appended");
    closing::fill(&mut journal, days, sales).expect("filled");
}

/// Days that are sold and closed on top of all that; the median of the Z reports alone, on the disk.
fn closings(path: &Path, days: &mut Days) -> Duration {
    let mut journal = Journal::open(path).expect("a journal").journal;
    let mut times: Vec<Duration> = (0..CLOSINGS)
        .map(|_| {
            let day = days.day(A_DAY);
            journal.append_all(&day.moments).expect("appended");
            closing::count(&mut journal, days, &day).expect("counted");
            let took = timed(|| closing::z(&mut journal, &day).expect("closed"));
            closing::open(&mut journal, &day).expect("opened");
            took
        })
        .collect();
    median(&mut times)
}

/// A file copied as a file, and on the disk.
fn copy(from: &Path, to: &Path) {
    fs::copy(from, to).expect("copied");
    File::open(to).and_then(|file| file.sync_all()).expect("on the disk");
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

/// The last thirty days there are; the median of many.
fn month(path: &Path) -> Duration {
    let reader = Journal::open_read_only(path).expect("readable");
    let last = Day::from(reader.z_reports(1).expect("readable")[0].at);
    let first = Day::numbered(last.number() - 29).expect("a day");
    let of_a_month = || {
        let figures = reader.range_figures(first, last).expect("a report");
        assert!(figures.takings.count > 0 && figures.mismatches().is_empty());
    };
    let mut times: Vec<Duration> = (0..40).map(|_| timed(of_a_month)).collect();
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

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
