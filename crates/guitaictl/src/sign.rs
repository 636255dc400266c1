//! `guitaictl sign`: CheckMacValues for anybody's fields, to compare with another program's.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use anyhow::Context;
use ecpay::{HashIv, HashKey, check_mac_value};
use serde::Deserialize;

/// One line of input. No `Debug`: it holds keys.
#[derive(Deserialize)]
struct Request {
    hash_key: String,
    hash_iv: String,
    params: BTreeMap<String, serde_json::Value>,
}

pub(crate) fn run(input: impl BufRead, mut output: impl Write) -> anyhow::Result<()> {
    for (at, line) in input.lines().enumerate() {
        let line = line.context("standard input cannot be read")?;
        if line.trim().is_empty() {
            continue;
        }
        let mac = sign(&line).with_context(|| format!("line {}", at + 1))?;
        writeln!(output, "{mac}").context("standard output is closed")?;
    }
    Ok(())
}

fn sign(line: &str) -> anyhow::Result<String> {
    // The parser's own message could quote a key.
    let request: Request = serde_json::from_str(line)
        .map_err(|_| anyhow::anyhow!("not a JSON object with hash_key, hash_iv and params"))?;
    let key = HashKey::parse_any_length(&request.hash_key).context("hash_key")?;
    let iv = HashIv::parse_any_length(&request.hash_iv).context("hash_iv")?;
    let mut fields = Vec::new();
    for (name, value) in &request.params {
        let text = match value {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Number(number) => number.to_string(),
            _ => anyhow::bail!("the value of {name} is neither text nor a number"),
        };
        fields.push((name.as_str(), text));
    }
    // A CheckMacValue among the fields is never part of what is signed.
    let signed = fields.iter().filter(|(name, _)| *name != "CheckMacValue").map(|(name, text)| (*name, text.as_str()));
    Ok(check_mac_value(&key, &iv, signed).to_string())
}

#[cfg(test)]
mod tests {
    use super::run;

    #[test]
    fn one_value_a_line_in_order() {
        let line = r#"{"hash_key":"pwFHCqoQZGmho4w6","hash_iv":"EkRm7iFT261dpevs","params":{"MerchantID":"3002607","ItemName":"Tom's Shop","TotalAmount":100}}"#;
        let mut output = Vec::new();
        run(format!("{line}\n\n{line}\n").as_bytes(), &mut output).expect("signs");
        let expected = "CF0A3D4901D99459D8641516EC57210700E8A5C9AB26B1D021301E9CB93EF78D\n";
        assert_eq!(String::from_utf8(output).expect("text"), expected.repeat(2));
    }

    #[test]
    fn a_bad_line_is_named_and_no_key_is_shown() {
        let line = r#"{"hash_key":"SECRETSECRET1234","hash_iv":5}"#;
        let error = run(line.as_bytes(), Vec::new()).expect_err("a bad line");
        let text = format!("{error:#}");
        assert!(text.contains("line 1") && !text.contains("SECRET"), "{text}");
    }
}
