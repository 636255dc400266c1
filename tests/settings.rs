//! A till is set up, and set up differently later: the first run of a new shop, and every change of its settings after it.

use std::fs;

use desk::{Desk, Home, Opening};
use register::view::{Act, FirstOwner, FirstRun, SettingChange, SettingName, SettingProblem, SettingValue};
use register::{CommandError, Consent, Pin, Profile};
use tempfile::TempDir;

/// A till as the window opens it, whose loop stands still.
async fn open(folder: &TempDir) -> Desk {
    let opening = Opening { attended: true, by_hand: true, ..Opening::default() };
    Desk::open(Home::at(folder.path()), opening).await.expect("the till opens")
}

/// Closes the till: what serves its page lets go of the journal a turn later.
async fn close(desk: Desk) {
    drop(desk);
    for _ in 0..64 {
        tokio::task::yield_now().await;
    }
}

/// A till with a settings file and the sample shop's people, its cashier at the till.
async fn open_sample() -> (TempDir, Desk) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(Home::at(folder.path()).settings(), desk::settings::STARTING).expect("settings");
    let desk = open(&folder).await;
    (folder, desk)
}

fn text(name: SettingName, value: &str) -> SettingChange {
    SettingChange { name, value: SettingValue::Text(value.to_owned()) }
}

fn owner() -> Option<FirstOwner> {
    Some(FirstOwner { name: "林老闆".to_owned(), pin: Pin::from("4711".to_owned()) })
}

fn owners_word() -> Consent {
    Consent { person: "chen".to_owned(), pin: Pin::from("3456".to_owned()), reason: "搬家".to_owned() }
}

fn file(folder: &TempDir) -> String {
    fs::read_to_string(Home::at(folder.path()).settings()).expect("the settings")
}

fn journal_text(folder: &TempDir) -> String {
    let path = desk::export(&Home::at(folder.path()), Profile::Training).expect("the journal can be written out");
    fs::read_to_string(path).expect("text")
}

/// Rings the first product up and takes exact cash for it. Says the sale's number.
fn sell(desk: &Desk) -> String {
    let shared = desk.shared();
    let code = shared.with(|register, _| register.shelf().all().first().map(|product| product.code.to_string()));
    let view = shared
        .at_counter(None, |register, ports| {
            register.add(&code.expect("something to sell"))?;
            let due = register.view(ports.clock.now())?.cart.due;
            register.pay_cash(due, ports.clock.now())?;
            register.view(ports.clock.now())
        })
        .expect("sold");
    view.closed.expect("closed").sale
}

/// A shop that has nothing says what it is called and who owns it, and sells for practice a moment later.
#[tokio::test]
async fn a_new_shop_is_set_up_and_makes_its_first_training_sale() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(&folder).await;
    assert!(desk.is_first_run());
    assert!(!Home::at(folder.path()).settings().exists(), "nobody has said anything yet");
    assert!(desk.shared().with(|register, _| register.shelf().all().is_empty()));
    let changes = vec![
        text(SettingName::ShopName, "對街茶行 🍵"),
        text(SettingName::ShopTaxId, "22099131"),
        text(SettingName::TillId, "A2"),
    ];
    desk.begin(&FirstRun { changes, sample: true, owner: owner() }).expect("set up");
    assert!(!desk.is_first_run());
    assert!(sell(&desk).starts_with("A2-"), "the till's own number counts from the first sale");
    let view = desk.shared().with(|register, ports| register.view(ports.clock.now())).expect("a view");
    assert_eq!((view.till.shop.as_str(), view.till.cashier.as_str()), ("對街茶行 🍵", "林老闆"));
    assert_eq!(view.people.everyone.len(), 1, "the sample shop's people, whose PINs everybody knows, do not work here");
    assert!(!desk.settings().expect("a look").waits, "nothing waits for another start");
    close(desk).await;
    let written = file(&folder);
    assert!(written.contains("# training: 練習用") && written.contains("id = \"A2\""), "{written}");
    let desk = open(&folder).await;
    assert!(!desk.is_first_run());
    assert!(desk.shared().with(|register, _| register.is_locked()), "the owner signs in");
}

/// Whoever skips everything has the sample shop to try things in, as ever.
#[tokio::test]
async fn a_new_shop_that_skips_everything_is_the_sample_shop() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(&folder).await;
    desk.begin(&FirstRun { changes: vec![], sample: true, owner: None }).expect("set up");
    sell(&desk);
    let view = desk.shared().with(|register, ports| register.view(ports.clock.now())).expect("a view");
    assert_eq!((view.people.everyone.len(), view.people.locked), (3, false));
    assert_eq!(file(&folder), desk::settings::STARTING);
}

/// A shop with a catalogue of its own starts with an empty shelf, and finds it empty the next morning.
#[tokio::test]
async fn a_shop_that_brings_its_own_products_is_not_given_samples() {
    for owner in [owner(), None] {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = open(&folder).await;
        desk.begin(&FirstRun { changes: vec![], sample: false, owner }).expect("set up");
        close(desk).await;
        let desk = open(&folder).await;
        assert!(desk.shared().with(|register, _| register.shelf().all().is_empty()));
    }
}

/// The till stops in the middle of being set up. It asks again, and what was said already is there.
#[tokio::test]
async fn a_till_that_could_not_write_its_settings_asks_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let in_the_way = folder.path().join("settings.part");
    fs::create_dir(&in_the_way).expect("a folder");
    let desk = open(&folder).await;
    let first = || FirstRun { changes: vec![text(SettingName::ShopName, "新店")], sample: true, owner: owner() };
    let refused = desk.begin(&first());
    assert!(matches!(refused, Err(CommandError::SettingsNotWritten { .. })), "{refused:?}");
    assert!(desk.is_first_run() && !Home::at(folder.path()).settings().exists());
    close(desk).await;
    fs::remove_dir(&in_the_way).expect("room again");
    let desk = open(&folder).await;
    assert!(desk.is_first_run());
    let person = desk.shared().with(|register, _| register.staff().next().map(|person| person.id.to_string()));
    desk.shared().sign_in(&person.expect("the owner"), &Pin::from("4711".to_owned())).expect("signed in");
    desk.begin(&first()).expect("set up");
    assert!(file(&folder).contains("name = \"新店\""));
    assert_eq!(desk.shared().with(|register, _| register.staff().count()), 1);
}

/// A name that was mistyped is right from the next receipt on, and what lies on the counter stays there.
#[tokio::test]
async fn a_change_counts_at_once_and_the_cart_stays() {
    let (folder, desk) = open_sample().await;
    desk.shared().at_counter(None, |register, _| register.add("D04")).expect("rung up");
    let changes = [
        text(SettingName::ShopName, "巷尾柑仔店"),
        text(SettingName::ReceiptLanguage, "both"),
        SettingChange { name: SettingName::DiscountLimit, value: SettingValue::Number(0) },
    ];
    desk.change_settings(&changes, Some(&owners_word())).expect("changed");
    let view = desk.shared().with(|register, ports| register.view(ports.clock.now())).expect("a view");
    assert_eq!((view.till.shop.as_str(), view.cart.lines.len()), ("巷尾柑仔店", 1));
    let setup = desk.shared().with(|register, _| register.setup().clone());
    assert_eq!((setup.heading.lang, setup.counter.discount_limit), (paper::Lang::Both, Some(0)));
    let kept = fs::read_to_string(folder.path().join("settings.toml.bak")).expect("what was there before");
    assert_eq!(kept, desk::settings::STARTING);
}

/// Who changed what stands in the journal, and a cashier changes nothing alone.
#[tokio::test]
async fn the_journal_says_who_changed_what() {
    let (folder, desk) = open_sample().await;
    let changes = [text(SettingName::ShopPhone, "02-8765-4321")];
    let needed = CommandError::ApprovalNeeded { what: Act::Settings };
    assert_eq!(desk.change_settings(&changes, None), Err(needed));
    assert_eq!(file(&folder), desk::settings::STARTING, "nothing was changed");
    desk.change_settings(&changes, Some(&owners_word())).expect("changed");
    let journal = journal_text(&folder);
    let said = journal.lines().find(|line| line.contains("till.settings_changed")).expect("it is in the journal");
    assert!(said.contains("shop.phone") && said.contains("02-8765-4321"), "{said}");
    assert!(journal.lines().any(|line| line.contains("till.approved") && line.contains("搬家")));
    let before = journal.lines().count();
    desk.change_settings(&changes, Some(&owners_word())).expect("nothing to change");
    assert!(journal_text(&folder).lines().count() <= before + 1, "what changes nothing is no change");
}

/// What the running till cannot take over is said to wait, until it is opened again.
#[tokio::test]
async fn what_counts_from_the_next_start_is_said_to_wait() {
    let (folder, desk) = open_sample().await;
    desk.change_settings(&[text(SettingName::Display, "off")], Some(&owners_word())).expect("changed");
    assert!(desk.settings().expect("a look").waits);
    close(desk).await;
    let desk = open(&folder).await;
    assert!(!desk.settings().expect("a look").waits);
    assert_eq!(desk.customer_display(), desk::settings::DisplayPlace::Off);
    close(desk).await;
    // A sale is open: its number is this till's.
    let desk = open(&folder).await;
    desk.shared()
        .at_counter(None, |register, ports| {
            register.add("D04")?;
            register.add("D04")?;
            register.pay_part_cash(10, 10, ports.clock.now())
        })
        .expect("part paid");
    desk.change_settings(&[text(SettingName::TillId, "B7")], Some(&owners_word())).expect("changed");
    assert_eq!(desk.shared().with(|register, _| register.setup().heading.till.to_string()), "T1");
    assert!(desk.settings().expect("a look").waits);
}

/// What cannot be is refused in words before anybody is asked for a PIN, and nothing of it is done.
#[tokio::test]
async fn what_cannot_be_is_refused_whole() {
    let (folder, desk) = open_sample().await;
    let long = "長".repeat(10_000);
    for (name, value, why) in [
        (SettingName::ShopName, long.as_str(), SettingProblem::TooLong { max: 40 }),
        (SettingName::ShopName, "店\u{202e}的", SettingProblem::Unseen),
        (SettingName::ShopTaxId, "12345678", SettingProblem::TaxIdCheck),
        (SettingName::PageListen, "anywhere", SettingProblem::Address),
        (SettingName::RelayAddress, "http://relay.example", SettingProblem::Address),
        (SettingName::ProductionReturnUrl, "http://shop.example/n/{token}", SettingProblem::Address),
    ] {
        let changes = [text(SettingName::ShopPhone, "1"), text(name, value)];
        assert_eq!(desk.change_settings(&changes, None), Err(CommandError::SettingRefused { name, why }));
    }
    assert_eq!(file(&folder), desk::settings::STARTING);
}

/// The file cannot be written, or somebody has broken it by hand: the till says so, goes on, and the file is as it
/// was.
#[tokio::test]
async fn a_file_that_cannot_be_written_or_read_stays_as_it_is() {
    let (folder, desk) = open_sample().await;
    let changes = [text(SettingName::ShopName, "新名")];
    let in_the_way = folder.path().join("settings.part");
    fs::create_dir(&in_the_way).expect("a folder");
    let refused = desk.change_settings(&changes, Some(&owners_word()));
    assert!(matches!(refused, Err(CommandError::SettingsNotWritten { .. })), "{refused:?}");
    assert_eq!(file(&folder), desk::settings::STARTING);
    assert!(!journal_text(&folder).contains("settings_changed"), "the journal says nothing that is not so");
    fs::remove_dir(&in_the_way).expect("room again");
    let broken = desk::settings::STARTING.replacen("[shop]", "[shop\n", 1);
    fs::write(Home::at(folder.path()).settings(), &broken).expect("broken by hand");
    let refused = desk.change_settings(&changes, Some(&owners_word()));
    let Err(CommandError::SettingsUnreadable { message }) = refused else { panic!("{refused:?}") };
    assert!(message.contains("line"), "{message}");
    assert_eq!(file(&folder), broken);
    sell(&desk);
}

/// What somebody wrote into the file while the till was open is kept.
#[tokio::test]
async fn a_change_by_hand_meanwhile_is_kept() {
    let (folder, desk) = open_sample().await;
    let by_hand =
        desk::settings::STARTING.replacen("phone = \"02-2345-6789\"", "phone = \"02-1111-2222\" # new line", 1);
    fs::write(Home::at(folder.path()).settings(), &by_hand).expect("written");
    desk.change_settings(&[text(SettingName::ShopAddress, "台南市")], Some(&owners_word())).expect("changed");
    let after = file(&folder);
    assert!(after.contains("phone = \"02-1111-2222\" # new line") && after.contains("address = \"台南市\""), "{after}");
}
