//! Afternoons on which the machine, or somebody outside, does its worst. Nothing recorded is lost.

use ecpay_sim::Method as Pays;
use register::CommandError;
use register::view::TaskKind;
use stories::afternoon::{Afternoon, Method};

const TEA: &str = "D04"; // 25

/// The disk fills up in the middle of the afternoon: the till says so before it takes money, keeps the cart, and goes on
/// where it was once there is room.
#[tokio::test]
async fn disk_is_full_and_then_is_not() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let before = shop.events();
    shop.at_till(|register, _| register.journal().limit_growth_for_tests(Some(0)));
    let mut refused = None;
    for _ in 0..200 {
        // What is left of the pages already there may still take a few sales.
        match shop.pay_cash(owed) {
            Ok(()) => drop(shop.ring_up(&[TEA])),
            Err(error) => {
                refused = Some(error);
                break;
            }
        }
    }
    assert_eq!(refused, Some(CommandError::DiskFull));
    shop.expect("the cart is as it was", |view| view.cart.due == owed && view.cart.lines.len() == 1);
    assert!(matches!(shop.ask_online(Method::Credit), Err(CommandError::DiskFull)));

    shop.at_till(|register, _| register.journal().limit_growth_for_tests(None));
    shop.pay_cash(owed).expect("there is room again");
    shop.expect_sold(owed).await;
    assert!(shop.events() > before);
    shop.close().await;
}

/// Garbage at every door of the pay page's server: whatever it is, it is answered, changes nothing, and the genuine
/// payment still comes through.
#[tokio::test]
async fn garbage_comes_in_at_every_door() {
    let shop = Afternoon::begin().await;
    let owed = shop.ring_up(&[TEA]);
    let qr = shop.show_qr(Method::Credit).await;
    shop.customer().look(&qr.link).await.expect("the page opens");
    let garbage: [&[u8]; 7] = [
        b"",
        b"\0\xff\xfe\x80",
        b"CheckMacValue=",
        b"MerchantID=3002607&MerchantID=3002607",
        b"RtnCode=1&CheckMacValue=%zz%00%ff",
        &[b'A'; 15_000],
        b"{\"RtnCode\":1}",
    ];
    for door in ['n', 'i', 'r', 'c'] {
        for body in garbage {
            let (status, answer) = shop.phone().post(&shop.door(door, &qr.number), body).await;
            assert!(status < 600 && answer != "1|OK", "{door}: {status} {answer}");
        }
    }
    let nowhere = shop.door('n', &qr.number).replace("/n/", "/n/x");
    let (_, answer) = shop.phone().post(&nowhere, b"RtnCode=1".as_slice()).await;
    assert_ne!(answer, "1|OK");
    assert_eq!(shop.task(TaskKind::ForgedNotice).what, TaskKind::ForgedNotice);

    shop.gateway().pay_order(&qr.number, Pays::Credit).await.expect("paid");
    shop.expect_sold(owed).await;
    shop.close().await;
}
