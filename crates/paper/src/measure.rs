//! Lengths on paper are whole micrometres (`_um`), so the same layout comes out on every machine.

/// A length in micrometres as millimetres, for the libraries that think in floats.
pub(crate) fn mm(um: i32) -> f32 {
    float(um) / 1000.0
}

/// A whole number as a float, exact as far as floats are (16 million).
pub(crate) fn float(n: i32) -> f32 {
    let half = |n: u32| u16::try_from(n).map_or(f32::from(u16::MAX), f32::from);
    let size = n.unsigned_abs();
    let float = half(size >> 16) * 65_536.0 + half(size & 0xFFFF);
    if n < 0 { -float } else { float }
}

/// A float as the nearest whole number: what the font library hands out in floats (advances, pixel bounds) is whole
/// already.
#[expect(clippy::as_conversions, reason = "the standard library has no other way; `as` saturates")]
pub(crate) fn nearest(value: f32) -> i32 {
    value.round() as i32
}

/// `length × numerator ÷ denominator`, rounded to nearest, in wide arithmetic.
pub(crate) fn scaled(length: i32, numerator: i32, denominator: i32) -> i32 {
    let wide = i64::from(length) * i64::from(numerator);
    let half = i64::from(denominator) / 2;
    i32::try_from((wide + half).div_euclid(i64::from(denominator))).unwrap_or(i32::MAX)
}

/// A count as a length or a number of pixels; paper is far shorter than the limit.
pub(crate) fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_convert_without_drift() {
        assert_eq!(mm(80_000), 80.0);
        assert_eq!(mm(-1_500), -1.5);
        assert_eq!(scaled(1_000, 333, 1_000), 333);
        assert_eq!(scaled(3_000, 12, 1_000), 36);
        assert_eq!(nearest(2.5), 3);
        assert_eq!(float(-70_001), -70_001.0);
    }
}
