//! A card refund of 200 out of 500 dollars, everything that can happen to it, and the way into each of its states.
#![allow(dead_code)]

use std::time::Duration;

use till::money::Money;
use till::payment::{Method, NoAnswer};
use till::refund::{
    Advice, Back, CardBack, CardLook, CardStage, Closing, From, HandWay, Held, Input, Item, Of, Pace, Parts, Refund,
    RefundEvent, RefundTerms, Refusal, SendAnswer, Step,
};
use till::tax::TaxKind;
use till::time::Timestamp;

pub(crate) const BROUGHT: i64 = 500;
pub(crate) const WANTED: i64 = 200;
const MADE: Timestamp = Timestamp::from_unix_ms(1_782_795_600_000);

pub(crate) fn at(seconds: u64) -> Timestamp {
    MADE.plus(Duration::from_secs(seconds))
}

pub(crate) fn pace() -> Pace {
    Pace::default()
}

pub(crate) fn terms(count: u64, amount: i64, back: Back) -> RefundTerms {
    let till = "T1".parse().expect("a till");
    let number = till::ids::RefundNumber::new(&till, count);
    let item = Item {
        line: 1,
        name: "tea".into(),
        quantity: 1,
        sold: 9,
        amount: Money::dollars(amount),
        tax: TaxKind::Taxable,
    };
    RefundTerms {
        number: number.clone(),
        request: number,
        sale: "T1-000001".parse().expect("a sale"),
        of: Of::Goods { items: vec![item], parts: Parts { taxable: Money::dollars(amount), ..Parts::default() } },
        amount: Money::dollars(amount),
        from: From::Attempt { attempt: "T1260630130000AAAAAA".parse().expect("a number"), method: Method::Credit },
        brought: Money::dollars(BROUGHT),
        back,
        reason: "too sweet".into(),
        asked_by: "amy".into(),
        approved_by: None,
        requested: MADE,
    }
}

pub(crate) fn to_card() -> Back {
    let card =
        CardBack { trade_no: "2606301300000001".into(), merchant: "3002607".into(), whole_only: false, last4: None };
    Back::Card { card }
}

pub(crate) fn look(stage: CardStage, lines: &[i64]) -> CardLook {
    let closing = |amount: &i64| Closing { stage: CardStage::Captured, amount: Money::dollars(*amount) };
    CardLook { stage, captured: Some(Money::dollars(BROUGHT)), closings: lines.iter().map(closing).collect() }
}

pub(crate) fn captured() -> CardLook {
    look(CardStage::Captured, &[BROUGHT])
}

pub(crate) fn given_back() -> CardLook {
    look(CardStage::Captured, &[BROUGHT, -WANTED])
}

/// The refund after these events, one second apart.
pub(crate) fn after(events: &[RefundEvent]) -> Refund {
    let mut refund = Refund::requested(&events[0]).expect("a first event");
    for (seconds, event) in (1..).zip(&events[1..]) {
        refund.apply(event, at(seconds));
    }
    refund
}

/// The way into every state, by events.
pub(crate) fn states() -> Vec<(&'static str, Vec<RefundEvent>)> {
    use RefundEvent::{
        Accepted, Asked, Denied, Doubted, Dropped, Found, Held as Waits, Overdue, Planned, Refused, Requested, Sent,
        Settled, Unanswered,
    };
    let by_card = || vec![Requested { terms: terms(1, WANTED, to_card()) }];
    let then = |more: Vec<RefundEvent>| [by_card(), vec![Asked], more].concat();
    let sent = |step, look: CardLook, more: Vec<RefundEvent>| {
        then([vec![Found { look }, Planned { step }, Sent { step }], more].concat())
    };
    let doubted = |step| Doubted { step, why: NoAnswer::MaybeSent };
    let held = look(CardStage::Authorised, &[]);
    let closed = look(CardStage::ToBeCaptured, &[BROUGHT]);
    vec![
        ("requested", by_card()),
        ("requested, unanswered", then(vec![Unanswered { why: NoAnswer::MaybeSent }])),
        ("waiting", then(vec![Found { look: captured() }, Waits { until: at(3_600), why: Held::DailyClosing }])),
        ("ready", then(vec![Found { look: captured() }, Planned { step: Step::Refund }])),
        ("sent", sent(Step::Refund, captured(), vec![])),
        ("unsure of a refund", sent(Step::Refund, captured(), vec![doubted(Step::Refund)])),
        (
            "denied, not looked into",
            sent(Step::Refund, captured(), vec![Denied { step: Step::Refund, code: "0".into(), message: "no".into() }]),
        ),
        ("unsure of letting go", sent(Step::Abandon, held.clone(), vec![doubted(Step::Abandon)])),
        (
            "unsure of taking back the capture",
            sent(Step::CancelCapture, closed.clone(), vec![doubted(Step::CancelCapture)]),
        ),
        ("capture taken back", sent(Step::CancelCapture, closed, vec![Accepted { step: Step::CancelCapture }])),
        ("on its way", sent(Step::Refund, captured(), vec![Accepted { step: Step::Refund }])),
        ("on its way, overdue", sent(Step::Refund, captured(), vec![Accepted { step: Step::Refund }, Overdue])),
        ("let go, not seen", sent(Step::Abandon, held, vec![Accepted { step: Step::Abandon }])),
        ("to hand over", vec![Requested { terms: terms(1, WANTED, Back::Hand { way: HandWay::Cash }) }]),
        ("refused", then(vec![Refused { why: Refusal::WholeOnly }])),
        ("done", sent(Step::Refund, captured(), vec![Accepted { step: Step::Refund }, Settled])),
        ("dropped", [by_card(), vec![Dropped { by: "amy".into() }]].concat()),
    ]
}

/// Everything that can happen to a refund.
pub(crate) fn inputs() -> Vec<(String, Input)> {
    let found = |what: &str, look: CardLook, advice: Advice, listed| {
        (format!("found {what}"), Input::Found { look, advice, listed })
    };
    let refuse = |why| Advice::Refuse(why);
    let wait = Advice::Wait { until: at(7_200), why: Held::UntilMorning };
    let mut all = vec![
        ("ask".to_owned(), Input::Ask),
        ("no answer".to_owned(), Input::NoAnswer(NoAnswer::MaybeSent)),
        found("captured", captured(), Advice::Send(Step::Refund), true),
        found("captured, lists not proven", captured(), Advice::Send(Step::Refund), false),
        found("captured, not now", captured(), wait, true),
        found("captured, refused", captured(), refuse(Refusal::WholeOnly), true),
        found("given back", given_back(), refuse(Refusal::TooMuch), true),
        found("another amount", look(CardStage::Captured, &[BROUGHT, -7]), Advice::Send(Step::Refund), true),
        found("authorised", look(CardStage::Authorised, &[]), Advice::Send(Step::Abandon), true),
        found("to be captured", look(CardStage::ToBeCaptured, &[BROUGHT]), Advice::Send(Step::CancelCapture), true),
        found("capture taken back", look(CardStage::CaptureCancelled, &[]), Advice::Send(Step::Abandon), true),
        found("cancelled", look(CardStage::Cancelled, &[]), refuse(Refusal::Cancelled), true),
        found("strange", look(CardStage::Strange, &[]), refuse(Refusal::StrangeStage), true),
        ("not found".to_owned(), Input::NotFound),
        ("send".to_owned(), Input::Send),
        ("accepted".to_owned(), Input::SendAnswer(SendAnswer::Accepted)),
        ("declined".to_owned(), Input::SendAnswer(SendAnswer::Declined { code: "0".into(), message: "no".into() })),
    ];
    for why in [NoAnswer::NotSent, NoAnswer::MaybeSent, NoAnswer::Refused, NoAnswer::Unreadable] {
        all.push((format!("sent, no answer: {why:?}"), Input::SendAnswer(SendAnswer::Nothing(why))));
    }
    all.extend([
        ("hand back".to_owned(), Input::HandBack { way: HandWay::Cash, by: "amy".into(), approved_by: None }),
        ("retry".to_owned(), Input::Retry),
        ("drop".to_owned(), Input::Drop { by: "amy".into() }),
        ("come back".to_owned(), Input::ComeBack),
    ]);
    // A new input stops here until it has a row above.
    for (_, input) in &all {
        match input {
            Input::Ask | Input::NoAnswer(_) | Input::Found { .. } | Input::NotFound | Input::Send => {}
            Input::SendAnswer(_) | Input::HandBack { .. } | Input::Retry | Input::Drop { .. } | Input::ComeBack => {}
        }
    }
    all
}
