//! How much one mailbox takes: pure arithmetic, the same over every cabinet.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::account::hex;
use crate::store::{Door, StoreError};

/// How much one mailbox takes at each of its doors. Doors are counted apart, so that a customer's browser cannot fill
/// the gateway's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Letters the till has not acknowledged yet.
    pub letters: usize,
    /// Their bytes.
    pub bytes: usize,
    /// Letters at once, over any time …
    pub burst: u32,
    /// … and then one more every so many milliseconds: a till that fetches quickly is no way to store without end.
    pub every_ms: i64,
}

impl Default for Bounds {
    /// The gateway sends a notice at most five times a day, and a payment has two or three.
    fn default() -> Self {
        Self { letters: 32, bytes: 128 * 1024, burst: 32, every_ms: 30_000 }
    }
}

/// What a mailbox remembers of the letters that came, without what they say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ledger {
    #[serde(default)]
    slips: Vec<Slip>,
    #[serde(default)]
    spent: Vec<Spent>,
}

/// One letter that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Slip {
    sequence: u64,
    door: Door,
    bytes: usize,
    digest: String,
}

/// How much of a door's burst is used up, in milliseconds still to wait, as of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Spent {
    door: Door,
    wait_ms: i64,
    at_ms: i64,
}

/// What a mailbox says to one more letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// It is there already.
    Repeated,
    /// It fits: this is the ledger with it.
    Fits(Ledger),
}

impl Ledger {
    /// Whether one more letter fits; `sequence` is the one it would get, `acknowledged` the last one the till has.
    pub(crate) fn admit(
        &self,
        door: Door,
        body: &[u8],
        sequence: u64,
        acknowledged: u64,
        now_ms: i64,
        bounds: &Bounds,
    ) -> Result<Admission, StoreError> {
        let digest = digest(body);
        if self.slips.iter().any(|slip| slip.door == door && slip.digest == digest) {
            return Ok(Admission::Repeated);
        }
        let waiting = self.slips.iter().filter(|slip| slip.door == door && slip.sequence > acknowledged);
        let (letters, bytes) = waiting.fold((0, 0), |(n, size), slip| (n + 1, size + slip.bytes));
        if letters >= bounds.letters || bytes + body.len() > bounds.bytes {
            return Err(StoreError::Full);
        }
        let wait_ms = self.wait_ms(door, now_ms) + bounds.every_ms;
        if wait_ms > i64::from(bounds.burst) * bounds.every_ms {
            return Err(StoreError::Full);
        }
        let mut after = self.clone();
        after.spent.retain(|spent| spent.door != door);
        after.spent.push(Spent { door, wait_ms, at_ms: now_ms });
        after.slips.push(Slip { sequence, door, bytes: body.len(), digest });
        after.forget(door, acknowledged, bounds.letters * 2);
        Ok(Admission::Fits(after))
    }

    /// A clock that jumps back costs waiting time at worst, never a letter.
    fn wait_ms(&self, door: Door, now_ms: i64) -> i64 {
        let spent = self.spent.iter().find(|spent| spent.door == door);
        spent.map_or(0, |spent| (spent.wait_ms - (now_ms - spent.at_ms).max(0)).max(0))
    }

    /// Only so many old letters are remembered for telling repeats: the till tells them too.
    fn forget(&mut self, door: Door, acknowledged: u64, most: usize) {
        let here = self.slips.iter().filter(|slip| slip.door == door).count();
        let mut too_many = here.saturating_sub(most);
        self.slips.retain(|slip| {
            let old = slip.door == door && slip.sequence <= acknowledged && too_many > 0;
            if old {
                too_many -= 1;
            }
            !old
        });
    }
}

fn digest(body: &[u8]) -> String {
    hex(&Sha256::digest(body)[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Bounds = Bounds { letters: 3, bytes: 10, burst: 4, every_ms: 1000 };

    fn put(ledger: &Ledger, body: &[u8], sequence: u64, acknowledged: u64, now_ms: i64) -> Result<Ledger, StoreError> {
        match ledger.admit(Door::Notice, body, sequence, acknowledged, now_ms, &SMALL)? {
            Admission::Fits(ledger) => Ok(ledger),
            Admission::Repeated => panic!("a repeat"),
        }
    }

    #[test]
    fn a_door_is_bounded_by_count_size_and_rate() {
        let mut ledger = Ledger::default();
        for n in 1..=3_u8 {
            ledger = put(&ledger, &[n], n.into(), 0, 0).unwrap();
        }
        assert_eq!(put(&ledger, b"d", 4, 0, 0), Err(StoreError::Full), "three letters wait");
        assert_eq!(put(&ledger, &[b'x'; 11], 4, 3, 0), Err(StoreError::Full), "too large");
        ledger = put(&ledger, b"d", 4, 3, 0).unwrap();
        assert_eq!(put(&ledger, b"e", 5, 4, 0), Err(StoreError::Full), "four at once");
        assert_eq!(put(&ledger, b"e", 5, 4, -50_000), Err(StoreError::Full), "a clock that jumps back gives nothing");
        assert!(put(&ledger, b"e", 5, 4, 1000).is_ok(), "one more after a second");
    }

    #[test]
    fn doors_are_counted_apart_and_a_repeat_is_known_after_it_was_fetched() {
        let ledger = put(&Ledger::default(), b"a", 1, 0, 0).unwrap();
        let other = ledger.admit(Door::BrowserReturn, b"a", 2, 1, 0, &SMALL).unwrap();
        assert!(matches!(other, Admission::Fits(_)));
        assert_eq!(ledger.admit(Door::Notice, b"a", 2, 1, 0, &SMALL).unwrap(), Admission::Repeated);
    }

    #[test]
    fn a_ledger_stays_small_however_much_comes() {
        let mut ledger = Ledger::default();
        for n in 1..=1000_u32 {
            let now = i64::from(n) * 10_000;
            ledger = put(&ledger, &n.to_be_bytes(), n.into(), u64::from(n) - 1, now).unwrap();
        }
        assert!(ledger.slips.len() <= 7, "{}", ledger.slips.len());
    }
}
