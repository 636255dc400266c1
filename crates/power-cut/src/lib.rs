#![doc = include_str!("../README.md")]

mod left;
mod recording;
mod shim;
mod tape;

pub use recording::{Disk, Recording};
pub use tape::Tape;
