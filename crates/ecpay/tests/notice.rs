//! Notices as they arrive on the wire.

use ecpay::notice::{self, CodeNotice, Notice, NoticeError, Outcome, PaymentNotice};
use ecpay::{Amount, CodeKind, Fields, FieldsError, TaipeiTime, sign, stage};

/// The sample of doc 2878, in the form the gateway posts it.
const SAMPLE: &str = "CustomField1=&CustomField2=&CustomField3=&CustomField4=&MerchantID=3002607\
&MerchantTradeNo=D9RMXNrihUYM&PaymentDate=2024%2F12%2F31+12%3A26%3A09&PaymentType=Credit_CreditCard\
&PaymentTypeChargeFee=10&RtnCode=1&RtnMsg=%E4%BA%A4%E6%98%93%E6%88%90%E5%8A%9F&SimulatePaid=0&StoreID=&TradeAmt=402\
&TradeDate=2024%2F12%2F31+12%3A25%3A43&TradeNo=2412311225437371\
&CheckMacValue=85D927637935683EA756CDEF76498FEB9F5D098A7A1AC4F0CB3B3609A9D4116A";

/// The sample with some fields replaced or added, signed anew by `merchant`.
fn body_by(merchant: &ecpay::Merchant, changes: &[(&str, &str)]) -> Vec<u8> {
    let mut fields = Fields::from_form(SAMPLE.as_bytes()).unwrap();
    for (name, value) in changes {
        fields.remove(name);
        fields.push(*name, *value);
    }
    sign(merchant, &mut fields);
    fields.to_form().into_bytes()
}

fn read(changes: &[(&str, &str)]) -> Result<Notice, NoticeError> {
    notice::read(&body_by(&stage::merchant(), changes), &stage::merchant())
}

fn payment(changes: &[(&str, &str)]) -> PaymentNotice {
    match read(changes).unwrap() {
        Notice::Payment(notice) => notice,
        Notice::Code(notice) => panic!("{notice:?}"),
    }
}

/// A PaymentInfoURL body (doc 2881).
fn code_body(code: &[(&str, &str)]) -> Vec<u8> {
    let common = [
        ("MerchantID", "3002607"),
        ("MerchantTradeNo", "T1260105123456ABCD"),
        ("StoreID", "T1"),
        ("TradeNo", "2601051234561234"),
        ("TradeAmt", "300"),
        ("TradeDate", "2026/01/05 12:34:56"),
        ("CustomField1", ""),
    ];
    let mut fields: Fields = common.iter().chain(code).copied().collect();
    sign(&stage::merchant(), &mut fields);
    fields.to_form().into_bytes()
}

fn code(code: &[(&str, &str)]) -> CodeNotice {
    match notice::read(&code_body(code), &stage::merchant()).unwrap() {
        Notice::Code(notice) => notice,
        Notice::Payment(notice) => panic!("{notice:?}"),
    }
}

#[test]
fn the_published_sample_is_a_payment() {
    let Notice::Payment(notice) = notice::read(SAMPLE.as_bytes(), &stage::merchant()).unwrap() else { panic!() };
    assert_eq!(notice.order.number.as_str(), "D9RMXNrihUYM");
    assert_eq!(notice.order.trade_no.as_ref().unwrap().as_str(), "2412311225437371");
    assert_eq!(notice.order.amount, Amount::new(402).unwrap());
    assert_eq!(notice.order.placed_at, TaipeiTime::parse("2024/12/31 12:25:43").ok());
    assert_eq!(notice.order.store_id, None);
    assert_eq!(notice.paid_at, TaipeiTime::parse("2024/12/31 12:26:09").ok());
    assert_eq!(notice.charge_fee.as_deref(), Some("10"));
    assert_eq!((notice.outcome, notice.simulated), (Outcome::Paid, false));
}

#[test]
fn repeats_and_browser_copies_differ_in_their_message_only() {
    let first = payment(&[]);
    for msg in ["paid", "Succeeded"] {
        let again = payment(&[("RtnMsg", msg)]);
        assert_eq!((&again.order, &again.outcome), (&first.order, &first.outcome));
    }
}

#[test]
fn a_simulated_payment_says_so() {
    assert!(payment(&[("SimulatePaid", "1"), ("RtnMsg", "付款成功")]).simulated);
    assert!(payment(&[("SimulatePaid", "2")]).simulated);
    assert!(!payment(&[("SimulatePaid", "")]).simulated);
}

#[test]
fn pending_is_neither_paid_nor_declined() {
    assert_eq!(payment(&[("RtnCode", "10300066")]).outcome, Outcome::Pending);
}

#[test]
fn any_other_code_is_a_decline() {
    for code in ["10100058", "10100248", "0", "01", "1 "] {
        let outcome = payment(&[("RtnCode", code), ("RtnMsg", "Pay Fail")]).outcome;
        assert_eq!(outcome, Outcome::Declined { code: code.into(), msg: "Pay Fail".into() });
    }
}

#[test]
fn extra_and_unknown_fields_are_signed_and_kept() {
    let notice = payment(&[
        ("gwsr", "14521552"),
        ("auth_code", "777777"),
        ("card4no", "2222"),
        ("card6no", "431195"),
        ("eci", "5"),
        ("amount", "402"),
        ("process_date", "2024/12/31 12:26:09"),
        ("TWQRTradeNo", ""),
        ("PayFrom", ""),
        ("SomethingNew", "a+b c"),
    ]);
    assert_eq!(notice.extra.gwsr.as_deref(), Some("14521552"));
    assert_eq!(notice.extra.card4no.as_deref(), Some("2222"));
    assert_eq!(notice.extra.eci, Some(5));
    assert_eq!(notice.extra.amount, Amount::new(402).ok());
    assert_eq!(notice.extra.process_date, TaipeiTime::parse("2024/12/31 12:26:09").ok());
    assert_eq!(notice.extra.twqr_trade_no, None);
    assert_eq!(notice.fields.get("SomethingNew"), Some("a+b c"));
}

#[test]
fn debug_shows_no_card_digits() {
    let shown = format!("{:?}", payment(&[("card4no", "9876"), ("card6no", "543210"), ("auth_code", "135790")]));
    assert!(shown.contains("card4no"));
    assert!(!shown.contains("9876") && !shown.contains("543210") && !shown.contains("135790"), "{shown}");
}

#[test]
fn an_issued_code_is_not_a_payment() {
    let atm = code(&[
        ("RtnCode", "2"),
        ("RtnMsg", "Get VirtualAccount Succeeded"),
        ("PaymentType", "ATM_LAND"),
        ("BankCode", "005"),
        ("vAccount", "5219111122223333"),
        ("ExpireDate", "2026/01/08"),
    ]);
    assert_eq!(
        atm.outcome,
        Outcome::CodeIssued(CodeKind::Atm {
            bank_code: "005".into(),
            account: "5219111122223333".into(),
            expires: TaipeiTime::parse("2026/01/08 23:59:59").ok(),
        })
    );
    let store = |payment_no: &'static str, barcodes: [&'static str; 3], kind: &'static str| {
        code(&[
            ("RtnCode", "10100073"),
            ("RtnMsg", "Get CVS Code Succeeded"),
            ("PaymentType", kind),
            ("PaymentNo", payment_no),
            ("ExpireDate", "2026/01/12 12:34:56"),
            ("Barcode1", barcodes[0]),
            ("Barcode2", barcodes[1]),
            ("Barcode3", barcodes[2]),
        ])
        .outcome
    };
    let expires = TaipeiTime::parse("2026/01/12 12:34:56").ok();
    assert_eq!(
        store("LLL26005123456", ["", "", ""], "CVS_CVS"),
        Outcome::CodeIssued(CodeKind::Cvs { payment_no: "LLL26005123456".into(), payment_url: None, expires })
    );
    assert_eq!(
        store("", ["150112C1A", "3454512345678901", "010512000000300"], "BARCODE_BARCODE"),
        Outcome::CodeIssued(CodeKind::Barcode {
            segments: ["150112C1A", "3454512345678901", "010512000000300"].map(str::to_owned),
            expires
        })
    );
    let bnpl =
        code(&[("RtnCode", "2"), ("PaymentType", "BNPL_URICH"), ("BNPLTradeNo", "U1"), ("BNPLInstallment", "3")]);
    assert_eq!(
        bnpl.outcome,
        Outcome::CodeIssued(CodeKind::Bnpl { application: Some("U1".into()), instalments: Some("3".into()) })
    );
}

#[test]
fn a_refused_code_is_a_decline_about_a_code() {
    let refused =
        code(&[("RtnCode", "10100050"), ("RtnMsg", "Parameter Error"), ("ExpireDate", ""), ("PaymentNo", "")]);
    assert!(matches!(refused.outcome, Outcome::Declined { .. }));
}

#[test]
fn what_proves_nothing_is_told_apart() {
    let ours = stage::merchant();
    let fail = |body: &[u8]| notice::read(body, &ours).unwrap_err();
    assert_eq!(fail(b""), NoticeError::Unsigned);
    assert_eq!(fail(b"\0\xff&&&=%"), NoticeError::Unreadable(FieldsError::NotUtf8));
    assert_eq!(fail(b"a=1&a=2"), NoticeError::Unreadable(FieldsError::Duplicate));
    assert_eq!(fail(SAMPLE.split("&CheckMacValue").next().unwrap().as_bytes()), NoticeError::Unsigned);
    assert_eq!(fail(SAMPLE.replace("TradeAmt=402", "TradeAmt=302").as_bytes()), NoticeError::Forged);
    assert_eq!(fail(SAMPLE.replace("SimulatePaid=0&", "").as_bytes()), NoticeError::Forged);
    assert_eq!(fail(&body_by(&stage::merchant_without_3d(), &[])), NoticeError::Forged);
    assert_eq!(fail(&body_by(&ours, &[("MerchantID", "2000132")])), NoticeError::OtherMerchant);
}

#[test]
fn a_signed_notice_without_its_essentials_is_incomplete() {
    for name in ["MerchantID", "MerchantTradeNo", "TradeAmt", "RtnCode"] {
        assert_eq!(read(&[(name, "")]).unwrap_err(), NoticeError::Incomplete(name));
    }
    assert_eq!(read(&[("TradeAmt", "402.5")]).unwrap_err(), NoticeError::Incomplete("TradeAmt"));
    assert_eq!(
        read(&[("RtnCode", "2"), ("PaymentType", "ATM_LAND")]).unwrap_err(),
        NoticeError::Incomplete("vAccount")
    );
}
