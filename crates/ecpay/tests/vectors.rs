//! Every signature vector, both directions: published by ECPay, recorded from its stage server, or computed by four
//! independent implementations that agree.

use ecpay::{Fields, HashIv, HashKey, MacError, Merchant, MerchantId, sign, verify};

struct Vector {
    merchant: Merchant,
    fields: Fields,
    expected: String,
    note: String,
}

fn vectors() -> Vec<Vector> {
    let file: serde_json::Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let vectors = file["check_mac_value"].as_array().unwrap();
    assert!(vectors.len() >= 24);
    vectors
        .iter()
        .map(|vector| {
            let params = vector["params"].as_object().unwrap();
            Vector {
                merchant: Merchant {
                    // The number plays no part in signing.
                    id: MerchantId::parse("3002607").unwrap(),
                    key: HashKey::parse(&text(&vector["hash_key"])).unwrap(),
                    iv: HashIv::parse(&text(&vector["hash_iv"])).unwrap(),
                },
                fields: params.iter().map(|(name, value)| (name.as_str(), text(value))).collect(),
                expected: text(&vector["expected"]),
                note: text(&vector["note"]),
            }
        })
        .collect()
}

fn signed(vector: &Vector) -> Fields {
    let mut fields = vector.fields.clone();
    fields.push("CheckMacValue", vector.expected.as_str());
    fields
}

#[test]
fn signing_gives_the_expected_value() {
    for vector in vectors() {
        let mut fields = vector.fields.clone();
        sign(&vector.merchant, &mut fields);
        assert_eq!(fields.get("CheckMacValue"), Some(vector.expected.as_str()), "{}", vector.note);
    }
}

#[test]
fn the_order_of_fields_does_not_matter() {
    for vector in vectors() {
        let mut backwards: Fields = vector.fields.iter().collect::<Vec<_>>().into_iter().rev().collect();
        sign(&vector.merchant, &mut backwards);
        assert_eq!(backwards.get("CheckMacValue"), Some(vector.expected.as_str()), "{}", vector.note);
    }
}

#[test]
fn the_expected_value_verifies() {
    for vector in vectors() {
        assert_eq!(verify(&vector.merchant, &signed(&vector)), Ok(()), "{}", vector.note);
    }
}

#[test]
fn a_flipped_digit_is_refused() {
    for vector in vectors() {
        for at in 0..64 {
            let mut fields = vector.fields.clone();
            let mut digits = vector.expected.clone().into_bytes();
            digits[at] = if digits[at] == b'0' { b'1' } else { b'0' };
            fields.push("CheckMacValue", String::from_utf8(digits).unwrap());
            assert_eq!(verify(&vector.merchant, &fields), Err(MacError::Mismatch), "{}", vector.note);
        }
    }
}

#[test]
fn a_changed_missing_or_added_field_is_refused() {
    for vector in vectors() {
        let good = signed(&vector);
        for (name, value) in vector.fields.iter() {
            let mut changed = good.clone();
            changed.remove(name);
            assert_eq!(verify(&vector.merchant, &changed), Err(MacError::Mismatch), "{}: no {name}", vector.note);
            changed.push(name, format!("{value}0"));
            assert_eq!(verify(&vector.merchant, &changed), Err(MacError::Mismatch), "{}: other {name}", vector.note);
        }
        let mut longer = good.clone();
        longer.push("Invented", "");
        assert_eq!(verify(&vector.merchant, &longer), Err(MacError::Mismatch), "{}", vector.note);
    }
}
