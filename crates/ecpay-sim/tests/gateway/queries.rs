//! What the query APIs answer, byte for byte where a real answer was recorded.

use ecpay::Fields;
use ecpay_sim::{Endpoint, Fault, Hang, Outcome, QueryFault, RateLimit};

use crate::shop::{MINUTE, Shop, names, question};

#[tokio::test]
async fn a_paid_order_has_the_recorded_fields_in_the_recorded_order() {
    let shop = Shop::new();
    shop.paid_by_card("paidcli1782998612529", &[("ItemName", "paidcli test")]).await;
    let answer = shop.query("paidcli1782998612529").await;
    let trade_no = shop.view("paidcli1782998612529").trade_no;
    let (body, mac) = answer.body.split_once("&CheckMacValue=").unwrap();
    assert_eq!(
        body,
        format!(
            "CustomField1=&CustomField2=&CustomField3=&CustomField4=&HandlingCharge=30&ItemName=paidcli test\
             &MerchantID=3002607&MerchantTradeNo=paidcli1782998612529&PaymentDate=2026/07/02 21:24:11\
             &PaymentType=Credit_CreditCard&PaymentTypeChargeFee=31&StoreID=&TradeAmt=1234\
             &TradeDate=2026/07/02 21:24:11&TradeNo={trade_no}&TradeStatus=1"
        )
    );
    assert_eq!(mac.len(), 64);
    assert_eq!((answer.status, &answer.headers["content-type"]), (200, &"text/html; charset=utf-8".parse().unwrap()));
}

#[tokio::test]
async fn an_unknown_order_has_the_shorter_recorded_shape() {
    let shop = Shop::new();
    let answer = shop.query("paidcli-probe-001").await;
    assert!(answer.body.contains("TradeStatus=10200052"), "a hyphen is no order number");
    let answer = shop.query("paidcliprobe001").await;
    let (body, _) = answer.body.split_once("&CheckMacValue=").unwrap();
    assert_eq!(
        body,
        "HandlingCharge=0&ItemName=&MerchantID=3002607&MerchantTradeNo=paidcliprobe001&PaymentDate=&PaymentType=\
         &PaymentTypeChargeFee=0&TradeAmt=0&TradeDate=&TradeNo=&TradeStatus=10200047"
    );
    ecpay::verify(&ecpay::stage::merchant(), &Fields::from_raw(&answer.body).unwrap()).unwrap();
}

#[tokio::test]
async fn values_are_raw_so_a_plus_stays_a_plus() {
    let shop = Shop::new();
    shop.accepted("T1", &[("ItemName", "A+B 50% off/茶"), ("CustomField1", "a b")]).await;
    let answer = shop.query("T1").await;
    assert!(answer.body.contains("&ItemName=A+B 50% off/茶&"), "{}", answer.body);
    assert!(answer.body.starts_with("CustomField1=a b&"));
    ecpay::verify(&ecpay::stage::merchant(), &Fields::from_raw(&answer.body).unwrap()).unwrap();
}

#[tokio::test]
async fn an_unpaid_order_is_0_then_not_established_and_may_still_be_paid() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[]).await;
    let answer = shop.query("T1").await;
    assert!(answer.body.contains("&PaymentDate=&PaymentType=&") && answer.body.contains("&HandlingCharge=0&"));
    assert_eq!(shop.status("T1").await, "0");
    shop.simulator.advance(60 * MINUTE).await;
    assert_eq!(shop.status("T1").await, "10200095");
    shop.pay_by_card(&page).await;
    assert_eq!(shop.status("T1").await, "1");
}

#[tokio::test]
async fn the_time_window_is_three_minutes_both_ways() {
    let shop = Shop::new();
    shop.accepted("T1", &[]).await;
    for (off, good) in [(0, true), (180, true), (-180, true), (181, false), (-181, false)] {
        let form = question("3002607", "T1", shop.now_seconds() + off).to_form();
        let body = shop.post_form("/Cashier/QueryTradeInfo/V5", form).await.body;
        let status = if good { "TradeStatus=0&" } else { "TradeStatus=10100050&" };
        assert!(body.contains(status), "{off}: {body}");
    }
}

#[tokio::test]
async fn a_wrong_signature_is_answered_in_the_unknown_shape() {
    let shop = Shop::new();
    shop.accepted("T1", &[]).await;
    let mut form = question("3002607", "T1", shop.now_seconds());
    form.remove("CheckMacValue");
    form.push("CheckMacValue", "0".repeat(64));
    let body = shop.post_form("/Cashier/QueryTradeInfo/V5", form.to_form()).await.body;
    assert_eq!(Fields::from_raw(&body).unwrap().get("TradeStatus"), Some("10200073"));
    assert_eq!(Fields::from_raw(&body).unwrap().get("TradeAmt"), Some("0"), "nothing is told about the order");
}

#[tokio::test]
async fn a_stranger_gets_an_unsigned_answer_and_garbage_is_no_panic() {
    let shop = Shop::new();
    let form = question("9999999", "T1", shop.now_seconds()).to_form();
    let body = shop.post_form("/Cashier/QueryTradeInfo/V5", form).await.body;
    assert!(body.ends_with("TradeStatus=10200051"));
    for garbage in ["", "&&&", "%ff=%fe", "a=b&a=c"] {
        let answer = shop.post_form("/Cashier/QueryTradeInfo/V5", garbage.to_owned()).await;
        assert_eq!(answer.status, 200);
        assert_eq!(shop.post_form("/Cashier/QueryPaymentInfo", garbage.to_owned()).await.status, 200);
    }
    assert_eq!(shop.get("/Cashier/QueryTradeInfo/V5").await.status, 405);
}

#[tokio::test]
async fn asking_too_often_means_thirty_minutes_of_silence_for_apis_but_not_for_pages() {
    let shop = Shop::with(|options| options.rate_limit = RateLimit { burst: 3, ..RateLimit::default() });
    shop.accepted("T1", &[]).await;
    for _ in 0..3 {
        assert_eq!(shop.query("T1").await.status, 200);
    }
    let answer = shop.query("T1").await;
    assert_eq!((answer.status, answer.body.as_str()), (403, ""));
    let form = question("3002607", "T1", shop.now_seconds()).to_form();
    assert_eq!(shop.post_form("/Cashier/QueryPaymentInfo", form).await.status, 403);
    shop.accepted("T2", &[]).await;

    shop.simulator.advance(29 * MINUTE).await;
    assert_eq!(shop.query("T1").await.status, 403);
    shop.simulator.advance(MINUTE).await;
    assert_eq!(shop.query("T1").await.status, 200);
}

#[tokio::test]
async fn the_usual_limit_lets_one_call_in_five_seconds_through_for_ever_but_not_one_a_second() {
    let shop = Shop::new();
    for _ in 0..200 {
        assert_eq!(shop.query("T1").await.status, 200);
        shop.simulator.advance(std::time::Duration::from_secs(5)).await;
    }
    let mut calls = 0;
    while shop.query("T1").await.status == 200 {
        calls += 1;
        assert!(calls < 120, "the default limit is real");
        shop.simulator.advance(std::time::Duration::from_secs(1)).await;
    }
}

#[tokio::test]
async fn the_answer_can_be_made_to_lie() {
    let shop = Shop::new();
    shop.paid_by_card("T1", &[]).await;
    shop.simulator.fail_next_query(QueryFault::Status { status: "10200095".to_owned() });
    assert_eq!(shop.status("T1").await, "10200095");
    shop.simulator.fail_next_query(QueryFault::WrongAmount { amount: 1 });
    assert!(shop.query("T1").await.body.contains("&TradeAmt=1&"));
    shop.simulator.fail_next_query(QueryFault::BreakSignature);
    let broken = Fields::from_raw(&shop.query("T1").await.body).unwrap();
    assert!(ecpay::verify(&ecpay::stage::merchant(), &broken).is_err());
    shop.simulator.fail_next_query(QueryFault::Garbage);
    assert!(shop.query("T1").await.body.starts_with("<html>"));
    shop.simulator.fail_next_query(QueryFault::HttpStatus { status: 500 });
    assert_eq!(shop.query("T1").await.status, 500);
    assert_eq!(shop.status("T1").await, "1");
}

#[tokio::test]
async fn a_hang_strikes_before_or_after_the_effect() {
    let shop = Shop::with(|options| options.hold_ms = 0);
    shop.simulator.hang_next(Endpoint::AioCheckOut, Hang::BeforeEffect);
    assert_eq!(shop.order("T1", &[]).await.status, 504);
    assert!(shop.simulator.order("T1").is_none());
    shop.simulator.hang_next(Endpoint::AioCheckOut, Hang::AfterEffect);
    assert_eq!(shop.order("T1", &[]).await.status, 504);
    assert!(shop.simulator.order("T1").is_some());
    shop.simulator.hang_next(Endpoint::QueryTradeInfo, Hang::BeforeEffect);
    assert_eq!(shop.query("T1").await.status, 504);
    assert_eq!(shop.status("T1").await, "0");
}

#[tokio::test]
async fn a_lagging_bank_shows_0_while_the_customer_sees_success() {
    let shop = Shop::new();
    shop.simulator.next_outcome(Outcome::Lag { seconds: 300 });
    let page = shop.paid_by_card("T1", &[]).await.body;
    assert!(page.contains(r#"data-result="paid""#));
    assert_eq!(shop.status("T1").await, "0");
    assert!(shop.courier.take().is_empty());
    shop.simulator.advance(5 * MINUTE).await;
    assert_eq!(shop.status("T1").await, "1");
    assert_eq!(shop.courier.take()[0].get("RtnCode"), Some("1"));
}

#[tokio::test]
async fn an_issued_code_can_be_read_again_until_it_is_paid() {
    let shop = Shop::new();
    let cases = [
        ("ATM", "CATHAY", "2", vec!["BankCode", "ExpireDate", "vAccount"]),
        ("CVS", "FAMILY", "10100073", vec!["ExpireDate", "PaymentNo", "PaymentURL"]),
        ("BARCODE", "BARCODE", "10100073", vec!["Barcode1", "Barcode2", "Barcode3", "ExpireDate", "PaymentNo"]),
    ];
    for (method, sub, code, extra) in cases {
        let number = format!("T{method}");
        let page = shop.accepted(&number, &[]).await;
        shop.post(&format!("{page}/code"), &[("method", method), ("sub", sub)]).await;
        let form = question("3002607", &number, shop.now_seconds()).to_form();
        let body = shop.post_form("/Cashier/QueryPaymentInfo", form.clone()).await.body;
        let fields = Fields::from_raw(&body).unwrap();
        ecpay::verify(&ecpay::stage::merchant(), &fields).unwrap();
        assert_eq!(fields.get("RtnCode"), Some(code));
        assert_eq!(fields.get("PaymentType"), Some(format!("{method}_{sub}").as_str()));
        let names = names(&body);
        assert!(extra.iter().all(|name| names.contains(name)), "{body}");
        let mut sorted = names[..names.len() - 1].to_vec();
        sorted.sort_by_key(|name| name.to_ascii_lowercase());
        assert_eq!(names[..names.len() - 1], sorted, "A to Z, signature last");
        assert!(shop.query(&number).await.body.contains(&format!("&PaymentType={method}_{sub}&")));
        assert_eq!(shop.status(&number).await, "0");

        shop.simulator.pay_code(&number).await.unwrap();
        assert_eq!(shop.status(&number).await, "1");
        let body = shop.post_form("/Cashier/QueryPaymentInfo", form).await.body;
        assert!(body.starts_with("MerchantID=&MerchantTradeNo=") && body.contains("RtnCode=10200047"), "{body}");
    }
}

#[tokio::test]
async fn an_expired_code_cannot_be_paid_and_nobody_is_told() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[("StoreExpireDate", "30")]).await;
    shop.post(&format!("{page}/code"), &[("method", "CVS"), ("sub", "OK")]).await;
    shop.simulator.advance(31 * MINUTE).await;
    assert!(shop.simulator.pay_code("T1").await.is_err());
    assert!(shop.get(&format!("{page}/")).await.body.contains(r#"id="expired""#));
    assert_eq!(shop.status("T1").await, "0");
    assert!(shop.courier.take().is_empty());
}

#[tokio::test]
async fn a_forced_403_is_lifted_by_time_only() {
    let shop = Shop::new();
    shop.simulator.force_403("3002607");
    assert_eq!(shop.query("T1").await.status, 403);
    shop.simulator.fail_next_browser_return(Fault::Forge);
    shop.simulator.clear_expectations().await;
    assert_eq!(shop.query("T1").await.status, 403);
    shop.simulator.advance(30 * MINUTE).await;
    assert_eq!(shop.query("T1").await.status, 200);
}
