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
    /// Refunds that were asked for.
    pub refunds: usize,
    /// Steps of refunds that the gateway was told to take.
    pub refund_steps: u64,
    /// Letters that came by way of the relay.
    pub letters: usize,
    /// Events in the journal.
    pub events: u64,
    /// Hash of the journal's last event, and so of all of them.
    pub head: String,
    /// Hash of everything that was done and said.
    pub said: u64,
}

/// What an afternoon has besides selling. What is added here changes no afternoon without it: kept seeds stay what they
/// are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cast {
    /// Nothing.
    #[default]
    Plain,
    /// Money goes back to customers.
    Refunds,
    /// Pages and messages go by way of a relay.
    Relay,
    /// Both.
    Both,
}

impl Cast {
    /// Every cast there is.
    pub const EVERY: [Self; 4] = [Self::Plain, Self::Refunds, Self::Relay, Self::Both];

    /// The cast with which a seed is explored.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        let every = u64::try_from(Self::EVERY.len()).expect("few");
        Self::EVERY[usize::try_from(seed % every).expect("few")]
    }

    /// The cast with that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|cast| cast.name() == name)
    }

    /// Its name, as files of kept seeds have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Refunds => "refunds",
            Self::Relay => "relay",
            Self::Both => "both",
        }
    }

    pub(crate) fn refunds(self) -> bool {
        matches!(self, Self::Refunds | Self::Both)
    }

    pub(crate) fn relay(self) -> bool {
        matches!(self, Self::Relay | Self::Both)
    }
}

/// How to run a seed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Afternoon {
    /// What it has besides selling.
    pub cast: Cast,
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
        let mut told = format!("seed {seed} {} broke a promise at step {}: {broken}\n", how.cast.name(), log.steps);
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
    let mut world = World::new(seed, how.cast)?;
    world.draws = how.verify;
    let deck = deck(&mut world.luck, how.cast);
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
        refunds: world.known.refunds.len(),
        refund_steps: world.known.refund_steps,
        letters: world.relay.as_ref().map_or(0, |relay| relay.numbers.len()),
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
fn deck(luck: &mut Luck, cast: Cast) -> Vec<(Step, u64)> {
    let wild = luck.percent(60);
    let refunding = if cast.refunds() { Step::REFUNDING } else { &[] };
    let relaying = if cast.relay() { Step::RELAYING } else { &[] };
    Step::SELLING
        .iter()
        .chain(refunding)
        .chain(relaying)
        .map(|(step, often)| {
            let often = if wild { often * luck.pick(&[0, 1, 1, 1, 2, 6]).expect("some") } else { *often };
            // A till at which nothing is rung up and nobody pays proves nothing.
            let needed = [Step::Scan, Step::Online, Step::OpenPage, Step::Submit, Step::Refund];
            let often = if needed.contains(step) { often.max(6) } else { often };
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
    world.something_changed();
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
