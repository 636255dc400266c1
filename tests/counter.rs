//! Afternoons about what lies on the counter: goods by weight, labels of the shop's own scale, discounts above the limit,
//! goods that come back without their sale, the drawer opened for change, and two people at one product.

use register::catalogue::{Intake, Wrong};
use register::view::{Act, Discount, LaterPrice, ProductForm, ShelfTab, TaxKind, Unit};
use register::{CommandError, Consent, Pin};
use stories::afternoon::{Afternoon, Notices};

const TEA: &str = "D04"; // 25
const CASHIER: (&str, &str) = ("fang", "1234");
const SUPERVISOR: (&str, &str) = ("zhang", "2345");
const OWNER: (&str, &str) = ("chen", "3456");

fn word_of((person, digits): (&str, &str), reason: &str) -> Consent {
    Consent { person: person.to_owned(), pin: Pin::from(digits.to_owned()), reason: reason.to_owned() }
}

/// The sample shop with its people; its cashier is at the till. Its scale prints weights under 21 and prices under 22.
async fn begin() -> Afternoon {
    Afternoon::begin_attended(Notices::ReachNobody).await
}

fn bananas() -> ProductForm {
    ProductForm {
        code: "00042".into(),
        barcodes: vec!["4710088412348".into()],
        name: "香蕉".into(),
        category: "水果".into(),
        price: 45,
        tax: TaxKind::Exempt,
        unit: Unit::Kilogram,
        favourite: true,
        prices: vec![],
    }
}

fn save(
    shop: &Afternoon,
    before: Option<&ProductForm>,
    form: &ProductForm,
    by: (&str, &str),
) -> Result<(), CommandError> {
    let consent = word_of(by, "測試");
    shop.counter(Some(&consent), |register, ports| register.save_product(before, form, ports.clock.now()))
}

/// An EAN-13 with its check digit.
fn ean(payload: &str) -> String {
    let digit = |byte: u8| u32::from(byte - b'0');
    let sum: u32 = payload.bytes().enumerate().map(|(at, byte)| digit(byte) * if at % 2 == 0 { 1 } else { 3 }).sum();
    format!("{payload}{}", (10 - sum % 10) % 10)
}

/// A label of the shop's scale is rung up as the piece it is on, at what the weight comes to or what the label says; one
/// that was misread, of nothing the shop sells, or without a weight, is refused and changes nothing.
#[tokio::test]
async fn scale_labels_ring_up_the_piece_they_are_on() {
    let shop = begin().await;
    save(&shop, None, &bananas(), OWNER).expect("added");
    let scan = |code: &str| shop.counter(None, |register, _| register.scan(code));
    scan(&ean("210004201250")).expect("1.25 kg");
    scan(&ean("220004200185")).expect("185 dollars");
    let cart = shop.view().cart;
    let lines: Vec<(&str, i64)> = cart.lines.iter().map(|line| (line.name.as_str(), line.amount)).collect();
    assert_eq!(lines, [("香蕉 1.250 kg", 56), ("香蕉", 185)]);

    let misread = ean("210004201250").replace("2100042", "2100043");
    assert!(matches!(scan(&misread), Err(CommandError::BadLabel { .. })), "{misread}");
    assert!(matches!(scan(&ean("210009901250")), Err(CommandError::UnknownBarcode { .. })), "nothing of that number");
    assert!(matches!(scan(&ean("210004200000")), Err(CommandError::BadLabel { .. })), "no weight");
    assert_eq!(shop.view().cart, cart, "nothing was changed");

    let owed = cart.total;
    shop.pay_cash(owed).expect("paid");
    shop.expect_sold(owed).await;
    assert!(shop.receipt_text().contains("1.250 kg"), "{}", shop.receipt_text());
    shop.close().await;
}

/// What is sold by weight is not rung up by the piece: the till asks for grams, whether it was scanned or tapped.
#[tokio::test]
async fn weighed_goods_ask_for_their_weight() {
    let shop = begin().await;
    save(&shop, None, &bananas(), OWNER).expect("added");
    let needed = CommandError::WeightNeeded { product: "00042".into(), name: "香蕉".into() };
    assert_eq!(shop.counter(None, |register, _| register.scan("4710088412348")), Err(needed.clone()));
    assert_eq!(shop.counter(None, |register, _| register.add("00042")), Err(needed));
    for grams in [0, 1_000_000, u32::MAX] {
        let refused = shop.counter(None, |register, _| register.add_weighed("00042", grams));
        assert_eq!(refused, Err(CommandError::BadWeight { max: 999_999 }), "{grams}");
    }
    shop.counter(None, |register, _| register.add_weighed("00042", 800)).expect("36 dollars");
    assert_eq!(shop.view().cart.total, 36);
    shop.close().await;
}

/// A fifth is the cashier's to give; more takes a supervisor, once for the same discount, and again for a larger one.
/// More than everything is refused, whoever asks.
#[tokio::test]
async fn discount_over_the_limit_takes_a_supervisor() {
    let shop = begin().await;
    shop.ring_up(&[TEA, TEA, TEA, TEA]);
    let percent = |percent, by: Option<&Consent>| {
        shop.counter(by, |register, _| register.discount_sale(Some(Discount::Percent { percent })))
    };
    percent(20, None).expect("within the limit");
    let needed = Err(CommandError::ApprovalNeeded { what: Act::DiscountOverLimit });
    assert_eq!(percent(21, None), needed);
    assert!(matches!(percent(50, Some(&word_of(CASHIER, "熟客"))), Err(CommandError::NotAllowed { .. })));
    percent(50, Some(&word_of(SUPERVISOR, "熟客"))).expect("approved");
    assert_eq!(shop.view().cart.total, 50);
    // Further goods at the same discount are rung up as ever.
    shop.counter(None, |register, _| register.scan(TEA)).expect("rung up");
    assert_eq!(percent(60, None), needed);
    for percent_off in [0, 101, 255] {
        assert!(matches!(percent(percent_off, None), Err(CommandError::BadDiscount { .. })), "{percent_off} %");
    }
    percent(10, None).expect("less needs nobody");
    let amount = |amount| shop.counter(None, |register, _| register.discount_sale(Some(Discount::Amount { amount })));
    assert!(matches!(amount(126), Err(CommandError::BadDiscount { max: 125 })));
    let report = shop.report();
    let approved = report.tallies.iter().find(|tally| tally.name == "approved/discount_over_limit");
    assert_eq!(approved.map(|tally| tally.count), Some(1));
    shop.close().await;
}

/// A discount in dollars that was small is not small any more once most of the goods are taken off again.
#[tokio::test]
async fn discount_in_dollars_is_looked_at_again_when_goods_come_off() {
    let shop = begin().await;
    shop.ring_up(&[TEA, TEA, TEA, TEA]);
    shop.counter(None, |register, _| register.discount_sale(Some(Discount::Amount { amount: 20 }))).expect("a fifth");
    let line = shop.view().cart.lines[0].line;
    let fewer = shop.counter(None, |register, _| register.set_quantity(line, 1));
    assert_eq!(fewer, Err(CommandError::ApprovalNeeded { what: Act::DiscountOverLimit }));
    assert_eq!(shop.view().cart.total, 80, "nothing was changed");
    shop.close().await;
}

/// Goods come back, and nobody can find the sale: a supervisor approves, the money leaves the drawer, and the report takes
/// it off what the day took, with its tax, and still adds up.
#[tokio::test]
async fn goods_come_back_without_their_sale_for_cash() {
    let shop = begin().await;
    let owed = shop.ring_up(&[TEA, TEA, TEA]);
    shop.pay_cash(owed).expect("paid");
    shop.expect_sold(owed).await;
    shop.ring_up(&[TEA]);
    let give_back = |by: Option<&Consent>, reason: &str| {
        shop.counter(by, |register, ports| register.return_goods(reason, ports.clock.now()))
    };
    assert_eq!(give_back(None, "瑕疵"), Err(CommandError::ApprovalNeeded { what: Act::Refund }));
    assert_eq!(give_back(Some(&word_of(OWNER, "退貨")), " "), Err(CommandError::ReasonMissing));
    assert_eq!(shop.view().cart.total, 25, "still on the counter");
    give_back(Some(&word_of(SUPERVISOR, "沒有收據")), "瑕疵").expect("given back");
    assert!(shop.view().cart.lines.is_empty(), "the counter is free");
    let report = shop.report();
    assert_eq!((report.net, report.took, report.cash.expected), (owed, owed - 25, owed - 25));
    assert_eq!((report.refunds.count, report.refunds.by_tax.taxable, report.refunds.tax), (1, 25, 1));
    let returned = report.tallies.iter().find(|tally| tally.name == "goods_returned").expect("counted");
    assert_eq!((returned.count, returned.amount), (1, 25));
    assert_eq!(give_back(Some(&word_of(OWNER, "退貨")), "x"), Err(CommandError::EmptyCart), "once");
    shop.close().await;
}

/// The drawer is opened without a sale: for a reason, by somebody who may, and the report counts it.
#[tokio::test]
async fn drawer_is_opened_without_a_sale_for_a_reason() {
    let shop = begin().await;
    let open = |by: Option<&Consent>, reason: &str| {
        shop.counter(by, |register, ports| register.open_drawer(reason, ports.clock.now()))
    };
    assert_eq!(open(None, "換零錢"), Err(CommandError::ApprovalNeeded { what: Act::OpenDrawer }));
    assert_eq!(open(Some(&word_of(SUPERVISOR, "換錢")), "\u{7}"), Err(CommandError::ReasonMissing));
    open(Some(&word_of(SUPERVISOR, "換零錢")), "換零錢").expect("opened");
    open(Some(&word_of(OWNER, "找錯錢")), "找錯錢").expect("opened");
    let report = shop.report();
    let count = |name: &str| report.tallies.iter().find(|tally| tally.name == name).map_or(0, |tally| tally.count);
    assert_eq!((count("drawer_opened"), count("approved/open_drawer")), (2, 2));
    shop.close().await;
}

/// Two people have one product open: the second to save is told, and what the first wrote stays.
#[tokio::test]
async fn two_people_change_one_product_and_the_second_is_told() {
    let shop = begin().await;
    save(&shop, None, &bananas(), OWNER).expect("added");
    let read = || shop.counter(None, |register, _| register.product_form("00042")).expect("there");
    let (first, second) = (read(), read());
    save(&shop, Some(&first), &ProductForm { price: 50, ..first.clone() }, OWNER).expect("the first is saved");
    let late = ProductForm { name: "台灣香蕉".into(), ..second.clone() };
    let told = save(&shop, Some(&second), &late, OWNER);
    assert_eq!(told, Err(CommandError::ProductChanged { product: "00042".into() }));
    assert_eq!((read().price, read().name), (50, "香蕉".to_owned()), "nothing was written over");
    let again = ProductForm { name: "台灣香蕉".into(), ..read() };
    save(&shop, Some(&read()), &again, SUPERVISOR).expect("a name is a supervisor's to change");
    let dearer = ProductForm { price: 60, ..read() };
    let refused = save(&shop, Some(&read()), &dearer, SUPERVISOR);
    assert!(matches!(refused, Err(CommandError::NotAllowed { what: Act::EditPrice, .. })), "{refused:?}");
    let tomorrow = ProductForm { prices: vec![LaterPrice { from: "2099-01-01".into(), price: 60 }], ..read() };
    assert!(save(&shop, Some(&read()), &tomorrow, SUPERVISOR).is_err(), "nor a price of a later day");
    save(&shop, Some(&read()), &tomorrow, OWNER).expect("saved");
    shop.counter(Some(&word_of(SUPERVISOR, "不賣了")), |register, ports| {
        register.retire("00042", ports.clock.now())
    })
    .expect("retired");
    let gone = save(&shop, Some(&tomorrow), &again, OWNER);
    assert_eq!(gone, Err(CommandError::ProductChanged { product: "00042".into() }), "retired meanwhile");
    shop.close().await;
}

/// Names nobody can read, prices nobody can pay, barcodes of other products: each is refused by what is wrong with it, and
/// nothing is half done. Emoji and scripts that run the other way are names.
#[tokio::test]
async fn absurd_products_are_refused_by_what_is_wrong_with_them() {
    let shop = begin().await;
    let before = shop.events();
    let refused = |form: ProductForm| match save(&shop, None, &form, OWNER) {
        Err(CommandError::ProductRefused { what }) => what,
        other => panic!("{other:?}"),
    };
    let name = |name: &str| ProductForm { name: name.into(), ..bananas() };
    for bad in [&*"長".repeat(10_000), "", "   ", "茶\u{202e}$1"] {
        assert_eq!(refused(name(bad)), Wrong::Name { max: 120 }, "{} characters", bad.chars().count());
    }
    for price in [2_147_483_648, i64::MAX, i64::MIN, -1, 1_000_000] {
        assert_eq!(refused(ProductForm { price, ..bananas() }), Wrong::Price { max: 999_999 }, "{price}");
    }
    let wrong_digit = ProductForm { barcodes: vec!["4710088412345".into()], ..bananas() };
    assert!(matches!(refused(wrong_digit), Wrong::CheckDigit { .. }));
    let taken = shop.at_till(|register, _| register.shelf().all()[0].barcodes[0].to_string());
    let theirs = ProductForm { barcodes: vec![taken.clone()], ..bananas() };
    assert!(matches!(refused(theirs), Wrong::BarcodeTaken { barcode, .. } if barcode == taken));
    let day = ProductForm { prices: vec![LaterPrice { from: "tomorrow".into(), price: 1 }], ..bananas() };
    assert_eq!(refused(day), Wrong::Day { given: "tomorrow".into() });
    let many = ProductForm { barcodes: (0..50).map(|n| format!("CODE{n}")).collect(), ..bananas() };
    assert!(matches!(refused(many), Wrong::TooMany { .. }));
    assert_eq!(shop.events(), before, "nothing was recorded, not even an approval");
    for (code, good) in [("E1", "👨‍👩‍👧 家庭號 🍜"), ("E2", "שוקולד מריר"), ("E3", "شاي أخضر")]
    {
        let form = ProductForm { code: code.into(), barcodes: vec![], unit: Unit::Piece, ..name(good) };
        save(&shop, None, &form, OWNER).expect("a name");
        shop.ring_up(&[code]);
    }
    assert_eq!(shop.view().cart.lines.len(), 3);
    shop.close().await;
}

/// A file is looked at and then taken, all of it; with one bad row none of it is, and one that somebody stopped leaves
/// nothing behind.
#[tokio::test]
async fn file_is_looked_at_before_it_is_taken() {
    let shop = begin().await;
    let intake = Intake::default();
    let header = "編號,條碼,品名,分類,售價,稅別\n";
    let look = |text: &str| {
        intake.hand_over(format!("{header}{text}").into_bytes());
        intake.look(shop.shared(), &mut |_| {}).expect("looked at")
    };
    let bad = look("N1,,新茶,茶,30,應稅\nN2,4710088412345,壞茶,茶,三十,應稅\n");
    assert_eq!(bad.problems.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 3], "{bad:?}");
    assert_eq!(intake.take(shop.shared(), None), Err(CommandError::ChoiceNotPossible), "nothing to take");

    let plan = look("N1,,新茶,茶,30,應稅\nD04,,茶,茶,26,應稅\n");
    assert_eq!((plan.added, plan.changed, plan.repriced), (1, 1, 1));
    let needed = CommandError::ApprovalNeeded { what: Act::EditPrice };
    assert_eq!(intake.take(shop.shared(), None), Err(needed));
    let consent = word_of(OWNER, "新價目");
    let taken = intake.take(shop.shared(), Some(&consent)).expect("the file stayed in hand");
    assert_eq!((taken.added, taken.changed), (1, 1));
    assert_eq!(shop.ring_up(&["N1", "D04"]), 56);

    let rows: String = (0..20_000).map(|n| format!("X{n},,貨 {n},雜,1,應稅\n")).collect();
    intake.hand_over(format!("{header}{rows}").into_bytes());
    let mut told = 0;
    let stopped = intake.look(shop.shared(), &mut |progress| {
        told += 1;
        if progress.percent >= 30 {
            intake.cancel();
        }
    });
    assert!(stopped.expect("an answer").cancelled && told > 3, "told {told} times");
    assert_eq!(intake.take(shop.shared(), Some(&consent)), Err(CommandError::ChoiceNotPossible));
    let none = shop.at_till(|register, _| register.shelf().by_code("X1").is_none());
    assert!(none, "nothing of it was taken");
    shop.close().await;
}

/// However many products there are, a screen is handed a page of them, and a scan of the last is as good as of the first.
#[tokio::test]
async fn screens_are_handed_a_page_at_a_time() {
    let shop = begin().await;
    let rows: String = (0..2_000).map(|n| format!("X{n:04},,貨 {n},類{},1,taxable\n", n % 3)).collect();
    let table =
        register::catalogue::read_with(format!("code,barcode,name,category,price,tax\n{rows}").as_bytes(), &mut |_| {
            register::catalogue::GoOn::Yes
        });
    let consent = word_of(OWNER, "開店");
    let before = shop.view().shelf;
    shop.counter(Some(&consent), |register, ports| register.import(table.expect("a good file"), ports.clock.now()))
        .expect("taken");
    assert_ne!(shop.view().shelf, before, "screens leaf through it again");
    let shelf = shop.at_till(|register, _| register.shelf());
    let face = shelf.face();
    assert!(
        face.total > 2_000 && face.categories.iter().any(|category| category.name == "類1" && category.count == 667)
    );
    let tab = ShelfTab::Category { name: "類1".into() };
    let last = shelf.page(&tab, 660);
    assert_eq!((last.products.len(), last.total), (7, 667));
    assert_eq!(shelf.page(&ShelfTab::All, 0).products.len(), face.page);
    assert!(shelf.page(&ShelfTab::All, usize::MAX).products.is_empty());
    assert_eq!(shelf.found("貨").len(), 60);
    assert_eq!(shop.ring_up(&["X1999"]), 1);
    shop.close().await;
}
