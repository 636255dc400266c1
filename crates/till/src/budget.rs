//! How often the gateway may be asked. ECPay answers 403 and stays silent for half an hour when asked too often
//! (ECPay doc 2890), so questions are paid for from one bucket per merchant.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// How fast the bucket fills and how much it holds. No numeric limit is published; these are careful guesses, and
/// settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// The most questions that may follow one another at once.
    pub burst: u32,
    /// One more question is earned every so often.
    pub every_ms: u64,
    /// Two questions are at least this far apart, whatever the bucket holds.
    pub spacing_ms: u64,
    /// How long the gateway is left alone after it answered 403.
    pub silence_ms: u64,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { burst: 4, every_ms: 5_000, spacing_ms: 200, silence_ms: 30 * 60 * 1000 }
    }
}

/// What is left to ask with. Folded from the journal, so a restart earns nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// Questions spent and not yet earned back, in milliseconds of earning, as of `asked_at`.
    debt_ms: u64,
    /// When the last question was asked.
    asked_at: Option<Timestamp>,
    /// The gateway said 403: nothing is asked before this moment.
    silent_until: Option<Timestamp>,
}

impl Budget {
    /// The first moment, from `now` on, at which one question may be asked.
    #[must_use]
    pub fn next(&self, allowance: &Allowance, now: Timestamp) -> Timestamp {
        let mut moment = now;
        if let Some(until) = self.silent_until(now) {
            moment = until;
        }
        if let Some(asked) = self.asked_at {
            moment = moment.max(asked.plus(Duration::from_millis(allowance.spacing_ms)));
            let room = u64::from(allowance.burst.max(1)).saturating_sub(1).saturating_mul(allowance.every_ms);
            let wait = self.debt_ms.saturating_sub(room);
            moment = moment.max(asked.plus(Duration::from_millis(wait)));
        }
        moment
    }

    /// Until when the gateway is left alone, if it still is.
    #[must_use]
    pub fn silent_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.silent_until.filter(|until| *until > now)
    }

    /// The same budget after one question at `at`.
    #[must_use]
    pub fn spent(self, allowance: &Allowance, at: Timestamp) -> Self {
        let earned = self.asked_at.map_or(0, |asked| u64::try_from(at.since(asked).as_millis()).unwrap_or(u64::MAX));
        let debt_ms = self.debt_ms.saturating_sub(earned).saturating_add(allowance.every_ms);
        Self { debt_ms, asked_at: Some(at), ..self }
    }

    /// The same budget after the gateway refused (403) at `at`. A silence never gets shorter.
    #[must_use]
    pub fn refused(self, allowance: &Allowance, at: Timestamp) -> Self {
        let until = at.plus(Duration::from_millis(allowance.silence_ms));
        Self { silent_until: self.silent_until.max(Some(until)), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T0: i64 = 1_700_000_000_000;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_unix_ms(T0 + ms)
    }

    #[test]
    fn a_burst_and_then_one_every_five_seconds() {
        let allowance = Allowance::default();
        let mut budget = Budget::default();
        let mut asked = Vec::new();
        let mut now = at(0);
        for _ in 0..7 {
            now = budget.next(&allowance, now);
            budget = budget.spent(&allowance, now);
            asked.push(now.unix_ms() - T0);
        }
        assert_eq!(asked, [0, 200, 400, 600, 5_000, 10_000, 15_000]);
    }

    #[test]
    fn a_rest_earns_the_burst_back_and_no_more() {
        let allowance = Allowance::default();
        let mut budget = Budget::default();
        for _ in 0..4 {
            budget = budget.spent(&allowance, at(0));
        }
        let later = at(3_600_000);
        for _ in 0..4 {
            assert_eq!(
                budget.next(&allowance, later).since(later),
                Duration::from_millis(if budget.asked_at == Some(later) { 200 } else { 0 })
            );
            budget = budget.spent(&allowance, later);
        }
        assert_eq!(budget.next(&allowance, later), later.plus(Duration::from_secs(5)));
    }

    #[test]
    fn a_403_is_half_an_hour_of_silence_and_never_less_for_a_second_one() {
        let allowance = Allowance::default();
        let budget = Budget::default().refused(&allowance, at(0));
        assert_eq!(budget.next(&allowance, at(1)), at(1_800_000));
        assert_eq!(budget.silent_until(at(1_799_999)), Some(at(1_800_000)));
        assert_eq!(budget.silent_until(at(1_800_000)), None);
        let again = budget.refused(&allowance, at(-60_000));
        assert_eq!(again.next(&allowance, at(1)), at(1_800_000));
    }

    #[test]
    fn a_clock_that_goes_back_earns_nothing() {
        let allowance = Allowance::default();
        let mut budget = Budget::default();
        for _ in 0..4 {
            budget = budget.spent(&allowance, at(10_000));
        }
        let budget = budget.spent(&allowance, at(0));
        assert!(budget.next(&allowance, at(0)) >= at(5_000));
    }
}
