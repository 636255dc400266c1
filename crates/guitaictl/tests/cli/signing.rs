//! `guitaictl sign`.

use std::io::Write;

use serde_json::{Value, json};

use crate::support::{Running, run_with};

fn vectors() -> Vec<(String, String)> {
    let file: Value = serde_json::from_str(include_str!("../../../ecpay/tests/vectors.json")).expect("vectors");
    let vectors = file["check_mac_value"].as_array().expect("a list");
    vectors
        .iter()
        .map(|vector| {
            let line = json!({
                "hash_key": vector["hash_key"], "hash_iv": vector["hash_iv"], "params": vector["params"],
            });
            (line.to_string(), vector["expected"].as_str().expect("text").to_owned())
        })
        .collect()
}

#[test]
fn every_published_vector_is_signed_in_one_run() {
    let vectors = vectors();
    assert!(vectors.len() >= 24);
    let input: String = vectors.iter().map(|(line, _)| format!("{line}\n")).collect();
    let said = run_with(&["sign"], &input).good();
    let expected: Vec<&str> = vectors.iter().map(|(_, mac)| mac.as_str()).collect();
    assert_eq!(said.out.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn whoever_waits_for_each_answer_gets_it_before_sending_more() {
    let mut running = Running::start(["sign"]);
    for (line, mac) in vectors().iter().take(3) {
        writeln!(running.stdin(), "{line}").expect("sent");
        assert_eq!(running.line(), *mac);
    }
    running.end().good();
}

#[test]
fn ten_thousand_lines_go_through_the_pipe_in_order() {
    let vectors = vectors();
    let many = || vectors.iter().cycle().take(10_000);
    let input: String = many().map(|(line, _)| format!("{line}\n")).collect();
    let said = run_with(&["sign"], &input).good();
    assert!(said.out.lines().eq(many().map(|(_, mac)| mac.as_str())));
}

#[test]
fn a_bad_line_ends_it_with_its_number_and_without_the_keys() {
    let (line, mac) = &vectors()[0];
    let said = run_with(&["sign"], &format!("{line}\n{{\"hash_key\":\"TOPSECRET\"}}\n{line}\n"));
    assert!(said.refusal().contains("line 2"), "{said:?}");
    assert!(!said.err.contains("TOPSECRET"));
    assert_eq!(said.out, format!("{mac}\n"));
}
