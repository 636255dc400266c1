//! The stored form of every event. A snapshot that changes is a journal that can no longer be read: give the kind a new
//! version and teach `upcast` the old one instead.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use till::cart::{Cart, Line, Totals};
use till::cash::CashCount;
use till::catalogue::{Product, Unit};
use till::day::CashWay;
use till::discount::Discount;
use till::event::{SettingChanged, TillAlarm};
use till::figures::{
    DrawerFigures, Ever, Figures, HourFigure, OpenAttempt, PartPaid, RefundFigure, ShiftEnd, ShiftFigures, Tally,
    TenderFigure,
};
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};
use till::money::Money;
use till::payment::{Choice, Door, Method, NoAnswer, Page, Payment, PaymentCode, Says, Terms, Unapplied, Why};
use till::people::{Act, Approval, Named, PersonId, PinHash, Role};
use till::reconcile::{Difference, Finding, Reconciliation};
use till::refund::{
    Back, CardBack, CardLook, CardStage, Closing, From, HandWay, Held, Item, Of, Parts, RefundTerms, Refusal, Step,
};
use till::sale::{Outside, Sale, SaleEvent, Tender};
use till::tax::TaxKind;
use till::time::Timestamp;

use super::*;

const NOON: Timestamp = Timestamp::from_unix_ms(1_767_585_600_000);

fn product() -> Product {
    Product {
        code: "TEA".parse().expect("a code"),
        barcodes: vec!["4710088412348".parse().expect("a barcode")],
        name: "綠茶".into(),
        category: "飲料".into(),
        price: Money::dollars(25),
        tax: TaxKind::Taxable,
        unit: Unit::Piece,
        favourite: false,
        prices: vec![],
    }
}

fn sale(event: SaleEvent) -> Event {
    Event::Sale(number(), event)
}

fn attempt(event: AttemptEvent) -> Event {
    Event::Attempt(attempt_number(), event)
}

fn number() -> SaleNumber {
    "T1-000042".parse().expect("a number")
}

fn attempt_number() -> AttemptNumber {
    "T1260105120000ABCDEF".parse().expect("a number")
}

fn payment() -> Payment {
    Payment {
        amount: Money::dollars(50),
        trade_no: Some("2601051200001234".into()),
        method: Method::Credit,
        payment_type: "Credit_CreditCard".into(),
        paid_at: "2026/01/05 12:00:30".into(),
        card_last4: Some("2222".into()),
        whole_only: false,
        simulated: false,
    }
}

fn tenders() -> Vec<Tender> {
    vec![
        Tender::Cash { amount: Money::dollars(20), received: Money::dollars(100), change: Money::dollars(80) },
        Tender::Online {
            amount: Money::dollars(30),
            attempt: attempt_number(),
            method: Method::Twqr,
            trade_no: None,
            card_last4: None,
            test: true,
            unverified: false,
        },
    ]
}

fn sales() -> Vec<Event> {
    let mut cart = Cart::default();
    cart.add(&product(), 2).expect("fits");
    let (lines, totals) = (cart.lines().to_vec(), cart.totals());
    let mut marked_down = cart.clone();
    marked_down.discount_line(1, Some(Discount::Percent { percent: 10 })).expect("fits");
    marked_down.discount_all(Some(Discount::Amount { amount: Money::dollars(7) })).expect("fits");
    marked_down.set_note("no ice");
    let outside = |through, note: Option<&str>| SaleEvent::Paid {
        tender: Tender::Recorded { through, amount: Money::dollars(40), note: note.map(str::to_owned) },
    };
    let returned =
        |tender: Tender| SaleEvent::Returned { way: tender.way_back(), tender, reason: "changed mind".into() };
    vec![
        sale(SaleEvent::Opened { lines: lines.clone(), totals, discount: None, note: None }),
        sale(SaleEvent::Revised { lines, totals, discount: None, note: None }),
        sale(Sale::opening(&marked_down)),
        sale(Sale::revision(&marked_down)),
        sale(SaleEvent::Paid { tender: tenders().remove(0) }),
        sale(SaleEvent::Paid { tender: tenders().remove(1) }),
        sale(SaleEvent::Closed { totals, tenders: tenders(), items: 2, recovered: false }),
        sale(outside(Outside::OtherTerminal, Some("slip 12"))),
        sale(outside(Outside::Voucher, None)),
        sale(outside(Outside::Transfer, None)),
        sale(returned(tenders().remove(0))),
        sale(returned(tenders().remove(1))),
        sale(SaleEvent::PutAside { name: "Ms Wang".into(), since: NOON }),
        sale(SaleEvent::Recalled),
        sale(SaleEvent::Voided { reason: None }),
        sale(SaleEvent::Voided { reason: Some("changed mind".into()) }),
        sale(SaleEvent::Paid {
            tender: Tender::Online {
                amount: Money::dollars(30),
                attempt: attempt_number(),
                method: Method::Credit,
                trade_no: None,
                card_last4: None,
                test: false,
                unverified: true,
            },
        }),
        sale(SaleEvent::Verified {
            attempt: attempt_number(),
            method: Method::Credit,
            trade_no: Some("2601051200001234".into()),
            card_last4: Some("2222".into()),
            test: false,
        }),
        sale(SaleEvent::ReceiptMade { copy: 1 }),
        sale(SaleEvent::ReceiptFailed { reason: "no \"paper\"".into() }),
        sale(SaleEvent::PrintSent { copy: 0, printer: "櫃檯".into() }),
        sale(SaleEvent::Printed { copy: 0 }),
        sale(SaleEvent::NotPrinted {
            copy: 1,
            printer: "櫃檯".into(),
            came: till::print::Came::Maybe,
            fault: till::print::Fault::PaperOut,
        }),
        sale(SaleEvent::PrintLeftOut),
    ]
}

fn says() -> Vec<Says> {
    let code = |code| Says::CodeIssued { code, deadline: Some(NOON) };
    vec![
        Says::Paid { payment: payment() },
        code(PaymentCode::Atm { bank: "812".into(), account: "9103522175887271".into() }),
        code(PaymentCode::Cvs { number: "LLL24112345678".into() }),
        code(PaymentCode::Barcode { bars: ["1".into(), "2".into(), "3".into()] }),
        code(PaymentCode::Review),
        Says::Pending,
        Says::Declined { code: "10100058".into() },
        Says::Unpaid,
        Says::NotEstablished,
        Says::UnknownOrder,
        Says::Other { code: "7".into() },
    ]
}

fn attempts() -> Vec<Event> {
    let terms = Terms {
        number: attempt_number(),
        sale: number(),
        amount: Money::dollars(50),
        method: Method::All,
        merchant: "3002607".into(),
        created: NOON,
        expires: NOON,
        link: "aLink".into(),
        token: "aToken".into(),
        page: Page::Ours,
    };
    let mut events =
        vec![AttemptEvent::Intended { terms }, AttemptEvent::Presented, AttemptEvent::Opened, AttemptEvent::Asked];
    let whys = [NoAnswer::NotSent, NoAnswer::MaybeSent, NoAnswer::Refused, NoAnswer::Unreadable];
    events.extend(whys.map(|why| AttemptEvent::Unanswered { why }));
    events.extend(says().into_iter().map(|says| AttemptEvent::Learned { door: Door::Query, says }));
    events.push(AttemptEvent::Claimed { payment: payment() });
    let doors = [Door::Notice, Door::Browser, Door::Query, Door::Statement];
    events.extend(doors.map(|door| AttemptEvent::Paid { door, payment: payment(), late: false }));
    events.push(AttemptEvent::Confirmed);
    events.push(AttemptEvent::Contradicted { door: Door::Notice, claimed: Money::dollars(1), over: false });
    events.push(AttemptEvent::TestPaid);
    events.push(AttemptEvent::Doubted);
    let whys = [Why::Cancelled, Why::Superseded, Why::Expired, Why::SalePaid];
    events.extend(whys.map(|why| AttemptEvent::Withdrawn { why }));
    events.push(AttemptEvent::Applied { sale: number() });
    events.extend([Unapplied::Late, Unapplied::Second].map(|why| AttemptEvent::Unapplied { why }));
    let choices = [Choice::AcceptedToSale, Choice::RefundedByHand, Choice::RefundedToCard];
    events.extend(choices.map(|choice| AttemptEvent::Resolved { choice }));
    events.push(AttemptEvent::Released { by: "陳先生".into(), reason: "the bank says no".into() });
    events.push(AttemptEvent::Vouched { by: "陳先生".into(), reason: "seen on the phone".into() });
    events.extend([None, Some(2)].map(|upto| AttemptEvent::AlarmsSeen { upto }));
    events.extend([AttemptEvent::Recovered, AttemptEvent::WatchEnded, AttemptEvent::LeftOpen, AttemptEvent::Resumed]);
    events.into_iter().map(attempt).collect()
}

fn refund_terms(of: Of, from: From, back: Back) -> RefundTerms {
    let number: RefundNumber = "T1-R000007".parse().expect("a number");
    RefundTerms {
        number: number.clone(),
        request: number,
        sale: self::number(),
        of,
        amount: Money::dollars(50),
        from,
        brought: Money::dollars(80),
        back,
        reason: "太甜".into(),
        asked_by: "amy".into(),
        approved_by: Some("陳先生".into()),
        requested: NOON,
    }
}

fn refunds() -> Vec<Event> {
    let item =
        Item {
            line: 1, name: "綠茶".into(), quantity: 2, sold: 3, amount: Money::dollars(50), tax: TaxKind::Taxable
        };
    let parts = Parts { taxable: Money::dollars(50), tax: Money::dollars(2), ..Parts::default() };
    let card = CardBack {
        trade_no: "2601051200001234".into(),
        merchant: "3002607".into(),
        whole_only: false,
        last4: Some("2222".into()),
    };
    let attempt = From::Attempt { attempt: attempt_number(), method: Method::Credit };
    let goods = Of::Goods { items: vec![item], parts };
    let look = CardLook {
        stage: CardStage::Captured,
        captured: Some(Money::dollars(80)),
        closings: vec![Closing { stage: CardStage::ToBeCaptured, amount: Money::dollars(-50) }],
    };
    let mut events = vec![
        RefundEvent::Requested { terms: refund_terms(goods.clone(), attempt.clone(), Back::Card { card }) },
        RefundEvent::Requested { terms: refund_terms(Of::Money, attempt, Back::Hand { way: HandWay::BackOffice }) },
        RefundEvent::Requested {
            terms: refund_terms(
                goods.clone(),
                From::Recorded { through: Outside::Voucher },
                Back::Hand { way: HandWay::BackOffice },
            ),
        },
        RefundEvent::Requested { terms: refund_terms(goods, From::Cash, Back::Hand { way: HandWay::Cash }) },
        RefundEvent::Asked,
        RefundEvent::Unanswered { why: NoAnswer::MaybeSent },
        RefundEvent::Found { look },
        RefundEvent::WentStale,
        RefundEvent::Settled,
        RefundEvent::Overdue,
        RefundEvent::Retried,
        RefundEvent::HandedBack { way: HandWay::BankTransfer, by: "amy".into(), approved_by: None },
        RefundEvent::Dropped { by: "amy".into() },
        RefundEvent::SlipMade { copy: 1 },
        RefundEvent::Denied { step: Step::Refund, code: "0".into(), message: "帳戶餘額不足".into() },
    ];
    let holds = [Held::DailyClosing, Held::UntilMorning, Held::UntilCaptured];
    events.extend(holds.map(|why| RefundEvent::Held { until: NOON, why }));
    for step in [Step::CancelCapture, Step::Abandon, Step::Refund] {
        events.extend([RefundEvent::Planned { step }, RefundEvent::Sent { step }, RefundEvent::NotSent { step }]);
        events.extend([RefundEvent::Accepted { step }, RefundEvent::Happened { step }]);
        events.extend([RefundEvent::NotHappened { step }, RefundEvent::Doubted { step, why: NoAnswer::MaybeSent }]);
    }
    let whys = [
        Refusal::Gateway { code: "10100050".into(), message: "餘額不足".into() },
        Refusal::NotFound,
        Refusal::Cancelled,
        Refusal::NotAuthorised,
        Refusal::NotCaptured,
        Refusal::WholeOnly,
        Refusal::TooMuch,
        Refusal::StrangeStage,
        Refusal::Unclear,
        Refusal::TooOften,
        Refusal::NotListed,
    ];
    events.extend(whys.map(|why| RefundEvent::Refused { why }));
    events.into_iter().map(|event| Event::Refund("T1-R000007".parse().expect("a number"), event)).collect()
}

fn others() -> Vec<Event> {
    let code = product().code;
    let alarm = |alarm| Event::Till(TillEvent::Alarm { alarm, count: 3 });
    vec![
        Event::Product(code.clone(), ProductEvent::Set { product: product() }),
        Event::Product(code, ProductEvent::Retired),
        Event::Gateway("3002607".into(), GatewayEvent::Refused),
        Event::Till(TillEvent::Started { version: "0.1.0".into(), profile: "training".into() }),
        alarm(TillAlarm::Forged),
        alarm(TillAlarm::OtherMerchant),
        alarm(TillAlarm::UnknownAttempt),
        Event::Till(TillEvent::AlarmsSeen),
    ]
}

fn lines() -> Vec<Line> {
    let mut cart = Cart::default();
    cart.add(&product(), 2).expect("a line");
    cart.lines().to_vec()
}

fn people() -> Vec<Event> {
    let id = || -> PersonId { "chen1".parse().expect("an id") };
    let pin = || -> PinHash { "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g".parse().expect("a PHC string") };
    let name = |name: &str| name.parse().expect("a name");
    let chen = || Named { person: Some(id()), name: "陳店長".into() };
    let approval = Approval {
        asked: Named { person: None, name: "收銀員".into() },
        approved: chen(),
        what: Act::OverrideUnknown,
        about: attempt_number().to_string(),
        reason: "seen on the phone".into(),
    };
    let mut events: Vec<Event> = [
        PersonEvent::Added { name: name("陳店長"), role: Role::Owner, pin: pin() },
        PersonEvent::Renamed { name: name("陳小姐") },
        PersonEvent::RoleChanged { role: Role::Supervisor },
        PersonEvent::RoleChanged { role: Role::Cashier },
        PersonEvent::PinChanged { pin: pin() },
        PersonEvent::Retired,
        PersonEvent::PinWrong,
        PersonEvent::PinRight,
        PersonEvent::WrongPinsSeen,
    ]
    .map(|event| Event::Person(id(), event))
    .to_vec();
    events.extend(
        [
            TillEvent::SignedIn { by: chen() },
            TillEvent::Approved { approval },
            TillEvent::DrawerOpened { by: chen(), reason: "change for the parking meter".into() },
            TillEvent::GoodsReturned { lines: lines(), totals: Totals::of(&lines()), reason: "defect".into() },
            TillEvent::Reconciled { reconciliation: Box::new(reconciliation()) },
            TillEvent::TaskTaken { task: "till/forged".into(), by: chen() },
            TillEvent::TaskLeft { task: "till/forged".into() },
            TillEvent::SettingsChanged {
                by: chen(),
                changes: vec![SettingChanged { name: "shop.name".into(), value: "巷口柑仔店".into() }],
            },
        ]
        .map(Event::Till),
    );
    events
}

fn days() -> Vec<Event> {
    let by = || Named { person: None, name: "amy".into() };
    let counted: CashCount = vec![(1000, 3), (50, 2), (1, 7)].try_into().expect("a count");
    let d = Money::dollars;
    let expected = d(3_100);
    let shifts = [
        ShiftEvent::Opened { by: by(), counted: counted.clone(), expected },
        ShiftEvent::Counted { by: by(), counted, expected, blind: true },
        ShiftEvent::Closed { by: by(), over: d(7), note: Some("found".into()), to_bank: d(107), next_float: d(3_000) },
        ShiftEvent::Closed { by: by(), over: d(0), note: None, to_bank: d(0), next_float: d(0) },
    ];
    let moves = CashWay::EVERY.map(|way| ShiftEvent::Moved { way, amount: d(50), reason: "coins".into(), by: by() });
    let mut events: Vec<Event> = shifts.into_iter().chain(moves).map(|event| Event::Shift(3, event)).collect();
    events.push(Event::Day(12, DayEvent::Closed { by: by(), figures: Box::new(figures()) }));
    events
}

/// Every field of a Z report that is not a plain number has something in it.
fn figures() -> Figures {
    let d = Money::dollars;
    let way =
        |way: &str| RefundFigure { way: way.into(), asked_count: 1, asked: d(20), settled_count: -1, settled: d(-20) };
    let drawer = DrawerFigures { at_start: d(3_000), sales: d(50), expected: d(3_050), ..DrawerFigures::default() };
    let end = ShiftEnd { at: NOON, by: "amy".into(), note: None, to_bank: d(49), next_float: d(3_000) };
    let shift = |number, end| ShiftFigures {
        number,
        opened_at: NOON,
        opened_by: "amy".into(),
        float: d(3_000),
        drawer,
        counts: 1,
        counted: Some(d(3_049)),
        over: Some(d(-1)),
        end,
    };
    Figures {
        from_seq: 1,
        to_seq: 42,
        head: "ab".repeat(32),
        first_closed_at: Some(NOON),
        last_closed_at: None,
        count: 1,
        items: 2,
        gross: d(50),
        discounts: d(0),
        net: d(50),
        taxable: d(50),
        zero_rated: d(0),
        exempt: d(0),
        tax: d(2),
        tenders: vec![TenderFigure { name: "cash".into(), count: 1, amount: d(50) }],
        change: d(50),
        refunded: till::cart::Totals { net: d(20), taxable: d(20), ..till::cart::Totals::default() },
        refunds: vec![way("cash")],
        money_refunds: vec![way("credit")],
        unapplied_count: 1,
        unapplied: d(30),
        unverified_count: 0,
        unverified: d(0),
        tallies: vec![Tally { name: "drawer_opened".into(), count: 2, amount: d(0) }],
        hours: vec![HourFigure { hour: 12, count: 1, net: d(50) }],
        open_attempts: vec![OpenAttempt {
            number: attempt_number(),
            sale: number(),
            amount: d(30),
            method: "credit".into(),
            phase: "presented".into(),
            live: true,
            created_at: NOON,
        }],
        part_paid: vec![PartPaid {
            number: number(),
            name: Some("Ms Wang".into()),
            net: d(70),
            paid: d(20),
            cash: d(20),
        }],
        drawer,
        shifts: vec![shift(3, Some(end)), shift(4, None)],
        ever: Ever { count: 1, net: d(50), refunded: d(20) },
    }
}

fn every_event() -> Vec<Event> {
    [sales(), attempts(), refunds(), others(), people(), days()].concat()
}

#[test]
fn the_stored_form_of_every_event_stays_as_it_is() {
    let mut text = String::new();
    for event in every_event() {
        let Stored { kind, kind_version, body } = encode(&event);
        writeln!(text, "{} {kind} {kind_version}\n  {body}", event.stream()).expect("a string grows");
    }
    insta::assert_snapshot!(text);
}

#[test]
fn every_kind_is_among_the_samples() {
    let made: BTreeSet<&str> = every_event().iter().map(|event| encode(event).kind).collect();
    let listed: BTreeSet<&str> = KINDS.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(made, listed);
    assert_eq!(KINDS.len(), listed.len(), "a kind is listed twice");
}

#[test]
fn every_event_reads_back_as_it_was() {
    for event in every_event() {
        let Stored { kind, kind_version, body } = encode(&event);
        assert_eq!(decode(&event.stream(), kind, kind_version, &body), Ok(event));
    }
}

#[test]
fn a_kind_or_version_nobody_knows_is_never_passed_over() {
    for (kind, version) in [("sale.teleported", 1), ("sale.voided", 2), ("sale.voided", 0), ("voided", 1), ("", 1)] {
        assert_eq!(decode("sale/T1-000042", kind, version, "{}"), Err(Unreadable::Unknown), "{kind} {version}");
    }
}

#[test]
fn a_body_or_stream_that_is_not_of_the_kind_is_refused() {
    let bad = [
        ("sale/T1-000042", "sale.paid", "{}"),
        ("sale/T1-000042", "sale.paid", "paid"),
        ("sale/T1-000042", "sale.paid", ""),
        ("sale/T1-000042", "sale.voided", "{"),
        ("sale/42", "sale.voided", "{}"),
        ("attempt/A1", "sale.voided", "{}"),
        ("till", "sale.voided", "{}"),
        ("nowhere", "sale.voided", "{}"),
    ];
    for (stream, kind, body) in bad {
        assert!(matches!(decode(stream, kind, 1, body), Err(Unreadable::Body(_))), "{stream} {kind} {body}");
    }
}

fn reconciliation() -> Reconciliation {
    let d = Money::dollars;
    let day = |text: &str| text.parse().expect("a day");
    let finding = |difference| Finding {
        difference,
        number: attempt_number().to_string(),
        sale: Some(number()),
        day: Some(day("2026-11-20")),
        trade_no: Some("2611201234561234".into()),
        ours: d(100),
        theirs: d(90),
    };
    let all = [Difference::Amount, Difference::TheirsOnly, Difference::OursOnly, Difference::Refund];
    let unknown = Finding { sale: None, day: None, trade_no: None, ..finding(Difference::NotInJournal) };
    Reconciliation {
        from: day("2026-11-20"),
        to: day("2026-11-21"),
        lines: 12,
        matched: 6,
        matched_amount: d(600),
        elsewhere: 1,
        findings: all.into_iter().map(finding).chain([unknown]).collect(),
        more: 0,
        by: Named { person: None, name: "陳小姐".into() },
    }
}
