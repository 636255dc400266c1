//! In which order the fields of a message are signed.

/// A field with its place in the order: names compare without regard to ASCII case, as PHP's `strcasecmp` does.
pub(super) struct Entry<'a> {
    /// The first 16 bytes of the lower-cased name, most significant first: decides nearly every comparison.
    rank: u128,
    pub(super) name: &'a str,
    pub(super) value: &'a str,
}

impl<'a> Entry<'a> {
    pub(super) fn new(name: &'a str, value: &'a str) -> Self {
        Self { rank: rank(name.as_bytes()), name, value }
    }

    pub(super) fn compare(&self, other: &Self) -> std::cmp::Ordering {
        // The last two steps make the order independent of how the fields arrived.
        self.rank.cmp(&other.rank).then_with(|| {
            let lower = |name: &'a str| name.bytes().map(|b| b.to_ascii_lowercase());
            lower(self.name).cmp(lower(other.name)).then(self.name.cmp(other.name)).then(self.value.cmp(other.value))
        })
    }
}

/// The first 16 bytes of a name, lower-cased, filled up with zeros. Computed in registers: names are compared far more
/// often than they are longer.
fn rank(name: &[u8]) -> u128 {
    const HALF: usize = 8;
    let (head, tail) = match (name.first_chunk::<HALF>(), name.get(HALF..)) {
        (Some(head), Some(tail)) => (u64::from_be_bytes(*head), left_aligned(tail)),
        _ => (left_aligned(name), 0),
    };
    u128::from(lower_case(head)) << 64 | u128::from(lower_case(tail))
}

/// Up to eight bytes as a number, the first one highest.
fn left_aligned(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.first_chunk::<8>() {
        return u64::from_be_bytes(*eight);
    }
    let number = bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let missing = (8 - bytes.len()) * 8;
    u32::try_from(missing).ok().and_then(|bits| number.checked_shl(bits)).unwrap_or(0)
}

/// Lower-cases the ASCII letters among eight bytes.
fn lower_case(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let low = bytes & !HIGH;
    // The high bit of each byte that is at least `from`.
    let at_least = |from: u8| low + (0x80 - u64::from(from)) * EACH;
    let capitals = at_least(b'A') & !at_least(b'Z' + 1) & !bytes & HIGH;
    // 0x80 becomes 0x20, the difference between the cases.
    bytes | capitals >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_is_the_lower_cased_beginning() {
        for name in [
            "",
            "a",
            "StoreID",
            "MerchantID",
            "Desc_1",
            "CustomField1",
            "MerchantTradeDate",
            "@AZ[`az{\u{7f}",
            "茶A茶B",
        ] {
            let mut head = [0; 16];
            for (to, from) in head.iter_mut().zip(name.bytes()) {
                *to = from.to_ascii_lowercase();
            }
            assert_eq!(rank(name.as_bytes()), u128::from_be_bytes(head), "{name:?}");
        }
    }

    #[test]
    fn an_underscore_comes_before_letters() {
        let before = |a, b| Entry::new(a, "").compare(&Entry::new(b, "")).is_lt();
        assert!(before("Desc_1", "DescA"));
        assert!(before("gwsr", "MerchantID"));
        assert!(before("MerchantTradeDate", "MerchantTradeNo"));
        assert!(before("Trade", "TradeNo"));
        assert!(before("averylongfieldname1", "AVERYLONGFIELDNAME2"));
    }
}
