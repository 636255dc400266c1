//! The form that opens the cashier page, for each way to pay.

use std::num::NonZeroU8;

use ecpay::checkout::{
    AllMethods, AtmBank, AtmCode, BarcodeCode, Bnpl, Card, CodeUrls, CvsChain, CvsCode, Lender, TextFault, UnionPay,
    UrlFault, Wallet, WebAtmBank,
};
use ecpay::{
    AioCheckOut, Amount, CheckoutError, CheckoutForm, Choice, Environment, Gateway, Language, MerchantTradeNo, Order,
    PaymentMethod, TaipeiTime, item_name, stage, trade_desc, verify,
};

fn order() -> Order {
    Order {
        number: MerchantTradeNo::parse("T1260105123456ABCD").unwrap(),
        amount: Amount::new(1250).unwrap(),
        placed_at: TaipeiTime::parse("2026/01/05 12:34:56").unwrap(),
        item_name: item_name(&["御飯糰 x2", "Tom's ~ 茶"], "商店商品 2 件"),
        trade_desc: trade_desc("好鄰居商店", "商店商品"),
        return_url: "https://shop.invalid/ecpay".into(),
    }
}

fn sign(checkout: &AioCheckOut) -> Result<CheckoutForm, CheckoutError> {
    checkout.sign(&stage::merchant(), &Gateway::of(Environment::Stage))
}

fn form(choice: Choice) -> CheckoutForm {
    sign(&AioCheckOut::new(order(), choice)).unwrap()
}

fn refused(choice: Choice) -> CheckoutError {
    sign(&AioCheckOut::new(order(), choice)).unwrap_err()
}

/// What the choice adds to the fields every order has.
fn own_fields(choice: Choice) -> Vec<(String, String)> {
    let common = [
        "MerchantID",
        "MerchantTradeNo",
        "MerchantTradeDate",
        "PaymentType",
        "TotalAmount",
        "TradeDesc",
        "ItemName",
        "ReturnURL",
        "ChoosePayment",
        "EncryptType",
        "CheckMacValue",
    ];
    let form = form(choice);
    form.fields
        .iter()
        .filter(|(name, _)| !common.contains(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn an_order_has_the_required_fields_and_its_signature_last() {
    let form = form(PaymentMethod::All.into());
    assert_eq!(form.action, "https://payment-stage.ecpay.com.tw/Cashier/AioCheckOut/V5");
    let fields: Vec<_> = form.fields.iter().collect();
    assert_eq!(
        fields[..fields.len() - 1],
        [
            ("MerchantID", "3002607"),
            ("MerchantTradeNo", "T1260105123456ABCD"),
            ("MerchantTradeDate", "2026/01/05 12:34:56"),
            ("PaymentType", "aio"),
            ("TotalAmount", "1250"),
            ("TradeDesc", "好鄰居商店"),
            ("ItemName", "御飯糰 x2#Tom's ~ 茶"),
            ("ReturnURL", "https://shop.invalid/ecpay"),
            ("ChoosePayment", "ALL"),
            ("EncryptType", "1"),
        ]
    );
    assert_eq!(fields.last().unwrap().0, "CheckMacValue");
    assert_eq!(verify(&stage::merchant(), &form.fields), Ok(()));
}

#[test]
fn every_method_signs_and_names_itself_and_adds_nothing_unasked() {
    for method in PaymentMethod::EVERY {
        let form = form(method.into());
        assert_eq!(form.fields.get("ChoosePayment"), Some(method.wire_name()));
        assert_eq!(form.fields.len(), 11, "{method}");
        assert_eq!(verify(&stage::merchant(), &form.fields), Ok(()));
    }
}

#[test]
fn the_same_order_gives_the_same_form() {
    assert_eq!(form(PaymentMethod::Credit.into()), form(PaymentMethod::Credit.into()));
    let hide = |ignore| Choice::All(AllMethods { ignore, ..AllMethods::default() });
    let (a, b) = (PaymentMethod::Atm, PaymentMethod::WeiXin);
    assert_eq!(form(hide(vec![a, b])), form(hide(vec![b, a, b])));
}

#[test]
fn each_method_has_its_own_fields() {
    let urls = CodeUrls {
        payment_info: Some("https://shop.invalid/code".into()),
        client_redirect: Some("http://127.0.0.1:8080/code".into()),
    };
    let url_fields =
        [("PaymentInfoURL", "https://shop.invalid/code"), ("ClientRedirectURL", "http://127.0.0.1:8080/code")];
    let with_urls = |own: &[(&str, &str)]| pairs(&[own, &url_fields[..]].concat());

    let all = AllMethods {
        ignore: vec![PaymentMethod::Barcode, PaymentMethod::Atm],
        union_pay: UnionPay::Hidden,
        atm_expire_days: Some(60),
        urls: urls.clone(),
    };
    assert_eq!(
        own_fields(Choice::All(all)),
        with_urls(&[("IgnorePayment", "ATM#BARCODE"), ("UnionPay", "2"), ("ExpireDate", "60")])
    );
    let once = |redeem, union_pay| Choice::Credit(Card::Once { redeem, union_pay });
    assert_eq!(own_fields(once(true, UnionPay::Offered)), pairs(&[("Redeem", "Y")]));
    assert_eq!(own_fields(once(false, UnionPay::Only)), pairs(&[("UnionPay", "1")]));
    let instalments = [3, 6, 12].map(|n| NonZeroU8::new(n).unwrap()).to_vec();
    assert_eq!(own_fields(Choice::Credit(Card::Instalments(instalments))), pairs(&[("CreditInstallment", "3,6,12")]));
    assert_eq!(own_fields(Choice::Credit(Card::ThirtyInstalments)), pairs(&[("CreditInstallment", "30N")]));
    assert_eq!(own_fields(Choice::WebAtm(Some(WebAtmBank::Land))), pairs(&[("ChooseSubPayment", "LAND")]));
    assert_eq!(own_fields(Choice::DigitalPayment(Some(Wallet::Ipass))), pairs(&[("ChooseSubPayment", "iPASS")]));
    let atm = AtmCode { bank: Some(AtmBank::Chinatrust), expire_days: Some(1), urls: urls.clone() };
    assert_eq!(own_fields(Choice::Atm(atm)), with_urls(&[("ChooseSubPayment", "CHINATRUST"), ("ExpireDate", "1")]));
    let cvs = CvsCode {
        chain: Some(CvsChain::Ibon),
        expire_minutes: Some(43_200),
        descriptions: vec!["好鄰居".into(), "T1".into()],
        urls: urls.clone(),
    };
    assert_eq!(
        own_fields(Choice::Cvs(cvs)),
        with_urls(&[
            ("ChooseSubPayment", "IBON"),
            ("StoreExpireDate", "43200"),
            ("Desc_1", "好鄰居"),
            ("Desc_2", "T1")
        ])
    );
    let barcode = BarcodeCode { expire_days: Some(30), descriptions: vec![], urls };
    assert_eq!(own_fields(Choice::Barcode(barcode)), with_urls(&[("StoreExpireDate", "30")]));
    let bnpl = Bnpl { lender: Some(Lender::Urich), payment_info_url: Some("https://shop.invalid/code".into()) };
    assert_eq!(own_fields(Choice::Bnpl(bnpl)), pairs(&[("ChooseSubPayment", "URICH"), url_fields[0]]));
}

#[test]
fn options_of_the_order_are_signed_with_it() {
    let checkout = AioCheckOut::new(order(), PaymentMethod::Credit.into())
        .store_id("T1")
        .client_back_url("http://192.168.1.5:8080/back")
        .order_result_url("http://127.0.0.1:8080/result")
        .with_extra_paid_info()
        .language(Language::English)
        .custom_fields([Some("attempt 1".into()), None, Some("三".into()), None]);
    let form = sign(&checkout).unwrap();
    for (name, value) in [
        ("StoreID", "T1"),
        ("ClientBackURL", "http://192.168.1.5:8080/back"),
        ("OrderResultURL", "http://127.0.0.1:8080/result"),
        ("NeedExtraPaidInfo", "Y"),
        ("Language", "ENG"),
        ("CustomField1", "attempt 1"),
        ("CustomField3", "三"),
    ] {
        assert_eq!(form.fields.get(name), Some(value));
    }
    assert_eq!(form.fields.get("CustomField2"), None);
    assert_eq!(verify(&stage::merchant(), &form.fields), Ok(()));
}

#[test]
fn a_browser_result_needs_a_method_that_returns() {
    let with_result = |choice| sign(&AioCheckOut::new(order(), choice).order_result_url("https://shop.invalid/result"));
    for method in PaymentMethod::EVERY {
        let expected = if matches!(method, PaymentMethod::Atm | PaymentMethod::Cvs | PaymentMethod::Barcode) {
            Err(CheckoutError::OrderResultUrlNotAllowed { method })
        } else {
            Ok(())
        };
        assert_eq!(with_result(method.into()).map(drop), expected);
    }
    let union_pay = Choice::Credit(Card::Once { redeem: false, union_pay: UnionPay::Only });
    assert_eq!(
        with_result(union_pay).unwrap_err(),
        CheckoutError::OrderResultUrlNotAllowed { method: PaymentMethod::Credit }
    );
}

#[test]
fn the_two_result_addresses_differ() {
    let same = AioCheckOut::new(order(), PaymentMethod::All.into()).order_result_url(order().return_url);
    assert_eq!(sign(&same), Err(CheckoutError::SameUrl));
}

#[test]
fn a_return_url_is_a_public_address() {
    for (url, fault) in [
        ("", UrlFault::NotHttp),
        ("https://shop.example:8443/", UrlFault::Port),
        ("https://shop.example/a b", UrlFault::Character),
    ] {
        let checkout = AioCheckOut::new(Order { return_url: url.into(), ..order() }, PaymentMethod::All.into());
        assert_eq!(sign(&checkout), Err(CheckoutError::Url { field: "ReturnURL", fault }));
    }
    let long = format!("https://shop.example/{}", "x".repeat(180));
    let checkout = AioCheckOut::new(Order { return_url: long, ..order() }, PaymentMethod::All.into());
    assert_eq!(sign(&checkout), Err(CheckoutError::Url { field: "ReturnURL", fault: UrlFault::TooLong }));
}

#[test]
fn a_simulator_may_report_to_any_port() {
    let local = Order { return_url: "http://127.0.0.1:9000/return".into(), ..order() };
    let simulator = Gateway::at("http://127.0.0.1:8000").unwrap();
    let form = AioCheckOut::new(local, PaymentMethod::All.into()).sign(&stage::merchant(), &simulator).unwrap();
    assert_eq!(form.action, "http://127.0.0.1:8000/Cashier/AioCheckOut/V5");
}

#[test]
fn each_broken_rule_has_its_error() {
    let days = |n| Choice::Atm(AtmCode { expire_days: Some(n), ..AtmCode::default() });
    for n in [0, 61] {
        let (field, min, max) = ("ExpireDate", 1, 60);
        assert_eq!(refused(days(n)), CheckoutError::OutOfRange { field, found: n, min, max });
    }
    let minutes = Choice::Cvs(CvsCode { expire_minutes: Some(43_201), ..CvsCode::default() });
    let (field, min) = ("StoreExpireDate", 1);
    assert_eq!(refused(minutes), CheckoutError::OutOfRange { field, found: 43_201, min, max: 43_200 });
    let barcode = Choice::Barcode(BarcodeCode { expire_days: Some(31), ..BarcodeCode::default() });
    assert_eq!(refused(barcode), CheckoutError::OutOfRange { field, found: 31, min, max: 30 });

    let lines = |descriptions| Choice::Cvs(CvsCode { descriptions, ..CvsCode::default() });
    assert_eq!(refused(lines(vec![String::new(); 5])), CheckoutError::TooManyDescriptions);
    assert_eq!(
        refused(lines(vec!["x".repeat(21)])),
        CheckoutError::Text { field: "Desc_1", fault: TextFault::TooLong { max: 20 } }
    );

    let hide = |ignore| Choice::All(AllMethods { ignore, ..AllMethods::default() });
    assert_eq!(refused(hide(vec![PaymentMethod::All])), CheckoutError::IgnoreAll);
    assert_eq!(refused(hide(PaymentMethod::EVERY[1..].to_vec())), CheckoutError::NothingLeft);

    let instalments = |numbers: &[u8]| {
        Choice::Credit(Card::Instalments(numbers.iter().map(|n| NonZeroU8::new(*n).unwrap()).collect()))
    };
    assert_eq!(refused(instalments(&[])), CheckoutError::Instalments);
    assert_eq!(refused(instalments(&[4])), CheckoutError::Instalments);
}

#[test]
fn echoed_texts_are_checked() {
    let plain = || AioCheckOut::new(order(), PaymentMethod::All.into());
    let (field, fault) = ("StoreID", TextFault::Character);
    assert_eq!(sign(&plain().store_id("店一")), Err(CheckoutError::Text { field, fault }));
    assert_eq!(
        sign(&plain().store_id("T1234567890")),
        Err(CheckoutError::Text { field, fault: TextFault::TooLong { max: 10 } })
    );
    let custom = |value: String| sign(&plain().custom_fields([None, None, None, Some(value)]));
    assert_eq!(custom("a&b".into()), Err(CheckoutError::Text { field: "CustomField4", fault }));
    assert!(custom("茶".repeat(50)).is_ok());
    assert!(custom("茶".repeat(51)).is_err());
}
