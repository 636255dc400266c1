//! When ECPay has announced that it will be out of service, as the settings say it.

use ecpay::TaipeiTime;
use register::Maintenance;
use till::time::Timestamp;

use super::check::SettingsError;
use super::file::MaintenanceSettings;

/// More than anybody announces: a file with more is not what it seems.
const MOST: usize = 64;

/// The announced times, checked.
pub(super) fn check(given: &[MaintenanceSettings]) -> Result<Vec<Maintenance>, SettingsError> {
    if given.len() > MOST {
        return Err(wrong());
    }
    given.iter().map(|each| one(each).ok_or_else(wrong)).collect()
}

fn one(given: &MaintenanceSettings) -> Option<Maintenance> {
    let (from, until) = (moment(&given.from)?, moment(&given.until)?);
    (from < until).then_some(Maintenance { from, until })
}

/// `2026-12-01 02:00` on the wall clock in Taipei.
fn moment(text: &str) -> Option<Timestamp> {
    let seconds = TaipeiTime::parse(&format!("{}:00", text.trim().replace('-', "/"))).ok()?.unix();
    Some(Timestamp::from_unix_ms(seconds.checked_mul(1000)?))
}

fn wrong() -> SettingsError {
    SettingsError::Value {
        name: "gateway.maintenance",
        rule: "has entries such as { from = \"2026-12-01 02:00\", until = \"2026-12-01 06:00\" }, Taipei time"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(from: &str, until: &str) -> Vec<MaintenanceSettings> {
        vec![MaintenanceSettings { from: from.to_owned(), until: until.to_owned() }]
    }

    #[test]
    fn an_announced_time_is_on_the_wall_clock_in_taipei() {
        let [night] = check(&given("2026-06-30 02:00", "2026-06-30 06:00")).unwrap()[..] else { panic!("one") };
        assert_eq!(night.from.to_string(), "2026-06-30 02:00:00");
        assert_eq!(night.until.to_string(), "2026-06-30 06:00:00");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for (from, until) in [
            ("2026-06-30 06:00", "2026-06-30 02:00"),
            ("2026-06-30 02:00", "2026-06-30 02:00"),
            ("2026-06-30", "2026-07-01 00:00"),
            ("tonight", "2026-07-01 00:00"),
            ("2026-06-31 02:00", "2026-07-01 00:00"),
            ("", ""),
        ] {
            assert!(check(&given(from, until)).is_err(), "{from} {until}");
        }
        let many: Vec<_> = (0..=MOST).flat_map(|_| given("2026-06-30 02:00", "2026-06-30 06:00")).collect();
        assert!(check(&many).is_err());
    }
}
