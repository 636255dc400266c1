//! A receipt on its way to a printer: what is known of the sheet, as the journal tells it.

use serde::{Deserialize, Serialize};

/// Where the latest print of a sale's receipt stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Print {
    /// Nobody has asked for one.
    #[default]
    NotAsked,
    /// It was handed to a printer, and nothing is known of it. Nobody sends it again by itself.
    Sent {
        /// Which copy; 0 is the original.
        copy: u32,
        /// To which printer.
        printer: String,
    },
    /// It came out.
    Done,
    /// It did not come out, or not all of it.
    Failed {
        /// Which copy.
        copy: u32,
        /// Of which printer.
        printer: String,
        /// Whether any of it can have come out.
        came: Came,
        /// Why.
        fault: Fault,
    },
    /// A person does without.
    LeftOut,
}

/// Whether any of a paper can have come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// No: printing it again makes one.
    Nothing,
    /// Perhaps: printing it again can make two, so the next one is a copy and says so.
    Maybe,
}

/// Why a paper did not come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The printer is switched off, unplugged, or somewhere else.
    Unreachable,
    /// The till may not use it.
    Forbidden,
    /// Somebody else prints on it.
    Busy,
    /// Its roll is used up.
    PaperOut,
    /// Its cover is open.
    CoverOpen,
    /// It reports a fault.
    Faulty,
    /// It is off line and does not say why.
    Offline,
    /// It stopped in the middle.
    Stalled,
    /// The connection broke.
    Broken,
    /// It does not say whether the paper came out; also when the till was interrupted before it could hear it.
    Silent,
    /// The print queue did not take it.
    Refused,
    /// The paper could not be drawn, or there is no such printer.
    NotDrawn,
}

impl Print {
    /// Whether something is still to come of it, or a person has to see to it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Sent { .. } | Self::Failed { .. })
    }
}
