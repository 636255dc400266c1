//! How an event is written down, and read back. The only place that knows both forms.
//!
//! A stored event is a kind (`sale.closed`), the version of that kind's form, and a body in JSON. The body is the
//! domain's event without its tag, which is the kind. What is once written is never rewritten: when the domain's form
//! of an event changes, its version here goes up and [`upcast`] learns to bring the old body into the new form. The
//! tests at the end hold the form of every event, so that renaming a field in the domain cannot pass unnoticed.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;
use till::day::{DayEvent, ShiftEvent};
use till::event::{Event, GatewayEvent, ProductEvent, TillEvent};
use till::payment::AttemptEvent;
use till::people::PersonEvent;
use till::refund::RefundEvent;
use till::sale::SaleEvent;

use crate::stream::Stream;

/// An event as it is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) kind: &'static str,
    pub(crate) kind_version: u32,
    pub(crate) body: String,
}

/// Why a stored event cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// A later program wrote it.
    Unknown,
    /// It is not what its kind says.
    Body(String),
}

/// Makes [`KINDS`] and [`kind_of`] from one list, so that an event the domain gains does not compile before it has a name.
macro_rules! kinds {
    ($($event:pat => $kind:literal version $version:literal,)*) => {
        /// Every kind this program reads, with the newest version of its form.
        const KINDS: &[(&str, u32)] = &[$(($kind, $version)),*];

        /// The kind an event is written as, and the version of that kind's form.
        fn kind_of(event: &Event) -> (&'static str, u32) {
            match event {
                $($event => ($kind, $version),)*
            }
        }
    };
}

kinds! {
    Event::Sale(_, SaleEvent::Opened { .. }) => "sale.opened" version 1,
    Event::Sale(_, SaleEvent::Revised { .. }) => "sale.revised" version 1,
    Event::Sale(_, SaleEvent::Paid { .. }) => "sale.paid" version 1,
    Event::Sale(_, SaleEvent::Closed { .. }) => "sale.closed" version 1,
    Event::Sale(_, SaleEvent::Voided { .. }) => "sale.voided" version 1,
    Event::Sale(_, SaleEvent::Returned { .. }) => "sale.returned" version 1,
    Event::Sale(_, SaleEvent::PutAside { .. }) => "sale.put_aside" version 1,
    Event::Sale(_, SaleEvent::Recalled) => "sale.recalled" version 1,
    Event::Sale(_, SaleEvent::Verified { .. }) => "sale.verified" version 1,
    Event::Sale(_, SaleEvent::ReceiptMade { .. }) => "sale.receipt_made" version 1,
    Event::Sale(_, SaleEvent::ReceiptFailed { .. }) => "sale.receipt_failed" version 1,
    Event::Sale(_, SaleEvent::PrintSent { .. }) => "sale.print_sent" version 1,
    Event::Sale(_, SaleEvent::Printed { .. }) => "sale.printed" version 1,
    Event::Sale(_, SaleEvent::NotPrinted { .. }) => "sale.not_printed" version 1,
    Event::Sale(_, SaleEvent::PrintLeftOut) => "sale.print_left_out" version 1,
    Event::Attempt(_, AttemptEvent::Intended { .. }) => "attempt.intended" version 1,
    Event::Attempt(_, AttemptEvent::Presented) => "attempt.presented" version 1,
    Event::Attempt(_, AttemptEvent::Opened) => "attempt.opened" version 1,
    Event::Attempt(_, AttemptEvent::Asked) => "attempt.asked" version 1,
    Event::Attempt(_, AttemptEvent::Unanswered { .. }) => "attempt.unanswered" version 1,
    Event::Attempt(_, AttemptEvent::Learned { .. }) => "attempt.learned" version 1,
    Event::Attempt(_, AttemptEvent::Claimed { .. }) => "attempt.claimed" version 1,
    Event::Attempt(_, AttemptEvent::Paid { .. }) => "attempt.paid" version 1,
    Event::Attempt(_, AttemptEvent::Confirmed) => "attempt.confirmed" version 1,
    Event::Attempt(_, AttemptEvent::Contradicted { .. }) => "attempt.contradicted" version 1,
    Event::Attempt(_, AttemptEvent::TestPaid) => "attempt.test_paid" version 1,
    Event::Attempt(_, AttemptEvent::Doubted) => "attempt.doubted" version 1,
    Event::Attempt(_, AttemptEvent::Withdrawn { .. }) => "attempt.withdrawn" version 1,
    Event::Attempt(_, AttemptEvent::Applied { .. }) => "attempt.applied" version 1,
    Event::Attempt(_, AttemptEvent::Unapplied { .. }) => "attempt.unapplied" version 1,
    Event::Attempt(_, AttemptEvent::Resolved { .. }) => "attempt.resolved" version 1,
    Event::Attempt(_, AttemptEvent::Released { .. }) => "attempt.released" version 1,
    Event::Attempt(_, AttemptEvent::Vouched { .. }) => "attempt.vouched" version 1,
    Event::Attempt(_, AttemptEvent::AlarmsSeen { .. }) => "attempt.alarms_seen" version 1,
    Event::Attempt(_, AttemptEvent::Recovered) => "attempt.recovered" version 1,
    Event::Attempt(_, AttemptEvent::WatchEnded) => "attempt.watch_ended" version 1,
    Event::Attempt(_, AttemptEvent::LeftOpen) => "attempt.left_open" version 1,
    Event::Attempt(_, AttemptEvent::Resumed) => "attempt.resumed" version 1,
    Event::Refund(_, RefundEvent::Requested { .. }) => "refund.requested" version 1,
    Event::Refund(_, RefundEvent::Asked) => "refund.asked" version 1,
    Event::Refund(_, RefundEvent::Unanswered { .. }) => "refund.unanswered" version 1,
    Event::Refund(_, RefundEvent::Found { .. }) => "refund.found" version 1,
    Event::Refund(_, RefundEvent::Held { .. }) => "refund.held" version 1,
    Event::Refund(_, RefundEvent::Planned { .. }) => "refund.planned" version 1,
    Event::Refund(_, RefundEvent::WentStale) => "refund.went_stale" version 1,
    Event::Refund(_, RefundEvent::Sent { .. }) => "refund.sent" version 1,
    Event::Refund(_, RefundEvent::NotSent { .. }) => "refund.not_sent" version 1,
    Event::Refund(_, RefundEvent::Accepted { .. }) => "refund.accepted" version 1,
    Event::Refund(_, RefundEvent::Denied { .. }) => "refund.denied" version 1,
    Event::Refund(_, RefundEvent::Doubted { .. }) => "refund.doubted" version 1,
    Event::Refund(_, RefundEvent::Happened { .. }) => "refund.happened" version 1,
    Event::Refund(_, RefundEvent::NotHappened { .. }) => "refund.not_happened" version 1,
    Event::Refund(_, RefundEvent::Settled) => "refund.settled" version 1,
    Event::Refund(_, RefundEvent::Overdue) => "refund.overdue" version 1,
    Event::Refund(_, RefundEvent::Refused { .. }) => "refund.refused" version 1,
    Event::Refund(_, RefundEvent::HandedBack { .. }) => "refund.handed_back" version 1,
    Event::Refund(_, RefundEvent::Retried) => "refund.retried" version 1,
    Event::Refund(_, RefundEvent::Dropped { .. }) => "refund.dropped" version 1,
    Event::Refund(_, RefundEvent::SlipMade { .. }) => "refund.slip_made" version 1,
    Event::Product(_, ProductEvent::Set { .. }) => "product.set" version 1,
    Event::Product(_, ProductEvent::Retired) => "product.retired" version 1,
    Event::Person(_, PersonEvent::Added { .. }) => "person.added" version 1,
    Event::Person(_, PersonEvent::Renamed { .. }) => "person.renamed" version 1,
    Event::Person(_, PersonEvent::RoleChanged { .. }) => "person.role_changed" version 1,
    Event::Person(_, PersonEvent::PinChanged { .. }) => "person.pin_changed" version 1,
    Event::Person(_, PersonEvent::Retired) => "person.retired" version 1,
    Event::Person(_, PersonEvent::PinWrong) => "person.pin_wrong" version 1,
    Event::Person(_, PersonEvent::PinRight) => "person.pin_right" version 1,
    Event::Person(_, PersonEvent::WrongPinsSeen) => "person.wrong_pins_seen" version 1,
    Event::Shift(_, ShiftEvent::Opened { .. }) => "shift.opened" version 1,
    Event::Shift(_, ShiftEvent::Moved { .. }) => "shift.moved" version 1,
    Event::Shift(_, ShiftEvent::Counted { .. }) => "shift.counted" version 1,
    Event::Shift(_, ShiftEvent::Closed { .. }) => "shift.closed" version 1,
    Event::Day(_, DayEvent::Closed { .. }) => "day.closed" version 1,
    Event::Gateway(_, GatewayEvent::Refused) => "gateway.refused" version 1,
    Event::Till(TillEvent::Started { .. }) => "till.started" version 1,
    Event::Till(TillEvent::Alarm { .. }) => "till.alarm" version 1,
    Event::Till(TillEvent::AlarmsSeen) => "till.alarms_seen" version 1,
    Event::Till(TillEvent::SignedIn { .. }) => "till.signed_in" version 1,
    Event::Till(TillEvent::Approved { .. }) => "till.approved" version 1,
    Event::Till(TillEvent::DrawerOpened { .. }) => "till.drawer_opened" version 1,
    Event::Till(TillEvent::GoodsReturned { .. }) => "till.goods_returned" version 1,
    Event::Till(TillEvent::Reconciled { .. }) => "till.reconciled" version 1,
    Event::Till(TillEvent::TaskTaken { .. }) => "till.task_taken" version 1,
    Event::Till(TillEvent::TaskLeft { .. }) => "till.task_left" version 1,
    Event::Till(TillEvent::SettingsChanged { .. }) => "till.settings_changed" version 1,
}

/// Whether this program can read events of that kind and version.
pub(crate) fn is_known(kind: &str, version: u32) -> bool {
    KINDS.iter().any(|(name, newest)| *name == kind && (1..=*newest).contains(&version))
}

/// The event as it is written down today.
pub(crate) fn encode(event: &Event) -> Stored {
    let json = match event {
        Event::Sale(_, event) => json(event),
        Event::Attempt(_, event) => json(event),
        Event::Refund(_, event) => json(event),
        Event::Product(_, event) => json(event),
        Event::Person(_, event) => json(event),
        Event::Shift(_, event) => json(event),
        Event::Day(_, event) => json(event),
        Event::Gateway(_, event) => json(event),
        Event::Till(event) => json(event),
    };
    let (kind, kind_version) = kind_of(event);
    Stored { kind, kind_version, body: without_tag(json) }
}

/// The event that was written down on that stream.
///
/// # Errors
/// When the kind or its version is unknown, or the body is not of that kind.
pub(crate) fn decode(stream: &str, kind: &str, kind_version: u32, body: &str) -> Result<Event, Unreadable> {
    if !is_known(kind, kind_version) {
        return Err(Unreadable::Unknown);
    }
    let (family, tag) = kind.split_once('.').ok_or(Unreadable::Unknown)?;
    let stream: Stream = stream.parse().map_err(|()| Unreadable::Body(format!("{stream:?} is not a stream")))?;
    let json = with_tag(tag, &upcast(kind, kind_version, body))?;
    Ok(match (family, stream) {
        ("sale", Stream::Sale(number)) => Event::Sale(number, parse(&json)?),
        ("attempt", Stream::Attempt(number)) => Event::Attempt(number, parse(&json)?),
        ("refund", Stream::Refund(number)) => Event::Refund(number, parse(&json)?),
        ("product", Stream::Product(code)) => Event::Product(code, parse(&json)?),
        ("person", Stream::Person(id)) => Event::Person(id, parse(&json)?),
        ("shift", Stream::Shift(number)) => Event::Shift(number, parse(&json)?),
        ("day", Stream::Day(number)) => Event::Day(number, parse(&json)?),
        ("gateway", Stream::Gateway(merchant)) => Event::Gateway(merchant, parse(&json)?),
        ("till", Stream::Till) => Event::Till(parse(&json)?),
        (_, other) => return Err(Unreadable::Body(format!("{kind} does not belong on stream {other}"))),
    })
}

/// Brings a body of an older version into today's form. Every kind is at its first version so far; the first one to
/// change gets an arm here for the step from each version to the next.
fn upcast<'a>(_kind: &str, _version: u32, body: &'a str) -> Cow<'a, str> {
    Cow::Borrowed(body)
}

fn json(event: &impl Serialize) -> String {
    serde_json::to_string(event).expect("an event of the domain has only texts for keys")
}

fn parse<T: DeserializeOwned>(json: &str) -> Result<T, Unreadable> {
    serde_json::from_str(json).map_err(|error| Unreadable::Body(error.to_string()))
}

/// Takes the tag off: `{"kind":"paid","tender":…}` has the body `{"tender":…}`. The domain's enums are all tagged `kind`,
/// and serde writes the tag first.
fn without_tag(mut json: String) -> String {
    let rest = json.strip_prefix(r#"{"kind":""#).expect("an event of the domain starts with its tag");
    let (_, rest) = rest.split_once('"').expect("a tag ends");
    // Past the comma, when there is more than the tag.
    let body_at = json.len() - rest.len() + usize::from(rest.starts_with(','));
    json.replace_range(..body_at, "{");
    json
}

fn with_tag(tag: &str, body: &str) -> Result<String, Unreadable> {
    let fields = body.strip_prefix('{').ok_or_else(|| Unreadable::Body("it is not an object".into()))?;
    let comma = if fields.trim_start().starts_with('}') { "" } else { "," };
    Ok(format!(r#"{{"kind":"{tag}"{comma}{fields}"#))
}

#[cfg(test)]
mod tests;
