//! Journals, receipts and homes that are not what they should be.

use std::fs;

use crate::support::{Said, Till, WATER, run, text_of};

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// PF-76
#[test]
fn one_changed_byte_in_anything_that_is_read_is_found_and_named() {
    let till = Till::new();
    till.sell(WATER, "cash:15", &[]).good();
    let whole = fs::read(till.journal()).expect("a journal");
    let name = "礦泉水 600ml".as_bytes();
    let mut from = 0;
    let mut breaks = Vec::new();
    while let Some(at) = find(&whole[from..], name) {
        let mut changed = whole.clone();
        changed[from + at + name.len() - 3] = b'7';
        from += at + name.len();
        fs::write(till.journal(), &changed).expect("written");
        let said = till.run(&["verify", "--json"]);
        // What a file no longer uses, such as the cart as it was before the sale, may say anything.
        if said.code == Some(0) {
            continue;
        }
        assert!(said.refusal().contains("journal.sqlite: "), "{said:?}");
        let verdict = said.last();
        assert_eq!(verdict["verified"], false);
        breaks.push(verdict["break"].as_str().expect("a break").to_owned());
    }
    fs::write(till.journal(), &whole).expect("written");
    till.run(&["verify"]).good();
    // The event of the product, the event of the sale, and the table of products.
    assert!(breaks.iter().filter(|text| text.contains("changed after it was written")).count() >= 2, "{breaks:?}");
    assert!(breaks.iter().any(|text| text.contains("table product")), "{breaks:?}");
}

#[test]
fn a_changed_event_stops_the_till_and_the_file_stays_as_it_is() {
    let till = Till::new();
    till.sell(WATER, "cash:15", &[]).good();
    let mut bytes = fs::read(till.journal()).expect("a journal");
    let at = find(&bytes, b"\"received\":15").or_else(|| find(&bytes, b"received")).expect("the cash event");
    bytes[at + 1] ^= 1;
    refused_and_left_alone(&till, &bytes, "damaged");
}

#[test]
fn a_journal_from_a_newer_program_is_refused_and_left_alone() {
    let till = Till::new();
    till.sell(WATER, "cash:15", &[]).good();
    let mut bytes = fs::read(till.journal()).expect("a journal");
    // SQLite keeps user_version in these four bytes.
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    refused_and_left_alone(&till, &bytes, "version 99");
    for said in [till.run(&["report", "x"]), till.run(&["verify"])] {
        assert!(said.refusal().contains("version 99"), "{said:?}");
    }
}

#[test]
fn a_file_that_is_no_journal_is_refused_and_left_alone() {
    let till = Till::new();
    till.sell(WATER, "cash:15", &[]).good();
    refused_and_left_alone(&till, &[b'x'; 8192], "is not a journal");
    assert!(till.run(&["verify"]).refusal().contains("is not a journal"));
}

fn refused_and_left_alone(till: &Till, bytes: &[u8], words: &str) {
    fs::write(till.journal(), bytes).expect("written");
    let said: Said = till.sell(WATER, "cash:15", &[]);
    assert!(said.refusal().contains(words), "{said:?}");
    assert!(fs::read(till.journal()).expect("still there") == bytes, "the file was touched");
}

#[test]
fn a_receipt_is_written_again_as_it_was() {
    let till = Till::new();
    let sale = till.sell(WATER, "cash:100", &[]).good().last();
    let again = till.path("again.pdf");
    let number = sale["sale"].as_str().expect("a number");
    till.run(&["receipt", number, "--pdf", again.to_str().expect("a path")]).good();
    assert!(fs::read(&again).expect("a PDF") == fs::read(sale["receipt"].as_str().expect("a path")).expect("a PDF"));
    assert!(text_of(&again).contains("礦泉水600ml"));
}

#[test]
fn a_receipt_of_nothing_is_refused() {
    let till = Till::new();
    let pdf = till.path("x.pdf").display().to_string();
    assert!(till.run(&["receipt", "T1-000001", "--pdf", &pdf]).refusal().contains("no training journal yet"));
    till.sell(WATER, "cash:15", &[]).good();
    assert!(till.run(&["receipt", "T1-000099", "--pdf", &pdf]).refusal().contains("there is no sale T1-000099"));
    assert!(till.run(&["receipt", "42", "--pdf", &pdf]).refusal().contains("such as T1-000042"));
    let nowhere = till.run(&["receipt", "T1-000001", "--pdf", "/nowhere/x.pdf"]);
    assert!(nowhere.refusal().contains("/nowhere/x.pdf cannot be written"), "{nowhere:?}");
    assert!(!till.path("x.pdf").exists());
}

#[test]
fn a_home_with_a_file_in_its_way_is_named() {
    let till = Till::new();
    let file = till.write("file", "x");
    let said = run(&["sell", "--home", &file, "--item", WATER, "--pay", "cash:15"]);
    assert!(said.refusal().contains(&file), "{said:?}");
    fs::write(till.path("training"), "x").expect("written");
    assert!(till.sell(WATER, "cash:15", &[]).refusal().contains("training"), "the way is named");
}

#[test]
fn reading_makes_no_till_where_there_is_none() {
    let till = Till::new();
    let nowhere = till.path("nowhere");
    let home = nowhere.to_str().expect("a path");
    for args in [&["verify", "--home", home][..], &["report", "x", "--home", home]] {
        assert!(run(args).refusal().contains("there is no till in"), "{args:?}");
    }
    assert!(!nowhere.exists());
}

/// An export is checked by a program of forty lines in another language, which comes to the head that reports print; and
/// one changed letter is found.
#[test]
fn an_export_is_checked_without_this_program() {
    let till = Till::new();
    till.sell(WATER, "cash:15", &[]).good();
    let file = till.journal().with_file_name("records.jsonl");
    till.run(&["export", "--to", file.to_str().expect("a path")]).good();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/check-export.mjs");
    let check =
        || std::process::Command::new("node").arg(script).arg(&file).output().expect("node, as for the screens");
    let checked = check();
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    let head = till.run(&["report", "x", "--json"]).good().last()["head"].as_str().expect("a head").to_owned();
    assert!(checked.status.success() && said.contains(&head), "{said} {}", String::from_utf8_lossy(&checked.stderr));
    let text = fs::read_to_string(&file).expect("text");
    fs::write(&file, text.replacen("礦泉水", "礦泉氷", 1)).expect("changed");
    let found = check();
    assert!(!found.status.success() && String::from_utf8_lossy(&found.stderr).contains("does not follow"), "{found:?}");
}
