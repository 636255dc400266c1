//! Receipts on their way to a printer that is out of paper, drops the line, is away, or is interrupted by a power cut. The
//! sale stands in every one of them, and nothing is printed twice by itself.

#[path = "../crates/printer/tests/fake/mod.rs"]
mod fake;

use std::fs;
use std::time::Duration;

use desk::{Desk, Home, Opening};
use fake::{FakePrinter, Mood};
use register::view::{PrintFault, Task, TaskChoice, TaskKind, View};
use register::{Errand, Next};
use tempfile::TempDir;

const PATIENCE: printer::Patience = printer::Patience {
    connect: Duration::from_secs(2),
    answer: Duration::from_millis(150),
    stall: Duration::from_millis(500),
    done: Duration::from_millis(600),
};
/// 副本 in Big5.
const COPY: [u8; 4] = [0xB0, 0xC6, 0xA5, 0xBB];
/// `ESC p`, pin 2.
const KICK: [u8; 5] = [0x1B, 0x70, 0, 25, 250];

/// A till whose printers are at these addresses. They have Chinese letters of their own, so that what comes out can be
/// read here.
struct Shop {
    folder: TempDir,
    desk: Option<Desk>,
}

impl Shop {
    async fn open(addresses: &[&str], more: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = desk::settings::STARTING.replace("127.0.0.1:8688", "127.0.0.1:0");
        for (nth, address) in addresses.iter().enumerate() {
            settings.push_str(&format!(
                "\n[[printers]]\nname = \"printer {nth}\"\nway = \"network\"\nat = \"{address}\"\nletters = \"big5\"\n\
                 codes = \"own\"\n{more}\n"
            ));
        }
        fs::write(folder.path().join("settings.toml"), settings).expect("written");
        let mut shop = Self { folder, desk: None };
        shop.start().await;
        shop
    }

    /// Opens the till, or opens it again.
    async fn start(&mut self) {
        self.desk = None;
        // What it ran ends when the runtime comes round to it, and only then is its journal free.
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        // Cash needs no gateway: nobody listens there.
        let opening = Opening {
            gateway: Some("http://127.0.0.1:9".to_owned()),
            patience: Some(PATIENCE),
            by_hand: true,
            ..Opening::default()
        };
        self.desk = Some(Desk::open(Home::at(self.folder.path()), opening).await.expect("the till opens"));
    }

    fn desk(&self) -> &Desk {
        self.desk.as_ref().expect("the till is open")
    }

    fn view(&self) -> View {
        self.desk().shared().with(|register, ports| register.view(ports.clock.now())).expect("a view")
    }

    /// Sells one thing for cash; what is due because of it has not been done yet.
    fn sell(&self) -> String {
        self.desk()
            .shared()
            .with(|register, ports| {
                register.scan("D04")?;
                register.pay_cash(1_000, ports.clock.now())
            })
            .expect("sold");
        self.view().closed.expect("the sale is closed before anything is printed").sale
    }

    async fn step(&self) {
        self.desk().shared().step().await.expect("recorded");
    }

    fn task(&self) -> Task {
        let mut tasks = self.view().tasks;
        assert_eq!(tasks.len(), 1, "{tasks:?}");
        tasks.remove(0)
    }

    fn expect_nothing_to_do(&self) {
        let tasks = self.view().tasks;
        assert!(tasks.is_empty(), "{tasks:?}");
    }

    async fn resolve(&self, choice: TaskChoice) {
        let id = self.task().id;
        self.desk()
            .shared()
            .with(|register, ports| register.resolve(&id, choice, ports.clock.now()))
            .expect("resolved");
        self.step().await;
    }

    fn receipts(&self) -> usize {
        let folder = self.desk().home().receipts(self.desk().profile());
        fs::read_dir(folder).expect("a shelf").count()
    }
}

fn says(sheet: &[u8], text: &[u8]) -> bool {
    sheet.windows(text.len()).any(|window| window == text)
}

#[tokio::test]
async fn a_cash_sale_opens_the_drawer_and_prints_its_receipt_once() {
    let printer = FakePrinter::with(&[Mood::Good, Mood::Good]);
    let shop = Shop::open(&[&printer.address], "drawer_pin = 2").await;
    let sale = shop.sell();
    shop.step().await;
    shop.step().await;
    shop.expect_nothing_to_do();
    let [drawer, receipt] = <[Vec<u8>; 2]>::try_from(printer.sheets()).expect("two jobs");
    assert_eq!(drawer, KICK);
    assert!(says(&receipt, sale.as_bytes()) && !says(&receipt, &COPY) && !says(&receipt, &KICK));
}

#[tokio::test]
async fn a_printer_out_of_paper_leaves_the_sale_alone_and_prints_when_somebody_says_so() {
    let printer = FakePrinter::with(&[Mood::OutOfPaper, Mood::Good]);
    let shop = Shop::open(&[&printer.address], "").await;
    let sale = shop.sell();
    shop.step().await;
    let task = shop.task();
    assert_eq!((task.what, task.sale.as_deref()), (TaskKind::NotPrinted, Some(sale.as_str())));
    assert_eq!(task.print.as_ref().map(|print| print.fault), Some(PrintFault::PaperOut));
    assert_eq!(task.choices, [TaskChoice::Retry, TaskChoice::LeaveOut]);
    // Nothing of it stops the next customer, and nothing is tried behind anybody's back.
    shop.step().await;
    shop.resolve(TaskChoice::Retry).await;
    shop.expect_nothing_to_do();
    let sheets = printer.sheets();
    assert_eq!(sheets[0], b"", "a printer out of paper is sent nothing");
    assert!(says(&sheets[1], sale.as_bytes()) && !says(&sheets[1], &COPY), "nothing had come out: this is the first");
}

/// PF-12: half a receipt hangs out of the printer. Nothing prints by itself, not even after a restart; the next sheet says
/// that it is a copy, and is in the journal.
#[tokio::test]
async fn half_a_receipt_is_never_followed_by_another_that_looks_like_the_first() {
    let printer = FakePrinter::with(&[Mood::DropsAfter(100), Mood::Good]);
    let mut shop = Shop::open(&[&printer.address], "").await;
    let sale = shop.sell();
    shop.step().await;
    assert_eq!(shop.task().what, TaskKind::HalfPrinted);
    shop.start().await;
    shop.step().await;
    let task = shop.task();
    assert_eq!((task.what, task.print.map(|print| print.fault)), (TaskKind::HalfPrinted, Some(PrintFault::Broken)));
    assert_eq!(shop.receipts(), 1);
    shop.resolve(TaskChoice::Retry).await;
    shop.expect_nothing_to_do();
    assert_eq!(shop.receipts(), 2, "the copy is kept, too");
    let sheets = printer.sheets();
    assert!(says(&sheets[1], sale.as_bytes()) && says(&sheets[1], &COPY));
}

/// PF-12: the power goes after the receipt was handed to the printer and before anybody heard what came of it.
#[tokio::test]
async fn power_is_cut_while_a_receipt_prints() {
    let mut shop = Shop::open(&["127.0.0.1:9"], "").await;
    let sale = shop.sell();
    let errand = shop.desk().shared().with(|register, ports| {
        let now = ports.clock.now();
        let Ok(Next::Errand(Errand::MakeReceipt { sale, copy, .. })) = register.next(now) else { return None };
        register.receipt_made(&sale, copy, Ok(()), now).expect("recorded");
        register.next(now).ok()
    });
    assert!(matches!(errand, Some(Next::Errand(Errand::Print { .. }))), "{errand:?}");
    shop.start().await;
    shop.step().await;
    let task = shop.task();
    assert_eq!((task.what, task.sale), (TaskKind::HalfPrinted, Some(sale)));
    assert_eq!(task.print.map(|print| print.fault), Some(PrintFault::Silent));
    // Somebody has looked: it had come out.
    shop.resolve(TaskChoice::LeaveOut).await;
    shop.start().await;
    shop.expect_nothing_to_do();
}

#[tokio::test]
async fn another_printer_takes_over_from_one_that_is_away() {
    let printer = FakePrinter::with(&[Mood::Good]);
    // Nobody listens at the discard port.
    let shop = Shop::open(&["127.0.0.1:9", &printer.address], "").await;
    let sale = shop.sell();
    shop.step().await;
    let task = shop.task();
    assert_eq!(task.choices, [TaskChoice::Retry, TaskChoice::OtherPrinter, TaskChoice::LeaveOut]);
    let print = task.print.expect("about a paper");
    assert_eq!((print.printer.as_str(), print.other.as_deref()), ("printer 0", Some("printer 1")));
    assert_eq!(print.fault, PrintFault::Unreachable);
    shop.resolve(TaskChoice::OtherPrinter).await;
    shop.expect_nothing_to_do();
    let [receipt] = <[Vec<u8>; 1]>::try_from(printer.sheets()).expect("one job");
    assert!(says(&receipt, sale.as_bytes()) && !says(&receipt, &COPY));
}

#[tokio::test]
async fn a_shop_without_a_printer_keeps_its_receipts_and_hears_nothing_of_printing() {
    let shop = Shop::open(&[], "").await;
    shop.sell();
    shop.step().await;
    shop.expect_nothing_to_do();
    assert_eq!(shop.receipts(), 1);
}
