//! Numbers drawn from a seed: the same seed, the same numbers.

use std::time::Duration;

/// SplitMix64: small, and good enough to choose with.
pub(super) struct Lot(u64);

impl Lot {
    pub(super) fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end.max(1)
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(super) fn in_a_hundred(&mut self, times: u64) -> bool {
        self.below(100) < times
    }

    pub(super) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        let count = u64::try_from(choices.len()).expect("few choices");
        choices[usize::try_from(self.below(count)).expect("less than the count")]
    }

    /// A time up to `most`, to the microsecond.
    pub(super) fn up_to(&mut self, most: Duration) -> Duration {
        Duration::from_micros(self.below(u64::try_from(most.as_micros()).expect("a short time")))
    }
}
