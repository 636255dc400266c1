//! Where money moves: keys, addresses, and what is refused.

use std::fs;

use crate::support::{Till, WATER};

const KEYS: &str = "3412345\n0123456789abcdef\nfedcba9876543210\ncorrect horse\n";
const PRODUCTION: [&str; 2] = ["--profile", "production"];

fn with_keys() -> Till {
    let till = Till::new();
    let said = till.run_with(&["keys", "set", "--profile", "production"], KEYS).good();
    assert!(said.out.contains("3412345") && !said.out.contains("0123456789abcdef"), "{said:?}");
    till
}

fn sell(till: &Till, more: &[&str], stdin: &str) -> crate::support::Said {
    let file = till.write("one.csv", "code,barcode,name,category,price,tax\nONE,,一元商品,雜貨,1,taxable\n");
    let import = [&["catalogue", "import", &file, "--passphrase-stdin"], &PRODUCTION[..]].concat();
    let imported = till.run_with(&import, stdin);
    if imported.code != Some(0) {
        return imported;
    }
    till.run_with(
        &[&["sell", "--json", "--item", "ONE", "--pay", "cash:1", "--passphrase-stdin"], &PRODUCTION[..], more]
            .concat(),
        stdin,
    )
}

#[test]
fn production_does_not_start_without_keys() {
    let till = Till::new();
    let said = till.sell(WATER, "cash:15", &PRODUCTION);
    assert!(said.refusal().contains("there are no ECPay keys for production"), "{said:?}");
}

#[test]
fn production_sells_with_keys_of_its_own_that_only_their_passphrase_opens() {
    let till = with_keys();
    let sale = sell(&till, &[], "correct horse\n").good().last();
    assert_eq!((&sale["event"], &sale["total"]), (&"sale".into(), &1.into()));
    assert!(till.path("production/journal.sqlite").exists() && !till.journal().exists());
    assert!(sell(&till, &[], "wrong horse\n").refusal().contains("that passphrase does not open the keys"));
    let locked = till.sell("ONE", "cash:1", &PRODUCTION);
    assert!(locked.refusal().contains("locked"), "{locked:?}");
    for entry in walk(till.path("")) {
        let bytes = fs::read(&entry).expect("a file");
        assert!(!bytes.windows(16).any(|window| window == b"0123456789abcdef"), "{}", entry.display());
    }
}

#[test]
fn production_refuses_a_simulator() {
    let till = with_keys();
    let said = till.run_with(
        &[
            &["sell", "--item", "x", "--pay", "ecpay", "--gateway", "http://127.0.0.1:1", "--passphrase-stdin"],
            &PRODUCTION[..],
        ]
        .concat(),
        "correct horse\n",
    );
    assert!(said.refusal().contains("production talks to ECPay alone"), "{said:?}");
}

#[test]
fn production_refuses_notices_over_plain_http() {
    let till = Till::with(|settings| settings.replace("https://guitai.invalid", "http://shop.example"));
    till.run_with(&["keys", "set", "--profile", "production"], KEYS).good();
    let said = sell(&till, &[], "correct horse\n");
    assert!(said.refusal().contains("return_url must be an https address"), "{said:?}");
}

#[test]
fn production_takes_no_public_test_keys() {
    let till = Till::new();
    for lines in [
        "3002607\npwFHCqoQZGmho4w6\nEkRm7iFT261dpevs\ncorrect horse\n",
        "3412345\npwFHCqoQZGmho4w6\nEkRm7iFT261dpevs\ncorrect horse\n",
        "3002607\n0123456789abcdef\nfedcba9876543210\ncorrect horse\n",
    ] {
        let said = till.run_with(&["keys", "set", "--profile", "production"], lines);
        assert!(said.refusal().contains("public test keys"), "{said:?}");
    }
    assert!(till.sell(WATER, "cash:15", &PRODUCTION).refusal().contains("there are no ECPay keys"));
}

#[test]
fn keys_of_another_merchant_than_the_settings_name_are_refused() {
    let till = Till::with(|settings| settings.replace("# merchant_id = \"1234567\"", "merchant_id = \"1234567\""));
    till.run_with(&["keys", "set", "--profile", "production"], KEYS).good();
    let said = sell(&till, &[], "correct horse\n");
    assert!(said.refusal().contains("are of merchant 3412345, and settings.toml names 1234567"), "{said:?}");
}

#[test]
fn keys_that_cannot_be_are_refused_without_being_shown() {
    let till = Till::new();
    for (lines, words) in [
        ("", "no MerchantID"),
        ("3412345\n", "no HashKey"),
        ("3412345\n0123456789abcdef\n", "no HashIV"),
        ("3412345\nSECRET\nfedcba9876543210\ncorrect horse\n", "HashKey"),
        ("3412345\n0123456789abcdef\nfedcba9876543210\nshort\n", "at least 8 characters"),
        ("3412345\n0123456789abcdef\nfedcba9876543210\n", "passphrase"),
    ] {
        let said = till.run_with(&["keys", "set", "--profile", "production"], lines);
        assert!(said.refusal().contains(words), "{lines:?}: {said:?}");
        assert!(!said.err.contains("SECRET") && !said.err.contains("0123456789"), "{said:?}");
    }
    assert!(till.run(&["keys", "set"]).refusal().contains("--profile"));
}

#[test]
fn keys_from_before_are_taken_for_a_while_unless_they_leaked() {
    let till = with_keys();
    let show = || till.run_with(&["keys", "show", "--profile", "production"], "correct horse\n").good().out;
    assert!(show().contains("keys of merchant 3412345 are kept for production") && !show().contains("from before"));
    let new = KEYS.replace("0123456789abcdef", "NewKeyNewKeyNew1");
    till.run_with(&["keys", "set", "--profile", "production"], &new).good();
    assert!(show().contains("keys from before are taken until 20"), "{}", show());
    assert!(!show().contains("0123456789abcdef") && !show().contains("NewKeyNewKeyNew1"));
    till.run_with(&["keys", "set", "--leaked", "--profile", "production"], &new).good();
    assert!(!show().contains("from before"), "{}", show());
    assert!(sell(&till, &[], "correct horse\n").code == Some(0), "and it sells");
}

#[test]
fn keys_that_were_forgotten_are_gone() {
    let till = with_keys();
    till.run_with(&["keys", "forget", "--profile", "production"], "correct horse\n").good();
    assert!(sell(&till, &[], "correct horse\n").refusal().contains("there are no ECPay keys"));
}

#[test]
fn settings_that_cannot_be_are_named() {
    let misspelt = Till::with(|settings| settings.replace("cashier =", "cashire ="));
    assert!(misspelt.sell(WATER, "cash:15", &[]).refusal().contains("cashire"));
    let profile = Till::with(|settings| settings.replace("profile = \"training\"", "profile = \"toy\""));
    assert!(profile.sell(WATER, "cash:15", &[]).refusal().contains("settings.toml, line"));
}

fn walk(folder: std::path::PathBuf) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { walk(path) } else { vec![path] }).collect()
}
