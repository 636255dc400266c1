//! Afternoons in a shop with a relay: pages and notices take the way over it, and the shop goes on without it.

use std::time::Duration;

use ecpay_sim::{DeliveryResult, Method as Pays};
use register::view::{Notice, TaskKind};
use stories::afternoon::{Afternoon, AttemptState, Method};
use stories::letters::Letter;

const TEA: &str = "D04"; // 25
const COLA: &str = "D18"; // 22

/// A customer off the shop's Wi-Fi pays over the relay's page. The notice lies there until the till fetches it; nobody
/// had to ask whether it was paid, only to confirm it. The owner is told, and the page says what became of it.
#[tokio::test]
async fn customer_pays_over_the_relay() {
    let mut shop = Afternoon::begin_with_relay().await;
    let owed = shop.ring_up(&[TEA, COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    let relay = shop.relay().address().to_string();
    assert!(qr.link.starts_with(&format!("http://{relay}/p/")), "{}", qr.link);
    shop.mail().await.expect("published");
    shop.customer().pay(&qr.link, Pays::Credit).await.expect("pays");
    shop.expect("nothing is known before the mail is fetched", |view| view.closed.is_none());
    assert_eq!(shop.mail().await.expect("fetched"), 2, "the notice, and the browser that came back");
    shop.expect_sold(owed).await;
    let deliveries = shop.gateway().order(&qr.number).expect("the order").deliveries;
    assert!(deliveries.iter().all(|delivery| delivery.result == DeliveryResult::Acknowledged), "{deliveries:?}");
    // Acknowledged with the next look, and then not seen again.
    let events = shop.events();
    assert_eq!(shop.mail().await.expect("nothing new"), 0);
    assert_eq!(shop.events(), events);
    assert_eq!(shop.relay().told(), ["Guitai T1: Paid"]);
    shop.close().await;
}

/// PF-07, PF-28: the relay cannot be reached. The page moves to the till at once, the screen says since when and goes on
/// saying only that, and the till asks as a shop without a relay does. When the relay is back, so is everything else.
#[tokio::test]
async fn relay_is_away_for_a_while() {
    let mut shop = Afternoon::begin_with_relay().await;
    let owed = shop.ring_up(&[TEA]);
    let before = shop.show_qr(Method::Credit).await;
    shop.mail().await.expect("published");
    shop.relay().unplug().await;
    assert!(shop.mail().await.is_err());
    let since = shop.view().notices;
    assert!(matches!(since.as_slice(), [Notice::RelayAway { .. }]), "{since:?}");
    let own = shop.shown();
    assert_eq!(own.number, before.number, "the same attempt");
    assert_ne!(own.link, before.link, "its page is the till's now");
    let revision = shop.view().revision;
    for _ in 0..3 {
        assert!(shop.mail().await.is_err());
    }
    assert_eq!((shop.view().notices, shop.view().revision), (since, revision), "said once");

    // The customer pays while it is away: the notice reaches nobody, and asking finds it.
    shop.customer().look(&own.link).await.expect("the till's own page opens");
    shop.gateway().pay_order(&own.number, Pays::Credit).await.expect("paid");
    shop.pass(Duration::from_secs(60)).await;
    shop.expect_sold(owed).await;

    shop.relay().plug_in().await;
    shop.mail().await.expect("it is back");
    shop.expect("nothing is said any more", |view| view.notices.is_empty());
    let relay = shop.relay().address().to_string();
    shop.ring_up(&[COLA]);
    assert!(shop.show_qr(Method::Credit).await.link.contains(&relay));
    shop.cancel();
    shop.close().await;
}

/// PF-08: the answer to a publication is lost with the cable, and the till says the same again: one link, one order.
#[tokio::test]
async fn answer_to_a_publication_is_lost() {
    let mut shop = Afternoon::begin_with_relay().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.mail().await.expect("published");
    // What the till remembers of it is gone as well.
    shop.restart().await;
    shop.mail().await.expect("published again");
    assert_eq!(shop.shown(), qr);
    shop.customer().pay(&qr.link, Pays::Credit).await.expect("pays");
    shop.mail().await.expect("fetched");
    shop.expect_sold(owed).await;
    assert_eq!(shop.gateway().orders().len(), 1);
    shop.close().await;
}

/// PF-10, PF-01: the till is killed with its mail unfetched, comes back a week later, and hears everything that came.
#[tokio::test]
async fn till_is_off_for_a_week() {
    let mut shop = Afternoon::begin_with_relay().await;
    let owed = shop.ring_up(&[TEA, COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.mail().await.expect("published");
    shop.cancel();
    shop.customer().pay(&qr.link, Pays::Credit).await.expect("pays a page that was just cancelled");
    shop.kill().await;
    let week = 7 * 24 * 3_600_000;
    shop.relay().set_clock(week);
    shop.gateway().advance(Duration::from_secs(7 * 24 * 3_600)).await;
    shop.restart().await;
    assert!(shop.mail().await.expect("fetched") >= 1);
    assert_eq!(shop.task(TaskKind::LateMoney).amount, owed);
    assert_eq!(shop.relay().told(), ["Guitai T1: Paid after it was cancelled: please look"]);
    shop.close().await;
}

/// PF-33: the relay's clock is half a year off, and jumps back while a customer pays. Nothing depends on it.
#[tokio::test]
async fn relays_clock_is_wrong() {
    let mut shop = Afternoon::begin_with_relay().await;
    shop.relay().set_clock(4_102_444_800_000);
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.mail().await.expect("published");
    shop.customer().look(&qr.link).await.expect("the page is there");
    shop.relay().set_clock(1_000_000_000_000);
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    shop.mail().await.expect("fetched");
    shop.expect_sold(owed).await;
    shop.close().await;
}

/// PF-16: junk and forgeries come to the mailbox of an attempt. The till hears the genuine notice all the same, and counts
/// the rest.
#[tokio::test]
async fn somebody_fills_the_mailbox() {
    let mut shop = Afternoon::begin_with_relay().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.mail().await.expect("published");
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    let token = shop.door('n', &qr.number);
    let token = token.rsplit('/').next().expect("a token");
    let door = format!("http://{}/n/{token}", shop.relay().address());
    let client = net::Client::new(net::Timeouts::default()).expect("a client");
    for n in 0..100 {
        let reply = client.post_form(&door, format!("RtnCode=1&junk={n}").into_bytes()).await.expect("an answer");
        assert!(reply.body == b"1|OK" || reply.status == 503);
    }
    assert!(shop.mail().await.expect("fetched") <= 34);
    shop.expect("sold for what was owed", |view| view.closed.as_ref().is_some_and(|closed| closed.total == owed));
    shop.close().await;
}

/// The till's key was closed at the relay. The till says so, and sells as one without a relay.
#[tokio::test]
async fn tills_key_is_revoked() {
    let mut shop = Afternoon::begin_with_relay().await;
    shop.relay().revoke().await.expect("revoked");
    assert!(shop.mail().await.is_err());
    shop.expect("the screen says so", |view| matches!(view.notices.as_slice(), [Notice::RelayKey]));
    shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    let relay = shop.relay().address().to_string();
    assert!(!qr.link.contains(&relay));
    shop.expect_state(&AttemptState::Presented);
    shop.cancel();
    shop.close().await;
}

/// PF-03, PF-05: a customer pays two QRs of one sale, and a signed notice names another amount. The owner hears of each,
/// once, without a word about the customer.
#[tokio::test]
async fn owner_hears_of_money_that_needs_a_person() {
    let mut shop = Afternoon::begin_with_relay().await;
    let owed = shop.ring_up(&[TEA]);
    let first = shop.show_qr(Method::Credit).await;
    shop.mail().await.expect("published");
    shop.customer().look(&first.link).await.expect("the page opens");
    let second = shop.show_qr(Method::Twqr).await;
    shop.mail().await.expect("published");
    shop.customer().pay(&second.link, Pays::Twqr).await.expect("pays");
    shop.mail().await.expect("fetched");
    shop.expect_sold(owed).await;
    shop.gateway().pay_order(&first.number, Pays::Credit).await.expect("paid, too");
    shop.mail().await.expect("fetched");
    shop.mail().await.expect("nothing is said twice");
    assert_eq!(shop.relay().told(), ["Guitai T1: Paid", "Guitai T1: Paid twice or too much: please look"]);

    let owed = shop.ring_up(&[COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.mail().await.expect("published");
    shop.customer().look(&qr.link).await.expect("the page opens");
    let letter = Letter { number: &qr.number, amount: owed - 1, rtn_code: "1", simulate_paid: "0" };
    let door = shop.door('n', &qr.number);
    let token = door.rsplit('/').next().expect("a token");
    let door = format!("http://{}/n/{token}", shop.relay().address());
    let (status, said) = shop.phone().post(&door, letter.signed(&ecpay::stage::merchant())).await;
    assert_eq!((status, said.as_str()), (200, "1|OK"), "the relay is blind");
    shop.mail().await.expect("fetched");
    shop.mail().await.expect("nothing is said twice");
    assert_eq!(shop.relay().told()[2..], ["Guitai T1: Another amount than asked: please look"]);
    shop.close().await;
}
