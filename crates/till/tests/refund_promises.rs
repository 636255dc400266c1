//! Promises of a refund that hold whatever happens, in any order, any number of times. A failing seed names itself.

mod refunds;

use std::time::Duration;

use refunds::{BROUGHT, WANTED, after, captured, inputs, look, pace, terms, to_card};
use till::money::Money;
use till::payment::NoAnswer;
use till::refund::{
    Action, Advice, CardStage, HandWay, Input, Phase, Refund, RefundEvent, Refusal, SendAnswer, Step, decide, due,
};
use till::time::Timestamp;

const SEEDS: u64 = 3_000;
const STEPS: u64 = 60;

/// A gateway that keeps books, and loses messages both ways.
struct Gateway {
    captured: i64,
    given_back: Vec<i64>,
    /// Messages that were sent and have not arrived yet: when they do, and how much they give back.
    under_way: Vec<(Timestamp, i64)>,
}

impl Gateway {
    fn look(&self) -> till::refund::CardLook {
        let lines: Vec<i64> = std::iter::once(self.captured).chain(self.given_back.iter().map(|back| -back)).collect();
        look(CardStage::Captured, &lines)
    }

    fn give_back(&mut self, amount: i64) -> bool {
        let fits = self.given_back.iter().sum::<i64>() + amount <= self.captured;
        if fits {
            self.given_back.push(amount);
        }
        fits
    }

    fn arrive(&mut self, now: Timestamp) {
        let (here, later): (Vec<_>, Vec<_>) = self.under_way.drain(..).partition(|(at, _)| *at <= now);
        self.under_way = later;
        for (_, amount) in here {
            self.give_back(amount);
        }
    }
}

fn tell(refund: &mut Refund, input: &Input, now: Timestamp) -> Vec<RefundEvent> {
    let events = decide(refund, input, &pace(), now);
    for event in &events {
        refund.apply(event, now);
    }
    events
}

/// One refund against a gateway that loses what is sent, what is answered, or neither; with restarts. What was sent
/// arrives within the time the till is patient for.
fn run(seed: u64) -> (Refund, Gateway, u32) {
    let mut chance = Chance(seed);
    let mut refund = Refund::requested(&RefundEvent::Requested { terms: terms(1, WANTED, to_card()) }).expect("first");
    let mut gateway = Gateway { captured: BROUGHT, given_back: vec![], under_way: vec![] };
    let mut now = refund.terms.requested;
    let mut sends = 0;
    for _ in 0..STEPS * 3 {
        let Some((at, action)) = due(&refund, &pace()) else { break };
        now = now.max(at).plus(Duration::from_secs(chance.below(5)));
        gateway.arrive(now);
        match action {
            Action::Ask => {
                tell(&mut refund, &Input::Ask, now);
                if chance.below(4) == 0 {
                    tell(&mut refund, &Input::NoAnswer(NoAnswer::MaybeSent), now);
                } else {
                    let look = gateway.look();
                    tell(&mut refund, &Input::Found { look, advice: Advice::Send(Step::Refund), listed: true }, now);
                }
            }
            Action::Send => {
                let sent = tell(&mut refund, &Input::Send, now);
                if sent != [RefundEvent::Sent { step: Step::Refund }] {
                    continue;
                }
                sends += 1;
                let arrived = match chance.below(4) {
                    0 => None,
                    1 => {
                        let later = now.plus(Duration::from_secs(chance.below(pace().patience_s)));
                        gateway.under_way.push((later, WANTED));
                        None
                    }
                    _ => Some(gateway.give_back(WANTED)),
                };
                match (arrived, chance.below(4)) {
                    // A "no" that is not true, and one that is.
                    (_, 3) => {
                        let no = SendAnswer::Declined { code: "0".into(), message: "no".into() };
                        tell(&mut refund, &Input::SendAnswer(no), now);
                    }
                    (Some(true), 0) => {
                        tell(&mut refund, &Input::SendAnswer(SendAnswer::Accepted), now);
                    }
                    (_, 1) => {
                        tell(&mut refund, &Input::ComeBack, now);
                    }
                    _ => {
                        tell(&mut refund, &Input::SendAnswer(SendAnswer::Nothing(NoAnswer::MaybeSent)), now);
                    }
                }
            }
            Action::Doubt => {
                tell(&mut refund, &Input::SendAnswer(SendAnswer::Nothing(NoAnswer::MaybeSent)), now);
            }
        }
    }
    gateway.arrive(now.plus(Duration::from_secs(pace().patience_s)));
    (refund, gateway, sends)
}

#[test]
fn money_goes_back_once_however_often_messages_are_lost() {
    let (mut done, mut resent, mut refused) = (0, 0, 0);
    for seed in 0..SEEDS {
        let (refund, gateway, sends) = run(seed);
        assert!(gateway.given_back.len() <= 1, "seed {seed}: given back {:?}", gateway.given_back);
        match &refund.phase {
            Phase::Done { .. } => {
                assert_eq!(gateway.given_back, [WANTED], "seed {seed}: done, and nothing went back");
                done += 1;
            }
            Phase::Refused { why: Refusal::TooOften, .. } => {}
            Phase::Refused { why: Refusal::Gateway { .. }, .. } => refused += 1,
            phase => panic!("seed {seed}: no outcome: {phase:?}"),
        }
        resent += u32::from(sends > 1);
    }
    assert!(
        done > 1_500 && resent > 400 && refused > 300,
        "the seeds reach what they are to try: {done} done, {resent} sent again, {refused} refused"
    );
}

#[test]
fn nothing_is_sent_on_a_guess() {
    for seed in 0..SEEDS {
        let all = inputs();
        let mut chance = Chance(seed);
        let mut refund = after(&[RefundEvent::Requested { terms: terms(1, WANTED, to_card()) }]);
        let mut now = refund.terms.requested;
        // The last answer of the gateway since the last thing that was sent, and whether a step is in doubt.
        let mut answered = false;
        let mut doubtful = false;
        for _ in 0..STEPS {
            now = now.plus(Duration::from_secs(chance.below(900)));
            let (what, input) = &all[usize::try_from(chance.below(1 << 32)).expect("small") % all.len()];
            for event in tell(&mut refund, input, now) {
                match event {
                    RefundEvent::Found { .. } => answered = true,
                    RefundEvent::Sent { .. } => {
                        assert!(answered, "seed {seed}, {what}: sent without an answer since the last time");
                        assert!(!doubtful, "seed {seed}, {what}: sent again in doubt");
                        answered = false;
                        doubtful = true;
                    }
                    RefundEvent::Accepted { .. }
                    | RefundEvent::Happened { .. }
                    | RefundEvent::NotHappened { .. }
                    | RefundEvent::NotSent { .. } => doubtful = false,
                    // A person has looked, or the gateway has said no.
                    RefundEvent::Refused { .. } => doubtful = false,
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn every_refund_has_an_outcome_an_owner_or_a_time_to_ask_again() {
    for seed in 0..SEEDS {
        let all = inputs();
        let mut chance = Chance(seed);
        let mut refund = after(&[RefundEvent::Requested { terms: terms(1, WANTED, to_card()) }]);
        let mut now = refund.terms.requested;
        for _ in 0..STEPS {
            now = now.plus(Duration::from_secs(chance.below(90_000)));
            let (what, input) = &all[usize::try_from(chance.below(1 << 32)).expect("small") % all.len()];
            tell(&mut refund, input, now);
            let outcome = refund.at_rest();
            let owner = matches!(refund.phase, Phase::Refused { .. } | Phase::ToHandOver);
            let again = due(&refund, &pace()).is_some();
            assert!(outcome || owner || again, "seed {seed}, {what}: {:?}", refund.phase);
            assert!(!(owner && again), "seed {seed}, {what}: a person and the till both act: {:?}", refund.phase);
        }
    }
}

#[test]
fn what_a_person_pays_out_or_gives_up_never_goes_back_by_itself() {
    for seed in 0..SEEDS {
        let all = inputs();
        let mut chance = Chance(seed);
        let mut refund = after(&[RefundEvent::Requested { terms: terms(1, WANTED, to_card()) }]);
        let mut now = refund.terms.requested;
        let mut over = false;
        for _ in 0..STEPS {
            now = now.plus(Duration::from_secs(chance.below(900)));
            let (what, input) = &all[usize::try_from(chance.below(1 << 32)).expect("small") % all.len()];
            let in_doubt = matches!(refund.phase, Phase::Sent { .. } | Phase::Unsure { .. });
            for event in tell(&mut refund, input, now) {
                assert!(!over, "seed {seed}, {what}: {event:?} after it was over");
                if matches!(event, RefundEvent::HandedBack { .. } | RefundEvent::Dropped { .. }) {
                    assert!(!in_doubt, "seed {seed}, {what}: {event:?} while a step was in doubt");
                    over = true;
                }
            }
        }
    }
}

/// A list that never shows refunds proves nothing: a person decides, and the till does not send it again.
#[test]
fn a_list_that_has_never_shown_a_refund_is_no_proof() {
    let mut refund = after(&[RefundEvent::Requested { terms: terms(1, WANTED, to_card()) }]);
    let mut now = refund.terms.requested;
    let found = |listed| Input::Found { look: captured(), advice: Advice::Send(Step::Refund), listed };
    tell(&mut refund, &found(false), now);
    tell(&mut refund, &Input::Send, now);
    tell(&mut refund, &Input::SendAnswer(SendAnswer::Nothing(NoAnswer::MaybeSent)), now);
    now = now.plus(Duration::from_secs(660));
    tell(&mut refund, &found(false), now);
    assert!(matches!(refund.phase, Phase::Refused { why: Refusal::NotListed, .. }), "{:?}", refund.phase);
    assert!(refund.may_have_left() && !refund.may_be_dropped());
    let cash = Input::HandBack { way: HandWay::Cash, by: "amy".into(), approved_by: Some("陳先生".into()) };
    assert!(!tell(&mut refund, &cash, now).is_empty(), "a person who has looked can pay it out");
    assert_eq!(refund.terms.amount, Money::dollars(WANTED));
}

/// SplitMix64: small, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}
