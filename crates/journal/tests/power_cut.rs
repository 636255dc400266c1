//! The plug is pulled at any moment, and what the disk then holds is what was acknowledged. `make power-cuts N=20000` does
//! it more often. How it is done is in `crates/power-cut`.

#![cfg(unix)]

mod shop;

use std::cell::RefCell;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::rc::Rc;
use std::time::Instant;

use journal::{Head, Journal, verify};
use power_cut::{Disk, Recording, Tape};
use rusqlite::Connection;
use shop::{Afternoon, Chance, file, folder};
use tempfile::TempDir;
use till::ids::SaleNumber;
use till::sale::{Receipt, SalePhase};

/// Tapes of one shop, each going on from a disk that the last cut left; and cuts of each.
const TAPES: u64 = 4;
const CUTS: u64 = 5;

/// What the journal had said it holds, once so many steps were on the tape.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    position: usize,
    state: State,
    /// The draft alone may be taken back by a power cut.
    durable: bool,
}

/// What of a journal there is to compare: the chain's head stands for every event before it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    head: Head,
    draft: Option<String>,
}

impl State {
    fn of(journal: &Journal) -> Self {
        Self { head: journal.head(), draft: journal.draft().expect("readable") }
    }
}

/// What has been written down, shared with whoever acknowledges.
type Story = Rc<(Recording, RefCell<Vec<Said>>)>;

fn say(story: &Story, journal: &Journal, durable: bool) {
    let (recording, said) = &**story;
    let (mut said, state) = (said.borrow_mut(), State::of(journal));
    // An append of nothing promises nothing.
    let durable = durable && said.last().is_none_or(|last| last.state.head != state.head);
    said.push(Said { position: recording.position(), state, durable });
}

/// Sells for a while in that folder, and gives what the disk was asked and what the shop was told.
fn sell_for_a_while(path: &Path, seed: u64, disk: Disk, before: State) -> (Tape, Vec<Said>) {
    let recording = Recording::start(path.parent().expect("a folder"), disk).expect("recorded");
    let first = Said { position: 0, state: before.clone(), durable: true };
    let story: Story = Rc::new((recording, RefCell::new(vec![first])));
    let journal = shop::open(path);
    assert_eq!(State::of(&journal), before, "what was found a moment ago is there");
    let mut day = listened_to(journal, seed, &story);
    if disk == Disk::RelaxedProgram {
        // After this the program would have to ask for more again.
        day.journal.keep_draft("a cart").expect("kept");
        say(&story, &day.journal, false);
    }
    if before.head == Head::EMPTY {
        day.put_out_goods();
    }
    for _ in 0..4 + day.chance.below(24) {
        day = one_thing(day, path, &story);
    }
    // Switched off, or left running until the tape ends.
    let running = (day.chance.below(3) > 0).then_some(day);
    let tape = stopped(&story);
    drop(running);
    tape
}

fn stopped(story: &Story) -> (Tape, Vec<Said>) {
    (story.0.stop(), story.1.borrow().clone())
}

fn listened_to(journal: Journal, seed: u64, story: &Story) -> Afternoon {
    let mut day = Afternoon::go_on(journal, seed);
    let story = Rc::clone(story);
    day.acknowledged = Box::new(move |journal| say(&story, journal, true));
    day
}

fn one_thing(mut day: Afternoon, path: &Path, story: &Story) -> Afternoon {
    match day.chance.below(16) {
        0..=1 => {
            let cart = format!("cart {}", day.chance.below(1_000));
            day.journal.keep_draft(&cart).expect("kept");
            say(story, &day.journal, false);
        }
        2 => {
            // The log is brought into the file, as it is after some hundred sales.
            let how = ["PASSIVE", "FULL", "RESTART", "TRUNCATE"];
            let how = how[usize::try_from(day.chance.below(4)).expect("small")];
            let beside = Connection::open(path).expect("a second connection");
            beside.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], |_| Ok(())).expect("checkpoint");
        }
        3 => {
            let seed = day.chance.below(u64::MAX);
            drop(day);
            day = listened_to(shop::open(path), seed, story);
        }
        _ => day.step(),
    }
    day
}

/// Looks at what a cut has left, as the next start does; then verifies all of it.
fn found(path: &Path, said: &[Said], after: usize) -> Result<State, String> {
    let journal = Journal::open(path).map_err(|error| format!("it does not open: {error}"))?.journal;
    let state = State::of(&journal);
    let acknowledged = said.iter().rposition(|said| said.durable && said.position <= after).expect("the first");
    // What was under way when the power went may have been written whole.
    let under_way = said.iter().position(|said| said.position > after).unwrap_or(said.len() - 1);
    if !said[acknowledged..=under_way].iter().any(|said| said.state == state) {
        return Err(format!("found {state:?}, and what was said is {:?}", &said[acknowledged..=under_way]));
    }
    sales_are_whole(&journal)?;
    drop(journal);
    let verified = verify(path).map_err(|error| error.to_string())?;
    if verified.head == state.head { Ok(state) } else { Err(format!("verified up to {}", verified.head)) }
}

/// Every sale is fully there or fully absent, and no receipt is there for one that is absent.
fn sales_are_whole(journal: &Journal) -> Result<(), String> {
    for count in 1..journal.next_sale_count().expect("readable") {
        let number = SaleNumber::new(&shop::till(), count);
        let sale = journal.sale(&number).map_err(|error| error.to_string())?;
        let sale = sale.ok_or_else(|| format!("{number} is missing among others"))?;
        let paid: i64 = sale.tenders.iter().map(|tender| tender.amount().as_dollars()).sum();
        let closed = sale.phase == SalePhase::Closed;
        if closed && paid != sale.totals.net.as_dollars() {
            return Err(format!("{number} is closed and not paid"));
        }
        if !closed && sale.receipt != Receipt::NotYet {
            return Err(format!("{number} has a receipt and is not closed"));
        }
        if closed != journal.closed(&number).map_err(|error| error.to_string())?.is_some() {
            return Err(format!("{number} is closed for its stream and not for the reports, or the other way round"));
        }
    }
    Ok(())
}

#[derive(Debug, Default)]
struct Tally {
    cuts: u64,
    steps: usize,
    syncs: usize,
    /// Where something that had not been acknowledged was nevertheless there.
    more: u64,
}

/// One shop whose power fails again and again.
fn shop_without_luck(seed: u64, disk: Disk, most: u64, tally: &mut Tally) -> Result<(), String> {
    let mut chance = Chance::new(seed);
    let mut place = folder();
    let mut before = State { head: Head::EMPTY, draft: None };
    for _ in 0..TAPES {
        let (tape, said) = sell_for_a_while(&file(&place), chance.below(u64::MAX), disk, before);
        tally.steps += tape.steps();
        tally.syncs += tape.syncs();
        let mut left = None;
        for _ in 0..CUTS {
            if tally.cuts == most {
                return Ok(());
            }
            tally.cuts += 1;
            let steps = u64::try_from(tape.steps()).expect("a length fits");
            let after = usize::try_from(chance.below(steps + 1)).expect("a length fits");
            let cut = folder();
            tape.cut(after, &mut |bound| chance.below(bound), cut.path()).expect("written");
            // Opening repairs: what is looked at is a copy, so that the next tape has the repair on it as well.
            let looked_at = copy(&cut);
            // Recorded only so that the machine's own disk need not be waited for.
            let _recording = Recording::start(looked_at.path(), Disk::Honest).expect("recorded");
            let state = found(&file(&looked_at), &said, after)
                .map_err(|what| format!("seed {seed}, cut after step {after} of {steps}: {what}"))?;
            let sure = said.iter().rfind(|said| said.durable && said.position <= after).expect("the first");
            tally.more += u64::from(sure.state != state);
            left = Some((cut, state));
        }
        (place, before) = left.expect("there were cuts");
    }
    Ok(())
}

fn copy(from: &TempDir) -> TempDir {
    let to = folder();
    for entry in fs::read_dir(from.path()).expect("a folder") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), to.path().join(entry.file_name())).expect("copied");
    }
    to
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok().filter(|text| !text.is_empty())?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text:?}")))
}

/// PF-11: the power is cut during a commit, or at any other moment. What was acknowledged is there, what was not is there
/// whole or not at all, and the journal verifies.
#[test]
fn the_power_is_cut_at_any_moment_and_nothing_acknowledged_is_lost() {
    let (seed, cuts) = (number("GUITAI_SEED").unwrap_or(1), number("GUITAI_CUTS").unwrap_or(1_000));
    let (began, mut tally) = (Instant::now(), Tally::default());
    for shop in 0.. {
        if tally.cuts >= cuts {
            break;
        }
        if let Err(what) = shop_without_luck(seed + shop, Disk::Honest, cuts, &mut tally) {
            panic!("again with GUITAI_SEED={} GUITAI_CUTS=20: {what}", seed + shop);
        }
    }
    let text = format!(
        "power cuts survived: {} in {:.1} s (seed {seed}), at random among {} writes, syncs and other steps ({} syncs); \
         in {} of them more was left than had been acknowledged\n",
        tally.cuts,
        began.elapsed().as_secs_f64(),
        tally.steps,
        tally.syncs,
        tally.more
    );
    std::io::stderr().write_all(text.as_bytes()).ok();
    assert!(tally.cuts >= cuts);
    assert!(cuts < 1_000 || tally.more > 0, "no cut fell into a commit that was nearly done");
}

fn losses(disk: Disk) -> Vec<String> {
    let lives = (1..=40).map(|seed| shop_without_luck(seed, disk, 20, &mut Tally::default()));
    lives.filter_map(Result::err).collect()
}

/// What the test above can see: with `synchronous = OFF`, or on a disk that lies, acknowledged sales are lost.
#[test]
fn on_a_disk_that_ignores_syncs_a_loss_is_found() {
    let losses = losses(Disk::Forgetful);
    assert!(losses.len() > 20, "{losses:#?}");
}

/// And with `synchronous = NORMAL`, where the file stays whole and the latest sales go.
#[test]
fn in_a_program_that_stays_at_synchronous_normal_a_loss_is_found() {
    let losses = losses(Disk::RelaxedProgram);
    assert!(losses.len() > 10, "{losses:#?}");
    assert!(losses.iter().all(|what| what.contains("what was said")), "it stays whole: {losses:#?}");
}
