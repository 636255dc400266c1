//! The sealed envelope: every published vector both ways, and nothing from outside that breaks or leaks.

use ecpay::aes::{self, Data, OpenError, ReplyEnvelope, ReplyError, RequestEnvelope, SealError};
use ecpay::{HashIv, HashKey, Merchant, MerchantId, stage};
use proptest::prelude::*;
use serde_json::{Value, json};

struct Vector {
    merchant: Merchant,
    json: String,
    data: String,
    note: String,
}

fn vectors() -> Vec<Vector> {
    let file: Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let vectors = file["aes"].as_array().unwrap();
    assert!(vectors.len() >= 10);
    vectors
        .iter()
        .map(|vector| Vector {
            merchant: Merchant {
                id: MerchantId::parse("3002607").unwrap(),
                key: HashKey::parse(&text(&vector["hash_key"])).unwrap(),
                iv: HashIv::parse(&text(&vector["hash_iv"])).unwrap(),
            },
            json: text(&vector["plaintext_json"]),
            data: text(&vector["data_base64"]),
            note: text(&vector["note"]),
        })
        .collect()
}

fn reply(data: &Value) -> ReplyEnvelope {
    ReplyEnvelope::seal(&stage::merchant(), data, 1_785_572_458).unwrap()
}

#[test]
fn sealing_gives_the_expected_data() {
    for vector in vectors() {
        assert_eq!(aes::seal(&vector.merchant, &vector.json).as_deref(), Ok(vector.data.as_str()), "{}", vector.note);
    }
}

#[test]
fn the_expected_data_opens() {
    for vector in vectors() {
        assert_eq!(aes::open(&vector.merchant, &vector.data).as_deref(), Ok(vector.json.as_str()), "{}", vector.note);
    }
}

#[test]
fn every_failure_to_open_looks_the_same() {
    let merchant = stage::merchant();
    let good = aes::seal(&merchant, r#"{"RtnCode":1}"#).unwrap();
    let no_json = aes::seal(&merchant, "RtnCode=1").unwrap();
    let cut = &good[..good.len() - 4];
    for bad in ["", "=", "AAAA", "not base64!", &good[1..], cut, &no_json, &format!("{good}\n"), &"A".repeat(70_000)] {
        assert_eq!(aes::open(&merchant, bad), Err(OpenError), "{bad:.20}");
        assert_eq!(aes::open_json(&merchant, bad), Err(OpenError), "{bad:.20}");
    }
    assert_eq!(aes::open(&stage::merchant_without_3d(), &good), Err(OpenError));
}

#[test]
fn keys_that_are_no_shops_seal_and_open_nothing() {
    let short = Merchant { key: HashKey::parse_any_length("short").unwrap(), ..stage::merchant() };
    assert_eq!(aes::seal(&short, "{}"), Err(SealError));
    assert_eq!(aes::open(&short, &aes::seal(&stage::merchant(), "{}").unwrap()), Err(OpenError));
}

#[test]
fn a_request_says_who_sends_it_outside_and_inside() {
    let merchant = stage::merchant();
    let sent = RequestEnvelope::seal(&merchant, json!({ "MerchantTradeNo": "A1" }), 1_767_587_696).unwrap();
    let body: Value = serde_json::from_str(&sent.to_json()).unwrap();
    assert_eq!(body["MerchantID"], json!("3002607"));
    assert_eq!(body["RqHeader"], json!({ "Timestamp": 1_767_587_696 }));
    let read = RequestEnvelope::read(sent.to_json().as_bytes()).unwrap();
    assert_eq!(read, sent);
    assert_eq!(read.open(&merchant).unwrap(), json!({ "MerchantID": "3002607", "MerchantTradeNo": "A1" }));
}

#[test]
fn an_envelope_that_was_not_taken_is_no_answer() {
    let body = br#"{"MerchantID":"3002607","RpHeader":{"Timestamp":1},"TransCode":110,"TransMsg":"no","Data":""}"#;
    let refused = Data::read(body, &stage::merchant());
    assert_eq!(refused, Err(ReplyError::NotTaken { code: 110, msg: "no".into() }));
    // Even sealed data says nothing then.
    let mut fault = reply(&json!({ "RtnCode": 1 }));
    fault.trans_code = 128;
    assert!(matches!(fault.open(&stage::merchant()), Err(ReplyError::NotTaken { code: 128, .. })));
}

#[test]
fn the_inner_code_is_a_number_or_its_text_or_absent_and_nothing_else() {
    for (data, code) in [
        (json!({ "RtnCode": 1 }), Ok(Some(1))),
        (json!({ "RtnCode": "1" }), Ok(Some(1))),
        (json!({ "RtnCode": 10000185 }), Ok(Some(10_000_185))),
        (json!({ "RtnMsg": "" }), Ok(None)),
        (json!({ "RtnCode": null }), Ok(None)),
        (json!({ "RtnCode": true }), Err(ReplyError::Incomplete("RtnCode"))),
        (json!({ "RtnCode": "" }), Err(ReplyError::Incomplete("RtnCode"))),
        (json!({ "RtnCode": 1.5 }), Err(ReplyError::Incomplete("RtnCode"))),
        (json!([]), Err(ReplyError::NotOpened(OpenError))),
    ] {
        let body = reply(&data).to_json();
        let read = Data::read(body.as_bytes(), &stage::merchant()).map(|data| data.rtn_code);
        assert_eq!(read, code, "{data}");
    }
}

#[test]
fn a_merchant_number_may_be_a_number_and_must_be_ours() {
    let ours = json!({ "RtnCode": 1, "MerchantID": 3_002_607 });
    let body = reply(&ours).to_json().replace("\"3002607\"", "3002607");
    assert!(body.contains(":3002607,"));
    assert!(Data::read(body.as_bytes(), &stage::merchant()).is_ok());
    for other in [
        reply(&ours).to_json().replace("3002607", "3002608"),
        reply(&json!({ "RtnCode": 1, "MerchantID": "3002608" })).to_json(),
        reply(&json!({ "RtnCode": 1, "MerchantID": 3_002_608 })).to_json(),
    ] {
        assert_eq!(Data::read(other.as_bytes(), &stage::merchant()), Err(ReplyError::OtherMerchant));
    }
}

#[test]
fn what_is_no_envelope_is_said_to_be_none() {
    for body in ["", "<html>404</html>", "[]", "1", "{", &format!("{}{}", "[".repeat(5_000), "]".repeat(5_000))] {
        assert_eq!(Data::read(body.as_bytes(), &stage::merchant()), Err(ReplyError::Unreadable), "{body:.20}");
    }
    assert_eq!(Data::read(b"{}", &stage::merchant()), Err(ReplyError::Incomplete("TransCode")));
    assert_eq!(Data::read(&[b' '; 70_000], &stage::merchant()), Err(ReplyError::Unreadable));
}

#[test]
fn debug_of_opened_data_shows_no_value() {
    let body = reply(&json!({ "RtnCode": 1, "Card6No": "431195" })).to_json();
    let shown = format!("{:?}", Data::read(body.as_bytes(), &stage::merchant()).unwrap());
    assert!(shown.contains("Card6No") && !shown.contains("431195"), "{shown}");
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn what_is_sealed_opens_for_the_same_keys_only(value in any_json()) {
        let text = value.to_string();
        let sealed = aes::seal(&stage::merchant(), &text).unwrap();
        prop_assert_eq!(aes::open(&stage::merchant(), &sealed), Ok(text));
        prop_assert_eq!(aes::open_json(&stage::merchant(), &sealed), Ok(value));
        prop_assert_eq!(aes::open(&stage::merchant_without_3d(), &sealed), Err(OpenError));
    }

    #[test]
    fn what_is_sealed_here_opens_at_the_oracle_and_the_other_way_round(
        map in prop::collection::btree_map(any::<String>(), any::<String>(), 0..6),
    ) {
        // Texts only: the oracle leaves out what is null.
        let value: Value = map.into_iter().collect();
        let merchant = stage::merchant();
        let (key, iv) = (merchant.key.expose(), merchant.iv.expose());
        let ours = aes::seal(&merchant, &value.to_string()).unwrap();
        prop_assert_eq!(&ecpay_oracle::crypto::decrypt_data::<Value>(&ours, key, iv).unwrap(), &value);
        let theirs = ecpay_oracle::crypto::encrypt_data(&value, key, iv).unwrap();
        prop_assert_eq!(aes::open_json(&merchant, &theirs), Ok(value));
    }

    #[test]
    fn no_bytes_break_an_envelope(body in prop::collection::vec(any::<u8>(), 0..400), data in "[A-Za-z0-9+/]{0,88}={0,2}") {
        let _ = Data::read(&body, &stage::merchant());
        let _ = RequestEnvelope::read(&body);
        let _ = aes::open(&stage::merchant(), &data);
        let wrapped = json!({ "TransCode": 1, "Data": data }).to_string();
        prop_assert!(Data::read(wrapped.as_bytes(), &stage::merchant()).is_err());
    }

    #[test]
    fn no_object_breaks_an_envelope(value in any_json(), body in any_json()) {
        let _ = Data::read(body.to_string().as_bytes(), &stage::merchant());
        let _ = Data::read(reply(&value).to_json().as_bytes(), &stage::merchant());
    }
}
