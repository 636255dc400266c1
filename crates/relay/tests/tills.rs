//! The tills' own door: who may come in, what a held fetch does, and what bad requests come to.

#![allow(missing_docs, unreachable_pub, reason = "a test binary")]

mod common;

use std::net::SocketAddr;
use std::time::Duration;

use common::{FORM, get, page, post, publication, raw, room, serve, shop, till, till_key, token};
use relay::client::{self, Call, Refusal, Relay};
use relay::memory::MemoryCabinet;
use relay::wire::{Fetch, Happened, Signal, What};
use relay::{Door, Kept, Mail, Mailroom, PageState, Store, TillKey, TillName, Token};
use tokio::net::TcpListener;

/// The whole relay: what anybody sees, and the tills' door.
async fn whole(store: Mailroom<MemoryCabinet>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let router = relay::router(store.clone()).merge(relay::till_router(store, None));
    tokio::spawn(async move { axum::serve(listener, router).await });
    at
}

fn relay_of(key: TillKey) -> Relay {
    Relay::at("http://relay.example", key)
}

/// What a till sends, on the wire.
async fn send(at: SocketAddr, call: &Call) -> common::Answer {
    let path = call.url.strip_prefix("http://relay.example").unwrap();
    let verb = if call.put { "PUT" } else { "POST" };
    let head = format!(
        "{verb} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {}\r\nContent-Length: {}\r\n\r\n",
        call.bearer,
        call.body.len()
    );
    raw(at, &[head.as_bytes(), &call.body].concat()).await
}

#[tokio::test]
async fn a_till_publishes_is_paid_and_fetches_its_notice() {
    let store = room();
    store.add_till(&till(), till_key().hash()).await.unwrap();
    let at = whole(store).await;
    let relay = relay_of(till_key());
    let said = publication(page(PageState::Fresh));
    for _ in 0..2 {
        let answer = send(at, &relay.publish(&token(), &said)).await;
        assert_eq!(client::done(answer.status), Ok(()));
    }
    assert!(get(at, &format!("/p/{}", said.link), "").await.text().contains(r#"data-state="fresh""#));
    let answer = post(at, &format!("/n/{}", token().as_str()), FORM, b"RtnCode=1&x=%E4%BB%98\xff").await;
    assert_eq!(answer.text(), "1|OK");
    let answer = send(at, &relay.fetch(&Fetch::default())).await;
    let fetched = client::fetched(answer.status, &answer.body).unwrap();
    assert_eq!((fetched.last, fetched.letters.len()), (1, 1));
    assert_eq!(client::body(&fetched.letters[0]).unwrap(), b"RtnCode=1&x=%E4%BB%98\xff");
    // Not acknowledged: it comes again. Acknowledged: it does not.
    let answer = send(at, &relay.fetch(&Fetch::default())).await;
    assert_eq!(client::fetched(answer.status, &answer.body).unwrap(), fetched);
    let answer = send(at, &relay.fetch(&Fetch { acknowledge: Some(1), ..Fetch::default() })).await;
    assert_eq!(client::fetched(answer.status, &answer.body).unwrap().letters, []);
}

/// A fetch is held until a letter comes, and not a moment longer. The clock is paused: it jumps when everybody waits.
#[tokio::test(start_paused = true)]
async fn a_held_fetch_answers_when_the_letter_comes() {
    let store = shop(PageState::Fresh).await;
    let at = whole(store.clone()).await;
    let begun = tokio::time::Instant::now();
    let fetching = tokio::spawn(async move {
        let answer = send(at, &relay_of(till_key()).fetch(&Fetch { wait_s: 25, ..Fetch::default() })).await;
        client::fetched(answer.status, &answer.body).unwrap()
    });
    tokio::time::sleep(Duration::from_millis(7_300)).await;
    let mail = Mail { door: Door::Notice, token: token(), body: b"RtnCode=1".as_slice().into() };
    assert_eq!(store.keep(mail).await, Ok(Kept::Accepted));
    let fetched = fetching.await.unwrap();
    assert_eq!(fetched.letters[0].what, What::Notice);
    assert!(begun.elapsed() < Duration::from_millis(7_400), "it rings: {:?}", begun.elapsed());
    // And one that nothing comes for ends by itself, before a gateway in between would end it.
    let begun = tokio::time::Instant::now();
    let fetch = Fetch { after: Some(1), wait_s: 3_600, ..Fetch::default() };
    let answer = send(at, &relay_of(till_key()).fetch(&fetch)).await;
    assert_eq!(client::fetched(answer.status, &answer.body).unwrap().letters, []);
    assert!((25..29).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn only_the_tills_own_key_opens_its_door() {
    let store = shop(PageState::Opened).await;
    let other = TillName::parse("T2").unwrap();
    let others_key = TillKey::from_random(other.clone(), [9; 32]);
    store.add_till(&other, others_key.hash()).await.unwrap();
    let at = whole(store.clone()).await;
    post(at, &format!("/n/{}", token().as_str()), FORM, b"RtnCode=1").await;
    // The key of another till of this relay opens that till's door, where there is nothing.
    let answer = send(at, &relay_of(others_key).fetch(&Fetch { after: Some(0), ..Fetch::default() })).await;
    assert_eq!(client::fetched(answer.status, &answer.body).unwrap().letters, []);
    // Another shop's key, a wrong secret, a name nobody has: all the same.
    for key in [TillKey::from_random(till(), [4; 32]), TillKey::from_random(TillName::parse("T3").unwrap(), [3; 32])] {
        for call in [relay_of(key.clone()).fetch(&Fetch::default()), relay_of(key).announce(till_key().hash())] {
            let answer = send(at, &call).await;
            assert_eq!((answer.status, answer.body.len()), (401, 0));
        }
    }
    for header in ["", "Authorization: Bearer\r\n", "Authorization: Basic x\r\n", "Authorization: Bearer \u{fe}.x\r\n"]
    {
        assert_eq!(post(at, "/t/fetch", header, b"{}").await.status, 401, "{header}");
    }
    // Revoked: the door is closed, and notices are no longer taken for it.
    store.revoke_till(&till()).await.unwrap();
    let answer = send(at, &relay_of(till_key()).fetch(&Fetch::default())).await;
    assert_eq!(client::fetched(answer.status, &answer.body), Err(Refusal::Key));
    let notice = post(at, &format!("/n/{}", token().as_str()), FORM, b"RtnCode=1&again").await;
    assert_eq!(notice.text(), "0|refused");
}

#[tokio::test]
async fn a_till_changes_its_key_and_a_crash_between_locks_nobody_out() {
    let store = shop(PageState::Fresh).await;
    let at = whole(store).await;
    let next = TillKey::from_random(till(), [8; 32]);
    let answer = send(at, &relay_of(till_key()).announce(next.hash())).await;
    assert_eq!(client::done(answer.status), Ok(()));
    let status = async |key: &TillKey| send(at, &relay_of(key.clone()).fetch(&Fetch::default())).await.status;
    assert_eq!(status(&till_key()).await, 200, "until the new one is used");
    assert_eq!(status(&next).await, 200);
    assert_eq!(status(&till_key()).await, 401);
    assert_eq!(status(&next).await, 200);
}

#[tokio::test]
async fn bad_requests_get_a_plain_status_and_store_nothing() {
    let store = room();
    store.add_till(&till(), till_key().hash()).await.unwrap();
    let at = whole(store.clone()).await;
    let relay = relay_of(till_key());
    let good = relay.publish(&token(), &publication(page(PageState::Fresh)));
    let with = |body: Vec<u8>| Call { body, ..good.clone() };
    assert_eq!(send(at, &with(vec![b'x'; 1_000_000])).await.status, 413);
    for body in [b"".to_vec(), b"null".to_vec(), b"[]".to_vec(), b"\xff\xfe".to_vec(), b"{\"link\":1}".to_vec()] {
        assert_eq!(send(at, &with(body)).await.status, 400);
    }
    let mut unknown: serde_json::Value = serde_json::from_slice(&good.body).unwrap();
    unknown["more"] = 1.into();
    assert_eq!(send(at, &with(serde_json::to_vec(&unknown).unwrap())).await.status, 400);
    let bad_token = Call { url: "http://relay.example/t/attempts/short".to_owned(), ..good.clone() };
    assert_eq!(send(at, &bad_token).await.status, 400);
    assert_eq!(store.page_of(&token()).await, None);
    let mut elsewhere = publication(page(PageState::Fresh));
    elsewhere.link = Token::from_random([77; 20]).as_str().to_owned();
    assert_eq!(send(at, &good).await.status, 204);
    assert_eq!(send(at, &relay.publish(&token(), &elsewhere)).await.status, 409);
    assert_eq!(get(at, "/t/fetch", "").await.status, 405);
    let signal = Signal { what: Happened::Paid, number: "<b>".to_owned(), amount: 1 };
    assert_eq!(send(at, &relay.signal(&signal)).await.status, 422);
}

/// Whoever sends slowly is given up, with a till's key and without: nobody holds a place for ever. The clock is paused: it
/// jumps when everybody waits.
#[tokio::test(start_paused = true)]
async fn a_request_that_never_ends_is_given_up() {
    let store = room();
    store.add_till(&till(), till_key().hash()).await.unwrap();
    let at = whole(store.clone()).await;
    let begun = tokio::time::Instant::now();
    let bearer = till_key().reveal();
    let head = format!(
        "PUT /t/attempts/{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {bearer}\r\nContent-Length: 500\r\n\r\n{{",
        token().as_str()
    );
    assert_eq!(raw(at, head.as_bytes()).await.status, 408);
    assert!((10..12).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    // A stranger is not waited for at all.
    let begun = tokio::time::Instant::now();
    let stranger = head.replace(&bearer, &TillKey::from_random(till(), [9; 32]).reveal());
    assert_eq!(raw(at, stranger.as_bytes()).await.status, 401);
    assert!(begun.elapsed().as_secs() < 1, "{:?}", begun.elapsed());
    assert_eq!(store.page_of(&token()).await, None);
}

/// PF-16: ten thousand requests to one mailbox. A handful is kept, the rest is told to come again, the genuine notice
/// that was there first is still there, and the next mailbox does not notice.
#[tokio::test]
async fn ten_thousand_requests_to_one_mailbox() {
    let store = shop(PageState::Opened).await;
    let keep = async |n: u32| {
        let body = format!("RtnCode=1&junk={n}");
        store.keep(Mail { door: Door::Notice, token: token(), body: body.into() }).await
    };
    assert_eq!(keep(0).await, Ok(Kept::Accepted));
    let mut kept = 1;
    for n in 1..10_000 {
        kept += u32::from(keep(n).await.is_ok());
    }
    assert_eq!(kept, 32);
    assert_eq!(keep(0).await, Ok(Kept::Repeated));
    let first = &store.letters(&till(), 0).await.unwrap()[1];
    assert_eq!(client::body(first).unwrap(), b"RtnCode=1&junk=0");
    let at = serve(store.clone()).await;
    let answer = post(at, &format!("/n/{}", token().as_str()), FORM, b"one more").await;
    assert_eq!((answer.status, answer.text()), (503, "0|try again"));
}
