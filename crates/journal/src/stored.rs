//! How an event is written down, and read back. The only place that knows both forms.
//!
//! A stored event is a kind (`sale.closed`), the version of that kind's form, and a body in JSON. The body is the
//! domain's event without its tag, which is the kind. What is once written is never rewritten: when the domain's form
//! of an event changes, its version here goes up and [`upcast`] learns to bring the old body into the new form. The
//! tests at the end hold the form of every event, so that renaming a field in the domain cannot pass unnoticed.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;
use till::event::Event;

use crate::stream::Stream;

/// An event as it is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) kind: String,
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

/// The families of events and, in each, the kinds this program reads, with the newest version of each one's form.
const KINDS: &[(&str, &[(&str, u32)])] = &[
    (
        "sale",
        &[
            ("opened", 1),
            ("revised", 1),
            ("paid", 1),
            ("closed", 1),
            ("voided", 1),
            ("receipt_made", 1),
            ("receipt_failed", 1),
        ],
    ),
    (
        "attempt",
        &[
            ("intended", 1),
            ("presented", 1),
            ("opened", 1),
            ("asked", 1),
            ("unanswered", 1),
            ("learned", 1),
            ("claimed", 1),
            ("paid", 1),
            ("confirmed", 1),
            ("contradicted", 1),
            ("test_paid", 1),
            ("withdrawn", 1),
            ("applied", 1),
            ("unapplied", 1),
            ("resolved", 1),
            ("released", 1),
            ("alarms_seen", 1),
            ("recovered", 1),
            ("watch_ended", 1),
        ],
    ),
    ("product", &[("set", 1), ("retired", 1)]),
    ("gateway", &[("refused", 1)]),
    ("till", &[("started", 1), ("alarm", 1), ("alarms_seen", 1)]),
];

/// Whether this program can read events of that kind and version.
pub(crate) fn is_known(kind: &str, version: u32) -> bool {
    newest(kind).is_some_and(|newest| (1..=newest).contains(&version))
}

/// The event as it is written down today.
pub(crate) fn encode(event: &Event) -> Stored {
    let (family, json) = match event {
        Event::Sale(_, event) => ("sale", json(event)),
        Event::Attempt(_, event) => ("attempt", json(event)),
        Event::Product(_, event) => ("product", json(event)),
        Event::Gateway(_, event) => ("gateway", json(event)),
        Event::Till(event) => ("till", json(event)),
    };
    let (tag, body) = split_tag(json);
    let kind = format!("{family}.{tag}");
    let kind_version = newest(&kind).expect("every event of the domain is in the list of kinds: a test makes each");
    Stored { kind, kind_version, body }
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
    let json = join_tag(tag, &upcast(kind, kind_version, body))?;
    Ok(match (family, stream) {
        ("sale", Stream::Sale(number)) => Event::Sale(number, parse(&json)?),
        ("attempt", Stream::Attempt(number)) => Event::Attempt(number, parse(&json)?),
        ("product", Stream::Product(code)) => Event::Product(code, parse(&json)?),
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

fn newest(kind: &str) -> Option<u32> {
    let (family, tag) = kind.split_once('.')?;
    let (_, tags) = KINDS.iter().find(|(name, _)| *name == family)?;
    tags.iter().find(|(name, _)| *name == tag).map(|(_, version)| *version)
}

fn json(event: &impl Serialize) -> String {
    serde_json::to_string(event).expect("an event of the domain has only texts for keys")
}

fn parse<T: DeserializeOwned>(json: &str) -> Result<T, Unreadable> {
    serde_json::from_str(json).map_err(|error| Unreadable::Body(error.to_string()))
}

/// Takes the tag off: `{"kind":"paid","tender":…}` is kind `paid` with body `{"tender":…}`. The domain's enums are all
/// tagged `kind`, and serde writes the tag first.
fn split_tag(mut json: String) -> (String, String) {
    let rest = json.strip_prefix(r#"{"kind":""#).expect("an event of the domain starts with its tag");
    let (tag, rest) = rest.split_once('"').expect("a tag ends");
    let tag = tag.to_owned();
    // Past the comma, when there is more than the tag.
    let body_at = json.len() - rest.len() + usize::from(rest.starts_with(','));
    json.replace_range(..body_at, "{");
    (tag, json)
}

fn join_tag(tag: &str, body: &str) -> Result<String, Unreadable> {
    let fields = body.strip_prefix('{').ok_or_else(|| Unreadable::Body("it is not an object".into()))?;
    let comma = if fields.trim_start().starts_with('}') { "" } else { "," };
    Ok(format!(r#"{{"kind":"{tag}"{comma}{fields}"#))
}

#[cfg(test)]
mod tests;
