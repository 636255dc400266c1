//! `guitaictl sell` with money that comes, and money that does not.

use crate::support::{Gateway, Till, WATER};

#[test]
fn cash_gives_change_and_the_receipt_is_there_last() {
    let till = Till::new();
    let said = till.sell(&format!("{WATER}*4"), "cash:100", &[]).good();
    let [sale] = &said.objects()[..] else { panic!("{said:?}") };
    assert_eq!((&sale["event"], &sale["total"], &sale["change"]), (&"sale".into(), &60.into(), &40.into()));
    assert!(std::path::Path::new(sale["receipt"].as_str().expect("a path")).exists());
}

#[test]
fn a_customer_pays_by_card_by_twqr_or_as_they_choose_and_the_report_adds_up() {
    let gateway = Gateway::start();
    let till = Till::new();
    for how in ["ecpay", "ecpay:credit", "ecpay:TWQR"] {
        let said = till.sell(&format!("{WATER}*2"), how, &["--gateway", &gateway.url, "--customer", "pays"]).good();
        let objects = said.objects();
        assert_eq!(objects[0]["event"], "pay_link", "the link comes first: {said:?}");
        let sale = said.last();
        assert_eq!((&sale["event"], &sale["total"]), (&"sale".into(), &30.into()));
        assert_eq!(sale["tenders"][0]["number"], objects[0]["attempt"]);
    }
    let orders = gateway.orders();
    let orders = orders.as_array().expect("a list");
    assert_eq!(orders.len(), 3);
    assert!(orders.iter().all(|order| order["state"]["state"] == "paid" && order["TradeAmt"] == 30), "{orders:?}");

    till.sell(&format!("{WATER}*2"), "cash:1000", &[]).good();
    let report = till.report();
    assert_eq!((&report["count"], &report["net"]), (&4.into(), &120.into()));
    assert_eq!(report["cross_foot"]["agrees"], true);
    let of = |name: &str| report["tenders"].as_array().expect("tenders").iter().find(|t| t["tender"] == name).cloned();
    assert_eq!(of("cash").expect("cash")["amount"], 30);
    assert_eq!(of("credit").expect("cards")["amount"], 60);
    assert_eq!(of("twqr").expect("twqr")["amount"], 30);
    let verified = till.run(&["verify", "--json"]).good().last();
    assert_eq!((&verified["verified"], &verified["head"]), (&true.into(), &report["head"]));
}

#[test]
fn a_code_is_issued_and_paid_with_the_gateway_of_its_own() {
    let till = Till::new();
    for how in ["ecpay:atm", "ecpay:cvs", "ecpay:barcode"] {
        let said = till.sell(&format!("{WATER}*4"), how, &["--customer", "pays"]).good();
        assert_eq!(said.last()["total"], 60, "{how}");
    }
}

#[test]
fn a_declined_customer_leaves_the_sale_unpaid_and_the_next_one_is_served() {
    let till = Till::new();
    let said = till.sell(WATER, "ecpay", &["--customer", "declines"]);
    assert!(said.refusal().contains("declined"), "{said:?}");
    assert_eq!((&said.last()["event"], &said.last()["why"]), (&"unpaid".into(), &"declined".into()));
    let next = till.sell(WATER, "cash:15", &[]).good();
    assert_eq!(next.objects()[0]["event"], "given_up");
    assert_eq!(next.last()["event"], "sale");
    assert_eq!(till.report()["net"], 15);
}

#[test]
fn a_customer_who_never_comes_is_waited_for_no_longer_than_asked() {
    let till = Till::new();
    let said = till.sell(WATER, "ecpay", &["--customer", "ignores", "--wait", "1"]);
    assert!(said.refusal().contains("nobody paid in time"), "{said:?}");
    assert_eq!(till.report()["count"], 0);
}

#[test]
fn a_gateway_that_cannot_be_reached_is_named_and_nothing_is_sold() {
    let till = Till::new();
    let said = till.sell(WATER, "ecpay", &["--gateway", "http://127.0.0.1:1", "--customer", "pays"]);
    assert!(said.refusal().contains("http://127.0.0.1:1"), "{said:?}");
    assert_eq!(till.report()["count"], 0);
}

#[test]
fn what_cannot_be_sold_is_refused_in_one_line_and_nothing_stays_on_the_counter() {
    let till = Till::new();
    let cases: [(&str, &str, &str); 12] = [
        ("4710000000000", "cash:100", "no product has the barcode 4710000000000"),
        ("4719910079193*0", "cash:100", "between 1 and 999"),
        ("4719910079193*1000", "cash:100", "between 1 and 999"),
        ("4719910079193*99999999999999", "cash:100", "is not a quantity"),
        ("4719910079193*-1", "cash:100", "is not a quantity"),
        ("", "cash:100", "there is no barcode"),
        (WATER, "cash:14", "14 dollars were handed over and 15 are owed"),
        (WATER, "cash:-15", "that amount cannot be right"),
        (WATER, "cash:9223372036854775807", "that amount cannot be right"),
        (WATER, "cash:99999999999999999999999", "whole number of dollars"),
        (WATER, "ecpay:cheque", "there is no method"),
        (WATER, "ecpay:cvs", "33 to 6000 dollars"),
    ];
    for (item, pay, words) in cases {
        let said = till.sell(item, pay, &["--customer", "pays"]);
        assert!(said.refusal().contains(words), "{item} {pay}: {said:?}");
        assert_eq!(said.out, "");
    }
    let good = till.sell(WATER, "cash:15", &[]).good();
    assert_eq!(good.objects().len(), 1, "nothing was left to give up: {good:?}");
}

#[test]
fn one_dollar_is_less_than_a_store_code_takes() {
    let till = Till::new();
    let file = till.write("one.csv", "code,barcode,name,category,price,tax\nONE,,一元商品,雜貨,1,taxable\n");
    till.run(&["catalogue", "import", &file]).good();
    let said = till.sell("ONE", "ecpay:cvs", &[]);
    assert!(said.refusal().contains("33 to 6000 dollars: choose another"), "{said:?}");
    till.sell("ONE", "cash:1", &[]).good();
}

#[test]
fn in_words_a_sale_reads_from_the_first_line_to_the_receipt() {
    let till = Till::new();
    let said = till.run(&["sell", "--item", WATER, "--item", "D14*2", "--pay", "ecpay", "--customer", "pays"]).good();
    for words in
        ["礦泉水 600ml", "2 x     32 =      64  芭樂汁 480ml", "pay 79 dollars at http://", "is closed: 79 dollars"]
    {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
}

/// What many days come to, from the command line: the same figures in words, as JSON, as a table and as paper; and days
/// that cannot be are refused in words.
#[test]
fn a_report_over_many_days_says_the_same_in_every_form() {
    let till = Till::new();
    till.sell(WATER, "cash:15", &[]).good();
    till.sell(WATER, "cash:20", &[]).good();
    let span = ["report", "range", "--from", "2020-01-01", "--to", "2029-12-31"];
    let with = |more: &[&str]| till.run(&[&span[..], more].concat());
    let report = with(&["--json"]).good().last();
    assert_eq!((report["all"]["count"].as_i64(), report["all"]["net"].as_i64()), (Some(2), Some(30)), "{report}");
    assert_eq!(report["products"][0]["items"], 2);
    assert_eq!(report["mismatches"], serde_json::json!([]));
    let words = with(&[]).good();
    assert!(format!("{words:?}").contains("adds up"), "{words:?}");
    let file = till.journal().with_file_name("months.csv");
    with(&["--csv", "month", "--to-file", file.to_str().expect("a path")]).good();
    let table = std::fs::read_to_string(&file).expect("written");
    assert!(table.starts_with('\u{feff}') && table.contains(",30,"), "{table}");
    assert!(with(&["--csv", "month", "--to-file", file.to_str().expect("a path")]).refusal().contains("not written"));
    let paper = till.journal().with_file_name("report.pdf");
    with(&["--pdf", "--to-file", paper.to_str().expect("a path")]).good();
    assert!(std::fs::read(&paper).expect("written").starts_with(b"%PDF"));
    for (from, to) in [("2026-02-30", "2026-03-01"), ("2026-03-02", "2026-03-01"), ("1999-01-01", "2026-01-01")] {
        assert!(till.run(&["report", "range", "--from", from, "--to", to]).refusal().contains("ten years at most"));
    }
}
