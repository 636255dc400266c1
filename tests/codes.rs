//! Afternoons on which the customer takes a code home and pays it later.

use std::time::Duration;

use ecpay_sim::{Fault, Method as Pays};
use register::view::PaymentCode;
use stories::afternoon::{Afternoon, AttemptState, Method};

const TEA: &str = "20*D04"; // 500

/// PF-21: the customer asks for a bank account to transfer to. The till shows it with its deadline and sells nothing
/// yet; the next evening the money is there, and the sale closes by itself.
#[tokio::test]
async fn customer_transfers_the_next_evening() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Atm).await;
    shop.customer().pay(&qr.link, Pays::Atm).await.expect("a code is issued");
    shop.settle().await;
    shop.expect("an account, a deadline, and nothing sold", |view| {
        let state = view.attempt.as_ref().map(|attempt| &attempt.state);
        let shown = matches!(
            state,
            Some(AttemptState::CodeIssued { code: PaymentCode::Atm { .. }, deadline_ms: Some(deadline) })
                if *deadline > shop.now().unix_ms()
        );
        shown && view.closed.is_none() && view.cart.due == owed
    });

    shop.pass(Duration::from_secs(26 * 3_600)).await;
    shop.gateway().pay_code(&qr.number).await.expect("the bank reports it");
    shop.expect_sold(owed).await;
    shop.close().await;
}

/// PF-22, without a mailbox: nobody tells the till that a store code was issued but the customer's own browser, and
/// nobody that it was paid. The till still asks, days later, and hears of it.
#[tokio::test]
async fn store_code_is_paid_and_no_notice_ever_arrives() {
    let shop = Afternoon::begin_without_notices().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Cvs).await;
    shop.customer().pay(&qr.link, Pays::Cvs).await.expect("a code is issued");
    shop.settle().await;
    shop.expect("a store code", |view| {
        let state = view.attempt.as_ref().map(|attempt| &attempt.state);
        matches!(state, Some(AttemptState::CodeIssued { code: PaymentCode::Cvs { .. }, .. }))
    });
    shop.pass(Duration::from_secs(2 * 24 * 3_600)).await;
    shop.gateway().pay_code(&qr.number).await.expect("the store reports it");
    shop.pass(Duration::from_secs(24 * 3_600)).await;
    shop.expect_sold(owed).await;
    shop.close().await;
}

/// PF-15: the notice that a code was issued comes after the notice that it was paid. It stays paid; one sale, one receipt.
#[tokio::test]
async fn code_notice_is_overtaken_by_the_payment() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Atm).await;
    shop.gateway().fail_next_notice(Fault::Delay { seconds: 3_600 });
    shop.gateway().fail_next_browser_return(Fault::Drop { deliveries: 1 });
    shop.customer().pay(&qr.link, Pays::Atm).await.expect("a code is issued");
    shop.gateway().pay_code(&qr.number).await.expect("the bank is quick");
    shop.expect_sold(owed).await;
    let receipts = shop.receipts().len();
    shop.pass(Duration::from_secs(2 * 3_600)).await;
    shop.expect("it is as it was", |view| view.closed.as_ref().is_some_and(|closed| closed.total == owed));
    assert_eq!(shop.receipts().len(), receipts);
    assert_eq!(shop.report().count, 1);
    shop.close().await;
}
