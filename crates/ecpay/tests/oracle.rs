//! Arbitrary input: the same signature as an independent implementation, and no input that breaks a parser.

use std::collections::HashMap;

use ecpay::{
    Fields, PaymentInfo, TaipeiTime, TradeInfo, check_mac_value, item_name, notice, sign, stage, trade_desc, verify,
};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

/// Names as ECPay's are, and stranger ones. Letters outside ASCII are left to caseless scripts: the oracle orders names
/// by Unicode lower case, ECPay's PHP by ASCII lower case, and no message has such a name.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[A-Za-z][A-Za-z0-9_]{0,24}",
        1 => prop::sample::select(vec!["MerchantID", "MerchantTradeNo", "MerchantTradeDate", "Desc_1", "CustomField1"])
            .prop_map(str::to_owned),
        1 => "[ -~]{1,20}",
        1 => "[茶水一🍵]{1,6}",
    ]
    .prop_filter("the signature is no signed field", |name| name != "CheckMacValue")
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => any::<String>(),
        2 => "[ -~]{0,60}",
        1 => "[一-龥 #+%&=~'\"(),.!*-]{0,200}",
        1 => Just(String::new()),
        1 => "[%+&=]{0,700}",
    ]
}

fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    btree_map(name(), value(), 0..30).prop_map(|map| map.into_iter().collect::<Vec<_>>()).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn signatures_are_those_of_the_oracle(pairs in pairs()) {
        for merchant in stage::merchants() {
            let ours = check_mac_value(&merchant.key, &merchant.iv, pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())));
            let text = |secret: &[u8]| std::str::from_utf8(secret).unwrap().to_owned();
            let params: HashMap<String, String> = pairs.iter().cloned().collect();
            let theirs =
                ecpay_oracle::crypto::hash_mac(&params, &text(merchant.key.expose()), &text(merchant.iv.expose()));
            prop_assert_eq!(ours.as_str(), theirs);
        }
    }

    #[test]
    fn what_is_signed_verifies_and_what_is_changed_does_not(pairs in pairs(), at in any::<prop::sample::Index>()) {
        let merchant = stage::merchant();
        let mut fields: Fields = pairs.into_iter().collect();
        sign(&merchant, &mut fields);
        prop_assert_eq!(verify(&merchant, &fields), Ok(()));
        prop_assert!(verify(&stage::merchant_without_3d(), &fields).is_err());
        let (name, value) = fields.iter().nth(at.index(fields.len())).map(|(n, v)| (n.to_owned(), v.to_owned())).unwrap();
        fields.remove(&name);
        fields.push(name, value + "x");
        prop_assert!(verify(&merchant, &fields).is_err());
    }

    #[test]
    fn a_form_reads_back_as_it_was_written(pairs in pairs()) {
        let fields: Fields = pairs.into_iter().collect();
        prop_assert_eq!(Fields::from_form(fields.to_form().as_bytes()), Ok(fields));
    }

    #[test]
    fn a_notice_signed_by_us_is_read_off_the_wire(pairs in pairs()) {
        let merchant = stage::merchant();
        let essentials =
            [("MerchantID", "3002607"), ("MerchantTradeNo", "T1"), ("TradeAmt", "30"), ("RtnCode", "1")];
        // What could be another message under the same signature is refused, and has a test of its own.
        let plain = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let mut seen = std::collections::HashSet::new();
        let mut fields: Fields = pairs
            .into_iter()
            .filter(|(name, _)| plain(name) && seen.insert(name.to_ascii_lowercase()))
            .map(|(name, value)| (name, value.replace('&', "+")))
            .collect();
        for (name, value) in essentials {
            fields.remove(name);
            fields.push(name, value);
        }
        sign(&merchant, &mut fields);
        let read = notice::read(fields.to_form().as_bytes(), &merchant).unwrap();
        prop_assert_eq!(read.fields(), &fields);
    }

    #[test]
    fn no_bytes_break_a_parser(bytes in vec(any::<u8>(), 0..2000)) {
        let merchant = stage::merchant();
        let _ = Fields::from_form(&bytes);
        prop_assert!(notice::read(&bytes, &merchant).is_err());
        prop_assert!(TradeInfo::read(&bytes, &merchant).is_err());
        prop_assert!(PaymentInfo::read(&bytes, &merchant).is_err());
    }

    #[test]
    fn no_signed_nonsense_breaks_a_parser(
        values in vec((prop::sample::select(FIELDS.to_vec()), nonsense()), 0..20)
    ) {
        let merchant = stage::merchant();
        let mut fields = Fields::new();
        for (name, value) in values {
            fields.remove(name);
            fields.push(name, value);
        }
        sign(&merchant, &mut fields);
        let _ = notice::read(fields.to_form().as_bytes(), &merchant);
        let _ = TradeInfo::read(fields.to_raw().as_bytes(), &merchant);
        let _ = PaymentInfo::read(fields.to_raw().as_bytes(), &merchant);
    }

    #[test]
    fn no_text_breaks_a_parser(text in any::<String>()) {
        let _ = Fields::from_raw(&text);
        let _ = TaipeiTime::parse(&text);
        let _ = TaipeiTime::parse_end_of_day(&text);
        let _ = ecpay::Amount::parse(&text);
        let _ = ecpay::MerchantTradeNo::parse(&text);
        let _ = ecpay::PaymentType::parse(&text);
        let _ = ecpay::Gateway::at(&text);
        let _ = ecpay::HashKey::parse(&text);
        let _ = ecpay::MacValue::parse(&text);
    }

    #[test]
    fn every_second_reads_back_as_it_was_written(seconds in 0_i64..253_402_272_000) {
        let time = TaipeiTime::from_unix(seconds).unwrap();
        prop_assert_eq!(TaipeiTime::parse(&time.to_string()), Ok(time));
    }

    #[test]
    fn texts_keep_within_the_limits(lines in vec(value(), 0..10), plain in value()) {
        let name = item_name(&lines, &plain).text;
        prop_assert!(!name.is_empty() && name.chars().count() <= 200 && name.len() <= 400);
        prop_assert!(!ecpay::text::is_refused(&name), "{name:?}");
        let desc = trade_desc(&lines.concat(), &plain).text;
        prop_assert!(!desc.is_empty() && desc.chars().count() <= 100 && desc.len() <= 200);
        prop_assert!(!desc.contains(|c: char| c.is_ascii_punctuation() || c.is_control()));
    }
}

/// Names that the parsers look at.
const FIELDS: [&str; 20] = [
    "MerchantID",
    "MerchantTradeNo",
    "RtnCode",
    "RtnMsg",
    "TradeNo",
    "TradeAmt",
    "TradeStatus",
    "PaymentDate",
    "PaymentType",
    "TradeDate",
    "SimulatePaid",
    "BankCode",
    "vAccount",
    "ExpireDate",
    "PaymentNo",
    "Barcode1",
    "Barcode2",
    "BNPLTradeNo",
    "eci",
    "process_date",
];

fn nonsense() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec!["", "1", "2", "0", "10100073", "10300066", "10200047", "3002607", "ATM_LAND", "BNPL"])
            .prop_map(str::to_owned),
        1 => "[0-9/: ]{0,20}",
        1 => "[^&]{0,30}",
    ]
}
