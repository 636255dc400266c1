//! What a journal is asked: figures, alarms, the budget of questions, the last sales; and copies of it.

mod shop;

use std::fs;
use std::time::Duration;

use journal::{AlarmCount, BackupError, Journal, VerifyError, verify};
use shop::{Afternoon, at, cart, file, folder, open, opened, product, sell, stamp, tea, till};
use till::budget::Allowance;
use till::event::{Event, GatewayEvent, TillAlarm, TillEvent};
use till::figures::{HourFigure, TenderFigure};
use till::ids::SaleNumber;
use till::money::Money;
use till::payment::{AttemptEvent, Door, Unapplied};
use till::sale::{Sale, SaleEvent, Tender};
use till::tax::TaxKind;

const HOUR: i64 = 3_600_000;

#[test]
fn an_empty_journal_has_figures_too() {
    let folder = folder();
    let figures = open(&file(&folder)).x_figures().expect("readable");
    assert_eq!((figures.from_seq, figures.to_seq, figures.count), (1, 0, 0));
    assert_eq!(figures.head, "0".repeat(64));
    assert_eq!((figures.first_closed_at, figures.last_closed_at), (None, None));
    assert_eq!(figures.mismatches(), vec![]);
}

/// 350 dollars of tea and rice: 200 in cash of which 500 are handed over, the rest by card, an hour later.
#[test]
fn the_figures_of_a_split_sale_and_of_cash_sales_add_up() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    sell(&mut journal, 0, 3);
    sell(&mut journal, 10 * HOUR, 1);
    split_sale(&mut journal);
    let mut figures = journal.x_figures().expect("readable");

    assert_eq!(figures.count, 3);
    assert_eq!(figures.items, 3 + 1 + 8);
    let sums = [figures.gross, figures.discounts, figures.net, figures.taxable, figures.zero_rated, figures.exempt];
    assert_eq!(sums.map(Money::as_dollars), [435, 0, 435, 255, 0, 180]);
    // 75 / 21, 25 / 21 and 155 / 21, each rounded on its own receipt: not 255 / 21.
    assert_eq!(figures.tax, Money::dollars(4 + 1 + 7));
    let line = |name: &str, count, amount| TenderFigure { name: name.into(), count, amount: Money::dollars(amount) };
    assert_eq!(figures.tenders, [line("cash", 3, 300), line("credit", 1, 135)]);
    assert_eq!(figures.change, Money::dollars(25 + 75 + 300));
    let hour = |hour, count, net| HourFigure { hour, count, net: Money::dollars(net) };
    assert_eq!(figures.hours, [hour(12, 1, 75), hour(13, 1, 335), hour(22, 1, 25)]);
    assert_eq!((figures.first_closed_at, figures.last_closed_at), (Some(at(0)), Some(at(10 * HOUR))));
    assert_eq!((figures.to_seq, figures.head.clone()), (journal.head().seq, journal.head().hex()));
    assert_eq!(figures.mismatches(), vec![]);
    // A dollar less, and every rule it is in says so.
    figures.net = Money::dollars(434);
    assert_eq!(figures.mismatches().len(), 3);
}

fn split_sale(journal: &mut Journal) {
    let number = SaleNumber::new(&till(), journal.next_sale_count().expect("readable"));
    let nuts = product("NUT", &[], 31, TaxKind::Taxable);
    let rice = product("RICE", &[], 60, TaxKind::Exempt);
    let (mut sale, first) = opened(number.clone(), &cart(&[(nuts, 5), (rice, 3)]));
    let cash = Tender::Cash { amount: Money::dollars(200), received: Money::dollars(500), change: Money::dollars(300) };
    let terms = shop::terms("A1", &number, Money::dollars(135), at(HOUR));
    let card = Tender::Online {
        amount: Money::dollars(135),
        attempt: terms.number.clone(),
        method: till::payment::Method::Credit,
        trade_no: None,
        card_last4: None,
        test: false,
        unverified: false,
    };
    let attempt = |event| Event::Attempt(terms.number.clone(), event);
    let mut events = vec![first];
    events.extend(pay(&mut sale, cash));
    events.push(attempt(AttemptEvent::Intended { terms: terms.clone() }));
    let payment = shop::payment(Money::dollars(135));
    events.push(attempt(AttemptEvent::Paid { door: Door::Query, payment, late: false }));
    events.push(attempt(AttemptEvent::Applied { sale: number }));
    events.extend(pay(&mut sale, card));
    journal.append(&stamp(HOUR), &events, None).expect("appended");
}

fn pay(sale: &mut Sale, tender: Tender) -> Vec<Event> {
    let events = sale.pay(tender, false);
    events.iter().for_each(|event: &SaleEvent| sale.apply(event));
    events.into_iter().map(|event| Event::Sale(sale.number.clone(), event)).collect()
}

#[test]
fn money_no_sale_took_and_unfinished_attempts_are_on_the_report_until_somebody_decides() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    let (sale, first) = opened(SaleNumber::new(&till(), 1), &cart(&[(tea(), 4)]));
    let terms = shop::terms("A1", &sale.number, sale.due(), at(0));
    let number = terms.number.clone();
    let attempt = |event| Event::Attempt(number.clone(), event);
    journal.append(&stamp(0), &[first, attempt(AttemptEvent::Intended { terms })], None).expect("appended");
    let open_attempts = journal.x_figures().expect("readable").open_attempts;
    assert_eq!(open_attempts.len(), 1);
    assert_eq!((open_attempts[0].phase.as_str(), open_attempts[0].live), ("created", true));
    assert_eq!(journal.unsettled_attempts(), Ok(vec![number.clone()]));

    let paid = AttemptEvent::Paid { door: Door::Query, payment: shop::payment(sale.due()), late: true };
    let events = [attempt(paid), attempt(AttemptEvent::Unapplied { why: Unapplied::Late })];
    journal.append(&stamp(1), &events, None).expect("appended");
    let figures = journal.x_figures().expect("readable");
    assert_eq!((figures.unapplied_count, figures.unapplied), (1, sale.due()));
    assert_eq!(figures.open_attempts[0].phase, "paid");

    let choice = till::payment::Choice::RefundedByHand;
    journal.append(&stamp(2), &[attempt(AttemptEvent::Resolved { choice })], None).expect("appended");
    let figures = journal.x_figures().expect("readable");
    assert_eq!((figures.unapplied_count, figures.unapplied), (0, Money::ZERO));
    assert_eq!(figures.open_attempts, vec![]);
    assert_eq!(journal.unsettled_attempts(), Ok(vec![]));
}

#[test]
fn the_last_sales_come_newest_closed_first() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    let parked = SaleNumber::new(&till(), 1);
    let (sale, first) = opened(parked.clone(), &cart(&[(tea(), 2)]));
    journal.append(&stamp(0), &[first], None).expect("appended");
    assert_eq!(journal.closed(&parked), Ok(None));
    let second = sell(&mut journal, 1, 1);
    let third = sell(&mut journal, 2, 1);
    let paid: Vec<_> = sale.pay_cash(Money::dollars(50)).expect("enough");
    let paid: Vec<_> = paid.into_iter().map(|event| Event::Sale(parked.clone(), event)).collect();
    journal.append(&stamp(3), &paid, None).expect("appended");
    let numbers = |limit| -> Vec<SaleNumber> {
        journal.recent_sales(limit).expect("readable").into_iter().map(|sale| sale.number).collect()
    };
    assert_eq!(numbers(10), [parked.clone(), third.clone(), second]);
    assert_eq!(numbers(2), [parked.clone(), third]);
    let closed = journal.closed(&parked).expect("readable").expect("closed");
    assert_eq!((closed.closed_at, closed.items), (at(3), 2));
    assert_eq!(journal.closed(&"T2-000001".parse().expect("a number")), Ok(None));
}

#[test]
fn alarms_count_what_nobody_has_seen_whatever_was_restarted_in_between() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    let alarm = |count| Event::Till(TillEvent::Alarm { alarm: TillAlarm::Forged, count });
    let started = || Event::Till(TillEvent::Started { version: "0.1.0".into(), profile: "training".into() });
    // One, then up to ten, of which only the tenth was recorded; a restart; three more.
    journal.append(&stamp(0), &[started(), alarm(1)], None).expect("appended");
    journal.append(&stamp(1), &[alarm(10)], None).expect("appended");
    journal.append(&stamp(2), &[started(), alarm(3)], None).expect("appended");
    let counted =
        |count, first, last| AlarmCount { alarm: TillAlarm::Forged, count, first_at: at(first), last_at: at(last) };
    assert_eq!(journal.alarms(), Ok(vec![counted(13, 0, 2)]));
    journal.append(&stamp(3), &[Event::Till(TillEvent::AlarmsSeen)], None).expect("appended");
    assert_eq!(journal.alarms(), Ok(vec![]));
    journal.append(&stamp(4), &[alarm(5)], None).expect("appended");
    assert_eq!(journal.alarms(), Ok(vec![counted(2, 4, 4)]));
}

/// Asks at those moments, about one attempt of the merchant.
fn ask(journal: &mut Journal, moments: &[i64]) {
    let (sale, first) = opened(SaleNumber::new(&till(), 1), &cart(&[(tea(), 4)]));
    let terms = shop::terms("A1", &sale.number, sale.due(), at(0));
    let number = terms.number.clone();
    let attempt = |event| Event::Attempt(number.clone(), event);
    journal.append(&stamp(0), &[first, attempt(AttemptEvent::Intended { terms })], None).expect("appended");
    for moment in moments {
        journal.append(&stamp(*moment), &[attempt(AttemptEvent::Asked)], None).expect("appended");
    }
}

#[test]
fn a_restart_earns_no_questions() {
    let folder = folder();
    let path = file(&folder);
    let mut journal = open(&path);
    ask(&mut journal, &[0, 200, 400, 600]);
    let (allowance, now) = (Allowance::default(), at(700));
    let before = journal.budget("3002607").expect("readable");
    assert_eq!(before.next(&allowance, now), at(5_000));
    drop(journal);
    assert_eq!(open(&path).budget("3002607"), Ok(before));
    assert_eq!(open(&path).budget("2000132").expect("readable").next(&allowance, now), now);
}

#[test]
fn a_restart_in_the_middle_of_steady_asking_earns_no_questions_either() {
    let folder = folder();
    let path = file(&folder);
    let mut journal = open(&path);
    let moments: Vec<i64> = [0, 200, 400, 600].into_iter().chain((1..=200).map(|time| time * 5_000)).collect();
    ask(&mut journal, &moments);
    let now = at(200 * 5_000 + 300);
    drop(journal);
    let budget = open(&path).budget("3002607").expect("readable");
    assert_eq!(budget.next(&Allowance::default(), now), at(201 * 5_000));
    let later = now.plus(Duration::from_secs(60));
    assert_eq!(budget.next(&Allowance::default(), later), later);
}

/// PF-30.
#[test]
fn the_silence_after_a_403_outlasts_a_restart_and_is_as_long_as_the_settings_say() {
    let folder = folder();
    let path = file(&folder);
    let refused = Event::Gateway("3002607".into(), GatewayEvent::Refused);
    open(&path).append(&stamp(0), &[refused], None).expect("appended");
    let mut journal = open(&path);
    let budget = journal.budget("3002607").expect("readable");
    assert_eq!(budget.silent_until(at(1)), Some(at(1_800_000)));
    journal.set_allowance(Allowance { silence_ms: 60_000, ..Allowance::default() });
    assert_eq!(journal.budget("3002607").expect("readable").silent_until(at(1)), Some(at(60_000)));
}

#[test]
fn a_backup_is_a_journal_of_its_own_and_can_be_gone_on_with() {
    let folder = folder();
    let mut day = Afternoon::new(&file(&folder), 7);
    (0..80).for_each(|_| day.step());
    let copy = folder.path().join("copy.journal");
    day.journal.backup(&copy).expect("copied");
    assert_eq!(verify(&copy).expect("whole").head, day.journal.head());
    let names: Vec<_> =
        fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("one").file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("partial")), "{names:?}");

    let figures = day.journal.x_figures();
    day.step();
    let mut restored = open(&copy);
    assert_eq!(restored.x_figures(), figures);
    sell(&mut restored, 0, 1);
    drop(restored);
    verify(&copy).expect("whole");
}

#[test]
fn a_backup_never_overwrites_and_leaves_nothing_behind_when_it_fails() {
    let folder = folder();
    let path = file(&folder);
    let mut journal = open(&path);
    sell(&mut journal, 0, 1);
    let there = folder.path().join("there");
    fs::write(&there, "dear diary").expect("written");
    assert_eq!(journal.backup(&there), Err(BackupError::Exists(there.clone())));
    assert_eq!(fs::read(&there).expect("a file"), b"dear diary");
    let nowhere = folder.path().join("no").join("folder");
    assert!(matches!(journal.backup(&nowhere), Err(BackupError::Disk { .. })));

    // A journal somebody has changed gives no copy that looks good.
    let conn = rusqlite::Connection::open(&path).expect("a file");
    conn.execute_batch("UPDATE sums SET net = 0").expect("tampered");
    let bad = folder.path().join("bad");
    assert!(matches!(journal.backup(&bad), Err(BackupError::Bad(VerifyError::Broken(_)))));
    assert!(!bad.exists());
}
