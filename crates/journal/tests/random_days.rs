//! Days that nobody thought of, with shifts, counts and Z reports in them: every report is held against a recount of the
//! exported events that knows nothing of the read models.

mod shop;

use std::collections::BTreeMap;

use journal::verify;
use serde_json::Value;
use shop::{Afternoon, events, file, folder, number};
use till::day::{CashWay, DayEvent, ShiftEvent};
use till::event::Event;
use till::figures::Figures;
use till::money::Money;
use till::people::Named;

/// What the events of a range come to, added up by hand.
#[derive(Debug, Default, PartialEq, Eq)]
struct Recount {
    sales: u64,
    items: i64,
    net: i64,
    gross: i64,
    tax: i64,
    tenders: BTreeMap<String, (u64, i64)>,
    hours: BTreeMap<i64, (u64, i64)>,
    cash: i64,
    ins: i64,
    outs: i64,
    drops: i64,
    floats: i64,
    over: i64,
    banked: i64,
}

fn pieces(counted: &Value) -> i64 {
    counted.as_array().expect("pairs").iter().map(|pair| number(&pair[0]) * number(&pair[1])).sum()
}

fn recount(events: &[Value], from: u64, to: u64) -> Recount {
    let mut sum = Recount::default();
    for event in events.iter().filter(|event| (from..=to).contains(&event["seq"].as_u64().expect("a place"))) {
        let body = &event["body"];
        match event["kind"].as_str().expect("a kind") {
            "sale.closed" => {
                let net = number(&body["totals"]["net"]);
                sum.sales += 1;
                sum.items += number(&body["items"]);
                sum.net += net;
                sum.gross += number(&body["totals"]["gross"]);
                sum.tax += number(&body["totals"]["tax"]);
                // Taipei is eight hours ahead, and knows no summer time.
                let hour = (number(&event["at_ms"]) / 3_600_000 + 8).rem_euclid(24);
                let line = sum.hours.entry(hour).or_default();
                *line = (line.0 + 1, line.1 + net);
                for tender in body["tenders"].as_array().expect("tenders") {
                    let name = match tender["kind"].as_str().expect("a kind") {
                        "online" => tender["method"].as_str().expect("a method"),
                        other => other,
                    };
                    let line = sum.tenders.entry(name.to_owned()).or_default();
                    *line = (line.0 + 1, line.1 + number(&tender["amount"]));
                }
            }
            "sale.paid" if body["tender"]["kind"] == "cash" => sum.cash += number(&body["tender"]["amount"]),
            "shift.opened" => sum.floats += pieces(&body["counted"]) - number(&body["expected"]),
            "shift.moved" => {
                let amount = number(&body["amount"]);
                match body["way"].as_str().expect("a way") {
                    "in" => sum.ins += amount,
                    "out" => sum.outs += amount,
                    _ => sum.drops += amount,
                }
            }
            "shift.closed" => {
                sum.over += number(&body["over"]);
                sum.banked += number(&body["to_bank"]);
            }
            _ => {}
        }
    }
    sum
}

fn stated(figures: &Figures) -> Recount {
    let d = Money::as_dollars;
    Recount {
        sales: figures.count,
        items: i64::try_from(figures.items).expect("small"),
        net: d(figures.net),
        gross: d(figures.gross),
        tax: d(figures.tax),
        tenders: figures.tenders.iter().map(|line| (line.name.clone(), (line.count, d(line.amount)))).collect(),
        hours: figures.hours.iter().map(|line| (i64::from(line.hour), (line.count, d(line.net)))).collect(),
        cash: d(figures.drawer.sales),
        ins: d(figures.drawer.ins),
        outs: d(figures.drawer.outs),
        drops: d(figures.drawer.drops),
        floats: d(figures.drawer.floats),
        over: d(figures.drawer.over),
        banked: d(figures.drawer.banked),
    }
}

fn amy() -> Named {
    Named { person: None, name: "amy".into() }
}

/// One thing that happens to the drawer or the day.
fn at_the_drawer(day: &mut Afternoon) {
    let drawer = day.journal.drawer().expect("readable").as_dollars();
    let counted = |dollars: i64| {
        let dollars = u32::try_from(dollars.clamp(0, 99_000)).expect("not negative");
        vec![(1000, dollars / 1000), (1, dollars % 1000)].try_into().expect("a count")
    };
    let off = i64::try_from(day.chance.below(21)).expect("small") - 10;
    let Some(shift) = day.journal.open_shift().expect("readable") else {
        let number = day.journal.next_shift().expect("readable");
        let event = ShiftEvent::Opened { by: amy(), counted: counted(drawer + off), expected: Money::dollars(drawer) };
        return day.append(&[Event::Shift(number, event)]);
    };
    let event = match day.chance.below(5) {
        0..=1 => {
            let way = CashWay::EVERY[usize::try_from(day.chance.below(3)).expect("small")];
            let amount = Money::dollars(1 + i64::try_from(day.chance.below(500)).expect("small"));
            ShiftEvent::Moved { way, amount, reason: "coins".into(), by: amy() }
        }
        2 => ShiftEvent::Counted {
            by: amy(),
            counted: counted(drawer + off),
            expected: Money::dollars(drawer),
            blind: true,
        },
        _ => match shift.over {
            None => return,
            Some(over) => {
                let found = drawer + over.as_dollars();
                let next = found.min(3_000);
                ShiftEvent::Closed {
                    by: amy(),
                    over,
                    note: None,
                    to_bank: Money::dollars(found - next),
                    next_float: Money::dollars(next),
                }
            }
        },
    };
    day.append(&[Event::Shift(shift.number, event)]);
}

fn close(day: &mut Afternoon) -> Figures {
    let (figures, number) = (day.journal.x_figures().expect("readable"), day.journal.next_z().expect("readable"));
    let event = DayEvent::Closed { by: amy(), figures: Box::new(figures.clone()) };
    day.append(&[Event::Day(number, event)]);
    figures
}

#[test]
fn every_report_agrees_with_a_recount_of_the_events() {
    for seed in 1..=12 {
        let folder = folder();
        let path = file(&folder);
        let mut day = Afternoon::new(&path, seed);
        let mut closed = Vec::new();
        for _ in 0..300 {
            match day.chance.below(40) {
                0..=5 => at_the_drawer(&mut day),
                6 => closed.push(close(&mut day)),
                _ => day.step(),
            }
        }
        let running = day.journal.x_figures().expect("readable");
        let events = events(&day.journal);
        let mut next = 1;
        let mut ever = (0, 0);
        for figures in closed.iter().chain([&running]) {
            assert_eq!(figures.from_seq, next, "seed {seed}: ranges meet");
            assert_eq!(stated(figures), recount(&events, figures.from_seq, figures.to_seq), "seed {seed}");
            assert_eq!(figures.mismatches(), vec![], "seed {seed}");
            let head = &events[usize::try_from(figures.to_seq).expect("small") - 1]["hash"];
            assert_eq!(*head, figures.head, "seed {seed}: the report names the record it ends with");
            next = figures.to_seq + 1;
            ever = (ever.0 + figures.count, ever.1 + figures.net.as_dollars());
            assert_eq!((figures.ever.count, figures.ever.net.as_dollars()), ever, "seed {seed}");
        }
        let ends = closed.iter().chain([&running]).map(|figures| figures.drawer.expected);
        let starts = closed.iter().chain([&running]).map(|figures| figures.drawer.at_start).skip(1);
        assert!(ends.zip(starts).all(|(end, start)| end == start), "seed {seed}: a day begins as the last ended");
        drop(day);
        verify(&path).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    }
}
