//! The real binary under a Lambda runtime of our own, with moto in the place of DynamoDB and SNS. What moto stands for
//! and what it cannot show (throttling, its own late deleting, several machines) is in docs/RELAY.md.

#![allow(missing_docs, unreachable_pub, clippy::print_stderr, dead_code, reason = "a test binary")]

mod support;

use std::process::Command;
use std::time::Duration;

use relay::wire::{Fetch, Fetched, Happened, Publication, Signal, Standing};
use relay::{LinkId, TillKey, Token};
use serde_json::{Value, json};
use support::event;
use support::gate::Gate;
use support::inbox::Inbox;
use support::moto::{Moto, TABLE, TOPIC};
use support::runtime::Function;

/// The binary that these tests are built with, or another one: `scripts/relay.sh try` runs them over what was packed.
fn binary() -> String {
    std::env::var("RELAY_LAMBDA_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_relay-lambda").to_owned())
}

const FORM: &str = "application/x-www-form-urlencoded";

async fn function(moto: &Moto, role: &str) -> Function {
    let mut env = moto.env();
    env.push(("RELAY_ROLE", role.to_owned()));
    env.push(("RELAY_SILENT_MINUTES", "1".to_owned()));
    Function::start(&binary(), &[], &env).await
}

fn command(moto: &Moto, words: &[&str]) -> String {
    let output = Command::new(binary()).args(words).envs(moto.env()).output().expect("runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").trim().to_owned()
}

fn token() -> Token {
    Token::from_random([2; 20])
}

fn link() -> LinkId {
    LinkId::from_random([1; 20])
}

fn publication() -> Publication {
    Publication {
        link: link().as_str().to_owned(),
        shop: "巷口小舖".to_owned(),
        amount: 1285,
        action: "https://payment-stage.ecpay.com.tw/Cashier/AioCheckOut/V5".to_owned(),
        fields: vec![("MerchantTradeNo".to_owned(), "T1A".to_owned())],
        expires_at_ms: 1_795_223_400_000,
        open_for_ms: 600_000,
        training: false,
        standing: Standing::Live,
    }
}

fn of_till(method: &str, path: &str, key: &str, body: &Value) -> Value {
    let bearer = format!("Bearer {key}");
    event::with_body(method, path, &[("authorization", &bearer)], body.to_string().as_bytes())
}

async fn fetch(tills: &Function, key: &str, fetch: Fetch) -> Fetched {
    let answer = tills.invoke(of_till("POST", "/t/fetch", key, &json!(fetch))).await.expect("answers");
    assert_eq!(answer["statusCode"], 200, "{answer}");
    serde_json::from_str(answer["body"].as_str().expect("text")).expect("letters")
}

/// PF-26, PF-27, PF-71, PF-72: from opening an account to the acknowledged notice, through three processes and
/// API Gateway's own events.
#[tokio::test(flavor = "multi_thread")]
async fn a_notice_finds_its_way_through_lambda() {
    let moto = Moto::start();
    let key = command(&moto, &["till", "add", "T1"]);
    TillKey::parse(&key).expect("a key");
    let mut doors = function(&moto, "doors").await;
    let tills = function(&moto, "tills").await;
    let answer =
        tills.invoke(of_till("PUT", &format!("/t/attempts/{}", token().as_str()), &key, &json!(publication()))).await;
    assert_eq!(answer.expect("answers")["statusCode"], 204);

    let page = doors.invoke(event::get(&format!("/p/{}?lang=en", link().as_str()))).await.expect("answers");
    assert_eq!(page["statusCode"], 200);
    let html = page["body"].as_str().expect("text, not base64");
    assert!(html.contains("1,285") && html.contains(r#"value="T1A""#), "{html}");
    assert!(page["headers"]["content-security-policy"].as_str().expect("one").contains("frame-ancestors 'none'"));

    // What the gateway reads: 200, four bytes, no redirect, also for the repeat and for a slash too many.
    let body = b"RtnMsg=%E4%BB%98+paid&x=a%2bb&\xff\x00\r\n=&&";
    let notice = || event::post(&format!("/n/{}", token().as_str()), FORM, body);
    for _ in 0..2 {
        let answer = doors.invoke(notice()).await.expect("answers");
        assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(200), &json!("1|OK")), "{answer}");
        assert_eq!(answer["isBase64Encoded"], false);
        assert_eq!(answer["headers"]["location"], Value::Null);
    }
    // Two instances at once with the same notice: one letter.
    let other = function(&moto, "doors").await;
    let (one, two) = tokio::join!(doors.invoke(notice()), other.invoke(notice()));
    assert_eq!((&one.expect("answers")["body"], &two.expect("answers")["body"]), (&json!("1|OK"), &json!("1|OK")));
    let fetched = fetch(&tills, &key, Fetch::default()).await;
    assert_eq!(fetched.letters.len(), 1);
    assert_eq!(relay::client::body(&fetched.letters[0]).as_deref(), Some(&body[..]), "byte for byte");
    let fetched = fetch(&tills, &key, Fetch { acknowledge: Some(1), ..Fetch::default() }).await;
    assert_eq!(fetched.letters, []);

    // Each function has its own routes: a till's request never comes near the gateway's function.
    let lost = doors.invoke(of_till("POST", "/t/fetch", &key, &json!({}))).await.expect("answers");
    assert_eq!(lost["statusCode"], 404);
    let refused = tills.invoke(of_till("POST", "/t/fetch", "T1.x", &json!({}))).await.expect("answers");
    assert_eq!(refused["statusCode"], 401);
    for bad in ["/n/short", "/n/%ff", "/p/..%2f", "/%00"] {
        let answer = doors.invoke(event::post(bad, "image/png", &[0; 4096])).await.expect("answers");
        assert!(answer["statusCode"].as_u64().expect("a status") < 500, "{bad}: {answer}");
    }
    let large = event::post(&format!("/n/{}", token().as_str()), FORM, &vec![b'x'; 1_000_000]);
    assert_eq!(doors.invoke(large).await.expect("answers")["statusCode"], 413);
    assert!(doors.cold().await < Duration::from_secs(10), "PF-72: the gateway waits ten seconds");
    command(&moto, &["till", "revoke", "T1"]);
    let revoked = tills.invoke(of_till("POST", "/t/fetch", &key, &json!({}))).await.expect("answers");
    assert_eq!(revoked["statusCode"], 401);
}

/// A held fetch in one process hears of a letter that came through another, and ECPay's function is free meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn a_held_fetch_hears_of_a_letter_in_another_function() {
    let moto = Moto::start();
    let key = command(&moto, &["till", "add", "T1"]);
    let (doors, tills) = tokio::join!(function(&moto, "doors"), function(&moto, "tills"));
    let path = format!("/t/attempts/{}", token().as_str());
    tills.invoke(of_till("PUT", &path, &key, &json!(publication()))).await.expect("published");
    let held = fetch(&tills, &key, Fetch { wait_s: 25, ..Fetch::default() });
    let sent = async {
        let answer = doors.invoke(event::post(&format!("/n/{}", token().as_str()), FORM, b"RtnCode=1")).await;
        assert_eq!(answer.expect("answers")["body"], "1|OK");
    };
    let (fetched, ()) = tokio::join!(held, sent);
    assert_eq!(fetched.letters.len(), 1);
}

/// DynamoDB does not answer: no `1|OK`, so the gateway sends it again.
#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_not_acknowledged_while_dynamodb_is_away() {
    let moto = Moto::start();
    let key = command(&moto, &["till", "add", "T1"]);
    let (doors, tills) = tokio::join!(function(&moto, "doors"), function(&moto, "tills"));
    let path = format!("/t/attempts/{}", token().as_str());
    tills.invoke(of_till("PUT", &path, &key, &json!(publication()))).await.expect("published");
    drop(moto);
    let answer = doors.invoke(event::post(&format!("/n/{}", token().as_str()), FORM, b"RtnCode=1")).await;
    let answer = answer.expect("answers");
    assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(503), &json!("0|try again")));
    let away = tills.invoke(of_till("POST", "/t/fetch", &key, &json!({}))).await.expect("answers");
    assert_eq!(away["statusCode"], 503);
}

fn timer() -> Value {
    json!({ "version": "0", "detail-type": "Scheduled Event", "source": "aws.events", "detail": {} })
}

/// A till goes silent, as an owner would notice: its account says when it was last seen, and that was an hour ago. Of
/// each silence exactly one message is published, and the next one is told of again.
#[tokio::test(flavor = "multi_thread")]
async fn owner_is_told_of_a_silence_once() {
    let moto = Moto::start();
    let inbox = Inbox::of(&moto);
    let key = command(&moto, &["till", "add", "T1"]);
    let (watch, tills) = tokio::join!(function(&moto, "watch"), function(&moto, "tills"));
    // A till that has never fetched has not gone silent.
    assert_eq!(watch.invoke(timer()).await.expect("answers"), json!(0));
    for _ in 0..2 {
        fetch(&tills, &key, Fetch::default()).await;
        assert_eq!(watch.invoke(timer()).await.expect("answers"), json!(0), "it was just here");
        last_seen_an_hour_ago(&moto);
        // Two look at the same moment: one of them tells.
        let other = function(&moto, "watch").await;
        let (one, two) = tokio::join!(watch.invoke(timer()), other.invoke(timer()));
        let told = [one, two].map(|told| told.expect("answers").as_u64().expect("a count"));
        assert_eq!(told.iter().sum::<u64>(), 1, "{told:?}");
        assert_eq!(watch.invoke(timer()).await.expect("answers"), json!(0), "said once");
    }
    let messages = inbox.messages();
    assert_eq!(messages.len(), 2, "{messages:?}");
    for message in messages {
        assert_eq!(message["Subject"], "Guitai T1: silent");
        let text = message["Message"].as_str().expect("text");
        assert!(text.contains("收銀機 T1") && text.contains("60 minutes"), "{text}");
    }
}

/// Paid, late, over-paid, another amount: each reaches the owner's topic, in both languages and without the customer. A
/// topic that does not take it holds nobody up.
#[tokio::test(flavor = "multi_thread")]
async fn owner_is_told_what_the_till_says() {
    let moto = Moto::start();
    let inbox = Inbox::of(&moto);
    let key = command(&moto, &["till", "add", "T1"]);
    let tills = function(&moto, "tills").await;
    let all = [
        (Happened::Paid, "已收款", "Paid"),
        (Happened::Late, "取消後才付款", "Paid after it was cancelled"),
        (Happened::OverPaid, "重複或溢付", "Paid twice or too much"),
        (Happened::Contradicted, "金額不符", "Another amount than asked"),
    ];
    for (what, ..) in all {
        let signal = Signal { what, number: "T1A1B2C3".to_owned(), amount: 1285 };
        let answer = tills.invoke(of_till("POST", "/t/signal", &key, &json!(signal))).await.expect("answers");
        assert_eq!(answer["statusCode"], 204);
    }
    let messages = inbox.messages();
    assert_eq!(messages.len(), all.len());
    for (message, (_, zh, en)) in messages.iter().zip(all) {
        let (subject, text) = (message["Subject"].as_str().expect("one"), message["Message"].as_str().expect("one"));
        assert!(subject.starts_with("Guitai T1: ") && subject.is_ascii() && subject.contains(en), "{subject}");
        assert!(text.contains(zh) && text.contains(en) && text.contains("T1A1B2C3") && text.contains("1285"), "{text}");
    }
    let nobody = json!({ "what": "paid", "number": "<b>陳先生", "amount": 1 });
    let refused = tills.invoke(of_till("POST", "/t/signal", &key, &nobody)).await.expect("answers");
    assert_eq!(refused["statusCode"], 422);
    moto.raw("sns", "", &format!("Action=DeleteTopic&Version=2010-03-31&TopicArn={TOPIC}"));
    let signal = Signal { what: Happened::Paid, number: "T1A".to_owned(), amount: 1 };
    let answer = tills.invoke(of_till("POST", "/t/signal", &key, &json!(signal))).await.expect("answers");
    assert_eq!(answer["statusCode"], 204, "an owner's mail is no reason to hold anything up");
}

/// DynamoDB is there and says no: throttled (HTTP 400, and not the same as somebody else being first), or with an error
/// of its own. No `1|OK`, nothing stored; when it is well again the same notice is taken.
#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_not_acknowledged_while_dynamodb_is_throttled() {
    let moto = Moto::start();
    let key = command(&moto, &["till", "add", "T1"]);
    let tills = function(&moto, "tills").await;
    let path = format!("/t/attempts/{}", token().as_str());
    tills.invoke(of_till("PUT", &path, &key, &json!(publication()))).await.expect("published");
    let gate = Gate::before(&moto).await;
    let mut env = moto.env();
    env.retain(|(name, _)| *name != "AWS_ENDPOINT_URL_DYNAMODB");
    env.extend([("AWS_ENDPOINT_URL_DYNAMODB", gate.address()), ("RELAY_ROLE", "doors".to_owned())]);
    let doors = Function::start(&binary(), &[], &env).await;
    let notice = || event::post(&format!("/n/{}", token().as_str()), FORM, b"RtnCode=1");
    for refusal in [
        (400, r#"{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"}"#),
        (400, r#"{"__type":"com.amazon.coral.availability#ThrottlingException"}"#),
        (
            400,
            r#"{"__type":"x#TransactionCanceledException","CancellationReasons":[{"Code":"ThrottlingError"},{"Code":"None"},{"Code":"None"}]}"#,
        ),
        (500, r#"{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"}"#),
        (200, "this is no answer of DynamoDB's"),
    ] {
        // Reading works and writing does not, as when a table has used up what it may write.
        gate.refuse("TransactWriteItems", Some(refusal));
        let answer = doors.invoke(notice()).await.expect("answers");
        assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(503), &json!("0|try again")), "{refusal:?}");
    }
    gate.refuse("TransactWriteItems", None);
    assert_eq!(fetch(&tills, &key, Fetch::default()).await.letters, [], "nothing was stored");
    assert_eq!(doors.invoke(notice()).await.expect("answers")["body"], "1|OK");
    assert_eq!(fetch(&tills, &key, Fetch::default()).await.letters.len(), 1);
}

/// PF-16: ten thousand requests to one mailbox, through the real handler: a handful is kept and nothing of what was there
/// is lost. Most are turned away by reading alone, so that it costs the shop next to nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_junk_is_turned_away_by_the_handler() {
    let moto = Moto::start();
    let key = command(&moto, &["till", "add", "T1"]);
    let (doors, tills) = tokio::join!(function(&moto, "doors"), function(&moto, "tills"));
    let path = format!("/t/attempts/{}", token().as_str());
    tills.invoke(of_till("PUT", &path, &key, &json!(publication()))).await.expect("published");
    let at = format!("/n/{}", token().as_str());
    let genuine = doors.invoke(event::post(&at, FORM, b"RtnCode=1&genuine")).await.expect("answers");
    assert_eq!(genuine["body"], "1|OK");
    let mut kept = 1;
    // moto answers one request at a time; the whole ten thousand run over memory in `crates/relay/tests/tills.rs`.
    for n in 0..300 {
        let answer = doors.invoke(event::post(&at, FORM, format!("junk={n}").as_bytes())).await.expect("answers");
        kept += usize::from(answer["body"] == "1|OK");
    }
    assert_eq!(kept, 32);
    let letters = fetch(&tills, &key, Fetch::default()).await.letters;
    assert_eq!(letters.len(), 32);
    assert_eq!(relay::client::body(&letters[0]).as_deref(), Some(&b"RtnCode=1&genuine"[..]));
}

/// The account as DynamoDB has it, with the till's last visit an hour back.
fn last_seen_an_hour_ago(moto: &Moto) {
    let key = json!({ "d": { "S": "till/T1" }, "s": { "S": "account" } });
    let wanted = json!({ "TableName": TABLE, "Key": key });
    let answer = moto.raw("dynamodb", "x-amz-target: DynamoDB_20120810.GetItem\r\n", &wanted.to_string());
    let body = answer.split_once("\r\n\r\n").expect("a body").1;
    let mut item = serde_json::from_str::<Value>(body).expect("JSON")["Item"].clone();
    let mut account: Value = serde_json::from_str(item["t"]["S"].as_str().expect("text")).expect("an account");
    account["seen_ms"] = (account["seen_ms"].as_i64().expect("a time") - 3_600_000).into();
    item["t"]["S"] = account.to_string().into();
    let put = json!({ "TableName": TABLE, "Item": item });
    let done = moto.raw("dynamodb", "x-amz-target: DynamoDB_20120810.PutItem\r\n", &put.to_string());
    assert!(done.contains(" 200 OK"), "{done}");
}
