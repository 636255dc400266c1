//! A relay on loopback, and requests written byte by byte: what ECPay counts is what is on the wire.

use std::net::SocketAddr;

use relay::memory::{Bounds, MemoryStore};
use relay::{LinkId, PageState, PayPage, Store, Token, router};
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

/// A store with one page, and one mailbox that belongs to it.
pub(crate) fn shop(state: PageState) -> MemoryStore {
    let store = MemoryStore::new(Bounds::default());
    store.publish(link(), page(state)).unwrap();
    store.open_mailbox(token(), Some(link())).unwrap();
    store
}
