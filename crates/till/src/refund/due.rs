//! What a refund wants next, and when.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::state::{Phase, Refund};
use crate::time::Timestamp;

/// How fast refunds are asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// So long after a step was sent, "it did not happen" is believed: until then it may still be on its way. The gateway
    /// asks for ten minutes itself when a bank is silent (ECPay doc 45925).
    pub patience_s: u64,
    /// So old may an answer be that a step is sent on.
    pub fresh_s: u64,
    /// After so many days a refund that is accepted and not settled is a matter for a person.
    pub overdue_days: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { patience_s: 600, fresh_s: 60, overdue_days: 30 }
    }
}

impl Pace {
    pub(super) fn patience(&self) -> Duration {
        Duration::from_secs(self.patience_s)
    }

    pub(super) fn fresh(&self) -> Duration {
        Duration::from_secs(self.fresh_s)
    }

    pub(super) fn overdue(&self) -> Duration {
        Duration::from_secs(self.overdue_days.saturating_mul(86_400))
    }
}

/// What a refund wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Ask the gateway how far the payment has come.
    Ask,
    /// Send the step that is ready.
    Send,
    /// No answer came to what was sent: stop waiting for it.
    Doubt,
}

/// No exchange with the gateway takes longer than this.
const IN_FLIGHT: Duration = Duration::from_secs(120);

/// The next thing the refund wants and the moment from which it wants it; nothing when a person has it, or it is over.
#[must_use]
pub fn due(refund: &Refund, pace: &Pace) -> Option<(Timestamp, Action)> {
    let watch = &refund.watch;
    match &refund.phase {
        Phase::Requested => Some((after(refund, refund.terms.requested), Action::Ask)),
        Phase::Waiting { until, .. } => Some((after(refund, *until), Action::Ask)),
        Phase::Ready { at, .. } => Some((*at, Action::Send)),
        Phase::Sent { at, .. } => Some((at.plus(IN_FLIGHT), Action::Doubt)),
        // A "no" is looked into at once.
        Phase::Unsure { at, denied: Some(_), .. } => Some((after(refund, *at), Action::Ask)),
        Phase::Unsure { at, denied: None, .. } => {
            let first = at.plus(Duration::from_secs(10));
            let decisive = at.plus(pace.patience());
            let next = after(refund, first);
            // Where a question before that moment has brought nothing, the next one is the one that counts.
            let next = if watch.asks > 0 && next < decisive { decisive } else { next };
            Some((next, Action::Ask))
        }
        Phase::OnItsWay { at, .. } => {
            let first = at.plus(Duration::from_secs(600));
            let every = |hours: u64| Duration::from_secs(hours * 3_600);
            let next = watch.asked.map_or(first, |asked| {
                let early = asked.since(*at) < every(72);
                asked.plus(if early { every(6) } else { every(24) })
            });
            Some((next, Action::Ask))
        }
        Phase::ToHandOver | Phase::Refused { .. } | Phase::Done { .. } | Phase::Dropped => None,
    }
}

/// The first question at that moment, then slower and slower for as long as none brings an answer.
fn after(refund: &Refund, first: Timestamp) -> Timestamp {
    const WAITS_S: [u64; 6] = [30, 60, 300, 600, 1_800, 7_200];
    let Some(asked) = refund.watch.asked else { return first };
    let at = usize::try_from(refund.watch.asks.saturating_sub(1)).unwrap_or(usize::MAX).min(WAITS_S.len() - 1);
    asked.plus(Duration::from_secs(WAITS_S[at]))
}
