//! Afternoons on which one sale is paid in more than one way, and what becomes of the parts when it comes to nothing.

use std::time::Duration;

use ecpay_sim::Method as Pays;
use register::CommandError;
use register::view::{Discount, HandedBack, Outside, TaskKind, Tender};
use stories::afternoon::{Afternoon, AttemptState, Method};

const TEA: &str = "12*D04"; // 300

/// Takes part of what is owed in cash.
fn cash(shop: &Afternoon, part: i64, received: i64) -> Result<(), CommandError> {
    shop.at_till(|register, ports| register.pay_part_cash(part, received, ports.clock.now()))
}

/// Shows a QR for part of what is owed.
async fn qr(shop: &Afternoon, part: i64) -> stories::afternoon::Shown {
    shop.at_till(|register, ports| {
        register.pay_part_online(Method::Credit, part, ports.clock.now(), ports.chance.as_ref())
    })
    .expect("the till shows a QR");
    shop.settle().await;
    shop.shown()
}

fn void(shop: &Afternoon, money: HandedBack) -> Result<(), CommandError> {
    shop.at_till(|register, ports| register.void_sale("客人不買了", money, ports.clock.now()))
}

/// PF-67: 200 in cash and 100 by QR, and the QR fails. The cash stays held for a sale that stays open, the report says
/// which dollars of the drawer are not the shop's yet, a restart changes nothing, and giving the cash back is on record.
#[tokio::test]
async fn qr_fails_after_part_was_paid_in_cash() {
    let mut shop = Afternoon::begin().await;
    assert_eq!(shop.ring_up(&[TEA]), 300);
    cash(&shop, 200, 500).expect("a part, with change from it");
    let shown = shop.show_qr(Method::Credit).await;
    shop.expect("the rest is asked for", |view| view.attempt.as_ref().is_some_and(|attempt| attempt.amount == 100));
    shop.customer().decline(&shown.link).await.expect("the bank says no");
    shop.cancel();

    shop.restart().await;
    shop.expect("the cash is held, the sale is open", |view| {
        let held = matches!(view.cart.tenders.as_slice(), [Tender::Cash { amount: 200, received: 500, change: 300 }]);
        held && (view.cart.paid, view.cart.due, view.cart.cash_held) == (200, 100, 200) && view.closed.is_none()
    });
    let report = shop.report();
    assert_eq!(
        (report.net, report.cash_held, report.cash.expected),
        (0, 200, 200),
        "in the drawer, and nobody's turnover"
    );
    assert_eq!(report.part_paid.iter().map(|part| (part.paid, part.due)).collect::<Vec<_>>(), [(200, 100)]);

    let cleared = shop.at_till(|register, ports| register.clear(ports.clock.now()));
    assert_eq!(cleared, Err(CommandError::MoneyHeld { amount: 200 }), "not without a word about the money");
    let nameless = shop.at_till(|register, ports| register.return_cash("  ", ports.clock.now()));
    assert_eq!(nameless, Err(CommandError::ReasonMissing));
    shop.at_till(|register, ports| register.return_cash("改刷卡", ports.clock.now())).expect("the cash goes back");
    shop.expect("everything is owed again", |view| view.cart.due == 300 && view.cart.tenders.is_empty());
    assert_eq!((shop.report().cash_held, shop.report().cash.expected), (0, 0));

    let whole = shop.show_qr(Method::Credit).await;
    shop.customer().pay(&whole.link, Pays::Credit).await.expect("another card pays all of it");
    shop.expect_sold(300).await;
    let report = shop.report();
    assert_eq!((report.net, report.cash.expected, report.part_paid.len()), (300, 0, 0));
    shop.close().await;
}

/// PF-68: two QRs, and the second is never paid. The first one's money stays, the close sees a sale that is paid in part,
/// and it is finished in cash the next morning.
#[tokio::test]
async fn second_of_two_qrs_is_never_paid() {
    let shop = Afternoon::begin().await;
    shop.ring_up(&[TEA]);
    let first = qr(&shop, 100).await;
    shop.customer().pay(&first.link, Pays::Credit).await.expect("the first friend pays");
    shop.settle().await;
    shop.expect("one part is in", |view| (view.cart.paid, view.cart.due) == (100, 200) && view.closed.is_none());
    let second = shop.show_qr(Method::Credit).await;
    shop.customer().look(&second.link).await.expect("the second friend looks at it");
    shop.pass(Duration::from_secs(11 * 60)).await;
    shop.expect_state(&AttemptState::Expired);

    let report = shop.report();
    assert_eq!((report.count, report.cash_held), (0, 0), "nothing is sold and nothing is in the drawer");
    assert_eq!(report.part_paid.iter().map(|part| (part.net, part.paid)).collect::<Vec<_>>(), [(300, 100)]);
    assert!(report.cross_foot.agrees);
    assert_eq!(void(&shop, HandedBack::NothingCameIn), Err(CommandError::MoneyHeld { amount: 100 }));

    shop.pass(Duration::from_secs(18 * 3_600)).await;
    shop.pay_cash(200).expect("the rest in cash");
    shop.expect_sold(300).await;
    let report = shop.report();
    assert!(report.part_paid.is_empty() && report.cross_foot.agrees);
    assert_eq!((report.net, report.cash.expected), (300, 200));
    shop.close().await;
}

/// PF-68, and nobody finishes it: the sale is given up, the card's money is given back by hand, and both are on record.
/// Another message about it asks nobody to give it back again.
#[tokio::test]
async fn part_paid_sale_is_given_up_and_its_money_goes_back() {
    let shop = Afternoon::begin().await;
    shop.ring_up(&[TEA]);
    let first = qr(&shop, 100).await;
    shop.customer().pay(&first.link, Pays::Credit).await.expect("a part by card");
    shop.settle().await;
    cash(&shop, 50, 50).expect("a part in cash");
    void(&shop, HandedBack::GivenBack).expect("given up, and said what became of the money");
    shop.expect("the counter is free", |view| view.cart.lines.is_empty() && view.cart.sale.is_none());
    let report = shop.report();
    assert_eq!((report.count, report.cash.expected, report.unapplied, report.part_paid.len()), (0, 0, 0, 0));
    shop.gateway().deliver_again(&first.number).await.expect("the notice once more");
    shop.settle().await;
    shop.expect("nobody is asked twice", |view| view.tasks.is_empty());
    shop.close().await;
}

/// What another terminal took is written down as just that: it counts toward the sale, stands on its own line of the
/// report, and never gives change.
#[tokio::test]
async fn other_terminal_takes_a_part() {
    let shop = Afternoon::begin().await;
    shop.ring_up(&[TEA]);
    let outside = |part| {
        shop.at_till(|register, ports| {
            register.pay_outside(Outside::OtherTerminal, part, "slip 0042", ports.clock.now())
        })
    };
    assert_eq!(outside(301), Err(CommandError::BadAmount), "change comes from cash only");
    assert_eq!(outside(0), Err(CommandError::BadAmount));
    outside(180).expect("written down");
    assert_eq!(cash(&shop, 120, 100), Err(CommandError::TooLittleCash { due: 120, received: 100 }));
    shop.pay_cash(500).expect("the rest in cash");
    shop.expect_sold(300).await;
    shop.expect("both are on the sale, and the change is of the cash", |view| {
        let closed = view.closed.as_ref().expect("closed");
        closed.change == 380 && matches!(closed.tenders[0], Tender::Recorded { through: Outside::OtherTerminal, .. })
    });
    let report = shop.report();
    let lines: Vec<_> = report.tenders.iter().map(|line| (line.tender.as_str(), line.amount)).collect();
    assert_eq!(lines, [("cash", 120), ("other_terminal", 180)]);
    assert!(report.cross_foot.agrees);
    assert!(shop.receipt_text().contains("其他刷卡機"));
    shop.close().await;
}

/// What is paid cannot be more than what is sold: a line comes off only as far as its money has gone back.
#[tokio::test]
async fn line_comes_off_after_a_part_was_paid() {
    let shop = Afternoon::begin().await;
    shop.ring_up(&[TEA, "D01"]);
    let total = shop.view().cart.total;
    cash(&shop, 300, 300).expect("a part");
    let lines: Vec<u32> = shop.view().cart.lines.iter().map(|line| line.line).collect();
    let refused = shop.at_till(|register, _| register.remove(lines[0]));
    assert_eq!(refused, Err(CommandError::BelowPaid { paid: 300 }));
    shop.expect("nothing changed", |view| view.cart.total == total);
    shop.at_till(|register, _| register.remove(lines[1])).expect("what is left is exactly what was paid");
    shop.pay_cash(0).expect("nothing more to hand over");
    shop.expect_sold(300).await;
    shop.close().await;
}

/// A discount on a line and one on the sale, in a sale paid in two parts: lines, total, tax and tenders agree.
#[tokio::test]
async fn discounted_sale_is_paid_in_two_parts() {
    let shop = Afternoon::begin().await;
    shop.ring_up(&[TEA, "D01", "D17"]);
    let line = shop.view().cart.lines[0].line;
    let discount = |value| shop.at_till(|register, _| register.discount_sale(value));
    shop.at_till(|register, _| register.discount_line(line, Some(Discount::Amount { amount: 20 }))).expect("20 off");
    discount(Some(Discount::Percent { percent: 10 })).expect("9 折");
    assert!(matches!(discount(Some(Discount::Percent { percent: 101 })), Err(CommandError::BadDiscount { .. })));
    let cart = shop.view().cart;
    assert_eq!(cart.lines.iter().map(|line| line.amount).sum::<i64>(), cart.total, "the lines add up");
    assert_eq!(cart.gross - 20 - cart.taken_off, cart.total);

    cash(&shop, 100, 100).expect("a part");
    let rest = shop.show_qr(Method::Credit).await;
    shop.customer().pay(&rest.link, Pays::Credit).await.expect("the rest");
    shop.expect_sold(cart.total).await;
    let report = shop.report();
    assert_eq!((report.gross, report.discounts, report.net), (cart.gross, cart.gross - cart.total, cart.total));
    assert!(report.cross_foot.agrees && report.tax == cart.tax);
    shop.expect("nothing is left to do", |view| view.tasks.iter().all(|task| task.what != TaskKind::LateMoney));
    shop.close().await;
}
