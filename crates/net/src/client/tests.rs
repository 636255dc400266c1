//! One misbehaving server per test, on loopback, and what the till concludes from it.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Name, Resolve, Resolving};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::address::AddressRefused;
use crate::names::NameNotFound;
use crate::reply::BODY_LIMIT;

const NOT_SENT_CONNECT: ExchangeError = ExchangeError::NotSent { cause: NetCause::Connect };
const NOT_SENT_TLS: ExchangeError = ExchangeError::NotSent { cause: NetCause::Tls };

#[tokio::test]
async fn an_answer_comes_back_byte_for_byte_with_the_servers_clock() {
    let url = http(|mut stream| async move {
        let request = read_request(&mut stream).await;
        assert!(request.starts_with("POST /pay HTTP/1.1\r\n"), "{request}");
        assert!(request.to_lowercase().contains("content-type: application/x-www-form-urlencoded\r\n"), "{request}");
        assert!(request.ends_with("\r\n\r\na=%2B&b=+"), "{request}");
        answer(&mut stream, "Content-Type: text/html\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n", b"1|OK \xff").await;
    })
    .await;
    let reply = client().post_form(&format!("{url}/pay"), b"a=%2B&b=+".to_vec()).await.unwrap();
    assert_eq!((reply.status, reply.body.as_slice()), (200, b"1|OK \xff".as_slice()));
    assert_eq!(reply.date, Some(784_111_777));
    assert_eq!(reply.content_type.as_deref(), Some("text/html"));
}

#[tokio::test]
async fn nobody_listening_is_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    assert_eq!(client().get(&format!("http://127.0.0.1:{port}/")).await, Err(NOT_SENT_CONNECT));
}

#[tokio::test]
async fn a_server_that_hangs_up_after_reading_may_have_acted() {
    let url = http(|mut stream| async move {
        read_request(&mut stream).await;
    })
    .await;
    assert_eq!(client().post_form(&url, b"x=1".to_vec()).await, maybe(NetCause::Broken));
}

#[tokio::test]
async fn a_server_that_hangs_up_inside_its_answer_may_have_acted() {
    let url = http(|mut stream| async move {
        read_request(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1|").await.unwrap();
    })
    .await;
    assert_eq!(client().post_form(&url, b"x=1".to_vec()).await, maybe(NetCause::Broken));
}

#[tokio::test]
async fn a_server_that_never_answers_may_have_acted() {
    let url = http(|mut stream| async move {
        read_request(&mut stream).await;
        hold(stream).await;
    })
    .await;
    assert_eq!(impatient().post_form(&url, b"x=1".to_vec()).await, maybe(NetCause::Timeout));
}

#[tokio::test]
async fn a_server_that_stalls_inside_its_answer_may_have_acted() {
    let url = http(|mut stream| async move {
        read_request(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1|").await.unwrap();
        hold(stream).await;
    })
    .await;
    assert_eq!(impatient().post_form(&url, b"x=1".to_vec()).await, maybe(NetCause::Timeout));
}

#[tokio::test]
async fn an_answer_that_is_not_http_may_have_followed_an_act() {
    let url = http(|mut stream| async move {
        read_request(&mut stream).await;
        stream.write_all(b"\x00\xff\x00garbage\r\n\r\n").await.unwrap();
    })
    .await;
    assert_eq!(client().get(&url).await, maybe(NetCause::Broken));
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let url = http(|mut stream| async move {
        read_request(&mut stream).await;
        let head = b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        stream.write_all(head).await.unwrap();
    })
    .await;
    // The server answers one connection only; following would end in a refused connection.
    assert_eq!(client().get(&url).await.unwrap().status, 302);
}

#[tokio::test]
async fn a_body_that_announces_too_much_is_not_read() {
    let url = http(|mut stream| async move {
        read_request(&mut stream).await;
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", BODY_LIMIT + 1);
        stream.write_all(head.as_bytes()).await.unwrap();
        hold(stream).await;
    })
    .await;
    assert_eq!(client().get(&url).await, maybe(NetCause::TooLarge));
}

#[tokio::test]
async fn a_body_without_an_end_is_cut() {
    let url = http(|mut stream| async move {
        read_request(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").await.unwrap();
        while stream.write_all(&[b'x'; 8192]).await.is_ok() {}
    })
    .await;
    assert_eq!(client().get(&url).await, maybe(NetCause::TooLarge));
}

#[tokio::test]
async fn a_body_of_exactly_the_limit_is_read() {
    let url = http(|mut stream| async move {
        read_request(&mut stream).await;
        answer(&mut stream, "", &vec![b'x'; BODY_LIMIT]).await;
    })
    .await;
    assert_eq!(client().get(&url).await.unwrap().body.len(), BODY_LIMIT);
}

#[tokio::test]
async fn a_name_without_an_address_is_not_sent() {
    struct NoNames;
    impl Resolve for NoNames {
        fn resolve(&self, _: Name) -> Resolving {
            Box::pin(async { Err(Box::from(NameNotFound)) })
        }
    }
    let client = Client::assemble(Timeouts::default(), Trust::Only(Vec::new()), NoNames).unwrap();
    let outcome = client.get("https://payment.ecpay.com.tw/").await;
    assert_eq!(outcome, Err(ExchangeError::NotSent { cause: NetCause::Dns }));
}

#[tokio::test]
async fn a_placeholder_is_refused_before_any_name_is_looked_up() {
    struct MustNotBeAsked;
    impl Resolve for MustNotBeAsked {
        fn resolve(&self, name: Name) -> Resolving {
            panic!("asked for {}", name.as_str())
        }
    }
    let client = Client::assemble(Timeouts::default(), Trust::Only(Vec::new()), MustNotBeAsked).unwrap();
    for (url, why) in [
        ("https://not-set.invalid/n/x", AddressRefused::Placeholder),
        ("http://payment.ecpay.com.tw/", AddressRefused::NotSecure),
    ] {
        let refused = ExchangeError::NotSent { cause: NetCause::Address(why) };
        assert_eq!(client.get(url).await, Err(refused), "{url}");
    }
}

#[tokio::test]
async fn localhost_is_this_computer() {
    let url = http(|mut stream| async move {
        read_request(&mut stream).await;
        answer(&mut stream, "", b"here").await;
    })
    .await;
    let reply = client().get(&url.replace("127.0.0.1", "localhost")).await.unwrap();
    assert_eq!(reply.body, b"here");
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_not_sent() {
    let url = http(hold).await.replace("http://", "https://");
    assert_eq!(impatient_to_connect().get(&url).await, Err(ExchangeError::NotSent { cause: NetCause::Timeout }));
}

#[tokio::test]
async fn connecting_gives_up_before_the_whole_exchange_does() {
    let url = http(hold).await.replace("http://", "https://");
    let hurried = Timeouts { connect: Duration::from_secs(5), total: Duration::from_millis(500) };
    let client = Client::assemble(hurried, Trust::Only(Vec::new()), SystemNames).unwrap();
    assert_eq!(client.get(&url).await, Err(ExchangeError::NotSent { cause: NetCause::Timeout }));
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_not_sent() {
    let url = http(|mut stream| async move {
        answer(&mut stream, "", b"hello").await;
    })
    .await;
    assert_eq!(trusting(Vec::new()).get(&url.replace("http://", "https://")).await, Err(NOT_SENT_TLS));
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_not_sent() {
    let (url, _) = https("localhost").await;
    assert_eq!(trusting(Vec::new()).post_form(&url, b"secret=1".to_vec()).await, Err(NOT_SENT_TLS));
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_sent() {
    let (url, root) = https("somebody-else.example").await;
    assert_eq!(trusting(vec![root]).post_form(&url, b"secret=1".to_vec()).await, Err(NOT_SENT_TLS));
}

#[tokio::test]
async fn a_trusted_server_is_answered_over_tls() {
    let (url, root) = https("localhost").await;
    assert_eq!(trusting(vec![root]).get(&url).await.unwrap().body, b"over tls");
}

#[tokio::test]
async fn without_authorities_loopback_works_and_https_says_why_not() {
    let client = Client::assemble(Timeouts::default(), Trust::Nobody, SystemNames).unwrap();
    let url = http(|mut stream| async move {
        read_request(&mut stream).await;
        answer(&mut stream, "", b"training").await;
    })
    .await;
    assert_eq!(client.get(&url).await.unwrap().body, b"training");
    let refused = ExchangeError::NotSent { cause: NetCause::NoTrustStore };
    assert_eq!(client.get(&url.replace("http://", "https://")).await, Err(refused));
}

// --- clients ---------------------------------------------------------------------------------------------------------

fn client() -> Client {
    Client::new(Timeouts::default()).unwrap()
}

/// Gives up soon, but only once the connection stands.
fn impatient() -> Client {
    Client::new(Timeouts { connect: Duration::from_secs(5), total: Duration::from_secs(1) }).unwrap()
}

fn impatient_to_connect() -> Client {
    let timeouts = Timeouts { connect: Duration::from_millis(100), total: Duration::from_secs(30) };
    Client::assemble(timeouts, Trust::Only(Vec::new()), SystemNames).unwrap()
}

fn trusting(roots: Vec<reqwest::Certificate>) -> Client {
    Client::assemble(Timeouts::default(), Trust::Only(roots), SystemNames).unwrap()
}

fn maybe(cause: NetCause) -> Result<Reply, ExchangeError> {
    Err(ExchangeError::MaybeSent { cause })
}

// --- servers ---------------------------------------------------------------------------------------------------------

/// Serves one connection on loopback and returns the address.
async fn http<F, S>(serve: F) -> String
where
    F: FnOnce(TcpStream) -> S + Send + 'static,
    S: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        serve(stream).await;
    });
    url
}

/// A TLS server for `name`, reached as `localhost`, and the certificate to trust for it.
async fn https(name: &str) -> (String, reqwest::Certificate) {
    let own = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let root = reqwest::Certificate::from_der(own.cert.der()).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()));
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let url = http(move |stream| async move {
        // A client that turns the certificate down ends the handshake: then there is nothing to serve, and above all
        // nothing to read.
        if let Ok(mut stream) = acceptor.accept(stream).await
            && !read_request(&mut stream).await.is_empty()
        {
            answer(&mut stream, "", b"over tls").await;
        }
    })
    .await;
    (url.replace("http://127.0.0.1", "https://localhost"), root)
}

/// Reads one request with its body.
async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let n = stream.read(&mut buffer).await.unwrap_or(0);
        seen.extend_from_slice(&buffer[..n]);
        let text = String::from_utf8_lossy(&seen).into_owned();
        if n == 0 || text.split_once("\r\n\r\n").is_some_and(|(head, body)| body.len() >= announced(head)) {
            return text;
        }
    }
}

fn announced(head: &str) -> usize {
    head.lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(|n| n.trim().parse().unwrap()))
        .unwrap_or(0)
}

async fn answer(stream: &mut (impl AsyncWrite + Unpin), headers: &str, body: &[u8]) {
    let head = format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(body).await;
    let _ = stream.shutdown().await;
}

/// Keeps the connection open and says nothing more, until the client gives up.
async fn hold(mut stream: TcpStream) {
    let mut buffer = [0; 4096];
    while stream.read(&mut buffer).await.is_ok_and(|n| n > 0) {}
}
