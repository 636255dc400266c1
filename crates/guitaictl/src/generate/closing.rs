//! The shop is opened and closed: a counted float in the morning, cash into the safe, a count in the evening that is a few
//! dollars off now and then, and the Z that closes the day. The last day is left running.

use std::fmt;

use journal::{AppendError, Journal, ReadError};
use till::cash::CashCount;
use till::day::{self, CashWay, DayEvent, ShiftEvent};
use till::event::Event;
use till::money::Money;
use till::people::Named;

use super::days::{Day, Days, signed, stamp};

/// What a shift starts with, and what is left in the drawer when the rest goes into the safe.
const FLOAT: i64 = 3_000;
const ENOUGH: i64 = 8_000;
/// Who counts.
const COUNTS: &str = "陳先生";
const MINUTE_MS: i64 = 60_000;

/// Why a journal was not filled.
#[derive(Debug)]
pub(crate) enum FillError {
    /// It takes no more.
    Append(AppendError),
    /// What is in it cannot be read.
    Read(ReadError),
}

impl fmt::Display for FillError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Append(error) => write!(f, "the journal takes no more: {error}"),
            Self::Read(error) => write!(f, "the journal cannot be read: {error}"),
        }
    }
}

impl std::error::Error for FillError {}

impl From<AppendError> for FillError {
    fn from(error: AppendError) -> Self {
        Self::Append(error)
    }
}

impl From<ReadError> for FillError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// Fills the journal with that many sales, day by day.
pub(crate) fn fill(journal: &mut Journal, days: &mut Days, sales: usize) -> Result<(), FillError> {
    let mut left = sales;
    while left > 0 {
        let day = days.day(left);
        left -= day.sales;
        open(journal, &day)?;
        journal.append_all(&day.moments)?;
        if left > 0 {
            count(journal, days, &day)?;
            z(journal, &day)?;
        }
    }
    Ok(())
}

/// Opens a shift with what is in the drawer.
pub(crate) fn open(journal: &mut Journal, day: &Day) -> Result<(), FillError> {
    let (number, expected) = (journal.next_shift()?, journal.drawer()?);
    // The very first float comes from home; later ones are what the evening before has left.
    let counted = pieces(if number == 1 { Money::dollars(FLOAT) } else { expected });
    let opened = ShiftEvent::Opened { by: whoever_counts(), counted, expected };
    append(journal, day.open_ms[0] - MINUTE_MS, Event::Shift(number, opened))
}

/// Puts what is too much into the safe, counts the drawer, and closes the shift.
pub(crate) fn count(journal: &mut Journal, days: &mut Days, day: &Day) -> Result<(), FillError> {
    let [_, at] = day.open_ms;
    let number = journal.next_shift()?.saturating_sub(1);
    let mut expected = journal.drawer()?;
    if expected.as_dollars() > ENOUGH {
        let amount = Money::dollars((expected.as_dollars() - FLOAT) / 1_000 * 1_000);
        let moved = ShiftEvent::Moved { way: CashWay::Drop, amount, reason: "投庫".into(), by: whoever_counts() };
        append(journal, at, Event::Shift(number, moved))?;
        expected = Money::dollars(expected.as_dollars() - amount.as_dollars());
    }
    let over = off_by(days, expected);
    let found = Money::dollars(expected.as_dollars() + over);
    let counted = ShiftEvent::Counted { by: whoever_counts(), counted: pieces(found), expected, blind: true };
    append(journal, at + 5 * MINUTE_MS, Event::Shift(number, counted))?;
    let (next_float, to_bank) = day::proposal(found, Money::dollars(FLOAT));
    let note = (over != 0).then(|| "找錯錢".to_owned());
    let closed = ShiftEvent::Closed { by: whoever_counts(), over: Money::dollars(over), note, to_bank, next_float };
    append(journal, at + 6 * MINUTE_MS, Event::Shift(number, closed))
}

/// Closes the day.
pub(crate) fn z(journal: &mut Journal, day: &Day) -> Result<(), FillError> {
    let number = journal.next_z()?;
    let figures = Box::new(journal.x_figures()?);
    let closed = DayEvent::Closed { by: whoever_counts(), figures };
    append(journal, day.open_ms[1] + 7 * MINUTE_MS, Event::Day(number, closed))
}

fn append(journal: &mut Journal, at: i64, event: Event) -> Result<(), FillError> {
    journal.append(&stamp(at, COUNTS), &[event], None)?;
    Ok(())
}

/// On one evening in five the drawer is a little over or short.
fn off_by(days: &mut Days, expected: Money) -> i64 {
    let [off, size] = [days.chance.below(5), days.chance.below(100)];
    match off {
        0 => (signed(size) - 49).max(-expected.as_dollars()),
        _ => 0,
    }
}

fn whoever_counts() -> Named {
    Named { person: None, name: COUNTS.to_owned() }
}

/// The fewest notes and coins that come to this much.
fn pieces(amount: Money) -> CashCount {
    let mut left = amount.as_dollars();
    let kinds = [1_000_u16, 500, 100, 50, 10, 5, 1].map(|kind| {
        let many = left / i64::from(kind);
        left -= many * i64::from(kind);
        (kind, u32::try_from(many).expect("no drawer holds more"))
    });
    CashCount::try_from(kinds.to_vec()).expect("each kind once")
}
