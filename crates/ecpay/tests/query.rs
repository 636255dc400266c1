//! Replies to QueryTradeInfo as the stage server sent them.

use ecpay::{Amount, Fields, MerchantTradeNo, QueryError, QueryTradeInfo, TaipeiTime, TradeInfo, TradeNo, TradeStatus};
use ecpay::{CodeKind, CodeStatus, PaidTrade, PaymentInfo};
use ecpay::{sign, stage, verify};

const PAID: &str = "CustomField1=&CustomField2=&CustomField3=&CustomField4=&HandlingCharge=30&ItemName=paidcli test\
&MerchantID=3002607&MerchantTradeNo=paidcli1782998612529&PaymentDate=2026/07/02 21:27:45\
&PaymentType=Credit_CreditCard&PaymentTypeChargeFee=31&StoreID=&TradeAmt=1234&TradeDate=2026/07/02 21:24:11\
&TradeNo=2607022124117236&TradeStatus=1&CheckMacValue=";

const UNKNOWN: &str = "HandlingCharge=0&ItemName=&MerchantID=3002607&MerchantTradeNo=paidcli-probe-001&PaymentDate=\
&PaymentType=&PaymentTypeChargeFee=0&TradeAmt=0&TradeDate=&TradeNo=&TradeStatus=10200047&CheckMacValue=";

/// The signature that the recording carried, from the vector of the same order.
fn recorded(body: &str, number: &str) -> String {
    let file: serde_json::Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
    let vectors = file["check_mac_value"].as_array().unwrap();
    let same = vectors.iter().find(|v| v["params"]["MerchantTradeNo"] == number).unwrap();
    format!("{body}{}", same["expected"].as_str().unwrap())
}

fn resigned(change: impl Fn(&mut Fields)) -> String {
    let mut fields = Fields::from_raw(PAID).unwrap();
    change(&mut fields);
    sign(&stage::merchant(), &mut fields);
    fields.to_raw()
}

fn with_status(status: &str) -> TradeStatus {
    let body = resigned(|fields| {
        fields.remove("TradeStatus");
        fields.push("TradeStatus", status);
    });
    TradeInfo::read(body.as_bytes(), &stage::merchant()).unwrap().status
}

#[test]
fn a_paid_order() {
    let body = recorded(PAID, "paidcli1782998612529");
    let info = TradeInfo::read(body.as_bytes(), &stage::merchant()).unwrap();
    assert!(info.is_about(&MerchantTradeNo::parse("paidcli1782998612529").unwrap()));
    let TradeStatus::Paid(PaidTrade { amount, trade_no, paid_at, payment_type }) = info.status else {
        panic!("{:?}", info.status)
    };
    assert_eq!(amount, Amount::new(1234).unwrap());
    assert_eq!(trade_no, TradeNo::parse("2607022124117236").unwrap());
    assert_eq!(paid_at, TaipeiTime::parse("2026/07/02 21:27:45").ok());
    assert_eq!(payment_type.unwrap().raw(), "Credit_CreditCard");
}

#[test]
fn an_unknown_order_echoes_a_number_that_is_none() {
    let body = recorded(UNKNOWN, "paidcli-probe-001");
    let info = TradeInfo::read(body.as_bytes(), &stage::merchant()).unwrap();
    assert_eq!(info.status, TradeStatus::UnknownOrder);
    assert_eq!(info.number, "paidcli-probe-001");
}

#[test]
fn every_status_has_its_meaning() {
    for (wire, status) in [
        ("0", TradeStatus::Unpaid),
        ("10200095", TradeStatus::NotEstablished),
        ("10200163", TradeStatus::BnplFailed),
        ("10200047", TradeStatus::UnknownOrder),
        ("10200052", TradeStatus::BadNumber),
        ("10200073", TradeStatus::BadSignature),
        ("01", TradeStatus::Other("01".into())),
        ("10300066", TradeStatus::Other("10300066".into())),
    ] {
        assert_eq!(with_status(wire), status);
    }
}

#[test]
fn a_literal_plus_stays_a_plus() {
    let body = resigned(|fields| {
        fields.remove("ItemName");
        fields.push("ItemName", "A+B 100% %2B");
    });
    let info = TradeInfo::read(body.as_bytes(), &stage::merchant()).unwrap();
    assert_eq!(info.fields.get("ItemName"), Some("A+B 100% %2B"));
}

#[test]
fn an_encoded_reply_is_read_when_only_its_decoded_values_verify() {
    let mut fields = Fields::from_raw(PAID).unwrap();
    sign(&stage::merchant(), &mut fields);
    let info = TradeInfo::read(fields.to_form().as_bytes(), &stage::merchant()).unwrap();
    assert_eq!(info.fields.get("PaymentDate"), Some("2026/07/02 21:27:45"));
    assert!(matches!(info.status, TradeStatus::Paid(_)));
}

#[test]
fn a_reply_that_proves_nothing_is_an_error() {
    let merchant = stage::merchant();
    let good = recorded(PAID, "paidcli1782998612529");
    let read = |body: &str| TradeInfo::read(body.as_bytes(), &merchant).unwrap_err();
    assert_eq!(read("<html>403 Forbidden</html>"), QueryError::Unsigned);
    assert_eq!(read(""), QueryError::Unsigned);
    assert_eq!(read(PAID), QueryError::Unsigned);
    assert_eq!(read(&good.replace("TradeAmt=1234", "TradeAmt=1235")), QueryError::Forged);
    assert_eq!(read(&good.replace("TradeStatus=1&", "TradeStatus=0&")), QueryError::Forged);
    assert!(matches!(read("a=1&a=2"), QueryError::Unreadable(_)));
    assert!(matches!(TradeInfo::read(&[0xff], &merchant), Err(QueryError::Unreadable(_))));
    let other = resigned(|fields| {
        fields.remove("MerchantID");
        fields.push("MerchantID", "2000132");
    });
    assert_eq!(read(&other), QueryError::OtherMerchant);
}

#[test]
fn paid_without_amount_or_number_is_no_proof() {
    for name in ["TradeAmt", "TradeNo", "MerchantID"] {
        let body = resigned(|fields| {
            fields.remove(name);
            fields.push(name, "");
        });
        assert_eq!(TradeInfo::read(body.as_bytes(), &stage::merchant()), Err(QueryError::Incomplete(name)));
    }
}

#[test]
fn the_request_is_signed_and_carries_the_time() {
    let merchant = stage::merchant();
    let number = MerchantTradeNo::parse("T1ABC").unwrap();
    let fields = QueryTradeInfo::fields(&merchant, &number, 1_767_587_696);
    assert_eq!(verify(&merchant, &fields), Ok(()));
    let names: Vec<_> = fields.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["MerchantID", "MerchantTradeNo", "TimeStamp", "CheckMacValue"]);
    assert_eq!(fields.get("TimeStamp"), Some("1767587696"));
}

#[test]
fn an_issued_code_can_be_asked_for_again() {
    let merchant = stage::merchant();
    let reply = |pairs: &[(&str, &str)]| {
        let mut fields: Fields = pairs.iter().copied().collect();
        sign(&merchant, &mut fields);
        PaymentInfo::read(fields.to_raw().as_bytes(), &merchant).unwrap()
    };
    let issued = reply(&[
        ("ExpireDate", "2026/01/12 12:34:56"),
        ("MerchantID", "3002607"),
        ("MerchantTradeNo", "T1ABC"),
        ("PaymentNo", "LLL26005123456"),
        ("PaymentType", "CVS_CVS"),
        ("PaymentURL", "https://payment-stage.ecpay.com.tw/PaymentRule/CVSBarCode?PaymentNo=LLL26005123456"),
        ("RtnCode", "10100073"),
        ("TradeAmt", "300"),
    ]);
    let CodeStatus::Issued(CodeKind::Cvs { payment_no, payment_url, .. }) = issued.status else { panic!() };
    assert_eq!(payment_no, "LLL26005123456");
    assert!(payment_url.unwrap().ends_with("?PaymentNo=LLL26005123456"));
    let unknown = reply(&[("MerchantID", ""), ("MerchantTradeNo", "T1ABC"), ("RtnCode", "10200047"), ("RtnMsg", "x")]);
    assert_eq!(unknown.status, CodeStatus::UnknownOrder);
}
