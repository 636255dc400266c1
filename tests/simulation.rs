//! The till in a thousand afternoons that nobody thought of: `src/simulation` makes each from a seed and holds the till to
//! its promises after every step.
//!
//! A failing seed prints itself and its last steps. `GUITAI_SEED=n` runs one and shows every step; once it is fixed it
//! moves to `seeds/`. `make simulate SEEDS=n` explores (`GUITAI_SEEDS`, from `GUITAI_SEED_BASE`).

#[path = "src/simulation/mod.rs"]
mod simulation;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use simulation::{Afternoon, afternoon};

/// How many seeds every run of the tests takes.
const RANGE: u64 = 40;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text:?}")))
}

/// Runs seeds on all cores, prints what they came to, and fails with the first broken promises.
fn run(seeds: &[u64]) {
    let began = Instant::now();
    let (next, steps, questions, events) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut broken = Vec::new();
        loop {
            let at = usize::try_from(next.fetch_add(1, Ordering::Relaxed)).expect("few");
            let Some(seed) = seeds.get(at) else { return broken };
            // Proving a file reads all of it again: for some.
            match afternoon(*seed, Afternoon { verify: seed % 8 == 0, loud: false }) {
                Ok(ended) => {
                    steps.fetch_add(ended.steps, Ordering::Relaxed);
                    questions.fetch_add(ended.questions, Ordering::Relaxed);
                    events.fetch_add(ended.events, Ordering::Relaxed);
                }
                Err(told) => {
                    eprintln!("{told}");
                    broken.push((*seed, told));
                    if broken.len() > 4 {
                        next.store(u64::MAX / 2, Ordering::Relaxed);
                    }
                }
            }
        }
    };
    let broken: Vec<(u64, String)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a seed that panics has broken a promise")).collect()
    });
    let took = began.elapsed();
    let steps = steps.into_inner();
    let a_minute = u128::from(steps) * 60_000 / took.as_millis().max(1);
    println!(
        "simulation: {} seeds, {steps} steps, {} questions, {} events in {:.1} s: {a_minute} steps a minute, {} seeds failed",
        seeds.len(),
        questions.into_inner(),
        events.into_inner(),
        took.as_secs_f64(),
        broken.len()
    );
    let seeds: Vec<u64> = broken.iter().map(|(seed, _)| *seed).collect();
    assert!(broken.is_empty(), "failing seeds {seeds:?}\n{}", broken[0].1);
}

#[test]
fn every_promise_holds_in_a_range_of_afternoons() {
    if let Some(seed) = number("GUITAI_SEED") {
        println!("seed {seed}");
        let ended = afternoon(seed, Afternoon { verify: true, loud: true }).unwrap_or_else(|told| panic!("{told}"));
        println!("{ended:?}");
        return;
    }
    let base = number("GUITAI_SEED_BASE").unwrap_or(0);
    let seeds: Vec<u64> = (base..base + number("GUITAI_SEEDS").unwrap_or(RANGE)).collect();
    run(&seeds);
}

/// Each file has seeds, one a line, and says after a `#` what they once found.
#[test]
fn seeds_that_once_found_something_find_nothing_now() {
    let mut seeds = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    for entry in folder.read_dir().expect("tests/seeds") {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("a file of seeds");
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
        seeds.extend(lines.filter(|line| !line.is_empty()).map(|line| line.parse::<u64>().expect("a seed")));
    }
    assert!(!seeds.is_empty(), "no seed is kept");
    run(&seeds);
}

#[test]
fn the_same_seed_writes_the_same_journal() {
    for seed in [3, 14, 15, 92] {
        let once = afternoon(seed, Afternoon::default()).unwrap_or_else(|told| panic!("{told}"));
        let again = afternoon(seed, Afternoon::default()).unwrap_or_else(|told| panic!("{told}"));
        assert_eq!(once, again, "seed {seed}");
    }
}
