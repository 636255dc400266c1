//! Which orders are refused, with which recorded code.

use axum::body::Body;
use axum::http::Request;
use ecpay::Fields;
use ecpay_sim::{Options, WordFilter};

use crate::shop::{Shop, order, unsigned};

fn long(n: usize) -> String {
    "x".repeat(n)
}

#[tokio::test]
async fn each_broken_rule_is_refused_with_its_code() {
    let shop = Shop::new();
    let (long_number, long_url) = (long(21), format!("https://shop.test/{}", long(200)));
    let (long_desc, long_field) = (long(201), long(51));
    let period: &[(&str, &str)] =
        &[("PeriodAmount", "1234"), ("PeriodType", "M"), ("Frequency", "1"), ("ExecTimes", "12")];
    let with_period = |name: &'static str, value: &'static str| {
        let mut changes = period.to_vec();
        changes.retain(|(known, _)| *known != name);
        changes.push((name, value));
        changes
    };
    let cases: Vec<(&str, Vec<(&str, &str)>)> = vec![
        ("10200051", vec![("MerchantID", "9999999")]),
        ("10200073", vec![("EncryptType", "0")]),
        ("10100050", vec![("ProductDesc", "x")]),
        ("10100050", vec![("SimulatePaid", "1")]),
        ("10200052", vec![("MerchantTradeNo", "")]),
        ("10200052", vec![("MerchantTradeNo", &long_number)]),
        ("10200052", vec![("MerchantTradeNo", "T1-0001")]),
        ("10200052", vec![("MerchantTradeNo", "茶1")]),
        ("10100050", vec![("MerchantTradeDate", "2026-07-02 21:24:11")]),
        ("10100050", vec![("MerchantTradeDate", "")]),
        ("10200005", vec![("TotalAmount", "0")]),
        ("10200005", vec![("TotalAmount", "-5")]),
        ("10200005", vec![("TotalAmount", "12.5")]),
        ("10200005", vec![("TotalAmount", "")]),
        ("10200005", vec![("TotalAmount", "+100")]),
        ("10200007", vec![("ItemURL", "shop.test/tea")]),
        ("10100050", vec![("ReturnURL", "")]),
        ("10100050", vec![("ReturnURL", "shop.test/notice")]),
        ("10100050", vec![("ReturnURL", &long_url)]),
        ("10100050", vec![("ReturnURL", "https://shop.test/a;b")]),
        ("10100050", vec![("OrderResultURL", "https://shop.test/notice")]),
        ("10100050", vec![("ClientBackURL", "javascript:alert(1)")]),
        ("10100050", vec![("PaymentType", "card")]),
        ("10100050", vec![("ChoosePayment", "Cash")]),
        ("10100050", vec![("ChoosePayment", "credit")]),
        ("10100050", vec![("ChoosePayment", "ATM"), ("ChooseSubPayment", "NOBANK")]),
        ("10100050", vec![("TradeDesc", "")]),
        ("10100050", vec![("TradeDesc", &long_desc)]),
        ("10100050", vec![("ItemName", "")]),
        ("10100050", vec![("CustomField1", &long_field)]),
        ("10100050", vec![("Language", "FRA")]),
        ("10100050", vec![("NeedExtraPaidInfo", "yes")]),
        ("10400011", vec![("ItemName", "Python book x1")]),
        ("10400011", vec![("TradeDesc", "a PowerShell course")]),
        ("10100050", with_period("PeriodAmount", "1")),
        ("10100050", with_period("PeriodType", "W")),
        ("10100224", with_period("Frequency", "13")),
        ("10100227", with_period("ExecTimes", "1")),
        ("10100223", vec![("PeriodAmount", "1234"), ("PeriodType", "D"), ("Frequency", "366"), ("ExecTimes", "9")]),
        ("10100226", vec![("PeriodAmount", "1234"), ("PeriodType", "D"), ("Frequency", "9"), ("ExecTimes", "1000")]),
        ("10100225", vec![("PeriodAmount", "1234"), ("PeriodType", "Y"), ("Frequency", "2"), ("ExecTimes", "9")]),
        ("10100228", vec![("PeriodAmount", "1234"), ("PeriodType", "Y"), ("Frequency", "1"), ("ExecTimes", "100")]),
        ("5100070", vec![("ChoosePayment", "CVS"), ("TotalAmount", "6001")]),
        ("5100070", vec![("ChoosePayment", "ATM"), ("TotalAmount", "1")]),
        ("5100070", vec![("TotalAmount", "1")]),
        ("10300023", vec![("IgnorePayment", "Credit#TWQR#ApplePay#WeiXin#DigitalPayment#WebATM#ATM#CVS#BARCODE#BNPL")]),
    ];
    for (at, (code, changes)) in cases.iter().enumerate() {
        let answer = shop.order(&format!("BAD{at}"), changes).await;
        assert_eq!(answer.status, 200);
        let shown = format!("訊息代碼 Message code：{code}");
        assert!(answer.body.contains(&shown), "{changes:?} should give {code}, gave {}", answer.body);
        assert!(answer.body.contains("<title>交易失敗") && answer.body.contains("訊息說明 Note for message："));
    }
    assert!(shop.simulator.orders().is_empty(), "nothing refused is created");
    assert!(shop.courier.take().is_empty(), "nothing refused is told");
}

#[tokio::test]
async fn a_wrong_signature_is_the_recorded_page() {
    let shop = Shop::new();
    let mut tampered = order("T1", &[]);
    tampered.remove("TotalAmount");
    tampered.push("TotalAmount", "1");
    let mut unsigned = unsigned("T1", &[]);
    unsigned.push("CheckMacValue", "");
    for form in [tampered, unsigned] {
        let answer = shop.post_form("/Cashier/AioCheckOut/V5", form.to_form()).await;
        assert!(answer.body.contains("訊息代碼 Message code：10200073"));
        assert!(answer.body.contains("訊息說明 Note for message：CheckMacValue Error."));
        assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(answer.headers["x-frame-options"], "DENY");
    }
}

#[tokio::test]
async fn a_form_lost_on_the_way_has_no_merchant() {
    let shop = Shop::new();
    let json = Request::post("/Cashier/AioCheckOut/V5").header("content-type", "application/json");
    let get = shop.get("/Cashier/AioCheckOut/V5?MerchantID=3002607").await;
    let empty = shop.post_form("/Cashier/AioCheckOut/V5", String::new()).await;
    let json = shop.call(json.body(Body::from("{}")).unwrap()).await;
    let garbage = shop.post_form("/Cashier/AioCheckOut/V5", "MerchantID=%ff%fe".to_owned()).await;
    for answer in [get, empty, json, garbage] {
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains("MerchantID is Null"), "{}", answer.body);
    }
}

#[tokio::test]
async fn an_item_name_that_is_cut_loses_its_signature() {
    let shop = Shop::new();
    assert!(!shop.order("T1", &[("ItemName", &long(400))]).await.body.contains("交易失敗"));
    let answer = shop.order("T2", &[("ItemName", &long(401))]).await;
    assert!(answer.body.contains("10200073"), "the real one gives no better hint");
    let chinese = "茶".repeat(134);
    assert!(shop.order("T3", &[("ItemName", &chinese)]).await.body.contains("10200073"), "402 bytes of Chinese");
}

#[tokio::test]
async fn a_number_is_used_up_by_its_first_submission() {
    let shop = Shop::new();
    assert!(shop.order("T1", &[]).await.body.contains("選擇付款方式"));
    for changes in [vec![], vec![("TotalAmount", "50")]] {
        let again = shop.order("T1", &changes).await;
        assert!(again.body.contains("訊息代碼 Message code：10300028"));
        assert!(again.body.contains("訂單編號重覆，建立失敗，請返回商店頁面重新下單。"));
    }
    let mut other = unsigned("T1", &[("MerchantID", "2000132")]);
    ecpay::sign(&ecpay::stage::merchant_without_3d(), &mut other);
    let other = shop.post_form("/Cashier/AioCheckOut/V5", other.to_form()).await;
    assert!(other.body.contains("選擇付款方式"), "another merchant's numbers are its own");
}

#[tokio::test]
async fn a_repeated_field_never_passes() {
    let shop = Shop::new();
    let form = format!("{}&TotalAmount=1", order("T1", &[]).to_form());
    assert!(shop.post_form("/Cashier/AioCheckOut/V5", form).await.body.contains("10200073"));
}

#[tokio::test]
async fn all_offers_what_the_amount_and_the_shop_allow() {
    let shop = Shop::new();
    let page = shop.order("T1", &[("TotalAmount", "7000"), ("IgnorePayment", "WeiXin#BNPL")]).await.body;
    assert!(page.contains("選擇付款方式"));
    for method in ["Credit", "TWQR", "ATM", "BARCODE"] {
        assert!(page.contains(&format!(r#"data-method="{method}""#)), "{method}");
    }
    for method in ["WeiXin", "BNPL", "CVS"] {
        assert!(!page.contains(&format!(r#"data-method="{method}""#)), "{method}");
    }
}

#[tokio::test]
async fn a_method_outside_the_contract_is_not_available() {
    let shop = Shop::with(|options| {
        options.methods.retain(|method, _| method.as_str() == "Credit");
    });
    assert!(shop.order("T1", &[("ChoosePayment", "TWQR")]).await.body.contains("10300023"));
    assert!(shop.order("T2", &[]).await.body.contains(r#"data-method="Credit""#));
}

#[tokio::test]
async fn the_word_filter_can_be_switched_off() {
    let shop = Shop::with(|options: &mut Options| options.word_filter = WordFilter::Off);
    assert!(!shop.order("T1", &[("ItemName", "Python book x1")]).await.body.contains("交易失敗"));
}

#[tokio::test]
async fn a_full_gateway_creates_nothing_and_forgets_nothing() {
    let shop = Shop::with(|options| options.max_orders = 2);
    shop.accepted("T1", &[]).await;
    shop.accepted("T2", &[]).await;
    assert!(shop.order("T3", &[]).await.body.contains("10100055"));
    assert!(shop.order("T1", &[]).await.body.contains("10300028"));
}

#[tokio::test]
async fn trade_numbers_have_the_observed_form_and_repeat_with_the_seed() {
    let numbers = |seed| async move {
        let shop = Shop::with(|options| options.seed = seed);
        shop.accepted("T1", &[]).await;
        shop.accepted("T2", &[]).await;
        (shop.view("T1").trade_no, shop.view("T2").trade_no)
    };
    let (one, two) = numbers(1).await;
    assert!(one.starts_with("260702212411") && one.len() == 16 && one != two);
    assert_eq!(numbers(1).await, (one.clone(), two));
    assert_ne!(numbers(2).await.0, one);
}

#[tokio::test]
async fn a_shop_with_keys_of_its_own_is_known_beside_the_public_ones() {
    let own = ecpay::Merchant {
        id: "1234567".parse().unwrap(),
        key: "0123456789abcdef".parse().unwrap(),
        iv: "fedcba9876543210".parse().unwrap(),
    };
    let shop = Shop::with(|options| options.merchants = vec![own.clone()]);
    let mut form: Fields = unsigned("T1", &[("MerchantID", "1234567")]);
    ecpay::sign(&own, &mut form);
    assert!(shop.post_form("/Cashier/AioCheckOut/V5", form.to_form()).await.body.contains("選擇付款方式"));
}

#[tokio::test]
async fn a_body_beyond_reason_is_refused() {
    let shop = Shop::new();
    assert_eq!(shop.post_form("/Cashier/AioCheckOut/V5", "a".repeat(65 * 1024)).await.status, 413);
}
