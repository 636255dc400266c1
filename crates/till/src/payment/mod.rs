//! A payment attempt's life, as three pure functions: [`decide`] answers every input in every state, [`Attempt::apply`]
//! folds, [`due`] says what to do next. After a crash the till folds the journal and asks `due`: there is no other
//! recovery code.
//!
//! An attempt tries to collect one frozen amount by one method under one number that is never used again. Two things
//! about it move on their own: what is known of the money ([`Phase`]) and whether the counter still offers it
//! ([`Standing`]). A customer can pay what the cashier has cancelled, so neither ever decides the other.

mod attempt;
mod decide;
mod due;
mod evidence;
mod method;

pub use attempt::{
    Alarm, Attempt, AttemptEvent, Choice, Funds, NoAnswer, Page, Phase, Standing, Terms, Unapplied, Watch, Why,
};
pub use decide::{Input, decide};
pub use due::{Action, Rules, Schedule, Step, due};
pub use evidence::{Door, Evidence, Payment, PaymentCode, Says};
pub use method::Method;
