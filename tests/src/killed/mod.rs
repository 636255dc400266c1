//! Tills that are killed: the real `guitaictl` on real files, ended by SIGKILL at moments a seed has drawn, against a
//! gateway that lives on and remembers every dollar.
//!
//! A [`Day`] is one till in one folder. Its seed says what is bought, who pays how, and when the till dies; the machine
//! says where exactly that falls, so a seed repeats a plan and not a moment.

mod aim;
mod audit;
mod day;
mod lot;
mod process;
mod settle;

pub use day::{Day, Tally};
