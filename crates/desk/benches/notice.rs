//! From ECPay's notice to "paid" on the cashier's screen, over a relay: the real `relay-server` store in a file on
//! loopback, a real till with its own loops and the machine's clock, the built-in gateway sending real notices. With 1,
//! 10 and 100 attempts that wait for mail.

#![allow(missing_docs, clippy::print_stdout, reason = "a benchmark")]

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use desk::{Desk, Home, Opening};
use ecpay_sim::Method as Pays;
use ecpay_sim::customer::Customer;
use register::Profile;
use register::view::{Method, RelayHealth, View};
use relay::{Actions, Mailroom, Options, TillKey, TillName};
use relay_server::SqliteCabinet;
use tokio::net::TcpListener;

const SAMPLES: usize = 60;
const LEVELS: [usize; 3] = [1, 10, 100];

#[tokio::main]
async fn main() {
    println!(
        "notice to the cashier's screen over relay-server on loopback, the machine's clock, {SAMPLES} payments each"
    );
    for live in LEVELS {
        let folder = tempfile::tempdir().expect("a folder");
        let relay = Relay::start(folder.path()).await;
        let desk = open(folder.path(), &relay).await;
        until_the_relay_answers(&desk).await;
        for _ in 1..live {
            let link = offer(&desk, &relay).await;
            Customer::new(desk.customers_browser()).look(&link).await.expect("the page opens");
            desk.shared()
                .with(|register, ports| register.cancel_payment(ports.clock.now()))
                .expect("given up, and watched");
            desk.shared().with(|register, ports| register.clear(ports.clock.now())).expect("an empty counter");
        }
        let mut times = Vec::new();
        for _ in 0..SAMPLES {
            times.push(payment(&desk, &relay).await);
        }
        println!(
            "  {live:>3} attempts wait for mail: p50 {:>6.1?}, p99 {:>6.1?} (goal: under 300 ms)",
            at(&mut times, 50),
            at(&mut times, 99)
        );
    }
}

/// One payment, from the gateway sending its notice to a view that is paid.
async fn payment(desk: &Desk, relay: &Relay) -> Duration {
    let link = offer(desk, relay).await;
    Customer::new(desk.customers_browser()).look(&link).await.expect("the page opens");
    let number = view(desk).attempt.expect("on the screen").number;
    let begun = Instant::now();
    let simulator = desk.simulator().expect("the built-in gateway").clone();
    let paying = tokio::spawn(async move { simulator.pay_order(&number, Pays::Credit).await });
    until(desk, |view| view.closed.is_some()).await;
    let took = begun.elapsed();
    paying.await.expect("no panic").expect("paid");
    took
}

async fn until_the_relay_answers(desk: &Desk) {
    let mut changes = desk.shared().watch();
    loop {
        changes.mark_unchanged();
        let look = desk.shared().with(|register, _| register.relay_look()).expect("a shop with a relay");
        if look.state == RelayHealth::Answers {
            return;
        }
        changes.changed().await.expect("the till runs");
    }
}

/// A QR on the screen whose page is at the relay.
async fn offer(desk: &Desk, relay: &Relay) -> String {
    let at_relay = format!("http://{}/p/", relay.at);
    desk.shared().with(|register, ports| {
        register.dismiss_closed().ok();
        register.scan("D04").expect("tea");
        register.pay_online(Method::Credit, ports.clock.now(), &*ports.chance).expect("asked");
    });
    until(desk, |view| view.attempt.as_ref().is_some_and(|attempt| attempt.link.starts_with(&at_relay))).await;
    let link = view(desk).attempt.expect("on the screen").link;
    let client = net::Client::new(net::Timeouts::default()).expect("a client");
    while client.get(&link).await.is_ok_and(|reply| reply.status != 200) {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    link
}

async fn until(desk: &Desk, holds: impl Fn(&View) -> bool) {
    let mut changes = desk.shared().watch();
    let give_up = Instant::now() + Duration::from_secs(60);
    loop {
        changes.mark_unchanged();
        if holds(&view(desk)) {
            return;
        }
        assert!(Instant::now() < give_up, "never: {:?}", view(desk));
        // Nothing polls: a change wakes it, as it wakes the screen.
        let _ = tokio::time::timeout(Duration::from_secs(5), changes.changed()).await;
    }
}

fn view(desk: &Desk) -> View {
    desk.shared().with(|register, ports| register.view(ports.clock.now())).expect("the journal can be read")
}

async fn open(folder: &Path, relay: &Relay) -> Desk {
    let address = format!("[relay]\naddress = \"http://{}\"", relay.at);
    let settings = desk::settings::STARTING
        .replace("127.0.0.1:8688", "127.0.0.1:0")
        .replacen("[relay]", &address, 1)
        // Nobody asks meanwhile: what is measured is the way of the notice.
        .replace("burst = 4", "burst = 20")
        .replace("every_seconds = 5", "every_seconds = 1")
        .replace("first_check_seconds = 10", "first_check_seconds = 3600");
    std::fs::write(folder.join("settings.toml"), settings).expect("written");
    let home = Home::at(folder);
    desk::keep_relay_key(&home, Profile::Training, &relay.key.reveal()).expect("kept");
    Desk::open(home, Opening::default()).await.expect("opens")
}

struct Relay {
    at: SocketAddr,
    key: TillKey,
}

impl Relay {
    async fn start(folder: &Path) -> Self {
        let room = room(folder);
        let key = TillKey::from_random(TillName::parse("T1").expect("a name"), [1; 32]);
        room.add_till(key.name(), key.hash()).await.expect("added");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
        let at = listener.local_addr().expect("bound");
        let router = relay::router(room.clone()).merge(relay::till_router(room, None));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { at, key }
    }
}

fn room(folder: &Path) -> Mailroom<SqliteCabinet> {
    let cabinet = SqliteCabinet::open(&folder.join("relay.sqlite")).expect("opens");
    Mailroom::new(cabinet, Options { actions: Actions::Anywhere, ..Options::default() })
}

fn at(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    times[(times.len() - 1) * percent / 100]
}
