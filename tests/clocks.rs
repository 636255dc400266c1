//! Afternoons on which this machine's clock is wrong.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use desk::{Desk, Home, Opening};
use ecpay_sim::customer::Customer;
use ecpay_sim::{Method as Pays, Options, Simulator};
use register::Clock;
use register::view::{Method, Notice, View};
use till::time::Timestamp;
use tokio::net::TcpListener;

const NOON_MS: i64 = 1_782_792_000_000;
const TEN_MINUTES_MS: i64 = 600_000;

/// A clock that is ten minutes behind the gateway's.
struct Slow(Arc<AtomicI64>);

impl Clock for Slow {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.0.load(Ordering::SeqCst) - TEN_MINUTES_MS)
    }
}

/// PF-32: the till's clock is ten minutes behind, and a question is valid for three. The first one is refused; its answer
/// carries the gateway's own time, so the second one is right. The screen says that the clock is off.
#[tokio::test]
async fn clock_is_ten_minutes_behind() {
    let gateways_clock = Arc::new(AtomicI64::new(NOON_MS));
    let clock = ecpay_sim::Clock::Manual(Arc::clone(&gateways_clock));
    let gateway = Simulator::new(Options { clock, ..Options::default() }, desk::courier().expect("a client"));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    let serving = gateway.clone();
    let server = tokio::spawn(async move { serving.serve(listener).await });

    let folder = tempfile::tempdir().expect("a folder");
    let settings = desk::settings::STARTING
        .replace("127.0.0.1:8688", "127.0.0.1:0")
        .replace("browser_return = true", "browser_return = false");
    fs::write(folder.path().join("settings.toml"), settings).expect("written");
    let opening = Opening {
        gateway: Some(url),
        clock: Some(Arc::new(Slow(Arc::clone(&gateways_clock)))),
        by_hand: true,
        ..Opening::default()
    };
    let till = Desk::open(Home::at(folder.path()), opening).await.expect("the till opens");
    let look = || till.shared().with(|register, ports| register.view(ports.clock.now())).expect("a view");
    let pass = async |seconds: i64| {
        gateways_clock.fetch_add(seconds * 1000, Ordering::SeqCst);
        till.shared().step().await.expect("recorded");
    };

    till.shared()
        .with(|register, ports| {
            register.scan("D04")?;
            register.pay_online(Method::Credit, ports.clock.now(), ports.chance.as_ref())
        })
        .expect("a payment");
    till.shared().step().await.expect("recorded");
    let link = look().attempt.expect("a payment").link;
    Customer::new(till.customers_browser()).pay(&link, Pays::Credit).await.expect("pays");

    pass(10).await;
    let off = |view: &View| {
        view.notices.iter().find_map(|notice| match notice {
            Notice::ClockOff { seconds } => Some(*seconds),
            _ => None,
        })
    };
    let view = look();
    assert!(view.closed.is_none(), "the first question was refused");
    let seconds = off(&view).expect("the screen says that the clock is off");
    assert!((598..=602).contains(&seconds), "{seconds}");
    pass(10).await;
    assert!(look().closed.is_some(), "the second one was answered");
    server.abort();
}
