//! The till in a thousand afternoons that nobody thought of: `src` makes each from a seed and holds the till to its
//! promises after every step.
//!
//! A failing seed prints itself and its last steps. `GUITAI_SEED=n` runs one and shows every step; once it is fixed it
//! moves to `tests/seeds/`, with the name of its cast. `make simulate SEEDS=n` explores (`GUITAI_SEEDS`, from
//! `GUITAI_SEED_BASE`; `GUITAI_CAST` for one cast alone).

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use simulation::{Afternoon, Cast, Ended, afternoon};

/// How many seeds every run of the tests takes.
const RANGE: u64 = 40;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text:?}")))
}

/// What all seeds so far came to.
#[derive(Clone, Copy, Default)]
struct Sum {
    seeds: u64,
    steps: u64,
    arrivals: u64,
    questions: u64,
    events: u64,
    sales: u64,
    refund_steps: u64,
    letters: u64,
}

impl Sum {
    fn add(&mut self, ended: &Ended) {
        self.seeds += 1;
        self.steps += ended.steps;
        self.arrivals += ended.arrivals;
        self.questions += ended.questions;
        self.events += ended.events;
        self.sales += u64::try_from(ended.sales).expect("few");
        self.refund_steps += ended.refund_steps;
        self.letters += u64::try_from(ended.letters).expect("few");
    }
}

/// The cast a seed is explored with, unless `GUITAI_CAST` names another.
fn cast(seed: u64) -> Cast {
    match std::env::var("GUITAI_CAST") {
        Ok(name) => Cast::named(&name).unwrap_or_else(|| panic!("no cast is called {name:?}")),
        Err(_) => Cast::of(seed),
    }
}

/// Runs seeds on all cores, prints what they came to, and fails with the first broken promises.
fn run(seeds: &[(u64, Cast)]) {
    let began = Instant::now();
    let next = AtomicUsize::new(0);
    let (sum, told_at) = (Mutex::new(Sum::default()), Mutex::new(began));
    let broken = Mutex::new(Vec::new());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        while broken.lock().expect("no panic in there").len() < 5 {
            let Some((seed, cast)) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
            // Proving a file reads all of it again: for some of every cast.
            match afternoon(*seed, Afternoon { cast: *cast, verify: seed / 4 % 8 == 0, loud: false }) {
                Ok(ended) => sum.lock().expect("no panic in there").add(&ended),
                Err(told) => {
                    eprintln!("{told}");
                    broken.lock().expect("no panic in there").push((*seed, told));
                }
            }
            let mut told_at = told_at.lock().expect("no panic in there");
            if told_at.elapsed() > Duration::from_secs(10) {
                *told_at = Instant::now();
                let Sum { seeds: done, steps, .. } = *sum.lock().expect("no panic in there");
                eprintln!("simulation: {done} of {} seeds, {steps} steps", seeds.len());
            }
        }
    };
    thread::scope(|scope| (0..cores).for_each(|_| drop(scope.spawn(work))));
    let took = began.elapsed();
    let broken = broken.into_inner().expect("no panic in there");
    let Sum { seeds: done, steps, arrivals, questions, events, sales, refund_steps, letters } =
        sum.into_inner().expect("no panic in there");
    let a_minute = |count: u64| u128::from(count) * 60_000 / took.as_millis().max(1);
    println!(
        "simulation: {done} seeds, {steps} steps, {arrivals} arrivals at the till; {questions} questions, {sales} sales, \
         {refund_steps} refund steps at the gateway, {letters} letters by relay, {events} events"
    );
    println!(
        "simulation: {:.1} s on {cores} cores: {} steps and {} arrivals a minute, {} seeds failed",
        took.as_secs_f64(),
        a_minute(steps),
        a_minute(arrivals),
        broken.len()
    );
    let failing: Vec<u64> = broken.iter().map(|(seed, _)| *seed).collect();
    assert!(broken.is_empty(), "failing seeds {failing:?}\n{}", broken[0].1);
}

#[test]
fn every_promise_holds_in_a_range_of_afternoons() {
    if let Some(seed) = number("GUITAI_SEED") {
        println!("seed {seed}");
        let ended = afternoon(seed, Afternoon { cast: cast(seed), verify: true, loud: true })
            .unwrap_or_else(|told| panic!("{told}"));
        println!("{ended:?}");
        return;
    }
    let base = number("GUITAI_SEED_BASE").unwrap_or(0);
    let seeds: Vec<(u64, Cast)> =
        (base..base + number("GUITAI_SEEDS").unwrap_or(RANGE)).map(|seed| (seed, cast(seed))).collect();
    run(&seeds);
}

/// Each file has seeds, one a line, with the cast where there is one, and says after a `#` what they once found.
#[test]
fn seeds_that_once_found_something_find_nothing_now() {
    let mut seeds = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds");
    for entry in folder.read_dir().expect("tests/seeds") {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("a file of seeds");
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
        seeds.extend(lines.filter(|line| !line.is_empty()).map(|line| {
            let (seed, cast) = line.split_once(' ').unwrap_or((line, Cast::Plain.name()));
            (seed.parse::<u64>().expect("a seed"), Cast::named(cast).expect("a cast"))
        }));
    }
    assert!(!seeds.is_empty(), "no seed is kept");
    run(&seeds);
}

#[test]
fn the_same_seed_writes_the_same_journal() {
    for seed in [3, 14, 15, 92] {
        let how = Afternoon { cast: Cast::of(seed), ..Afternoon::default() };
        let once = afternoon(seed, how).unwrap_or_else(|told| panic!("{told}"));
        let again = afternoon(seed, how).unwrap_or_else(|told| panic!("{told}"));
        assert_eq!(once, again, "seed {seed}");
    }
}
