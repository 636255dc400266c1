//! Afternoons, and the days after them, on which a sale waits beside the counter: for a code to be paid, for a customer to
//! come back.

use std::time::Duration;

use ecpay_sim::Method as Pays;
use register::CommandError;
use register::view::{Aside, HandedBack, PaymentCode, TaskChoice, TaskKind};
use stories::afternoon::{Afternoon, AttemptState, Method, Shown};
use stories::letters::Letter;

const TEA: &str = "20*D04"; // 500
const COLA: &str = "D17";
const HOUR: Duration = Duration::from_secs(3_600);

fn put_aside(shop: &Afternoon, name: &str) -> Result<(), CommandError> {
    shop.at_till(|register, ports| register.put_aside(name, ports.clock.now()))
}

fn recall(shop: &Afternoon, id: &str) -> Result<(), CommandError> {
    shop.at_till(|register, ports| register.recall(id, ports.clock.now()))
}

/// What waits, of which there is one.
#[track_caller]
fn waiting(shop: &Afternoon) -> Aside {
    let mut aside = shop.view().aside;
    assert_eq!(aside.len(), 1, "one thing waits: {aside:?}");
    aside.remove(0)
}

/// The state of the payment that the one sale waits for.
#[track_caller]
fn state(shop: &Afternoon) -> AttemptState {
    waiting(shop).waits.expect("it waits for a payment").state
}

/// Sells tea for a code, and puts the sale aside.
async fn code_is_issued(shop: &Afternoon, method: Method, pays: Pays) -> Shown {
    shop.ring_up(&[TEA]);
    let qr = shop.show_qr(method).await;
    shop.customer().pay(&qr.link, pays).await.expect("a code is issued");
    shop.settle().await;
    put_aside(shop, "王小姐").expect("it waits");
    qr
}

/// PF-21, PF-22: a bank account and a store code are issued. Each sale is to be collected, on a list with its age and its
/// deadline; the counter sells on; both are found again after a restart.
#[tokio::test]
async fn codes_are_issued_and_the_counter_sells_on() {
    let mut shop = Afternoon::begin().await;
    code_is_issued(&shop, Method::Atm, Pays::Atm).await;
    shop.pass(2 * HOUR).await;
    code_is_issued(&shop, Method::Cvs, Pays::Cvs).await;
    let owed = shop.ring_up(&[COLA]);
    shop.pay_cash(owed).expect("the next customer is served");
    shop.expect_sold(owed).await;

    shop.restart().await;
    let aside = shop.view().aside;
    assert_eq!(aside.iter().map(|each| (each.name.as_str(), each.due)).collect::<Vec<_>>(), [("王小姐", 500); 2]);
    assert!(aside[0].since_ms + 7_200_000 <= aside[1].since_ms, "oldest first");
    let codes: Vec<_> = aside.iter().filter_map(|each| each.waits.as_ref()).map(|waits| &waits.state).collect();
    assert!(
        matches!(codes[0], AttemptState::CodeIssued { code: PaymentCode::Atm { .. }, deadline_ms: Some(_) })
            && matches!(codes[1], AttemptState::CodeIssued { code: PaymentCode::Cvs { units, .. }, .. } if !units.is_empty()),
        "{codes:?}"
    );
    let slip = shop.slip(&aside[1].waits.as_ref().expect("waits").attempt).expect("a slip for the customer");
    let text = stories::pdf::text(std::path::Path::new(&slip.pdf_path)).expect("a PDF");
    assert!(text.contains("繳費單") && text.contains("500"), "{text}");
    assert_eq!(shop.report().count, 1, "nothing is sold that is not paid");
    shop.close().await;
}

/// PF-23: three barcodes, paid at a store's counter, and the store reports it days later. Until then the sale stays to be
/// collected and the goods stay in the shop; then it closes by itself and somebody is told that they may go.
#[tokio::test]
async fn store_barcodes_are_paid_days_later() {
    let shop = Afternoon::begin().await;
    let qr = code_is_issued(&shop, Method::Barcode, Pays::Barcode).await;
    assert!(matches!(state(&shop), AttemptState::CodeIssued { code: PaymentCode::Barcode { .. }, .. }));
    shop.pass(20 * HOUR).await;
    shop.gateway().pay_code(&qr.number).await.expect("paid at the store");
    shop.settle().await;
    shop.pass(4 * 24 * HOUR).await;
    let task = shop.task(TaskKind::PaidAside);
    assert_eq!((task.amount, task.choices.as_slice()), (500, [TaskChoice::Seen].as_slice()));
    assert!(shop.view().aside.is_empty(), "it is collected");
    assert_eq!((shop.report().count, shop.receipts().len()), (1, 1));
    shop.resolve(TaskKind::PaidAside, TaskChoice::Seen).expect("the goods are handed over");
    shop.expect("nothing is left to do", |view| view.tasks.is_empty());
    shop.close().await;
}

/// PF-24: the account ran out yesterday, the sale was given up, and then the bank posts the transfer. It counts toward
/// nothing by itself: a person gives it back by hand.
#[tokio::test]
async fn transfer_is_posted_after_the_sale_was_given_up() {
    let shop = Afternoon::begin().await;
    let qr = code_is_issued(&shop, Method::Atm, Pays::Atm).await;
    shop.pass(5 * 24 * HOUR).await;
    assert_eq!(state(&shop), AttemptState::Expired);
    recall(&shop, &waiting(&shop).id).expect("on the counter again");
    shop.at_till(|register, ports| register.void_sale("逾期沒有匯款", HandedBack::NothingCameIn, ports.clock.now()))
        .expect("given up");

    let letter = Letter { number: &qr.number, amount: 500, rtn_code: "1", simulate_paid: "0" };
    let (_, answer) = shop.phone().post(&shop.door('n', &qr.number), letter.signed(&ecpay::stage::merchant())).await;
    assert_eq!(answer, "1|OK");
    let task = shop.task(TaskKind::LateMoney);
    assert!(task.amount == 500 && task.choices.contains(&TaskChoice::RefundByHand), "{task:?}");
    assert_eq!((shop.report().count, shop.report().unapplied), (0, 500));
    shop.resolve(TaskKind::LateMoney, TaskChoice::RefundByHand).expect("given back by hand");
    assert_eq!(shop.report().unapplied, 0);
    shop.close().await;
}

/// PF-25: a code runs out unpaid. The clock alone says nothing: banks report late. After deadline and grace the gateway is
/// asked, and its "unpaid" is what ends it; then nobody asks any more.
#[tokio::test]
async fn code_runs_out_unpaid() {
    let mut shop = Afternoon::begin().await;
    code_is_issued(&shop, Method::Atm, Pays::Atm).await;
    let AttemptState::CodeIssued { deadline_ms: Some(deadline), .. } = state(&shop) else { panic!("a deadline") };
    let until = |ms: i64| Duration::from_millis(u64::try_from(ms - shop.now().unix_ms()).expect("ahead"));
    shop.pass(until(deadline + 60_000)).await;
    assert!(matches!(state(&shop), AttemptState::CodeIssued { .. }), "past the deadline is not yet unpaid");

    shop.unplug().await;
    let until = |ms: i64| Duration::from_millis(u64::try_from(ms - shop.now().unix_ms()).expect("ahead"));
    shop.pass(until(deadline + 30 * 3_600_000)).await;
    assert!(!matches!(state(&shop), AttemptState::Expired), "no answer is not an unpaid answer");
    shop.plug_in().await;
    shop.pass(13 * HOUR).await;
    assert_eq!(state(&shop), AttemptState::Expired);
    let asked = shop.questions();
    shop.pass(3 * 24 * HOUR).await;
    assert_eq!(shop.questions(), asked, "it is not asked about any more");
    shop.close().await;
}

/// A customer has forgotten the purse: the cart waits under a name, others are served, a restart changes nothing, and it
/// is found again as it was. No sale was made of it, and none is on any record.
#[tokio::test]
async fn customer_fetches_the_purse() {
    let mut shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA, COLA]);
    put_aside(&shop, "藍色外套").expect("it waits");
    let events = shop.events();
    let next = shop.ring_up(&[COLA]);
    put_aside(&shop, "").expect("without a name it gets its first line's");
    assert_eq!(shop.events(), events, "a cart that waits is a draft");
    shop.restart().await;

    let aside = shop.view().aside;
    assert_eq!(aside.iter().map(|each| each.total).collect::<Vec<_>>(), [owed, next]);
    assert_eq!(aside[0].name, "藍色外套");
    shop.ring_up(&[COLA]);
    assert_eq!(recall(&shop, &aside[0].id), Err(CommandError::CounterBusy));
    shop.at_till(|register, ports| register.clear(ports.clock.now())).expect("cleared; what waits goes on waiting");
    recall(&shop, &aside[0].id).expect("the purse is here");
    assert!(matches!(recall(&shop, &aside[0].id), Err(CommandError::CounterBusy)));
    shop.pay_cash(owed).expect("paid");
    shop.expect_sold(owed).await;
    assert_eq!(waiting(&shop).total, next);
    shop.close().await;
}

/// Half is paid, the customer goes to the bank for the rest: the sale waits in the journal with its money, and while a
/// page is up that anybody may pay, nothing can be put aside.
#[tokio::test]
async fn part_paid_sale_waits_for_the_rest() {
    let mut shop = Afternoon::begin().await;
    shop.ring_up(&[TEA]);
    shop.at_till(|register, ports| register.pay_part_cash(200, 200, ports.clock.now())).expect("a part");
    shop.show_qr(Method::Credit).await;
    assert_eq!(put_aside(&shop, "x"), Err(CommandError::PaymentLive));
    shop.cancel();
    put_aside(&shop, "李先生").expect("it waits");
    shop.restart().await;
    let report = shop.report();
    assert_eq!(report.part_paid.iter().map(|part| part.name.as_deref()).collect::<Vec<_>>(), [Some("李先生")]);
    assert_eq!((report.cash_held, report.cash.expected), (200, 200));
    let id = waiting(&shop).id;
    recall(&shop, &id).expect("back");
    shop.expect("with its money", |view| (view.cart.paid, view.cart.due) == (200, 300));
    shop.pay_cash(300).expect("the rest");
    shop.expect_sold(500).await;
    shop.close().await;
}
