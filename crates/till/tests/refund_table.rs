//! The table of a refund's life, as a snapshot: what every state makes of everything that can happen to it.

mod refunds;

use std::fmt::Write as _;

use refunds::{after, at, inputs, pace, states};
use till::refund::{Action, Phase, Refund, RefundEvent, decide, due};

#[test]
fn every_input_has_an_answer_in_every_state() {
    let mut table = String::from(
        "What every state of a refund of 200 out of 500 dollars makes of every input: the events, and the phase they lead\n\
         to. \"-\" is nothing. Then what it wants by itself, seconds after it was asked for.\n",
    );
    for (name, events) in states() {
        let refund = after(&events);
        writeln!(table, "\n== {name} ==").expect("text");
        for (what, input) in inputs() {
            for (when, seconds) in [("", 300_u64), (", 20 minutes later", 1_500)] {
                let answer = answer(&refund, &input, seconds);
                if when.is_empty() || answer != self::answer(&refund, &input, 300) {
                    writeln!(table, "{}", format!("{:48}{answer}", format!("{what}{when}")).trim_end()).expect("text");
                }
            }
        }
        let wants = due(&refund, &pace()).map_or_else(
            || "nothing".to_owned(),
            |(moment, action)| {
                let action = match action {
                    Action::Ask => "ask",
                    Action::Send => "send",
                    Action::Doubt => "doubt",
                };
                format!("{action} at {}", moment.since(at(0)).as_secs())
            },
        );
        writeln!(table, "wants: {wants}").expect("text");
    }
    insta::assert_snapshot!(table);
}

fn answer(refund: &Refund, input: &till::refund::Input, seconds: u64) -> String {
    let mut after = refund.clone();
    let events = decide(refund, input, &pace(), at(seconds));
    for event in &events {
        after.apply(event, at(seconds));
    }
    let mut text = events.iter().map(word).collect::<Vec<_>>().join(", ");
    if events.is_empty() {
        text.push('-');
    }
    if after.phase != refund.phase {
        write!(text, " -> {}", phase(&after.phase)).expect("text");
    }
    text
}

fn word(event: &RefundEvent) -> String {
    let text = format!("{event:?}");
    let name = text.split([' ', '{', '(']).next().expect("a name").to_owned();
    match event {
        RefundEvent::Planned { step } | RefundEvent::Sent { step } => format!("{name} {step:?}"),
        RefundEvent::Refused { why } => {
            let why = format!("{why:?}");
            format!("{name} {}", why.split(' ').next().expect("a name"))
        }
        _ => name,
    }
}

fn phase(phase: &Phase) -> String {
    let text = format!("{phase:?}");
    text.split([' ', '{']).next().expect("a name").to_owned()
}
