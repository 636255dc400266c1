//! What taking in a file of products costs, from its bytes to products that can be sold: read, compared with what is there,
//! committed, indexed. And what the same file costs when nothing in it is new, and one product that is changed on the
//! screen afterwards.
//!
//! `cargo bench -p stories --bench import [PRODUCTS]`
#![allow(missing_docs, clippy::print_stdout, reason = "a benchmark")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use desk::{Desk, Home, Opening};
use register::catalogue::{self, GoOn};
use register::{CommandError, Grant};

/// What one size came to.
struct Measured {
    rows: usize,
    read: Duration,
    taken: Duration,
    again: Duration,
    one: Duration,
}

impl Measured {
    fn whole(&self) -> Duration {
        self.read + self.taken
    }
}

#[tokio::main]
async fn main() {
    let most: usize = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(100_000);
    let mut all = Vec::new();
    for rows in [1_000, 10_000, 100_000].into_iter().filter(|rows| *rows <= most) {
        let at = measure(rows).await;
        println!(
            "{rows:>7} rows: {:>7.0} ms ({:.0} rows a second): read {:.0} ms, compared, committed and indexed {:.0} ms; the same \
             file again {:.0} ms; one product changed {:.1} ms",
            millis(at.whole()),
            f64::from(u32::try_from(rows).expect("few")) / at.whole().as_secs_f64(),
            millis(at.read),
            millis(at.taken),
            millis(at.again),
            millis(at.one)
        );
        all.push(at);
    }
    let [first, .., last] = all.as_slice() else { return };
    println!(
        "{} rows against {}: {:.1} x; one product changed {:.1} x",
        last.rows,
        first.rows,
        last.whole().as_secs_f64() / first.whole().as_secs_f64(),
        last.one.as_secs_f64() / first.one.as_secs_f64()
    );
}

async fn measure(rows: usize) -> Measured {
    let folder = tempfile::tempdir().expect("a folder");
    let opening = Opening { by_hand: true, own_products: true, ..Opening::default() };
    let desk = Desk::open(Home::at(folder.path()), opening).await.expect("a till");
    let file = file(rows);
    let (read, table) = timed(|| catalogue::read_with(file.as_bytes(), &mut |_| GoOn::Yes).expect("a good file"));
    let take = |table: &catalogue::Table| {
        timed(|| allowed(&desk, |register, now| register.import(table.clone(), now)).expect("taken"))
    };
    let (taken, change) = take(&table);
    assert_eq!(change.added, rows);
    let (again, change) = take(&table);
    assert_eq!(change.same, rows);
    let before = desk.shared().with(|register, _| register.product_form("P000500")).expect("there");
    let after = register::view::ProductForm { price: before.price + 1, ..before.clone() };
    let (one, saved) = timed(|| allowed(&desk, |register, now| register.save_product(Some(&before), &after, now)));
    saved.expect("changed");
    Measured { rows, read, taken, again, one }
}

fn allowed<T>(
    desk: &Desk,
    work: impl FnOnce(&mut register::Register, till::time::Timestamp) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    desk.shared().with(|register, ports| {
        let now = ports.clock.now();
        register.under(Some(Grant::of_the_machine("bench", now)), |register| work(register, now))
    })
}

fn file(rows: usize) -> String {
    let mut text = String::from("code,barcode,name,category,price,tax\n");
    for n in 0..rows {
        writeln!(text, "P{n:06},,商品 {} 號 {},類{},{},taxable", n % 977, n, n % 30, n % 500 + 5).expect("text");
    }
    text
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed(), done)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
