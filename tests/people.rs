//! Afternoons on which it matters who is at the till: a lock, a PIN, and somebody's word where the gateway gives none.

use std::time::Duration;

use ecpay_sim::Method as Pays;
use register::view::{Act, Role, TaskChoice, TaskKind};
use register::{CommandError, Consent, Pin};
use stories::afternoon::{Afternoon, Method, Notices};

const TEA: &str = "D04"; // 25
const CASHIER: (&str, &str) = ("fang", "1234");
const SUPERVISOR: (&str, &str) = ("zhang", "2345");
const OWNER: (&str, &str) = ("chen", "3456");

fn pin(text: &str) -> Pin {
    Pin::from(text.to_owned())
}

fn word_of((person, digits): (&str, &str), reason: &str) -> Consent {
    Consent { person: person.to_owned(), pin: pin(digits), reason: reason.to_owned() }
}

/// The sample shop with its people, on a line that notices do not come through; its cashier is at the till.
async fn begin() -> Afternoon {
    Afternoon::begin_attended(Notices::ReachNobody).await
}

/// A payment nobody knows the end of is on the screen; the customer has paid it. Says how much, and its number.
async fn unknown_payment(shop: &mut Afternoon) -> (i64, String) {
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.unplug().await;
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid, though nobody can see it");
    shop.pass(Duration::from_secs(30)).await;
    shop.expect("nobody knows", |view| view.attempt.as_ref().is_some_and(|attempt| attempt.held));
    (owed, qr.number)
}

fn release(shop: &Afternoon, consent: Option<&Consent>) -> Result<(), CommandError> {
    shop.counter(consent, |register, ports| register.release("", "", ports.clock.now()))
}

/// PF-07: a second way to pay takes a supervisor's PIN and reason, in place. The cashier stays signed in, the journal says
/// who let whom do what and why, in the commit in which it was done.
#[tokio::test]
async fn manager_releases_with_a_pin_and_the_cashier_goes_on() {
    let mut shop = begin().await;
    let (owed, _) = unknown_payment(&mut shop).await;
    let needed = CommandError::ApprovalNeeded { what: Act::OverrideUnknown };
    assert_eq!(release(&shop, None), Err(needed));
    let own = release(&shop, Some(&word_of(CASHIER, "沒扣款")));
    assert!(matches!(own, Err(CommandError::NotAllowed { .. })), "not on a cashier's own word: {own:?}");
    assert!(release(&shop, Some(&word_of(SUPERVISOR, "  "))).is_err(), "not without a reason");
    let before = shop.events();
    release(&shop, Some(&word_of(SUPERVISOR, "手機顯示未扣款"))).expect("released");
    assert!(shop.events() >= before + 3, "approved, released and withdrawn");
    shop.pay_cash(owed).expect("cash is taken");
    shop.expect_sold(owed).await;
    let cashier = shop.view().people.at_till;
    assert_eq!(cashier.as_deref(), Some(CASHIER.0), "it was for one command");

    shop.plug_in().await;
    shop.pass(Duration::from_secs(3 * 3_600)).await;
    assert_eq!(shop.task(TaskKind::SecondPayment).amount, owed, "and the first payment is not lost");
    shop.close().await;
}

/// PF-60: the customer shows a screenshot of success while the till has no answer. A supervisor accepts it with PIN and
/// reason: the sale closes and says everywhere that it is unverified, the gateway is asked on, and what it says in the end
/// takes the mark away.
#[tokio::test]
async fn screenshot_is_accepted_unverified_until_the_gateway_agrees() {
    let mut shop = begin().await;
    let (owed, number) = unknown_payment(&mut shop).await;
    let vouch = |shop: &Afternoon, consent: Option<&Consent>| {
        shop.counter(consent, |register, ports| register.vouch(&number, "", "", ports.clock.now()))
    };
    let needed = CommandError::ApprovalNeeded { what: Act::OverrideUnknown };
    assert_eq!(vouch(&shop, None), Err(needed));
    vouch(&shop, Some(&word_of(SUPERVISOR, "看過顧客的付款成功畫面"))).expect("accepted");
    shop.settle().await;
    let view = shop.view();
    let closed = view.closed.as_ref().expect("the sale is closed");
    assert!(closed.unverified && closed.total == owed, "{closed:?}");
    assert!(shop.receipt_text().contains("未驗證"), "the paper says so: {}", shop.receipt_text());
    assert_eq!((shop.report().net, shop.report().unverified, shop.report().unverified_count), (owed, owed, 1));
    let recent = shop.at_till(|register, _| register.recent()).expect("readable");
    assert!(recent[0].unverified);
    shop.expect("it is still watched", |view| view.watched.iter().any(|each| each.unverified && !each.held));

    // The mark outlasts a restart, and so do the questions.
    shop.restart().await;
    shop.plug_in().await;
    shop.pass(Duration::from_secs(60)).await;
    let recent = shop.at_till(|register, _| register.recent()).expect("readable");
    assert!(!recent[0].unverified, "the gateway has answered");
    assert_eq!((shop.report().net, shop.report().unverified), (owed, 0), "counted once");
    shop.expect("nothing is left to do", |view| view.tasks.is_empty() && view.watched.is_empty());
    shop.close().await;
}

/// PF-60, the other end: the screenshot was a forgery. The gateway never says paid, and a day later the owner is told
/// what that word has cost.
#[tokio::test]
async fn screenshot_was_forged_and_the_owner_is_told() {
    let shop = begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens, and nobody pays");
    shop.pass(Duration::from_secs(20)).await;
    let consent = word_of(OWNER, "看過畫面");
    shop.counter(Some(&consent), |register, ports| register.vouch(&qr.number, "", "", ports.clock.now()))
        .expect("accepted");
    shop.pass(Duration::from_secs(27 * 3_600)).await;
    assert_eq!(shop.task(TaskKind::NeverConfirmed).amount, owed);
    assert_eq!(shop.report().unverified, owed, "and the report goes on saying so");
    shop.close().await;
}

/// Ten wrong PINs under the owner's name: the wait grows, is the same after the program was started again, and holds for
/// the right PIN too; the owner finds it among the tasks.
#[tokio::test]
async fn wrong_pins_are_slowed_down_across_a_restart() {
    let mut shop = begin().await;
    let try_pin = |shop: &Afternoon, digits: &str| shop.shared().sign_in(OWNER.0, &pin(digits));
    for _ in 0..2 {
        assert_eq!(try_pin(&shop, "9999"), Err(CommandError::WrongPin { until_ms: None }));
    }
    let until_ms = shop.now().unix_ms() + 30_000;
    assert_eq!(try_pin(&shop, "9999"), Err(CommandError::WrongPin { until_ms: Some(until_ms) }));
    assert_eq!(try_pin(&shop, OWNER.1), Err(CommandError::PinWait { until_ms }), "not even looked at");
    shop.restart().await;
    assert_eq!(try_pin(&shop, OWNER.1), Err(CommandError::PinWait { until_ms }), "a restart earns nothing");
    shop.shared().sign_in(SUPERVISOR.0, &pin(SUPERVISOR.1)).expect("nobody else has to wait");
    let mut waits = Vec::new();
    for _ in 3..10 {
        let until = shop.view().people.everyone.iter().find_map(|person| person.wait_until_ms);
        let wait = until.map_or(0, |until| until - shop.now().unix_ms());
        waits.push(wait / 1000);
        shop.pass(Duration::from_millis(u64::try_from(wait).expect("to come"))).await;
        assert!(matches!(try_pin(&shop, "9999"), Err(CommandError::WrongPin { .. })));
    }
    assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1_800]);
    let task = shop.task(TaskKind::WrongPins);
    assert_eq!((task.amount, task.person.as_deref()), (10, Some("陳店長")));
    let seen = |consent: Option<&Consent>| {
        shop.counter(consent, |register, ports| register.resolve(&task.id, TaskChoice::Seen, ports.clock.now()))
    };
    // The till has been left alone for half an hour.
    shop.shared().sign_in(CASHIER.0, &pin(CASHIER.1)).expect("the cashier");
    assert_eq!(seen(None), Err(CommandError::ApprovalNeeded { what: Act::People }), "it is the owner's");
    shop.pass(Duration::from_secs(1_800)).await;
    shop.shared().sign_in(OWNER.0, &pin(OWNER.1)).expect("the right one, after the wait");
    seen(None).expect("the owner is at the till");
    shop.expect("seen", |view| view.tasks.is_empty());
    shop.close().await;
}

/// A locked till takes nothing: no scan, no cash, no report. It locks on a key and when it is left alone, not while a
/// customer is paying, and what comes from the gateway comes in all the same.
#[tokio::test]
async fn locked_till_takes_nothing() {
    let shop = begin().await;
    let owed = shop.ring_up(&[TEA]);
    shop.at_till(|register, _| register.lock());
    shop.expect("the cart is still there", |view| view.people.locked && view.cart.lines.len() == 1);
    let scanned = shop.counter(None, |register, _| register.scan(TEA));
    assert_eq!(scanned, Err(CommandError::Locked));
    let paid = shop.counter(None, |register, ports| register.pay_cash(owed, ports.clock.now()));
    assert_eq!(paid, Err(CommandError::Locked));
    assert_eq!(
        shop.counter(None, |register, ports| register.report_x(ports.clock.now())).err(),
        Some(CommandError::Locked)
    );
    let consented =
        shop.counter(Some(&word_of(OWNER, "x")), |register, ports| register.pay_cash(owed, ports.clock.now()));
    assert_eq!(consented, Err(CommandError::Locked), "a consent is no way in");
    assert!(matches!(shop.shared().sign_in(CASHIER.0, &pin("4321")), Err(CommandError::WrongPin { .. })));
    shop.shared().sign_in(CASHIER.0, &pin(CASHIER.1)).expect("back");

    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.pass(Duration::from_secs(9 * 60)).await;
    shop.expect("a customer is paying", |view| !view.people.locked);
    shop.at_till(|register, _| register.lock());
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    shop.pass(Duration::from_secs(60)).await;
    shop.expect_sold(owed).await;
    shop.shared().sign_in(CASHIER.0, &pin(CASHIER.1)).expect("back");
    shop.pass(Duration::from_secs(5 * 60)).await;
    shop.expect("left alone", |view| view.people.locked);
    shop.close().await;
}

/// Giving a sale up after money was asked for takes a consent; the supervisor at the till needs nobody else's.
#[tokio::test]
async fn giving_up_a_sale_after_money_was_asked_for_takes_a_consent() {
    let shop = begin().await;
    shop.ring_up(&[TEA]);
    shop.counter(None, |register, ports| register.clear(ports.clock.now())).expect("nothing was asked for yet");
    shop.ring_up(&[TEA, TEA]);
    shop.show_qr(Method::Credit).await;
    shop.cancel();
    let line = shop.view().cart.lines[0].line;
    let fewer = |consent: Option<&Consent>| shop.counter(consent, |register, _| register.set_quantity(line, 1));
    assert_eq!(fewer(None), Err(CommandError::ApprovalNeeded { what: Act::VoidLine }));
    fewer(Some(&word_of(SUPERVISOR, "客人少買一件"))).expect("one fewer");
    let clear = || shop.counter(None, |register, ports| register.clear(ports.clock.now()));
    assert_eq!(clear(), Err(CommandError::ApprovalNeeded { what: Act::VoidSale }));
    shop.shared().sign_in(SUPERVISOR.0, &pin(SUPERVISOR.1)).expect("the supervisor takes over");
    clear().expect("given up");
    shop.close().await;
}

/// The first day: nobody is registered and nothing is asked. The first person is the owner, who is then at the till; the
/// last owner stays; a task shows who sees to it.
#[tokio::test]
async fn the_first_person_is_the_owner_and_the_last_owner_stays() {
    let shop = Afternoon::begin_attended(Notices::Arrive).await;
    let add = |name: &str, role: Role, digits: &str, consent: Option<&Consent>| {
        shop.shared().add_person(name, role.into(), &pin(digits), consent)
    };
    assert_eq!(add("阿明", Role::Cashier, "8520", None), Err(CommandError::ApprovalNeeded { what: Act::People }));
    add("阿明", Role::Cashier, "8520", Some(&word_of(OWNER, "新人"))).expect("added");
    assert!(add("阿明", Role::Cashier, "8520", Some(&word_of(OWNER, "新人"))).is_err(), "the name is taken");
    assert!(add("小華", Role::Cashier, "1111", Some(&word_of(OWNER, "新人"))).is_err(), "tried first by everybody");
    let ming = shop.view().people.everyone.last().expect("somebody").id.clone();
    shop.shared().sign_in(&ming, &pin("8520")).expect("signed in");
    shop.expect("the receipt will name them", |view| view.till.cashier == "阿明");
    let owner = word_of(OWNER, "離職");
    let retire =
        |who: &str| shop.counter(Some(&owner), |register, ports| register.retire_person(who, ports.clock.now()));
    assert!(retire(OWNER.0).is_err(), "one owner has to stay");
    retire(&ming).expect("gone");
    shop.expect("and the till is locked behind them", |view| view.people.locked);
    shop.close().await;
}
