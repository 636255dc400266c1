//! Promises that hold whatever happens, in any order, any number of times. A failing seed names itself.

mod shop;

use std::time::Duration;

use shop::{Happening, MADE, OWED, inputs, intended, payment, rules, sale};
use till::event::Event;
use till::payment::{Action, Attempt, AttemptEvent, Door, Evidence, Funds, Input, NoAnswer, Rules, Says, decide, due};
use till::sale::{Sale, SaleEvent, SalePhase};
use till::settle;
use till::time::Timestamp;

const SEEDS: u64 = 3_000;
const STEPS: u64 = 60;

/// A sale, two attempts for it and everything on record, as a register keeps them.
struct Counter {
    sale: Sale,
    attempts: [Attempt; 2],
    record: Vec<(Timestamp, Event)>,
    rules: Rules,
    now: Timestamp,
}

impl Counter {
    fn open(accept_simulated: bool) -> Self {
        let (sale, opened) = sale();
        let (first, made) = intended("T1260630130000AAAAAA");
        let (second, also_made) = intended("T1260630130000BBBBBB");
        let record = vec![
            (MADE, Event::Sale(sale.number.clone(), opened)),
            (MADE, Event::Attempt(first.terms.number.clone(), made)),
            (MADE, Event::Attempt(second.terms.number.clone(), also_made)),
        ];
        Self { sale, attempts: [first, second], record, rules: rules(accept_simulated), now: MADE }
    }

    fn write(&mut self, events: Vec<Event>) {
        for event in events {
            match &event {
                Event::Sale(_, event) => self.sale.apply(event),
                Event::Attempt(number, event) => {
                    let attempt = self.attempts.iter_mut().find(|attempt| attempt.terms.number == *number);
                    attempt.expect("one of the two").apply(event, self.now);
                }
                other => panic!("no business of a payment: {other:?}"),
            }
            self.record.push((self.now, event));
        }
    }

    /// What a register does with one input: decide, then settle what was decided.
    fn tell(&mut self, which: usize, input: &Input) {
        let attempt = &self.attempts[which];
        let number = attempt.terms.number.clone();
        let decided = decide(attempt, input, &self.rules, self.now);
        self.write(decided.into_iter().map(|event| Event::Attempt(number.clone(), event)).collect());
        let settled = settle::settle(Some(&self.sale), &self.attempts[which]);
        self.write(settled);
    }

    fn cash(&mut self) {
        if let Ok(events) = self.sale.pay_cash(OWED) {
            let number = self.sale.number.clone();
            self.write(events.into_iter().map(|event| Event::Sale(number.clone(), event)).collect());
        }
    }

    fn accept(&mut self, which: usize) {
        if let Some(events) = settle::accept(&self.sale, &self.attempts[which]) {
            self.write(events);
        }
    }

    fn count(&self, is: impl Fn(&Event) -> bool) -> usize {
        self.record.iter().filter(|(_, event)| is(event)).count()
    }
}

/// Steps of one seed: mostly messages, now and then cash, a person's choice, or time.
fn run(seed: u64, mut after_each: impl FnMut(&Counter, &Counter)) -> Counter {
    let all = inputs();
    let mut chance = Chance(seed);
    let mut counter = Counter::open(seed.is_multiple_of(2));
    for _ in 0..STEPS {
        let before = Counter {
            sale: counter.sale.clone(),
            attempts: counter.attempts.clone(),
            record: vec![],
            rules: counter.rules.clone(),
            now: counter.now,
        };
        counter.now = counter.now.plus(Duration::from_secs(chance.below(7_200)));
        let which = usize::try_from(chance.below(2)).expect("0 or 1");
        match chance.below(20) {
            0 => counter.cash(),
            1 | 2 => counter.accept(which),
            _ => {
                let happening = &all[usize::try_from(chance.below(1 << 32)).expect("small") % all.len()];
                counter.tell(which, &happening.input);
            }
        }
        after_each(&before, &counter);
    }
    counter
}

#[test]
fn paid_is_never_left_and_neither_amount_nor_way_of_it_changes() {
    for seed in 0..SEEDS {
        run(seed, |before, after| {
            for (old, new) in before.attempts.iter().zip(&after.attempts) {
                if let Some(payment) = old.payment() {
                    assert_eq!(new.payment(), Some(payment), "seed {seed}");
                    assert_eq!(payment.amount, OWED, "seed {seed}");
                }
            }
        });
    }
}

#[test]
fn no_money_counts_twice_and_none_is_forgotten() {
    let mut closed = 0;
    let mut waiting = 0;
    for seed in 0..SEEDS {
        let counter = run(seed, |_, after| {
            assert!(after.sale.paid() <= after.sale.totals.net, "seed {seed}: more was taken than was owed");
            assert_eq!(after.sale.phase == SalePhase::Closed, after.sale.due().is_zero(), "seed {seed}");
            for attempt in &after.attempts {
                assert_eq!(attempt.is_paid(), attempt.funds != Funds::None, "seed {seed}: money without a place");
            }
        });
        for attempt in &counter.attempts {
            let number = &attempt.terms.number;
            let applied = counter
                .count(|event| matches!(event, Event::Attempt(of, AttemptEvent::Applied { .. }) if of == number));
            assert!(applied <= 1, "seed {seed}: {number} counts {applied} times");
        }
        let closes = counter.count(|event| matches!(event, Event::Sale(_, SaleEvent::Closed { .. })));
        assert!(closes <= 1, "seed {seed}: closed {closes} times");
        closed += closes;
        waiting += counter.attempts.iter().filter(|attempt| matches!(attempt.funds, Funds::Unapplied(_))).count();
    }
    assert!(closed > 1_000 && waiting > 1_000, "the seeds reach what they are to try: {closed} closed, {waiting} late");
}

#[test]
fn only_the_gateways_own_word_about_real_money_is_a_payment() {
    let (mut claims, mut tests) = (0, 0);
    for seed in 0..SEEDS {
        let counter = run(seed, |_, _| {});
        for (_, event) in &counter.record {
            match event {
                Event::Attempt(_, AttemptEvent::Paid { door, payment, .. }) => {
                    assert_ne!(*door, Door::Browser, "seed {seed}: the payer's browser was believed");
                    let counts = !payment.simulated || counter.rules.accept_simulated;
                    assert!(counts, "seed {seed}: a simulated payment counts as a real one");
                }
                Event::Attempt(_, AttemptEvent::Claimed { .. }) => claims += 1,
                Event::Attempt(_, AttemptEvent::TestPaid) => tests += 1,
                _ => {}
            }
        }
    }
    assert!(claims > 1_000 && tests > 1_000, "the seeds reach what they are to try: {claims} claims, {tests} tests");
}

#[test]
fn replaying_what_is_on_record_gives_the_same_state() {
    for seed in 0..SEEDS {
        let counter = run(seed, |_, _| {});
        let (mut replayed, _) = sale();
        let mut attempts = [intended("T1260630130000AAAAAA").0, intended("T1260630130000BBBBBB").0];
        for (at, event) in counter.record.iter().skip(3) {
            match event {
                Event::Sale(_, event) => replayed.apply(event),
                Event::Attempt(number, event) => {
                    let attempt = attempts.iter_mut().find(|attempt| attempt.terms.number == *number);
                    attempt.expect("one of the two").apply(event, *at);
                }
                other => panic!("no business of a payment: {other:?}"),
            }
        }
        assert_eq!((replayed, attempts), (counter.sale, counter.attempts), "seed {seed}");
    }
}

#[test]
fn a_signed_claim_of_money_is_never_undone_by_an_older_message() {
    let claimed = Input::Evidence(Evidence { door: Door::Browser, says: paid(300) });
    let contradicted = Input::Evidence(Evidence { door: Door::Notice, says: paid(299) });
    for signed in [claimed, contradicted] {
        for Happening { what, which, input } in inputs() {
            let Input::Evidence(Evidence { door: Door::Notice | Door::Browser, .. }) = &input else { continue };
            let mut counter = Counter::open(true);
            counter.tell(0, &Input::PageUp);
            counter.tell(0, &Input::PageOpened);
            counter.tell(0, &signed);
            counter.tell(0, &input);
            let attempt = &counter.attempts[0];
            assert!(attempt.is_unknown() || attempt.is_paid(), "{what} by {which}: {:?}", attempt.phase);
        }
    }
}

#[test]
fn a_repeated_message_changes_nothing_the_second_time() {
    for seed in 0..SEEDS / 10 {
        let mut counter = run(seed, |_, _| {});
        for Happening { what, which, input } in inputs() {
            let Input::Evidence(Evidence { door: Door::Notice | Door::Browser, .. }) = &input else { continue };
            counter.tell(0, &input);
            let once = counter.record.len();
            counter.tell(0, &input);
            let again: Vec<_> = counter.record[once..].iter().map(|(_, event)| event).collect();
            let harmless = again
                .iter()
                .all(|event| matches!(event, Event::Attempt(_, AttemptEvent::Learned { says, .. }) if !moves(says)));
            assert!(harmless, "seed {seed}, {what} by {which}: {again:?}");
        }
    }
}

#[test]
fn what_is_due_gets_done_and_a_silent_gateway_is_not_asked_without_end() {
    let a_week = MADE.plus(Duration::from_secs(7 * 86_400));
    for seed in 0..SEEDS / 10 {
        let mut counter = run(seed, |_, _| {});
        counter.now = counter.now.max(MADE);
        let started = counter.now;
        for which in 0..2 {
            let mut asked = 0_u32;
            counter.now = started;
            while let Some((at, action)) = due(&counter.attempts[which], &counter.rules) {
                counter.now = counter.now.max(at);
                if counter.now > a_week.plus(started.since(MADE)) {
                    break;
                }
                let before = counter.record.len();
                match action {
                    Action::Present => counter.tell(which, &Input::PageUp),
                    Action::Expire => counter.tell(which, &Input::Withdraw(till::payment::Why::Expired)),
                    Action::Ask => {
                        asked += 1;
                        counter.tell(which, &Input::Ask);
                        counter.tell(which, &Input::NoAnswer(NoAnswer::MaybeSent));
                    }
                }
                assert!(counter.record.len() > before, "seed {seed}: {action:?} is due and does nothing");
                assert!(asked < 200, "seed {seed}: asked {asked} times in a week");
            }
        }
    }
}

fn paid(dollars: i64) -> Says {
    Says::Paid { payment: payment(dollars, false) }
}

fn moves(says: &Says) -> bool {
    matches!(says, Says::Paid { .. })
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
