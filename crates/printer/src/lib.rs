#![doc = include_str!("../README.md")]

#[cfg(unix)]
mod device;
#[cfg(not(unix))]
#[path = "device_plain.rs"]
mod device;
mod queue;
mod talk;
mod trouble;
mod way;

use std::time::Duration;

pub use paper::escpos::status::Health;
pub use trouble::{Came, Trouble, Why};
pub use way::{Print, Way};

/// How long a printer is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For an answer about how it is. One that never answers costs this much once for every paper.
    pub answer: Duration,
    /// For the next few kilobytes to be taken.
    pub stall: Duration,
    /// From the last byte to the answer that all of it was printed; and for a print queue to take a document.
    pub done: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            answer: Duration::from_millis(700),
            stall: Duration::from_secs(15),
            done: Duration::from_secs(20),
        }
    }
}

/// What is known of a paper that went well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// The printer says it has printed all of it, and how it is now.
    Said(Health),
    /// All of it was taken; nobody says more.
    Taken,
}
