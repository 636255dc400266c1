//! Settings that change while the till runs: who may, what the journal says of it, and what counts at once.

use till::event::{Event, SettingChanged, TillEvent};
use till::payment::Attempt;
use till::people::Act;
use till::time::Timestamp;

use super::Register;
use crate::command_error::CommandError;
use crate::profile::Profile;
use crate::setup::{Heading, PeopleRules, Setup};

/// As much of a value as the journal repeats.
const VALUE_MAX: usize = 120;

impl Register {
    /// Changes the settings' file with `write`, and records what changed. Where that cannot be recorded, `undo` puts the
    /// file back: nothing in it is from nobody.
    ///
    /// # Errors
    /// When nobody has consented who may, the file cannot be written, or the change cannot be recorded.
    pub fn change_settings(
        &mut self,
        act: Act,
        changes: Vec<SettingChanged>,
        write: impl FnOnce() -> Result<(), CommandError>,
        undo: impl FnOnce(),
        now: Timestamp,
    ) -> Result<(), CommandError> {
        let about = changes.first().map_or_else(String::new, |change| change.name.clone());
        let events = self.approved(act, &about)?;
        write()?;
        self.note(events, changes, now).inspect_err(|_| undo())
    }

    /// Records who lets this be done, for what is then done in more than one step.
    ///
    /// # Errors
    /// When nobody has consented who may.
    pub fn approve(&mut self, act: Act, about: &str, now: Timestamp) -> Result<(), CommandError> {
        let events = self.approved(act, about)?;
        let desk = self.desk.clone();
        if events.is_empty() { Ok(()) } else { self.record(now, &events, desk) }
    }

    /// As [`Register::change_settings`], for what was approved before ([`Register::approve`]).
    ///
    /// # Errors
    /// When the file cannot be written, or the change cannot be recorded.
    pub fn note_settings(
        &mut self,
        changes: Vec<SettingChanged>,
        write: impl FnOnce() -> Result<(), CommandError>,
        undo: impl FnOnce(),
        now: Timestamp,
    ) -> Result<(), CommandError> {
        write()?;
        self.note(vec![], changes, now).inspect_err(|_| undo())
    }

    fn note(
        &mut self,
        mut events: Vec<Event>,
        changes: Vec<SettingChanged>,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        let changes = changes.into_iter().map(shortened).collect();
        events.push(Event::Till(TillEvent::SettingsChanged { by: self.operator(), changes }));
        let desk = self.desk.clone();
        self.record(now, &events, desk)
    }

    /// Takes over what may change while the till runs: shop, receipts, counter, drawer, people, limits. Whom it collects
    /// for and where pages are stays as it was at the start, and so does the till's id once anything carries it that is
    /// not over.
    pub fn adopt(&mut self, setup: Setup) {
        let own = &mut self.setup;
        let nothing_open = self.sales.is_empty() && self.attempts.is_empty() && self.refunds.is_empty();
        let till = if nothing_open { setup.heading.till } else { own.heading.till.clone() };
        own.heading = Heading { till, profile: own.heading.profile, ..setup.heading };
        own.people = PeopleRules { lock_after: setup.people.lock_after, ..std::mem::take(&mut own.people) };
        own.counter = setup.counter;
        own.day = setup.day;
        own.limits = setup.limits;
        own.fees = setup.fees;
        own.attempt_minutes = setup.attempt_minutes;
        self.revision += 1;
    }

    /// How many payments and refunds nobody would watch any more if this till sold in another world. The training gateway
    /// forgets everything with every start: there, only what is on the counter counts.
    #[must_use]
    pub fn under_way(&self) -> usize {
        let practice = self.setup.heading.profile == Profile::Training;
        let live = |attempt: &&Attempt| attempt.is_live() && !attempt.is_paid();
        let attempts = self.attempts.values().filter(|attempt| live(attempt) || !practice && !attempt.at_rest());
        let refunds = self.refunds.values().filter(|refund| !practice && !refund.at_rest());
        attempts.count() + refunds.count()
    }
}

fn shortened(change: SettingChanged) -> SettingChanged {
    SettingChanged { value: change.value.chars().take(VALUE_MAX).collect(), ..change }
}
