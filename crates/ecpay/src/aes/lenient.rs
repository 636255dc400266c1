//! JSON values whose type differs from one answer to the next: a number here is a text there.

use serde_json::Value;

/// A text, or a whole number as text.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}

/// A whole number, or a text of one. `199.0` counts, `199.5` does not.
pub(crate) fn whole_number(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => digits(text),
        Value::Number(number) => number.as_i64().or_else(|| digits(number.to_string().strip_suffix(".0")?)),
        _ => None,
    }
}

/// As the gateway writes numbers: a minus is allowed; a plus, spaces and zeros in front are not.
fn digits(text: &str) -> Option<i64> {
    let plain = text.strip_prefix('-').unwrap_or(text);
    if text.starts_with('+') || (plain.starts_with('0') && plain.len() > 1) { None } else { text.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_number_may_be_a_text_and_the_other_way_round() {
        for (value, number) in [
            (json!(1), Some(1)),
            (json!("1"), Some(1)),
            (json!(-30), Some(-30)),
            (json!("-30"), Some(-30)),
            (json!(199.0), Some(199)),
            (json!(199.5), None),
            (json!(1e300), None),
            (json!("+1"), None),
            (json!("01"), None),
            (json!("-01"), None),
            (json!("0"), Some(0)),
            (json!(" 1"), None),
            (json!(""), None),
            (json!(true), None),
            (json!(null), None),
            (json!([1]), None),
        ] {
            assert_eq!(whole_number(&value), number, "{value}");
        }
        assert_eq!(text(&json!(3_002_607)).as_deref(), Some("3002607"));
        assert_eq!(text(&json!("3002607")).as_deref(), Some("3002607"));
        assert_eq!(text(&json!(1.5)), None);
        assert_eq!(text(&json!({})), None);
    }
}
