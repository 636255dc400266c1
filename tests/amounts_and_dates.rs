//! Afternoons about how much and when: odd amounts, limits, the same page twice, midnight, receipts asked for later.

use std::time::Duration;

use ecpay_sim::{Fault, Method as Pays, QueryFault};
use register::CommandError;
use register::view::{AttemptState, TaskKind, UnknownWhy};
use stories::afternoon::{Afternoon, Method};

const TEA: &str = "D04"; // 25
const COLA: &str = "D18"; // 22

/// PF-06: a rightly signed notice names 3,000 where 300 was asked. More money than asked for is as wrong as less: nothing
/// is sold on it, and a person is told the amount.
#[tokio::test]
async fn notice_names_ten_times_the_amount() {
    let shop = Afternoon::begin().await;
    assert_eq!(shop.ring_up(&["12*D04"]), 300);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().fail_next_notice(Fault::WrongAmount { amount: 3_000 });
    for _ in 0..4 {
        shop.gateway().fail_next_query(QueryFault::WrongAmount { amount: 3_000 });
    }
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    shop.settle().await;
    shop.expect_state(&AttemptState::Unknown { why: UnknownWhy::WrongAmount });
    assert_eq!(shop.task(TaskKind::WrongAmount).amount, 3_000);
    shop.expect("nothing is sold", |view| view.closed.is_none() && view.cart.due == 300);
    shop.close().await;
}

/// PF-08: the customer's phone fetches the page, loses it, and fetches it again. It is the same page for the same number,
/// and the gateway has one order.
#[tokio::test]
async fn page_is_fetched_twice() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    let link = qr.link.rsplit('/').next().expect("a link").to_owned();
    let fetch = || shop.at_till(|register, ports| register.page(&link, ports.clock.now()));
    let first = fetch().expect("readable").expect("a page");
    shop.pass(Duration::from_secs(20)).await;
    let second = fetch().expect("readable").expect("a page");
    assert_eq!(first.fields, second.fields, "not a byte of the signed form differs");
    assert_eq!(second.fields.get("MerchantTradeNo"), Some(qr.number.as_str()));
    shop.customer().pay(&qr.link, Pays::Credit).await.expect("pays");
    shop.expect_sold(owed).await;
    assert_eq!(shop.gateway().orders().len(), 1);
    shop.close().await;
}

/// PF-62: somebody else pays the customer's QR. Whoever pays, the number and the amount bind it to this sale alone.
#[tokio::test]
async fn a_friend_pays_the_customers_qr() {
    let shop = Afternoon::begin().await;
    let tea = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the customer looks at it");
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the friend pays");
    shop.expect_sold(tea).await;
    let report = shop.report();
    assert_eq!((report.count, report.net, report.tenders[0].tender.as_str()), (1, tea, "credit"));
    shop.close().await;
}

/// PF-74: an amount that a method does not take. The choice is closed and says the number; asking all the same is
/// refused with it, and nothing was made.
#[tokio::test]
async fn amount_is_below_what_a_store_code_takes() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let choices = shop.at_till(|register, _| register.methods());
    let cvs = choices.iter().find(|choice| choice.method == Method::Cvs).expect("a choice");
    assert_eq!((cvs.open, cvs.min), (false, 33));
    assert!(choices.iter().any(|choice| choice.method == Method::Credit && choice.open));
    let refused = shop.ask_online(Method::Cvs);
    assert_eq!(refused, Err(CommandError::AmountOutOfLimits { method: Method::Cvs, min: 33, max: 6_000 }));
    shop.expect("nothing was made", |view| view.attempt.is_none() && view.cart.sale.is_none() && view.cart.due == owed);
    shop.close().await;
}

/// PF-34: half past midnight in Taipei, on a machine that keeps UTC. The order carries Taipei's date, and the sale counts
/// in Taipei's hour.
#[tokio::test]
async fn sale_at_half_past_midnight() {
    let shop = Afternoon::begin().await;
    let until_midnight = {
        let taipei = shop.now().taipei();
        let seconds = u64::from(taipei.hour()) * 3_600 + u64::from(taipei.minute()) * 60 + u64::from(taipei.second());
        Duration::from_secs(24 * 3_600 - seconds)
    };
    shop.pass(until_midnight + Duration::from_secs(30 * 60)).await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    let link = qr.link.rsplit('/').next().expect("a link").to_owned();
    let page = shop.at_till(|register, ports| register.page(&link, ports.clock.now()));
    let page = page.expect("readable").expect("a page");
    let date = shop.now().to_string().replace('-', "/");
    assert!(date.contains(" 00:3"), "{date}");
    assert_eq!(page.fields.get("MerchantTradeDate"), Some(date.as_str()));
    shop.customer().pay(&qr.link, Pays::Credit).await.expect("pays");
    shop.expect_sold(owed).await;
    let hours = shop.report().hours;
    assert_eq!((hours.len(), hours[0].hour.as_str(), hours[0].net), (1, "00", owed));
    shop.close().await;
}

/// PF-79: the customer has paid and the phone is dead before the receipt was seen. The sale is on the list of recent ones
/// with its amount and time, and its receipt can be shown again without a copy being made.
#[tokio::test]
async fn customer_comes_back_for_the_receipt() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA, COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().pay(&qr.link, Pays::Credit).await.expect("pays");
    shop.expect_sold(owed).await;
    let closed_ms = shop.view().closed.expect("closed").closed_ms;
    shop.ring_up(&[COLA]);
    shop.pay_cash(22).expect("the next customer");
    shop.settle().await;

    let recent = shop.at_till(|register, _| register.recent()).expect("readable");
    let found = recent.iter().find(|sale| sale.total == owed && sale.closed_ms == closed_ms).expect("on the list");
    let events = shop.events();
    let (_, document) = shop.at_till(|register, _| register.original(&found.sale)).expect("its receipt");
    assert_eq!(document.marks.iter().filter(|mark| matches!(mark, paper::receipt::Mark::Copy(_))).count(), 0);
    assert_eq!(shop.events(), events, "looking is not recorded");
    shop.close().await;
}
