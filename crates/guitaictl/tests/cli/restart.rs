//! A program that was killed, and the one that comes after it.

use ecpay_sim::customer::Customer;

use crate::support::{Gateway, Plain, Running, Till, WATER};

/// A sale whose page a customer has opened and submitted; returns it, the gateway, and the payment's number.
fn opened(till: &Till, gateway: &Gateway) -> (Running, String) {
    let mut selling = till.start(&["sell", "--json", "--item", WATER, "--pay", "ecpay", "--gateway", &gateway.url]);
    let link = selling.event("pay_link");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(Customer::new(Plain).look(link["link"].as_str().expect("a link"))).expect("the page opens");
    (selling, link["attempt"].as_str().expect("a number").to_owned())
}

#[test]
fn a_payment_made_while_the_till_was_dead_closes_its_sale_before_the_next_one() {
    let (till, gateway) = (Till::new(), Gateway::start());
    let (selling, number) = opened(&till, &gateway);
    selling.kill();
    gateway.pay(&number);
    let next = till.sell("D02", "cash:25", &["--gateway", &gateway.url]).good();
    let [recovered, sale] = &next.objects()[..] else { panic!("{next:?}") };
    assert_eq!((&recovered["event"], &recovered["total"]), (&"recovered".into(), &15.into()));
    assert_eq!(recovered["tenders"][0]["number"], number);
    assert!(std::path::Path::new(recovered["receipt"].as_str().expect("a path")).exists());
    assert_eq!((&sale["event"], &sale["total"]), (&"sale".into(), &25.into()));
    let report = till.report();
    assert_eq!((&report["net"], &report["cross_foot"]["agrees"]), (&40.into(), &true.into()));
}

#[test]
fn a_payment_nobody_made_is_given_up_and_said_so() {
    let (till, gateway) = (Till::new(), Gateway::start());
    let (selling, number) = opened(&till, &gateway);
    selling.kill();
    let next = till.sell("D02", "cash:25", &["--gateway", &gateway.url]).good();
    assert_eq!((&next.objects()[0]["event"], &next.objects()[0]["attempt"]), (&"given_up".into(), &number.into()));
    assert_eq!(till.report()["net"], 25);
}

#[test]
fn a_payment_nobody_knows_the_end_of_holds_the_counter_until_a_manager_decides() {
    let (till, gateway) = (Till::new(), Gateway::start());
    let (selling, number) = opened(&till, &gateway);
    selling.kill();
    let url = gateway.url.clone();
    gateway.running.kill();
    let next = till.sell("D02", "cash:25", &["--gateway", &url]);
    assert!(next.refusal().contains(&format!("payment {number} of 15 dollars may have gone through")), "{next:?}");
    let listed = till.run(&["tasks", "--json", "--gateway", &url]).good();
    assert!(listed.objects().iter().any(|p| p["attempt"] == number && p["held"] == true), "{listed:?}");
    let nameless = till.run(&["release", "--by", " ", "--reason", "x"]);
    assert!(nameless.refusal().contains("no sale was released"), "{nameless:?}");
    till.run(&["release", "--by", "王店長", "--reason", "顧客說沒付"]).good();
    till.sell("D02", "cash:25", &["--gateway", &url]).good();
    assert_eq!(till.report()["net"], 25);
    till.run(&["verify"]).good();
}

#[test]
fn money_that_comes_for_a_sale_given_up_is_a_task_that_can_be_settled() {
    let (till, gateway) = (Till::new(), Gateway::start());
    let (selling, number) = opened(&till, &gateway);
    selling.kill();
    till.sell("D02", "cash:25", &["--gateway", &gateway.url]).good();
    gateway.pay(&number);
    let listed = till.run(&["tasks", "--json", "--gateway", &gateway.url]).good();
    let found = listed.objects().into_iter().find(|line| line["event"] == "task");
    let task = found.expect("late money is a task");
    assert_eq!((&task["what"], &task["amount"]), (&"late_money".into(), &15.into()));
    let id = task["id"].as_str().expect("a name");
    let wrong = till.run(&["resolve", id, "seen"]);
    assert!(wrong.refusal().contains("not possible"), "{wrong:?}");
    till.run(&["resolve", id, "refund_by_hand"]).good();
    let again = till.run(&["resolve", id, "refund_by_hand"]);
    assert!(again.refusal().contains("already done"), "{again:?}");
}

#[test]
fn the_customer_at_the_counter_does_not_wait_for_questions_about_those_who_left() {
    let (till, gateway) = (Till::new(), Gateway::start());
    for _ in 0..8 {
        till.sell(WATER, "ecpay", &["--gateway", &gateway.url, "--customer", "declines"]).refusal();
    }
    // Eight questions take forty seconds of the gateway's allowance.
    let said = till.sell(WATER, "ecpay", &["--gateway", &gateway.url, "--customer", "pays", "--wait", "20"]).good();
    assert_eq!(said.last()["event"], "sale");
}

#[test]
fn a_second_program_on_the_same_till_refuses_and_the_first_goes_on() {
    let till = Till::new();
    let mut first = till.start(&["sell", "--json", "--item", WATER, "--pay", "ecpay"]);
    first.event("pay_link");
    let second = till.sell(WATER, "cash:15", &[]);
    assert!(second.refusal().contains("another till is running on this journal; close it first"), "{second:?}");
    // Reading is allowed meanwhile.
    assert_eq!(till.report()["count"], 0);
    till.run(&["verify"]).good();
    first.kill();
    till.sell(WATER, "cash:15", &[]).good();
}
