//! A relay on loopback, and requests written byte by byte: what ECPay counts is what is on the wire.
#![allow(dead_code, reason = "each of the tests takes what it needs")]

use std::net::SocketAddr;
use std::sync::Arc;

use relay::memory::MemoryCabinet;
use relay::wire::{Letter, Publication, Standing, What};
use relay::{Actions, LinkId, Mailroom, Options, PageState, PayPage, Store, TillKey, TillName, Token, router};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

/// An answer as it stood on the wire.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (n, value) = line.split_once(": ")?;
            n.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

pub(crate) async fn serve<S: Store>(store: S) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router(store)).await });
    at
}

/// Sends one HTTP/1.1 request and reads to the end of the connection.
pub(crate) async fn raw(at: SocketAddr, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut seen = Vec::new();
    stream.read_to_end(&mut seen).await.unwrap();
    let end = seen.windows(4).position(|w| w == b"\r\n\r\n").expect("a whole head");
    let head = String::from_utf8(seen[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head, body: seen[end + 4..].to_vec() }
}

pub(crate) async fn post(at: SocketAddr, path: &str, headers: &str, body: &[u8]) -> Answer {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n",
        body.len()
    );
    raw(at, &[head.as_bytes(), body].concat()).await
}

pub(crate) async fn get(at: SocketAddr, path: &str, headers: &str) -> Answer {
    raw(at, format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n").as_bytes()).await
}

pub(crate) fn link() -> LinkId {
    LinkId::from_random([1; 20])
}

pub(crate) fn token() -> Token {
    Token::from_random([2; 20])
}

pub(crate) fn page(state: PageState) -> PayPage {
    PayPage {
        shop: "巷口小舖".to_owned(),
        amount: 1285,
        action: "https://payment-stage.ecpay.com.tw/Cashier/AioCheckOut/V5".to_owned(),
        fields: vec![
            ("MerchantTradeNo".to_owned(), "T1A".to_owned()),
            ("ItemName".to_owned(), "\"><script>alert(1)</script>#紅茶 & 'x'".to_owned()),
        ],
        state,
        expires_at_ms: 1_795_223_400_000,
        training: false,
    }
}

/// A relay with one page of a till's, and the mailbox that belongs to it.
pub(crate) async fn shop(state: PageState) -> Mailroom<MemoryCabinet> {
    let store = room();
    publish(&store, page(state)).await;
    if state == PageState::Opened {
        store.opened(&link()).await;
    }
    store
}

pub(crate) fn room() -> Mailroom<MemoryCabinet> {
    let options = Options { actions: Actions::Anywhere, now_ms: Arc::new(|| 1_795_223_000_000), ..Options::default() };
    Mailroom::new(MemoryCabinet::default(), options)
}

pub(crate) fn till() -> TillName {
    TillName::parse("T1").unwrap()
}

pub(crate) fn till_key() -> TillKey {
    TillKey::from_random(till(), [3; 32])
}

/// Says how the page is now; opens the till's account first.
pub(crate) async fn publish(store: &Mailroom<MemoryCabinet>, page: PayPage) {
    if store.overview().await.unwrap().is_empty() {
        store.add_till(&till(), till_key().hash()).await.unwrap();
    }
    store.publish(&till(), &token(), publication(page)).await.unwrap();
}

pub(crate) fn publication(page: PayPage) -> Publication {
    Publication {
        link: link().as_str().to_owned(),
        shop: page.shop,
        amount: page.amount,
        action: page.action,
        fields: page.fields,
        expires_at_ms: page.expires_at_ms,
        open_for_ms: 600_000,
        training: page.training,
        standing: match page.state {
            PageState::Fresh | PageState::Opened => Standing::Live,
            PageState::Expired => Standing::Expired,
            PageState::Cancelled => Standing::Cancelled,
            PageState::Paid => Standing::Paid,
        },
    }
}

/// What came in from outside, oldest first.
pub(crate) async fn letters(store: &Mailroom<MemoryCabinet>) -> Vec<Letter> {
    let mut letters = store.letters(&till(), 0).await.unwrap();
    letters.retain(|letter| letter.what != What::Opened);
    letters
}
