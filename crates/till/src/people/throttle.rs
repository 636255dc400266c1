//! How long a person's name waits after wrong PINs. Folded from the journal, so a restart earns nothing.

use std::time::Duration;

use crate::time::Timestamp;

/// Wrong PINs given under one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WrongPins {
    /// So many since the last right one.
    pub count: u32,
    /// The last of them.
    pub last: Option<Timestamp>,
    /// So many that no owner has seen yet.
    pub unseen: u32,
}

impl WrongPins {
    /// As many as a slip of the finger explains.
    const FREE: u32 = 3;
    /// From here on it is the owner's business.
    const TOLD: u32 = 5;
    const FIRST_WAIT_S: u64 = 30;
    const LONGEST_WAIT_S: u64 = 30 * 60;

    /// One more at `at`.
    #[must_use]
    pub fn one_more(self, at: Timestamp) -> Self {
        Self { count: self.count.saturating_add(1), last: Some(at), unseen: self.unseen.saturating_add(1) }
    }

    /// Until when no PIN is looked at under this name, if that is still to come: nothing for the first two, then half a
    /// minute, twice as long each time, at most half an hour.
    #[must_use]
    pub fn wait_until(&self, now: Timestamp) -> Option<Timestamp> {
        let past = self.count.checked_sub(Self::FREE)?;
        let seconds = Self::FIRST_WAIT_S.saturating_mul(1 << past.min(16)).min(Self::LONGEST_WAIT_S);
        Some(self.last?.plus(Duration::from_secs(seconds))).filter(|until| *until > now)
    }

    /// Whether the owner is told.
    #[must_use]
    pub fn is_alarming(&self) -> bool {
        self.unseen >= Self::TOLD
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_with_every_wrong_pin_and_has_an_end() {
        let now = Timestamp::from_unix_ms(1_700_000_000_000);
        let mut wrong = WrongPins::default();
        let mut waits = Vec::new();
        for _ in 0..12 {
            wrong = wrong.one_more(now);
            waits.push(wrong.wait_until(now).map_or(0, |until| until.since(now).as_secs()));
        }
        assert_eq!(waits, [0, 0, 30, 60, 120, 240, 480, 960, 1_800, 1_800, 1_800, 1_800]);
        assert!(wrong.is_alarming());
        assert_eq!(wrong.wait_until(now.plus(Duration::from_secs(1_800))), None);
    }
}
