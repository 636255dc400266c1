//! Afternoons on which the till has to ask: notices that never come, a cable that is out, a gateway that has had enough.

use std::time::Duration;

use ecpay_sim::{Fault, Method as Pays, Outcome, QueryFault};
use register::CommandError;
use register::view::{Notice, TaskChoice, TaskKind};
use stories::afternoon::{Afternoon, AttemptState, Method, UnknownWhy};

const TEA: &str = "D04"; // 25
const COLA: &str = "D18"; // 22

/// PF-07: the cleaner pulls the cable out, and the customer, whose phone has a network of its own, pays. The till says
/// that it cannot see the result and lets nobody be charged twice; back on the line it knows within one poll.
#[tokio::test]
async fn cable_is_out_while_the_customer_pays() {
    let mut shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA, COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.unplug().await;
    shop.gateway().fail_next_notice(Fault::Drop { deliveries: 5 });
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid over the mobile network");

    shop.pass(Duration::from_secs(60)).await;
    shop.expect_state(&AttemptState::Unknown { why: UnknownWhy::NoAnswer });
    shop.expect("the screen says since when", |view| {
        matches!(view.notices.as_slice(), [Notice::GatewayUnreachable { .. }])
            && view.attempt.as_ref().is_some_and(|attempt| attempt.held)
    });
    assert!(matches!(shop.ask_online(Method::Twqr), Err(CommandError::OutcomeUnknown { .. })), "no second QR");
    shop.cancel();
    assert!(matches!(shop.pay_cash(100), Err(CommandError::OutcomeUnknown { .. })), "nor cash on a guess");
    assert_eq!(shop.questions(), 0, "nothing reached the gateway");

    shop.plug_in().await;
    shop.pass(Duration::from_secs(10)).await;
    shop.expect("the money is there, the line is back", |view| view.notices.is_empty() && view.tasks.len() == 1);
    assert_eq!(shop.task(TaskKind::LateMoney).amount, owed, "the cashier had cancelled");
    assert_eq!(shop.gateway().orders().len(), 1);
    shop.close().await;
}

/// PF-07, uncancelled: the cable comes back before anybody loses patience, and the sale closes by itself.
#[tokio::test]
async fn cable_comes_back_and_the_sale_closes() {
    let mut shop = Afternoon::begin_without_notices().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.unplug().await;
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid over the mobile network");
    shop.pass(Duration::from_secs(45)).await;
    shop.expect("it is not known", |view| view.attempt.as_ref().is_some_and(|attempt| attempt.held));
    shop.plug_in().await;
    shop.pass(Duration::from_secs(10)).await;
    shop.expect_sold(owed).await;
    shop.close().await;
}

/// PF-07, the way out: the line stays dead, the customer has shown the shop that nothing was charged, and a named manager
/// lets the sale be collected again. Should the first payment turn up after all, it waits for a person.
#[tokio::test]
async fn manager_lets_the_sale_be_collected_again() {
    let mut shop = Afternoon::begin_without_notices().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.unplug().await;
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid, though nobody can see it");
    shop.pass(Duration::from_secs(30)).await;
    shop.cancel();
    let nameless = shop.at_till(|register, ports| register.release(" ", "看過手機", ports.clock.now()));
    assert!(nameless.is_err(), "not without a name");
    shop.at_till(|register, ports| register.release("陳店長", "顧客手機顯示未扣款", ports.clock.now()))
        .expect("released");
    shop.pay_cash(owed).expect("cash is taken");
    shop.expect_sold(owed).await;

    shop.plug_in().await;
    shop.pass(Duration::from_secs(3 * 3_600)).await;
    assert_eq!(shop.task(TaskKind::SecondPayment).amount, owed);
    assert_eq!((shop.report().net, shop.report().unapplied), (owed, owed));
    shop.close().await;
}

/// PF-28: a shop whose notices reach nobody. The customer pays by card and is never sent back; the till's own questions
/// find it, few enough of them. The next customer's payment is found by "check now", from the same budget.
#[tokio::test]
async fn no_notice_ever_arrives() {
    let shop = Afternoon::begin_without_notices().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.gateway().fail_next_browser_return(Fault::Drop { deliveries: 1 });
    shop.customer().pay(&qr.link, Pays::Credit).await.expect("pays and puts the phone away");
    shop.expect_state(&AttemptState::Opened);
    shop.pass(Duration::from_secs(10)).await;
    shop.expect_sold(owed).await;
    assert_eq!(shop.questions(), 1, "one question was enough");

    let owed = shop.ring_up(&[COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("opens the page and looks for a card");
    shop.pass(Duration::from_secs(5 * 60 + 3)).await;
    let asked = shop.questions() - 1;
    assert!((5..=20).contains(&asked), "{asked} questions in five minutes");
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("pays in the end");
    shop.check_now().expect("there is budget left");
    shop.expect_sold(owed).await;
    assert_eq!(shop.questions() - 1, asked + 1, "the press of the button was one question");
    shop.close().await;
}

/// PF-29: the customer's screen says success, and for five minutes the gateway says "not paid". The till goes on saying
/// that the bank has not answered, and never that nothing was paid.
#[tokio::test]
async fn customer_shows_success_and_the_bank_is_slow() {
    let shop = Afternoon::begin_without_notices().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.gateway().next_outcome(Outcome::Lag { seconds: 300 });
    shop.customer().pay(&qr.link, Pays::Credit).await.expect("the phone says success");
    shop.expect_state(&AttemptState::Confirming);
    shop.pass(Duration::from_secs(200)).await;
    shop.expect_state(&AttemptState::Unknown { why: UnknownWhy::PendingAtBank });
    assert!(matches!(shop.ask_online(Method::Credit), Err(CommandError::OutcomeUnknown { .. })));
    shop.pass(Duration::from_secs(200)).await;
    shop.expect_sold(owed).await;
    shop.close().await;
}

/// PF-29, a bank that takes four days: "not paid yet" was no answer on the second day either, and so the till still asks.
#[tokio::test]
async fn bank_makes_up_its_mind_after_four_days() {
    let shop = Afternoon::begin_without_notices().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.gateway().next_outcome(Outcome::Lag { seconds: 4 * 86_400 });
    shop.customer().pay(&qr.link, Pays::Credit).await.expect("the phone says success");
    shop.pass(Duration::from_secs(60)).await;
    shop.cancel();
    shop.pass(Duration::from_secs(5 * 86_400)).await;
    assert_eq!(shop.task(TaskKind::LateMoney).amount, owed);
    shop.close().await;
}

/// PF-29, the same where nobody told the till that the bank wants time: the phone was put away, and to every question the
/// gateway says no more than "unpaid". Somebody was at the page, and so the till asks for as long as a bank may take.
#[tokio::test]
async fn bank_takes_four_days_and_nobody_says_so() {
    let shop = Afternoon::begin_without_notices().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::WebAtm).await;
    shop.customer().look(&qr.link).await.expect("opens the page and pays at the bank");
    shop.gateway().next_outcome(Outcome::Lag { seconds: 4 * 86_400 });
    shop.gateway().pay_order(&qr.number, Pays::WebAtm).await.expect("the bank takes its time");
    shop.pass(Duration::from_secs(60)).await;
    shop.cancel();
    shop.pass(Duration::from_secs(2 * 86_400)).await;
    shop.expect("nobody is told of anything", |view| view.tasks.is_empty());
    shop.pass(Duration::from_secs(3 * 86_400)).await;
    assert_eq!(shop.task(TaskKind::LateMoney).amount, owed);
    shop.close().await;
}

/// PF-29, a bank that never says anything: after ten days a person is told to look it up, and when they have found it
/// paid, the till asks once more and has the money in its journal.
#[tokio::test]
async fn bank_never_makes_up_its_mind() {
    let shop = Afternoon::begin_without_notices().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.gateway().next_outcome(Outcome::Lag { seconds: 14 * 86_400 });
    shop.customer().pay(&qr.link, Pays::Credit).await.expect("the phone says success");
    shop.pass(Duration::from_secs(60)).await;
    shop.cancel();
    shop.pass(Duration::from_secs(9 * 86_400)).await;
    shop.expect("the till has not given up", |view| view.tasks.is_empty());
    shop.pass(Duration::from_secs(2 * 86_400)).await;
    assert_eq!(shop.task(TaskKind::LeftOpen).amount, owed);
    let asked = shop.questions();
    shop.pass(Duration::from_secs(4 * 86_400)).await;
    assert_eq!(shop.questions(), asked, "the gateway is left alone");

    shop.resolve(TaskKind::LeftOpen, TaskChoice::Retry).expect("it is asked again");
    shop.pass(Duration::from_secs(30)).await;
    assert_eq!(shop.task(TaskKind::LateMoney).amount, owed);
    shop.expect("and only that is left to do", |view| view.tasks.len() == 1);
    shop.close().await;
}

/// PF-30: the gateway has been asked too often and answers 403. It is left alone for 30 minutes, over a restart too; the
/// screen says until when, cash is taken, a notice is still believed, and then the questions go on.
#[tokio::test]
async fn gateway_has_been_asked_too_often() {
    let mut shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let first = shop.show_qr(Method::Credit).await;
    shop.customer().look(&first.link).await.expect("the page opens");
    shop.gateway().force_403("3002607");
    shop.pass(Duration::from_secs(10)).await;
    assert_eq!(shop.questions(), 1);
    shop.expect_state(&AttemptState::Unknown { why: UnknownWhy::GatewaySilent });
    let until_ms = shop.now().unix_ms() + 30 * 60_000;
    let says_so = |view: &register::view::View| view.notices.contains(&Notice::GatewaySilent { until_ms });
    shop.expect("the screen says when checks go on", says_so);
    assert_eq!(shop.check_now(), Err(CommandError::CheckLater { at_ms: until_ms }));

    shop.restart().await;
    shop.expect("the silence outlasts a restart", says_so);
    shop.pass(Duration::from_secs(5 * 60)).await;
    assert_eq!(shop.questions(), 1, "not one more");

    // Meanwhile: the gateway's notice is believed without asking back …
    shop.gateway().pay_order(&first.number, Pays::Credit).await.expect("the customer pays");
    shop.expect_sold(owed).await;
    // … and cash works.
    let cash = shop.ring_up(&[COLA]);
    shop.pay_cash(cash).expect("cash");
    shop.expect_sold(cash).await;
    assert_eq!(shop.questions(), 1);

    shop.pass(Duration::from_secs(26 * 60)).await;
    assert_eq!(shop.questions(), 2, "the silence is over, and the notice is confirmed");
    shop.expect("nothing is left to do, and the payment that outlasted a restart is called recovered", |view| {
        matches!(view.notices.as_slice(), [Notice::Recovered { .. }]) && view.watched.is_empty()
    });
    shop.close().await;
}

/// PF-31: three attempts are live at once and the cashier presses "check now" again and again. One bucket for all, one
/// question at a time, and the gateway never has to say 403.
#[tokio::test]
async fn cashier_presses_check_now_ten_times() {
    let shop = Afternoon::begin_without_notices().await;
    shop.ring_up(&[TEA]);
    for _ in 0..3 {
        let qr = shop.show_qr(Method::Credit).await;
        shop.customer().look(&qr.link).await.expect("the page opens");
    }
    let asked = shop.questions();
    for _ in 0..10 {
        let _ = shop.check_now();
        shop.settle().await;
    }
    assert!(shop.questions() - asked <= 1, "no clock has moved: one question at most");
    shop.pass(Duration::from_secs(60)).await;
    // A burst of four, then one every five seconds.
    assert!(shop.questions() <= 4 + 12, "{}", shop.questions());
    shop.expect("and the gateway is content", |view| view.notices.is_empty());
    shop.close().await;
}

/// PF-80: the gateway answers 10200095. Neither paid nor failed: the attempt stays, and is paid later.
#[tokio::test]
async fn query_says_not_established() {
    let shop = Afternoon::begin_without_notices().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().fail_next_query(QueryFault::Status { status: "10200095".to_owned() });
    shop.pass(Duration::from_secs(10)).await;
    assert_eq!(shop.questions(), 1);
    shop.expect_state(&AttemptState::Opened);
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the customer pays");
    shop.pass(Duration::from_secs(10)).await;
    shop.expect_sold(owed).await;
    shop.close().await;
}
