//! What shops are told, how often, and how it can go wrong.

use std::time::Duration;

use ecpay::{Fields, stage, verify};
use ecpay_sim::{DeliveryResult, Fault, Outcome, Purpose};

use crate::shop::{MINUTE, Shop, names};

fn message(fields: &Fields) -> (&str, &str) {
    (fields.get("RtnCode").unwrap(), fields.get("RtnMsg").unwrap())
}

#[tokio::test]
async fn a_payment_is_told_with_the_documented_fields_before_the_browser_gets_its_page() {
    let shop = Shop::new();
    shop.paid_by_card("T1", &[("StoreID", "till1"), ("CustomField1", "a b")]).await;
    let carried = shop.courier.take_raw();
    assert_eq!(carried.len(), 1);
    let (url, body) = &carried[0];
    assert_eq!(url, "https://shop.test/notice");
    assert_eq!(
        names(body),
        [
            "CustomField1",
            "CustomField2",
            "CustomField3",
            "CustomField4",
            "MerchantID",
            "MerchantTradeNo",
            "PaymentDate",
            "PaymentType",
            "PaymentTypeChargeFee",
            "RtnCode",
            "RtnMsg",
            "SimulatePaid",
            "StoreID",
            "TradeAmt",
            "TradeDate",
            "TradeNo",
            "CheckMacValue",
        ]
    );
    let fields = Fields::from_form(body.as_bytes()).unwrap();
    verify(&stage::merchant(), &fields).unwrap();
    assert_eq!(message(&fields), ("1", "交易成功"));
    assert_eq!(fields.get("SimulatePaid"), Some("0"));
    assert_eq!(fields.get("TradeAmt"), Some("1234"));
    assert_eq!(fields.get("PaymentTypeChargeFee"), Some("31"));
    assert_eq!(fields.get("StoreID"), Some("till1"));
    assert_eq!(fields.get("CustomField1"), Some("a b"));
    assert_eq!(fields.get("PaymentDate"), Some("2026/07/02 21:24:11"));
}

#[tokio::test]
async fn extra_fields_come_when_asked_for_and_blank_ones_are_signed_too() {
    let shop = Shop::new();
    shop.paid_by_card("T1", &[("NeedExtraPaidInfo", "Y")]).await;
    let told = shop.courier.take().remove(0);
    verify(&stage::merchant(), &told).unwrap();
    for (name, value) in [
        ("auth_code", "777777"),
        ("eci", "5"),
        ("card4no", "2222"),
        ("card6no", "431195"),
        ("amount", "1234"),
        ("stage", "0"),
        ("process_date", "2026/07/02 21:24:11"),
        ("TWQRTradeNo", ""),
        ("WebATMBankName", ""),
        ("red_dan", ""),
    ] {
        assert_eq!(told.get(name), Some(value), "{name}");
    }
    assert_eq!(told.get("gwsr").unwrap().len(), 8);
    let names: Vec<String> = told.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    let mut sorted = names[..names.len() - 1].to_vec();
    sorted.sort();
    assert_eq!(names[..names.len() - 1], sorted);
}

#[tokio::test]
async fn an_unacknowledged_notice_is_repeated_four_times_five_to_fifteen_minutes_apart() {
    let shop = Shop::new();
    shop.courier.will_answer(200, "1|OK\n", 5);
    shop.paid_by_card("T1", &[]).await;
    assert_eq!(shop.courier.take().len(), 1);
    shop.simulator.advance(5 * MINUTE - Duration::from_millis(1)).await;
    assert!(shop.courier.take().is_empty(), "never sooner than five minutes");
    let mut repeats = Vec::new();
    for _ in 0..120 {
        shop.simulator.advance(MINUTE).await;
        repeats.extend(shop.courier.take());
    }
    assert_eq!(repeats.len(), 4);
    for repeat in &repeats {
        verify(&stage::merchant(), repeat).unwrap();
        assert_eq!(message(repeat), ("1", "paid"), "a repeat has other words, the rest is identical");
    }
    let deliveries = shop.view("T1").deliveries;
    assert_eq!(deliveries.iter().filter(|d| d.purpose == Purpose::Repeat).count(), 4);
    let minutes: Vec<i64> = deliveries.iter().map(|d| ecpay::TaipeiTime::parse(&d.at).unwrap().unix() / 60).collect();
    assert!(minutes.windows(2).all(|pair| (5..=15).contains(&(pair[1] - pair[0]))), "{minutes:?}");
}

#[tokio::test]
async fn repeats_are_five_to_fifteen_minutes_apart_whatever_the_seed() {
    for seed in 0..40 {
        let shop = Shop::with(|options| options.seed = seed);
        shop.courier.will_answer(500, "", 5);
        shop.paid_by_card("T1", &[]).await;
        shop.simulator.advance(120 * MINUTE).await;
        let at = |d: &ecpay_sim::Delivered| ecpay::TaipeiTime::parse(&d.at).unwrap().unix();
        let seconds: Vec<i64> = shop.view("T1").deliveries.iter().map(at).collect();
        assert_eq!(seconds.len(), 5);
        assert!(seconds.windows(2).all(|pair| (299..=901).contains(&(pair[1] - pair[0]))), "seed {seed}: {seconds:?}");
    }
}

#[tokio::test]
async fn one_exact_acknowledgement_stops_the_repeats() {
    let shop = Shop::new();
    shop.courier.will_be_unreachable(1);
    shop.courier.will_answer(500, "1|OK", 1);
    shop.paid_by_card("T1", &[]).await;
    shop.simulator.advance(120 * MINUTE).await;
    assert_eq!(shop.courier.take().len(), 3);
    let results: Vec<DeliveryResult> = shop.view("T1").deliveries.into_iter().map(|d| d.result).collect();
    assert_eq!(
        results,
        [
            DeliveryResult::Failed { reason: "connection refused".to_owned() },
            DeliveryResult::Rejected { status: 500, body: "1|OK".to_owned() },
            DeliveryResult::Acknowledged,
        ]
    );
}

#[tokio::test]
async fn repeats_end_with_the_day() {
    let shop = Shop::new();
    // 21:24:11 and 150 minutes is 23:54:11: at most one repeat fits before midnight.
    shop.simulator.advance(150 * MINUTE).await;
    shop.courier.will_answer(500, "", 9);
    shop.paid_by_card("T1", &[]).await;
    shop.simulator.advance(24 * 60 * MINUTE).await;
    let days: Vec<String> = shop.view("T1").deliveries.iter().map(|d| d.at[..10].to_owned()).collect();
    assert!(days.len() <= 2 && days.iter().all(|day| day == "2026/07/02"), "{days:?}");
}

#[tokio::test]
async fn nothing_is_ever_sent_to_an_address_under_invalid() {
    let shop = Shop::new();
    shop.paid_by_card("T1", &[("ReturnURL", "https://notice.guitai.invalid/return")]).await;
    shop.simulator.advance(24 * 60 * MINUTE).await;
    assert!(shop.courier.take().is_empty());
    let deliveries = shop.view("T1").deliveries;
    assert_eq!(deliveries.len(), 1);
    assert_eq!(deliveries[0].result, DeliveryResult::Undeliverable);
    assert_eq!(shop.status("T1").await, "1", "payment does not depend on being told");
}

#[tokio::test]
async fn each_fault_shapes_the_first_delivery() {
    let stage = stage::merchant();
    let cases: [(Fault, bool, &str, &str); 6] = [
        (Fault::Forge, false, "1234", "3002607"),
        (Fault::BreakSignature, false, "1234", "3002607"),
        (Fault::Unsigned, false, "1234", "3002607"),
        (Fault::WrongAmount { amount: 1233 }, true, "1233", "3002607"),
        (Fault::AlterAmount { amount: 12340 }, false, "12340", "3002607"),
        (Fault::WrongMerchant { merchant_id: "2000132".to_owned() }, true, "1234", "2000132"),
    ];
    for (fault, signed, amount, merchant_id) in cases {
        let shop = Shop::new();
        shop.courier.will_answer(200, "0|no", 1);
        shop.simulator.fail_next_notice(fault.clone());
        shop.paid_by_card("T1", &[]).await;
        let told = shop.courier.take().remove(0);
        assert_eq!(verify(&stage, &told).is_ok(), signed, "{fault:?}");
        assert_eq!((told.get("TradeAmt"), told.get("MerchantID")), (Some(amount), Some(merchant_id)), "{fault:?}");
        shop.simulator.advance(15 * MINUTE).await;
        let repeat = shop.courier.take().remove(0);
        verify(&stage, &repeat).unwrap();
        assert_eq!(repeat.get("TradeAmt"), Some("1234"), "the repeat is genuine");
    }
}

#[tokio::test]
async fn a_dropped_notice_comes_with_its_repeat_and_five_drops_lose_it() {
    let shop = Shop::new();
    shop.simulator.fail_next_notice(Fault::Drop { deliveries: 1 });
    shop.paid_by_card("T1", &[]).await;
    assert!(shop.courier.take().is_empty());
    shop.simulator.advance(15 * MINUTE).await;
    assert_eq!(shop.courier.take().len(), 1);

    shop.simulator.fail_next_notice(Fault::Drop { deliveries: 5 });
    shop.paid_by_card("T2", &[]).await;
    shop.simulator.advance(120 * MINUTE).await;
    assert!(shop.courier.take().is_empty());
    assert_eq!(shop.view("T2").deliveries.len(), 5);
}

#[tokio::test]
async fn delay_duplicate_and_reorder() {
    let shop = Shop::new();
    shop.simulator.fail_next_notice(Fault::Delay { seconds: 90 });
    shop.paid_by_card("T1", &[]).await;
    assert!(shop.courier.take().is_empty());
    shop.simulator.advance(Duration::from_secs(90)).await;
    assert_eq!(shop.courier.take().len(), 1);

    shop.simulator.fail_next_notice(Fault::Duplicate { copies: 4 });
    shop.paid_by_card("T2", &[]).await;
    let told = shop.courier.take();
    assert_eq!(told.len(), 5, "acknowledged, and yet again and again");
    assert_eq!(message(&told[0]), ("1", "交易成功"));
    assert_eq!(message(&told[4]), ("1", "paid"));

    let page = shop.accepted("T3", &[("PaymentInfoURL", "https://shop.test/code")]).await;
    shop.simulator.fail_next_notice(Fault::Reorder);
    shop.post(&format!("{page}/code"), &[("method", "ATM"), ("sub", "BOT")]).await;
    assert!(shop.courier.take().is_empty());
    shop.simulator.pay_code("T3").await.unwrap();
    let told = shop.courier.take();
    assert_eq!(message(&told[0]), ("1", "交易成功"), "paid first");
    assert_eq!(message(&told[1]), ("2", "Get VirtualAccount Succeeded"), "then the code it was paid with");
}

#[tokio::test]
async fn a_pending_result_is_10300066_and_then_1() {
    let shop = Shop::new();
    shop.simulator.next_outcome(Outcome::Pending { seconds: 600 });
    let page = shop.paid_by_card("T1", &[]).await.body;
    assert!(page.contains(r#"data-result="pending""#));
    assert_eq!(shop.courier.take()[0].get("RtnCode"), Some("10300066"));
    assert_eq!(shop.status("T1").await, "0");
    shop.simulator.advance(10 * MINUTE).await;
    assert_eq!(message(&shop.courier.take()[0]), ("1", "交易成功"));
    assert_eq!(shop.status("T1").await, "1");
}

#[tokio::test]
async fn a_payment_from_the_back_office_is_told_as_simulated_and_changes_nothing() {
    let shop = Shop::new();
    shop.accepted("T1", &[]).await;
    shop.simulator.simulate_paid("T1").await.unwrap();
    let told = shop.courier.take().remove(0);
    verify(&stage::merchant(), &told).unwrap();
    assert_eq!(told.get("SimulatePaid"), Some("1"));
    assert_eq!(message(&told), ("1", "付款成功"));
    assert_eq!(shop.status("T1").await, "0");
}

#[tokio::test]
async fn codes_are_told_to_payment_info_url_and_the_money_to_return_url() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[("PaymentInfoURL", "https://shop.test/code"), ("NeedExtraPaidInfo", "Y")]).await;
    shop.post(&format!("{page}/code"), &[("method", "CVS"), ("sub", "HILIFE")]).await;
    let carried = shop.courier.take_raw();
    assert_eq!(carried[0].0, "https://shop.test/code");
    let told = Fields::from_form(carried[0].1.as_bytes()).unwrap();
    verify(&stage::merchant(), &told).unwrap();
    assert_eq!(message(&told), ("10100073", "Get CVS Code Succeeded"));
    let payment_no = told.get("PaymentNo").unwrap().to_owned();
    assert_eq!((payment_no.len(), told.get("Barcode1")), (14, Some("")));
    assert_eq!(told.get("ExpireDate"), Some("2026/07/09 21:24:11"), "seven days of minutes");

    shop.simulator.pay_code("T1").await.unwrap();
    let carried = shop.courier.take_raw();
    assert_eq!(carried[0].0, "https://shop.test/notice");
    let told = Fields::from_form(carried[0].1.as_bytes()).unwrap();
    assert_eq!(told.get("PaymentType"), Some("CVS_HILIFE"));
    assert_eq!((told.get("PaymentNo"), told.get("PayFrom")), (Some(payment_no.as_str()), Some("hilife")));
}

#[tokio::test]
async fn an_acknowledged_notice_can_be_delivered_again_on_request() {
    let shop = Shop::new();
    shop.paid_by_card("T1", &[]).await;
    shop.courier.take();
    shop.simulator.deliver_again("T1").await.unwrap();
    assert_eq!(message(&shop.courier.take()[0]), ("1", "paid"));
    assert!(shop.simulator.deliver_again("T9").await.is_err());
}

#[tokio::test]
async fn on_the_system_clock_the_driver_delivers_what_falls_due() {
    let shop = Shop::with(|options| options.clock = ecpay_sim::Clock::System);
    let driving = tokio::spawn({
        let simulator = shop.simulator.clone();
        async move { simulator.drive().await }
    });
    shop.simulator.fail_next_notice(Fault::Delay { seconds: 0 });
    shop.paid_by_card("T1", &[]).await;
    let delivered = async {
        while shop.view("T1").deliveries.is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), delivered).await.expect("the driver delivers it");
    assert_eq!(shop.courier.take().len(), 1);
    driving.abort();
}

#[tokio::test]
async fn time_moved_ahead_of_the_machine_leaves_its_callers_valid() {
    let shop = Shop::with(|options| options.clock = ecpay_sim::Clock::System);
    shop.accepted("T1", &[]).await;
    shop.simulator.advance(60 * MINUTE).await;
    let machine_seconds = ecpay_sim::Clock::System.now_ms() / 1000;
    let form = crate::shop::question("3002607", "T1", machine_seconds).to_form();
    let body = shop.post_form("/Cashier/QueryTradeInfo/V5", form).await.body;
    assert!(body.contains("TradeStatus=10200095&"), "an hour later for the order, not for the caller: {body}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_serves_on_a_real_port() {
    use std::io::{Read as _, Write as _};
    let shop = Shop::new();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let simulator = shop.simulator.clone();
    let serving = tokio::spawn(async move { simulator.serve(listener).await });
    let answer = tokio::task::spawn_blocking(move || {
        let mut socket = std::net::TcpStream::connect(address).unwrap();
        socket.write_all(b"GET /_control/clock HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        answer.to_ascii_lowercase()
    });
    let answer = answer.await.unwrap();
    assert!(answer.starts_with("http/1.1 200 ok"));
    assert!(answer.contains("date: thu, 02 jul 2026 13:24:11 gmt"), "the date is the simulator's: {answer}");
    serving.abort();
}
