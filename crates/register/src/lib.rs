//! The till's application: decide, record, act.
//!
//! [`Register`] is the till without a window, a network or a clock. Every command and every message from outside goes
//! through `till`'s pure functions, is committed to the journal, and only then changes what is in memory; what is to be
//! done in the world comes out as an [`Errand`]. [`drive`] runs the errands through the six [`ports`].

mod at_counter;
#[cfg(test)]
mod bindings_test;
pub mod carried;
pub mod catalogue;
pub mod command_error;
pub mod drive;
pub mod people;
pub mod ports;
pub mod products;
pub mod profile;
pub mod range;
pub mod receipts;
pub mod records;
pub mod refund_slip;
mod register;
pub mod report;
pub mod report_paper;
pub mod setup;
mod translate;
mod translate_card;
mod translate_statement;
pub mod view;

pub use command_error::CommandError;
pub use people::{Consent, Pin};
pub use ports::{Answer, Chance, Clock, Gateway, NotAnswered, Pins, Ports, Press, Shelf, Unprinted};
pub use profile::Profile;
pub use register::{
    BackupNews, Body, Errand, Exchange, Grant, News, Next, Page, PageState, Received, RefundRequest, Register, Relay,
    RelayPage, StartError, StatementCall,
};
pub use setup::{
    CardApi, CounterRules, DayRules, Heading, KeysBefore, Maintenance, PeopleRules, PrinterRules, RefundSetup, Setup,
    Shop,
};
