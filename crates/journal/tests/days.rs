//! Shifts and Z reports: what is stated is what is counted, numbers have no gap, and a day is a range of the journal.

mod shop;

use std::path::Path;

use journal::{AppendError, Journal, verify};
use rusqlite::Connection;
use shop::{at, cart, cash_sale, file, folder, open, opened, sell, stamp, tea, till};
use till::cash::CashCount;
use till::day::{CashWay, DayEvent, ShiftEvent};
use till::event::Event;
use till::figures::Figures;
use till::ids::SaleNumber;
use till::money::Money;
use till::people::Named;
use till::sale::{SaleEvent, Tender};

fn amy() -> Named {
    Named { person: None, name: "amy".into() }
}

fn counted(dollars: u32) -> CashCount {
    vec![(1, dollars)].try_into().expect("a count")
}

fn d(dollars: i64) -> Money {
    Money::dollars(dollars)
}

fn open_shift(journal: &mut Journal, number: u32, float: u32) -> Result<(), AppendError> {
    let expected = journal.drawer().expect("readable");
    let event = ShiftEvent::Opened { by: amy(), counted: counted(float), expected };
    journal.append(&stamp(1), &[Event::Shift(number, event)], None).map(drop)
}

fn moved(journal: &mut Journal, number: u32, way: CashWay, amount: i64) -> Result<(), AppendError> {
    let event = ShiftEvent::Moved { way, amount: d(amount), reason: "coins".into(), by: amy() };
    journal.append(&stamp(2), &[Event::Shift(number, event)], None).map(drop)
}

fn count(journal: &mut Journal, number: u32, found: u32, expected: i64) -> Result<(), AppendError> {
    let event = ShiftEvent::Counted { by: amy(), counted: counted(found), expected: d(expected), blind: true };
    journal.append(&stamp(3), &[Event::Shift(number, event)], None).map(drop)
}

fn close_shift(journal: &mut Journal, number: u32, over: i64, next: i64, bank: i64) -> Result<(), AppendError> {
    let event = ShiftEvent::Closed { by: amy(), over: d(over), note: None, to_bank: d(bank), next_float: d(next) };
    journal.append(&stamp(4), &[Event::Shift(number, event)], None).map(drop)
}

fn close_day(journal: &mut Journal, number: u32, figures: Figures) -> Result<(), AppendError> {
    let event = DayEvent::Closed { by: amy(), figures: Box::new(figures) };
    journal.append(&stamp(5), &[Event::Day(number, event)], None).map(drop)
}

fn z(journal: &mut Journal) -> Figures {
    let (figures, number) = (journal.x_figures().expect("readable"), journal.next_z().expect("readable"));
    assert_eq!(figures.mismatches(), vec![]);
    close_day(journal, number, figures.clone()).expect("closes");
    figures
}

/// A float of 3,000, tea for 75 and 25, 500 fetched, 120 paid out, 1,000 into the safe, counted twice: seven dollars
/// too many.
#[test]
fn a_shift_ends_with_what_it_began_with_and_what_came_and_went() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    open_shift(&mut journal, 1, 3_000).expect("opens");
    sell(&mut journal, 10, 3);
    sell(&mut journal, 20, 1);
    for (way, amount) in [(CashWay::In, 500), (CashWay::Out, 120), (CashWay::Drop, 1_000)] {
        moved(&mut journal, 1, way, amount).expect("moves");
    }
    assert_eq!(journal.drawer().expect("readable"), d(2_480));
    count(&mut journal, 1, 2_400, 2_480).expect("counts");
    count(&mut journal, 1, 2_487, 2_480).expect("counts");
    assert_eq!(journal.open_shift().expect("readable").and_then(|shift| shift.over), Some(d(7)));
    // A sale while the money is being put into bags.
    sell(&mut journal, 30, 1);
    close_shift(&mut journal, 1, 7, 2_000, 512).expect("closes");
    assert_eq!(journal.open_shift().expect("readable"), None);
    assert_eq!(journal.drawer().expect("readable"), d(2_000));

    let figures = journal.x_figures().expect("readable");
    assert_eq!(figures.mismatches(), vec![]);
    let drawer = figures.drawer;
    let all = [drawer.floats, drawer.sales, drawer.ins, drawer.outs, drawer.drops, drawer.over, drawer.banked];
    assert_eq!(all.map(Money::as_dollars), [3_000, 125, 500, 120, 1_000, 7, 512]);
    let [shift] = figures.shifts.as_slice() else { panic!("one shift: {:?}", figures.shifts) };
    assert_eq!((shift.counts, shift.counted, shift.float), (2, Some(d(2_487)), d(3_000)));
    assert_eq!(shift.drawer.sum(), shift.drawer.expected);
    verify(journal.path()).expect("verifies");
}

#[test]
fn what_does_not_fit_the_drawer_is_refused_whole() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    let conflict =
        |result: Result<(), AppendError>| assert!(matches!(result, Err(AppendError::Conflict { .. })), "{result:?}");
    conflict(moved(&mut journal, 1, CashWay::In, 5));
    conflict(open_shift(&mut journal, 2, 100));
    open_shift(&mut journal, 1, 100).expect("opens");
    conflict(open_shift(&mut journal, 2, 100));
    conflict(open_shift(&mut journal, 1, 100));
    // Not counted; counted against something else; another difference; not all of it.
    conflict(close_shift(&mut journal, 1, 0, 100, 0));
    conflict(count(&mut journal, 1, 100, 99));
    count(&mut journal, 1, 90, 100).expect("counts");
    conflict(close_shift(&mut journal, 1, -9, 91, 0));
    conflict(close_shift(&mut journal, 1, -10, 50, 30));
    let head = journal.head();
    close_shift(&mut journal, 1, -10, 50, 40).expect("closes");
    conflict(count(&mut journal, 1, 50, 50));
    assert_eq!(journal.head().seq, head.seq + 1);
    assert_eq!(journal.x_figures().expect("readable").mismatches(), vec![]);
    verify(journal.path()).expect("verifies");
}

/// Two days, a day without a sale, and a third that runs: each begins where the one before it ended, and what was ever
/// sold only grows.
#[test]
fn z_reports_follow_one_another_without_a_gap() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    sell(&mut journal, 10, 3);
    let first = z(&mut journal);
    assert_eq!((first.from_seq, first.net, first.ever.net, first.drawer.expected), (1, d(75), d(75), d(75)));
    open_shift(&mut journal, 1, 70).expect("opens");
    sell(&mut journal, 20, 2);
    let second = z(&mut journal);
    assert_eq!(second.from_seq, first.to_seq + 1);
    assert_eq!((second.net, second.ever.count, second.ever.net), (d(50), 2, d(125)));
    let drawer = second.drawer;
    assert_eq!(
        [drawer.at_start, drawer.floats, drawer.sales, drawer.expected].map(Money::as_dollars),
        [75, -5, 50, 120]
    );
    // The shift goes on over the end of the day.
    assert!(second.shifts[0].end.is_none());
    let idle = z(&mut journal);
    assert_eq!((idle.count, idle.net, idle.drawer.at_start, idle.drawer.expected), (0, d(0), d(120), d(120)));
    assert_eq!(journal.next_z().expect("readable"), 4);
    let numbers: Vec<u32> = journal.z_reports(10).expect("readable").iter().map(|report| report.number).collect();
    assert_eq!(numbers, [3, 2, 1]);
    let (made, by, kept) = journal.z_report(2).expect("readable").expect("there");
    assert_eq!((made, by, kept), (at(5), amy(), second));
    assert_eq!(journal.z_report(4).expect("readable"), None);
    assert_eq!(journal.x_figures().expect("readable").ever.count, 2);
    verify(journal.path()).expect("verifies");
}

/// A Z pressed twice, a number left out, figures of a moment ago or of somebody's making.
#[test]
fn a_day_closes_once_and_as_it_was() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    sell(&mut journal, 10, 3);
    let figures = journal.x_figures().expect("readable");
    sell(&mut journal, 20, 1);
    let conflict =
        |result: Result<(), AppendError>| assert!(matches!(result, Err(AppendError::Conflict { .. })), "{result:?}");
    conflict(close_day(&mut journal, 1, figures));
    let figures = journal.x_figures().expect("readable");
    conflict(close_day(&mut journal, 2, figures.clone()));
    conflict(close_day(&mut journal, 1, Figures { net: d(99), ..figures.clone() }));
    close_day(&mut journal, 1, figures.clone()).expect("closes");
    conflict(close_day(&mut journal, 1, figures));
    let again = journal.x_figures().expect("readable");
    conflict(close_day(&mut journal, 1, again));
    verify(journal.path()).expect("verifies");
}

/// Cash of a sale that is not closed lies in the drawer, over the end of the day as well.
#[test]
fn cash_for_an_open_sale_is_in_the_drawer_and_in_no_sale() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    let number = SaleNumber::new(&till(), 1);
    let (_, first) = opened(number.clone(), &cart(&[(tea(), 4)]));
    let part = Tender::Cash { amount: d(40), received: d(40), change: d(0) };
    let paid = Event::Sale(number.clone(), SaleEvent::Paid { tender: part.clone() });
    journal.append(&stamp(0), &[first, paid], None).expect("appended");
    let day = z(&mut journal);
    assert_eq!((day.net, day.drawer.sales, day.drawer.expected), (d(0), d(40), d(40)));
    assert_eq!(day.part_paid.len(), 1);
    let way = part.way_back();
    let back = SaleEvent::Returned { tender: part, way, reason: "changed mind".into() };
    journal.append(&stamp(9), &[Event::Sale(number, back)], None).expect("appended");
    let next = journal.x_figures().expect("readable");
    assert_eq!((next.drawer.at_start, next.drawer.returned, next.drawer.expected), (d(40), d(40), d(0)));
    assert_eq!(next.mismatches(), vec![]);
    verify(journal.path()).expect("verifies");
}

/// Somebody changes what a shift was short of, or what a Z report says it came to.
#[test]
fn a_changed_shift_or_report_does_not_verify() {
    for change in [
        "UPDATE shifts SET over = 0",
        "UPDATE cash_sums SET amount = amount - 5 WHERE what = 'sales'",
        "UPDATE drawer SET expected = 0",
        "UPDATE z_reports SET ever_net = ever_net + 1",
        "UPDATE periods SET from_seq = from_seq + 1 WHERE period = 2",
        "DELETE FROM z_reports",
    ] {
        let folder = folder();
        let path = file(&folder);
        let mut journal = open(&path);
        open_shift(&mut journal, 1, 100).expect("opens");
        sell(&mut journal, 10, 3);
        count(&mut journal, 1, 170, 175).expect("counts");
        close_shift(&mut journal, 1, -5, 100, 70).expect("closes");
        z(&mut journal);
        drop(journal);
        verify(&path).expect("verifies");
        execute(&path, change);
        assert!(verify(&path).is_err(), "{change}");
    }
}

/// A journal of a program that knew no drawer: what it took in cash is there.
#[test]
fn a_drawer_is_made_of_what_an_earlier_program_recorded() {
    let folder = folder();
    let path = file(&folder);
    let mut journal = open(&path);
    sell(&mut journal, 10, 3);
    let events = cash_sale(SaleNumber::new(&till(), 2), &cart(&[(tea(), 1)]));
    journal.append(&stamp(20), &events, None).expect("appended");
    drop(journal);
    execute(
        &path,
        "DROP TABLE drawer; DROP TABLE cash_sums; DROP TABLE shifts; DROP TABLE z_reports; DROP TABLE reconciliations;
         DROP TABLE sums; DROP TABLE refund_sums; DROP TABLE tallies; DROP TABLE slices;
         CREATE TABLE sums (period); CREATE TABLE refund_sums (way, settled_net); CREATE TABLE tallies (period);
         PRAGMA user_version = 5",
    );
    let journal = open(&path);
    let figures = journal.x_figures().expect("readable");
    assert_eq!((figures.drawer.sales, figures.drawer.expected), (d(100), d(100)));
    assert_eq!(figures.mismatches(), vec![]);
    drop(journal);
    verify(&path).expect("verifies");
}

fn execute(path: &Path, sql: &str) {
    Connection::open(path).expect("a file").execute_batch(sql).expect("changed");
}
