#![doc = include_str!("../README.md")]

mod account;
mod browser;
pub mod cabinet;
pub mod client;
#[cfg(feature = "conformance")]
pub mod conformance;
mod door;
mod id;
mod language;
mod mailbox;
mod mailroom;
pub mod memory;
mod page;
mod records;
mod router;
mod secure;
mod store;
mod tills;
pub mod wire;

pub use account::{BadKey, KeyHash, TillKey, TillName};
pub use door::BODY_LIMIT;
pub use id::{BadId, LinkId, Token};
pub use mailbox::Bounds;
pub use mailroom::{Actions, Doorbell, Mailroom, Options, Overview, PublishError};
pub use page::carried::{CarriedPage, carried_page};
pub use router::router;
pub use store::{Door, Kept, Mail, PageState, PayPage, Store, StoreError};
pub use tills::{Owner, Signals, till_router};
