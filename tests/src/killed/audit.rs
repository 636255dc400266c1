//! What must hold of a journal after every kill, and how far the killed run had come.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use desk::Home;
use journal::{Journal, OpenError, Reader, VerifyError};
use register::Profile;
use serde_json::Value;
use till::ids::SaleNumber;
use till::payment::{Attempt, Funds, Phase};
use till::sale::{Receipt, Sale, SalePhase, Tender};

/// The journal's story, read beside the till.
pub(super) struct Book {
    pub(super) reader: Reader,
    pub(super) head: u64,
    pub(super) sales: BTreeMap<SaleNumber, Sale>,
    pub(super) attempts: Vec<Attempt>,
}

impl Book {
    /// Reads the whole journal; nothing while there is none.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let reader = match Journal::open_read_only(path) {
            Ok(reader) => reader,
            // Killed while it made the file.
            Err(OpenError::NotAJournal(_)) => return None,
            Err(_) if !path.exists() => return None,
            Err(error) => panic!("the journal cannot be read: {error}"),
        };
        let till = "T1".parse().expect("a till id");
        let head = reader.head().expect("the journal can be read").seq;
        let next = reader.next_sale_count().expect("the journal can be read");
        let mut book = Self { reader, head, sales: BTreeMap::new(), attempts: Vec::new() };
        for count in 1..next {
            let number = SaleNumber::new(&till, count);
            let sale =
                book.reader.sale(&number).expect("the journal can be read").expect("sales are counted without gaps");
            for attempt in book.reader.attempts_of(&number).expect("the journal can be read") {
                let attempt = book.reader.attempt(&attempt).expect("the journal can be read");
                book.attempts.push(attempt.expect("an attempt that is listed is there"));
            }
            book.sales.insert(number, sale);
        }
        Some(book)
    }

    pub(super) fn attempt(&self, number: &str) -> Option<&Attempt> {
        self.attempts.iter().find(|attempt| attempt.terms.number.as_str() == number)
    }

    /// What holds whatever has happened.
    pub(super) fn check(&self) {
        let mut numbers = BTreeSet::new();
        for attempt in &self.attempts {
            assert!(numbers.insert(&attempt.terms.number), "number {} is used twice", attempt.terms.number);
            let decided = attempt.funds != Funds::None;
            assert_eq!(attempt.is_paid(), decided, "money without a place, or a place without money: {attempt:?}");
        }
        for (number, sale) in &self.sales {
            let paid: i64 = sale.tenders.iter().map(|tender| tender.amount().as_dollars()).sum();
            let total = sale.totals.net.as_dollars();
            let whole = sale.phase == SalePhase::Closed;
            assert_eq!(paid, if whole { total } else { 0 }, "sale {number} is paid once or not at all: {sale:?}");
            let brought: Vec<_> = sale.tenders.iter().filter_map(brought_by).collect();
            let applied = self.attempts.iter().filter(|attempt| attempt.funds == Funds::Applied(number.clone()));
            let applied: Vec<_> = applied.map(|attempt| attempt.terms.number.as_str()).collect();
            assert_eq!(brought, applied, "sale {number} counts what was applied to it");
            let receipt_fits = whole || sale.receipt == Receipt::NotYet;
            assert!(receipt_fits, "a receipt without a paid sale: {sale:?}");
        }
    }

    /// What a line that was said promised.
    pub(super) fn check_said(&self, line: &Value, home: &Home) {
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        match text("event").as_str() {
            "sale" | "recovered" => {
                let number: SaleNumber = text("sale").parse().expect("a sale number");
                let closed = self.reader.closed(&number).expect("the journal can be read");
                let closed = closed.unwrap_or_else(|| panic!("acknowledged and not in the journal: {line}"));
                assert_eq!(line["total"], closed.totals.net.as_dollars(), "{line}");
                assert_eq!(line["closed_ms"], closed.closed_at.unix_ms(), "{line}");
                assert_eq!(line["tenders"].as_array().map(Vec::len), Some(closed.tenders.len()), "{line}");
                check_receipt(home, &number);
            }
            "pay_link" => {
                let attempt = self.attempt(&text("attempt"));
                let attempt = attempt.unwrap_or_else(|| panic!("a link without a recorded intent: {line}"));
                assert_eq!(line["sale"], attempt.terms.sale.as_str(), "{line}");
                assert_eq!(line["amount"], attempt.terms.amount.as_dollars(), "{line}");
            }
            "state" if line["state"]["kind"] == "paid" => {
                let paid = self.attempt(&text("attempt")).is_some_and(Attempt::is_paid);
                assert!(paid, "said to be paid and not so in the journal: {line}");
            }
            "given_up" if line["sale"].is_string() => {
                let number: SaleNumber = text("sale").parse().expect("a sale number");
                let phase = self.sales.get(&number).map(|sale| sale.phase);
                assert_ne!(phase, Some(SalePhase::Open), "{line}");
            }
            _ => {}
        }
    }

    /// How far the run had come that started when the journal stood at `before`, as its last record tells.
    pub(super) fn landing(&self, before: &Stand, acknowledged: bool) -> &'static str {
        if acknowledged {
            return "after its last word";
        }
        let newest = self.sales.values().next_back().filter(|_| self.sales.len() > before.sales);
        let Some(sale) = newest else {
            let rung_up = self.reader.draft().expect("the journal can be read") != before.draft;
            return match (self.head > before.head, rung_up) {
                (false, _) => "before it recorded anything",
                (true, false) => "opened, putting things in order",
                (true, true) => "while ringing up",
            };
        };
        let attempt = self.attempts.iter().rfind(|attempt| attempt.terms.sale == sale.number);
        match (&sale.receipt, sale.phase, attempt.map(|attempt| &attempt.phase)) {
            (Receipt::Due, ..) => "closed, before the receipt",
            (Receipt::Made { .. } | Receipt::Failed { .. }, ..) => "receipt made, before its last word",
            (_, SalePhase::Voided, _) => "given up",
            (.., None) => "sale opened",
            (.., Some(Phase::Created)) => "before the link",
            (.., Some(Phase::Presented)) => "after the link",
            (.., Some(Phase::Opened)) => "while the customer pays",
            (.., Some(Phase::Claimed { .. })) => "paid, not yet confirmed",
            (.., Some(Phase::Declined { .. })) => "after a decline",
            (.., Some(_)) => "asking the gateway",
        }
    }
}

/// Where a journal stood before a run.
#[derive(Default)]
pub(super) struct Stand {
    head: u64,
    sales: usize,
    draft: Option<String>,
}

impl Stand {
    pub(super) fn of(book: Option<&Book>) -> Self {
        book.map_or_else(Self::default, |book| Self {
            head: book.head,
            sales: book.sales.len(),
            draft: book.reader.draft().expect("the journal can be read"),
        })
    }
}

/// Verifies the journal from end to end. One that holds nothing yet may be half made.
pub(super) fn verify(path: &Path) {
    match journal::verify(path) {
        Ok(_) => {}
        Err(VerifyError::Open(_)) if !path.exists() => {}
        Err(VerifyError::Open(OpenError::NotAJournal(_))) => {}
        Err(error) => panic!("the journal does not verify: {error}"),
    }
}

/// Copies the journal as a machine that lost its memory would find it: the file and the log, without the index to it.
pub(super) fn copy_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-journal"] {
        let source = from.with_file_name(name);
        let _ = fs::remove_file(to.join(name));
        if source.exists() {
            fs::copy(&source, to.join(name)).expect("copied");
        }
    }
}

/// The receipt of a closed sale is there, and whole.
pub(super) fn check_receipt(home: &Home, number: &SaleNumber) {
    let path = home.receipt(Profile::Training, number, 0);
    let pdf = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(pdf.starts_with(b"%PDF-") && pdf.trim_ascii_end().ends_with(b"%%EOF"), "{} is cut off", path.display());
}

fn brought_by(tender: &Tender) -> Option<&str> {
    match tender {
        Tender::Cash { .. } | Tender::Recorded { .. } => None,
        Tender::Online { attempt, .. } => Some(attempt.as_str()),
    }
}
