//! One durable cash sale beside one bare fsynced row insert: the same disk, the same run, one after the other.
//!
//! `cargo bench -p journal --bench durable_sale [SALES] [FOLDER]`

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use journal::{Journal, Stamp};
use rusqlite::Connection;
use till::cart::Cart;
use till::catalogue::{Product, Unit};
use till::event::Event;
use till::ids::{SaleNumber, TillId};
use till::money::Money;
use till::sale::{Sale, SaleEvent};
use till::tax::TaxKind;
use till::time::Timestamp;

/// The figure to reach (docs: "figures to reach").
const TARGET: f64 = 1.3;
const WARM_UP: usize = 200;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let sales: usize = arguments.first().map_or(2_000, |text| text.parse().expect("a number of sales"));
    let parent = arguments.get(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = tempfile::tempdir_in(parent).expect("a folder");

    let mut bare = Bare::open(&folder.path().join("bare.sqlite"));
    let mut journal = Journal::open(&folder.path().join("till.journal")).expect("a journal").journal;
    let till: TillId = "T1".parse().expect("a till id");
    let (mut bare_times, mut sale_times) = (Vec::new(), Vec::new());
    for round in 0..WARM_UP + sales {
        let count = u64::try_from(round).expect("small") + 1;
        let events = cash_sale(SaleNumber::new(&till, count));
        let now = i64::try_from(round).expect("small") * 60_000 + 1_767_585_600_000;
        let stamp = Stamp { at: Timestamp::from_unix_ms(now), operator: "amy".into() };
        let mut row = Duration::ZERO;
        let mut sale = Duration::ZERO;
        // Each goes first half of the time: what the other leaves the disk to do is then nobody's advantage.
        for turn in [round % 2, 1 - round % 2] {
            if turn == 0 {
                row = timed(|| bare.insert());
            } else {
                sale = timed(|| {
                    journal.append(&stamp, &events, None).expect("appended");
                });
            }
        }
        // The receipt is made while the next customer steps up; it is not part of the sale.
        let receipt = Event::Sale(SaleNumber::new(&till, count), SaleEvent::ReceiptMade { copy: 0 });
        journal.append(&stamp, &[receipt], None).expect("appended");
        if round >= WARM_UP {
            bare_times.push(row);
            sale_times.push(sale);
        }
    }
    drop(journal);
    let verified = journal::verify(&folder.path().join("till.journal")).expect("the journal is whole");
    assert_eq!(verified.closed, u64::try_from(WARM_UP + sales).expect("small"));

    let (bare, sale) = (median(&mut bare_times), median(&mut sale_times));
    let ratio = sale.as_secs_f64() / bare.as_secs_f64();
    println!("bare fsynced row insert  median {:7.1} µs", micros(bare));
    println!("durable cash sale        median {:7.1} µs  (3 events, every read model, one fsync)", micros(sale));
    println!("ratio {ratio:.2}  (figure to reach: at most {TARGET})");
}

/// The least that can be called durable: one row, one table, one fsync.
struct Bare {
    conn: Connection,
    count: i64,
}

impl Bare {
    fn open(path: &Path) -> Self {
        let conn = Connection::open(path).expect("a database");
        conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).expect("a log");
        conn.pragma_update(None, "synchronous", "FULL").expect("durable");
        // So that the log is written over after a few hundred rows, as the journal's is after a few hundred sales: a
        // file that grows costs the disk more than one that does not, and the journal must not win by that.
        conn.pragma_update_and_check(None, "wal_autocheckpoint", 150, |_| Ok(())).expect("set");
        conn.execute_batch("CREATE TABLE rows (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT").expect("a table");
        Self { conn, count: 0 }
    }

    fn insert(&mut self) {
        self.count += 1;
        let mut insert = self.conn.prepare_cached("INSERT INTO rows VALUES (?1, ?2)").expect("prepared");
        insert.execute((self.count, "a bare row of some forty letters or so")).expect("inserted");
    }
}

fn cash_sale(number: SaleNumber) -> Vec<Event> {
    let mut cart = Cart::default();
    for (code, price, tax) in
        [("TEA", 25, TaxKind::Taxable), ("RICE", 180, TaxKind::Exempt), ("NUTS", 87, TaxKind::Taxable)]
    {
        let product = Product {
            code: code.parse().expect("a code"),
            barcodes: vec!["4710088412348".parse().expect("a barcode")],
            name: format!("商品 {code}"),
            category: "雜貨".into(),
            price: Money::dollars(price),
            tax,
            unit: Unit::Piece,
            favourite: false,
            prices: vec![],
        };
        cart.add(&product, 2).expect("fits");
    }
    let opened = Sale::opening(&cart);
    let sale = Sale::opened(number.clone(), &opened).expect("an opening event");
    let paid = sale.pay_cash(Money::dollars(1_000)).expect("enough");
    std::iter::once(opened).chain(paid).map(|event| Event::Sale(number.clone(), event)).collect()
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

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
