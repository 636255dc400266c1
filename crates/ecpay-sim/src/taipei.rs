//! Moments as the gateway writes them: Taipei time without a zone (ECPay doc 2864).

use time::macros::{format_description as shape, offset};
use time::{Duration, OffsetDateTime, PrimitiveDateTime};

pub(crate) const MINUTE_MS: i64 = 60_000;
pub(crate) const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// `yyyy/MM/dd HH:mm:ss`.
pub(crate) fn second(at_ms: i64) -> String {
    written(at_ms, shape!("[year]/[month]/[day] [hour]:[minute]:[second]"))
}

/// `yyyy/MM/dd`.
pub(crate) fn day(at_ms: i64) -> String {
    written(at_ms, shape!("[year]/[month]/[day]"))
}

/// `yyMMddHHmmss`, the beginning of a TradeNo.
pub(crate) fn trade_no_prefix(at_ms: i64) -> String {
    written(at_ms, shape!("[year repr:last_two][month][day][hour][minute][second]"))
}

/// `yyyyMMddHHmmss`, the end of a TWQRTradeNo.
pub(crate) fn digits(at_ms: i64) -> String {
    written(at_ms, shape!("[year][month][day][hour][minute][second]"))
}

/// `yyMMdd`, the due date printed in the first segment of a store barcode.
pub(crate) fn short_day(at_ms: i64) -> String {
    written(at_ms, shape!("[year repr:last_two][month][day]"))
}

/// Whether two moments fall on the same day in Taipei.
pub(crate) fn same_day(one_ms: i64, other_ms: i64) -> bool {
    wall(one_ms).date() == wall(other_ms).date()
}

/// (year, month) in Taipei.
pub(crate) fn month(at_ms: i64) -> (i32, u8) {
    let date = wall(at_ms).date();
    (date.year(), u8::from(date.month()))
}

/// 00:00:00 of the day of this moment in Taipei, which has had no summer time since 1979.
pub(crate) fn start_of_day(at_ms: i64) -> i64 {
    const AHEAD_MS: i64 = 8 * 60 * MINUTE_MS;
    let wall_ms = at_ms.saturating_add(AHEAD_MS);
    at_ms - wall_ms.rem_euclid(DAY_MS)
}

/// 23:59:59 of the day so many days after `from_ms`.
pub(crate) fn end_of_day(from_ms: i64, days: i64) -> i64 {
    let start = wall(from_ms).replace_time(time::Time::MIDNIGHT);
    let end = start.checked_add(Duration::days(days.saturating_add(1)) - Duration::SECOND).unwrap_or(start);
    end.unix_timestamp().saturating_mul(1000)
}

/// Whether a text is a moment as `yyyy/MM/dd HH:mm:ss`.
pub(crate) fn is_second(text: &str) -> bool {
    PrimitiveDateTime::parse(text, shape!("[year]/[month]/[day] [hour]:[minute]:[second]")).is_ok()
}

fn written(at_ms: i64, shape: &(impl time::formatting::Formattable + ?Sized)) -> String {
    wall(at_ms).format(shape).unwrap_or_default()
}

fn wall(at_ms: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1000))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .to_offset(offset!(+8))
}

#[cfg(test)]
mod tests {
    use super::*;

    // 2026-07-02 21:24:11 in Taipei, a recorded order's TradeDate.
    const AT_MS: i64 = 1_782_998_651_000;

    #[test]
    fn moments_are_written_in_taipei_time() {
        assert_eq!(second(AT_MS), "2026/07/02 21:24:11");
        assert_eq!(day(AT_MS), "2026/07/02");
        assert_eq!(trade_no_prefix(AT_MS), "260702212411");
        assert_eq!(digits(AT_MS), "20260702212411");
        assert_eq!(short_day(AT_MS), "260702");
    }

    #[test]
    fn a_day_ends_one_second_before_midnight_in_taipei() {
        assert_eq!(second(end_of_day(AT_MS, 3)), "2026/07/05 23:59:59");
        assert!(same_day(AT_MS, end_of_day(AT_MS, 0)));
        assert!(!same_day(AT_MS, end_of_day(AT_MS, 0) + 1000));
        assert_eq!(second(start_of_day(AT_MS)), "2026/07/02 00:00:00");
        assert_eq!(start_of_day(AT_MS), end_of_day(AT_MS, -1) + 1000);
    }

    #[test]
    fn only_the_documented_shape_is_a_moment() {
        assert!(is_second("2026/07/02 21:24:11"));
        for wrong in ["", "2026-07-02 21:24:11", "2026/7/2 21:24:11", "2026/02/30 00:00:00", "2026/07/02"] {
            assert!(!is_second(wrong), "{wrong}");
        }
    }
}
