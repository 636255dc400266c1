//! The cashier's pages, walked as a person would.

use ecpay::{Fields, stage, verify};
use ecpay_sim::{Fault, OrderState, Outcome};

use crate::shop::{Shop, unsigned};

/// The hidden inputs of the form that goes back to the shop.
fn returned(page: &str) -> (String, Fields) {
    let form = page.split(r#"<form id="return""#).nth(1).expect("a form back to the shop");
    let between =
        |text: &str, from: &str, to: &str| text.split(from).nth(1).unwrap().split(to).next().unwrap().to_owned();
    let action = between(form, "action=\"", "\"");
    let inputs = form.split("</form>").next().unwrap().split("<input ").skip(1);
    let pair = |input: &str| (between(input, "name=\"", "\""), between(input, "value=\"", "\""));
    (action, inputs.map(pair).collect())
}

#[tokio::test]
async fn a_card_is_paid_through_form_password_and_result() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[("ClientBackURL", "https://shop.test/back")]).await;
    let form = shop.get(&format!("{page}/Credit")).await.body;
    for id in ["card-number", "card-expiry", "card-cvv", "pay-submit"] {
        assert!(form.contains(&format!(r#"id="{id}""#)), "{id}");
    }
    let card = [("number", "4311952222222222"), ("expiry", "12/30"), ("cvv", "222")];
    let bank = shop.post(&format!("{page}/card"), &card).await.body;
    assert!(bank.contains(r#"id="otp""#) && bank.contains(r#"id="otp-submit""#));
    assert_eq!(shop.view("T1").state, OrderState::Open);
    let result = shop.post(&format!("{page}/otp"), &[("otp", "1234")]).await.body;
    assert!(result.contains(r#"id="result" data-result="paid""#));
    assert!(result.contains(r#"href="https://shop.test/back""#));
    assert_eq!(shop.view("T1").payment_type, "Credit_CreditCard");
}

#[tokio::test]
async fn only_test_cards_are_taken() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[("ChoosePayment", "Credit")]).await;
    for (number, expiry, cvv) in [
        ("4242424242424242", "12/30", "222"),
        ("4311952222222222", "06/26", "222"),
        ("4311952222222222", "1/1", "222"),
        ("4311952222222222", "12/30", "2"),
    ] {
        let again = shop.post(&format!("{page}/card"), &[("number", number), ("expiry", expiry), ("cvv", cvv)]).await;
        assert!(again.body.contains(r#"id="problem""#) && again.body.contains(r#"id="card-number""#));
        assert!(!again.body.contains(number) || number.starts_with("4311"), "an unknown number is never repeated");
    }
    assert_eq!(shop.view("T1").state, OrderState::Open);
}

#[tokio::test]
async fn a_wrong_password_fails_with_10100058_tells_nobody_and_can_be_retried() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[]).await;
    let card = [("number", "4311-9522-2222-2222"), ("expiry", "12/30"), ("cvv", "222")];
    shop.post(&format!("{page}/card"), &card).await;
    let failed = shop.post(&format!("{page}/otp"), &[("otp", "0000")]).await.body;
    assert!(failed.contains("交易失敗") && failed.contains("訊息代碼 Message code：10100058"));
    assert!(failed.contains(r#"id="retry""#));
    assert_eq!(shop.status("T1").await, "0");
    assert!(shop.courier.take().is_empty());
    assert_eq!(shop.view("T1").refused.as_deref(), Some("10100058"));

    assert!(shop.post(&format!("{page}/otp"), &[("otp", "1234")]).await.body.contains("10100058"), "that card is done");
    assert!(shop.pay_by_card(&page).await.body.contains(r#"data-result="paid""#));
}

#[tokio::test]
async fn a_declining_bank_names_its_code() {
    let shop = Shop::new();
    shop.simulator.next_outcome(Outcome::Decline { code: "10100248".to_owned() });
    let failed = shop.paid_by_card("T1", &[]).await.body;
    assert!(failed.contains("訊息代碼 Message code：10100248"));
    assert!(shop.courier.take().is_empty());
}

#[tokio::test]
async fn a_merchant_without_3d_secure_has_no_password_page() {
    let shop = Shop::new();
    let mut form = unsigned("T1", &[("MerchantID", "2000132"), ("NeedExtraPaidInfo", "Y")]);
    ecpay::sign(&stage::merchant_without_3d(), &mut form);
    shop.post_form("/Cashier/AioCheckOut/V5", form.to_form()).await;
    let page = shop.view("T1").page;
    let card = [("number", "4311-9522-2222-2222"), ("expiry", "12/30"), ("cvv", "222")];
    let result = shop.post(&format!("{page}/card"), &card).await.body;
    assert!(result.contains(r#"data-result="paid""#));
    assert_eq!(shop.courier.take()[0].get("eci"), Some("0"));
}

#[tokio::test]
async fn the_browser_carries_a_signed_result_back_to_the_shop() {
    let shop = Shop::new();
    let address = "http://127.0.0.1:4000/back?x=1&y=2";
    let page = shop.paid_by_card("T1", &[("OrderResultURL", address)]).await.body;
    assert!(page.contains(r#"id="return-submit""#), "for browsers without scripts");
    let (action, fields) = returned(&page);
    assert_eq!(action, address.replace('&', "&amp;"));
    verify(&stage::merchant(), &fields).unwrap();
    assert_eq!(fields.get("RtnMsg"), Some("Succeeded"));
    assert_eq!(fields.get("RtnCode"), Some("1"));
    assert_eq!(fields.get("SimulatePaid"), Some("0"));
}

#[tokio::test]
async fn the_way_back_can_be_forged_or_lost() {
    let shop = Shop::new();
    let back = [("OrderResultURL", "https://shop.test/back")];
    shop.simulator.fail_next_browser_return(Fault::WrongAmount { amount: 1 });
    let (_, fields) = returned(&shop.paid_by_card("T1", &back).await.body);
    verify(&stage::merchant(), &fields).unwrap();
    assert_eq!(fields.get("TradeAmt"), Some("1"));

    shop.simulator.fail_next_browser_return(Fault::Forge);
    let (_, fields) = returned(&shop.paid_by_card("T2", &back).await.body);
    assert!(verify(&stage::merchant(), &fields).is_err());

    shop.simulator.fail_next_browser_return(Fault::Drop { deliveries: 1 });
    let page = shop.paid_by_card("T3", &back).await.body;
    assert!(page.contains(r#"data-result="paid""#) && !page.contains(r#"id="return""#));
}

#[tokio::test]
async fn union_pay_never_goes_back_to_the_shop() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[("OrderResultURL", "https://shop.test/back")]).await;
    shop.post(&format!("{page}/card"), &[("number", "6216-1111-1111-1111"), ("expiry", "12/30"), ("cvv", "222")]).await;
    let result = shop.post(&format!("{page}/otp"), &[("otp", "1234")]).await.body;
    assert!(result.contains(r#"data-result="paid""#) && !result.contains(r#"id="return""#));
}

#[tokio::test]
async fn twqr_waits_until_the_wallet_pays() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[("ChoosePayment", "TWQR"), ("NeedExtraPaidInfo", "Y")]).await;
    let waiting = shop.get(&format!("{page}/")).await.body;
    assert!(waiting.contains(r#"id="qr""#) && waiting.contains("<svg") && waiting.contains(r#"id="sim-pay""#));
    assert_eq!(shop.get(&format!("{page}/state")).await.body, r#"{"state":"open"}"#);
    assert!(shop.get(&format!("{page}/wallet")).await.body.contains(r#"id="wallet-pay""#));
    let paid = [("method", "TWQR"), ("from", "wallet"), ("decision", "pay")];
    assert!(shop.post(&format!("{page}/finish"), &paid).await.body.contains(r#"id="wallet-result""#));
    assert_eq!(shop.get(&format!("{page}/state")).await.body, r#"{"state":"paid"}"#);
    assert!(shop.get(&format!("{page}/done")).await.body.contains(r#"data-result="paid""#));
    let told = shop.courier.take().remove(0);
    assert_eq!(told.get("PaymentType"), Some("TWQR_OPAY"));
    assert_eq!(told.get("TWQRTradeNo"), Some("OPAY20260702212411"));
}

#[tokio::test]
async fn a_refusal_in_the_wallet_reaches_the_waiting_page() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[("ChoosePayment", "TWQR")]).await;
    shop.post(&format!("{page}/finish"), &[("method", "TWQR"), ("from", "wallet"), ("decision", "decline")]).await;
    assert_eq!(shop.get(&format!("{page}/state")).await.body, r#"{"state":"refused"}"#);
    assert!(shop.get(&format!("{page}/done")).await.body.contains("10100058"));
    assert!(shop.courier.take().is_empty());
}

#[tokio::test]
async fn every_other_method_ends_with_the_marked_button() {
    let shop = Shop::new();
    for (method, sub, payment_type) in [
        ("ApplePay", "", "ApplePay"),
        ("WeiXin", "", "WeiXin_OPAY"),
        ("DigitalPayment", "Jkopay", "DigitalPayment_Jkopay"),
        ("WebATM", "FIRST", "WebATM_FIRST"),
        ("BNPL", "URICH", "BNPL_URICH"),
    ] {
        let number = format!("T{method}");
        let page = shop.accepted(&number, &[("ChoosePayment", method)]).await;
        assert!(shop.get(&format!("{page}/")).await.body.contains(r#"id="sim-pay""#), "{method}");
        let form = [("method", method), ("sub", sub), ("decision", "pay")];
        let result = shop.post(&format!("{page}/finish"), &form).await.body;
        assert!(result.contains(r#"data-result="paid""#), "{method}: {result}");
        assert_eq!(shop.view(&number).payment_type, payment_type);
        assert_eq!(shop.status(&number).await, "1");
    }
}

#[tokio::test]
async fn pay_later_is_received_then_approved_or_refused_for_good() {
    let shop = Shop::new();
    let order = [("ChoosePayment", "BNPL"), ("PaymentInfoURL", "https://shop.test/code")];
    let page = shop.accepted("T1", &order).await;
    shop.post(&format!("{page}/finish"), &[("method", "BNPL"), ("sub", "ZINGALA"), ("decision", "pay")]).await;
    let told = shop.courier.take();
    assert_eq!((told[0].get("RtnCode"), told[1].get("RtnCode")), (Some("2"), Some("1")));
    assert!(told[0].get("BNPLTradeNo").is_some());

    let page = shop.accepted("T2", &order).await;
    shop.post(&format!("{page}/finish"), &[("method", "BNPL"), ("sub", "ZINGALA"), ("decision", "decline")]).await;
    assert_eq!(shop.status("T2").await, "10200163");
    assert!(shop.courier.take().is_empty());
}

#[tokio::test]
async fn codes_are_shown_and_carried_to_client_redirect_url() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[("ClientBackURL", "https://shop.test/back")]).await;
    assert!(shop.get(&format!("{page}/ATM")).await.body.contains(r#"id="code-submit""#));
    let shown = shop.post(&format!("{page}/code"), &[("method", "ATM"), ("sub", "CATHAY")]).await.body;
    assert!(shown.contains(r#"data-result="code""#) && shown.contains(r#"id="payment-code""#));
    assert!(shown.contains("2026/07/05 23:59:59"), "three days, to the last second");
    assert!(shown.contains(r#"href="https://shop.test/back""#));
    assert_eq!(shop.view("T1").code[0], ("BankCode".to_owned(), "013".to_owned()));
    let again = shop.post(&format!("{page}/code"), &[("method", "ATM"), ("sub", "BOT")]).await.body;
    assert_eq!(again, shown, "a second press shows the same code");

    let page = shop.accepted("T2", &[("ClientRedirectURL", "https://shop.test/code")]).await;
    let shown = shop.post(&format!("{page}/code"), &[("method", "BARCODE"), ("sub", "BARCODE")]).await.body;
    let (action, fields) = returned(&shown);
    assert_eq!(action, "https://shop.test/code");
    verify(&stage::merchant(), &fields).unwrap();
    assert_eq!(fields.get("RtnCode"), Some("10100073"));
    assert!(fields.filled("Barcode3").is_some());

    let paid = shop.post(&format!("{page}/pay-code"), &[]).await.body;
    assert!(paid.contains(r#"data-result="paid""#));
    assert_eq!(shop.status("T2").await, "1");
}

#[tokio::test]
async fn a_paid_order_cannot_be_paid_again() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[]).await;
    shop.pay_by_card(&page).await;
    let card = [("number", "4311-9522-2222-2222"), ("expiry", "12/30"), ("cvv", "222")];
    for (step, form) in [
        ("card", card.as_slice()),
        ("otp", &[("otp", "1234")]),
        ("finish", &[("method", "TWQR"), ("decision", "pay")]),
        ("code", &[("method", "ATM"), ("sub", "BOT")]),
        ("pay-code", &[]),
    ] {
        let answer = shop.post(&format!("{page}/{step}"), form).await.body;
        assert!(answer.contains(r#"data-result="paid""#), "{step}: {answer}");
    }
    assert_eq!(shop.courier.take().len(), 1);
}

#[tokio::test]
async fn a_method_that_is_not_offered_cannot_be_used() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[("ChoosePayment", "Credit")]).await;
    for (step, form) in [
        ("finish", [("method", "TWQR"), ("decision", "pay")].as_slice()),
        ("code", &[("method", "ATM"), ("sub", "BOT")]),
        ("code", &[("method", "nonsense")]),
    ] {
        shop.post(&format!("{page}/{step}"), form).await;
    }
    let view = shop.view("T1");
    assert!(matches!(view.state, OrderState::Open), "{:?}", view.state);
}

#[tokio::test]
async fn every_page_says_that_no_money_moves_and_loads_nothing_from_elsewhere() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[]).await;
    let english = shop.accepted("T2", &[("Language", "ENG")]).await;
    let mut pages = vec![shop.get(&format!("{english}/")).await, shop.get("/Cashier/Simulated/nothing/").await];
    for step in ["", "Credit", "TWQR", "ATM", "CVS", "BARCODE", "ApplePay", "BNPL", "wallet", "done"] {
        pages.push(shop.get(&format!("{page}/{step}")).await);
    }
    pages.push(shop.pay_by_card(&page).await);
    for page in &pages {
        assert!(page.body.contains("模擬環境 SIMULATOR") && page.body.contains("不會收取任何費用"), "{}", page.body);
        assert_eq!(page.headers["x-frame-options"], "DENY");
        for outside in ["src=\"http", "url(http", "<link", "@import", "<img"] {
            assert!(!page.body.contains(outside), "{outside}");
        }
    }
    assert!(pages[0].body.contains("Choose how to pay") && pages[0].body.contains("選擇付款方式"));
    assert!(pages[0].body.contains(r#"lang="en""#) && pages[2].body.contains(r#"lang="zh-Hant-TW""#));
}

#[tokio::test]
async fn what_the_shop_sent_is_escaped_on_the_page() {
    let shop = Shop::new();
    let page = shop.order("T1", &[("ItemName", "<script>alert(1)</script>#\"tea\" & 'cake'")]).await.body;
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)"));
}
