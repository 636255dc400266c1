//! An afternoon that ends with a broken disk and goes on from an old backup.

use std::collections::BTreeSet;
use std::fs;

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
