//! Afternoons on which the gateway's messages come twice, late, forged, wrong or for show.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use ecpay_sim::{DeliveryResult, Fault, Method as Pays, QueryFault};
use register::view::{ReceiptState, TaskChoice, TaskKind};
use register::{CommandError, Profile, Received, Register};
use stories::afternoon::{Afternoon, AttemptState, Method, UnknownWhy};
use stories::letters::{Letter, forgeries, own_merchant};
use till::payment::Door;
use till::time::Timestamp;

const TEA: &str = "D04"; // 25
const COLA: &str = "D18"; // 22

/// PF-05: a rightly signed notice names 299 where 300 was asked. Not paid, no goods, an alarm; the till asks, hears the
/// same odd amount and still waits. Only when the gateway's own books say 300 is the sale closed; the alarm stays.
#[tokio::test]
async fn notice_names_another_amount() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&["12*D04"]);
    assert_eq!(owed, 300);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().fail_next_notice(Fault::WrongAmount { amount: 299 });
    for _ in 0..4 {
        shop.gateway().fail_next_query(QueryFault::WrongAmount { amount: 299 });
    }
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");

    shop.expect_state(&AttemptState::Unknown { why: UnknownWhy::WrongAmount });
    assert_eq!(shop.task(TaskKind::WrongAmount).amount, 299);
    shop.pass(Duration::from_secs(30)).await;
    shop.expect_state(&AttemptState::Unknown { why: UnknownWhy::WrongAmount });
    shop.expect("nothing is sold, and nobody pays again", |view| view.closed.is_none() && view.cart.locked);
    assert!(matches!(shop.ask_online(Method::Twqr), Err(CommandError::OutcomeUnknown { .. })));
    assert!(matches!(shop.pay_cash(300), Err(CommandError::PaymentLive)));
    assert_eq!(shop.task(TaskKind::WrongAmount).amount, 299, "one alarm, however often it is said");

    shop.gateway().clear_expectations().await;
    shop.pass(Duration::from_secs(60)).await;
    shop.expect_sold(300).await;
    shop.resolve(TaskKind::WrongAmount, TaskChoice::Seen).expect("seen");
    shop.expect("nothing is left to do", |view| view.tasks.is_empty());
    shop.close().await;
}

/// PF-13: the same notice five times. One change, five `1|OK`, one receipt; a repeat says "paid" where the first said
/// 交易成功, and that makes no difference.
#[tokio::test]
async fn notice_arrives_five_times() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA, COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    shop.expect_sold(owed).await;
    shop.pass(Duration::from_secs(5)).await;
    let events = shop.events();
    for _ in 0..4 {
        shop.gateway().deliver_again(&qr.number).await.expect("once more");
        shop.settle().await;
    }

    let deliveries = shop.gateway().order(&qr.number).expect("the order").deliveries;
    assert_eq!(deliveries.len(), 5);
    assert!(deliveries.iter().all(|delivery| delivery.result == DeliveryResult::Acknowledged), "{deliveries:?}");
    assert_ne!(deliveries[0].body, deliveries[1].body, "a repeat carries another RtnMsg");
    assert_eq!(shop.events(), events, "the journal has nothing to add");
    assert_eq!(shop.receipts().len(), 1);
    assert_eq!((shop.report().count, shop.report().net), (1, owed));
    shop.expect("nobody has to look at anything", |view| view.tasks.is_empty());
    shop.close().await;
}

/// PF-14: the same notice 12 hours and a restart later, when nothing of the attempt is in memory. Acknowledged, and
/// nothing else.
#[tokio::test]
async fn notice_arrives_again_the_next_morning() {
    let mut shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().pay(&qr.link, Pays::Credit).await.expect("pays");
    shop.expect_sold(owed).await;
    shop.pass(Duration::from_secs(12 * 3_600)).await;
    shop.restart().await;
    let cash = shop.ring_up(&[COLA]);
    shop.pay_cash(cash).expect("the first customer of the morning");
    shop.expect_sold(cash).await;
    let (events, report) = (shop.events(), shop.report());
    shop.gateway().deliver_again(&qr.number).await.expect("once more");
    shop.settle().await;
    let deliveries = shop.gateway().order(&qr.number).expect("the order").deliveries;
    assert_eq!(deliveries.last().map(|delivery| &delivery.result), Some(&DeliveryResult::Acknowledged));
    assert_eq!((shop.events(), shop.report()), (events, report));
    shop.close().await;
}

/// PF-20: RtnCode as text and as number. In a form only the one letter `1` is paid; in a sealed reply the number 1 or its
/// text is. Everything near it is neither: rightly signed all of them, and no money in any of them.
#[test]
fn rtn_code_is_near_one() {
    let merchant = ecpay::stage::merchant();
    let near =
        ["01", "1.0", "+1", " 1", "1 ", "１", "1\n", "0x1", "1e0", "true", "11", "10", "-1", "0", "", "１1", "1|OK"];
    let of_form = |rtn_code: &str| {
        let letter = Letter { number: "T1260630130000AB12CD", amount: 300, rtn_code, simulate_paid: "0" };
        ecpay::notice::read(letter.signed(&merchant).as_bytes(), &merchant)
    };
    assert!(of_form("1").is_ok_and(|notice| *notice.outcome() == ecpay::Outcome::Paid));
    let trade = ecpay::CardTrade {
        number: ecpay::MerchantTradeNo::parse("T1260630130000AB12CD").expect("a number"),
        trade_no: ecpay::TradeNo::parse("2606301300000001").expect("a number"),
        amount: ecpay::Amount::new(300).expect("an amount"),
    };
    let of_reply = |rtn_code: serde_json::Value| {
        let data = serde_json::json!({ "RtnCode": rtn_code, "RtnMsg": "", "MerchantTradeNo": trade.number.as_str() });
        let reply = ecpay::ReplyEnvelope::seal(&merchant, &data, 0).expect("sealed");
        trade.abandon().sealed_answer(reply.to_json().as_bytes(), &merchant)
    };
    assert_eq!(of_reply(serde_json::json!(1)), ecpay::ActionAnswer::Done);
    assert_eq!(of_reply(serde_json::json!("1")), ecpay::ActionAnswer::Done);
    for code in near.map(str::to_owned).into_iter().chain((2..=4_000).map(|code| code.to_string())) {
        let read = of_form(&code);
        assert!(!read.is_ok_and(|notice| *notice.outcome() == ecpay::Outcome::Paid), "a form with {code:?}");
        assert_ne!(of_reply(code.clone().into()), ecpay::ActionAnswer::Done, "a reply with {code:?}");
    }
    for code in [serde_json::json!(true), serde_json::json!(1.5), serde_json::json!([1]), serde_json::json!(null)] {
        assert_ne!(of_reply(code.clone()), ecpay::ActionAnswer::Done, "a reply with {code}");
    }
}

/// PF-27: the till's own page answers a genuine notice, each of five times, with status 200 and exactly the four bytes
/// `1|OK`; nothing else gets those. (What every door of the page answers byte for byte is a test of `relay`.)
#[tokio::test]
async fn notice_is_answered_with_four_bytes() {
    let shop = Afternoon::begin().await;
    shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().fail_next_notice(Fault::AlterAmount { amount: 1 });
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    let altered = shop.gateway().order(&qr.number).expect("the order").deliveries[0].body.clone();
    let genuine = altered.replace("TradeAmt=1&", "TradeAmt=25&");
    assert_ne!(altered, genuine);

    let (phone, door) = (shop.phone(), shop.door('n', &qr.number));
    assert_eq!(phone.post(&door, altered).await, (200, "0|refused".to_owned()));
    for _ in 0..5 {
        assert_eq!(phone.post(&door, genuine.clone()).await, (200, "1|OK".to_owned()));
    }
    let nobodys = format!("{}{}", &door[..door.len() - 26], "a".repeat(26));
    assert_eq!(phone.post(&nobodys, genuine).await, (200, "0|refused".to_owned()), "not our door");
    shop.expect_sold(25).await;
    shop.close().await;
}

/// PF-69: ECPay has changed the shop's keys, a hard cut, and the notice of a payment that was under way fits the other
/// pair. It is an alarm at once and believed by nobody; the till asks about the number it names instead of waiting for the
/// next question, minutes away, and finds the money. Junk under the same number does not make it ask without end.
#[tokio::test]
async fn notice_is_signed_with_the_other_keys() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.pass(Duration::from_secs(15 * 60)).await;
    let (asked, phone, door) = (shop.questions(), shop.phone(), shop.door('n', &qr.number));
    let letter = Letter { number: &qr.number, amount: owed, rtn_code: "1", simulate_paid: "0" };
    let [strangers, ..] = forgeries(&letter.signed(&ecpay::stage::merchant()));
    for _ in 0..30 {
        phone.post(&door, strangers.clone()).await;
        shop.pass(Duration::from_secs(61)).await;
    }
    let more = shop.questions() - asked;
    assert!((5..=9).contains(&more), "five because of the letters, and the schedule's own: {more}");
    shop.expect("nobody believes them", |view| view.closed.is_none() && view.cart.paid == 0);

    let mut shop = shop;
    shop.restart().await;
    shop.pass(Duration::from_secs(5 * 60)).await;
    let asked = shop.questions();
    shop.gateway().fail_next_notice(Fault::Forge);
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    shop.expect("an alarm, and no money yet", |view| {
        let tasks: Vec<TaskKind> = view.tasks.iter().map(|task| task.what).collect();
        tasks == [TaskKind::ForgedNotice]
    });
    shop.settle().await;
    assert_eq!(shop.questions(), asked + 1, "asked at once");
    assert_eq!(shop.task(TaskKind::LateMoney).amount, owed, "after its time, as the screen had said");
    shop.close().await;
}

/// PF-26, the till's side: the gateway's questions hang, and a notice is still answered at once. When `1|OK` goes out the
/// payment is in the journal and the sale is closed; what takes its time (the question that confirms it, the receipt)
/// has not begun.
#[tokio::test]
async fn notice_is_answered_before_anything_slow_begins() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().hang_next(ecpay_sim::Endpoint::QueryTradeInfo, ecpay_sim::Hang::BeforeEffect);
    let (asked, receipts) = (shop.questions(), shop.receipts().len());
    // Returns when the notice has been answered; nothing that is due has been done since.
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    let delivery = shop.gateway().order(&qr.number).expect("the order").deliveries[0].result.clone();
    assert_eq!(delivery, DeliveryResult::Acknowledged);
    assert_eq!((shop.questions(), shop.receipts().len()), (asked, receipts), "nobody was asked, nothing was drawn");
    shop.expect("it is on record", |view| {
        view.closed.as_ref().is_some_and(|closed| closed.total == owed && closed.receipt == ReceiptState::Due)
    });
    let recorded = shop.at_till(|register, _| register.journal().recent_sales(1)).expect("readable");
    assert_eq!(recorded.len(), 1);
    shop.gateway().clear_expectations().await;
    shop.expect_sold(owed).await;
    shop.close().await;
}

/// PF-16: forgeries through both doors of the till's page: signed with other keys, with a broken signature, with none,
/// with an amount put in afterwards. No state changes, a counter and an alarm do; a thousand more neither fill the
/// journal nor keep the genuine notice out.
#[tokio::test]
async fn somebody_forges_notices() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA, COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().fail_next_notice(Fault::AlterAmount { amount: 1 });
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    let altered = shop.gateway().order(&qr.number).expect("the order").deliveries[0].body.clone();
    shop.expect_state(&AttemptState::Opened);
    assert_eq!(shop.task(TaskKind::ForgedNotice).amount, 1);

    let genuine = altered.replace("TradeAmt=1&", "TradeAmt=47&");
    let (notice, browser) = (shop.door('n', &qr.number), shop.door('r', &qr.number));
    let phone = shop.phone();
    for forged in forgeries(&genuine).into_iter().chain([altered]) {
        assert_eq!(phone.post(&notice, forged.clone()).await, (200, "0|refused".to_owned()));
        let (status, _) = phone.post(&browser, forged).await;
        assert_eq!(status, 404);
        shop.expect_state(&AttemptState::Opened);
    }
    let before = shop.events();
    for _ in 0..1_000 {
        phone.post(&notice, "MerchantID=3002607&RtnCode=1&CheckMacValue=00").await;
    }
    assert!(shop.events() - before < 10, "junk does not fill the journal");
    assert!(shop.task(TaskKind::ForgedNotice).amount >= 512);
    shop.expect("no money came of any of it", |view| view.closed.is_none() && view.cart.due == owed);

    assert_eq!(phone.post(&notice, genuine).await, (200, "1|OK".to_owned()));
    shop.expect_sold(owed).await;
    shop.resolve(TaskKind::ForgedNotice, TaskChoice::Seen).expect("seen");
    shop.expect("nothing is left to do", |view| view.tasks.is_empty());
    shop.close().await;
}

/// PF-17: a notice with a valid signature and another merchant's number is refused and rings an alarm.
#[tokio::test]
async fn notice_is_another_merchants() {
    let shop = Afternoon::begin().await;
    shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().fail_next_notice(Fault::WrongMerchant { merchant_id: "2000132".to_owned() });
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    shop.expect_state(&AttemptState::Opened);
    assert_eq!(shop.task(TaskKind::OtherMerchant).amount, 1);
    shop.close().await;
}

/// PF-19: somebody presses 模擬付款 in the back office of a shop that takes real money. The sale stays open, an alarm
/// says what it was, and a real payment still closes it. Production never talks to a simulator, so this register is made
/// from the very setup that the settings give production, and the notice is signed here with the shop's own keys.
#[test]
fn simulated_payment_reaches_a_production_till() {
    let merchant = own_merchant();
    let (folder, mut till, now) = production_till();
    let path = folder.path().join("journal.sqlite");

    till.scan(TEA).expect("sold here");
    till.pay_online(Method::Credit, now, &Counting::default()).expect("a QR");
    let number = till.view(now).expect("a view").attempt.expect("an attempt").number;
    let paid = |simulate_paid| Letter { number: &number, amount: 25, rtn_code: "1", simulate_paid }.signed(&merchant);
    let test = till.receive(Door::Notice, paid("1").as_bytes(), now).expect("recorded");
    assert_eq!(test, Received::News);
    let view = till.view(now).expect("a view");
    assert!(view.closed.is_none() && view.cart.due == 25, "{view:?}");
    assert_eq!(view.tasks.iter().map(|task| task.what).collect::<Vec<_>>(), [TaskKind::TestPayment]);
    assert_eq!(till.report_x(now).expect("a report").net, 0);

    let again = till.receive(Door::Browser, paid("1").as_bytes(), now).expect("recorded");
    assert_eq!(again, Received::Nothing, "one alarm is enough");
    let real = till.receive(Door::Notice, paid("0").as_bytes(), now).expect("recorded");
    assert_eq!(real, Received::News);
    let view = till.view(now).expect("a view");
    assert_eq!(view.closed.map(|closed| (closed.total, closed.receipt)), Some((25, ReceiptState::Due)));
    drop(till);
    journal::verify(&path).expect("the journal verifies");
}

/// A till that takes real money, made from the very setup that the settings give production.
fn production_till() -> (tempfile::TempDir, Register, Timestamp) {
    let mut settings = desk::settings::read(desk::settings::STARTING).expect("the starting settings");
    settings.profile = Profile::Production;
    settings.production.merchant_id = Some("3412345".to_owned());
    let setup =
        desk::settings::check(&settings, Profile::Production, None, &own_merchant()).expect("production settings");
    let folder = tempfile::tempdir().expect("a folder");
    let journal = journal::Journal::open(&folder.path().join("journal.sqlite")).expect("a journal").journal;
    let now = Timestamp::from_unix_ms(1_782_795_600_000);
    let mut till = Register::start(setup, journal, now).expect("starts");
    till.set_products(desk::sample_products(), now).expect("products");
    (folder, till, now)
}

/// Somebody presses "seen" on an alarm in the very moment in which another one about the same payment comes in. Only what
/// was on the screen is seen, and pressing again does not see the other one either.
#[test]
fn alarm_comes_while_another_is_being_seen() {
    let merchant = own_merchant();
    let (_folder, mut till, now) = production_till();
    till.scan(TEA).expect("sold here");
    till.pay_online(Method::Credit, now, &Counting::default()).expect("a QR");
    let number = till.view(now).expect("a view").attempt.expect("an attempt").number;
    let hear = |till: &mut Register, amount, simulate_paid| {
        let letter = Letter { number: &number, amount, rtn_code: "1", simulate_paid }.signed(&merchant);
        till.receive(Door::Notice, letter.as_bytes(), now).expect("recorded")
    };
    let shown = |till: &Register| -> Vec<(String, TaskKind)> {
        till.view(now).expect("a view").tasks.into_iter().map(|task| (task.id, task.what)).collect()
    };
    assert_eq!(hear(&mut till, 25, "1"), Received::News);
    let before = shown(&till);
    assert_eq!(before.iter().map(|(_, what)| *what).collect::<Vec<_>>(), [TaskKind::TestPayment]);
    assert_eq!(hear(&mut till, 24, "0"), Received::News);
    till.resolve(&before[0].0, TaskChoice::Seen, now).expect("seen");
    let after = shown(&till);
    assert_eq!(after.iter().map(|(_, what)| *what).collect::<Vec<_>>(), [TaskKind::WrongAmount]);
    let again = till.resolve(&before[0].0, TaskChoice::Seen, now);
    assert!(matches!(again, Err(CommandError::UnknownTask { .. })), "{again:?}");
    assert_eq!(shown(&till), after);
    till.resolve(&after[0].0, TaskChoice::Seen, now).expect("seen");
    assert!(shown(&till).is_empty());
}

/// PF-19, where payments are practised: the same button pays the sale, and the receipt says that no money moved.
#[tokio::test]
async fn simulated_payment_is_marked_on_the_receipt() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().simulate_paid(&qr.number).await.expect("模擬付款");
    shop.expect_sold(owed).await;
    let text = shop.receipt_text();
    assert!(text.contains("測試付款") && text.contains("TEST PAYMENT"), "{text}");
    shop.close().await;
}

/// Chance that is none, but never the same twice.
#[derive(Default)]
struct Counting(AtomicU8);

impl register::Chance for Counting {
    fn draw(&self) -> [u8; 16] {
        [self.0.fetch_add(1, Ordering::SeqCst); 16]
    }
}

/// A notice with a perfect signature says paid, and the gateway itself goes on saying that it is not: what a stolen key
/// looks like. The sale was closed on the notice, as the customer stood there; forty minutes later a person is told.
#[tokio::test]
async fn notice_says_paid_and_the_gateway_denies_it() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    for _ in 0..200 {
        shop.gateway().fail_next_query(QueryFault::Status { status: "0".to_owned() });
    }
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    shop.expect_sold(owed).await;
    shop.pass(Duration::from_secs(30 * 60)).await;
    shop.expect("nobody is troubled yet", |view| view.tasks.is_empty());
    shop.pass(Duration::from_secs(30 * 60)).await;
    assert_eq!(shop.task(TaskKind::PaymentDenied).amount, owed);
    let asked = shop.questions();
    shop.pass(Duration::from_secs(24 * 3_600)).await;
    assert_eq!(shop.questions(), asked, "the gateway is left alone");
    shop.resolve(TaskKind::PaymentDenied, TaskChoice::Seen).expect("seen");
    shop.expect("nothing is left to do", |view| view.tasks.is_empty());
    shop.close().await;
}
