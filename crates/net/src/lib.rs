#![doc = include_str!("../README.md")]

mod address;
mod client;
mod error;
mod names;
mod reply;
mod wire;

pub use address::AddressRefused;
pub use client::{Client, Timeouts, Verb};
pub use error::{ExchangeError, NetCause, NetError};
pub use reply::{BODY_LIMIT, Reply};
pub use wire::{Wire, WireTimeouts};
