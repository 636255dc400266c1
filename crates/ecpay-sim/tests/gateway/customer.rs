//! The simulated customer, from the till's pay page to the shop's result page.

use std::sync::{Arc, Mutex};

use ecpay_sim::customer::{Browser, Customer, Ended, Lost, Page};
use ecpay_sim::{BoxFuture, Method, OrderState};

use crate::shop::{Shop, order};

/// Reaches the gateway at gate.test and a shop at shop.test that shows a pay page and writes down what comes back.
#[derive(Clone)]
struct Phone {
    shop: Arc<Shop>,
    pay_page: Arc<str>,
    came_back: Arc<Mutex<Vec<String>>>,
}

impl Phone {
    fn new(number: &str, changes: &[(&str, &str)]) -> Self {
        let inputs: String = order(number, changes)
            .iter()
            .map(|(name, value)| {
                let value = value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
                format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n")
            })
            .collect();
        let pay_page = format!(
            "<!doctype html><meta charset=\"utf-8\"><form id=\"f\" method=\"post\" \
             action=\"http://gate.test/Cashier/AioCheckOut/V5\">{inputs}</form><script>f.submit()</script>"
        );
        Self { shop: Arc::new(Shop::new()), pay_page: pay_page.into(), came_back: Arc::default() }
    }
}

impl Browser for Phone {
    fn get<'a>(&'a self, url: &'a str) -> BoxFuture<'a, Result<Page, String>> {
        Box::pin(async move {
            let page = |status, html: &str| Page { status, html: html.to_owned(), ..Page::default() };
            match url {
                "http://shop.test/pay" => Ok(page(200, &self.pay_page)),
                "http://shop.test/short" => {
                    Ok(Page { status: 302, location: Some("/pay".to_owned()), ..Page::default() })
                }
                "http://shop.test/loop" => {
                    Ok(Page { status: 302, location: Some("/loop".to_owned()), ..Page::default() })
                }
                "http://shop.test/empty" => Ok(page(200, "<p>sold out</p>")),
                "http://shop.test/thanks" => Ok(page(200, "thanks")),
                _ => match url.strip_prefix("http://gate.test") {
                    Some(path) => {
                        let answer = self.shop.get(path).await;
                        Ok(page(answer.status, &answer.body))
                    }
                    None => Err("no such host".to_owned()),
                },
            }
        })
    }

    fn post_form<'a>(&'a self, url: &'a str, body: Vec<u8>) -> BoxFuture<'a, Result<Page, String>> {
        Box::pin(async move {
            let body = String::from_utf8(body).unwrap();
            if let Some(path) = url.strip_prefix("http://gate.test") {
                let answer = self.shop.post_form(path, body).await;
                return Ok(Page { status: answer.status, html: answer.body, ..Page::default() });
            }
            self.came_back.lock().unwrap().push(body);
            Ok(Page { status: 303, location: Some("/thanks".to_owned()), ..Page::default() })
        })
    }
}

const BACK: (&str, &str) = ("OrderResultURL", "http://shop.test/result");

#[tokio::test]
async fn a_customer_pays_by_every_method() {
    for method in Method::ALL {
        for choice in ["ALL", method.as_str()] {
            let phone = Phone::new("T1", &[("ChoosePayment", choice), BACK, ("ItemName", "\"茶\" <b> & more")]);
            let ended = Customer::new(phone.clone()).pay("http://shop.test/pay", method).await.unwrap();
            if method.is_code() {
                assert_eq!(ended, Ended::CodeIssued { returned: false }, "{method}");
                assert!(matches!(phone.shop.view("T1").state, OrderState::CodeIssued { .. }));
            } else {
                assert_eq!(ended, Ended::Paid { returned: true }, "{method}");
                assert_eq!(phone.came_back.lock().unwrap().len(), 1);
                assert!(matches!(phone.shop.view("T1").state, OrderState::Paid { .. }), "{method}");
            }
        }
    }
}

#[tokio::test]
async fn a_customer_declines_and_nothing_comes_back() {
    for choice in ["ALL", "Credit", "TWQR"] {
        let phone = Phone::new("T1", &[("ChoosePayment", choice), BACK]);
        let ended = Customer::new(phone.clone()).decline("http://shop.test/pay").await.unwrap();
        assert_eq!(ended, Ended::Refused { code: "10100058".to_owned() });
        assert!(phone.came_back.lock().unwrap().is_empty());
        assert_eq!(phone.shop.view("T1").state, OrderState::Open);
    }
}

#[tokio::test]
async fn a_customer_looks_and_leaves() {
    let phone = Phone::new("T1", &[]);
    Customer::new(phone.clone()).look("http://shop.test/short").await.unwrap();
    assert_eq!(phone.shop.view("T1").state, OrderState::Open);
}

#[tokio::test]
async fn a_code_is_carried_back_when_the_shop_wants_it() {
    let phone = Phone::new("T1", &[("ClientRedirectURL", "http://shop.test/code")]);
    let ended = Customer::new(phone.clone()).pay("http://shop.test/pay", Method::Cvs).await.unwrap();
    assert_eq!(ended, Ended::CodeIssued { returned: true });
}

#[tokio::test]
async fn what_goes_wrong_is_said() {
    let phone = Phone::new("T1", &[("TotalAmount", "0")]);
    let customer = Customer::new(phone);
    let refused = customer.pay("http://shop.test/pay", Method::Credit).await.unwrap();
    assert_eq!(refused, Ended::Refused { code: "10200005".to_owned() });
    for (link, said) in [
        ("http://nowhere.test/", "cannot open http://nowhere.test/: no such host"),
        ("http://shop.test/loop", "cannot open http://shop.test/loop: too many redirects"),
        ("http://gate.test/nothing", "cannot open http://gate.test/nothing: HTTP 404"),
        ("http://shop.test/empty", "found no form to the gateway at http://shop.test/empty"),
    ] {
        let lost: Lost = customer.pay(link, Method::Credit).await.unwrap_err();
        assert_eq!(lost.to_string(), said);
    }
}
