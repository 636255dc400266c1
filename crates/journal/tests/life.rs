//! A journal's life: opened, written, killed, opened again, full, newer, damaged.

mod shop;

use std::fs;

use journal::{AppendError, Journal, OpenError, What, verify};
use rusqlite::Connection;
use shop::{at, cart, cash_sale, file, folder, open, opened, sell, set, stamp, tea, till};
use till::event::{Event, TillEvent};
use till::ids::SaleNumber;
use till::payment::AttemptEvent;

#[test]
fn what_is_appended_is_there_after_a_restart() {
    let folder = folder();
    let path = file(&folder);
    let number = sell(&mut open(&path), 0, 3);
    let journal = open(&path);
    assert_eq!(journal.head().seq, 4);
    assert_eq!(journal.next_sale_count(), Ok(2));
    assert_eq!(journal.unsettled_sales(), Ok(vec![]));
    let sale = journal.sale(&number).expect("readable").expect("there");
    assert!(sale.at_rest());
    let recent = journal.recent_sales(10).expect("readable");
    assert_eq!(recent.len(), 1);
    assert_eq!((recent[0].items, recent[0].totals.net), (3, sale.totals.net));
    assert_eq!((recent[0].closed_at, recent[0].operator.as_str()), (at(0), "amy"));
    drop(journal);
    let verified = verify(&path).expect("whole");
    assert_eq!((verified.events, verified.sales, verified.closed), (4, 1, 1));
}

/// PF-78.
#[test]
fn a_second_till_on_the_same_journal_is_refused_until_the_first_is_gone() {
    let folder = folder();
    let path = file(&folder);
    let first = open(&path);
    assert_eq!(Journal::open(&path).err(), Some(OpenError::Busy));
    drop(first);
    open(&path);
}

#[test]
fn an_unfinished_sale_is_found_again_after_the_till_was_killed() {
    let folder = folder();
    let path = file(&folder);
    let number = SaleNumber::new(&till(), 1);
    let mut journal = open(&path);
    journal
        .append(&stamp(0), &cash_sale(number.clone(), &cart(&[(tea(), 1)])), Some("an empty cart"))
        .expect("appended");
    journal.keep_draft("one tea").expect("kept");
    let copy = killed(&path);
    drop(journal);

    let again = open(&copy);
    assert_eq!(again.unsettled_sales(), Ok(vec![number]));
    assert_eq!(again.draft(), Ok(Some("one tea".into())));
    assert_eq!(again.head().seq, 3);
    drop(again);
    verify(&copy).expect("whole");
}

/// The files as a process that is killed leaves them: nothing was closed, nothing brought from the log into the file.
fn killed(path: &std::path::Path) -> std::path::PathBuf {
    let copy = path.with_file_name("killed.journal");
    fs::copy(path, &copy).expect("a copy");
    fs::copy(path.with_file_name("till.journal-wal"), path.with_file_name("killed.journal-wal")).expect("its log");
    copy
}

#[test]
fn a_full_disk_loses_nothing_and_the_journal_goes_on_once_there_is_room() {
    let folder = folder();
    let path = file(&folder);
    let mut journal = open(&path);
    sell(&mut journal, 0, 1);
    let before = journal.head();
    journal.limit_growth_for_tests(Some(1));
    let many: Vec<Event> =
        (0..200).map(|at| set(&shop::product(&format!("P{at}"), &[], 5, till::tax::TaxKind::Taxable))).collect();
    assert_eq!(journal.append(&stamp(1), &many, None), Err(AppendError::DiskFull));
    assert_eq!(journal.head(), before);
    assert_eq!(journal.products(), Ok(vec![]));
    journal.limit_growth_for_tests(None);
    sell(&mut journal, 2, 1);
    journal.append(&stamp(3), &many, None).expect("there is room");
    assert_eq!(journal.products().expect("readable").len(), 200);
    drop(journal);
    assert_eq!(verify(&path).expect("whole").events, 208);
}

#[test]
fn a_journal_of_a_later_program_is_refused_and_not_touched() {
    let folder = folder();
    let path = file(&folder);
    sell(&mut open(&path), 0, 1);
    let conn = Connection::open(&path).expect("a file");
    let known: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0)).expect("set");
    let found = known + 1;
    conn.pragma_update(None, "user_version", found).expect("set");
    drop(conn);
    let before = fs::read(&path).expect("a file");
    assert_eq!(Journal::open(&path).err(), Some(OpenError::Newer { found, known }));
    assert_eq!(Journal::open_read_only(&path).err(), Some(OpenError::Newer { found, known }));
    assert!(verify(&path).is_err());
    assert_eq!(fs::read(&path).expect("a file"), before);
}

#[test]
fn a_journal_with_an_event_of_a_later_program_is_refused_and_not_touched() {
    let folder = folder();
    let path = file(&folder);
    sell(&mut open(&path), 0, 1);
    let conn = Connection::open(&path).expect("a file");
    conn.execute("INSERT INTO kinds VALUES ('sale.teleported', 1, 9)", []).expect("written");
    drop(conn);
    let before = fs::read(&path).expect("a file");
    let unknown = OpenError::UnknownKind { kind: "sale.teleported".into(), version: 1 };
    assert_eq!(Journal::open(&path).err(), Some(unknown));
    assert_eq!(fs::read(&path).expect("a file"), before);
}

#[test]
fn something_else_than_a_journal_is_refused_and_not_touched() {
    let folder = folder();
    let path = file(&folder);
    for (what, bytes) in [("text", b"dear diary, ".repeat(100)), ("zeros", vec![0; 8192])] {
        fs::write(&path, &bytes).expect("written");
        assert_eq!(Journal::open(&path).err(), Some(OpenError::NotAJournal(path.clone())), "{what}");
        assert_eq!(fs::read(&path).expect("a file"), bytes, "{what}");
    }
    fs::remove_file(&path).expect("gone");
    Connection::open(&path).expect("a file").execute_batch("CREATE TABLE songs (name TEXT)").expect("made");
    assert_eq!(Journal::open(&path).err(), Some(OpenError::NotAJournal(path.clone())));
}

#[test]
fn a_damaged_file_is_refused_and_kept_as_it_is() {
    let folder = folder();
    let path = file(&folder);
    let mut journal = open(&path);
    for minute in 0..60 {
        sell(&mut journal, minute * 60_000, 2);
    }
    drop(journal);
    let whole = fs::read(&path).expect("a file");
    // Each page destroyed in turn; of the first one all but what says that this is a journal.
    let pages = whole.len() / 4096;
    let mut refused = 0;
    for page in 0..pages {
        let mut bytes = whole.clone();
        bytes[(page * 4096).max(100)..(page + 1) * 4096].fill(0xA5);
        fs::write(&path, &bytes).expect("written");
        match Journal::open(&path) {
            Err(OpenError::Damaged(_)) => refused += 1,
            Err(error) => panic!("page {page}: {error}"),
            Ok(_) => panic!("page {page} is destroyed and the journal was opened"),
        }
        assert_eq!(fs::read(&path).expect("a file"), bytes, "page {page}");
        fs::remove_file(path.with_file_name("till.journal-wal")).ok();
        fs::remove_file(path.with_file_name("till.journal-shm")).ok();
    }
    assert_eq!(refused, pages);
}

#[test]
fn a_changed_event_is_found_when_the_till_starts() {
    let folder = folder();
    let path = file(&folder);
    sell(&mut open(&path), 0, 1);
    let conn = Connection::open(&path).expect("a file");
    conn.execute_batch(
        "DROP TRIGGER events_are_never_changed;
         UPDATE events SET at = at + 1 WHERE seq = 2;
         CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
         BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;",
    )
    .expect("tampered");
    drop(conn);
    let Err(OpenError::Damaged(first)) = Journal::open(&path) else { panic!("opened") };
    assert_eq!((first.seq, first.what), (Some(2), What::Hash));
}

/// PF-37.
#[test]
fn a_number_token_or_link_that_is_taken_is_refused_before_anything_is_sent() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    let (sale, first) = opened(SaleNumber::new(&till(), 1), &cart(&[(tea(), 4)]));
    let intended = |number: &str, change: &dyn Fn(&mut till::payment::Terms)| {
        let mut terms = shop::terms(number, &sale.number, sale.due(), at(0));
        change(&mut terms);
        Event::Attempt(terms.number.clone(), AttemptEvent::Intended { terms })
    };
    journal.append(&stamp(0), &[first, intended("A1", &|_| ())], None).expect("appended");
    let head = journal.head();
    let conflict = |number: &str| Err(AppendError::Conflict { stream: format!("attempt/{number}") });
    assert_eq!(journal.append(&stamp(1), &[intended("A1", &|_| ())], None), conflict("A1"));
    assert_eq!(
        journal.append(&stamp(1), &[intended("A2", &|terms| terms.token = "token-A1".into())], None),
        conflict("A2")
    );
    assert_eq!(
        journal.append(&stamp(1), &[intended("A2", &|terms| terms.link = "link-A1".into())], None),
        conflict("A2")
    );
    assert_eq!(journal.head(), head);
    journal.append(&stamp(1), &[intended("A2", &|_| ())], None).expect("appended");
    assert_eq!(journal.attempts_of(&sale.number).expect("readable").len(), 2);
    assert_eq!(journal.attempt_by_token("token-A2").expect("readable").expect("there").as_str(), "A2");
    assert_eq!(journal.attempt_by_link("link-A1").expect("readable").expect("there").as_str(), "A1");
    assert_eq!(journal.attempt_by_link("link-A3"), Ok(None));
}

#[test]
fn an_event_that_cannot_come_there_is_refused_with_all_its_siblings() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    let number = SaleNumber::new(&till(), 1);
    let started = Event::Till(TillEvent::Started { version: "0.1.0".into(), profile: "training".into() });
    let conflict = Err(AppendError::Conflict { stream: "sale/T1-000001".into() });
    assert_eq!(journal.append(&stamp(0), &[started, shop::receipt(number.clone())], None), conflict);
    assert_eq!(journal.head().seq, 0);
    let sale = cash_sale(number, &cart(&[(tea(), 1)]));
    journal.append(&stamp(0), &sale, None).expect("appended");
    assert_eq!(journal.append(&stamp(0), &sale[..1], None), conflict);
    // Another till's sale of the same count: one file is one till's.
    let foreign = cash_sale("T2-000001".parse().expect("a number"), &cart(&[(tea(), 1)]));
    assert!(matches!(journal.append(&stamp(0), &foreign, None), Err(AppendError::Conflict { .. })));
}

#[test]
fn a_barcode_means_one_product_and_is_free_again_when_that_one_is_retired() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    let (tea, milk) = (tea(), shop::product("MILK", &["ABCD"], 40, till::tax::TaxKind::Taxable));
    let barcode = "ABCD".parse().expect("a barcode");
    journal.append(&stamp(0), &[set(&tea)], None).expect("appended");
    assert_eq!(journal.product_by_barcode(&barcode), Ok(Some(tea.clone())));
    let refused = journal.append(&stamp(1), &[set(&milk)], None);
    assert_eq!(refused, Err(AppendError::Conflict { stream: "product/MILK".into() }));
    let retired = Event::Product(tea.code.clone(), till::event::ProductEvent::Retired);
    journal.append(&stamp(2), &[retired, set(&milk)], None).expect("appended");
    assert_eq!(journal.product_by_barcode(&barcode), Ok(Some(milk.clone())));
    assert_eq!(journal.product_by_code(&tea.code), Ok(None));
    assert_eq!(journal.products(), Ok(vec![milk]));
}
