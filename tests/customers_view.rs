//! What the customer is shown while a sale goes well, or does not: never more than is known, never asked to pay twice,
//! and nothing of the till.

use std::time::Duration;

use ecpay_sim::{Fault, Method as Pays};
use register::view::display::{Display, PayStep, Shows};
use register::view::{TaskChoice, TaskKind};
use stories::afternoon::{Afternoon, Method};

const TEA: &str = "D04"; // 25
const COLA: &str = "D18"; // 22

fn display(shop: &Afternoon) -> Display {
    shop.at_till(|register, _| register.display())
}

fn step(shop: &Afternoon) -> PayStep {
    match display(shop).shows {
        Shows::Paying { step, .. } => step,
        other => panic!("no payment is shown: {other:?}"),
    }
}

/// The bill grows line by line, the QR is the payment's own, and thanks come when the money has.
#[tokio::test]
async fn customer_sees_the_bill_the_qr_and_thanks() {
    let shop = Afternoon::begin().await;
    assert_eq!(display(&shop).shows, Shows::Welcome);
    let owed = shop.ring_up(&[TEA, COLA, TEA]);
    let Shows::Bill { bill } = display(&shop).shows else { panic!("a bill") };
    let lines: Vec<_> = bill.lines.iter().map(|line| (line.quantity, line.amount)).collect();
    assert_eq!((lines, bill.items, bill.total, bill.due), (vec![(2, 50), (1, 22)], 3, owed, owed));

    let shown = shop.show_qr(Method::Credit).await;
    let cashiers = shop.view().attempt.expect("a payment");
    assert_eq!(step(&shop), PayStep::Scan { qr: cashiers.qr.clone(), expires_ms: cashiers.expires_ms });
    shop.customer().look(&shown.link).await.expect("the page opens");
    assert!(matches!(step(&shop), PayStep::OnPhone { .. }));
    shop.gateway().pay_order(&shown.number, Pays::Credit).await.expect("paid");
    shop.settle().await;
    assert_eq!(display(&shop).shows, Shows::Thanks { total: owed, change: 0 });
    shop.close().await;
}

/// Cash: the change the customer gets back is on their display too, until the next line is rung up.
#[tokio::test]
async fn customer_sees_the_change() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    shop.pay_cash(100).expect("cash");
    assert_eq!(display(&shop).shows, Shows::Thanks { total: owed, change: 100 - owed });
    shop.ring_up(&[COLA]);
    assert!(matches!(display(&shop).shows, Shows::Bill { .. }));
    shop.close().await;
}

/// PF-07: while nobody knows whether the payment went through, the customer is told just that. Cancelling makes nothing
/// known: the bill, which would ask for the money again, does not come back.
#[tokio::test]
async fn customer_is_not_asked_again_on_a_guess() {
    let mut shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA, COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.unplug().await;
    shop.gateway().fail_next_notice(Fault::Drop { deliveries: 5 });
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid over the mobile network");
    shop.pass(Duration::from_secs(60)).await;
    assert_eq!(step(&shop), PayStep::Unknown);
    shop.cancel();
    assert_eq!(step(&shop), PayStep::Unknown, "cancelled, and as unknown as before");

    shop.plug_in().await;
    shop.pass(Duration::from_secs(10)).await;
    assert_eq!(step(&shop), PayStep::Received, "the money is there, and the staff decide with the customer");
    shop.resolve(TaskKind::LateMoney, TaskChoice::AcceptToSale).expect("the customer takes the goods");
    assert_eq!(display(&shop).shows, Shows::Thanks { total: owed, change: 0 });
    shop.close().await;
}

/// What the customer's window is sent names no payment, no task and no file: it could be photographed by anybody.
#[tokio::test]
async fn nothing_of_the_till_is_on_the_customers_display() {
    let shop = Afternoon::begin().await;
    shop.ring_up(&[TEA]);
    let first = shop.show_qr(Method::Credit).await;
    shop.customer().look(&first.link).await.expect("the page opens");
    shop.cancel();
    shop.pay_cash(100).expect("cash is taken");
    shop.gateway().pay_order(&first.number, Pays::Credit).await.expect("the customer still had the page");
    shop.settle().await;
    assert_eq!(shop.view().tasks.len(), 1, "the cashier has something to decide");
    let sent = serde_json::to_string(&display(&shop)).expect("JSON");
    let view = shop.view();
    for secret in [first.number.as_str(), &view.till.cashier, "task", "journal", "second_payment"] {
        assert!(!sent.contains(secret), "{secret} is on the customer's display: {sent}");
    }
    shop.close().await;
}
