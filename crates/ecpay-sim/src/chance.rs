//! Chance that repeats: a small seeded generator, so that the same seed gives the same numbers on every machine.

/// SplitMix64. Not for secrets; the simulator has none.
#[derive(Clone, Debug)]
pub(crate) struct Chance {
    state: u64,
}

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    pub(crate) fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included. The bias of the remainder is far below anything a test could see.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high.saturating_sub(low).saturating_add(1)).unwrap_or(1).max(1);
        low.saturating_add(i64::try_from(self.draw() % span).unwrap_or(0))
    }

    /// So many decimal digits, the first one possibly zero.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.draw() % 10).unwrap_or(0))).collect()
    }

    /// 128 bits as hex: the name of one opened cashier page.
    pub(crate) fn token(&mut self) -> String {
        format!("{:016x}{:016x}", self.draw(), self.draw())
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn same_seed_same_numbers() {
        let (mut one, mut two) = (Chance::new(7), Chance::new(7));
        assert_eq!(one.token(), two.token());
        assert_eq!(one.digits(16), two.digits(16));
        assert_ne!(Chance::new(8).token(), Chance::new(7).token());
    }

    #[test]
    fn between_stays_between_and_reaches_both_ends() {
        let mut chance = Chance::new(1);
        let drawn: Vec<i64> = (0..500).map(|_| chance.between(5, 15)).collect();
        assert!(drawn.iter().all(|n| (5..=15).contains(n)));
        assert!(drawn.contains(&5) && drawn.contains(&15));
    }
}
