//! Whom the till collects for: keys are put in and tried, and the till sells in another world from the next start on.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use desk::{Desk, GivenKeys, Home, Opening, Passphrase, Typed};
use ecpay_sim::{Options, Simulator};
use register::view::{Act, KeysProblem, KeysState, KeysTest, Method};
use register::{Clock, CommandError, Consent, Pin, Profile};
use stories::letters::own_merchant;
use tempfile::TempDir;
use till::time::Timestamp;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const NOON_MS: i64 = 1_782_792_000_000;
const KEY: &str = "0123456789abcdef";
const IV: &str = "fedcba9876543210";

struct Hands(Arc<AtomicI64>);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.0.load(Ordering::SeqCst))
    }
}

/// A training till of the sample shop, its cashier at the till, with a gateway that knows the shop's own merchant.
struct Shop {
    folder: TempDir,
    clock: Arc<AtomicI64>,
    gateway: Simulator,
    serving: JoinHandle<()>,
    desk: Desk,
}

async fn open() -> Shop {
    let clock = Arc::new(AtomicI64::new(NOON_MS));
    let gateways_clock = ecpay_sim::Clock::Manual(Arc::new(AtomicI64::new(NOON_MS)));
    let options = Options { clock: gateways_clock, merchants: vec![own_merchant()], ..Options::default() };
    let gateway = Simulator::new(options, desk::courier().expect("a client"));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    let serves = gateway.clone();
    let serving = tokio::spawn(async move { serves.serve(listener).await.expect("loopback serves") });
    let folder = tempfile::tempdir().expect("a folder");
    let settings = desk::settings::STARTING
        .replace("127.0.0.1:8688", "127.0.0.1:0")
        .replace("lock_after_minutes = 5", "lock_after_minutes = 0");
    fs::write(Home::at(folder.path()).settings(), settings).expect("settings");
    let opening = Opening {
        gateway: Some(url),
        clock: Some(Arc::new(Hands(Arc::clone(&clock)))),
        by_hand: true,
        attended: true,
        ..Opening::default()
    };
    let desk = Desk::open(Home::at(folder.path()), opening).await.expect("the till opens");
    Shop { folder, clock, gateway, serving, desk }
}

impl Shop {
    async fn try_keys(&self, given: &GivenKeys) -> KeysTest {
        self.desk.try_keys(Profile::Production, Some(given)).await.expect("an answer")
    }

    /// Everything that is written down anywhere in the till's folder, as text.
    fn everything(&self) -> Vec<u8> {
        fn read(folder: &std::path::Path, into: &mut Vec<u8>) {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() { read(&path, into) } else { into.extend(fs::read(path).expect("a file")) }
            }
        }
        let mut all = Vec::new();
        read(self.folder.path(), &mut all);
        all
    }
}

fn given(merchant: &str, key: &str) -> GivenKeys {
    GivenKeys {
        merchant: merchant.to_owned(),
        key: Typed::from(key.to_owned()),
        iv: Typed::from(IV.to_owned()),
        passphrase: Typed::from("correct horse".to_owned()),
        leaked: false,
    }
}

fn owners_word() -> Consent {
    Consent { person: "chen".to_owned(), pin: Pin::from("3456".to_owned()), reason: "開始收款".to_owned() }
}

fn refused(why: KeysProblem) -> CommandError {
    CommandError::KeysRefused { why }
}

/// PF-69: the owner copies a pair from ECPay's console. Before it is kept, one question about an order that cannot exist says
/// whether it is the right one, and if not, why: nothing else is asked, and nothing moves.
#[tokio::test]
async fn a_pair_is_tried_before_it_is_kept() {
    let shop = open().await;
    assert_eq!(shop.try_keys(&given("3412345", KEY)).await, KeysTest::Works { merchant: "3412345".to_owned() });
    assert_eq!(shop.try_keys(&given("3412345", "fedcba9876543210")).await, KeysTest::WrongKeys);
    assert_eq!(shop.try_keys(&given("3499999", KEY)).await, KeysTest::NoSuchMerchant);
    assert_eq!(shop.try_keys(&given("3412345", "ejCk326UnaZWKisg")).await, KeysTest::OtherProduct);
    assert_eq!(shop.try_keys(&given("3002607", "pwFHCqoQZGmho4w6")).await, KeysTest::PublicKeys);
    let none = shop.desk.try_keys(Profile::Production, None).await;
    assert_eq!(none, Ok(KeysTest::NoKeys));
    for (merchant, key, why) in [("34", KEY, KeysProblem::Merchant), ("3412345", "short", KeysProblem::Key)] {
        let tried = shop.desk.try_keys(Profile::Stage, Some(&given(merchant, key))).await;
        assert_eq!(tried, Err(refused(why)));
    }
    let orders = shop.desk.shared().with(|register, _| register.under_way());
    assert_eq!(orders, 0);
}

/// PF-32: the computer's clock is ten minutes ahead. The keys may be right: it is the clock that is named.
#[tokio::test]
async fn clock_is_off_while_keys_are_tried() {
    let shop = open().await;
    shop.clock.fetch_add(600_000, Ordering::SeqCst);
    assert_eq!(shop.try_keys(&given("3412345", KEY)).await, KeysTest::ClockOff { minutes: 10 });
    shop.clock.fetch_sub(1_200_000, Ordering::SeqCst);
    assert_eq!(shop.try_keys(&given("3412345", KEY)).await, KeysTest::ClockOff { minutes: -10 });
}

/// The gateway refuses every question, is being worked on, or cannot be reached: that says nothing about the keys.
#[tokio::test]
async fn gateway_does_not_answer_while_keys_are_tried() {
    let shop = open().await;
    shop.gateway.set_maintenance(true);
    assert_eq!(shop.try_keys(&given("3412345", KEY)).await, KeysTest::OutOfOrder);
    shop.gateway.set_maintenance(false);
    shop.gateway.force_403("3412345");
    assert_eq!(shop.try_keys(&given("3412345", KEY)).await, KeysTest::Refused);
    shop.serving.abort();
    while !shop.serving.is_finished() {
        tokio::task::yield_now().await;
    }
    assert_eq!(shop.try_keys(&given("3412345", KEY)).await, KeysTest::NotReached);
}

/// Keys are kept on the owner's word alone, each time, and can then be read nowhere: not in the settings, not in the journal,
/// not in the file they are sealed in.
#[tokio::test]
async fn keys_are_kept_and_shown_nowhere() {
    let shop = open().await;
    let keep = |consent: Option<&Consent>| {
        shop.desk.keep_keys(Profile::Production, &given("3412345", KEY), consent).map(|look| look.production)
    };
    assert_eq!(keep(None), Err(CommandError::ApprovalNeeded { what: Act::Collecting }));
    let look = keep(Some(&owners_word())).expect("kept");
    assert_eq!((look.merchant.as_deref(), look.keys), (Some("3412345"), KeysState::Locked));
    let everything = shop.everything();
    let has = |text: &str| everything.windows(text.len()).any(|bytes| bytes == text.as_bytes());
    assert!(has("3412345") && has("settings_changed") && has("production.keys"), "who did what is on record");
    assert!(!has(KEY) && !has(IV), "and the keys are not");
    let settings = fs::read_to_string(shop.desk.home().settings()).expect("the settings");
    assert!(settings.contains("merchant_id = \"3412345\""), "{settings}");
    let public = shop.desk.keep_keys(Profile::Production, &given("3002607", "pwFHCqoQZGmho4w6"), Some(&owners_word()));
    assert_eq!(public, Err(refused(KeysProblem::Public)));
}

/// From practice to money: not without keys, not while a customer is paying, and not without the owner. Then it counts from
/// the next start on.
#[tokio::test]
async fn the_till_collects_from_the_next_start_on() {
    let shop = open().await;
    let switch = || shop.desk.switch_profile(Profile::Production, Some(&owners_word()));
    assert_eq!(switch(), Err(refused(KeysProblem::Missing)));
    let given = given("3412345", KEY);
    shop.desk.keep_keys(Profile::Production, &given, Some(&owners_word())).expect("kept");
    shop.desk
        .shared()
        .with(|register, ports| {
            register.scan("D04")?;
            register.pay_online(Method::Credit, ports.clock.now(), ports.chance.as_ref())
        })
        .expect("a payment");
    assert_eq!(switch(), Err(CommandError::PaymentsUnderWay { count: 1 }));
    shop.desk.shared().with(|register, ports| register.cancel_payment(ports.clock.now())).expect("cancelled");
    let alone = shop.desk.switch_profile(Profile::Production, None);
    assert_eq!(alone, Err(CommandError::ApprovalNeeded { what: Act::Collecting }));
    let look = switch().expect("switched");
    assert_eq!((look.profile, look.next), (Profile::Training, Profile::Production));
    assert!(shop.desk.settings().expect("a look").waits);
    let Shop { folder, desk, .. } = shop;
    drop(desk);
    let passphrase = Passphrase::new("correct horse".to_owned()).expect("long enough");
    let opening = Opening { passphrase: Some(passphrase), by_hand: true, attended: true, ..Opening::default() };
    let desk = Desk::open(Home::at(folder.path()), opening).await.expect("the till opens");
    assert_eq!(desk.profile(), Profile::Production);
    assert_eq!(desk.shared().with(|register, _| register.setup().merchant.id.to_string()), "3412345");
}
