//! Afternoons on which the shop's keys change at ECPay.

use std::time::Duration;

use desk::Old;
use ecpay::{HashIv, HashKey, Merchant};
use ecpay_sim::Method as Pays;
use register::view::TaskKind;
use stories::afternoon::{Afternoon, AttemptState, Method, Shown};
use stories::letters::{Letter, own_merchant};

const TEA: &str = "D04"; // 25
const COLA: &str = "D18"; // 22
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// The pair that takes the place of [`own_merchant`]'s.
fn new_keys() -> Merchant {
    Merchant {
        key: HashKey::parse("NewKeyNewKeyNew1").expect("sixteen characters"),
        iv: HashIv::parse("NewIvNewIvNewIv1").expect("sixteen characters"),
        ..own_merchant()
    }
}

fn paid(number: &str, amount: i64, keys: &Merchant) -> String {
    Letter { number, amount, rtn_code: "1", simulate_paid: "0" }.signed(keys)
}

/// A QR whose page the customer has opened, so that the gateway has the order.
async fn opened_qr(shop: &Afternoon, code: &str) -> Shown {
    shop.ring_up(&[code]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    qr
}

/// PF-69, ECPay first: the keys change there while a customer pays, and nobody has told the till. Its notice is an alarm,
/// not money; its questions bring no answer the till could trust, and the sale is held. With the new pair put in, the
/// first question finds the payment. What was signed with the old pair and is still under way counts, both through the
/// notice's door and through the browser's, for seven days and not one longer.
#[tokio::test]
async fn keys_change_at_ecpay_first() {
    let (old, new) = (own_merchant(), new_keys());
    let mut shop = Afternoon::begin_with_keys(&old).await;
    let first = opened_qr(&shop, TEA).await;
    assert!(shop.gateway().set_keys(new.clone()));
    shop.gateway().pay_order(&first.number, Pays::Credit).await.expect("paid");
    let (phone, door) = (shop.phone(), shop.door('n', &first.number));
    assert_eq!(phone.post(&door, paid(&first.number, 25, &new)).await, (200, "0|refused".to_owned()));
    assert_eq!(shop.task(TaskKind::ForgedNotice).amount, 1, "an alarm at the first");
    shop.settle().await;
    assert_eq!(shop.questions(), 1, "and a question at once");
    shop.expect("nothing is sold, nobody pays again", |view| {
        view.closed.is_none() && view.attempt.as_ref().is_some_and(|attempt| attempt.held)
    });

    shop.put_keys_in(&new, Old::TakenForAWhile);
    shop.restart().await;
    shop.pass(Duration::from_secs(1)).await;
    shop.expect_sold(25).await;
    assert_eq!(shop.questions(), 2);

    let second = opened_qr(&shop, COLA).await;
    let (phone, door) = (shop.phone(), shop.door('r', &second.number));
    phone.post(&door, paid(&second.number, 22, &old)).await;
    shop.expect_state(&AttemptState::Confirming);
    let door = shop.door('n', &second.number);
    assert_eq!(phone.post(&door, paid(&second.number, 22, &old)).await, (200, "1|OK".to_owned()));
    shop.gateway().pay_order(&second.number, Pays::Credit).await.expect("as the letter says");
    shop.expect_sold(22).await;

    shop.gateway().advance(7 * DAY).await;
    let third = opened_qr(&shop, TEA).await;
    let door = shop.door('n', &third.number);
    assert_eq!(phone.post(&door, paid(&third.number, 25, &old)).await, (200, "0|refused".to_owned()));
    assert_eq!(phone.post(&door, paid(&third.number, 25, &new)).await, (200, "1|OK".to_owned()));
    shop.gateway().pay_order(&third.number, Pays::Credit).await.expect("as the letter says");
    shop.expect_sold(25).await;
    shop.close().await;
}

/// PF-69, the till first: the new pair is in, and ECPay changes over an hour later. Meanwhile its answers are signed with
/// the old pair and say that the till's signature is wrong: that is understood, is no answer about the order, and neither
/// holds the sale nor denies a payment. A notice signed with the old pair closes it. After the change the questions work
/// again.
#[tokio::test]
async fn keys_change_at_the_till_first() {
    let (old, new) = (own_merchant(), new_keys());
    let mut shop = Afternoon::begin_with_keys(&old).await;
    let qr = opened_qr(&shop, TEA).await;
    shop.put_keys_in(&new, Old::TakenForAWhile);
    shop.restart().await;
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    shop.pass(Duration::from_secs(30)).await;
    assert!(shop.questions() > 0);
    shop.expect_state(&AttemptState::Opened);
    let (phone, door) = (shop.phone(), shop.door('n', &qr.number));
    assert_eq!(phone.post(&door, paid(&qr.number, 25, &old)).await, (200, "1|OK".to_owned()));
    shop.expect_sold(25).await;
    shop.pass(Duration::from_secs(3_600)).await;
    shop.expect("nobody is alarmed by answers about keys", |view| view.tasks.is_empty());

    assert!(shop.gateway().set_keys(new));
    let next = opened_qr(&shop, COLA).await;
    shop.gateway().pay_order(&next.number, Pays::Credit).await.expect("paid");
    shop.pass(Duration::from_secs(10)).await;
    shop.expect_sold(22).await;
    shop.close().await;
}

/// PF-69, because the old keys have leaked: then they open nothing from the next start on.
#[tokio::test]
async fn keys_change_because_they_leaked() {
    let (old, new) = (own_merchant(), new_keys());
    let mut shop = Afternoon::begin_with_keys(&old).await;
    let qr = opened_qr(&shop, TEA).await;
    shop.gateway().set_keys(new.clone());
    shop.put_keys_in(&new, Old::Leaked);
    shop.restart().await;
    let (phone, door) = (shop.phone(), shop.door('n', &qr.number));
    assert_eq!(phone.post(&door, paid(&qr.number, 25, &old)).await, (200, "0|refused".to_owned()));
    shop.expect("nothing is sold", |view| view.closed.is_none());
    assert_eq!(phone.post(&door, paid(&qr.number, 25, &new)).await, (200, "1|OK".to_owned()));
    shop.close().await;
}
