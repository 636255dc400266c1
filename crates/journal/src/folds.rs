//! Sales and attempts as their events leave them: each new event is folded onto what was known, so that the read models
//! can store how things stand without reading a stream again.

use std::collections::HashMap;
use std::mem;

use rusqlite::Connection;
use till::day::{DayEvent, ShiftEvent};
use till::event::Event;
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};
use till::payment::Attempt;
use till::refund::Refund;
use till::sale::Sale;

use crate::error::{Break, ReadError, What};
use crate::file;
use crate::recorded::Recorded;

/// What an event leaves its stream as.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "most of what is kept is sales")]
pub(crate) enum Folded {
    Sale(Sale),
    Attempt(Box<Attempt>),
    Refund(Box<Refund>),
    /// Streams whose every event says all there is to know.
    Plain,
}

/// A stream that is not at rest, and how many events it has.
#[derive(Clone, Debug)]
struct Kept {
    folded: Folded,
    version: u64,
}

/// The streams that are not at rest, by name. Those at rest are read again in the rare case that something more happens
/// to them, so this stays as small as the number of unfinished things.
#[derive(Debug, Default)]
pub(crate) struct Folds {
    kept: HashMap<String, Kept>,
    /// The kinds of events seen since the journal was opened, with their versions.
    kinds: HashMap<String, u32>,
}

/// Changes to [`Folds`] that hold once the transaction they were made for has been committed.
#[derive(Debug, Default)]
pub(crate) struct Staged {
    streams: HashMap<String, Kept>,
    kinds: Vec<(String, u32)>,
}

/// Why an event cannot be folded.
#[derive(Debug)]
pub(crate) enum FoldError {
    /// It cannot come at this place of its stream.
    Order,
    /// What came before cannot be read.
    Read(ReadError),
}

impl From<ReadError> for FoldError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl Folds {
    /// The version the next event of `stream` gets.
    pub(crate) fn next_version(
        &self,
        staged: &Staged,
        stream: &str,
        event: &Event,
        events: &Connection,
    ) -> Result<u64, ReadError> {
        match staged.streams.get(stream).or_else(|| self.kept.get(stream)) {
            Some(kept) => Ok(kept.version + 1),
            // It opens its stream, or else the table of events refuses it.
            None if opens(event) => Ok(1),
            None => Ok(file::last_version(events, stream)? + 1),
        }
    }

    /// How many events `stream` has before `version`, as far as it is kept.
    pub(crate) fn kept_version(&self, stream: &str) -> Option<u64> {
        self.kept.get(stream).map(|kept| kept.version)
    }

    /// Folds one more event onto its stream, reading what came before from `events` where it is not kept.
    pub(crate) fn fold<'a>(
        &self,
        staged: &'a mut Staged,
        stream: &str,
        recorded: &Recorded<'_>,
        events: &Connection,
    ) -> Result<&'a Folded, FoldError> {
        let before = match staged.streams.remove(stream) {
            Some(kept) => Some(kept.folded),
            None => match self.kept.get(stream) {
                Some(kept) => Some(kept.folded.clone()),
                None if recorded.version == 1 => None,
                None => read(events, stream, &recorded.event, recorded.version)?,
            },
        };
        let folded = next(before, recorded).ok_or(FoldError::Order)?;
        let kept = Kept { folded, version: recorded.version };
        Ok(&staged.streams.entry(stream.to_owned()).or_insert(kept).folded)
    }

    /// Whether the journal may never have held an event of that kind: it is the first since it was opened.
    pub(crate) fn kind_is_new(&self, staged: &mut Staged, kind: &str, version: u32) -> bool {
        let new = self.kinds.get(kind) != Some(&version);
        if new {
            staged.kinds.push((kind.to_owned(), version));
        }
        new
    }

    /// Folds one more event where nothing is ever taken back: as a journal is read again from its beginning. To be followed
    /// by [`Self::settle`].
    pub(crate) fn advance(
        &mut self,
        stream: &str,
        recorded: &Recorded<'_>,
        events: &Connection,
    ) -> Result<&Folded, FoldError> {
        let before = match self.kept.get_mut(stream) {
            Some(kept) => Some(mem::replace(&mut kept.folded, Folded::Plain)),
            None if recorded.version == 1 => None,
            None => read(events, stream, &recorded.event, recorded.version)?,
        };
        let kept = Kept { folded: next(before, recorded).ok_or(FoldError::Order)?, version: recorded.version };
        match self.kept.get_mut(stream) {
            Some(place) => *place = kept,
            None => drop(self.kept.insert(stream.to_owned(), kept)),
        }
        Ok(&self.kept[stream].folded)
    }

    /// Forgets the stream if it is at rest.
    pub(crate) fn settle(&mut self, stream: &str) {
        if self.kept.get(stream).is_some_and(|kept| kept.folded.at_rest()) {
            self.kept.remove(stream);
        }
    }

    /// [`Self::kind_is_new`], where nothing is ever taken back.
    pub(crate) fn sees(&mut self, kind: &str, version: u32) -> bool {
        let new = self.kinds.get(kind) != Some(&version);
        if new {
            self.kinds.insert(kind.to_owned(), version);
        }
        new
    }

    /// Makes staged changes hold.
    pub(crate) fn commit(&mut self, staged: Staged) {
        self.kinds.extend(staged.kinds);
        for (stream, kept) in staged.streams {
            if kept.folded.at_rest() {
                self.kept.remove(&stream);
            } else {
                self.kept.insert(stream, kept);
            }
        }
    }

    /// The sale, if it is among those kept.
    pub(crate) fn sale(&self, number: &SaleNumber) -> Option<&Sale> {
        match &self.kept.get(&format!("sale/{number}"))?.folded {
            Folded::Sale(sale) => Some(sale),
            Folded::Attempt(_) | Folded::Refund(_) | Folded::Plain => None,
        }
    }

    /// The attempt, if it is among those kept.
    pub(crate) fn attempt(&self, number: &AttemptNumber) -> Option<&Attempt> {
        match &self.kept.get(&format!("attempt/{number}"))?.folded {
            Folded::Attempt(attempt) => Some(attempt),
            Folded::Sale(_) | Folded::Refund(_) | Folded::Plain => None,
        }
    }

    /// The refund, if it is among those kept.
    pub(crate) fn refund(&self, number: &RefundNumber) -> Option<&Refund> {
        match &self.kept.get(&format!("refund/{number}"))?.folded {
            Folded::Refund(refund) => Some(refund),
            Folded::Sale(_) | Folded::Attempt(_) | Folded::Plain => None,
        }
    }
}

impl Folded {
    fn at_rest(&self) -> bool {
        match self {
            Self::Sale(sale) => sale.at_rest(),
            Self::Attempt(attempt) => attempt.at_rest(),
            Self::Refund(refund) => refund.at_rest(),
            Self::Plain => true,
        }
    }
}

/// The sale as its stream leaves it; nothing when there is no such stream.
pub(crate) fn sale(events: &Connection, number: &SaleNumber) -> Result<Option<Sale>, ReadError> {
    match whole(events, &format!("sale/{number}"), u64::MAX)? {
        Some(Folded::Sale(sale)) => Ok(Some(sale)),
        _ => Ok(None),
    }
}

/// The attempt as its stream leaves it; nothing when there is no such stream.
pub(crate) fn attempt(events: &Connection, number: &AttemptNumber) -> Result<Option<Attempt>, ReadError> {
    match whole(events, &format!("attempt/{number}"), u64::MAX)? {
        Some(Folded::Attempt(attempt)) => Ok(Some(*attempt)),
        _ => Ok(None),
    }
}

/// The refund as its stream leaves it; nothing when there is no such stream.
pub(crate) fn refund(events: &Connection, number: &RefundNumber) -> Result<Option<Refund>, ReadError> {
    match whole(events, &format!("refund/{number}"), u64::MAX)? {
        Some(Folded::Refund(refund)) => Ok(Some(*refund)),
        _ => Ok(None),
    }
}

fn read(events: &Connection, stream: &str, event: &Event, before: u64) -> Result<Option<Folded>, ReadError> {
    match event {
        Event::Sale(..) | Event::Attempt(..) | Event::Refund(..) => whole(events, stream, before),
        Event::Product(..)
        | Event::Person(..)
        | Event::Shift(..)
        | Event::Day(..)
        | Event::Gateway(..)
        | Event::Till(_) => Ok(Some(Folded::Plain)),
    }
}

fn whole(events: &Connection, stream: &str, before: u64) -> Result<Option<Folded>, ReadError> {
    let mut folded = None;
    for recorded in file::stream(events, stream, before)? {
        folded = next(folded, &recorded);
        if folded.is_none() {
            return Err(ReadError::Damaged(Break::at(recorded.seq, What::Order(stream.to_owned()))));
        }
    }
    Ok(folded)
}

/// Whether the event can only be the first of its stream.
fn opens(event: &Event) -> bool {
    use till::payment::AttemptEvent::Intended;
    use till::refund::RefundEvent::Requested;
    use till::sale::SaleEvent::Opened;
    matches!(
        event,
        Event::Sale(_, Opened { .. }) | Event::Attempt(_, Intended { .. }) | Event::Refund(_, Requested { .. })
    )
}

/// What an event makes of what was before it; nothing when it cannot come there.
fn next(before: Option<Folded>, recorded: &Recorded<'_>) -> Option<Folded> {
    use till::payment::AttemptEvent::Intended;
    use till::people::PersonEvent::Added;
    use till::refund::RefundEvent::Requested;
    use till::sale::SaleEvent::Opened;
    match (before, &*recorded.event) {
        (None, Event::Sale(number, event)) => Sale::opened(number.clone(), event).map(Folded::Sale),
        (None, Event::Attempt(number, event)) => {
            let attempt = Attempt::intended(event).filter(|attempt| attempt.terms.number == *number)?;
            Some(Folded::Attempt(Box::new(attempt)))
        }
        (None, Event::Refund(number, event)) => {
            let refund = Refund::requested(event).filter(|refund| refund.terms.number == *number)?;
            Some(Folded::Refund(Box::new(refund)))
        }
        (Some(Folded::Refund(_)), Event::Refund(_, Requested { .. })) => None,
        (Some(Folded::Refund(mut refund)), Event::Refund(_, event)) => {
            refund.apply(event, recorded.at);
            Some(Folded::Refund(refund))
        }
        (Some(Folded::Sale(_)), Event::Sale(_, Opened { .. })) => None,
        (Some(Folded::Sale(mut sale)), Event::Sale(_, event)) => {
            sale.apply(event);
            Some(Folded::Sale(sale))
        }
        (Some(Folded::Attempt(_)), Event::Attempt(_, Intended { .. })) => None,
        (Some(Folded::Attempt(mut attempt)), Event::Attempt(_, event)) => {
            attempt.apply(event, recorded.at);
            Some(Folded::Attempt(attempt))
        }
        // A person is added once, and before anything else happens to them.
        (before, Event::Person(_, event)) => {
            (before.is_none() == matches!(event, Added { .. })).then_some(Folded::Plain)
        }
        // A shift begins with its float, and a day is closed once.
        (before, Event::Shift(_, event)) => {
            (before.is_none() == matches!(event, ShiftEvent::Opened { .. })).then_some(Folded::Plain)
        }
        (before, Event::Day(_, DayEvent::Closed { .. })) => before.is_none().then_some(Folded::Plain),
        (_, Event::Product(..) | Event::Gateway(..) | Event::Till(_)) => Some(Folded::Plain),
        (Some(_), Event::Sale(..) | Event::Attempt(..) | Event::Refund(..)) => None,
    }
}
