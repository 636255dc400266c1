//! Product names the gateway would refuse, or that are too long for it.

use std::path::Path;

use crate::support::{Gateway, Till, get, text_of};

const PYTHON: &str = "4719920620682";
const GUIDE: &str = "P15";

/// PF-73
#[test]
fn a_name_the_gateways_filter_blocks_is_paid_for_under_a_safe_description_and_printed_in_full() {
    let gateway = Gateway::start();
    let till = Till::new();
    let said = till.sell(PYTHON, "ecpay:credit", &["--gateway", &gateway.url, "--customer", "pays"]).good();
    assert_eq!(gateway.orders()[0]["state"]["state"], "paid");
    let receipt = text_of(Path::new(said.last()["receipt"].as_str().expect("a path")));
    assert!(receipt.contains("Python程式入門"), "{receipt}");
}

#[test]
fn what_the_customers_browser_submits_for_it_does_not_name_it() {
    let till = Till::new();
    let mut selling = till.start(&["sell", "--json", "--item", PYTHON, "--pay", "ecpay"]);
    let page = get(selling.event("pay_link")["link"].as_str().expect("a link"));
    assert!(page.contains("商店商品 1 件"), "{page}");
    assert!(!page.contains("Python"), "{page}");
}

#[test]
fn an_over_long_name_is_paid_for_and_printed_in_full() {
    let till = Till::new();
    let said = till.sell(GUIDE, "ecpay:credit", &["--customer", "pays"]).good();
    let receipt = text_of(Path::new(said.last()["receipt"].as_str().expect("a path")));
    assert!(receipt.contains("台灣小吃散步地圖全彩增訂版附北中南東離島二十二縣市"), "{receipt}");
    assert!(receipt.contains("防水書套一個）"), "{receipt}");
}
