//! When the gateway lets nobody touch card payments (doc 2885), in Taipei wall time.

use std::time::Duration;

use crate::time::TaipeiTime;

use super::ActionKind;

const HOUR: u32 = 60 * 60;
const MINUTE: u32 = 60;
const DAY: u32 = 24 * HOUR;

/// The daily closing starts.
const CLOSING_FROM: u32 = 20 * HOUR + 15 * MINUTE;
/// The daily closing is over.
const CLOSING_UNTIL: u32 = 20 * HOUR + 30 * MINUTE;
/// From here on, what was closed the evening before can be taken back.
const CANCELLING_FROM: u32 = 6 * HOUR;

/// Who asks for the capture of authorised payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Closing {
    /// The gateway, every evening at 20:15: the setting that shops start with.
    Automatic,
    /// The shop, payment by payment.
    Manual,
}

/// How long to wait before this action may be sent; zero is now. With automatic closing nothing is sent from 20:15
/// until 20:30, and the capture of what was closed then can be taken back from 06:00 of the next day.
///
/// The clock is the caller's. One that may be wrong by some seconds needs as many of margin.
#[must_use]
pub fn wait(kind: ActionKind, now: TaipeiTime, closing: Closing) -> Duration {
    let time = now.second_of_day();
    let seconds = match (closing, kind) {
        (Closing::Manual, _) => 0,
        (Closing::Automatic, ActionKind::CancelCapture) if time >= CLOSING_FROM => DAY - time + CANCELLING_FROM,
        (Closing::Automatic, ActionKind::CancelCapture) => CANCELLING_FROM.saturating_sub(time),
        (Closing::Automatic, _) if time >= CLOSING_FROM => CLOSING_UNTIL.saturating_sub(time),
        (Closing::Automatic, _) => 0,
    };
    Duration::from_secs(seconds.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn until(kind: ActionKind, now: &str) -> String {
        let now = TaipeiTime::parse(now).unwrap();
        let seconds = i64::try_from(wait(kind, now, Closing::Automatic).as_secs()).unwrap();
        TaipeiTime::from_unix(now.unix() + seconds).unwrap().to_string()
    }

    #[test]
    fn nothing_is_sent_while_the_gateway_closes_the_day() {
        for kind in [ActionKind::Capture, ActionKind::Refund, ActionKind::Abandon] {
            for (now, allowed) in [
                ("2026/01/05 00:00:00", "2026/01/05 00:00:00"),
                ("2026/01/05 20:14:59", "2026/01/05 20:14:59"),
                ("2026/01/05 20:15:00", "2026/01/05 20:30:00"),
                ("2026/01/05 20:29:59", "2026/01/05 20:30:00"),
                ("2026/01/05 20:30:00", "2026/01/05 20:30:00"),
                ("2026/01/05 23:59:59", "2026/01/05 23:59:59"),
            ] {
                assert_eq!(until(kind, now), allowed, "{kind:?}");
            }
        }
    }

    #[test]
    fn a_capture_is_taken_back_from_six_in_the_morning() {
        for (now, allowed) in [
            ("2026/01/05 00:00:00", "2026/01/05 06:00:00"),
            ("2026/01/05 05:59:59", "2026/01/05 06:00:00"),
            ("2026/01/05 06:00:00", "2026/01/05 06:00:00"),
            ("2026/01/05 20:14:59", "2026/01/05 20:14:59"),
            ("2026/01/05 20:15:00", "2026/01/06 06:00:00"),
            ("2026/01/05 20:30:00", "2026/01/06 06:00:00"),
            ("2026/12/31 23:59:59", "2027/01/01 06:00:00"),
        ] {
            assert_eq!(until(ActionKind::CancelCapture, now), allowed);
        }
    }

    #[test]
    fn a_shop_that_captures_by_itself_waits_for_nobody() {
        let now = TaipeiTime::parse("2026/01/05 20:20:00").unwrap();
        for kind in ActionKind::EVERY {
            assert_eq!(wait(kind, now, Closing::Manual), Duration::ZERO);
        }
    }
}
