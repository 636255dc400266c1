//! Amounts and times as a customer reads them.

/// Whole dollars with thousands separators: `12,345`.
pub(crate) fn dollars(amount: u64) -> String {
    let digits = amount.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The time of day in Taipei, `14:05`. Taiwan keeps no summer time, so a fixed eight hours is the whole truth.
pub(crate) fn taipei_clock(unix_ms: i64) -> String {
    const MINUTE_MS: i64 = 60_000;
    let minutes = unix_ms.div_euclid(MINUTE_MS).saturating_add(8 * 60).rem_euclid(24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_the_taiwanese_way() {
        for (amount, text) in [(0, "0"), (35, "35"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(dollars(amount), text);
        }
        assert_eq!(dollars(u64::MAX), "18,446,744,073,709,551,615");
        for (ms, text) in [(0, "08:00"), (1_795_223_400_000, "09:10"), (-1, "07:59"), (16 * 3_600_000, "00:00")] {
            assert_eq!(taipei_clock(ms), text, "{ms}");
        }
        // No moment is out of range, however wrong.
        taipei_clock(i64::MAX);
        taipei_clock(i64::MIN);
    }
}
