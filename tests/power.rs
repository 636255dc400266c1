//! Afternoons on which the power fails: unlike a killed process, the machine forgets what it had not put on the disk.

#![cfg(unix)]

use std::fs;
use std::path::Path;

use ecpay_sim::Method as Pays;
use power_cut::{Disk, Recording, Tape};
use register::Profile;
use stories::afternoon::{Afternoon, Method};
use stories::pdf;

const TEA: &str = "D04"; // 25
const COLA: &str = "D18"; // 22

/// Makes the folder of the journal what the disk holds when nothing was written after so many steps that was not synced
/// before.
fn lose_what_was_not_synced(folder: &Path, tape: &Tape, steps: usize) {
    for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"] {
        fs::remove_file(folder.join(name)).ok();
    }
    // The unluckiest draw: of everything that waits, nothing has arrived.
    tape.cut(steps, &mut |bound| 1 % bound, folder).expect("written");
}

/// PF-12: the power goes while the receipt is being made: the sale is on the disk, half a receipt lies on the shelf, and
/// that it was to be made is all the till knows. With the power back it is made, whole; the sale is not sold again and the
/// customer not charged again; and whoever asks once more gets a copy, marked as one.
#[tokio::test]
async fn power_is_cut_while_the_receipt_is_made() {
    let mut shop = Afternoon::begin().await;
    shop.kill().await;
    let folder = shop.home().journal(Profile::Training).parent().expect("a folder").to_owned();
    let recording = Recording::start(&folder, Disk::Honest).expect("recorded");
    shop.restart().await;
    let owed = shop.ring_up(&[TEA, COLA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("the notice closes the sale");
    let closed = recording.position();
    shop.settle().await;
    let [receipt] = shop.receipts().try_into().expect("one receipt");
    let whole = fs::read(&receipt).expect("a receipt");
    assert!(recording.position() > closed, "that it was made is on record, or was");

    shop.kill().await;
    let tape = recording.stop();
    lose_what_was_not_synced(&folder, &tape, closed);
    fs::remove_file(&receipt).expect("its name had not arrived");
    fs::write(receipt.with_extension("part"), &whole[..whole.len() / 2]).expect("half of it had");

    shop.restart().await;
    shop.expect_sold(owed).await;
    assert_eq!(fs::read(&receipt).expect("made again"), whole, "the same receipt, to the byte");
    assert_eq!((shop.report().count, shop.report().net), (1, owed));
    assert_eq!(shop.gateway().orders().len(), 1, "the customer was charged once");

    let sale = shop.view().closed.expect("closed").sale;
    let copy = shop.copy_receipt(&sale).expect("a copy");
    assert_eq!(copy.copy, 1);
    let text = pdf::text(Path::new(&copy.pdf_path)).expect("a PDF");
    assert!(text.contains("副本"), "{text}");
    assert_eq!((shop.report().count, shop.report().net), (1, owed));
    shop.close().await;
}
