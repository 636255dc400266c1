//! What can go wrong with one exchange, split by the only question that matters: can it have arrived?

use std::error::Error;

use crate::address::AddressRefused;
use crate::names::NameNotFound;

/// The client could not be made.
#[derive(Debug, thiserror::Error)]
pub enum NetError {
    /// The HTTP library refused its settings.
    #[error("the network client could not be set up")]
    Setup(#[source] reqwest::Error),
}

/// One exchange did not end in a [`Reply`](crate::Reply).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    /// Nothing left this machine; safe to try again.
    #[error("not sent: {cause}")]
    NotSent {
        /// What stopped it.
        cause: NetCause,
    },
    /// It may have arrived. Ask the gateway before doing anything else.
    #[error("sent, but the answer is not known: {cause}")]
    MaybeSent {
        /// What went wrong on the way.
        cause: NetCause,
    },
}

impl ExchangeError {
    /// What went wrong, on whichever side of the line.
    #[must_use]
    pub const fn cause(self) -> NetCause {
        match self {
            Self::NotSent { cause } | Self::MaybeSent { cause } => cause,
        }
    }
}

/// What went wrong on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetCause {
    /// The till does not talk to such an address.
    #[error("address refused: {0}")]
    Address(AddressRefused),
    /// This computer has no list of certificate authorities, so no server can be checked.
    #[error("this computer has no trusted certificate authorities")]
    NoTrustStore,
    /// The host name was not found, or no name server answered.
    #[error("host name not found")]
    Dns,
    /// Nobody answered the connection.
    #[error("connection refused or unreachable")]
    Connect,
    /// The secure connection could not be agreed, or the server's certificate is not trusted.
    #[error("secure connection failed")]
    Tls,
    /// No answer within the time allowed.
    #[error("timed out")]
    Timeout,
    /// The connection broke, or what came back was not HTTP.
    #[error("connection broke")]
    Broken,
    /// The answer was larger than [`BODY_LIMIT`](crate::BODY_LIMIT).
    #[error("answer too large")]
    TooLarge,
}

/// Files a failure of the HTTP library. What it reports as a connection failure happened before the request was
/// written, because no connection is used twice; everything else is taken to have been sent.
pub(crate) fn classify(error: &reqwest::Error) -> ExchangeError {
    if error.is_connect() || error.is_builder() {
        ExchangeError::NotSent { cause: connect_cause(error) }
    } else if error.is_timeout() {
        ExchangeError::MaybeSent { cause: NetCause::Timeout }
    } else {
        ExchangeError::MaybeSent { cause: NetCause::Broken }
    }
}

fn connect_cause(error: &reqwest::Error) -> NetCause {
    if error.is_timeout() {
        NetCause::Timeout
    } else if has_source(error, |e| e.is::<NameNotFound>()) {
        NetCause::Dns
    } else if has_source(error, |e| e.is::<rustls::Error>()) {
        NetCause::Tls
    } else {
        NetCause::Connect
    }
}

/// Whether `wanted` holds for any error in the chain. An `io::Error` hides the error it wraps from `source`, so it is
/// opened as well.
fn has_source(error: &(dyn Error + 'static), wanted: impl Fn(&(dyn Error + 'static)) -> bool) -> bool {
    let mut next = Some(error);
    while let Some(e) = next {
        if wanted(e) {
            return true;
        }
        next = match e.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => e.source(),
        };
    }
    false
}
