//! `guitaictl sign`: CheckMacValues for anybody's fields, to compare with another program's.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};

use anyhow::Context;
use ecpay::{HashIv, HashKey, check_mac_value};
use serde::Deserialize;

const BUFFER: usize = 64 * 1024;

/// One line of input. No `Debug`: it holds keys.
#[derive(Deserialize)]
struct Request {
    hash_key: String,
    hash_iv: String,
    params: BTreeMap<String, serde_json::Value>,
}

pub(crate) fn run(input: impl Read, output: impl Write) -> anyhow::Result<()> {
    let mut input = BufReader::with_capacity(BUFFER, input);
    let mut output = BufWriter::with_capacity(BUFFER, output);
    let mut line = Vec::new();
    let mut number = 0_u64;
    loop {
        // Whoever sends one line and waits for its answer gets it; whoever sends many gets them in large pieces.
        if input.buffer().is_empty() {
            output.flush().context("standard output is closed")?;
        }
        line.clear();
        if input.read_until(b'\n', &mut line).context("standard input cannot be read")? == 0 {
            return Ok(());
        }
        number += 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match sign(&line) {
            Ok(mac) => writeln!(output, "{mac}").context("standard output is closed")?,
            Err(error) => {
                // What was signed before the bad line is not lost.
                output.flush().context("standard output is closed")?;
                return Err(error.context(format!("line {number}")));
            }
        }
    }
}

fn sign(line: &[u8]) -> anyhow::Result<String> {
    // The parser's own message could quote a key.
    let request: Request = serde_json::from_slice(line)
        .map_err(|_| anyhow::anyhow!("not a JSON object with hash_key, hash_iv and params"))?;
    let key = HashKey::parse_any_length(&request.hash_key).context("hash_key")?;
    let iv = HashIv::parse_any_length(&request.hash_iv).context("hash_iv")?;
    let mut fields = Vec::with_capacity(request.params.len());
    for (name, value) in request.params {
        let text = match value {
            serde_json::Value::String(text) => text,
            serde_json::Value::Number(number) => number.to_string(),
            _ => anyhow::bail!("the value of {name} is neither text nor a number"),
        };
        // A CheckMacValue among the fields is never part of what is signed.
        if name != "CheckMacValue" {
            fields.push((name, text));
        }
    }
    let signed = fields.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    Ok(check_mac_value(&key, &iv, signed).to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::run;

    const LINE: &str = r#"{"hash_key":"pwFHCqoQZGmho4w6","hash_iv":"EkRm7iFT261dpevs","params":{"MerchantID":"3002607","ItemName":"Tom's Shop","TotalAmount":100}}"#;
    const MAC: &str = "CF0A3D4901D99459D8641516EC57210700E8A5C9AB26B1D021301E9CB93EF78D";

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// However a line is bent: a value, or a refusal that shows neither key.
        #[test]
        fn no_line_breaks_the_reader(
            raw in prop::collection::vec(any::<u8>(), 0..200),
            at in any::<prop::sample::Index>(),
            more in "[\\x00-\\x7f]{0,8}",
        ) {
            let mut bent = LINE.to_owned();
            bent.insert_str(at.index(LINE.len()), &more);
            for line in [raw, bent.into_bytes()] {
                let mut output = Vec::new();
                if let Err(error) = run(&line[..], &mut output) {
                    let text = format!("{error:#}");
                    prop_assert!(!text.contains("pwFHCqo") && !text.contains("EkRm7iF"), "{}", text);
                }
            }
        }
    }

    #[test]
    fn one_value_a_line_in_order_and_a_check_mac_value_among_the_fields_is_left_out() {
        let with_mac = LINE.replace("\"TotalAmount\"", "\"CheckMacValue\":\"00\",\"TotalAmount\"");
        let mut output = Vec::new();
        run(format!("{LINE}\r\n\n{with_mac}").as_bytes(), &mut output).expect("signs");
        assert_eq!(String::from_utf8(output).expect("text"), format!("{MAC}\n{MAC}\n"));
    }

    #[test]
    fn a_bad_line_is_named_no_key_is_shown_and_what_was_signed_before_is_there() {
        for bad in [r#"{"hash_key":"SECRETSECRET1234","hash_iv":5}"#, "\u{0}", "[]"] {
            let mut output = Vec::new();
            let error = run(format!("{LINE}\n{bad}\n{LINE}\n").as_bytes(), &mut output).expect_err("a bad line");
            let text = format!("{error:#}");
            assert!(text.contains("line 2") && !text.contains("SECRET"), "{text}");
            assert_eq!(output, format!("{MAC}\n").as_bytes());
        }
    }
}
