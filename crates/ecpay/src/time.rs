//! ECPay's clock: Taipei wall time without a zone, `yyyy/MM/dd HH:mm:ss`.

use std::fmt;

use ::time::format_description::FormatItem;
use ::time::macros::{format_description, offset, time};
use ::time::{Date, OffsetDateTime, PrimitiveDateTime, UtcOffset};

const TAIPEI: UtcOffset = offset!(+8);
const DATE_TIME: &[FormatItem<'static>] = format_description!("[year]/[month]/[day] [hour]:[minute]:[second]");
const DATE: &[FormatItem<'static>] = format_description!("[year]/[month]/[day]");

/// The last second whose Taipei year has four digits.
const LAST_SECOND: i64 = 253_402_271_999;

/// A moment to the second, written in Taipei time (UTC+8, no summer time).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaipeiTime(i64);

/// A text or number that is no moment ECPay can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not `yyyy/MM/dd HH:mm:ss`, or no such day or hour.
    #[error("not a time of the form yyyy/MM/dd HH:mm:ss")]
    Format,
    /// Before 1970 or after 9999.
    #[error("a time outside the years 1970 to 9999")]
    Range,
}

impl TaipeiTime {
    /// The moment that many seconds after 1970-01-01 00:00:00 UTC.
    ///
    /// # Errors
    /// [`TimeError::Range`] before 1970 or after 9999.
    pub fn from_unix(seconds: i64) -> Result<Self, TimeError> {
        if (0..=LAST_SECOND).contains(&seconds) { Ok(Self(seconds)) } else { Err(TimeError::Range) }
    }

    /// Reads `yyyy/MM/dd HH:mm:ss`.
    ///
    /// # Errors
    /// [`TimeError`].
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let wall = PrimitiveDateTime::parse(text, DATE_TIME).map_err(|_| TimeError::Format)?;
        Self::from_wall(wall)
    }

    /// Reads `yyyy/MM/dd` as the last second of that day: an ATM account is good until 23:59:59 (doc 2872).
    ///
    /// # Errors
    /// [`TimeError`].
    pub fn parse_end_of_day(text: &str) -> Result<Self, TimeError> {
        let day = Date::parse(text, DATE).map_err(|_| TimeError::Format)?;
        Self::from_wall(PrimitiveDateTime::new(day, time!(23:59:59)))
    }

    /// Seconds since 1970-01-01 00:00:00 UTC.
    #[must_use]
    pub fn unix(self) -> i64 {
        self.0
    }

    /// Seconds since midnight in Taipei, below 86,400.
    #[must_use]
    pub fn second_of_day(self) -> u32 {
        let (hour, minute, second) = self.wall().to_hms();
        (u32::from(hour) * 60 + u32::from(minute)) * 60 + u32::from(second)
    }

    /// `yyyy/MM/dd` of this moment in Taipei.
    #[must_use]
    pub fn date(self) -> String {
        self.wall().format(DATE).expect("a year of four digits can be written")
    }

    fn from_wall(wall: PrimitiveDateTime) -> Result<Self, TimeError> {
        Self::from_unix(wall.assume_offset(TAIPEI).unix_timestamp())
    }

    fn wall(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.0).expect("checked when built").to_offset(TAIPEI)
    }
}

impl fmt::Display for TaipeiTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.wall().format(DATE_TIME).expect("a year of four digits can be written"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taipei_is_eight_hours_ahead() {
        assert_eq!(TaipeiTime::from_unix(0).unwrap().to_string(), "1970/01/01 08:00:00");
        assert_eq!(TaipeiTime::from_unix(1_782_998_865).unwrap().to_string(), "2026/07/02 21:27:45");
        assert_eq!(TaipeiTime::parse("2026/07/02 21:27:45").unwrap().unix(), 1_782_998_865);
    }

    #[test]
    fn an_expiry_day_ends_a_second_before_midnight() {
        let end = TaipeiTime::parse_end_of_day("2026/01/05").unwrap();
        assert_eq!(end.to_string(), "2026/01/05 23:59:59");
        assert_eq!(end.date(), "2026/01/05");
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for bad in
            ["", "2026/02/30 00:00:00", "2026-01-05 12:00:00", "2026/01/05", "2026/01/05 24:00:00", "2026/1/5 1:00:00"]
        {
            assert_eq!(TaipeiTime::parse(bad), Err(TimeError::Format), "{bad:?}");
        }
        assert_eq!(TaipeiTime::parse("1969/12/31 23:59:59"), Err(TimeError::Range));
        assert_eq!(TaipeiTime::from_unix(-1), Err(TimeError::Range));
    }

    #[test]
    fn the_last_second_can_be_written_and_read() {
        let last = TaipeiTime::from_unix(LAST_SECOND).unwrap();
        assert_eq!(last.to_string(), "9999/12/31 23:59:59");
        assert_eq!(TaipeiTime::parse("9999/12/31 23:59:59"), Ok(last));
        assert_eq!(TaipeiTime::from_unix(LAST_SECOND + 1), Err(TimeError::Range));
    }
}
