//! Moments, as the till keeps them (Unix milliseconds, UTC) and as the shop reads them (Taipei).

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use time::macros::{format_description, offset};
use time::{Date, OffsetDateTime, UtcOffset};

/// Taipei time. Taiwan has kept no summer time since 1979, so a fixed offset is the whole truth, on any machine.
pub const TAIPEI: UtcOffset = offset!(+8);

/// A moment, in milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment so many milliseconds after 1970-01-01 UTC.
    #[must_use]
    pub const fn from_unix_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since 1970-01-01 UTC.
    #[must_use]
    pub const fn unix_ms(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970-01-01 UTC.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The moment `later` after this one; saturates at the end of time rather than wrap.
    #[must_use]
    pub fn plus(self, later: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(later.as_millis()).unwrap_or(i64::MAX)))
    }

    /// How long this is after `earlier`; nothing when the clock says it is before.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// This moment on the wall clock of a shop in Taipei.
    ///
    /// # Panics
    /// Never for moments of this era: the range of the calendar is ±9999 years and [`Timestamp`] is clamped to it.
    #[must_use]
    pub fn taipei(self) -> OffsetDateTime {
        const FIRST_MS: i64 = -62_135_596_800_000;
        const LAST_MS: i64 = 253_402_214_400_000;
        let clamped = self.0.clamp(FIRST_MS, LAST_MS);
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(clamped) * 1_000_000)
            .expect("a clamped moment is within the calendar")
            .to_offset(TAIPEI)
    }
}

/// `2026-01-05 12:34:56`, Taipei.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shape = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
        f.write_str(&self.taipei().format(shape).map_err(|_| fmt::Error)?)
    }
}

/// A day of the shop's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

/// 1 January 1970, as the `time` crate counts days.
const EPOCH_JULIAN: i64 = 2_440_588;

/// What was given as a day is none.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("a day is written as 2026-12-31")]
pub struct NoDay;

impl Day {
    /// The date.
    #[must_use]
    pub const fn date(self) -> Date {
        self.0
    }

    /// The day after; the last day of the calendar has none and stays.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.next_day().unwrap_or(self.0))
    }

    /// How many days it is after 1 January 1970.
    #[must_use]
    pub fn number(self) -> i64 {
        i64::from(self.0.to_julian_day()) - EPOCH_JULIAN
    }

    /// The day so many days after 1 January 1970; nothing outside the calendar.
    #[must_use]
    pub fn numbered(number: i64) -> Option<Self> {
        let julian = i32::try_from(number.checked_add(EPOCH_JULIAN)?).ok()?;
        Date::from_julian_day(julian).ok().map(Self)
    }

    /// The Monday of its week.
    #[must_use]
    pub fn monday(self) -> Self {
        let after = i64::from(self.0.weekday().number_days_from_monday());
        Self::numbered(self.number() - after).unwrap_or(self)
    }

    /// The first day of its month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        Self(self.0.replace_day(1).unwrap_or(self.0))
    }

    /// Its first moment, in Taipei.
    #[must_use]
    pub fn begin(self) -> Timestamp {
        Timestamp(self.0.midnight().assume_offset(TAIPEI).unix_timestamp() * 1000)
    }
}

impl From<Timestamp> for Day {
    /// The day in Taipei, on a machine in any zone.
    fn from(moment: Timestamp) -> Self {
        Self(moment.taipei().date())
    }
}

impl FromStr for Day {
    type Err = NoDay;
    fn from_str(text: &str) -> Result<Self, NoDay> {
        let dashed = format_description!("[year]-[month]-[day]");
        let slashed = format_description!("[year]/[month padding:none]/[day padding:none]");
        Date::parse(text, dashed).or_else(|_| Date::parse(text, slashed)).map(Self).map_err(|_| NoDay)
    }
}

impl TryFrom<String> for Day {
    type Error = NoDay;
    fn try_from(text: String) -> Result<Self, NoDay> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

/// `2026-01-05`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shape = format_description!("[year]-[month]-[day]");
        f.write_str(&self.0.format(shape).map_err(|_| fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_past_midnight_in_taipei_is_the_new_day_whatever_zone_the_machine_is_in() {
        let utc_afternoon = Timestamp::from_unix_ms(1_767_544_200_000);
        assert_eq!(utc_afternoon.to_string(), "2026-01-05 00:30:00");
        assert_eq!(Day::from(utc_afternoon).to_string(), "2026-01-05");
    }

    #[test]
    fn a_day_has_a_number_a_week_and_a_month() {
        let day: Day = "2026-11-21".parse().expect("a day");
        assert_eq!(Timestamp::from_unix_ms(0).taipei().date(), Day::numbered(0).expect("a day").date());
        assert_eq!(Day::numbered(day.number()), Some(day));
        assert_eq!(
            (day.monday().to_string(), day.first_of_month().to_string()),
            ("2026-11-16".into(), "2026-11-01".into())
        );
        assert_eq!(day.monday().monday(), day.monday());
        assert_eq!(Day::numbered(i64::MAX), None);
    }

    #[test]
    fn a_clock_that_went_back_gives_no_elapsed_time() {
        let now = Timestamp::from_unix_ms(10_000);
        assert_eq!(now.since(Timestamp::from_unix_ms(20_000)), Duration::ZERO);
        assert_eq!(now.plus(Duration::from_secs(2)).unix_ms(), 12_000);
    }

    #[test]
    fn a_day_is_read_as_people_and_spreadsheets_write_it() {
        assert_eq!("2026-01-05".parse::<Day>(), "2026/1/5".parse());
        let day: Day = "2026-01-05".parse().expect("a day");
        assert_eq!(
            (day.begin().to_string(), day.next().to_string()),
            ("2026-01-05 00:00:00".into(), "2026-01-06".into())
        );
        for no_day in ["", "2026-02-30", "115/1/5", "05-01-2026", "2026-1"] {
            assert_eq!(no_day.parse::<Day>(), Err(NoDay), "{no_day}");
        }
    }
}
