//! Days with a shift or two in them, and what happens around the moment in which one is closed.

use std::path::Path;
use std::time::Duration;

use ecpay_sim::Method as Pays;
use register::view::{Act, CashWay, Pieces, TaskChoice, TaskKind, XReport};
use register::{CommandError, Consent};
use stories::afternoon::{Afternoon, Method};

const TEA: &str = "20*D04"; // 500
const COLA: &str = "D18"; // 22
const HOUR: Duration = Duration::from_secs(3_600);

fn pieces(counted: &[(u16, u32)]) -> Vec<Pieces> {
    counted.iter().map(|(denomination, pieces)| Pieces { denomination: *denomination, pieces: *pieces }).collect()
}

fn open_shift(shop: &Afternoon, counted: &[(u16, u32)]) -> Result<(), CommandError> {
    shop.at_till(|register, ports| register.open_shift_with(&pieces(counted), ports.clock.now()))
}

fn move_cash(shop: &Afternoon, way: CashWay, amount: i64, reason: &str) -> Result<(), CommandError> {
    shop.at_till(|register, ports| register.move_cash(way.into(), amount, reason, ports.clock.now()))
}

fn count(shop: &Afternoon, counted: &[(u16, u32)]) -> Result<(), CommandError> {
    shop.at_till(|register, ports| register.count_drawer(&pieces(counted), ports.clock.now()))
}

fn close_shift(shop: &Afternoon, note: &str, next_float: i64) -> Result<(), CommandError> {
    shop.at_till(|register, ports| register.close_shift(note, next_float, ports.clock.now()))
}

fn day(shop: &Afternoon) -> register::view::Day {
    shop.at_till(|register, _| register.day()).expect("the day can be read")
}

fn close_day(shop: &Afternoon, number: u32) -> Result<XReport, CommandError> {
    shop.at_till(|register, ports| register.close_day(number, ports.clock.now()))
}

/// Closes the day and holds the report to adding up.
fn z(shop: &Afternoon) -> XReport {
    let report = close_day(shop, day(shop).next_z).expect("closes");
    assert_eq!(report.mismatches, vec![]);
    assert!(report.cross_foot.agrees);
    report
}

async fn sell_for_cash(shop: &Afternoon, codes: &[&str]) -> i64 {
    let owed = shop.ring_up(codes);
    shop.pay_cash(owed).expect("paid");
    shop.expect_sold(owed).await;
    owed
}

/// A float of 3,000, tea and cola, coins fetched and milk paid for; the drawer is counted blind and is 8 dollars short;
/// the note stays with it, the float stays in the drawer, the rest goes to the bank, and the Z adds up.
#[tokio::test]
async fn a_day_is_opened_counted_blind_and_closed() {
    let mut shop = Afternoon::begin().await;
    open_shift(&shop, &[(1000, 2), (100, 9), (10, 10)]).expect("opens");
    assert!(matches!(open_shift(&shop, &[(1000, 3)]), Err(CommandError::ShiftOpen)));
    sell_for_cash(&shop, &[TEA]).await;
    sell_for_cash(&shop, &[COLA]).await;
    move_cash(&shop, CashWay::In, 500, "零錢").expect("fetched");
    move_cash(&shop, CashWay::Out, 240, "牛奶").expect("paid");
    let shown = day(&shop);
    assert_eq!(shown.expected, None, "whoever counts is not told");
    assert!(matches!(close_shift(&shop, "", 3_000), Err(CommandError::CountFirst)));

    // 3,000 + 522 + 500 - 240 = 3,782.
    count(&shop, &[(1000, 3), (500, 1), (100, 2), (50, 1), (10, 2), (1, 4)]).expect("counted");
    let counted = day(&shop).shift.and_then(|shift| shift.count).expect("a count");
    assert_eq!((counted.counted, counted.over, counted.now), (3_774, -8, 3_774));
    assert_eq!((counted.next_float, counted.to_bank), (3_000, 774));
    shop.restart().await;
    assert!(matches!(close_shift(&shop, " ", 3_000), Err(CommandError::ReasonMissing)), "8 dollars need a word");
    assert!(matches!(close_shift(&shop, "找錯", 3_775), Err(CommandError::BadAmount)));
    close_shift(&shop, "找錯", 3_000).expect("closes");

    let report = z(&shop);
    assert_eq!(report.z.as_ref().map(|z| z.number), Some(1));
    assert_eq!((report.net, report.cash.sales, report.cash.over, report.cash.expected), (522, 522, -8, 3_000));
    let end = report.shifts[0].end.as_ref().expect("it ended");
    assert_eq!((end.over, end.note.as_deref(), end.to_bank, end.next_float), (-8, Some("找錯"), 774, 3_000));
    let after = shop.report();
    assert_eq!((after.net, after.cash.at_start, after.from_seq, after.ever.net), (0, 3_000, report.to_seq + 1, 522));
    let again = shop.at_till(|register, _| register.report_z(1)).expect("kept");
    assert_eq!(again, report);

    let (original, copy) = (shop.shared().z_paper(1).expect("paper"), shop.shared().z_paper(1).expect("paper again"));
    assert_eq!((original.copy, copy.copy), (0, 1));
    let text = |path: &str| stories::pdf::text(Path::new(path)).expect("a PDF");
    let printed = text(&original.pdf_path);
    for figure in ["第 1 號", "522", "3,774", "-8", "774", &report.head[..16]] {
        assert!(printed.contains(figure), "{figure} is on the paper: {printed}");
    }
    assert!(text(&copy.pdf_path).contains("副本") && !printed.contains("副本"), "{printed}");
    shop.close().await;
}

/// PF-41: the customer has the page at 23:59, the day is closed at midnight, the money comes at 00:01. It belongs to the
/// day its evidence was recorded in; the first day lists it as open, and says so for ever.
#[tokio::test]
async fn paid_around_midnight_with_a_close_between() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    let first = z(&shop);
    assert_eq!((first.count, first.open.len()), (0, 1));
    assert_eq!((first.open[0].attempt.as_str(), first.open[0].amount), (qr.number.as_str(), owed));

    shop.pass(Duration::from_secs(60)).await;
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    shop.expect_sold(owed).await;
    let second = z(&shop);
    assert_eq!((second.count, second.net), (1, owed));
    assert_eq!(second.from_seq, first.to_seq + 1, "no record is in both, none in neither");
    assert_eq!(shop.at_till(|register, _| register.report_z(1)).expect("kept"), first);
    shop.close().await;
}

/// PF-42: the customer pays in the very moment in which the day is closed. The evidence is before the close or after it:
/// the sale is in one of the two reports, whole, and their ranges meet.
#[tokio::test]
async fn evidence_comes_while_the_day_is_closed() {
    for after in [false, true] {
        let shop = Afternoon::begin_without_notices().await;
        let owed = shop.ring_up(&[TEA]);
        let qr = shop.show_qr(Method::Credit).await;
        shop.customer().look(&qr.link).await.expect("the page opens");
        shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
        // The till has asked, and its answer is on the way.
        shop.check_now().expect("asked");
        if after {
            shop.settle().await;
        }
        let first = z(&shop);
        shop.pass(Duration::from_secs(30)).await;
        shop.expect_sold(owed).await;
        let second = z(&shop);
        assert_eq!(first.net + second.net, owed);
        assert_eq!((first.net > 0, second.net > 0), (after, !after));
        assert_eq!(second.from_seq, first.to_seq + 1);
        shop.close().await;
    }
}

/// PF-43: a cancelled payment of yesterday is paid after all. It is today's, with yesterday's number; yesterday's report
/// stays as it was, also when the money is given back.
#[tokio::test]
async fn late_money_comes_after_the_close() {
    let shop = Afternoon::begin().await;
    shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.cancel();
    shop.at_till(|register, ports| register.clear(ports.clock.now())).expect("given up");
    let first = z(&shop);
    shop.pass(HOUR).await;
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    shop.pass(Duration::from_secs(30)).await;
    assert_eq!(shop.task(TaskKind::LateMoney).amount, 500);
    let second = z(&shop);
    assert_eq!((second.net, second.unapplied), (0, 500), "it counts toward no sale");
    shop.resolve(TaskKind::LateMoney, TaskChoice::RefundByHand).expect("given back");
    let third = z(&shop);
    assert_eq!(third.unapplied, 0);
    assert_eq!(shop.at_till(|register, _| register.report_z(1)).expect("kept"), first);
    assert_eq!(shop.at_till(|register, _| register.report_z(2)).expect("kept"), second);
    shop.close().await;
}

/// PF-14: the same notice comes again twelve hours later, when the day is closed. It changes nothing, least of all the Z.
#[tokio::test]
async fn the_same_notice_comes_after_the_close() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    shop.expect_sold(owed).await;
    let first = z(&shop);
    shop.pass(12 * HOUR).await;
    shop.gateway().deliver_again(&qr.number).await.expect("delivered");
    shop.settle().await;
    shop.expect("nothing is left to do", |view| view.tasks.is_empty());
    let next = shop.report();
    assert_eq!((next.net, next.unapplied, next.ever.net), (0, 0, owed));
    assert_eq!(shop.at_till(|register, _| register.report_z(1)).expect("kept"), first);
    shop.close().await;
}

/// The Z is pressed twice, by two hands: one day is closed.
#[tokio::test]
async fn z_is_pressed_twice() {
    let shop = Afternoon::begin().await;
    sell_for_cash(&shop, &[COLA]).await;
    let number = day(&shop).next_z;
    close_day(&shop, number).expect("closes");
    assert!(matches!(close_day(&shop, number), Err(CommandError::DayClosed { number: 1 })));
    assert!(matches!(close_day(&shop, 7), Err(CommandError::DayClosed { .. })));
    // A day without a sale may be closed, when it is meant.
    assert_eq!(z(&shop).count, 0);
    assert_eq!(
        day(&shop).reports.iter().map(|report| (report.number, report.took)).collect::<Vec<_>>(),
        [(2, 0), (1, 22)]
    );
    shop.close().await;
}

/// What nobody can have counted or moved is refused with a word, and nothing of it is recorded.
#[tokio::test]
async fn counts_and_moves_that_cannot_be_are_refused() {
    let shop = Afternoon::begin().await;
    let events = shop.events();
    assert!(matches!(move_cash(&shop, CashWay::In, 5, "coins"), Err(CommandError::NoShift)));
    assert!(matches!(count(&shop, &[(1000, 1)]), Err(CommandError::NoShift)));
    assert!(matches!(close_shift(&shop, "", 0), Err(CommandError::NoShift)));
    for odd in [&[(25, 1)][..], &[(50, 1), (50, 1)], &[(1, 4_000_000_000)]] {
        assert!(matches!(open_shift(&shop, odd), Err(CommandError::BadCount { .. })), "{odd:?}");
    }
    assert_eq!(shop.events(), events);
    open_shift(&shop, &[(100, 1)]).expect("opens");
    let events = shop.events();
    for (way, amount) in [(CashWay::In, 0), (CashWay::Out, -5), (CashWay::In, i64::MAX)] {
        assert!(matches!(move_cash(&shop, way, amount, "coins"), Err(CommandError::BadAmount)), "{amount}");
    }
    assert!(matches!(move_cash(&shop, CashWay::Drop, 101, "safe"), Err(CommandError::NotInDrawer)));
    assert!(matches!(move_cash(&shop, CashWay::Out, 50, " \n"), Err(CommandError::ReasonMissing)));
    assert_eq!(shop.events(), events);
    shop.close().await;
}

/// Cash leaves the drawer without a sale, and a day is closed, only with somebody's consent who may; the journal says whose.
/// That a day was closed with consent is counted in the day after: the figures of the closed one end before it.
#[tokio::test]
async fn moving_cash_and_closing_the_day_need_a_supervisor() {
    let mut shop = Afternoon::begin_attended(stories::afternoon::Notices::Arrive).await;
    open_shift(&shop, &[(1000, 3)]).expect("any cashier counts");
    let refused = move_cash(&shop, CashWay::Out, 100, "milk");
    assert!(matches!(refused, Err(CommandError::ApprovalNeeded { what: Act::MoveCash })), "{refused:?}");
    let refused = close_day(&shop, 1);
    assert!(matches!(refused, Err(CommandError::ApprovalNeeded { what: Act::CloseDay })), "{refused:?}");
    let zhang = Consent { person: "zhang".into(), pin: "2345".to_owned().into(), reason: "打烊".into() };
    shop.counter(Some(&zhang), |register, ports| {
        register.move_cash(CashWay::Out.into(), 100, "milk", ports.clock.now())
    })
    .expect("allowed");
    count(&shop, &[(1000, 2), (500, 1), (100, 4)]).expect("counted");
    close_shift(&shop, "", 2_900).expect("closed");
    let approvals = |report: &XReport, act: &str| {
        report.tallies.iter().find(|tally| tally.name == format!("approved/{act}")).map_or(0, |tally| tally.count)
    };
    for number in [1, 2] {
        let closed = shop.counter(Some(&zhang), |register, ports| register.close_day(number, ports.clock.now()));
        let report = closed.expect("allowed");
        assert_eq!((report.mismatches.len(), report.cross_foot.agrees), (0, true));
        let counted = [approvals(&report, "move_cash"), approvals(&report, "close_day")];
        assert_eq!(counted, if number == 1 { [1, 0] } else { [0, 1] }, "day {number}");
    }
    shop.restart().await;
    assert_eq!(approvals(&shop.report(), "close_day"), 1);
    shop.close().await;
}
