//! How many notices a second the relay takes in, one after the other and each on the disk before it is acknowledged,
//! beside the bare insert of as many bytes into a SQLite file on the same disk, in the same run.

#![allow(missing_docs, clippy::print_stdout, reason = "a benchmark")]

use std::time::{Duration, Instant};

use relay::{Door, Kept, LinkId, Mail, Mailroom, Options, Store, TillKey, TillName, Token};
use relay_server::SqliteCabinet;

const NOTICES: u32 = 1_000;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let room =
        Mailroom::new(SqliteCabinet::open(&folder.path().join("relay.sqlite")).expect("opens"), Options::default());
    let till = TillName::parse("T1").expect("a name");
    room.add_till(&till, TillKey::from_random(till.clone(), [1; 32]).hash()).await.expect("added");
    let body = |n: u32| format!("MerchantID=3002607&RtnCode=1&n={n}&{}", "x".repeat(600));
    let bare = rusqlite::Connection::open(folder.path().join("bare.sqlite")).expect("opens");
    bare.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (b BLOB)").expect("made");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for n in 0..NOTICES {
        // A mailbox each, as payments have.
        let mut bits = [0; 20];
        bits[..4].copy_from_slice(&n.to_be_bytes());
        let token = Token::from_random(bits);
        room.publish(&till, &token, publication(bits)).await.expect("published");
        let begun = Instant::now();
        let mail = Mail { door: Door::Notice, token, body: body(n).into() };
        assert_eq!(room.keep(mail).await, Ok(Kept::Accepted));
        ours.push(begun.elapsed());
        let begun = Instant::now();
        bare.execute("INSERT INTO t VALUES (?1)", [body(n)]).expect("inserted");
        theirs.push(begun.elapsed());
    }
    let (ours, theirs) = (at(&mut ours, 50), at(&mut theirs, 50));
    let a_second = |one: Duration| 1.0 / one.as_secs_f64();
    println!(
        "  notices taken in one after the other: {:.0} a second; one bare insert each: {:.0} a second ({:.1} times)",
        a_second(ours),
        a_second(theirs),
        ours.as_secs_f64() / theirs.as_secs_f64()
    );
}

fn publication(bits: [u8; 20]) -> relay::wire::Publication {
    relay::wire::Publication {
        link: LinkId::from_random(bits).as_str().to_owned(),
        shop: "巷口小舖".to_owned(),
        amount: 1,
        action: "https://payment.ecpay.com.tw/Cashier/AioCheckOut/V5".to_owned(),
        fields: vec![],
        expires_at_ms: 0,
        open_for_ms: 600_000,
        training: false,
        standing: relay::wire::Standing::Live,
    }
}

fn at(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    times[(times.len() - 1) * percent / 100]
}
