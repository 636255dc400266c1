//! Orders signed per second on one core: this crate, the public `ecpay` crate, and (when `benches/node` has its
//! modules) ECPay's official Node SDK, on the same fields in the same run.
//!
//! Rounds alternate so that a busy machine slows everybody down; the ratio is the median of the rounds' ratios. Every
//! implementation first has to give the same signatures.

use std::collections::HashMap;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use ecpay::checkout::{AtmCode, CodeUrls, CvsCode};
use ecpay::{
    AioCheckOut, Amount, Choice, Environment, Fields, Gateway, MacValue, MerchantTradeNo, Order, PaymentMethod,
    TaipeiTime, check_mac_value, item_name, stage, trade_desc,
};

const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(200);

fn main() {
    let merchant = stage::merchant();
    let text = |secret: &[u8]| String::from_utf8(secret.to_vec()).expect("published keys are ASCII");
    let (key, iv) = (text(merchant.key.expose()), text(merchant.iv.expose()));
    let orders = orders();
    let params: Vec<HashMap<String, String>> =
        orders.iter().map(|order| order.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect()).collect();

    let ours = |order: &Fields| check_mac_value(&merchant.key, &merchant.iv, order.iter());
    let theirs = |order: &HashMap<String, String>| ecpay_oracle::crypto::hash_mac(order, &key, &iv);
    let macs: Vec<MacValue> = orders.iter().map(ours).collect();
    for (mac, order) in macs.iter().zip(&params) {
        assert_eq!(mac.as_str(), theirs(order), "the two crates disagree");
    }

    let (mut our_rounds, mut their_rounds) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        our_rounds.push(per_second(&orders, ours));
        their_rounds.push(per_second(&params, theirs));
    }
    let ratios = our_rounds.iter().zip(&their_rounds).map(|(ours, theirs)| ours / theirs).collect();
    println!("orders signed per second, one core, median of {ROUNDS} rounds");
    println!("  this crate          {:>10.0}", median(our_rounds.clone()));
    println!(
        "  ecpay 0.5 (crate)   {:>10.0}   this crate is {:.2} times as fast",
        median(their_rounds),
        median(ratios)
    );

    match node(&key, &iv, &orders, &macs) {
        Ok(rounds) => {
            let node = median(rounds);
            // Node has had the machine to itself: so has this crate, now.
            let again = median((0..ROUNDS).map(|_| per_second(&orders, ours)).collect());
            println!("  official Node SDK   {node:>10.0}   this crate is {:.2} times as fast", again / node);
        }
        Err(reason) => println!("  official Node SDK   not measured: {reason}"),
    }
}

/// Orders as a till sends them, in several sizes.
fn orders() -> Vec<Fields> {
    let lines = ["御飯糰 鮪魚 x2", "Tom's Cola 600ml", "衛生紙 (12入)", "冰美式 L", "統一發票捲 57x50"];
    let urls = CodeUrls { payment_info: Some("https://relay.example.tw/n/8f2c/code".into()), client_redirect: None };
    let choices = [
        Choice::from(PaymentMethod::All),
        Choice::from(PaymentMethod::Credit),
        Choice::from(PaymentMethod::Twqr),
        Choice::Atm(AtmCode { expire_days: Some(3), urls: urls.clone(), ..AtmCode::default() }),
        Choice::Cvs(CvsCode { expire_minutes: Some(10_080), urls, ..CvsCode::default() }),
    ];
    let unsigned = |(index, choice): (usize, Choice)| {
        let order = Order {
            number: MerchantTradeNo::parse(&format!("T1260105123456AB{index:02}")).expect("letters and digits"),
            amount: Amount::new(1250).expect("positive"),
            placed_at: TaipeiTime::from_unix(1_767_587_696).expect("in range"),
            item_name: item_name(&lines[..=index], "商店商品"),
            trade_desc: trade_desc("好鄰居商店 一號收銀台", "商店商品"),
            return_url: "https://relay.example.tw/n/8f2c/return".into(),
        };
        let returns = choice.allows_order_result_url();
        let mut checkout = AioCheckOut::new(order, choice).store_id("T1").with_extra_paid_info();
        if returns {
            checkout = checkout.order_result_url("http://192.168.1.20:8790/pay/8f2c/result");
        }
        let form = checkout.sign(&stage::merchant(), &Gateway::of(Environment::Stage)).expect("a valid order");
        let mut fields = form.fields;
        fields.remove("CheckMacValue");
        fields
    };
    choices.into_iter().enumerate().map(unsigned).collect()
}

fn per_second<O, M>(orders: &[O], sign: impl Fn(&O) -> M) -> f64 {
    let mut signed = 0_u32;
    let start = Instant::now();
    while start.elapsed() < ROUND {
        for _ in 0..200 {
            for order in orders {
                black_box(sign(black_box(order)));
                signed += 1;
            }
        }
    }
    f64::from(signed) / start.elapsed().as_secs_f64()
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// Runs the official SDK on the same orders.
fn node(key: &str, iv: &str, orders: &[Fields], macs: &[MacValue]) -> Result<Vec<f64>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/node");
    if !folder.join("node_modules").is_dir() {
        return Err("run `npm ci` in crates/ecpay/benches/node".into());
    }
    let orders: Vec<serde_json::Value> = orders
        .iter()
        .map(|order| {
            order.iter().map(|(n, v)| (n.to_owned(), serde_json::Value::from(v))).collect::<serde_json::Map<_, _>>()
        })
        .map(serde_json::Value::from)
        .collect();
    let input = serde_json::json!({ "hash_key": key, "hash_iv": iv, "rounds": ROUNDS, "orders": orders });
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("orders.json");
    fs::write(&file, input.to_string()).map_err(|error| format!("{}: {error}", file.display()))?;
    let run = Command::new("node").arg(folder.join("sign.mjs")).arg(&file).output();
    let output = run.map_err(|error| format!("node: {error}"))?;
    if !output.status.success() {
        return Err(format!("node: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let texts = answer["macs"].as_array().ok_or("node printed no signatures")?;
    assert!(texts.iter().map(|text| text.as_str()).eq(macs.iter().map(|mac| Some(mac.as_str()))), "Node disagrees");
    let rounds = answer["per_second"].as_array().ok_or("node printed no rounds")?;
    Ok(rounds.iter().filter_map(serde_json::Value::as_f64).collect())
}
