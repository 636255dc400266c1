#![doc = include_str!("../README.md")]

mod browser;
mod door;
mod id;
mod language;
pub mod memory;
mod page;
mod router;
mod secure;
mod store;

pub use door::BODY_LIMIT;
pub use id::{BadId, LinkId, Token};
pub use router::router;
pub use store::{Door, Kept, Mail, PageState, PayPage, Store, StoreError};
