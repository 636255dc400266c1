//! `guitaictl catalogue`.

use crate::support::{Till, WATER};

const HEADER: &str = "code,barcode,name,category,price,tax\n";

#[test]
fn the_sample_shop_can_be_put_in_and_sold_from() {
    let till = Till::new();
    let said = till.run(&["catalogue", "sample"]).good();
    assert!(said.last()["products"].as_u64().is_some_and(|count| count >= 120), "{said:?}");
    till.sell(WATER, "cash:15", &[]).good();
}

#[test]
fn a_good_file_is_all_a_new_till_sells() {
    let till = Till::new();
    let file = till.write("good.csv", format!("\u{feff}{HEADER}TEA,4710088412348,綠茶,飲料,25,taxable\n"));
    assert_eq!(till.run(&["catalogue", "import", &file]).good().last()["products"], 1);
    assert_eq!(till.sell("4710088412348*2", "cash:50", &[]).good().last()["total"], 50);
    assert!(till.sell(WATER, "cash:15", &[]).refusal().contains("no product has the barcode"));
}

#[test]
fn an_import_changes_what_is_known_by_code_and_keeps_the_rest() {
    let till = Till::new();
    till.run(&["catalogue", "sample"]).good();
    let file = till.write("new.csv", format!("{HEADER}D01,{WATER},礦泉水 600ml,飲料,18,taxable\n"));
    till.run(&["catalogue", "import", &file]).good();
    assert_eq!(till.sell(WATER, "cash:18", &[]).good().last()["total"], 18);
    assert_eq!(till.sell("D02", "cash:25", &[]).good().last()["total"], 25);
}

#[test]
fn every_problem_of_a_bad_file_is_printed_and_none_of_it_is_taken() {
    let till = Till::new();
    let rows = "GOOD,,好,雜貨,1,taxable\nA,,x,c,-1,taxable\nB,4710088412345,x,c,1,taxable\nC,,x,c,1,vat\nGOOD,,x,c,1,taxable\n";
    let file = till.write("bad.csv", format!("{HEADER}{rows}"));
    let said = till.run(&["catalogue", "import", &file]);
    assert!(said.refusal().contains("4 of the rows cannot be taken, so none was"), "{said:?}");
    let lines: Vec<_> = said.objects().iter().map(|problem| problem["line"].as_u64()).collect();
    assert_eq!(lines, [Some(3), Some(4), Some(5), Some(6)]);
    assert!(till.sell("GOOD", "cash:1", &[]).refusal().contains("no product"));
}

#[test]
fn a_barcode_of_another_product_is_named_and_nothing_is_taken() {
    let till = Till::new();
    till.run(&["catalogue", "sample"]).good();
    let file = till.write("taken.csv", format!("{HEADER}NEW,{WATER},x,c,1,taxable\n"));
    let said = till.run(&["catalogue", "import", &file]);
    assert!(said.refusal().contains("is already that of product D01"), "{said:?}");
    assert_eq!(till.sell(WATER, "cash:15", &[]).good().last()["total"], 15);
}

#[test]
fn what_is_no_catalogue_is_refused_with_what_to_do() {
    let till = Till::new();
    let picture = till.write("picture.csv", b"\xff\xd8\xff\xe0\xff\xff");
    assert!(till.run(&["catalogue", "import", &picture]).refusal().contains("save it as \"CSV UTF-8\""));
    let columns = till.write("columns.csv", "code,name\nA,b\n");
    assert!(till.run(&["catalogue", "import", &columns]).refusal().contains("barcode is missing"));
    let empty = till.write("empty.csv", "");
    assert!(till.run(&["catalogue", "import", &empty]).refusal().contains("empty.csv"));
    assert!(till.run(&["catalogue", "import", "/nowhere.csv"]).refusal().contains("/nowhere.csv cannot be read"));
}

#[test]
fn a_file_as_excel_in_taiwan_saves_it_is_taken() {
    let till = Till::new();
    let big5 = till.write("big5.csv", b"code,barcode,name,category,price,tax\nA,,\xba\xf1\xaf\xf9,c,25,taxable\n");
    till.run(&["catalogue", "import", &big5]).good();
    let out = till.path("out.csv").display().to_string();
    assert_eq!(till.run(&["catalogue", "export", &out]).good().last()["products"], 1);
    let written = std::fs::read_to_string(till.path("out.csv")).expect("a file");
    assert!(written.contains("綠茶"), "{written}");
    assert!(till.run(&["catalogue", "export", &out]).refusal().contains("out.csv cannot be made"));
}

#[test]
fn a_dry_run_says_what_would_change_and_changes_nothing() {
    let till = Till::new();
    till.run(&["catalogue", "sample"]).good();
    let file =
        till.write("new.csv", format!("{HEADER}D01,{WATER},礦泉水 600ml,飲料,18,taxable\nNEW,,新品,雜貨,1,taxable\n"));
    let said = till.run(&["catalogue", "import", "--dry-run", &file]).good().last();
    assert_eq!((&said["event"], &said["changes"]["added"]), (&"would_import".into(), &1.into()));
    assert_eq!(till.sell(WATER, "cash:15", &[]).good().last()["total"], 15);
}
