//! An event as it stands in the journal: who, when, and its place in the chain.

use std::borrow::Cow;
use std::fmt;

use till::event::Event;
use till::time::Timestamp;

/// Who does something, and when. One for all events of an append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When.
    pub at: Timestamp,
    /// Who was at the till, or which part of it acted by itself.
    pub operator: String,
}

/// The last event of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its sequence number; 0 while the journal is empty.
    pub seq: u64,
    /// Its hash; zeros while the journal is empty.
    pub hash: [u8; 32],
}

impl Head {
    /// The head of a journal without events.
    pub const EMPTY: Self = Self { seq: 0, hash: [0; 32] };

    /// The hash as 64 lower-case hexadecimal digits, as reports print it.
    #[must_use]
    pub fn hex(&self) -> String {
        self.hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// `#1234 9f86d081884c7d65…`: enough to tell two heads apart on paper.
impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{} {}…", self.seq, &self.hex()[..16])
    }
}

/// One event of the journal, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recorded<'a> {
    pub(crate) seq: u64,
    pub(crate) version: u64,
    pub(crate) at: Timestamp,
    pub(crate) operator: Cow<'a, str>,
    pub(crate) event: Cow<'a, Event>,
}
