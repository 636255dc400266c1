//! When the customer's display is opened, moved, closed and opened again, and what the cashier is told of it: decided
//! from what is known, with no window in sight.

use std::time::{Duration, Instant};

use desk::settings::DisplayPlace;
use register::view::display::CustomerScreen;

use super::pulse::Pulse;

/// A window may take this long until its page speaks.
const PATIENCE: Duration = Duration::from_secs(8);
/// A page that has been silent for so long is given a new window.
const HUNG: Duration = Duration::from_secs(3);
/// How long the cashier is told of a display that has gone.
const MISSED: Duration = Duration::from_secs(120);

/// A monitor's place on the desktop, in its own pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// What is to be done about the window now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It is as it should be.
    Nothing,
    /// Open it: filling this monitor, or as an ordinary window.
    Open(Option<Area>),
    /// Close it.
    Close,
}

/// What the cashier wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    /// It, whenever there is a second monitor.
    Auto,
    /// It, anyhow.
    Open,
    /// None.
    Shut,
}

/// A window that is there.
#[derive(Clone, Copy, Debug)]
struct Open {
    since: Instant,
    on: Option<Area>,
}

/// What is known of the customer's display.
#[derive(Debug)]
pub(crate) struct Plan {
    place: DisplayPlace,
    wish: Wish,
    open: Option<Open>,
    pulse: Pulse,
    /// Since when a display that customers could see is missed.
    missed: Option<Instant>,
}

impl Plan {
    /// By the settings.
    pub(crate) fn new(place: DisplayPlace) -> Self {
        let wish = match place {
            DisplayPlace::Off => Wish::Shut,
            DisplayPlace::Window => Wish::Open,
            DisplayPlace::SecondMonitor => Wish::Auto,
        };
        Self { place, wish, open: None, pulse: Pulse::default(), missed: None }
    }

    /// The cashier wants the other of the two.
    pub(crate) fn toggle(&mut self) {
        if self.place == DisplayPlace::Off {
            return;
        }
        self.missed = None;
        self.wish = if self.open.is_some() { Wish::Shut } else { Wish::Open };
    }

    /// The page said that it runs.
    pub(crate) fn beat(&mut self, visible: bool, now: Instant) {
        self.pulse.beat(visible, now);
        if visible {
            self.missed = None;
        }
    }

    /// The window is there.
    pub(crate) fn opened(&mut self, on: Option<Area>, now: Instant) {
        self.pulse.stop();
        self.open = Some(Open { since: now, on });
    }

    /// The window could not be opened: it is not tried again until somebody asks.
    pub(crate) fn failed(&mut self) {
        self.wish = Wish::Shut;
    }

    /// There is a window.
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// What is to be done now. `there` says whether the window exists, `second` which monitor is not the till's.
    pub(crate) fn next(&mut self, there: bool, second: Option<Area>, now: Instant) -> Step {
        let Some(open) = self.open else { return self.opening(there, second) };
        if !there {
            // Somebody closed it; they know how to open it again.
            self.gone();
            self.wish = Wish::Shut;
            return Step::Nothing;
        }
        if self.wish == Wish::Shut {
            self.gone();
            return Step::Close;
        }
        let elsewhere = self.place == DisplayPlace::SecondMonitor && open.on != second;
        if elsewhere {
            // A display whose monitor is unplugged must not land on top of the till: it waits until there is one again.
            if open.on.is_some() {
                self.wish = Wish::Auto;
                self.missed = Some(now);
            }
            self.gone();
            return Step::Close;
        }
        if self.hangs(&open, now) {
            self.missed = Some(now);
            self.gone();
            return Step::Close;
        }
        Step::Nothing
    }

    /// What the cashier is told.
    pub(crate) fn screen(&self, now: Instant) -> CustomerScreen {
        if self.place == DisplayPlace::Off {
            return CustomerScreen::Off;
        }
        if self.pulse.is_seen(now) {
            return CustomerScreen::Showing;
        }
        let missed = self.missed.is_some_and(|since| now.saturating_duration_since(since) < MISSED);
        let silent = self.open.is_some_and(|open| self.pulse.has_begun() || self.is_late(&open, now));
        if missed || silent { CustomerScreen::Lost } else { CustomerScreen::Closed }
    }

    fn opening(&self, there: bool, second: Option<Area>) -> Step {
        // One that is being closed is still in the way.
        match self.wish {
            _ if there => Step::Nothing,
            Wish::Shut => Step::Nothing,
            Wish::Auto => second.map_or(Step::Nothing, |area| Step::Open(Some(area))),
            Wish::Open if self.place == DisplayPlace::SecondMonitor => Step::Open(second),
            Wish::Open => Step::Open(None),
        }
    }

    fn hangs(&self, open: &Open, now: Instant) -> bool {
        match self.pulse.silent_for(now) {
            Some(silent) => silent >= HUNG,
            None => self.is_late(open, now),
        }
    }

    fn is_late(&self, open: &Open, now: Instant) -> bool {
        now.saturating_duration_since(open.since) >= PATIENCE
    }

    fn gone(&mut self) {
        self.open = None;
        self.pulse.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Area = Area { x: 1280, y: 0, width: 1024, height: 768 };
    const LOOK: Duration = Duration::from_millis(100);

    /// A display on the second monitor that a customer sees.
    fn showing(start: Instant) -> Plan {
        let mut plan = Plan::new(DisplayPlace::SecondMonitor);
        assert_eq!(plan.next(false, Some(SECOND), start), Step::Open(Some(SECOND)));
        plan.opened(Some(SECOND), start);
        assert_eq!(plan.screen(start), CustomerScreen::Closed, "it is still being opened");
        plan.beat(true, start);
        assert_eq!(plan.screen(start), CustomerScreen::Showing);
        plan
    }

    #[test]
    fn without_a_second_monitor_the_display_is_offered_and_opens_as_a_window() {
        let start = Instant::now();
        let mut plan = Plan::new(DisplayPlace::SecondMonitor);
        assert_eq!(plan.next(false, None, start), Step::Nothing);
        assert_eq!(plan.screen(start), CustomerScreen::Closed);
        plan.toggle();
        assert_eq!(plan.next(false, None, start), Step::Open(None));
        plan.opened(None, start);
        assert_eq!(plan.next(true, None, start), Step::Nothing);
        plan.toggle();
        assert_eq!(plan.next(true, None, start), Step::Close);
        assert_eq!(plan.next(false, None, start), Step::Nothing);
    }

    #[test]
    fn a_window_moves_to_the_second_monitor_when_one_is_plugged_in() {
        let start = Instant::now();
        let mut plan = Plan::new(DisplayPlace::SecondMonitor);
        plan.toggle();
        plan.opened(None, start);
        plan.beat(true, start);
        assert_eq!(plan.next(true, Some(SECOND), start), Step::Close);
        assert_eq!(plan.next(true, Some(SECOND), start), Step::Nothing, "the old window is still in the way");
        assert_eq!(plan.next(false, Some(SECOND), start), Step::Open(Some(SECOND)));
    }

    #[test]
    fn an_unplugged_monitor_takes_its_display_away_and_brings_it_back() {
        let start = Instant::now();
        let mut plan = showing(start);
        let later = start + LOOK;
        assert_eq!(plan.next(true, None, later), Step::Close);
        assert_eq!(plan.screen(later), CustomerScreen::Lost);
        assert_eq!(plan.next(false, None, later), Step::Nothing, "never on top of the till");
        assert_eq!(plan.screen(later + MISSED), CustomerScreen::Closed, "not for ever");
        assert_eq!(plan.next(false, Some(SECOND), later), Step::Open(Some(SECOND)));
    }

    #[test]
    fn a_display_that_hangs_is_lost_first_and_then_opened_again() {
        let start = Instant::now();
        let mut plan = showing(start);
        let silent = start + super::super::pulse::SILENCE;
        assert_eq!(plan.screen(silent), CustomerScreen::Lost);
        assert_eq!(plan.next(true, Some(SECOND), silent), Step::Nothing, "it may only be slow");
        assert_eq!(plan.next(true, Some(SECOND), start + HUNG), Step::Close);
        assert_eq!(plan.screen(start + HUNG), CustomerScreen::Lost);
        assert_eq!(plan.next(false, Some(SECOND), start + HUNG), Step::Open(Some(SECOND)));
        plan.opened(Some(SECOND), start + HUNG);
        plan.beat(true, start + HUNG);
        assert_eq!(plan.screen(start + HUNG), CustomerScreen::Showing);
    }

    #[test]
    fn a_hidden_display_is_lost_and_left_alone() {
        let start = Instant::now();
        let mut plan = showing(start);
        for beat in 1..100 {
            let now = start + LOOK * beat;
            plan.beat(false, now);
            assert_eq!(plan.screen(now), CustomerScreen::Lost);
            assert_eq!(plan.next(true, Some(SECOND), now), Step::Nothing);
        }
    }

    #[test]
    fn a_display_that_somebody_closed_stays_closed_until_it_is_asked_for() {
        let start = Instant::now();
        let mut plan = showing(start);
        assert_eq!(plan.next(false, Some(SECOND), start), Step::Nothing);
        assert_eq!(plan.screen(start), CustomerScreen::Closed);
        assert_eq!(plan.next(false, Some(SECOND), start), Step::Nothing);
        plan.toggle();
        assert_eq!(plan.next(false, Some(SECOND), start), Step::Open(Some(SECOND)));
    }

    #[test]
    fn a_page_that_never_speaks_is_lost_after_a_while() {
        let start = Instant::now();
        let mut plan = Plan::new(DisplayPlace::Window);
        assert_eq!(
            plan.next(false, Some(SECOND), start),
            Step::Open(None),
            "where the settings want a window, it is one"
        );
        plan.opened(None, start);
        assert_eq!(plan.next(true, Some(SECOND), start), Step::Nothing);
        assert_eq!(plan.screen(start + PATIENCE), CustomerScreen::Lost);
        assert_eq!(plan.next(true, None, start + PATIENCE), Step::Close);
    }

    #[test]
    fn settings_that_want_no_display_open_none_by_any_key() {
        let start = Instant::now();
        let mut plan = Plan::new(DisplayPlace::Off);
        plan.toggle();
        assert_eq!(plan.next(false, Some(SECOND), start), Step::Nothing);
        assert_eq!(plan.screen(start), CustomerScreen::Off);
    }
}
