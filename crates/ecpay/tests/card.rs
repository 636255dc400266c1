//! Card payments after the fact: the requests byte for byte, every answer there is, and what undoes a payment when.

use ecpay::aes::{Data, OpenError};
use ecpay::card::{
    ActionError, CardProduct, CardReply, Close, Closing, Extent, Refusal, Steps, extent, plan, steps, wait,
};
use ecpay::{
    ActionAnswer, ActionKind, Amount, CardAction, CardDetail, CardTrade, MerchantTradeNo, QueryCard, ReplyEnvelope,
    ReplyError, Stage, TaipeiTime, TradeNo, stage, verify,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const NOW: i64 = 1_785_572_458;

fn dollars(n: u32) -> Amount {
    Amount::new(n).unwrap()
}

fn trade() -> CardTrade {
    CardTrade {
        number: MerchantTradeNo::parse("T1260801093000ABCD").unwrap(),
        trade_no: TradeNo::parse("2608010930521234").unwrap(),
        amount: dollars(199),
    }
}

fn refund() -> CardAction {
    trade().refund(dollars(50)).unwrap()
}

fn sealed(data: &Value) -> Vec<u8> {
    ReplyEnvelope::seal(&stage::merchant(), data, NOW).unwrap().to_json().into_bytes()
}

fn answer(data: &Value) -> ActionAnswer {
    refund().sealed_answer(&sealed(data), &stage::merchant())
}

fn form_answer(body: &str) -> ActionAnswer {
    refund().form_answer(body.as_bytes(), &stage::merchant())
}

fn found(data: &Value) -> CardDetail {
    match CardReply::read_sealed(&sealed(data), &stage::merchant()) {
        Ok(CardReply::Found(detail)) => detail,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_action_is_sealed_with_both_numbers_and_a_whole_amount() {
    let body = refund().sealed(&stage::merchant(), NOW).unwrap();
    assert_eq!((body.merchant_id.as_str(), body.timestamp), ("3002607", NOW));
    let expected = json!({
        "MerchantID": "3002607",
        "MerchantTradeNo": "T1260801093000ABCD",
        "TradeNo": "2608010930521234",
        "Action": "R",
        "TotalAmount": 50,
    });
    assert_eq!(body.open(&stage::merchant()).unwrap(), expected);
}

#[test]
fn an_action_is_a_signed_form_without_a_time() {
    let fields = trade().abandon().fields(&stage::merchant());
    assert_eq!(verify(&stage::merchant(), &fields), Ok(()));
    let names: Vec<_> = fields.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["MerchantID", "MerchantTradeNo", "TradeNo", "Action", "TotalAmount", "CheckMacValue"]);
    assert_eq!((fields.get("Action"), fields.get("TotalAmount")), (Some("N"), Some("199")));
}

#[test]
fn whole_actions_carry_the_whole_amount_and_others_no_more() {
    for whole in [trade().abandon(), trade().cancel_capture()] {
        assert_eq!(whole.amount(), dollars(199));
    }
    assert_eq!(trade().refund(dollars(199)).unwrap().amount(), dollars(199));
    let too_much = Err(ActionError { wanted: dollars(200), authorised: dollars(199) });
    assert_eq!(trade().refund(dollars(200)), too_much);
    assert_eq!(trade().capture(dollars(200)), too_much);
    let letters: Vec<_> = ActionKind::EVERY.into_iter().map(ActionKind::letter).collect();
    assert_eq!(letters, ["C", "R", "E", "N"]);
    assert!(ActionKind::EVERY.into_iter().all(|kind| ActionKind::from_letter(kind.letter()) == Some(kind)));
    assert_eq!(ActionKind::from_letter("r"), None);
}

#[test]
fn a_sealed_answer_is_done_refused_or_unknown() {
    let numbers = |mut data: Value| {
        data["MerchantID"] = json!(3_002_607);
        data["MerchantTradeNo"] = json!("T1260801093000ABCD");
        data["TradeNo"] = json!("2608010930521234");
        data
    };
    let refused = |code, msg: &str| ActionAnswer::Refused { code, msg: msg.into() };
    for (data, expected) in [
        (numbers(json!({ "RtnCode": 1, "RtnMsg": "成功" })), ActionAnswer::Done),
        (numbers(json!({ "RtnCode": "1" })), ActionAnswer::Done),
        (numbers(json!({ "RtnCode": 0, "RtnMsg": "error_overDate" })), refused(0, "error_overDate")),
        (
            json!({ "RtnCode": 10_000_185, "RtnMsg": "Cant not find the trade data" }),
            refused(10_000_185, "Cant not find the trade data"),
        ),
        (numbers(json!({ "RtnCode": 0, "RtnMsg": "error_nopay" })), ActionAnswer::Unknown(ReplyError::BankSilent)),
        (numbers(json!({ "RtnCode": 10_300_066 })), ActionAnswer::Unknown(ReplyError::BankSilent)),
        (numbers(json!({ "RtnMsg": "" })), ActionAnswer::Unknown(ReplyError::Incomplete("RtnCode"))),
        (numbers(json!({ "RtnCode": true })), ActionAnswer::Unknown(ReplyError::Incomplete("RtnCode"))),
        (json!({ "RtnCode": 1 }), ActionAnswer::Unknown(ReplyError::Incomplete("MerchantTradeNo"))),
        (json!({ "RtnCode": 1, "MerchantTradeNo": "other" }), ActionAnswer::Unknown(ReplyError::OtherTrade)),
        (
            json!({ "RtnCode": 0, "MerchantTradeNo": "T1260801093000ABCD", "TradeNo": "1" }),
            ActionAnswer::Unknown(ReplyError::OtherTrade),
        ),
        (json!({ "RtnCode": 1, "MerchantID": "3002608" }), ActionAnswer::Unknown(ReplyError::OtherMerchant)),
    ] {
        assert_eq!(answer(&data), expected, "{data}");
    }
}

#[test]
fn an_envelope_that_was_not_taken_leaves_the_action_unknown() {
    let body = br#"{"MerchantID":"3002607","TransCode":128,"TransMsg":"System exception","Data":""}"#;
    let cause = ReplyError::NotTaken { code: 128, msg: "System exception".into() };
    assert_eq!(refund().sealed_answer(body, &stage::merchant()), ActionAnswer::Unknown(cause));
    let theirs = ReplyEnvelope::seal(&stage::merchant_without_3d(), &json!({ "RtnCode": 1 }), NOW).unwrap();
    let body = theirs.to_json().replace("2000132", "3002607");
    let answer = refund().sealed_answer(body.as_bytes(), &stage::merchant());
    assert_eq!(answer, ActionAnswer::Unknown(ReplyError::NotOpened(OpenError)));
    let page = refund().sealed_answer(b"<html>502</html>", &stage::merchant());
    assert_eq!(page, ActionAnswer::Unknown(ReplyError::Unreadable));
}

#[test]
fn a_form_answer_is_done_refused_or_unknown() {
    const NUMBERS: &str =
        "Merchant=3002607&MerchantID=3002607&MerchantTradeNo=T1260801093000ABCD&TradeNo=2608010930521234";
    assert_eq!(form_answer(&format!("{NUMBERS}&RtnCode=1&RtnMsg=")), ActionAnswer::Done);
    // Code and words as recorded on stage, which knows no order.
    assert_eq!(
        form_answer("Merchant=&MerchantID=&MerchantTradeNo=&TradeNo=&RtnCode=0&RtnMsg=訂單不存在"),
        ActionAnswer::Refused { code: 0, msg: "訂單不存在".into() }
    );
    for (body, cause) in [
        (NUMBERS.to_owned(), ReplyError::Incomplete("RtnCode")),
        (format!("{NUMBERS}&RtnCode=yes"), ReplyError::Incomplete("RtnCode")),
        (format!("{NUMBERS}&RtnCode=0&RtnMsg=error_nopay"), ReplyError::BankSilent),
        ("RtnCode=1".to_owned(), ReplyError::Incomplete("MerchantTradeNo")),
        ("1|OK".to_owned(), ReplyError::Incomplete("RtnCode")),
        (format!("{NUMBERS}&RtnCode=1").replace("ABCD", "ABCE"), ReplyError::OtherTrade),
        (format!("{NUMBERS}&RtnCode=1").replace("Merchant=3002607", "Merchant=3002608"), ReplyError::OtherMerchant),
        (format!("{NUMBERS}&RtnCode=1&RtnCode=0"), ReplyError::Unreadable),
        (String::new(), ReplyError::Incomplete("RtnCode")),
    ] {
        assert_eq!(form_answer(&body), ActionAnswer::Unknown(cause), "{body}");
    }
    assert_eq!(
        refund().form_answer(b"RtnCode=1&RtnMsg=\xff", &stage::merchant()),
        ActionAnswer::Unknown(ReplyError::Unreadable)
    );
}

#[test]
fn the_question_is_sealed_or_a_signed_form() {
    let body = QueryCard::sealed(&stage::merchant(), &trade().number, NOW).unwrap();
    let expected = json!({ "MerchantID": "3002607", "MerchantTradeNo": "T1260801093000ABCD" });
    assert_eq!(body.open(&stage::merchant()).unwrap(), expected);
    let fields = QueryCard::fields(&stage::merchant(), 14_521_552, dollars(199), 25_938_003);
    assert_eq!(verify(&stage::merchant(), &fields), Ok(()));
    assert_eq!(fields.get("CreditRefundId"), Some("14521552"));
    assert_eq!(fields.get("CreditAmount"), Some("199"));
    assert_eq!(fields.get("CreditCheckCode"), Some("25938003"));
}

/// As recorded on stage.
#[test]
fn an_authorised_payment_has_no_code_and_no_closings() {
    let detail = found(&json!({
        "RtnMsg": "",
        "RtnValue": {
            "TradeID": 14_521_552, "Amount": 199, "ClsAmt": 0, "AuthTime": "2026/08/01 09:30:52", "Status": "Authorized"
        },
        "CloseData": {},
    }));
    let expected = CardDetail {
        stage: Stage::Authorised,
        amount: 199,
        captured: Some(0),
        authorisation: Some("14521552".into()),
        authorised_at: TaipeiTime::parse("2026/08/01 09:30:52").ok(),
        closings: vec![],
    };
    assert_eq!(detail, expected);
}

#[test]
fn closings_stand_beside_the_value_in_an_envelope() {
    let detail = found(&json!({
        "RtnMsg": "",
        "RtnValue": { "TradeID": "1", "Amount": "199", "ClsAmt": "199", "AuthTime": "", "Status": "Captured" },
        "CloseData": [
            { "Status": "Captured", "Amount": 199, "DateTime": "2026/08/01 20:15:00" },
            { "Status": "To be captured", "Amount": "-50", "DateTime": "2026/8/2" },
        ],
    }));
    assert_eq!((detail.stage, detail.captured, detail.authorised_at), (Stage::Captured, Some(199), None));
    let at = TaipeiTime::parse("2026/08/01 20:15:00").ok();
    let first = Close { stage: Stage::Captured, amount: 199, serial: None, at };
    let second = Close { stage: Stage::ToBeCaptured, amount: -50, serial: None, at: None };
    assert_eq!(detail.closings, [first, second]);
}

#[test]
fn closings_stand_inside_the_value_in_a_form_answer() {
    let body = json!({
        "RtnMsg": "",
        "RtnValue": {
            "TradeID": 1, "amount": 199, "clsamt": 0, "authtime": "2026/08/01 09:30:52", "status": "已授權",
            "close_data": [
                { "status": "要關帳", "sno": "77", "amount": 199, "datetime": "2026/08/01 20:15:00" },
            ],
        },
    });
    let Ok(CardReply::Found(detail)) = CardReply::read_form(body.to_string().as_bytes()) else { panic!() };
    assert_eq!((detail.stage, detail.amount), (Stage::ToBeCaptured, 199));
    assert_eq!(detail.closings[0].serial.as_deref(), Some("77"));
}

#[test]
fn a_question_without_a_payment_in_its_answer() {
    let other = |code, msg: &str| Ok(CardReply::Other { code, msg: msg.into() });
    let value = json!({ "Amount": 199, "Status": "Authorized" });
    for (data, expected) in [
        (json!({ "RtnCode": 10_000_185, "RtnMsg": "Cant not find the trade data" }), Ok(CardReply::NotFound)),
        (json!({ "RtnMsg": "error_nopay", "RtnValue": null }), Ok(CardReply::BankSilent)),
        (json!({ "RtnCode": 1, "RtnMsg": "error_nopay", "RtnValue": value }), Ok(CardReply::BankSilent)),
        (json!({ "RtnMsg": "error_Stop" }), other(None, "error_Stop")),
        (json!({ "RtnCode": 5_000_261, "RtnMsg": "no" }), other(Some(5_000_261), "no")),
        (json!({ "RtnMsg": "" }), Err(ReplyError::Incomplete("RtnValue"))),
        (json!({ "RtnMsg": "", "RtnValue": { "Amount": 199 } }), Err(ReplyError::Incomplete("Status"))),
        (json!({ "RtnMsg": "", "RtnValue": { "Status": "x" } }), Err(ReplyError::Incomplete("Amount"))),
        (json!({ "RtnMsg": "", "RtnValue": { "Amount": -1, "Status": "x" } }), Err(ReplyError::Incomplete("Amount"))),
        (json!({ "RtnMsg": "", "RtnValue": value, "CloseData": "none" }), Err(ReplyError::Incomplete("CloseData"))),
        (
            json!({ "RtnMsg": "", "RtnValue": value, "CloseData": [{ "Amount": 1 }] }),
            Err(ReplyError::Incomplete("CloseData")),
        ),
    ] {
        assert_eq!(CardReply::read_sealed(&sealed(&data), &stage::merchant()), expected, "{data}");
    }
    let none = r#"{"RtnMsg":"授權單號錯誤","RtnValue":null}"#;
    assert_eq!(CardReply::read_form(none.as_bytes()), other(None, "授權單號錯誤"));
    let silent = r#"{"RtnMsg":"error_nopay","RtnValue":null}"#;
    assert_eq!(CardReply::read_form(silent.as_bytes()), Ok(CardReply::BankSilent));
    assert_eq!(CardReply::read_form(b"error"), Err(ReplyError::Unreadable));
    assert_eq!(CardReply::read_form(br#"{"RtnMsg":[]}"#), Err(ReplyError::Incomplete("RtnMsg")));
}

/// Every cell: stage, product, then the answer for the whole and for a part.
#[test]
fn what_undoes_a_payment_in_each_stage() {
    use CardProduct::{OneOff, UnionPay, WholeOnly};
    use Steps::{Abandon, CancelThenAbandon, Refund};
    let strange = || Refusal::UnknownStage("Settling".into());
    for (stage, product, whole, part) in [
        (Stage::Authorised, OneOff, Ok(Abandon), Err(Refusal::NotCaptured)),
        (Stage::Authorised, WholeOnly, Ok(Abandon), Err(Refusal::WholeOnly)),
        (Stage::Authorised, UnionPay, Ok(Abandon), Err(Refusal::NotCaptured)),
        (Stage::ToBeCaptured, OneOff, Ok(CancelThenAbandon), Ok(Refund)),
        (Stage::ToBeCaptured, WholeOnly, Ok(CancelThenAbandon), Err(Refusal::WholeOnly)),
        (Stage::ToBeCaptured, UnionPay, Ok(Refund), Ok(Refund)),
        (Stage::Captured, OneOff, Ok(Refund), Ok(Refund)),
        (Stage::Captured, WholeOnly, Ok(Refund), Err(Refusal::WholeOnly)),
        (Stage::Captured, UnionPay, Ok(Refund), Ok(Refund)),
        (Stage::OperationCancelled, OneOff, Ok(Abandon), Err(Refusal::NotCaptured)),
        (Stage::OperationCancelled, WholeOnly, Ok(Abandon), Err(Refusal::WholeOnly)),
        (Stage::OperationCancelled, UnionPay, Ok(Abandon), Err(Refusal::NotCaptured)),
        (Stage::Cancelled, OneOff, Err(Refusal::Cancelled), Err(Refusal::Cancelled)),
        (Stage::Cancelled, WholeOnly, Err(Refusal::Cancelled), Err(Refusal::Cancelled)),
        (Stage::Cancelled, UnionPay, Err(Refusal::Cancelled), Err(Refusal::Cancelled)),
        (Stage::NotAuthorised, OneOff, Err(Refusal::NotAuthorised), Err(Refusal::NotAuthorised)),
        (Stage::NotAuthorised, WholeOnly, Err(Refusal::NotAuthorised), Err(Refusal::NotAuthorised)),
        (Stage::NotAuthorised, UnionPay, Err(Refusal::NotAuthorised), Err(Refusal::NotAuthorised)),
        (Stage::parse("Settling"), OneOff, Err(strange()), Err(strange())),
        (Stage::parse("Settling"), WholeOnly, Err(strange()), Err(strange())),
        (Stage::parse("Settling"), UnionPay, Err(strange()), Err(strange())),
    ] {
        assert_eq!(steps(&stage, Extent::Whole, product), whole, "{stage:?} {product:?}");
        assert_eq!(steps(&stage, Extent::Part, product), part, "{stage:?} {product:?}");
    }
}

#[test]
fn no_more_goes_back_than_was_paid() {
    for (given_back, wanted, expected) in [
        (0, 199, Ok(Extent::Whole)),
        (0, 198, Ok(Extent::Part)),
        (0, 200, Err(Refusal::TooMuch { left: 199 })),
        (50, 149, Ok(Extent::Part)),
        (50, 150, Err(Refusal::TooMuch { left: 149 })),
        (199, 1, Err(Refusal::TooMuch { left: 0 })),
        (u32::MAX, 1, Err(Refusal::TooMuch { left: 0 })),
    ] {
        assert_eq!(extent(&trade(), given_back, dollars(wanted)), expected, "{given_back} {wanted}");
    }
}

#[test]
fn a_plan_is_the_requests_in_order() {
    let of = |stage: Stage, given_back, wanted| {
        let plan = plan(&trade(), &stage, CardProduct::OneOff, given_back, dollars(wanted))?;
        Ok::<_, Refusal>(plan.actions.iter().map(|one| (one.kind(), one.amount().dollars())).collect::<Vec<_>>())
    };
    assert_eq!(of(Stage::Authorised, 0, 199), Ok(vec![(ActionKind::Abandon, 199)]));
    let both = vec![(ActionKind::CancelCapture, 199), (ActionKind::Abandon, 199)];
    assert_eq!(of(Stage::ToBeCaptured, 0, 199), Ok(both));
    assert_eq!(of(Stage::ToBeCaptured, 0, 50), Ok(vec![(ActionKind::Refund, 50)]));
    assert_eq!(of(Stage::Captured, 50, 149), Ok(vec![(ActionKind::Refund, 149)]));
    assert_eq!(of(Stage::Captured, 50, 150), Err(Refusal::TooMuch { left: 149 }));
}

#[test]
fn a_plan_waits_for_its_first_request() {
    let at = TaipeiTime::parse("2026/01/05 22:00:00").unwrap();
    let whole = |stage| plan(&trade(), &stage, CardProduct::OneOff, 0, dollars(199)).unwrap();
    assert_eq!(whole(Stage::ToBeCaptured).wait(at, Closing::Automatic).as_secs(), 8 * 60 * 60);
    assert_eq!(whole(Stage::Captured).wait(at, Closing::Automatic).as_secs(), 0);
    assert_eq!(whole(Stage::ToBeCaptured).wait(at, Closing::Manual).as_secs(), 0);
}

fn stages() -> impl Strategy<Value = Stage> {
    "(已授權|要關帳|已關帳|操作取消|已取消|未授權|.{0,8})".prop_map(|text| Stage::parse(&text))
}

fn text_or_number() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "(Authorized|已關帳|.{0,12})".prop_map(Value::from),
        Just(json!([])),
        Just(Value::Null),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn no_bytes_break_an_answer_and_none_are_success(body in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_ne!(refund().sealed_answer(&body, &stage::merchant()), ActionAnswer::Done);
        prop_assert_ne!(refund().form_answer(&body, &stage::merchant()), ActionAnswer::Done);
        prop_assert!(!matches!(CardReply::read_form(&body), Ok(CardReply::Found(_))));
        prop_assert!(CardReply::read_sealed(&body, &stage::merchant()).is_err());
    }

    #[test]
    fn no_values_break_a_detail(
        code in text_or_number(), msg in text_or_number(), amount in text_or_number(), status in text_or_number(),
        time in text_or_number(), line in text_or_number(),
    ) {
        let data = json!({
            "RtnCode": code, "RtnMsg": msg,
            "RtnValue": { "Amount": amount, "ClsAmt": amount, "AuthTime": time, "Status": status },
            "CloseData": [{ "Status": line, "Amount": amount, "DateTime": time }],
        });
        let _ = CardReply::read_sealed(&sealed(&data), &stage::merchant());
        let _ = CardReply::read_form(data.to_string().as_bytes());
        let _ = answer(&data);
        let _ = Data::read(data.to_string().as_bytes(), &stage::merchant());
    }

    #[test]
    fn a_plan_never_gives_back_more_than_is_left(
        stage in stages(), given_back in 0_u32..300, wanted in 1_u32..300, product in 0..3_usize,
    ) {
        let product = [CardProduct::OneOff, CardProduct::WholeOnly, CardProduct::UnionPay][product];
        if let Ok(plan) = plan(&trade(), &stage, product, given_back, dollars(wanted)) {
            prop_assert!(given_back + wanted <= 199);
            prop_assert!(matches!(plan.actions.len(), 1 | 2));
            let last = plan.actions.last().unwrap();
            prop_assert_eq!(last.amount(), dollars(wanted));
        }
    }

    #[test]
    fn after_waiting_there_is_nothing_to_wait_for(seconds in 0..2_000_000_000_i64, kind in 0..4_usize) {
        let kind = ActionKind::EVERY[kind];
        let now = TaipeiTime::from_unix(seconds).unwrap();
        let pause = wait(kind, now, Closing::Automatic);
        prop_assert!(pause.as_secs() < 10 * 60 * 60);
        let later = TaipeiTime::from_unix(seconds + i64::try_from(pause.as_secs()).unwrap()).unwrap();
        prop_assert!(wait(kind, later, Closing::Automatic).is_zero());
    }
}
