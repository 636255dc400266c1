//! The till's application: decide, record, act.
//!
//! [`Register`] is the till without a window, a network or a clock. Every command and every message from outside goes
//! through `till`'s pure functions, is committed to the journal, and only then changes what is in memory; what is to be
//! done in the world comes out as an [`Errand`]. [`drive`] runs the errands through the four [`ports`].

#[cfg(test)]
mod bindings_test;
pub mod catalogue;
pub mod command_error;
pub mod drive;
pub mod ports;
pub mod products;
pub mod profile;
pub mod receipts;
pub mod records;
mod register;
pub mod report;
pub mod setup;
mod translate;
pub mod view;

pub use command_error::CommandError;
pub use ports::{Answer, Chance, Clock, Gateway, NotAnswered, Ports, Shelf};
pub use profile::Profile;
pub use register::{Errand, News, Next, Page, PageState, Received, Register, Relay, RelayPage, StartError};
pub use setup::{Heading, Setup, Shop};
