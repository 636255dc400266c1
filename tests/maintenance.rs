//! Afternoons on which the gateway itself is out of service.

use std::time::Duration;

use ecpay_sim::Method as Pays;
use register::CommandError;
use register::view::{Notice, TaskKind};
use stories::afternoon::{Afternoon, AttemptState, Method, UnknownWhy};

const TEA: &str = "D04"; // 25
const COLA: &str = "D18"; // 22
const MINUTE: Duration = Duration::from_secs(60);

/// PF-81: ECPay has announced maintenance from 13:05 to 13:25. The till says so and until when, offers no QR, takes cash,
/// and goes on asking about what was given up before, at a slower pace; when it is over everything is as before, and the
/// payment that fell into it is found.
#[tokio::test]
async fn gateway_has_announced_maintenance() {
    let mut shop = Afternoon::begin_without_notices().await;
    shop.announce_maintenance("2026-06-30 13:05", "2026-06-30 13:25");
    shop.restart().await;
    let begins = shop.now().plus(5 * MINUTE);
    let until_ms = shop.now().plus(25 * MINUTE).unix_ms();
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.cancel();
    shop.pay_cash(owed).expect("cash instead");
    shop.expect_sold(owed).await;
    shop.expect("nothing of it yet", |view| view.notices.is_empty());

    let drawn = shop.view().revision;
    shop.pass(begins.since(shop.now())).await;
    shop.gateway().set_maintenance(true);
    let told = |view: &register::view::View| view.notices == [Notice::GatewayMaintenance { until_ms }];
    shop.expect("the screen says until when, and was told to draw it", |view| told(view) && view.revision > drawn);
    let asked = shop.questions();
    let owed = shop.ring_up(&[COLA]);
    let choices = shop.at_till(|register, _| register.methods());
    assert!(choices.iter().all(|choice| !choice.open && choice.back_ms == Some(until_ms)), "{choices:?}");
    assert_eq!(shop.ask_online(Method::Credit), Err(CommandError::GatewayMaintenance { until_ms }));
    shop.pay_cash(owed).expect("cash works");
    shop.expect_sold(owed).await;
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the given-up page is paid all the same");
    shop.pass(19 * MINUTE).await;
    let meanwhile = shop.questions() - asked;
    assert!((1..=4).contains(&meanwhile), "asked on, seldom: {meanwhile}");
    shop.expect("that they brought nothing is no second line", told);

    shop.gateway().set_maintenance(false);
    shop.pass(MINUTE).await;
    shop.expect("it is over", |view| view.notices.is_empty());
    shop.pass(10 * MINUTE).await;
    assert_eq!(shop.task(TaskKind::SecondPayment).amount, 25);
    shop.ring_up(&[TEA]);
    let choices = shop.at_till(|register, _| register.methods());
    assert!(choices.iter().any(|choice| choice.open) && choices.iter().all(|choice| choice.back_ms.is_none()));
    shop.ask_online(Method::Credit).expect("as before");
    shop.close().await;
}

/// PF-81, unannounced: HTTP 503 and a page for people where an answer belongs. That is no answer, so nobody knows; the
/// screen says since when it has been like this, and the first real answer ends it.
#[tokio::test]
async fn gateway_is_out_of_order() {
    let shop = Afternoon::begin_without_notices().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().set_maintenance(true);
    shop.pass(Duration::from_secs(10)).await;
    let since_ms = shop.now().unix_ms();
    shop.expect_state(&AttemptState::Unknown { why: UnknownWhy::NoAnswer });
    shop.pass(MINUTE).await;
    shop.expect("since when", |view| view.notices == [Notice::GatewayOut { since_ms }]);
    assert!(matches!(shop.ask_online(Method::Twqr), Err(CommandError::OutcomeUnknown { .. })));
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid all the same");
    shop.gateway().set_maintenance(false);
    shop.pass(Duration::from_secs(10)).await;
    shop.expect_sold(owed).await;
    shop.expect("and no word of it any more", |view| view.notices.is_empty());
    shop.close().await;
}
