//! The simulator's clock: the machine's, or one that a test moves by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the simulator reads the time.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock. [`Simulator::advance`](crate::Simulator::advance) adds to it, for the gateway only.
    #[default]
    System,
    /// A clock that stands still until somebody moves it: Unix milliseconds, shared with whoever else must agree.
    /// Repeats of notices fire when [`Simulator::advance`](crate::Simulator::advance) or
    /// [`Simulator::run_due`](crate::Simulator::run_due) is called, never by themselves.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `start_ms` (Unix milliseconds).
    #[must_use]
    pub fn manual(start_ms: i64) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(start_ms)))
    }

    /// What the clock shows, in Unix milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        match self {
            Self::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
            }
            Self::Manual(at_ms) => at_ms.load(Ordering::SeqCst),
        }
    }
}

/// A clock and how far the gateway has been moved ahead of it.
#[derive(Clone, Debug)]
pub(crate) struct GatewayClock {
    clock: Clock,
    ahead_ms: Arc<AtomicI64>,
}

impl GatewayClock {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, ahead_ms: Arc::new(AtomicI64::new(0)) }
    }

    pub(crate) fn is_manual(&self) -> bool {
        matches!(self.clock, Clock::Manual(_))
    }

    /// The gateway's own time.
    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now_ms().saturating_add(self.ahead_ms.load(Ordering::SeqCst))
    }

    /// The time its callers share with it. A gateway moved ahead of the machine's clock must go on accepting the
    /// TimeStamp of callers that live on the machine's clock.
    pub(crate) fn shared_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// Moves the gateway's time ahead; a manual clock moves for everybody.
    pub(crate) fn advance_to(&self, target_ms: i64) {
        let by_ms = target_ms.saturating_sub(self.now_ms()).max(0);
        match &self.clock {
            Clock::System => self.ahead_ms.fetch_add(by_ms, Ordering::SeqCst),
            Clock::Manual(at_ms) => at_ms.fetch_add(by_ms, Ordering::SeqCst),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, GatewayClock};

    #[test]
    fn a_manual_clock_moves_for_everybody_a_system_clock_for_the_gateway_only() {
        let manual = GatewayClock::new(Clock::manual(1_000));
        manual.advance_to(5_000);
        assert_eq!((manual.now_ms(), manual.shared_ms()), (5_000, 5_000));
        manual.advance_to(4_000);
        assert_eq!(manual.now_ms(), 5_000);

        let system = GatewayClock::new(Clock::System);
        system.advance_to(system.now_ms() + 3_600_000);
        assert!(system.now_ms() - system.shared_ms() >= 3_599_000);
    }
}
