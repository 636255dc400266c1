//! Afternoons on which the till is killed, or started twice, or draws the same number twice.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use ecpay_sim::{DeliveryResult, Endpoint, Hang, Method as Pays};
use register::view::{Notice, Stop};
use register::{Chance, CommandError};
use stories::afternoon::{Afternoon, AttemptState, Method};

const TEA: &str = "D04"; // 25
const COLA: &str = "D18"; // 22

/// Half a cart is rung up when the till is killed; it is still there.
#[tokio::test]
async fn till_is_killed_with_half_a_cart() {
    let mut shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA, COLA, TEA]);
    shop.restart().await;
    shop.expect("the cart is as it was", |view| view.cart.due == owed && view.cart.items == 3);
    shop.pay_cash(100).expect("cash");
    shop.expect_sold(owed).await;
    shop.close().await;
}

/// PF-09: killed after the intent was written and before anything was sent. The attempt is there with its number and its
/// link, and goes up again as it was. Its page is the till's own and nobody fetched it, so nobody can have paid and the
/// gateway need not be asked; a page that was fetched is asked about first (PF-10).
#[tokio::test]
async fn till_is_killed_before_the_qr_is_up() {
    let mut shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    shop.ask_online(Method::Credit).expect("the intent is recorded");
    let intended = shop.shown();
    shop.expect_state(&AttemptState::Created);
    shop.restart().await;
    shop.settle().await;
    assert_eq!(shop.shown(), intended, "the same number, the same link");
    shop.expect_state(&AttemptState::Presented);
    assert!(shop.gateway().orders().is_empty());

    shop.customer().pay(&intended.link, Pays::Credit).await.expect("pays");
    shop.expect_sold(owed).await;
    assert_eq!(shop.gateway().orders().len(), 1);
    shop.close().await;
}

/// PF-10: the customer pays while the till is dead: the notice finds nobody. Started again, the till asks for the
/// evidence, closes the sale once and makes one receipt, marked as recovered; the gateway's repeats change nothing.
#[tokio::test]
async fn till_is_killed_before_the_evidence_arrives() {
    let mut shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA, COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.kill().await;
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the customer pays");

    shop.restart().await;
    shop.expect_sold(owed).await;
    let sale = shop.view().closed.expect("a closed sale").sale;
    shop.expect("the screen says that it was recovered", |view| view.notices == [Notice::Recovered { sale }]);
    let text = shop.receipt_text();
    assert!(text.contains("復原交易") && text.contains("RECOVERED"), "{text}");

    let events = shop.events();
    shop.pass(Duration::from_secs(16 * 60)).await;
    let deliveries = shop.gateway().order(&qr.number).expect("the order").deliveries;
    assert!(deliveries.len() >= 2, "the notice was repeated: {deliveries:?}");
    assert_eq!((shop.events(), shop.receipts().len()), (events, 1));
    assert_eq!((shop.report().count, shop.report().net), (1, owed));
    shop.close().await;
}

/// PF-10, and not: the till was away while a QR was up, came back, asked, and heard that it was not paid. When the
/// customer pays after that, nothing was recovered, and neither screen nor receipt says so.
#[tokio::test]
async fn customer_pays_long_after_the_till_came_back() {
    let mut shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.restart().await;
    shop.settle().await;
    assert_eq!(shop.questions(), 1, "asked because of the restart");
    shop.pass(Duration::from_secs(3)).await;
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the customer pays");
    shop.expect_sold(owed).await;
    shop.expect("nothing is called recovered", |view| view.notices.is_empty());
    assert!(!shop.receipt_text().contains("復原交易"));
    shop.close().await;
}

/// PF-10, on the wire: the till asks, the gateway has said "paid", and the till dies before the answer reaches it.
#[tokio::test]
async fn till_is_killed_while_the_answer_is_on_its_way() {
    let mut shop = Afternoon::begin_without_notices().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the customer pays");
    shop.gateway().hang_next(Endpoint::QueryTradeInfo, Hang::AfterEffect);
    shop.check_now().expect("the cashier presses check now");
    shop.begin_to_settle();
    shop.until_asked(1).await;
    shop.kill().await;

    shop.restart().await;
    shop.pass(Duration::from_secs(1)).await;
    shop.expect_sold(owed).await;
    assert_eq!(shop.questions(), 2);
    assert_eq!(shop.receipts().len(), 1);
    assert!(shop.receipt_text().contains("復原交易"));
    shop.close().await;
}

/// PF-10, a moment later: evidence and sale are one commit, and the till dies before the receipt is made. It is made
/// after the restart, once; the customer is never charged again.
#[tokio::test]
async fn till_is_killed_before_the_receipt_is_made() {
    let mut shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the notice is taken in");
    assert!(shop.receipts().is_empty());
    shop.restart().await;
    shop.expect_sold(owed).await;
    shop.restart().await;
    shop.expect_sold(owed).await;
    assert_eq!(shop.receipts().len(), 1);
    assert_eq!((shop.report().count, shop.report().net), (1, owed));
    assert_eq!(shop.gateway().orders().len(), 1);
    shop.close().await;
}

/// PF-10, between two kills: a forged and a contradicting message are on record, the payment is not; the till is killed
/// twice in a row, and every time knows what it knew.
#[tokio::test]
async fn till_is_killed_twice_with_an_alarm_on_the_screen() {
    let mut shop = Afternoon::begin().await;
    shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().fail_next_notice(ecpay_sim::Fault::WrongAmount { amount: 24 });
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    let (before, _) = (shop.view(), shop.kill().await);
    for _ in 0..2 {
        shop.restart().await;
        let after = shop.view();
        assert_eq!((&after.tasks, &after.cart), (&before.tasks, &before.cart));
        let state = |view: &register::view::View| view.attempt.as_ref().map(|attempt| attempt.state.clone());
        assert_eq!(state(&after), state(&before));
    }
    shop.expect_sold(25).await;
    shop.close().await;
}

/// PF-37: chance repeats itself within the same second, and a second attempt would get the number of the first. The till
/// draws again, and the cashier sees nothing of it. Where chance has run out for good, the till refuses before the
/// gateway could; nothing has changed, and with better luck the sale goes on.
#[tokio::test]
async fn number_is_drawn_twice() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let ask = |shop: &Afternoon, repeats: u32| {
        let chance = Stuck(AtomicU32::new(repeats));
        shop.at_till(|register, ports| register.pay_online(Method::Credit, ports.clock.now(), &chance))
    };
    ask(&shop, u32::MAX).expect("the first draw is as good as any");
    shop.settle().await;
    let first = shop.shown();
    shop.cancel();
    let events = shop.events();

    let refused = ask(&shop, u32::MAX);
    assert!(matches!(&refused, Err(CommandError::Internal { message }) if message.contains("restart")), "{refused:?}");
    assert_eq!(shop.events(), events, "nothing was written");
    assert!(shop.gateway().orders().is_empty() && shop.questions() == 0, "and nothing was sent");
    shop.expect("the sale is as it was", |view| view.attempt.is_none() && view.cart.due == owed);

    ask(&shop, 6).expect("two draws like the first, and then another");
    shop.settle().await;
    let second = shop.shown();
    assert_ne!(second, first);
    shop.customer().pay(&second.link, Pays::Credit).await.expect("pays");
    shop.expect_sold(owed).await;
    shop.close().await;
}

/// PF-78: somebody starts the till a second time. The second one says why it does not open; the first sells on.
#[tokio::test]
async fn till_is_started_twice() {
    let shop = Afternoon::begin().await;
    shop.ring_up(&[TEA]);
    let refused = shop.start_another().await.expect_err("one till at a time");
    assert!(matches!(&refused, desk::Trouble::Journal { source: journal::OpenError::Busy, .. }), "{refused}");
    assert_eq!(refused.as_stop(), Stop::AlreadyRunning);
    let owed = shop.ring_up(&[COLA]);
    shop.pay_cash(owed).expect("cash");
    shop.expect_sold(owed).await;
    shop.close().await;
}

/// PF-75: the disk is full. A notice is not acknowledged, so that the gateway sends it again, and the till says nothing
/// that is not on record; with space again nothing is missing.
#[tokio::test]
async fn disk_is_full() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.at_till(|register, _| register.journal().limit_growth_for_tests(Some(0)));
    // The last page has room for some records more.
    let tea = desk::sample_products().into_iter().next().expect("a product");
    let fill = |register: &mut register::Register, ports: &register::Ports| {
        register.set_products(vec![tea.clone()], ports.clock.now())
    };
    let full = (0..1_000).find_map(|_| shop.at_till(fill).err());
    assert_eq!(full, Some(CommandError::DiskFull));
    let forged = shop.phone().post(&shop.door('n', &qr.number), "RtnCode=1&CheckMacValue=00").await;
    assert_eq!(forged, (503, "0|try again".to_owned()));
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the customer pays");
    let first = shop.gateway().order(&qr.number).expect("the order").deliveries[0].result.clone();
    assert!(matches!(first, DeliveryResult::Rejected { status: 503, .. }), "{first:?}");
    shop.expect("the till claims nothing that is not on record", |view| view.closed.is_none());

    shop.at_till(|register, _| register.journal().limit_growth_for_tests(None));
    shop.pass(Duration::from_secs(60)).await;
    shop.expect_sold(owed).await;
    shop.close().await;
}

/// Chance that gives the same bytes so many times, and only then others.
struct Stuck(AtomicU32);

impl Chance for Stuck {
    fn draw(&self) -> [u8; 16] {
        match self.0.load(Ordering::SeqCst) {
            0 => [9; 16],
            left => {
                self.0.store(left - 1, Ordering::SeqCst);
                [7; 16]
            }
        }
    }
}

/// In training every start brings a new gateway, which has never heard of yesterday's QR codes. One "unknown order" is
/// enough then; what is still on the screen stays watched until its time is up, as its page can be submitted again.
#[tokio::test]
async fn training_gateway_has_forgotten_the_last_run() {
    let mut shop = Afternoon::begin_with_built_in_gateway().await;
    shop.ring_up(&[TEA]);
    for cancelled in [true, false] {
        let qr = shop.show_qr(Method::Credit).await;
        let link = qr.link.rsplit('/').next().expect("a path").to_owned();
        let page = shop.at_till(|register, ports| register.page(&link, ports.clock.now())).expect("recorded");
        assert!(page.is_some());
        if cancelled {
            shop.cancel();
        }
    }
    shop.pass(Duration::from_secs(60)).await;
    shop.expect("within one run an unknown order may still be submitted", |view| view.watched.len() == 1);

    shop.restart().await;
    shop.pass(Duration::from_secs(60)).await;
    shop.expect("given up before this start, unknown now: done with", |view| view.watched.is_empty());
    shop.expect_state(&AttemptState::Opened);
    shop.pass(Duration::from_secs(11 * 60)).await;
    shop.expect_state(&AttemptState::Expired);
    let next = |view: &register::view::View| view.attempt.as_ref().and_then(|attempt| attempt.next_check_ms);
    shop.expect("and its time up, that one too", |view| next(view).is_none());
    shop.close().await;
}
