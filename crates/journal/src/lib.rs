#![doc = include_str!("../README.md")]

mod append;
mod backup;
mod chain;
mod error;
mod export;
mod figures;
mod file;
mod folds;
mod journal;
mod models;
mod open;
mod reader;
mod recorded;
mod refill;
mod restore;
mod schema;
mod sql;
mod stored;
mod stream;
mod verify;

pub use backup::BackupError;
pub use error::{AppendError, Break, OpenError, ReadError, SqliteError, What};
pub use export::Exported;
pub use figures::{AlarmCount, TaskHolder};
pub use journal::{Journal, Opened};
pub use models::{ReconciledLine, ZReport, phase_name};
pub use reader::{ClosedSale, Reader};
pub use recorded::{Head, Stamp};
pub use restore::{RestoreError, Restored, restore};
pub use verify::{Verified, VerifyError, verify};
