//! Weeks that nobody thought of: what the days, weeks and months of them come to is held against a recount of the exported
//! events that knows nothing of the read models, and against the reports of the days as they were closed.

mod shop;

use std::collections::{BTreeMap, BTreeSet};

use journal::verify;
use serde_json::Value;
use shop::{Afternoon, events, file, folder, number};
use till::day::DayEvent;
use till::event::{Event, TillEvent};
use till::people::Named;
use till::range::{Grain, OnlineFigure, Outcome, RangeFigures};
use till::time::{Day, Timestamp};

/// How many, how many pieces, how much.
type Line = (u64, i64, i64);

/// What the events of some days come to, added up by hand.
#[derive(Debug, Default, PartialEq, Eq)]
struct Recount {
    all: Line,
    discounts: i64,
    days: BTreeMap<String, Line>,
    hours: BTreeMap<i64, (u64, i64)>,
    tenders: BTreeMap<String, (u64, i64)>,
    operators: BTreeMap<String, Line>,
    products: BTreeMap<String, Line>,
    voided: BTreeMap<String, (u64, i64)>,
    outcomes: BTreeMap<(String, &'static str), (u64, i64)>,
    drawer_opened: u64,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("a text, not {value}")).to_owned()
}

fn add(line: &mut Line, pieces: i64, amount: i64) {
    *line = (line.0 + 1, line.1 + pieces, line.2 + amount);
}

fn add_two(line: &mut (u64, i64), amount: i64) {
    *line = (line.0 + 1, line.1 + amount);
}

fn recount(events: &[Value], from: Day, to: Day) -> Recount {
    let mut sum = Recount::default();
    let (mut lines, mut terms, mut paid) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for event in events {
        let (body, stream) = (&event["body"], text(&event["stream"]));
        let kind = text(&event["kind"]);
        match kind.as_str() {
            "sale.opened" | "sale.revised" => drop(lines.insert(stream.clone(), body.clone())),
            "attempt.intended" => drop(terms.insert(stream.clone(), body["terms"].clone())),
            "attempt.paid" => drop(paid.insert(stream.clone(), body["payment"].clone())),
            _ => {}
        }
        let at = Timestamp::from_unix_ms(number(&event["at_ms"]));
        if !(from..=to).contains(&Day::from(at)) {
            continue;
        }
        let who = text(&event["operator"]);
        match kind.as_str() {
            "sale.closed" => {
                let (items, net) = (number(&body["items"]), number(&body["totals"]["net"]));
                sum.discounts += number(&body["totals"]["discounts"]);
                add(&mut sum.all, items, net);
                add(sum.days.entry(Day::from(at).to_string()).or_default(), items, net);
                add(sum.operators.entry(who).or_default(), items, net);
                // Taipei is eight hours ahead, and knows no summer time.
                let hour = (at.unix_ms() / 3_600_000 + 8).rem_euclid(24);
                add_two(sum.hours.entry(hour).or_default(), net);
                for tender in body["tenders"].as_array().expect("tenders") {
                    let name = match tender["kind"].as_str().expect("a kind") {
                        "online" => tender["method"].as_str().expect("a method"),
                        other => other,
                    };
                    add_two(sum.tenders.entry(name.to_owned()).or_default(), number(&tender["amount"]));
                }
                for line in lines[&stream]["lines"].as_array().expect("lines") {
                    let pieces = number(&line["quantity"]);
                    let off = ["off", "share"].map(|part| line[part].as_i64().unwrap_or(0)).iter().sum::<i64>();
                    let amount = number(&line["unit_price"]) * pieces - off;
                    add(sum.products.entry(text(&line["code"])).or_default(), pieces, amount);
                }
            }
            "sale.voided" => {
                let net = number(&lines[&stream]["totals"]["net"]);
                add_two(sum.voided.entry(who).or_default(), net);
            }
            "till.drawer_opened" => sum.drawer_opened += 1,
            "attempt.paid" | "attempt.unapplied" | "attempt.withdrawn" => {
                let of = match (kind.as_str(), body["why"].as_str()) {
                    ("attempt.paid", _) => "paid",
                    ("attempt.unapplied", Some("second")) => "over",
                    ("attempt.withdrawn", Some("expired")) => "expired",
                    _ => continue,
                };
                let what = paid.get(&stream).unwrap_or(&terms[&stream]);
                let line = (text(&what["method"]), number(&what["amount"]));
                add_two(sum.outcomes.entry((line.0.clone(), of)).or_default(), line.1);
                if body["late"] == true {
                    add_two(sum.outcomes.entry((line.0, "late")).or_default(), line.1);
                }
            }
            _ => {}
        }
    }
    sum
}

fn stated(figures: &RangeFigures) -> Recount {
    let line = |takings: &till::range::Takings| {
        (takings.count, i64::try_from(takings.items).expect("small"), takings.totals.net.as_dollars())
    };
    let two = |lines: &[till::figures::TenderFigure]| {
        lines.iter().map(|line| (line.name.clone(), (line.count, line.amount.as_dollars()))).collect()
    };
    let outcomes = |each: &OnlineFigure| {
        let Outcome { .. } = each.paid;
        [("paid", each.paid), ("late", each.late), ("over", each.over), ("expired", each.expired)]
            .into_iter()
            .filter(|(_, outcome)| outcome.count > 0)
            .map(|(of, outcome)| ((each.method.clone(), of), (outcome.count, outcome.amount.as_dollars())))
            .collect::<Vec<_>>()
    };
    Recount {
        all: line(&figures.takings),
        discounts: figures.takings.totals.discounts.as_dollars(),
        days: figures.days.iter().map(|day| (day.day.to_string(), line(&day.takings))).collect(),
        hours: figures.hours.iter().map(|hour| (i64::from(hour.hour), (hour.count, hour.net.as_dollars()))).collect(),
        tenders: two(&figures.tenders),
        operators: figures.operators.iter().map(|each| (each.name.clone(), line(&each.takings))).collect(),
        products: figures.products.iter().map(|each| (each.code.clone(), line(&each.takings))).collect(),
        voided: two(&figures.voided),
        outcomes: figures.online.iter().flat_map(outcomes).collect(),
        drawer_opened: figures
            .tallies
            .iter()
            .find(|tally| tally.name == "drawer_opened")
            .map_or(0, |tally| tally.count),
    }
}

fn amy() -> Named {
    Named { person: None, name: "amy".into() }
}

fn close(day: &mut Afternoon) -> till::figures::Figures {
    let (figures, number) = (day.journal.x_figures().expect("readable"), day.journal.next_z().expect("readable"));
    day.append(&[Event::Day(number, DayEvent::Closed { by: amy(), figures: Box::new(figures.clone()) })]);
    figures
}

#[test]
fn days_weeks_and_months_agree_with_a_recount_of_the_events() {
    for seed in 1..=10 {
        let folder = folder();
        let path = file(&folder);
        let mut day = Afternoon::new(&path, 7_000 + seed);
        let mut closed = Vec::new();
        for _ in 0..320 {
            match day.chance.below(40) {
                // On to some other time of the day, or the next days; a Z comes whenever somebody thinks of it.
                0..=3 => day.clock += i64::try_from(day.chance.below(60)).expect("small") * 3_600_000,
                4 => closed.push(close(&mut day)),
                5 => day.append(&[Event::Till(TillEvent::DrawerOpened { by: amy(), reason: "coins".into() })]),
                _ => day.step(),
            }
        }
        let events = events(&day.journal);
        let days: BTreeSet<Day> =
            events.iter().map(|event| Day::from(Timestamp::from_unix_ms(number(&event["at_ms"])))).collect();
        let (first, last) = (*days.first().expect("a day"), *days.last().expect("a day"));
        assert!(days.len() > 14, "seed {seed}: {} days", days.len());

        let range = |from, to| day.journal.range_figures(from, to).expect("readable");
        let all = range(first, last);
        let mut ranges = vec![(first, last), (first, first), (last, last)];
        for _ in 0..8 {
            let mut pick =
                || Day::numbered(first.number() + i64::try_from(day.chance.below(60)).expect("small")).expect("a day");
            let (a, b) = (pick(), pick());
            ranges.push((a.min(b), a.max(b)));
        }
        for (from, to) in ranges {
            let figures = range(from, to);
            assert_eq!(stated(&figures), recount(&events, from, to), "seed {seed}: {from} to {to}");
            assert_eq!(figures.mismatches(), [], "seed {seed}: {from} to {to}");
        }
        // A month is its days, and every week is its own report.
        for grain in [Grain::Week, Grain::Month] {
            for group in all.by(grain) {
                let next = |day: Day| match grain {
                    Grain::Month => Day::numbered(day.number() + 31).expect("a day").first_of_month(),
                    Grain::Day | Grain::Week => Day::numbered(day.number() + 7).expect("a day"),
                };
                let end = Day::numbered(next(group.day).number() - 1).expect("a day");
                assert_eq!(range(group.day, end).takings, group.takings, "seed {seed}: {grain:?} of {}", group.day);
            }
        }
        // What the days were closed with, and what runs, is what the calendar says: the same sales, cut in two ways.
        let running = day.journal.x_figures().expect("readable");
        let closed = closed.iter().chain([&running]);
        let sum = closed.fold((0, 0), |sum, z| (sum.0 + z.count, sum.1 + z.net.as_dollars()));
        assert_eq!((all.takings.count, all.takings.totals.net.as_dollars()), sum, "seed {seed}");
        drop(day);
        verify(&path).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    }
}
