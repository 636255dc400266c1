//! The catalogue of what goes wrong at a counter: every id in `docs/SCENARIOS.md` names the tests that show it, or says
//! which part of the till it waits for; and no test shows an id that the catalogue does not know of.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every id there is.
const LAST: u32 = 81;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace").to_owned()
}

/// What the catalogue says of each id: `file::test` names, or that it is open.
fn catalogue() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(root().join("docs/SCENARIOS.md")).expect("the catalogue");
    let mut found = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| PF-")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [id, _what, shown] = cells[..] else { panic!("three cells: {line}") };
        let tests = shown.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        assert!(shown.starts_with("open: ") || shown.contains('`'), "{id} names a test or is open");
        assert!(found.insert(id.to_owned(), tests).is_none(), "{id} is listed twice");
    }
    found
}

/// Every test with an id in its doc comment, as `file::test`, and the ids.
fn shown() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let folders = [
        "tests",
        "crates/relay/tests",
        "crates/relay-lambda/tests",
        "crates/journal/tests",
        "crates/guitaictl/tests/cli",
    ];
    for folder in folders {
        for entry in fs::read_dir(root().join(folder)).expect("a folder of tests") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let file = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
            let text = fs::read_to_string(&path).expect("a test file");
            let mut ids = BTreeSet::new();
            for line in text.lines().map(str::trim) {
                if let Some(doc) = line.strip_prefix("///") {
                    ids.extend(ids_in(doc));
                } else if let Some(name) = line.split("fn ").nth(1).filter(|_| line.contains("fn ")) {
                    let name = name.split('(').next().unwrap_or_default();
                    if !ids.is_empty() {
                        found.insert(format!("{file}::{name}"), std::mem::take(&mut ids));
                    }
                } else if !line.starts_with("#[") {
                    ids.clear();
                }
            }
        }
    }
    found
}

fn ids_in(text: &str) -> impl Iterator<Item = String> {
    text.split("PF-").skip(1).filter_map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then(|| format!("PF-{digits}"))
    })
}

#[test]
fn every_id_is_listed_once() {
    let listed: BTreeSet<String> = catalogue().into_keys().collect();
    let all: BTreeSet<String> = (1..=LAST).map(|id| format!("PF-{id:02}")).collect();
    assert_eq!(listed, all);
}

#[test]
fn every_test_that_is_named_exists_and_says_its_id() {
    let shown = shown();
    for (id, tests) in catalogue() {
        for test in tests {
            let ids = shown.get(&test).unwrap_or_else(|| panic!("{id} names {test}, which is not there or says no id"));
            assert!(ids.contains(&id), "{test} does not say {id}");
        }
    }
}

#[test]
fn every_test_that_says_an_id_is_named_under_it() {
    let catalogue = catalogue();
    for (test, ids) in shown() {
        for id in ids {
            let named = catalogue.get(&id).is_some_and(|tests| tests.contains(&test));
            assert!(named, "{test} says {id}, and docs/SCENARIOS.md does not name it there");
        }
    }
}
