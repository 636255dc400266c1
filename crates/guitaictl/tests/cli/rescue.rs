//! Backup, restore, export, and a till full of made-up days.

use std::fs;

use crate::support::{Till, WATER, run};

#[test]
fn a_backup_is_taken_and_restored_and_what_it_does_not_know_is_named() {
    let till = Till::new();
    till.sell(WATER, "cash:15", &[]).good();
    let copy = till.path("copy.sqlite").display().to_string();
    let said = till.run(&["backup", "--to", &copy, "--json"]).good().last();
    assert_eq!((said["event"].as_str(), said["sales"].as_i64()), (Some("backup"), Some(1)));
    assert!(till.run(&["backup", "--to", &copy]).refusal().contains("is there already"));

    let later = till.sell(WATER, "cash:15", &[]).good().last();
    let refused = till.run(&["restore", "--from", &copy]);
    assert!(refused.refusal().contains("would forget") && refused.refusal().contains("move "), "{refused:?}");

    let mut bytes = fs::read(till.journal()).expect("a journal");
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5a);
    fs::write(till.journal(), &bytes).expect("damaged");
    let refused = till.sell(WATER, "cash:15", &[]);
    assert!(refused.refusal().contains("restore brings a backup back"), "{refused:?}");
    let said = till.run(&["restore", "--from", &copy, "--json"]).good().last();
    assert_eq!(said["forgotten"][0], later["sale"], "{said}");
    let kept = said["kept"].as_str().expect("the damaged file is kept");
    assert_eq!(fs::read(kept).expect("kept"), bytes);
    till.run(&["verify"]).good();
    let again = till.sell(WATER, "cash:15", &[]).good().last();
    assert_eq!(again["sale"], later["sale"], "the number is free again, and its old receipt is put away");
    let receipts = till.journal().with_file_name("receipts");
    let name = format!("{}.pdf", later["sale"].as_str().expect("a number"));
    assert!(receipts.join("before-restore").join(&name).exists() && receipts.join(&name).exists());
}

#[test]
fn every_record_can_be_written_out() {
    let till = Till::new();
    till.sell(WATER, "cash:15", &[]).good();
    let to = till.path("records.jsonl");
    let said = till.run(&["export", "--to", to.to_str().expect("a path"), "--json"]).good().last();
    let lines = fs::read_to_string(&to).expect("written");
    assert_eq!(i64::try_from(lines.lines().count()).ok(), said["events"].as_i64());
    assert_eq!(said["broken"], 0);
    assert!(lines.contains("\"kind\":\"sale.closed\""));
}

/// The same seed makes the same journal, to the last hash; another makes another.
#[test]
fn made_up_days_verify_and_can_be_made_again() {
    let heads: Vec<_> = [("7", "700"), ("7", "700"), ("8", "700")]
        .into_iter()
        .map(|(seed, sales)| {
            let till = Till::new();
            let home = till.path("new").display().to_string();
            let args = ["generate", "--home", &home, "--sales", sales, "--seed", seed, "--json"];
            let said = run(&args).good().last();
            let verified = run(&["verify", "--home", &home, "--json"]).good().last();
            assert_eq!((&verified["head"], verified["sales"].as_i64()), (&said["head"], Some(700)));
            let report = run(&["report", "x", "--home", &home, "--json"]).good().last();
            assert_eq!(report["cross_foot"]["agrees"], true);
            // Every day but the last is closed: a shift with its count, and a Z that adds up.
            let z = run(&["report", "z", "1", "--home", &home, "--json"]).good().last();
            assert_eq!(
                (&z["cross_foot"]["agrees"], z["shifts"][0]["end"]["next_float"].as_i64()),
                (&true.into(), Some(3_000))
            );
            assert!(run(&args).refusal().contains("has sales already"));
            said["head"].clone()
        })
        .collect();
    assert_eq!(heads[0], heads[1]);
    assert_ne!(heads[0], heads[2]);
}
