//! What can go wrong on the way to paper.

use std::io::ErrorKind;

use net::{ExchangeError, NetCause};
use paper::escpos::status::Health;

/// A paper did not come out, or not for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Trouble {
    /// Whether any of it can have come out.
    pub came: Came,
    /// Why not all of it did.
    pub why: Why,
}

/// Whether anything can have come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Came {
    /// No.
    Nothing,
    /// Perhaps, and nobody knows how much.
    Maybe,
}

/// Why a paper did not come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Why {
    /// It is switched off, unplugged, or somewhere else.
    #[error("the printer cannot be reached")]
    Unreachable,
    /// The till may not use it.
    #[error("the till may not use the printer's device")]
    Forbidden,
    /// Somebody else prints on it.
    #[error("the printer is busy with somebody else's paper")]
    Busy,
    /// It says what is wrong with it.
    #[error("the printer does not print: {}", said(*.0))]
    Says(Health),
    /// It stopped taking bytes.
    #[error("the printer stopped in the middle")]
    Stalled,
    /// The connection broke.
    #[error("the connection to the printer broke")]
    Broken,
    /// It took everything and then did not say that it was done.
    #[error("the printer does not say whether the paper came out")]
    Silent,
    /// The system's print queue did not take it.
    #[error("the print queue did not take the paper")]
    Refused,
}

fn said(health: Health) -> &'static str {
    match health {
        Health::PaperOut => "it is out of paper",
        Health::CoverOpen => "its cover is open",
        Health::Faulty => "it reports a fault",
        Health::Offline => "it is off line",
        Health::PaperLow | Health::Ready => "it does not say why",
    }
}

impl Why {
    /// With nothing on paper.
    pub(crate) const fn before(self) -> Trouble {
        Trouble { came: Came::Nothing, why: self }
    }

    /// With perhaps something on paper.
    pub(crate) const fn after(self) -> Trouble {
        Trouble { came: Came::Maybe, why: self }
    }
}

/// What `net` says of a connection.
pub(crate) fn of_net(error: ExchangeError) -> Why {
    match (error, error.cause()) {
        (ExchangeError::NotSent { .. }, _) => Why::Unreachable,
        (ExchangeError::MaybeSent { .. }, NetCause::Timeout) => Why::Stalled,
        (ExchangeError::MaybeSent { .. }, _) => Why::Broken,
    }
}

/// What the system says of a device or a file.
pub(crate) fn of_io(error: &std::io::Error) -> Why {
    match error.kind() {
        ErrorKind::PermissionDenied => Why::Forbidden,
        ErrorKind::ResourceBusy => Why::Busy,
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Why::Stalled,
        ErrorKind::NotFound | ErrorKind::NotADirectory => Why::Unreachable,
        _ => Why::Broken,
    }
}
