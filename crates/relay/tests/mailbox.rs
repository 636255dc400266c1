//! The doors where the gateway and the customer's browser leave their letters.

#![allow(missing_docs, unreachable_pub, reason = "a test binary")]

mod common;

use common::{FORM, get, letters, link, post, raw, serve, shop, token};
use relay::wire::What;
use relay::{BODY_LIMIT, Kept, LinkId, Mail, PageState, PayPage, Store, StoreError};

/// PF-27
#[tokio::test]
async fn the_gateway_reads_exactly_four_bytes_with_status_200_and_no_redirect() {
    let at = serve(shop(PageState::Opened).await).await;
    for door in ["n", "i"] {
        // Once for a new letter and once for its repeat.
        for _ in 0..2 {
            let answer = post(at, &format!("/{door}/{}", token().as_str()), FORM, b"RtnCode=1").await;
            assert!(answer.head.starts_with("HTTP/1.1 200 OK\r\n"), "{}", answer.head);
            assert_eq!(answer.body, b"1|OK");
            assert_eq!(answer.header("content-length"), Some("4"));
            assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
            assert_eq!(answer.header("location"), None);
            assert_eq!(answer.header("transfer-encoding"), None);
            assert_eq!(answer.header("content-encoding"), None);
        }
    }
}

#[tokio::test]
async fn a_letter_is_kept_byte_for_byte_with_the_door_it_came_through() {
    let store = shop(PageState::Opened).await;
    let at = serve(store.clone()).await;
    let body = b"RtnMsg=%E4%BB%98+paid&x=a%2bb&\xff\x00\r\n=&&";
    for door in ["n", "i", "r", "c"] {
        assert_eq!(post(at, &format!("/{door}/{}", token().as_str()), FORM, body).await.status, 200);
    }
    let kept = letters(&store).await;
    assert!(kept.iter().all(|letter| relay::client::body(letter).as_deref() == Some(body.as_slice())));
    let doors: Vec<_> = kept.iter().map(|letter| letter.what).collect();
    assert_eq!(doors, [What::Notice, What::PaymentInfo, What::BrowserReturn, What::BrowserCode]);
}

#[tokio::test]
async fn a_letter_for_nobody_is_refused_and_not_acknowledged() {
    let store = shop(PageState::Opened).await;
    let at = serve(store.clone()).await;
    for path in [
        "/n/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".to_owned(),
        "/n/short".to_owned(),
        "/n/%ff%fe".to_owned(),
        format!("/i/{}x", token().as_str()),
        // A link is no mailbox.
        format!("/n/{}", link().as_str()),
    ] {
        let answer = post(at, &path, FORM, b"RtnCode=1").await;
        assert_eq!((answer.status, answer.text()), (200, "0|refused"), "{path}");
    }
    let empty = post(at, &format!("/n/{}", token().as_str()), FORM, b"").await;
    assert_eq!(empty.text(), "0|refused");
    assert_eq!(get(at, &format!("/n/{}", token().as_str()), "").await.status, 405);
    assert_eq!(letters(&store).await, []);
}

#[tokio::test]
async fn a_store_that_cannot_keep_makes_the_gateway_repeat() {
    #[derive(Clone)]
    struct Broken;
    impl Store for Broken {
        async fn page(&self, _: &LinkId) -> Option<PayPage> {
            None
        }
        async fn opened(&self, _: &LinkId) {}
        async fn keep(&self, _: Mail) -> Result<Kept, StoreError> {
            Err(StoreError::Unavailable)
        }
    }
    let at = serve(Broken).await;
    let notice = post(at, &format!("/n/{}", token().as_str()), FORM, b"RtnCode=1").await;
    assert_eq!((notice.status, notice.text()), (503, "0|try again"));
    let browser = post(at, &format!("/r/{}", token().as_str()), FORM, b"RtnCode=1").await;
    assert_eq!(browser.status, 503);
    assert!(browser.text().contains(r#"data-state="not-kept""#));
}

#[tokio::test]
async fn the_kind_of_body_is_judged_leniently() {
    let at = serve(shop(PageState::Opened).await).await;
    let path = format!("/n/{}", token().as_str());
    for (headers, expected) in [
        ("", "1|OK"),
        ("Content-Type: \r\n", "1|OK"),
        ("Content-Type: Application/X-WWW-Form-URLEncoded; charset=Big5\r\n", "1|OK"),
        ("Content-Type: text/plain\r\n", "1|OK"),
        ("Content-Type: application/json\r\n", "1|OK"),
        ("Content-Type: \u{ff}\r\n", "1|OK"),
        ("Content-Type: multipart/form-data; boundary=x\r\n", "0|refused"),
        ("Content-Type: image/png\r\n", "0|refused"),
    ] {
        assert_eq!(post(at, &path, headers, b"RtnCode=1").await.text(), expected, "{headers}");
    }
}

#[tokio::test]
async fn a_letter_is_at_most_sixteen_kilobytes() {
    let store = shop(PageState::Opened).await;
    let at = serve(store.clone()).await;
    for door in ["n", "i", "r", "c"] {
        let path = format!("/{door}/{}", token().as_str());
        assert_eq!(post(at, &path, FORM, &vec![b'a'; BODY_LIMIT]).await.status, 200, "{door}");
        assert_eq!(post(at, &path, FORM, &vec![b'b'; BODY_LIMIT + 1]).await.status, 413, "{door}");
    }
    // The same without an announced length.
    let mut chunked = format!(
        "POST /n/{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n",
        token().as_str()
    )
    .into_bytes();
    for _ in 0..5 {
        chunked.extend_from_slice(b"1000\r\n");
        chunked.extend_from_slice(&[b'c'; 0x1000]);
        chunked.extend_from_slice(b"\r\n");
    }
    chunked.extend_from_slice(b"0\r\n\r\n");
    assert_eq!(raw(at, &chunked).await.status, 413);
    assert!(letters(&store).await.iter().all(|letter| relay::client::body(letter).unwrap().len() == BODY_LIMIT));
}

#[tokio::test]
async fn a_letter_cut_off_on_the_way_is_not_acknowledged() {
    let store = shop(PageState::Opened).await;
    let at = serve(store.clone()).await;
    let request = format!(
        "POST /n/{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nRtnCo\r\nzz\r\n",
        token().as_str()
    );
    let answer = raw(at, request.as_bytes()).await;
    assert_ne!(answer.body, b"1|OK");
    assert_eq!(letters(&store).await, []);
}

/// The clock is paused: it jumps ahead as soon as everybody waits.
#[tokio::test(start_paused = true)]
async fn a_letter_that_never_ends_is_given_up() {
    let store = shop(PageState::Opened).await;
    let at = serve(store.clone()).await;
    let head = format!("POST /n/{} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nRtnCode=1", token().as_str());
    let answer = raw(at, head.as_bytes()).await;
    assert_eq!((answer.status, answer.text()), (408, "0|incomplete"));
    assert_eq!(letters(&store).await, []);
}

#[tokio::test]
async fn garbage_at_every_door_is_answered_and_the_relay_lives_on() {
    let at = serve(shop(PageState::Fresh).await).await;
    let noise: Vec<u8> = (0..=255).cycle().take(4096).collect();
    for door in ["n", "i", "r", "c", "p", "zz"] {
        for segment in [token().as_str(), "%00%ff%2f", "..%2f..", "'%22%3E%3Cscript%3E", &"x".repeat(3000)] {
            for tail in ["", "/opened", "?lang=%ff&look=-1&lang", "?look=99999999999", "/a/b/c"] {
                let path = format!("/{door}/{segment}{tail}");
                let posted = post(at, &path, FORM, &noise).await;
                assert!(posted.status < 500, "{path}");
                let got = get(at, &path, "Accept-Language: \u{fe};q=\u{ff}\r\nUser-Agent: \u{1f600} Line/\r\n").await;
                assert!(got.status < 500, "{path}");
                assert!(!String::from_utf8_lossy(&got.body).contains("><script>"), "{path}");
            }
        }
    }
    assert_eq!(get(at, "/healthz", "").await.text(), "ok");
}
