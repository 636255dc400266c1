//! A relay of the shop's own on loopback, at the end of a cable that can be pulled out, with a clock that may be wrong.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use relay::cabinet::Unavailable;
use relay::memory::MemoryCabinet;
use relay::{Actions, Mailroom, Options, Owner, TillKey, TillName, till_router};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::cable::Cable;

/// A relay.
pub struct ShopRelay {
    room: Mailroom<MemoryCabinet>,
    key: TillKey,
    clock_ms: Arc<AtomicI64>,
    told: Told,
    cable: Cable,
    serving: JoinHandle<()>,
}

/// What an owner was told.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Owner for Told {
    fn tell(&self, subject: String, _: String) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> {
        let told = Arc::clone(&self.0);
        Box::pin(async move { told.lock().unwrap_or_else(PoisonError::into_inner).push(subject) })
    }
}

impl ShopRelay {
    /// Starts one that knows till T1.
    ///
    /// # Panics
    /// When loopback gives no port.
    pub async fn start() -> Self {
        let clock_ms = Arc::new(AtomicI64::new(0));
        let clock = Arc::clone(&clock_ms);
        let options = Options {
            actions: Actions::Anywhere,
            now_ms: Arc::new(move || clock.load(Ordering::SeqCst)),
            ..Options::default()
        };
        let room = Mailroom::new(MemoryCabinet::default(), options);
        let key = TillKey::from_random(TillName::parse("T1").expect("a name"), [1; 32]);
        room.add_till(key.name(), key.hash()).await.expect("added");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let at = listener.local_addr().expect("a bound listener has an address");
        let told = Told::default();
        let router = relay::router(room.clone()).merge(till_router(room.clone(), Some(Arc::new(told.clone()))));
        let serving = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("loopback serves");
        });
        Self { room, key, clock_ms, told, cable: Cable::to(at).await, serving }
    }

    /// Where it is reached.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.cable.end()
    }

    /// The till's key, as the relay printed it.
    #[must_use]
    pub fn key(&self) -> String {
        self.key.reveal()
    }

    /// Nobody reaches it any more.
    pub async fn unplug(&mut self) {
        self.cable.pull().await;
    }

    /// It is back.
    pub async fn plug_in(&mut self) {
        self.cable.plug_in().await;
    }

    /// Sets its clock.
    pub fn set_clock(&self, unix_ms: i64) {
        self.clock_ms.store(unix_ms, Ordering::SeqCst);
    }

    /// Closes the till's account.
    ///
    /// # Errors
    /// Never, in memory.
    pub async fn revoke(&self) -> Result<(), Unavailable> {
        self.room.revoke_till(self.key.name()).await
    }

    /// What the owner was told, by subject.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        self.told.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for ShopRelay {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
