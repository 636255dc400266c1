//! Afternoons on which somebody changes their mind: cancelled, switched, paid twice, paid after all.

use std::time::Duration;

use ecpay_sim::Method as Pays;
use register::CommandError;
use register::view::{TaskChoice, TaskKind, Tender};
use stories::afternoon::{Afternoon, AttemptState, Method};
use stories::letters::Letter;

const TEA: &str = "D04"; // 25
const COLA: &str = "D18"; // 22

/// PF-01: the cashier presses cancel while the customer is on the gateway's page, and the customer pays 20 seconds later.
/// The till says so, offers to count it, sell anew or give it back, and decides nothing by itself.
#[tokio::test]
async fn customer_pays_after_cancel() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA, COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.expect_state(&AttemptState::Opened);

    shop.cancel();
    shop.expect("the screen is free again, the attempt watched", |view| {
        view.attempt.is_none() && view.watched.len() == 1 && view.watched[0].state == AttemptState::CancelRequested
    });
    shop.pass(Duration::from_secs(20)).await;
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the customer still has the page");
    shop.settle().await;

    let task = shop.task(TaskKind::LateMoney);
    assert_eq!((task.amount, task.attempt.as_deref()), (owed, Some(qr.number.as_str())));
    assert_eq!(task.choices, [TaskChoice::AcceptToSale, TaskChoice::RefundToCard, TaskChoice::RefundByHand]);
    shop.expect("nothing was sold and nothing was thrown away", |view| view.closed.is_none() && view.cart.due == owed);
    assert_eq!(shop.pay_cash(100), Err(CommandError::MoneyWaiting { amount: owed }), "nobody pays twice");
    assert_eq!(shop.report().unapplied, owed);

    shop.resolve(TaskKind::LateMoney, TaskChoice::AcceptToSale).expect("the customer takes the goods");
    shop.expect_sold(owed).await;
    // The gateway is asked once whether the notice was right.
    shop.pass(Duration::from_secs(1)).await;
    shop.expect("nothing is left to do", |view| view.tasks.is_empty() && view.watched.is_empty());
    let report = shop.report();
    assert_eq!((report.count, report.net, report.unapplied), (1, owed, 0));
    shop.close().await;
}

/// PF-02: the cashier cancels, takes cash and closes; then the card payment comes. The sale stays as it is, the money is
/// on the report as nobody's until somebody gives it back.
#[tokio::test]
async fn card_is_paid_after_cash_was_taken() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.cancel();
    shop.pay_cash(100).expect("cash is taken");
    shop.expect_sold(owed).await;
    let cash_only = shop.report();

    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the customer still has the page");
    shop.settle().await;
    let task = shop.task(TaskKind::SecondPayment);
    assert_eq!(task.choices, [TaskChoice::RefundToCard, TaskChoice::RefundByHand], "the sale wants nothing more");
    let report = shop.report();
    assert_eq!((report.count, report.net, &report.tenders), (1, owed, &cash_only.tenders), "the sale stays as it was");
    assert_eq!(report.unapplied, owed);

    shop.resolve(TaskKind::SecondPayment, TaskChoice::RefundByHand).expect("given back");
    assert_eq!(shop.report().unapplied, 0);
    assert_eq!(shop.receipts().len(), 1);
    shop.close().await;
}

/// PF-03: two QRs for one sale, and both are paid. The first closes the sale, the second waits to be given back.
#[tokio::test]
async fn both_qrs_of_one_sale_are_paid() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA, TEA]);
    let first = shop.show_qr(Method::Credit).await;
    shop.customer().look(&first.link).await.expect("the customer's own phone");
    let second = shop.show_qr(Method::Credit).await;
    assert_ne!(first.number, second.number);
    shop.customer().look(&second.link).await.expect("the friend's phone");

    shop.gateway().pay_order(&first.number, Pays::Credit).await.expect("paid on the first phone");
    shop.expect_sold(owed).await;
    shop.gateway().pay_order(&second.number, Pays::Credit).await.expect("paid on the second phone");
    shop.settle().await;

    let task = shop.task(TaskKind::SecondPayment);
    assert_eq!((task.attempt.as_deref(), task.amount), (Some(second.number.as_str()), owed));
    assert_eq!(task.choices, [TaskChoice::RefundToCard, TaskChoice::RefundByHand]);
    shop.expect("the sale was paid by the first", |view| {
        let tenders = view.closed.as_ref().map(|closed| closed.tenders.as_slice());
        matches!(tenders, Some([Tender::Online { number, .. }]) if *number == first.number)
    });
    let report = shop.report();
    assert_eq!((report.count, report.net, report.unapplied), (1, owed, owed));
    assert_eq!(shop.receipts().len(), 1);
    shop.close().await;
}

/// PF-04: nothing can be added while a QR is live. Cancelled, changed and shown again it is another attempt; the old one
/// stays watched, and its money is never taken for the changed sale without asking.
#[tokio::test]
async fn a_line_is_added_while_the_qr_is_live() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let first = shop.show_qr(Method::Credit).await;
    shop.customer().look(&first.link).await.expect("the page opens");
    let refused = shop.at_till(|register, _| register.scan(COLA));
    assert_eq!(refused, Err(CommandError::CartLocked));
    shop.expect("the cart is as it was", |view| view.cart.due == owed && view.cart.locked);

    shop.cancel();
    let more = shop.ring_up(&[COLA]);
    assert!(more > owed);
    let second = shop.show_qr(Method::Credit).await;
    assert_ne!(first.number, second.number);
    shop.expect("the new QR is for the new total, the old one is watched", |view| {
        view.attempt.as_ref().is_some_and(|attempt| attempt.amount == more)
            && view.watched.iter().any(|attempt| attempt.number == first.number && attempt.amount == owed)
    });

    shop.gateway().pay_order(&first.number, Pays::Credit).await.expect("the customer paid the old one");
    shop.settle().await;
    assert_eq!(shop.task(TaskKind::LateMoney).amount, owed);
    shop.expect("the changed sale is not paid by it", |view| view.closed.is_none() && view.cart.due == more);
    shop.close().await;
}

/// PF-35: the bank refuses (10200043, a wrong 3-D Secure password) and the customer tries again on the same page. The
/// attempt stays live, and is paid under the same number.
#[tokio::test]
async fn customer_is_declined_and_tries_again() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().decline(&qr.link).await.expect("the bank says no");
    shop.settle().await;
    shop.expect_state(&AttemptState::Opened);

    // The simulator, like the stage, sends no notice of a decline; production does for some methods.
    let letter = Letter { number: &qr.number, amount: owed, rtn_code: "10200043", simulate_paid: "0" };
    let notice = letter.signed(&ecpay::stage::merchant());
    let (status, answer) = shop.phone().post(&shop.door('n', &qr.number), notice).await;
    assert_eq!((status, answer.as_str()), (200, "1|OK"));
    shop.expect_state(&AttemptState::Failed { code: "10200043".to_owned() });
    shop.expect("the QR is still live, and nobody's outcome is in doubt", |view| {
        view.attempt.as_ref().is_some_and(|attempt| attempt.can_cancel && !attempt.held)
    });

    shop.pass(Duration::from_secs(60)).await;
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the second try goes through");
    shop.expect_sold(owed).await;
    assert_eq!(shop.gateway().orders().len(), 1, "one order at the gateway");
    shop.close().await;
}

/// PF-35, out of order: the notice of the refused first try is slow, and arrives when the customer's browser has already
/// brought the second try's success. It does not undo it: nobody is asked to pay again.
#[tokio::test]
async fn notice_of_a_decline_is_overtaken_by_the_payment() {
    let shop = Afternoon::begin_without_notices().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().pay(&qr.link, Pays::Credit).await.expect("the second try goes through");
    shop.expect_state(&AttemptState::Confirming);
    let letter = Letter { number: &qr.number, amount: owed, rtn_code: "10200043", simulate_paid: "0" };
    let (_, answer) = shop.phone().post(&shop.door('n', &qr.number), letter.signed(&ecpay::stage::merchant())).await;
    assert_eq!(answer, "1|OK");
    shop.expect_state(&AttemptState::Confirming);
    assert!(matches!(shop.ask_online(Method::Twqr), Err(CommandError::OutcomeUnknown { .. })));
    shop.expect_sold(owed).await;
    shop.close().await;
}

/// PF-36: the customer would rather pay with TWQR. That is a new attempt with a new number; the card attempt is given up
/// and watched, and what was asked of it is never asked of the other.
#[tokio::test]
async fn customer_switches_from_card_to_twqr() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA, COLA]);
    let card = shop.show_qr(Method::Credit).await;
    shop.customer().look(&card.link).await.expect("the page opens");

    let twqr = shop.show_qr(Method::Twqr).await;
    assert_ne!(card.number, twqr.number);
    shop.expect("the card attempt is given up and watched", |view| {
        let [watched] = view.watched.as_slice() else { return false };
        watched.number == card.number && watched.state == AttemptState::CancelRequested
    });
    shop.customer().pay(&twqr.link, Pays::Twqr).await.expect("the wallet pays");
    shop.expect_sold(owed).await;
    shop.expect("paid by TWQR, the card attempt watched on", |view| {
        let tenders = view.closed.as_ref().map(|closed| closed.tenders.as_slice());
        matches!(tenders, Some([Tender::Online { method: Method::Twqr, .. }]))
            && view.watched.iter().any(|attempt| attempt.number == card.number)
    });
    // A day after its page stopped nobody at the counter needs to see it; the till asks on.
    shop.pass(Duration::from_secs(26 * 3_600)).await;
    shop.expect("nothing is left to do", |view| view.watched.is_empty() && view.tasks.is_empty());
    shop.close().await;
}

/// PF-04, accepted: the old QR's money comes after all while the dearer one is live, and the cashier lets it count. What
/// is owed is less now, so the dearer QR is taken down rather than left to be overpaid; the rest is paid in cash.
#[tokio::test]
async fn late_money_is_accepted_while_a_dearer_qr_is_live() {
    let shop = Afternoon::begin().await;
    let early = shop.ring_up(&[TEA]);
    let first = shop.show_qr(Method::Credit).await;
    shop.customer().look(&first.link).await.expect("the page opens");
    shop.cancel();
    let owed = shop.ring_up(&[COLA]);
    let second = shop.show_qr(Method::Credit).await;
    shop.gateway().pay_order(&first.number, Pays::Credit).await.expect("the customer paid the old one");
    shop.settle().await;

    shop.resolve(TaskKind::LateMoney, TaskChoice::AcceptToSale).expect("the cashier lets it count");
    shop.expect("the dearer QR is down, the rest is owed", |view| {
        view.cart.paid == early
            && view.cart.due == owed - early
            && view.attempt.as_ref().is_none_or(|attempt| attempt.state == AttemptState::CancelRequested)
    });
    shop.customer().look(&second.link).await.expect_err("its page submits nothing");
    shop.pay_cash(owed - early).expect("the rest in cash");
    shop.expect_sold(owed).await;
    assert_eq!((shop.report().net, shop.report().unapplied), (owed, 0));
    shop.close().await;
}

/// PF-61: nobody pays, the page runs out, the cashier clears the counter; and the next morning somebody pays the photo
/// of the QR's page. It belongs to no sale any more, and somebody is told.
#[tokio::test]
async fn page_from_yesterday_is_paid() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.pass(Duration::from_secs(11 * 60)).await;
    shop.expect_state(&AttemptState::Expired);
    shop.customer().look(&qr.link).await.expect_err("the page submits nothing any more");
    shop.at_till(|register, ports| register.clear(ports.clock.now())).expect("the counter is cleared");
    shop.pass(Duration::from_secs(18 * 3_600)).await;

    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the gateway's page never stopped");
    shop.settle().await;
    let task = shop.task(TaskKind::LateMoney);
    assert_eq!(
        (task.amount, task.choices.as_slice()),
        (owed, [TaskChoice::RefundToCard, TaskChoice::RefundByHand].as_slice())
    );
    assert_eq!((shop.report().count, shop.report().unapplied), (0, owed));
    shop.close().await;
}

/// PF-01, and the cart was changed before the money came: the till takes no other money meanwhile, does not offer what it
/// would refuse, and lets the cart be put back to what the customer paid for.
#[tokio::test]
async fn cart_was_changed_before_late_money_came() {
    let shop = Afternoon::begin().await;
    let paid = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.cancel();
    let owed = shop.ring_up(&[COLA]);
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the customer still has the page");
    shop.settle().await;
    assert_eq!(shop.task(TaskKind::LateMoney).choices, [TaskChoice::RefundToCard, TaskChoice::RefundByHand]);
    let refused = shop.resolve(TaskKind::LateMoney, TaskChoice::AcceptToSale);
    assert_eq!(refused, Err(CommandError::ChoiceNotPossible));
    assert_eq!(shop.pay_cash(owed), Err(CommandError::MoneyWaiting { amount: paid }));

    let cola = shop.view().cart.lines.last().expect("a line").line;
    shop.at_till(|register, _| register.remove(cola)).expect("the line is taken off");
    shop.expect("now it stays as it is", |view| view.cart.locked);
    shop.resolve(TaskKind::LateMoney, TaskChoice::AcceptToSale).expect("the cart is what was paid for");
    shop.expect_sold(paid).await;
    shop.close().await;
}
