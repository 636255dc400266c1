//! The control API over HTTP.

use axum::body::Body;
use axum::http::Request;

use crate::shop::Shop;

#[tokio::test]
async fn a_test_in_any_language_can_steer_the_gateway() {
    let shop = Shop::new();
    let steps = [
        ("/_control/next-outcome", r#"{"outcome":"decline","code":"10100252"}"#),
        ("/_control/fail-next", r#"{"door":"notice","fault":"drop","deliveries":1}"#),
        ("/_control/fail-next", r#"{"door":"browser","fault":"forge"}"#),
        ("/_control/fail-next-query", r#"{"fault":"status","status":"10200095"}"#),
        ("/_control/hang-next", r#"{"endpoint":"QueryPaymentInfo","hang":"before_effect"}"#),
        ("/_control/force-403", r#"{"MerchantID":"2000132"}"#),
        ("/_control/maintenance", r#"{"on":true}"#),
        ("/_control/maintenance", r#"{"on":false}"#),
        ("/_control/keys", r#"{"MerchantID":"3085779","HashKey":"0123456789abcdef","HashIV":"fedcba9876543210"}"#),
    ];
    for (path, body) in steps {
        let answer = shop.post_json(path, body).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"ok":true}"#), "{path}");
    }
    assert!(shop.paid_by_card("T1", &[]).await.body.contains("10100252"));
    let page = shop.view("T1").page;
    shop.pay_by_card(&page).await;
    assert!(shop.courier.take().is_empty());
    assert_eq!(shop.status("T1").await, "10200095");

    let clock = shop.post_json("/_control/advance", r#"{"seconds":900}"#).await;
    assert!(clock.body.contains("2026/07/02 21:39:11"), "{}", clock.body);
    assert_eq!(shop.courier.take().len(), 1);

    let order: serde_json::Value = serde_json::from_str(&shop.get("/_control/orders/T1").await.body).unwrap();
    assert_eq!(order["TradeStatus"], "1");
    assert_eq!(order["state"]["state"], "paid");
    assert_eq!(order["deliveries"][0]["result"]["result"], "lost");
    let orders: serde_json::Value = serde_json::from_str(&shop.get("/_control/orders").await.body).unwrap();
    assert_eq!(orders.as_array().unwrap().len(), 1);

    for step in ["simulate-paid", "deliver-again"] {
        assert_eq!(shop.post_json(&format!("/_control/orders/T1/{step}"), "").await.status, 200, "{step}");
    }
    assert_eq!(shop.courier.take().len(), 2);
    assert_eq!(shop.post_json("/_control/orders/T1/pay-code", "").await.status, 409);
    assert_eq!(shop.post_json("/_control/orders/T9/pay-code", "").await.status, 404);
    assert_eq!(shop.post_json("/_control/clear", "").await.status, 200);
}

#[tokio::test]
async fn an_order_ends_without_its_pages() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[("ChoosePayment", "TWQR")]).await;
    assert_eq!(shop.post_json("/_control/orders/T1/decline", r#"{"method":"TWQR"}"#).await.status, 200);
    assert!(shop.get(&format!("{page}/done")).await.body.contains("10100058"));
    assert_eq!(shop.status("T1").await, "0");
    assert_eq!(shop.post_json("/_control/orders/T1/pay", r#"{"method":"Credit"}"#).await.status, 409, "not offered");
    assert_eq!(shop.post_json("/_control/orders/T1/pay", r#"{"method":"TWQR"}"#).await.status, 200);
    assert_eq!(shop.get(&format!("{page}/state")).await.body, r#"{"state":"paid"}"#);
    assert_eq!(shop.courier.take()[0].get("PaymentType"), Some("TWQR_OPAY"));
    assert_eq!(shop.post_json("/_control/orders/T1/pay", r#"{"method":"TWQR"}"#).await.status, 409, "already paid");
}

#[tokio::test]
async fn nonsense_and_forms_of_web_pages_are_refused() {
    let shop = Shop::new();
    for (path, body) in [
        ("/_control/next-outcome", "{}"),
        ("/_control/next-outcome", "not json"),
        ("/_control/fail-next", r#"{"fault":"drop"}"#),
        ("/_control/advance", r#"{"seconds":-1}"#),
        ("/_control/hang-next", r#"{"endpoint":"Elsewhere","hang":"before_effect"}"#),
    ] {
        let status = shop.post_json(path, body).await.status;
        assert!((400..500).contains(&status), "{path} {body}: {status}");
    }
    assert_eq!(shop.post_json("/_control/force-403", r#"{"MerchantID":"1"}"#).await.status, 404);
    let form = Request::post("/_control/advance").header("content-type", "text/plain");
    assert_eq!(shop.call(form.body(Body::from(r#"{"seconds":900}"#)).unwrap()).await.status, 415);
}
