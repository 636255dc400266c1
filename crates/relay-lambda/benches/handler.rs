//! The handler on an emulated Lambda runtime, beside one in Python that does the same job: cold start, warm latency,
//! memory. Both read one page from the same moto over the same runtime API, in turns, in the same run. `RELAY_LAMBDA_BINARY`
//! measures another binary than the one built here: the packed one. Package size is that of the binary; the Python one's is
//! its libraries, which Lambda has by itself.

#![allow(missing_docs, unreachable_pub, dead_code, reason = "a benchmark")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;
use support::event;
use support::moto::{Moto, python};
use support::runtime::Function;

fn binary() -> String {
    std::env::var("RELAY_LAMBDA_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_relay-lambda").to_owned())
}

const BOOTSTRAP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/python/bootstrap.py");
const STARTS: usize = 9;
const REQUESTS: usize = 300;

#[tokio::main]
async fn main() {
    let moto = Moto::start();
    let output = Command::new(binary()).args(["till", "add", "T1"]).envs(moto.env()).output().expect("runs");
    let key = String::from_utf8(output.stdout).expect("text").trim().to_owned();
    let link = relay::LinkId::from_random([1; 20]);
    let fields: Vec<(String, String)> =
        (0..24).map(|n| (format!("Field{n}"), format!("value {n} 商店商品 & more"))).collect();
    let said = json!({
        "link": link.as_str(), "shop": "巷口小舖", "amount": 1285, "fields": fields, "expires_at_ms": 0,
        "action": "https://payment-stage.ecpay.com.tw/Cashier/AioCheckOut/V5", "open_for_ms": 600_000,
        "training": false, "standing": "live",
    });
    let token = relay::Token::from_random([2; 20]);
    let bearer = format!("Bearer {key}");
    let tills = start(&moto, "tills", Kind::Ours).await;
    let path = format!("/t/attempts/{}", token.as_str());
    let published =
        tills.invoke(event::with_body("PUT", &path, &[("authorization", &bearer)], said.to_string().as_bytes())).await;
    assert_eq!(published.expect("answers")["statusCode"], 204);
    let page = event::get(&format!("/p/{}", link.as_str()));

    let mut figures = Vec::new();
    for kind in [Kind::Ours, Kind::Python] {
        let (mut cold, mut first) = (Vec::new(), Vec::new());
        for _ in 0..STARTS {
            let mut function = start(&moto, "doors", kind).await;
            cold.push(function.cold().await);
            let begun = Instant::now();
            assert_eq!(function.invoke(page.clone()).await.expect("answers")["statusCode"], 200);
            first.push(cold[cold.len() - 1] + begun.elapsed());
        }
        figures.push((kind, cold, first));
    }
    let (mut ours, mut python) = (start(&moto, "doors", Kind::Ours).await, start(&moto, "doors", Kind::Python).await);
    let (_, _) = (ours.cold().await, python.cold().await);
    // What moto itself takes for the one item both read, over a connection that stays open as theirs do: the floor under
    // both. In turns, so that whatever else the machine does falls on all three alike.
    let question = Question::of(&moto, &link);
    let (mut our_warm, mut their_warm, mut floor) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..REQUESTS {
        for (function, times) in [(&ours, &mut our_warm), (&python, &mut their_warm)] {
            let begun = Instant::now();
            assert_eq!(function.invoke(page.clone()).await.expect("answers")["statusCode"], 200);
            times.push(begun.elapsed());
        }
        let begun = Instant::now();
        question.ask().await;
        floor.push(begun.elapsed());
    }
    println!(
        "pay page through the emulated Lambda runtime, DynamoDB played by moto ({STARTS} starts, {REQUESTS} requests)"
    );
    let [(_, our_cold, our_first), (_, their_cold, their_first)] = &figures[..] else { unreachable!() };
    line("start to first question", our_cold, their_cold);
    line("start to first answer", our_first, their_first);
    line("warm, p50", &our_warm, &their_warm);
    println!("  warm, p99                ours {:>8.1?}   Python {:>8.1?}", at(&our_warm, 99), at(&their_warm, 99));
    println!("  of it moto alone, p50         {:>8.1?}", at(&floor, 50));
    let less = |times: &[Duration]| at(times, 50).saturating_sub(at(&floor, 50)).as_secs_f64().max(0.000_1);
    println!("  warm without moto        Python takes {:.1} times as long", less(&their_warm) / less(&our_warm));
    let (our_kb, their_kb) = (ours.memory_kb(), python.memory_kb());
    println!(
        "  memory, peak             ours {our_kb:>7} kB   Python {their_kb:>7} kB   {:.1} times",
        ratio(their_kb, our_kb)
    );
    let size = std::fs::metadata(binary()).expect("the binary").len();
    println!("  size                     ours {:>7} kB   Python {:>7} kB of libraries", size / 1024, libraries_kb());
}

/// DynamoDB asked for the page, by nobody's handler.
struct Question {
    client: reqwest::Client,
    url: String,
    body: String,
}

impl Question {
    fn of(moto: &Moto, link: &relay::LinkId) -> Self {
        let key = json!({ "d": { "S": format!("page/{}", link.as_str()) }, "s": { "S": "page" } });
        let body = json!({ "TableName": "relay", "ConsistentRead": true, "Key": key }).to_string();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self { client, url: format!("http://127.0.0.1:{}/", moto.port()), body }
    }

    async fn ask(&self) {
        let signed = "AWS4-HMAC-SHA256 Credential=testing/20261121/ap-east-2/dynamodb/aws4_request, SignedHeaders=host, Signature=0";
        let request = self
            .client
            .post(&self.url)
            .header("authorization", signed)
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amz-target", "DynamoDB_20120810.GetItem")
            .header("host", "dynamodb.ap-east-2.amazonaws.com")
            .body(self.body.clone());
        let answer = request.send().await.expect("moto answers").text().await.expect("text");
        assert!(answer.contains("Item"), "{answer}");
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ours,
    Python,
}

async fn start(moto: &Moto, role: &str, kind: Kind) -> Function {
    let mut env = moto.env();
    env.push(("RELAY_ROLE", role.to_owned()));
    env.push(("AWS_DEFAULT_REGION", "ap-east-2".to_owned()));
    match kind {
        Kind::Ours => Function::start(&binary(), &[], &env).await,
        Kind::Python => Function::start(&python().display().to_string(), &[BOOTSTRAP], &env).await,
    }
}

/// boto3 and what it stands on, as they lie on the disk.
fn libraries_kb() -> u64 {
    let script = "import os, boto3, botocore, s3transfer, jmespath, dateutil, urllib3\n\
        folders = [os.path.dirname(m.__file__) for m in (boto3, botocore, s3transfer, jmespath, dateutil, urllib3)]\n\
        files = [os.path.join(d, f) for folder in folders for d, _, fs in os.walk(folder) for f in fs if not f.endswith('.pyc')]\n\
        print(sum(map(os.path.getsize, files)) // 1024)";
    let output = Command::new(python()).args(["-c", script]).output().expect("python runs");
    String::from_utf8_lossy(&output.stdout).trim().parse().unwrap_or(0)
}

fn at(times: &[Duration], percent: usize) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[(times.len() - 1) * percent / 100]
}

fn line(what: &str, ours: &[Duration], theirs: &[Duration]) {
    let (ours, theirs) = (at(ours, 50), at(theirs, 50));
    let times = theirs.as_secs_f64() / ours.as_secs_f64();
    println!("  {what:<24} ours {ours:>8.1?}   Python {theirs:>8.1?}   {times:.1} times");
}

fn ratio(theirs: u64, ours: u64) -> f64 {
    f64::from(u32::try_from(theirs).unwrap_or(u32::MAX)) / f64::from(u32::try_from(ours.max(1)).unwrap_or(u32::MAX))
}
