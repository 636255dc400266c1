//! An afternoon that ends with a broken disk and goes on from an old backup.

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use ecpay_sim::Method as Pays;
use register::Profile;
use register::view::Notice;
use stories::afternoon::{Afternoon, Method};

const TEA: &str = "D04"; // 25
const COLA: &str = "D18"; // 22

/// PF-38, PF-77: the till comes back from a backup that was taken while a customer was looking at a QR. What was paid since
/// is found at the gateway by its number and applied, once, and the screen says so; what is sold from then on has numbers
/// that were never used, although the journal has forgotten some that were.
#[tokio::test]
async fn till_is_restored_from_an_old_backup() {
    let mut shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA, COLA]);
    let first = shop.show_qr(Method::Credit).await;
    shop.customer().look(&first.link).await.expect("the page opens");
    let backup = shop.home().root().join("backup.sqlite");
    let copy = shop.at_till(|register, _| register.journal().backup(&backup)).expect("a copy, while the till goes on");

    shop.gateway().pay_order(&first.number, Pays::Credit).await.expect("the customer pays");
    shop.expect_sold(owed).await;
    shop.ring_up(&[TEA]);
    let second = shop.show_qr(Method::Credit).await;
    shop.customer().pay(&second.link, Pays::Credit).await.expect("the next one pays");
    shop.expect_sold(25).await;
    shop.kill().await;
    let journal = shop.home().journal(Profile::Training);
    let refused = journal::restore(&backup, &journal).expect_err("the journal is whole and knows more");
    assert!(matches!(refused, journal::RestoreError::Newer { .. }), "{refused}");

    // The disk breaks.
    for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"] {
        fs::remove_file(journal.with_file_name(name)).ok();
    }
    fs::write(&journal, vec![0xa5; 40_960]).expect("what is left of it");
    let restored = journal::restore(&backup, &journal).expect("restored");
    assert_eq!(restored.verified, copy);
    assert!(restored.was_broken.is_some() && restored.aside.is_some_and(|path| path.exists()), "the rest is kept");

    shop.restart().await;
    shop.expect_sold(owed).await;
    let sale = shop.view().closed.expect("closed").sale;
    shop.expect("the screen says what was recovered", |view| view.notices == [Notice::Recovered { sale }]);
    assert_eq!((shop.report().count, shop.report().net), (1, owed));

    let mut numbers = BTreeSet::from([first.number, second.number]);
    for sold in 1..=3 {
        shop.ring_up(&[COLA]);
        let qr = shop.show_qr(Method::Credit).await;
        assert!(numbers.insert(qr.number), "a number is used again");
        shop.customer().pay(&qr.link, Pays::Credit).await.expect("pays");
        shop.expect_sold(22).await;
        assert_eq!(shop.report().count, 1 + sold);
    }
    assert_eq!(shop.gateway().orders().len(), numbers.len(), "nobody was charged twice");
    shop.close().await;
}

/// A shop with a stick: a copy when the till opens, one after the Z report, one a day, three kept. The stick is pulled out:
/// the sale goes on, the screen says so, and once it is back there is a copy within the quarter of an hour.
#[tokio::test]
async fn stick_is_pulled_out_and_put_back() {
    let mut shop = Afternoon::begin().await;
    let stick = shop.home().root().join("stick");
    fs::create_dir(&stick).expect("a stick");
    fs::write(stick.join("holiday.jpg"), b"not ours").expect("something else");
    shop.keep_backups_in(stick.clone());
    shop.restart().await;
    let copies = || {
        let names = fs::read_dir(&stick).expect("the stick").map(|entry| entry.expect("an entry").file_name());
        names.filter(|name| name.to_string_lossy().starts_with("guitai-")).count()
    };
    shop.back_up().expect("there was none");
    assert_eq!((copies(), shop.back_up()), (1, None));

    shop.ring_up(&[TEA]);
    shop.pay_cash(25).expect("paid");
    shop.expect_sold(25).await;
    shop.at_till(|register, ports| register.close_day(1, ports.clock.now())).expect("closed");
    shop.gateway().advance(Duration::from_secs(60)).await;
    let after_z = shop.back_up().expect("the day was closed");
    let verified = journal::verify(&after_z.copies[0]).expect("a copy that was walked");
    assert_eq!((copies(), verified.closed), (2, 1));
    for _ in 0..3 {
        shop.gateway().advance(Duration::from_secs(24 * 3_600)).await;
        assert_eq!(shop.back_up().expect("a day later").failed, None);
    }
    assert_eq!(copies(), 3, "the oldest made room");
    assert!(stick.join("holiday.jpg").exists(), "nothing else is touched");

    let pulled = stick.with_file_name("pulled");
    fs::rename(&stick, &pulled).expect("pulled out");
    shop.gateway().advance(Duration::from_secs(24 * 3_600)).await;
    let failed = shop.back_up().expect("tried").failed.expect("there is no stick");
    assert_eq!(failed.1, "the folder is not there");
    assert!(!stick.exists(), "no folder is made in its place");
    shop.expect("the screen says so", |view| matches!(view.notices.as_slice(), [Notice::BackupFailed { .. }]));
    assert_eq!(shop.back_up(), None, "not tried again at once");
    fs::rename(&pulled, &stick).expect("put back");
    shop.gateway().advance(Duration::from_secs(16 * 60)).await;
    assert_eq!(shop.back_up().expect("tried again").failed, None);
    shop.expect("and no more is said", |view| view.notices.is_empty());
    shop.close().await;
}
