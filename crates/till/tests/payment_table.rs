//! The table of a payment's life, as a snapshot: what every state makes of everything that can happen to it, and where
//! the money of a paid attempt goes. A new state, door or message shows every cell it adds.

mod shop;

use std::fmt::Write as _;

use shop::{DOORS, Happening, OWED, WHYS, at, inputs, intended, payment, rules, sale};
use till::event::Event;
use till::money::Money;
use till::payment::{Alarm, Attempt, AttemptEvent, Door, Input, NoAnswer, PaymentCode, Phase, Says, Unapplied, decide};
use till::sale::{SaleEvent, Tender};
use till::settle::settle;

/// The way into every state, by events: what cannot be reached is not in the table.
fn states() -> Vec<(&'static str, Vec<AttemptEvent>)> {
    use AttemptEvent::{Asked, Claimed, Confirmed, Contradicted, Learned, Opened, Paid, Presented, Unanswered};
    let opened = || vec![Presented, Opened];
    let then = |event: AttemptEvent| [opened(), vec![event]].concat();
    let learned = |says| then(Learned { door: Door::Notice, says });
    let paid = |door| then(Paid { door, payment: payment(300, false), late: false });
    let code = PaymentCode::Cvs { number: "LLL24112345678".into() };
    vec![
        ("created", vec![]),
        ("presented", vec![Presented]),
        ("opened", opened()),
        ("declined", learned(Says::Declined { code: "10100058".into() })),
        ("code issued", learned(Says::CodeIssued { code, deadline: Some(at(86_400)) })),
        ("claimed", then(Claimed { payment: payment(300, false) })),
        ("pending at bank", learned(Says::Pending)),
        ("unanswered, never opened", vec![Presented, Asked, Unanswered { why: NoAnswer::NotSent }]),
        ("unanswered, opened", [opened(), vec![Asked, Unanswered { why: NoAnswer::MaybeSent }]].concat()),
        ("contradicted", then(Contradicted { door: Door::Notice, claimed: Money::dollars(299), over: false })),
        ("paid, by notice alone", paid(Door::Notice)),
        ("paid, confirmed", [paid(Door::Notice), vec![Confirmed]].concat()),
    ]
}

/// The attempt after these events, one second apart.
fn after(events: &[AttemptEvent]) -> Attempt {
    let (mut attempt, _) = intended("T1260630130000AAAAAA");
    for (seconds, event) in (1..).zip(events) {
        attempt.apply(event, at(seconds));
    }
    attempt
}

/// The same attempt still offered, and given up for every reason.
fn standings(events: &[AttemptEvent]) -> Vec<(&'static str, Attempt)> {
    let withdrawn = |why| [events, &[AttemptEvent::Withdrawn { why }]].concat();
    let mut all = vec![("live", after(events))];
    all.extend(WHYS.map(|(name, why)| (name, after(&withdrawn(why)))));
    all
}

#[test]
fn every_input_has_an_answer_in_every_state() {
    let mut table = String::from(
        "What every state of an attempt over 300 dollars makes of every input: the events, and the phase they lead to.\n\
         \"-\" is nothing, \"!!\" an alarm. Messages without a door come to the same through all three. Where it matters\n\
         whether the counter still offers the attempt, each standing has a line.\n",
    );
    for (name, events) in states() {
        assert_eq!(phase(&after(&events).phase), name.split(',').next().expect("a name"), "the way into the state");
        writeln!(table, "\n== {name} ==").expect("text");
        let standings = standings(&events);
        let mut rows: Vec<Row> = Vec::new();
        for Happening { what, which, input } in inputs() {
            let row = |note: &str, real_money: bool, seconds| Row {
                what: format!("{what}{note}"),
                which: vec![which],
                answers: standings
                    .iter()
                    .map(|(standing, attempt)| (*standing, answer(attempt, &input, !real_money, seconds)))
                    .collect(),
            };
            rows.push(row("", false, 60));
            if what == "simulated 300" {
                rows.push(row(", real money", true, 60));
            }
            if what == "unpaid" && which == "query" {
                rows.push(row(", 11 days later", false, 11 * 86_400));
            }
        }
        rows.sort_by_key(|row| order_of(&row.what));
        rows.dedup_by(|later, earlier| {
            let same = later.what == earlier.what && later.answers == earlier.answers;
            if same {
                earlier.which.append(&mut later.which);
            }
            same
        });
        for row in rows {
            let which = if row.which.len() == DOORS.len() { String::new() } else { row.which.join(", ") };
            let label = if which.is_empty() { row.what } else { format!("{}: {which}", row.what) };
            grouped(&mut table, &label, row.answers);
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn the_money_of_a_paid_attempt_goes_to_its_sale_or_waits_for_a_person() {
    let mut table = String::from("Where 300 dollars go that an attempt has brought, by what its sale still wants.\n");
    let (open, _) = sale();
    let cash = |amount| Tender::Cash { amount, received: amount, change: Money::ZERO };
    let part = |dollars| {
        let mut sale = open.clone();
        open.pay(cash(Money::dollars(dollars)), false).iter().for_each(|event| sale.apply(event));
        sale
    };
    let mut dearer = open.clone();
    dearer.totals.net = Money::dollars(400);
    let mut voided = open.clone();
    voided.apply(&SaleEvent::Voided { reason: None });
    let sales = [
        ("no sale", None),
        ("open, 300 owed", Some(open.clone())),
        ("open, 400 owed", Some(dearer)),
        ("open, 200 owed", Some(part(100))),
        ("closed", Some(part(300))),
        ("voided", Some(voided)),
    ];
    for (sale_name, sale) in &sales {
        writeln!(table, "\n== {sale_name} ==").expect("text");
        let mut outcomes = Vec::new();
        for (standing, attempt) in standings(&[AttemptEvent::Presented, AttemptEvent::Opened]) {
            let paid = Input::Evidence(till::payment::Evidence {
                door: Door::Query,
                says: Says::Paid { payment: payment(300, false) },
            });
            let mut attempt = attempt;
            assert!(settle(sale.as_ref(), &attempt).is_empty(), "nothing is owed to anybody before it is paid");
            for event in decide(&attempt, &paid, &rules(true), at(60)) {
                attempt.apply(&event, at(60));
            }
            let events: Vec<String> = settle(sale.as_ref(), &attempt).iter().map(settled).collect();
            outcomes.push((standing, events.join(", ")));
        }
        grouped(&mut table, "", outcomes);
    }
    insta::assert_snapshot!(table);
}

/// One line of the table: several of a kind where they come to the same.
struct Row {
    what: String,
    which: Vec<&'static str>,
    answers: Vec<(&'static str, String)>,
}

/// Rows stand as inputs are listed; what a note was added to follows what it was added to.
fn order_of(what: &str) -> usize {
    let listed = inputs().iter().position(|known| what.starts_with(known.what)).expect("a known input");
    listed * 2 + usize::from(what.contains(','))
}

/// One line where every standing answers the same, else one for each answer.
fn grouped(table: &mut String, name: &str, outcomes: Vec<(&str, String)>) {
    let mut groups: Vec<(Vec<&str>, String)> = Vec::new();
    for (standing, outcome) in outcomes {
        match groups.iter_mut().find(|(_, known)| *known == outcome) {
            Some((standings, _)) => standings.push(standing),
            None => groups.push((vec![standing], outcome)),
        }
    }
    let alone = groups.len() == 1;
    for (at, (standings, outcome)) in groups.into_iter().enumerate() {
        let name = if at == 0 { name } else { "" };
        let standings = if alone { String::from("always") } else { standings.join(", ") };
        writeln!(table, "{}", format!("{name:54}{standings:43}{outcome}").trim_end()).expect("text");
    }
}

fn answer(attempt: &Attempt, input: &Input, accept_simulated: bool, seconds: u64) -> String {
    let mut after = attempt.clone();
    let events = decide(attempt, input, &rules(accept_simulated), at(seconds));
    for event in &events {
        after.apply(event, at(seconds));
    }
    let mut text = events.iter().map(word).collect::<Vec<_>>().join(", ");
    if events.is_empty() {
        text.push('-');
    }
    if after.phase != attempt.phase {
        write!(text, " -> {}", phase(&after.phase)).expect("text");
    }
    if after.alarms.len() > attempt.alarms.len() {
        let alarm = match after.alarms.last() {
            Some(Alarm::WrongAmount(amount)) => format!(" !! {amount} instead of {OWED}"),
            Some(Alarm::TestPayment) => " !! test payment".to_owned(),
            Some(Alarm::Denied) => " !! the gateway denies it".to_owned(),
            Some(Alarm::NeverConfirmed) => " !! the gateway never confirmed it".to_owned(),
            Some(Alarm::LeftOpen) => " !! nobody ever said how it ended".to_owned(),
            None => String::new(),
        };
        text.push_str(&alarm);
    }
    text
}

fn phase(phase: &Phase) -> &'static str {
    match phase {
        Phase::Created => "created",
        Phase::Presented => "presented",
        Phase::Opened => "opened",
        Phase::Declined { .. } => "declined",
        Phase::CodeIssued { .. } => "code issued",
        Phase::Claimed { .. } => "claimed",
        Phase::PendingAtBank => "pending at bank",
        Phase::Unanswered { .. } => "unanswered",
        Phase::Contradicted { .. } => "contradicted",
        Phase::Paid { .. } => "paid",
    }
}

fn word(event: &AttemptEvent) -> String {
    match event {
        AttemptEvent::Intended { .. } => "intended".into(),
        AttemptEvent::Presented => "presented".into(),
        AttemptEvent::Opened => "opened".into(),
        AttemptEvent::Asked => "asked".into(),
        AttemptEvent::Unanswered { .. } => "unanswered".into(),
        AttemptEvent::Learned { .. } => "learned".into(),
        AttemptEvent::Claimed { .. } => "claimed".into(),
        AttemptEvent::Paid { late: false, .. } => "paid".into(),
        AttemptEvent::Paid { late: true, .. } => "paid late".into(),
        AttemptEvent::Confirmed => "confirmed".into(),
        AttemptEvent::Contradicted { over, .. } => format!("contradicted ({})", if *over { "over" } else { "under" }),
        AttemptEvent::TestPaid => "test paid".into(),
        AttemptEvent::Doubted => "doubted".into(),
        AttemptEvent::Withdrawn { .. } => "withdrawn".into(),
        AttemptEvent::Applied { .. } => "counts toward its sale".into(),
        AttemptEvent::Unapplied { why: Unapplied::Late } => "waits for a person: late".into(),
        AttemptEvent::Unapplied { why: Unapplied::Second } => "waits for a person: second".into(),
        AttemptEvent::Resolved { .. } => "resolved".into(),
        AttemptEvent::Released { .. } => "released".into(),
        AttemptEvent::Vouched { .. } => "vouched for".into(),
        AttemptEvent::AlarmsSeen { .. } => "alarms seen".into(),
        AttemptEvent::Recovered => "recovered".into(),
        AttemptEvent::WatchEnded => "watch ended".into(),
        AttemptEvent::LeftOpen => "left open".into(),
        AttemptEvent::Resumed => "resumed".into(),
    }
}

fn settled(event: &Event) -> String {
    match event {
        Event::Attempt(_, event) => word(event),
        Event::Sale(_, SaleEvent::Paid { tender }) => format!("sale paid {}", tender.amount()),
        Event::Sale(_, SaleEvent::Closed { .. }) => "sale closed".into(),
        other => format!("{other:?}"),
    }
}
