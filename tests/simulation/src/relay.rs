//! The shop's relay between gateway and till: the real mailroom behind its real routes, over a cabinet in memory that can
//! fail to confirm; and the till's mailman, who forgets everything when the till dies.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use relay::cabinet::{Cabinet, Changed, Item, Key, Put, Unavailable};
use relay::client::{self, Call, Refusal};
use relay::memory::MemoryCabinet;
use relay::wire::Standing;
use relay::{LinkId, Mailroom, Options, PageState, PayPage, Store, TillKey, TillName, router, till_router};
use tower::ServiceExt as _;

use super::world::Letter;

/// Where the relay is.
pub(crate) const BASE: &str = "https://relay.example";

/// What the line to the relay is like, on both sides of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Up,
    /// Nobody gets through.
    Down,
    /// What is asked for is done, and the answer is lost, every other time.
    LosesAnswers,
    /// The storage does not answer, or does not confirm, every other time.
    ShakyStorage,
}

/// The relay, and what the model knows of it.
pub(crate) struct Relay {
    room: Mailroom<Shaky>,
    doors: Router,
    tills: Router,
    clock: Arc<AtomicI64>,
    storage: Shaky,
    pub(crate) line: Line,
    /// The till's side of the wire.
    pub(crate) wire: client::Relay,
    pub(crate) mailman: Mailman,
    /// Every letter for which somebody has read that it is safe.
    pub(crate) safe: BTreeMap<Content, Safe>,
    /// What lies under which number.
    pub(crate) numbers: BTreeMap<u64, Content>,
    /// What the till has taken in.
    pub(crate) taken: BTreeSet<Content>,
}

/// What makes a letter that letter: its mailbox, its door and every byte of it.
pub(crate) type Content = (String, String, Vec<u8>);

/// A letter that nobody will send again.
pub(crate) struct Safe {
    pub(crate) letter: Letter,
    /// The till has taken it in.
    pub(crate) taken: bool,
}

/// What the till's mailman remembers for as long as the till lives.
#[derive(Default)]
pub(crate) struct Mailman {
    /// The last letter that is safe at the till.
    pub(crate) after: Option<u64>,
    /// How each attempt stands as the relay knows it.
    pub(crate) known: BTreeMap<String, Standing>,
    /// When he looks again.
    pub(crate) due: i64,
    pub(crate) failures: u32,
    /// What the register was last told of the relay.
    pub(crate) said: register::Relay,
}

/// How the storage takes the next change.
const FINE: u8 = 0;
const REFUSES: u8 = 1;
const DOES_NOT_CONFIRM: u8 = 2;

/// A cabinet that sometimes does not confirm what it has done.
#[derive(Clone, Default)]
struct Shaky {
    inside: MemoryCabinet,
    mood: Arc<AtomicU8>,
}

impl Cabinet for Shaky {
    async fn get(&self, key: &Key) -> Result<Option<Item>, Unavailable> {
        self.inside.get(key).await
    }

    async fn after(&self, drawer: &str, prefix: &str, slot: &str, limit: usize) -> Result<Vec<Item>, Unavailable> {
        self.inside.after(drawer, prefix, slot, limit).await
    }

    async fn change(&self, puts: Vec<Put>) -> Result<Changed, Unavailable> {
        match self.mood.swap(FINE, Ordering::Relaxed) {
            REFUSES => Err(Unavailable),
            DOES_NOT_CONFIRM => {
                self.inside.change(puts).await?;
                Err(Unavailable)
            }
            _ => self.inside.change(puts).await,
        }
    }

    async fn remove(&self, key: &Key) -> Result<(), Unavailable> {
        self.inside.remove(key).await
    }
}

impl Relay {
    pub(crate) fn new(t: i64) -> Self {
        let clock = Arc::new(AtomicI64::new(t));
        let storage = Shaky::default();
        let key = TillKey::from_random(TillName::parse("T1").expect("a name"), [7; 32]);
        let options = Options {
            now_ms: {
                let clock = Arc::clone(&clock);
                Arc::new(move || clock.load(Ordering::Relaxed))
            },
            ..Options::default()
        };
        let room = Mailroom::new(storage.clone(), options);
        at_once(room.add_till(key.name(), key.hash())).expect("memory confirms");
        Self {
            doors: router(room.clone()),
            tills: till_router(room.clone(), None),
            room,
            clock,
            storage,
            line: Line::Up,
            wire: client::Relay::at(BASE, key),
            mailman: Mailman::default(),
            safe: BTreeMap::new(),
            numbers: BTreeMap::new(),
            taken: BTreeSet::new(),
        }
    }

    /// What somebody without a key posts, and what they read.
    pub(crate) fn post(&self, path: &str, body: Vec<u8>, t: i64) -> (u16, Vec<u8>) {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.answer(&self.doors, request.body(Body::from(body)).expect("a request"), t)
    }

    /// What the till says with its key, and what it reads.
    pub(crate) fn call(&self, call: Call, t: i64) -> (u16, Vec<u8>) {
        let path = call.url.strip_prefix(BASE).unwrap_or_default().to_owned();
        let request = if call.put { Request::put(path) } else { Request::post(path) };
        let request = request
            .header(header::AUTHORIZATION, format!("Bearer {}", call.bearer))
            .header(header::CONTENT_TYPE, "application/json");
        self.answer(&self.tills, request.body(Body::from(call.body)).expect("a request"), t)
    }

    fn answer(&self, routes: &Router, request: Request<Body>, t: i64) -> (u16, Vec<u8>) {
        self.clock.store(t, Ordering::Relaxed);
        at_once(async {
            let response = routes.clone().oneshot(request).await.expect("routes do not fail");
            let status = response.status().as_u16();
            let body = to_bytes(response.into_body(), 1 << 20).await.expect("a body in memory");
            (status, body.to_vec())
        })
    }

    /// The page behind a link, if it is up and can be submitted.
    pub(crate) fn fresh_page(&self, link: &str, t: i64) -> Option<PayPage> {
        self.clock.store(t, Ordering::Relaxed);
        let page = at_once(self.room.page(&LinkId::parse(link).ok()?))?;
        (page.state == PageState::Fresh).then_some(page)
    }

    /// The storage will not do the next change, or will not say that it has.
    pub(crate) fn shake(&self, confirms_nothing: bool) {
        let mood = if confirms_nothing { DOES_NOT_CONFIRM } else { REFUSES };
        self.storage.mood.store(mood, Ordering::Relaxed);
    }

    pub(crate) fn steady(&self) {
        self.storage.mood.store(FINE, Ordering::Relaxed);
    }

    /// What has run out goes.
    pub(crate) fn purge(&self, t: i64) {
        self.storage.inside.purge(t);
    }

    /// Every letter that is safe has come to the till.
    pub(crate) fn is_empty(&self) -> bool {
        self.safe.values().all(|safe| safe.taken)
    }
}

/// What a refusal means for the till's picture of its relay.
pub(crate) fn meaning(refusal: Refusal) -> register::Relay {
    match refusal {
        Refusal::Key => register::Relay::RefusesKey,
        Refusal::Request(_) | Refusal::Later(_) | Refusal::NotARelay => register::Relay::Away,
    }
}

/// Nothing here waits for anything.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    thread_local! {
        static HERE: tokio::runtime::Runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    }
    HERE.with(|here| here.block_on(future))
}
