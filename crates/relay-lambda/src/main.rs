//! `relay-lambda`: what runs on Lambda, and the two commands for opening and closing accounts.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn;
use lambda_http::lambda_runtime::{self, LambdaEvent, service_fn};
use relay::{Actions, Mailroom, Options, Owner, Signals, TillKey, TillName};
use relay_lambda::{Aws, DynamoCabinet, Silence, Topic, look, measured};
use serde_json::Value;

type Failure = Box<dyn std::error::Error + Send + Sync>;

// One thread: a function has one request at a time and, at the size we run it, less than one processor.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("RELAY_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .without_time()
        .init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("relay-lambda: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let aws = Aws::from_env()?;
    let mailroom = mailroom(aws.clone())?;
    match words.as_slice() {
        [] => serve(mailroom, &aws).await,
        ["till", "add", name] => {
            let mut bits = [0; 32];
            getrandom::fill(&mut bits).map_err(|_| "the operating system gave no random bytes")?;
            let key = TillKey::from_random(TillName::parse(name)?, bits);
            mailroom.add_till(key.name(), key.hash()).await?;
            println!("{}", key.reveal());
            Ok(())
        }
        ["till", "revoke", name] => Ok(mailroom.revoke_till(&TillName::parse(name)?).await?),
        _ => Err("usage: relay-lambda [till add NAME | till revoke NAME]; on Lambda, without words".into()),
    }
}

fn mailroom(aws: Aws) -> Result<Mailroom<DynamoCabinet>, Failure> {
    let table = std::env::var("RELAY_TABLE").map_err(|_| "RELAY_TABLE is not set")?;
    let actions = match std::env::var("RELAY_FORMS").as_deref() {
        Ok("anywhere") => Actions::Anywhere,
        _ => Actions::Ecpay,
    };
    // A letter comes in through another process: a held fetch looks for itself.
    let options = Options { actions, look_every: Duration::from_millis(200), ..Options::default() };
    Ok(Mailroom::new(DynamoCabinet::new(aws, table), options))
}

async fn serve(mailroom: Mailroom<DynamoCabinet>, aws: &Aws) -> Result<(), Failure> {
    let topic = std::env::var("RELAY_TOPIC").ok().filter(|arn| !arn.is_empty());
    let signals: Signals = topic.map(|arn| Arc::new(Topic::new(aws.clone(), arn)) as Arc<dyn Owner>);
    match std::env::var("RELAY_ROLE").as_deref() {
        Ok("doors") => answer(relay::router(mailroom)).await,
        Ok("tills") => answer(relay::till_router(mailroom, signals)).await,
        Ok("watch") => {
            let minutes = std::env::var("RELAY_SILENT_MINUTES").ok().and_then(|text| text.parse().ok());
            let silence = Silence::minutes(minutes.unwrap_or(0));
            let (mailroom, signals) = (&mailroom, &signals);
            lambda_runtime::run(service_fn(|_: LambdaEvent<Value>| async move {
                look(mailroom, silence, signals).await.map(|told| told.len()).map_err(Failure::from)
            }))
            .await
        }
        _ => Err("RELAY_ROLE is doors, tills or watch".into()),
    }
}

async fn answer(router: Router) -> Result<(), Failure> {
    lambda_http::run(router.layer(from_fn(measured))).await
}
