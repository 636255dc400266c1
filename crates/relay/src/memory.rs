//! A cabinet in memory, for tests and for trying things out. "Stored" means here: as long as this process lives.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::cabinet::{Cabinet, Changed, Item, Key, Put, Unavailable};

/// Things in memory. Clones share them.
#[derive(Clone)]
pub struct MemoryCabinet {
    most: usize,
    items: Arc<Mutex<BTreeMap<Key, Item>>>,
}

impl Default for MemoryCabinet {
    fn default() -> Self {
        Self::holding(100_000)
    }
}

impl MemoryCabinet {
    /// An empty cabinet for at most so many things.
    #[must_use]
    pub fn holding(most: usize) -> Self {
        Self { most, items: Arc::default() }
    }

    /// Throws away what is past its time.
    pub fn purge(&self, now_ms: i64) {
        self.items().retain(|_, item| item.purge_ms.is_none_or(|at| at > now_ms));
    }

    fn items(&self) -> MutexGuard<'_, BTreeMap<Key, Item>> {
        // No holder of this lock can leave the drawers half changed, so a panic elsewhere does not spoil them.
        self.items.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Cabinet for MemoryCabinet {
    async fn get(&self, key: &Key) -> Result<Option<Item>, Unavailable> {
        Ok(self.items().get(key).cloned())
    }

    async fn after(&self, drawer: &str, prefix: &str, slot: &str, limit: usize) -> Result<Vec<Item>, Unavailable> {
        let from = Key::new(drawer, slot.max(prefix));
        let items = self.items();
        let later = items.range((Bound::Excluded(&from), Bound::Unbounded));
        let here = later.take_while(|(key, _)| key.drawer == drawer && key.slot.starts_with(prefix));
        Ok(here.take(limit).map(|(_, item)| item.clone()).collect())
    }

    async fn change(&self, puts: Vec<Put>) -> Result<Changed, Unavailable> {
        let mut items = self.items();
        if puts.iter().any(|put| items.get(&put.key).map_or(0, |item| item.version) != put.replaces) {
            return Ok(Changed::Stale);
        }
        let new = puts.iter().filter(|put| put.replaces == 0).count();
        if items.len() + new > self.most {
            return Err(Unavailable);
        }
        for Put { key, replaces, text, body, purge_ms } in puts {
            items.insert(key.clone(), Item { key, version: replaces + 1, text, body, purge_ms });
        }
        Ok(Changed::Done)
    }

    async fn remove(&self, key: &Key) -> Result<(), Unavailable> {
        self.items().remove(key);
        Ok(())
    }
}
