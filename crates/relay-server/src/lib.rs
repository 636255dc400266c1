//! The relay on a small server of the shop's own: the same mailroom as on AWS, kept in one SQLite file.

mod cabinet;

pub use cabinet::{OpenError, SqliteCabinet};
