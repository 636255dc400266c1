//! A cabinet in one SQLite file. A change is one transaction, on the disk before it is confirmed.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use relay::cabinet::{Cabinet, Changed, Item, Key, Put, Unavailable};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

/// The file cannot be used.
#[derive(Debug)]
pub enum OpenError {
    /// SQLite says no.
    Sqlite(rusqlite::Error),
    /// It was written by a newer relay.
    Newer(i64),
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(error) => write!(f, "the file cannot be opened: {error}"),
            Self::Newer(version) => write!(f, "the file was written by a newer relay (its version is {version})"),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

const VERSION: i64 = 1;

/// One table: a row is one thing. Slots sort as text, which is how the mailroom makes them.
const SCHEMA: &str = "
    CREATE TABLE items (
        drawer   TEXT    NOT NULL,
        slot     TEXT    NOT NULL,
        version  INTEGER NOT NULL,
        text     TEXT    NOT NULL,
        body     BLOB    NOT NULL,
        purge_ms INTEGER,
        PRIMARY KEY (drawer, slot)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX items_by_purge ON items (purge_ms) WHERE purge_ms IS NOT NULL;
    PRAGMA user_version = 1;
";

/// Things in a SQLite file. Clones share it.
#[derive(Clone)]
pub struct SqliteCabinet {
    connection: Arc<Mutex<Connection>>,
}

impl SqliteCabinet {
    /// Opens the file; makes it when there is none.
    ///
    /// # Errors
    /// When it is no cabinet, or a newer one.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // An acknowledged letter survives a power cut: every commit waits for the disk.
        connection.pragma_update(None, "synchronous", "FULL")?;
        let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match change.query_row("PRAGMA user_version", [], |row| row.get(0))? {
            0 => change.execute_batch(SCHEMA)?,
            VERSION => {}
            newer => return Err(OpenError::Newer(newer)),
        }
        change.commit()?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)) })
    }

    /// Throws away what is past its time, and says how much that was.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn purge(&self, now_ms: i64) -> Result<usize, Unavailable> {
        self.with(move |connection| connection.execute("DELETE FROM items WHERE purge_ms <= ?1", [now_ms])).await
    }

    /// The disk is waited for away from the threads that serve.
    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Unavailable> {
        let connection = Arc::clone(&self.connection);
        let done = tokio::task::spawn_blocking(move || {
            // A panic rolls its transaction back, so the connection is as good as before.
            work(&mut connection.lock().unwrap_or_else(PoisonError::into_inner))
        });
        match done.await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => {
                tracing::error!(%error, "sqlite");
                Err(Unavailable)
            }
            Err(_) => Err(Unavailable),
        }
    }
}

const COLUMNS: &str = "drawer, slot, version, text, body, purge_ms";

impl Cabinet for SqliteCabinet {
    async fn get(&self, key: &Key) -> Result<Option<Item>, Unavailable> {
        let key = key.clone();
        self.with(move |connection| {
            connection
                .prepare_cached(&format!("SELECT {COLUMNS} FROM items WHERE drawer = ?1 AND slot = ?2"))?
                .query_row(params![key.drawer, key.slot], item)
                .optional()
        })
        .await
    }

    async fn after(&self, drawer: &str, prefix: &str, slot: &str, limit: usize) -> Result<Vec<Item>, Unavailable> {
        let (drawer, prefix, from) = (drawer.to_owned(), prefix.to_owned(), slot.max(prefix).to_owned());
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.with(move |connection| {
            connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM items WHERE drawer = ?1 AND slot > ?2 AND substr(slot, 1, length(?3)) = ?3
                     ORDER BY slot LIMIT ?4"
                ))?
                .query_map(params![drawer, from, prefix, limit], item)?
                .collect()
        })
        .await
    }

    async fn change(&self, puts: Vec<Put>) -> Result<Changed, Unavailable> {
        self.with(move |connection| {
            let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for put in &puts {
                if !put_one(&change, put)? {
                    return Ok(Changed::Stale);
                }
            }
            change.commit()?;
            Ok(Changed::Done)
        })
        .await
    }

    async fn remove(&self, key: &Key) -> Result<(), Unavailable> {
        let key = key.clone();
        self.with(move |connection| {
            connection.execute("DELETE FROM items WHERE drawer = ?1 AND slot = ?2", params![key.drawer, key.slot])
        })
        .await
        .map(drop)
    }
}

/// Says whether what lies there was what is to be replaced.
fn put_one(change: &Transaction<'_>, put: &Put) -> rusqlite::Result<bool> {
    let replaces = i64::try_from(put.replaces).unwrap_or(i64::MAX);
    let Key { drawer, slot } = &put.key;
    let rows = if replaces == 0 {
        change
            .prepare_cached(
                "INSERT INTO items (drawer, slot, version, text, body, purge_ms) VALUES (?1, ?2, 1, ?3, ?4, ?5)
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![drawer, slot, put.text, &put.body[..], put.purge_ms])?
    } else {
        change
            .prepare_cached(
                "UPDATE items SET version = version + 1, text = ?3, body = ?4, purge_ms = ?5
                 WHERE drawer = ?1 AND slot = ?2 AND version = ?6",
            )?
            .execute(params![drawer, slot, put.text, &put.body[..], put.purge_ms, replaces])?
    };
    Ok(rows == 1)
}

fn item(row: &Row<'_>) -> rusqlite::Result<Item> {
    let version: i64 = row.get(2)?;
    Ok(Item {
        key: Key::new(row.get::<_, String>(0)?, row.get::<_, String>(1)?),
        version: u64::try_from(version).unwrap_or(0),
        text: row.get(3)?,
        body: Bytes::from(row.get::<_, Vec<u8>>(4)?),
        purge_ms: row.get(5)?,
    })
}
