//! The gate in front of the query APIs: a token bucket per merchant, then 403 until the silence is over (ECPay doc 2890).

use std::collections::BTreeMap;

use crate::options::RateLimit;

/// Strangers share one bucket, so that made-up merchant numbers cannot fill the memory.
pub(crate) struct Gate {
    limit: RateLimit,
    buckets: BTreeMap<String, Bucket>,
}

/// What the gate says to one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passage {
    Open,
    Forbidden,
}

struct Bucket {
    /// Thousandths of a call.
    filled_milli: i64,
    filled_at_ms: i64,
    silent_until_ms: i64,
}

impl Gate {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self { limit, buckets: BTreeMap::new() }
    }

    pub(crate) fn knock(&mut self, merchant_id: &str, now_ms: i64) -> Passage {
        let limit = self.limit;
        let full_milli = i64::from(limit.burst) * 1000;
        let bucket = self.bucket(merchant_id, now_ms);
        if now_ms < bucket.silent_until_ms {
            if limit.calls_prolong_silence {
                bucket.silent_until_ms = now_ms.saturating_add(limit.silence_ms);
            }
            return Passage::Forbidden;
        }
        let elapsed_ms = now_ms.saturating_sub(bucket.filled_at_ms).max(0);
        let gained_milli = elapsed_ms.saturating_mul(i64::from(limit.per_minute)) / 60;
        bucket.filled_milli = bucket.filled_milli.saturating_add(gained_milli).min(full_milli);
        bucket.filled_at_ms = now_ms;
        if bucket.filled_milli < 1000 {
            bucket.silent_until_ms = now_ms.saturating_add(limit.silence_ms);
            return Passage::Forbidden;
        }
        bucket.filled_milli -= 1000;
        Passage::Open
    }

    /// Starts a silence as if the merchant had called too often; returns until when.
    pub(crate) fn silence(&mut self, merchant_id: &str, now_ms: i64) -> i64 {
        let silence_ms = self.limit.silence_ms;
        let bucket = self.bucket(merchant_id, now_ms);
        bucket.silent_until_ms = now_ms.saturating_add(silence_ms);
        bucket.silent_until_ms
    }

    fn bucket(&mut self, merchant_id: &str, now_ms: i64) -> &mut Bucket {
        let full_milli = i64::from(self.limit.burst) * 1000;
        self.buckets.entry(merchant_id.to_owned()).or_insert(Bucket {
            filled_milli: full_milli,
            filled_at_ms: now_ms,
            silent_until_ms: i64::MIN,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taipei::MINUTE_MS;

    fn gate(calls_prolong_silence: bool) -> Gate {
        Gate::new(RateLimit { burst: 3, per_minute: 6, silence_ms: 30 * MINUTE_MS, calls_prolong_silence })
    }

    #[test]
    fn a_burst_passes_then_silence_for_thirty_minutes_then_open_again() {
        let mut gate = gate(false);
        let answers: Vec<Passage> = (0..5).map(|_| gate.knock("a", 0)).collect();
        assert_eq!(answers[..3], [Passage::Open; 3]);
        assert_eq!(answers[3..], [Passage::Forbidden; 2]);
        assert_eq!(gate.knock("b", 0), Passage::Open, "another merchant is not concerned");
        assert_eq!(gate.knock("a", 30 * MINUTE_MS - 1), Passage::Forbidden);
        assert_eq!(gate.knock("a", 30 * MINUTE_MS), Passage::Open);
    }

    #[test]
    fn a_steady_caller_within_the_rate_is_never_stopped() {
        let mut gate = gate(false);
        assert!((0..1_000).all(|n| gate.knock("a", n * 10_000) == Passage::Open));
    }

    #[test]
    fn when_switched_on_every_call_in_the_silence_starts_it_anew() {
        let mut gate = gate(true);
        gate.silence("a", 0);
        assert_eq!(gate.knock("a", 29 * MINUTE_MS), Passage::Forbidden);
        assert_eq!(gate.knock("a", 31 * MINUTE_MS), Passage::Forbidden);
        assert_eq!(gate.knock("a", 61 * MINUTE_MS), Passage::Open);
    }
}
