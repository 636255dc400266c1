//! Whether anybody can see the customer's display. Its page says so several times a second; a page that hangs, has
//! crashed, or is hidden says nothing or says that it is hidden, and a window event alone would tell none of these.

use std::time::{Duration, Instant};

/// After this long without a word the display is lost. With the page's beat (`ui/src/customer/beat.ts`) and the
/// watch's own, the cashier's screen shows the QR well within a second (PF-63).
pub(crate) const SILENCE: Duration = Duration::from_millis(600);

/// What is heard from the display's page.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    heard: Option<Instant>,
    seen: Option<Instant>,
}

impl Pulse {
    /// The page said that it runs, and whether it can be seen.
    pub(crate) fn beat(&mut self, visible: bool, now: Instant) {
        self.heard = Some(now);
        self.seen = visible.then_some(now);
    }

    /// Its window has gone.
    pub(crate) fn stop(&mut self) {
        *self = Self::default();
    }

    /// A customer can see it.
    pub(crate) fn is_seen(&self, now: Instant) -> bool {
        self.seen.is_some_and(|seen| now.saturating_duration_since(seen) < SILENCE)
    }

    /// Its page has ever said anything, in this window.
    pub(crate) fn has_begun(&self) -> bool {
        self.heard.is_some()
    }

    /// How long nothing has been heard from it.
    pub(crate) fn silent_for(&self, now: Instant) -> Option<Duration> {
        self.heard.map(|heard| now.saturating_duration_since(heard))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_stops_talking_is_lost_within_the_silence() {
        let start = Instant::now();
        let mut pulse = Pulse::default();
        assert!(!pulse.is_seen(start));
        pulse.beat(true, start);
        assert!(pulse.is_seen(start + SILENCE - Duration::from_millis(1)));
        assert!(!pulse.is_seen(start + SILENCE));
        pulse.beat(true, start + SILENCE * 3);
        assert!(pulse.is_seen(start + SILENCE * 3));
    }

    #[test]
    fn a_hidden_page_lives_and_is_not_seen() {
        let start = Instant::now();
        let mut pulse = Pulse::default();
        pulse.beat(true, start);
        pulse.beat(false, start + Duration::from_millis(10));
        assert!(!pulse.is_seen(start + Duration::from_millis(20)));
        assert_eq!(pulse.silent_for(start + Duration::from_millis(20)), Some(Duration::from_millis(10)));
    }

    #[test]
    fn a_window_that_has_gone_takes_its_pulse_with_it() {
        let start = Instant::now();
        let mut pulse = Pulse::default();
        pulse.beat(true, start);
        pulse.stop();
        assert!(!pulse.is_seen(start) && !pulse.has_begun());
    }
}
