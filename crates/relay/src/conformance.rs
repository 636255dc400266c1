//! The suite that a mailroom passes over every cabinet: memory, SQLite, DynamoDB. Each check gets a mailroom over an
//! empty drawer of its own making and a clock it moves by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::Bytes;

use crate::account::{TillKey, TillName};
use crate::cabinet::{Cabinet, Changed, Key, Put};
use crate::id::{LinkId, Token};
use crate::mailbox::Bounds;
use crate::mailroom::{Actions, Mailroom, Options, PublishError};
use crate::store::{Door, Kept, Mail, PageState, Store, StoreError};
use crate::wire::{Letter, Publication, Standing, What};

const DAY_MS: i64 = 24 * 3_600_000;

/// A clock that moves when a check says so.
#[derive(Clone)]
struct ByHand(Arc<AtomicI64>);

impl ByHand {
    fn pass(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

/// Runs every check over this cabinet, which must be empty.
///
/// # Panics
/// With what does not hold.
pub async fn holds<C: Cabinet>(cabinet: C) {
    all_or_nothing(&cabinet).await;
    a_drawer_is_read_in_order(&cabinet).await;
    let clock = ByHand(Arc::new(AtomicI64::new(1_795_223_400_000)));
    let options = Options {
        bounds: Bounds { letters: 4, bytes: 40_000, burst: 6, every_ms: 1_000 },
        now_ms: {
            let clock = clock.clone();
            Arc::new(move || clock.0.load(Ordering::SeqCst))
        },
        actions: Actions::Ecpay,
        ..Options::default()
    };
    let room = Mailroom::new(cabinet, options);
    keys_open_their_own_account(&room).await;
    a_page_is_published_once(&room, &clock).await;
    letters_are_kept_once_and_byte_for_byte(&room, &clock).await;
    two_at_once_get_two_numbers(&room).await;
    junk_is_bounded_and_pushes_nothing_out(&room, &clock).await;
    what_is_acknowledged_runs_out(&room, &clock).await;
    a_silence_is_told_once(&room).await;
    a_revoked_till_gets_nothing(&room).await;
}

/// Two look around at once, and one of them tells; until the till has been there again.
async fn a_silence_is_told_once<C: Cabinet>(room: &Mailroom<C>) {
    let silent = key("T6", 6);
    room.add_till(silent.name(), silent.hash()).await.unwrap();
    for _ in 0..2 {
        assert!(room.admit(&silent).await.unwrap().is_some(), "it is there");
        let (one, other) = tokio::join!(room.tell_silence(silent.name()), room.tell_silence(silent.name()));
        assert_eq!(u8::from(one.unwrap()) + u8::from(other.unwrap()), 1);
        assert_eq!(room.tell_silence(silent.name()).await, Ok(false));
    }
    assert_eq!(room.tell_silence(&name("T9")).await, Ok(false), "nobody's");
}

async fn all_or_nothing<C: Cabinet>(cabinet: &C) {
    let put = |slot: &str, replaces: u64, text: &str| Put {
        key: Key::new("check", slot),
        replaces,
        text: text.to_owned(),
        body: Bytes::from_static(b"\x00\xff"),
        purge_ms: None,
    };
    assert_eq!(cabinet.change(vec![put("a", 0, "1"), put("b", 0, "1")]).await, Ok(Changed::Done));
    assert_eq!(cabinet.change(vec![put("c", 0, "1"), put("a", 0, "2")]).await, Ok(Changed::Stale));
    assert_eq!(cabinet.get(&Key::new("check", "c")).await, Ok(None), "half a change");
    assert_eq!(cabinet.change(vec![put("a", 1, "2")]).await, Ok(Changed::Done));
    assert_eq!(cabinet.change(vec![put("a", 1, "3")]).await, Ok(Changed::Stale));
    assert_eq!(cabinet.change(vec![put("z", 7, "1")]).await, Ok(Changed::Stale), "nothing lies there");
    let item = cabinet.get(&Key::new("check", "a")).await.unwrap().unwrap();
    assert_eq!((item.version, item.text.as_str(), &item.body[..]), (2, "2", b"\x00\xff".as_slice()));
    cabinet.remove(&Key::new("check", "a")).await.unwrap();
    cabinet.remove(&Key::new("check", "a")).await.unwrap();
    assert_eq!(cabinet.get(&Key::new("check", "a")).await, Ok(None));
}

async fn a_drawer_is_read_in_order<C: Cabinet>(cabinet: &C) {
    for (drawer, slot) in [("d", "l/2"), ("d", "l/1"), ("d", "m"), ("d", "l/3"), ("d", "a"), ("e", "l/1"), ("c", "l/9")]
    {
        let put = Put {
            key: Key::new(drawer, slot),
            replaces: 0,
            text: "{}".to_owned(),
            body: Bytes::new(),
            purge_ms: Some(1),
        };
        assert_eq!(cabinet.change(vec![put]).await, Ok(Changed::Done));
    }
    let slots = async |slot: &str, limit| {
        let items = cabinet.after("d", "l/", slot, limit).await.unwrap();
        items.into_iter().map(|item| item.key.slot).collect::<Vec<_>>()
    };
    assert_eq!(slots("", 9).await, ["l/1", "l/2", "l/3"]);
    assert_eq!(slots("l/1", 9).await, ["l/2", "l/3"]);
    assert_eq!(slots("l/1", 1).await, ["l/2"]);
    assert_eq!(slots("l/3", 9).await, Vec::<String>::new());
}

async fn keys_open_their_own_account<C: Cabinet>(room: &Mailroom<C>) {
    let (one, other) = (key("T1", 1), key("T2", 2));
    room.add_till(one.name(), one.hash()).await.unwrap();
    room.add_till(other.name(), other.hash()).await.unwrap();
    assert!(room.admit(&one).await.unwrap().is_some());
    for wrong in [key("T1", 2), key("T2", 1), key("T3", 1)] {
        assert!(room.admit(&wrong).await.unwrap().is_none(), "{wrong:?}");
    }
    // A new key counts from its first use, and only then is the old one gone.
    let next = key("T1", 3);
    room.set_next_key(one.name(), &next.hash()).await.unwrap();
    assert!(room.admit(&one).await.unwrap().is_some());
    assert!(room.admit(&next).await.unwrap().is_some());
    assert!(room.admit(&one).await.unwrap().is_none());
    assert!(room.admit(&next).await.unwrap().is_some());
    let names: Vec<_> = room.overview().await.unwrap().into_iter().map(|till| till.till.to_string()).collect();
    assert_eq!(names, ["T1", "T2"]);
}

/// PF-08: a till whose answer was lost says the same again, and there is one page under one link.
async fn a_page_is_published_once<C: Cabinet>(room: &Mailroom<C>, clock: &ByHand) {
    let till = name("T1");
    let said = publication(1);
    room.publish(&till, &token(1), said.clone()).await.unwrap();
    clock.pass(30_000);
    room.publish(&till, &token(1), said.clone()).await.unwrap();
    let state = async || room.page(&link(1)).await.unwrap().state;
    assert_eq!(state().await, PageState::Fresh);
    assert_eq!(room.page_of(&token(1)).await.unwrap().fields, said.fields);
    // Opened counts once, and is news for the till.
    room.opened(&link(1)).await;
    room.opened(&link(1)).await;
    assert_eq!(state().await, PageState::Opened);
    room.publish(&till, &token(1), said.clone()).await.unwrap();
    assert_eq!(state().await, PageState::Opened, "saying it again does not make it fresh");
    let news = room.letters(&till, 0).await.unwrap();
    assert_eq!(news.iter().map(|l| (l.sequence, l.what)).collect::<Vec<_>>(), [(1, What::Opened)]);
    // It ends by the span it was published with, not by anybody's wall clock, and not later for being said again.
    clock.pass(570_000 - 1);
    assert_eq!(state().await, PageState::Opened);
    clock.pass(1);
    assert_eq!(state().await, PageState::Expired);
    for (standing, shown) in [(Standing::Cancelled, PageState::Cancelled), (Standing::Paid, PageState::Paid)] {
        room.publish(&till, &token(1), Publication { standing, ..said.clone() }).await.unwrap();
        assert_eq!(state().await, shown);
    }
    // Nobody else's.
    let taken = Err(PublishError::Taken);
    assert_eq!(room.publish(&name("T2"), &token(1), said.clone()).await, taken);
    assert_eq!(room.publish(&name("T2"), &token(9), said.clone()).await, taken);
    assert_eq!(room.publish(&till, &token(1), publication(2)).await, taken);
    for (change, error) in bad_publications() {
        let mut bad = publication(3);
        change(&mut bad);
        assert_eq!(room.publish(&till, &token(3), bad).await, Err(error));
    }
    assert_eq!(room.page(&link(3)).await, None);
    assert_eq!(room.page(&link(8)).await, None);
    room.opened(&link(8)).await;
}

type Spoil = fn(&mut Publication);

fn bad_publications() -> Vec<(Spoil, PublishError)> {
    vec![
        (|p| p.link = "x".to_owned(), PublishError::BadPage),
        (|p| p.shop = "店".repeat(100), PublishError::BadPage),
        (|p| p.open_for_ms = -1, PublishError::BadPage),
        (|p| p.fields = vec![("a".to_owned(), "b".repeat(2_001))], PublishError::BadPage),
        (|p| p.fields = vec![("a".to_owned(), "b".to_owned()); 65], PublishError::BadPage),
        (|p| p.action = "https://evil.example/".to_owned(), PublishError::BadAction),
        (|p| p.action = "https://payment.ecpay.com.tw.evil.example/".to_owned(), PublishError::BadAction),
        (|p| p.action = "http://payment.ecpay.com.tw/".to_owned(), PublishError::BadAction),
        (|p| p.action = "javascript:alert(1)".to_owned(), PublishError::BadAction),
    ]
}

/// PF-13, PF-33: repeats are kept once, and the order is a sequence whatever the clock does.
async fn letters_are_kept_once_and_byte_for_byte<C: Cabinet>(room: &Mailroom<C>, clock: &ByHand) {
    let till = name("T2");
    room.publish(&till, &token(10), publication(10)).await.unwrap();
    let body: Vec<u8> = (0..=255).collect();
    assert_eq!(room.keep(mail(10, Door::Notice, &body)).await, Ok(Kept::Accepted));
    clock.pass(-5 * DAY_MS);
    assert_eq!(room.keep(mail(10, Door::Notice, b"b")).await, Ok(Kept::Accepted));
    clock.pass(5 * DAY_MS);
    assert_eq!(room.keep(mail(10, Door::Notice, &body)).await, Ok(Kept::Repeated));
    assert_eq!(room.keep(mail(10, Door::BrowserReturn, &body)).await, Ok(Kept::Accepted));
    assert_eq!(room.keep(mail(11, Door::Notice, b"a")).await, Ok(Kept::Refused), "nobody's mailbox");
    let letters = room.letters(&till, 0).await.unwrap();
    assert_eq!(
        letters.iter().map(|l| (l.sequence, l.what)).collect::<Vec<_>>(),
        [(1, What::Notice), (2, What::Notice), (3, What::BrowserReturn)]
    );
    assert_eq!(crate::client::body(&letters[0]).unwrap(), body);
    assert!(letters.iter().all(|letter| letter.token == token(10).as_str()));
    assert_eq!(room.letters(&till, 2).await.unwrap(), letters[2..]);
    assert_eq!(room.letters(&name("T3"), 0).await.unwrap(), Vec::<Letter>::new(), "another till's mail");
}

/// PF-71: the same notice handled twice at once is one letter, and different ones get different numbers.
async fn two_at_once_get_two_numbers<C: Cabinet>(room: &Mailroom<C>) {
    let till = name("T4");
    room.add_till(&till, key("T4", 4).hash()).await.unwrap();
    room.publish(&till, &token(40), publication(40)).await.unwrap();
    room.publish(&till, &token(41), publication(41)).await.unwrap();
    let racing = (0..6_u8).map(|n| {
        let room = room.clone();
        let body = [b'0' + n / 2];
        tokio::spawn(async move { room.keep(mail(if n < 2 { 40 } else { 41 }, Door::Notice, &body)).await })
    });
    let mut kept = Vec::new();
    for racer in racing.collect::<Vec<_>>() {
        kept.push(racer.await.unwrap().expect("kept in the end"));
    }
    assert_eq!(kept.iter().filter(|k| **k == Kept::Accepted).count(), 3, "{kept:?}");
    assert_eq!(kept.iter().filter(|k| **k == Kept::Repeated).count(), 3, "{kept:?}");
    let sequences: Vec<_> = room.letters(&till, 0).await.unwrap().iter().map(|l| l.sequence).collect();
    assert_eq!(sequences, [1, 2, 3]);
}

/// PF-16: what fills a mailbox is answered "again later"; what was there stays there.
async fn junk_is_bounded_and_pushes_nothing_out<C: Cabinet>(room: &Mailroom<C>, clock: &ByHand) {
    let till = name("T5");
    room.add_till(&till, key("T5", 5).hash()).await.unwrap();
    room.publish(&till, &token(50), publication(50)).await.unwrap();
    assert_eq!(room.keep(mail(50, Door::Notice, b"genuine")).await, Ok(Kept::Accepted));
    let mut stored = 0;
    for n in 0..50_u32 {
        stored += u32::from(room.keep(mail(50, Door::Notice, &n.to_be_bytes())).await == Ok(Kept::Accepted));
    }
    assert_eq!(stored, 3, "four letters wait at most");
    assert_eq!(room.keep(mail(50, Door::Notice, b"genuine")).await, Ok(Kept::Repeated));
    assert_eq!(room.keep(mail(50, Door::BrowserReturn, b"x")).await, Ok(Kept::Accepted), "another door");
    assert_eq!(crate::client::body(&room.letters(&till, 0).await.unwrap()[0]).unwrap(), b"genuine");
    // Fetching makes room, at the pace of the door.
    room.acknowledge(&till, 5).await.unwrap();
    assert_eq!(room.keep(mail(50, Door::Notice, b"later 1")).await, Ok(Kept::Accepted));
    assert_eq!(room.keep(mail(50, Door::Notice, b"later 2")).await, Ok(Kept::Accepted));
    assert_eq!(room.keep(mail(50, Door::Notice, b"later 3")).await, Err(StoreError::Full));
    clock.pass(1_000);
    assert_eq!(room.keep(mail(50, Door::Notice, b"later 3")).await, Ok(Kept::Accepted));
    assert_eq!(room.keep(mail(50, Door::PaymentInfo, &[0; 16_000])).await, Ok(Kept::Accepted));
    assert_eq!(room.keep(mail(50, Door::PaymentInfo, &[1; 16_000])).await, Ok(Kept::Accepted));
    assert_eq!(room.keep(mail(50, Door::PaymentInfo, &[2; 16_000])).await, Err(StoreError::Full), "by size");
}

/// A till that was off for a week gets everything; what it has acknowledged is kept another week and then not shown,
/// whether or not the cabinet has thrown it away.
async fn what_is_acknowledged_runs_out<C: Cabinet>(room: &Mailroom<C>, clock: &ByHand) {
    let till = name("T6");
    room.add_till(&till, key("T6", 6).hash()).await.unwrap();
    room.publish(&till, &token(60), publication(60)).await.unwrap();
    for body in [b"1", b"2", b"3"] {
        room.keep(mail(60, Door::Notice, body)).await.unwrap();
    }
    clock.pass(8 * DAY_MS);
    let sequences = async |after| -> Vec<u64> {
        room.letters(&till, after).await.unwrap().iter().map(|letter| letter.sequence).collect()
    };
    assert_eq!(sequences(0).await, [1, 2, 3]);
    assert!(room.overview().await.unwrap().iter().any(|o| o.till == till && o.oldest_letter_ms == Some(8 * DAY_MS)));
    room.acknowledge(&till, 2).await.unwrap();
    room.acknowledge(&till, 1).await.unwrap();
    assert_eq!(room.counter(&till).await.unwrap().unwrap().acknowledged, 2, "never backwards");
    room.acknowledge(&till, 99).await.unwrap();
    assert_eq!(room.counter(&till).await.unwrap().unwrap().acknowledged, 3, "nothing that never was");
    assert_eq!(sequences(0).await, [1, 2, 3], "a restored till asks again");
    clock.pass(7 * DAY_MS);
    assert_eq!(sequences(0).await, Vec::<u64>::new());
    // What is never fetched runs out too, in half a year; and the mailbox itself, after which it is nobody's.
    clock.pass(70 * DAY_MS);
    assert_eq!(room.keep(mail(60, Door::Notice, b"4")).await, Ok(Kept::Refused));
    assert_eq!(room.page(&link(60)).await, None);
    // The same attempt may be published again over what the cabinet has not thrown away yet.
    room.publish(&till, &token(60), publication(60)).await.unwrap();
    assert_eq!(room.keep(mail(60, Door::Notice, b"5")).await, Ok(Kept::Accepted));
    assert_eq!(sequences(0).await, [4]);
}

async fn a_revoked_till_gets_nothing<C: Cabinet>(room: &Mailroom<C>) {
    let till = name("T7");
    room.add_till(&till, key("T7", 7).hash()).await.unwrap();
    room.publish(&till, &token(70), publication(70)).await.unwrap();
    assert!(room.tell_silence(&till).await.unwrap());
    assert!(!room.tell_silence(&till).await.unwrap(), "once");
    assert!(room.admit(&key("T7", 7)).await.unwrap().is_some());
    assert!(room.tell_silence(&till).await.unwrap(), "it was heard between");
    room.revoke_till(&till).await.unwrap();
    assert!(room.admit(&key("T7", 7)).await.unwrap().is_none());
    assert_eq!(room.keep(mail(70, Door::Notice, b"1")).await, Ok(Kept::Refused));
    assert!(room.overview().await.unwrap().iter().all(|overview| overview.till != till));
}

fn name(text: &str) -> TillName {
    TillName::parse(text).expect("a name")
}

fn key(till: &str, n: u8) -> TillKey {
    TillKey::from_random(name(till), [n; 32])
}

fn token(n: u8) -> Token {
    Token::from_random([n; 20])
}

fn link(n: u8) -> LinkId {
    LinkId::from_random([n.wrapping_add(128); 20])
}

fn mail(n: u8, door: Door, body: &[u8]) -> Mail {
    Mail { door, token: token(n), body: Bytes::copy_from_slice(body) }
}

/// A page of ten minutes.
fn publication(n: u8) -> Publication {
    Publication {
        link: link(n).as_str().to_owned(),
        shop: "巷口小舖".to_owned(),
        amount: 1285,
        action: "https://payment-stage.ecpay.com.tw/Cashier/AioCheckOut/V5".to_owned(),
        fields: vec![("MerchantTradeNo".to_owned(), format!("T1A{n}"))],
        expires_at_ms: 1_795_223_400_000,
        open_for_ms: 600_000,
        training: false,
        standing: Standing::Live,
    }
}
