//! `relay-server`: the relay for a small server. It speaks plain HTTP on loopback; a web server in front of it brings
//! the certificate.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use relay::{Actions, Mailroom, Options, TillKey, TillName};
use relay_server::SqliteCabinet;

const USAGE: &str = "\
usage: relay-server serve [--data FILE] [--listen ADDRESS:PORT] [--training]
       relay-server till add NAME [--data FILE]
       relay-server till revoke NAME [--data FILE]

serve       answers on ADDRESS:PORT (127.0.0.1:8690), kept in FILE (relay.sqlite). A web server in front brings https.
            --training lets pages post to other places than ECPay: for practice with a simulator.
till add    opens an account, or gives an account another key, and prints the key once: put it into the till's
            settings with `guitaictl relay key`.
till revoke closes an account: its key opens nothing any more.";

/// What a command line asks for.
enum Asked {
    Serve { data: PathBuf, listen: SocketAddr, actions: Actions },
    Add { data: PathBuf, name: TillName },
    Revoke { data: PathBuf, name: TillName },
}

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("RELAY_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let Some(asked) = read(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match tokio::runtime::Runtime::new().map_err(Into::into).and_then(|runtime| runtime.block_on(run(asked))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("relay-server: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(asked: Asked) -> Result<(), Box<dyn std::error::Error>> {
    match asked {
        Asked::Serve { data, listen, actions } => serve(data, listen, actions).await,
        Asked::Add { data, name } => {
            let mut bits = [0; 32];
            getrandom::fill(&mut bits).map_err(|_| "the operating system gave no random bytes")?;
            let key = TillKey::from_random(name, bits);
            mailroom(data, Actions::Ecpay)?.add_till(key.name(), key.hash()).await?;
            println!("{}", key.reveal());
            Ok(())
        }
        Asked::Revoke { data, name } => Ok(mailroom(data, Actions::Ecpay)?.revoke_till(&name).await?),
    }
}

fn mailroom(data: PathBuf, actions: Actions) -> Result<Mailroom<SqliteCabinet>, relay_server::OpenError> {
    Ok(Mailroom::new(SqliteCabinet::open(&data)?, Options { actions, ..Options::default() }))
}

async fn serve(data: PathBuf, listen: SocketAddr, actions: Actions) -> Result<(), Box<dyn std::error::Error>> {
    let mailroom = mailroom(data, actions)?;
    let listener = tokio::net::TcpListener::bind(listen).await?;
    println!("http://{}", listener.local_addr()?);
    let sweeping = mailroom.cabinet().clone();
    tokio::spawn(async move {
        loop {
            if let Ok(gone @ 1..) = sweeping.purge(now_ms()).await {
                tracing::info!(gone, "past their time");
            }
            tokio::time::sleep(Duration::from_secs(3_600)).await;
        }
    });
    let router = relay::router(mailroom.clone()).merge(relay::till_router(mailroom, None));
    // It may be stopped at any moment: what was acknowledged is on the disk, and tills come back by themselves.
    axum::serve(listener, router).await?;
    Ok(())
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn read(mut words: impl Iterator<Item = String>) -> Option<Asked> {
    let verb = words.next()?;
    let till = match verb.as_str() {
        "serve" => None,
        "till" => Some((words.next()?, TillName::parse(&words.next()?).ok()?)),
        _ => return None,
    };
    let (mut data, mut listen, mut actions) =
        (PathBuf::from("relay.sqlite"), SocketAddr::from(([127, 0, 0, 1], 8690)), Actions::Ecpay);
    while let Some(word) = words.next() {
        match (word.as_str(), &till) {
            ("--data", _) => data = words.next()?.into(),
            ("--listen", None) => listen = words.next()?.parse().ok()?,
            ("--training", None) => actions = Actions::Anywhere,
            _ => return None,
        }
    }
    match till {
        None => Some(Asked::Serve { data, listen, actions }),
        Some((what, name)) if what == "add" => Some(Asked::Add { data, name }),
        Some((what, name)) if what == "revoke" => Some(Asked::Revoke { data, name }),
        Some(_) => None,
    }
}
