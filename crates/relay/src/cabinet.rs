//! What a relay's storage has to be able to do, and no more: read one thing, read a drawer in order, and change a few
//! things together or not at all. Everything a mailroom promises is written once on top of these three, so that a new
//! database is one small file.

use std::future::Future;

use axum::body::Bytes;

/// Where a thing lies: the drawer, and the slot within it. Slots of one drawer have an order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which drawer.
    pub drawer: String,
    /// Which slot in it.
    pub slot: String,
}

impl Key {
    /// A key.
    #[must_use]
    pub fn new(drawer: impl Into<String>, slot: impl Into<String>) -> Self {
        Self { drawer: drawer.into(), slot: slot.into() }
    }
}

/// A thing in a cabinet.
#[derive(Clone, PartialEq, Eq)]
pub struct Item {
    /// Where it lies.
    pub key: Key,
    /// Grows by one each time something else is put in its place; 1 at first.
    pub version: u64,
    /// What is known about it, as JSON.
    pub text: String,
    /// Bytes that nobody looks into.
    pub body: Bytes,
    /// From when the cabinet may throw it away, in Unix milliseconds. It may also take its time: who reads, looks.
    pub purge_ms: Option<i64>,
}

/// Shows where it lies; what it says does not belong in a log.
impl std::fmt::Debug for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Item").field("drawer_len", &self.key.drawer.len()).field("version", &self.version).finish()
    }
}

/// One thing put into a cabinet.
#[derive(Clone)]
pub struct Put {
    /// Where.
    pub key: Key,
    /// The version it takes the place of; 0 where there must be nothing. The new version is one more.
    pub replaces: u64,
    /// See [`Item::text`].
    pub text: String,
    /// See [`Item::body`].
    pub body: Bytes,
    /// See [`Item::purge_ms`].
    pub purge_ms: Option<i64>,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// All of it is stored, and survives a power cut as far as this cabinet ever does.
    Done,
    /// Nothing of it is: something else had been put there since it was read.
    Stale,
}

/// The cabinet did not answer, or did not confirm: nothing is known of what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the cabinet does not answer")]
pub struct Unavailable;

/// Storage for a mailroom.
pub trait Cabinet: Clone + Send + Sync + 'static {
    /// What lies there, as it was last stored: also what is past its time and still there.
    ///
    /// # Errors
    /// When it cannot be told.
    fn get(&self, key: &Key) -> impl Future<Output = Result<Option<Item>, Unavailable>> + Send;

    /// At most `limit` things of a drawer whose slots begin with `prefix` and come after `slot`, in order.
    ///
    /// # Errors
    /// When it cannot be told.
    fn after(
        &self,
        drawer: &str,
        prefix: &str,
        slot: &str,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Item>, Unavailable>> + Send;

    /// Puts all of these in, or none.
    ///
    /// # Errors
    /// When it was not confirmed. It may have happened.
    fn change(&self, puts: Vec<Put>) -> impl Future<Output = Result<Changed, Unavailable>> + Send;

    /// Takes one thing out, whatever it is.
    ///
    /// # Errors
    /// When it was not confirmed.
    fn remove(&self, key: &Key) -> impl Future<Output = Result<(), Unavailable>> + Send;
}
