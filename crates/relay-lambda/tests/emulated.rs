//! The real binary under a Lambda runtime of our own, with moto in the place of DynamoDB and SNS. What moto stands for
//! and what it cannot show (throttling, its own late deleting, several machines) is in docs/RELAY.md.

#![allow(missing_docs, unreachable_pub, clippy::print_stderr, dead_code, reason = "a test binary")]

mod support;

use std::process::Command;
use std::time::Duration;

use relay::wire::{Fetch, Fetched, Publication, Standing};
use relay::{LinkId, TillKey, TillName, Token};
use serde_json::{Value, json};
use support::event;
use support::moto::Moto;
use support::runtime::Function;

const BINARY: &str = env!("CARGO_BIN_EXE_relay-lambda");
const FORM: &str = "application/x-www-form-urlencoded";

async fn function(moto: &Moto, role: &str) -> Function {
    let mut env = moto.env();
    env.push(("RELAY_ROLE", role.to_owned()));
    env.push(("RELAY_SILENT_MINUTES", "1".to_owned()));
    Function::start(BINARY, &[], &env).await
}

fn command(moto: &Moto, words: &[&str]) -> String {
    let output = Command::new(BINARY).args(words).envs(moto.env()).output().expect("runs");
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

/// The look around answers its timer's event and tells the owner of a silence once.
#[tokio::test(flavor = "multi_thread")]
async fn the_look_around_counts_the_tills_it_told_of() {
    let moto = Moto::start();
    command(&moto, &["till", "add", "T1"]);
    let watch = function(&moto, "watch").await;
    let timer = json!({ "version": "0", "detail-type": "Scheduled Event", "source": "aws.events", "detail": {} });
    // A till that has never fetched has not gone silent.
    assert_eq!(watch.invoke(timer).await.expect("answers"), json!(0));
    let name = TillName::parse("T1").expect("a name");
    assert_eq!(name.as_str(), "T1");
}
