//! The mailroom in a SQLite file.

use relay::{Door, Kept, LinkId, Mail, Mailroom, Options, Store, TillKey, TillName, Token};
use relay_server::{OpenError, SqliteCabinet};

#[tokio::test]
async fn a_mailroom_in_a_file_holds_its_promises() {
    let folder = tempfile::tempdir().expect("a folder");
    let cabinet = SqliteCabinet::open(&folder.path().join("relay.sqlite")).expect("opens");
    relay::conformance::holds(cabinet).await;
}

/// What was acknowledged to the gateway is there after the relay was started again.
#[tokio::test]
async fn a_letter_outlives_the_process() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("relay.sqlite");
    let till = TillName::parse("T1").expect("a name");
    let key = TillKey::from_random(till.clone(), [1; 32]);
    let token = Token::from_random([1; 20]);
    {
        let room = Mailroom::new(SqliteCabinet::open(&file).expect("opens"), Options::default());
        room.add_till(&till, key.hash()).await.expect("added");
        room.publish(&till, &token, publication()).await.expect("published");
        let mail = Mail { door: Door::Notice, token, body: b"RtnCode=1"[..].into() };
        assert_eq!(room.keep(mail).await, Ok(Kept::Accepted));
    }
    let room = Mailroom::new(SqliteCabinet::open(&file).expect("opens"), Options::default());
    let letters = room.letters(&till, 0).await.expect("read");
    assert_eq!(letters.len(), 1);
    assert_eq!(relay::client::body(&letters[0]).as_deref(), Some(&b"RtnCode=1"[..]));
    // Half a year later it is gone from the file too, and the account is not.
    assert!(room.cabinet().purge(i64::MAX).await.expect("purged") >= 3);
    assert_eq!(room.overview().await.expect("read").len(), 1);
}

#[test]
fn a_file_of_a_newer_relay_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("relay.sqlite");
    rusqlite::Connection::open(&file).expect("opens").pragma_update(None, "user_version", 9).expect("set");
    assert!(matches!(SqliteCabinet::open(&file), Err(OpenError::Newer(9))));
    std::fs::write(&file, b"this is no database at all, whatever its name says").expect("written");
    assert!(matches!(SqliteCabinet::open(&file), Err(OpenError::Sqlite(_))));
}

fn publication() -> relay::wire::Publication {
    relay::wire::Publication {
        link: LinkId::from_random([2; 20]).as_str().to_owned(),
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
