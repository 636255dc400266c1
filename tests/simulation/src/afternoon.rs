//! One seed from its first scan to the last dollar: which steps it takes, what came of them, and the end, where everybody
//! has talked.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};

use register::view::View;

use super::luck::Luck;
use super::promises;
use super::step::{self, Step};
use super::world::{DAY, Held, Weather, World};

/// Steps that a failing seed shows.
const SHOWN: usize = 40;

/// What came of a seed that broke nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Things that somebody did, or that were done to the till on purpose: after each, every promise was looked at.
    pub steps: u64,
    /// Everything that reached the till: the steps, and what came of them by itself (answers, messages, receipts, and
    /// moments at which it wanted to be woken).
    pub arrivals: u64,
    /// Questions to the gateway.
    pub questions: u64,
    /// Attempts to take money.
    pub attempts: usize,
    /// Sales that were closed.
    pub sales: usize,
    /// Events in the journal.
    pub events: u64,
    /// Hash of the journal's last event, and so of all of them.
    pub head: String,
    /// Hash of everything that was done and said.
    pub said: u64,
}

/// How to run a seed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Afternoon {
    /// Proves the file at the end, and makes some receipts on the way.
    pub verify: bool,
    /// Prints every step.
    pub loud: bool,
}

/// Runs one seed.
///
/// # Errors
/// The seed, the promise it broke and its last steps.
pub fn afternoon(seed: u64, how: Afternoon) -> Result<Ended, String> {
    let mut log = Log { last: VecDeque::new(), said: DefaultHasher::new(), steps: 0, loud: how.loud };
    let caught = catch_unwind(AssertUnwindSafe(|| run(seed, how, &mut log)));
    let ended = caught.unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        Err(format!("a panic: {}", said.unwrap_or("of no words")))
    });
    ended.map_err(|broken| {
        let mut told = format!("seed {seed} broke a promise at step {}: {broken}\n", log.steps);
        for line in &log.last {
            writeln!(told, "  {line}").expect("a text grows");
        }
        told
    })
}

struct Log {
    last: VecDeque<String>,
    said: DefaultHasher,
    steps: u64,
    loud: bool,
}

impl Log {
    fn line(&mut self, text: String) {
        text.hash(&mut self.said);
        if self.loud {
            println!("  {text}");
        }
        if self.last.len() == SHOWN {
            self.last.pop_front();
        }
        self.last.push_back(text);
    }
}

fn run(seed: u64, how: Afternoon, log: &mut Log) -> Held<Ended> {
    let mut world = World::new(seed)?;
    world.draws = how.verify;
    let deck = deck(&mut world.luck);
    let steps = world.luck.between(30, 160);
    let mut view = promises::after_step(&mut world)?;
    for _ in 0..steps {
        let step = draw(&mut world.luck, &deck);
        take(&mut world, step, &view, log)?;
        view = promises::after_step(&mut world)?;
    }
    end(&mut world, log)?;
    let head = world.till_ref().journal().head();
    let ended = Ended {
        steps: log.steps,
        arrivals: log.steps + world.arrivals,
        questions: world.known.questions,
        attempts: world.known.attempts.len(),
        sales: world.known.closed.len(),
        events: head.seq,
        head: head.hex(),
        said: log.said.finish(),
    };
    if how.verify {
        world.close();
        promises::the_file_proves_itself(&world, u64::try_from(ended.sales).expect("few"))?;
    }
    Ok(ended)
}

/// Each seed plays with a deck of its own: some things never happen, some all the time. Faults that hide each other are
/// found that way.
fn deck(luck: &mut Luck) -> Vec<(Step, u64)> {
    let wild = luck.percent(60);
    Step::EVERY
        .iter()
        .map(|(step, often)| {
            let often = if wild { often * luck.pick(&[0, 1, 1, 1, 2, 6]).expect("some") } else { *often };
            // A till at which nothing is rung up and nobody pays proves nothing.
            let often = if matches!(step, Step::Scan | Step::Online | Step::OpenPage | Step::Submit) {
                often.max(6)
            } else {
                often
            };
            (*step, often)
        })
        .collect()
}

fn draw(luck: &mut Luck, deck: &[(Step, u64)]) -> Step {
    let all: u64 = deck.iter().map(|(_, often)| often).sum();
    let mut at = luck.below(all);
    for (step, often) in deck {
        if at < *often {
            return *step;
        }
        at -= often;
    }
    Step::Wait
}

fn take(world: &mut World, step: Step, view: &View, log: &mut Log) -> Held {
    log.steps += 1;
    let (t, number) = (world.now(), log.steps);
    let done = step::take(world, step, view);
    let told = match &done {
        Ok(what) | Err(what) => what,
    };
    log.line(format!("{number:>3} {t} {step:?}: {told}"));
    done?;
    // Often the driving loop has its turn before the next thing happens, and sometimes not.
    if world.luck.percent(70) { world.pump() } else { Ok(()) }
}

/// The faults stop, every letter arrives, the bank decides, and a person does what waits for one. Then days go by.
fn end(world: &mut World, log: &mut Log) -> Held {
    log.line("the end of the day".to_owned());
    world.calm = true;
    world.weather = Weather::Fine;
    world.offset = 0;
    world.phones.clear();
    if world.disk_full {
        let view = promises::after_step(world)?;
        take(world, Step::DiskFree, &view, log)?;
    }
    let view = promises::after_step(world)?;
    while world.gateway.orders.values().any(|order| order.state == super::gateway::State::Pending) {
        take(world, Step::BankDecides, &view, log)?;
    }
    for _ in 0..40 {
        world.pass(DAY)?;
        let view = promises::after_step(world)?;
        step::settle_tasks(world, &view)?;
        world.pump()?;
        if world.nothing_under_way() && world.wake().is_none() && view.tasks.is_empty() {
            break;
        }
    }
    promises::at_the_end(world)
}
