//! The customer's display: a window of its own that is only ever shown things. It is opened, watched and given up here;
//! what stands on it is made by the register.

mod plan;
mod pulse;
mod window;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use desk::settings::DisplayPlace;
use register::view::display::{CustomerScreen, Display};
use tauri::ipc::Channel;
use tauri::{AppHandle, Emitter, Manager, Runtime};
use tokio::sync::Notify;

use plan::{Area, Plan, Step};

/// How often a display that is open is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// How often monitors are counted, and whether one has come is looked at.
const COUNT: Duration = Duration::from_millis(400);

/// The customer's display as the shell knows it.
pub(crate) struct Customer {
    state: Mutex<State>,
    /// The cashier wants something: look now.
    asked: Notify,
}

struct State {
    plan: Plan,
    /// The page that is shown what changes.
    follower: Option<Channel<Display>>,
    told: Option<CustomerScreen>,
}

impl Customer {
    pub(crate) fn new(place: DisplayPlace) -> Self {
        let state = State { plan: Plan::new(place), follower: None, told: None };
        Self { state: Mutex::new(state), asked: Notify::new() }
    }

    /// From now on by these settings.
    pub(crate) fn set_place(&self, place: DisplayPlace) {
        self.state().plan = Plan::new(place);
        self.asked.notify_one();
    }

    /// Shows this page everything from now on, beginning with what is so now.
    pub(crate) fn follow(&self, follower: Channel<Display>, now: Display) {
        let mut state = self.state();
        state.follower = Some(follower);
        state.show(now);
    }

    /// Shows what has changed.
    pub(crate) fn show(&self, display: Display) {
        self.state().show(display);
    }

    /// The page said that it runs, and whether it can be seen.
    pub(crate) fn beat(&self, visible: bool) {
        self.state().plan.beat(visible, Instant::now());
    }

    /// Opens it, or closes it.
    pub(crate) fn toggle(&self) {
        self.state().plan.toggle();
        self.asked.notify_one();
    }

    /// What the cashier is told of it.
    pub(crate) fn screen(&self) -> CustomerScreen {
        self.state().plan.screen(Instant::now())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn show(&mut self, display: Display) {
        if let Some(follower) = &self.follower
            && let Err(error) = follower.send(display)
        {
            tracing::debug!(%error, "the customer's display has gone");
            self.follower = None;
        }
    }

    /// What there is to tell, once.
    fn news(&mut self, now: Instant) -> Option<CustomerScreen> {
        let screen = self.plan.screen(now);
        if self.told.as_ref() == Some(&screen) {
            return None;
        }
        self.told = Some(screen.clone());
        Some(screen)
    }
}

/// Keeps the display as it should be, and the cashier told, for as long as the app runs.
pub(crate) async fn watch<R: Runtime>(app: AppHandle<R>) {
    let mut counted: Option<Instant> = None;
    let mut second = None;
    loop {
        let now = Instant::now();
        if counted.is_none_or(|counted| now.saturating_duration_since(counted) >= COUNT) {
            second = window::second_monitor(&app);
            counted = Some(now);
        }
        let customer = app.state::<Customer>();
        tend(&app, &customer, second);
        tell(&app, &customer);
        let wait = if customer.state().plan.is_open() { LOOK } else { COUNT };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = customer.asked.notified() => {}
        }
    }
}

/// Does what the plan wants. The lock is not held while windows open and close: their pages call back.
fn tend<R: Runtime>(app: &AppHandle<R>, customer: &Customer, second: Option<Area>) {
    let there = window::is_there(app);
    let step = customer.state().plan.next(there, second, Instant::now());
    match step {
        Step::Nothing => {}
        Step::Close => window::close(app),
        Step::Open(on) => match window::open(app, on) {
            Ok(()) => customer.state().plan.opened(on, Instant::now()),
            Err(error) => {
                tracing::warn!(%error, "the customer's display cannot be opened");
                customer.state().plan.failed();
            }
        },
    }
}

fn tell<R: Runtime>(app: &AppHandle<R>, customer: &Customer) {
    if let Some(screen) = customer.state().news(Instant::now())
        && let Err(error) = app.emit_to(crate::CASHIER, "customer_screen", screen)
    {
        tracing::warn!(%error, "the cashier could not be told of the customer's display");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PF-63: a second, with a quarter of it left for the cashier's window to draw the QR.
    #[test]
    fn a_display_that_has_gone_is_noticed_within_three_quarters_of_a_second() {
        let most = Duration::from_millis(750);
        assert!(pulse::SILENCE + LOOK <= most, "a page that hangs or has crashed");
        assert!(COUNT + LOOK <= most, "a monitor that is unplugged");
    }
}
