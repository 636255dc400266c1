//! What is kept for one profile: the keys that sign, and for a while those they took the place of.

use ecpay::keys::Merchant;

/// What is kept for one profile.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The keys that sign.
    pub keys: Merchant,
    /// Those they took the place of, the latest first: somebody may still sign with them.
    pub before: Vec<Before>,
}

/// Keys that another pair of the same merchant has taken the place of.
#[derive(Clone, Debug)]
pub struct Before {
    /// The keys.
    pub keys: Merchant,
    /// Since when they are the ones before, in Unix milliseconds.
    pub replaced_ms: i64,
}

/// How many pairs are kept from before. One would do if nobody ever mistyped: a wrong pair that is put right an hour later
/// must not push the one out that ECPay has signed with.
pub(crate) const MOST_BEFORE: usize = 3;

impl Kept {
    /// These keys, and none before them.
    #[must_use]
    pub fn only(keys: Merchant) -> Self {
        Self { keys, before: Vec::new() }
    }

    /// What is kept once `keys` have taken the place of these. Keys of another merchant follow no pair, and the same pair
    /// once more changes nothing: whoever types it again has not changed it again.
    #[must_use]
    pub fn followed_by(self, keys: Merchant, now_ms: i64) -> Self {
        if self.keys.id != keys.id {
            return Self::only(keys);
        }
        if same(&self.keys, &keys) {
            return self;
        }
        let mut before = self.before;
        before.retain(|older| !same(&older.keys, &keys));
        before.insert(0, Before { keys: self.keys, replaced_ms: now_ms });
        before.truncate(MOST_BEFORE);
        Self { keys, before }
    }
}

fn same(one: &Merchant, other: &Merchant) -> bool {
    one.key.expose() == other.key.expose() && one.iv.expose() == other.iv.expose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(id: &str, key: &str) -> Merchant {
        Merchant { id: id.parse().unwrap(), key: key.parse().unwrap(), iv: "EkRm7iFT261dpevs".parse().unwrap() }
    }

    fn before(kept: &Kept) -> Vec<(&str, i64)> {
        kept.before
            .iter()
            .map(|before| (std::str::from_utf8(before.keys.key.expose()).unwrap(), before.replaced_ms))
            .collect()
    }

    #[test]
    fn a_new_pair_keeps_those_before_it_up_to_a_few() {
        let first = Kept::only(keys("3412345", "aaaaaaaaaaaaaaaa"));
        let second = first.followed_by(keys("3412345", "bbbbbbbbbbbbbbbb"), 7);
        assert_eq!(second.keys.key.expose(), b"bbbbbbbbbbbbbbbb");
        assert_eq!(before(&second), [("aaaaaaaaaaaaaaaa", 7)]);
        let third = second.followed_by(keys("3412345", "cccccccccccccccc"), 9);
        assert_eq!(before(&third), [("bbbbbbbbbbbbbbbb", 9), ("aaaaaaaaaaaaaaaa", 7)]);
        let back = third.followed_by(keys("3412345", "aaaaaaaaaaaaaaaa"), 11);
        assert_eq!(before(&back), [("cccccccccccccccc", 11), ("bbbbbbbbbbbbbbbb", 9)], "back to the first");
        let many =
            ["d", "e", "f"].iter().fold(back, |kept, letter| kept.followed_by(keys("3412345", &letter.repeat(16)), 12));
        assert_eq!(before(&many).len(), MOST_BEFORE);
    }

    #[test]
    fn the_same_pair_again_starts_no_new_window() {
        let kept = Kept::only(keys("3412345", "aaaaaaaaaaaaaaaa")).followed_by(keys("3412345", "bbbbbbbbbbbbbbbb"), 7);
        assert_eq!(before(&kept.followed_by(keys("3412345", "bbbbbbbbbbbbbbbb"), 9)), [("aaaaaaaaaaaaaaaa", 7)]);
    }

    #[test]
    fn another_merchants_keys_follow_nobodys() {
        let kept = Kept::only(keys("3412345", "aaaaaaaaaaaaaaaa")).followed_by(keys("3412346", "bbbbbbbbbbbbbbbb"), 7);
        assert!(kept.before.is_empty());
    }
}
