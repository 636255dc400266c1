//! The shop's relay, as the register sees it: whether it answers, what it is to know of our attempts, what it was told.
//!
//! Nothing hangs on the relay. A page that was promised there moves back to the till while the relay does not answer, and
//! how a payment ended is asked for as in a shop without one.

use std::collections::BTreeSet;

use till::ids::AttemptNumber;
use till::payment::{Alarm, Attempt, Funds, Input, Page as Place, Terms, Unapplied};
use till::time::Timestamp;

use super::{Page, PageState, Register};
use crate::command_error::CommandError;
use crate::view::{Notice, RelayHealth, RelayLook};

/// What is known of the line to the relay. Not journalled: it is about now.
#[derive(Clone, Debug, Default)]
pub(super) struct RelayLine {
    state: Relay,
    since: Option<Timestamp>,
    /// Attempts whose page it will not take: they stay with the till.
    refused: BTreeSet<AttemptNumber>,
}

/// Whether the relay does its part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Relay {
    /// There is none, or nobody has heard of it yet.
    #[default]
    Unknown,
    /// It answers.
    Answers,
    /// It does not.
    Away,
    /// It answers, and does not know this till's key.
    RefusesKey,
}

/// One attempt as the relay is to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayPage {
    /// Its mailbox.
    pub token: String,
    /// Its link.
    pub link: String,
    /// Its number.
    pub number: AttemptNumber,
    /// Its page; [`PageState::Expired`] where the relay is not to show it.
    pub page: Page,
    /// What its owner may want to hear.
    pub news: Option<News>,
}

/// What an owner may want to hear of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum News {
    /// It is paid.
    Paid,
    /// It was paid after it had been given up.
    Late,
    /// It was paid a second time.
    Second,
    /// A message named another amount.
    WrongAmount,
}

impl RelayLine {
    pub(super) fn answers(&self) -> bool {
        self.state == Relay::Answers
    }
}

impl Register {
    /// Notes whether the relay does its part. Screens hear of a change, and only of a change.
    pub fn relay_is(&mut self, state: Relay, now: Timestamp) {
        if self.relay.state != state {
            tracing::info!(?state, "the relay");
            (self.relay.state, self.relay.since) = (state, Some(now));
            self.revision += 1;
        }
    }

    /// The relay will not take the page of this attempt: its customers find it at the till.
    pub fn relay_refuses_page(&mut self, number: &AttemptNumber) {
        if self.relay.refused.insert(number.clone()) {
            let attempts = &self.attempts;
            self.relay.refused.retain(|refused| refused == number || attempts.contains_key(refused));
            self.revision += 1;
        }
    }

    /// What the relay is to know: every attempt that anything may still come in for.
    ///
    /// # Errors
    /// When the journal cannot be read, or a form cannot be made.
    pub fn relay_pages(&mut self) -> Result<Vec<RelayPage>, CommandError> {
        self.relay_pages_unless(|_, _, _| false)
    }

    /// The same without those of which `is_known` says that the relay knows them: by token, how they stand, and what their
    /// owner may want to hear. Asked with every change, and a form is signed for none that is known.
    ///
    /// # Errors
    /// As [`Register::relay_pages`].
    pub fn relay_pages_unless(
        &mut self,
        mut is_known: impl FnMut(&str, PageState, Option<News>) -> bool,
    ) -> Result<Vec<RelayPage>, CommandError> {
        let unknown = |attempt: &&Attempt| !is_known(&attempt.terms.token, self.relay_state(attempt), news(attempt));
        let attempts: Vec<Attempt> = self.attempts.values().filter(unknown).cloned().collect();
        attempts.iter().map(|attempt| self.relay_page(attempt)).filter_map(Result::transpose).collect()
    }

    /// The same for the attempt with this token, which may be at rest by now.
    ///
    /// # Errors
    /// As [`Register::relay_pages`].
    pub fn relay_page_by_token(&mut self, token: &str) -> Result<Option<RelayPage>, CommandError> {
        let number = self.journal.attempt_by_token(token).map_err(|error| super::internal(&error))?;
        let Some(number) = number else { return Ok(None) };
        let Some(attempt) = self.attempt(&number)? else { return Ok(None) };
        self.relay_page(&attempt)
    }

    fn relay_page(&mut self, attempt: &Attempt) -> Result<Option<RelayPage>, CommandError> {
        let terms = &attempt.terms;
        let Some(mut page) = self.page_of(&terms.number)? else { return Ok(None) };
        page.state = self.relay_state(attempt);
        Ok(Some(RelayPage {
            token: terms.token.clone(),
            link: terms.link.clone(),
            number: terms.number.clone(),
            page,
            news: news(attempt),
        }))
    }

    /// How the relay is to show an attempt. A page of our own has its mailbox there all the same: that is where the
    /// gateway sends its notice.
    fn relay_state(&self, attempt: &Attempt) -> PageState {
        match (attempt.terms.page, self.page_state(attempt, &attempt.terms.number)) {
            (_, PageState::Paid) => PageState::Paid,
            (Place::Ours, _) => PageState::Expired,
            (Place::Elsewhere, state) => state,
        }
    }

    /// Whether somebody may be paying at this moment, a page that was given up included: then a message should not wait
    /// for the next look.
    #[must_use]
    pub fn waits_for_mail(&self, now: Timestamp) -> bool {
        self.attempts.values().any(|attempt| {
            let offered = attempt.is_live() || now < attempt.terms.expires;
            offered && !attempt.is_paid() && !attempt.watch.ended
        })
    }

    /// A browser is about to post the form of the page that the relay shows for this token.
    ///
    /// # Errors
    /// When it cannot be recorded; the relay then says it again.
    pub fn relay_opened(&mut self, token: &str, now: Timestamp) -> Result<(), CommandError> {
        let number = self.journal.attempt_by_token(token).map_err(|error| super::internal(&error))?;
        let Some(number) = number else { return Ok(()) };
        self.tell(&number, &Input::PageOpened, now)?;
        self.submitted.insert(number);
        Ok(())
    }

    /// Where the page of a new attempt is promised to be. A static page is always there and never tells who looked at it.
    pub(super) fn place_for_a_page(&self) -> Place {
        if self.relay.answers() || self.setup.has_static_page() { Place::Elsewhere } else { Place::Ours }
    }

    /// Where customers reach the page of an attempt now.
    pub(super) fn page_place(&self, terms: &Terms) -> &str {
        let there = self.relay.answers() && !self.relay.refused.contains(&terms.number);
        if there { self.setup.base_of(terms) } else { &self.setup.page_base }
    }

    /// The relay, for whoever looks after it; nothing in a shop without one.
    #[must_use]
    pub fn relay_look(&self) -> Option<RelayLook> {
        let state = match self.relay.state {
            Relay::Unknown => RelayHealth::Unknown,
            Relay::Answers => RelayHealth::Answers,
            Relay::Away => RelayHealth::Away { since_ms: self.relay.since.map_or(0, Timestamp::unix_ms) },
            Relay::RefusesKey => RelayHealth::RefusesKey,
        };
        self.setup.relay_base.clone().map(|address| RelayLook { address, state })
    }

    pub(super) fn relay_notice(&self) -> Option<Notice> {
        match self.relay.state {
            Relay::Unknown | Relay::Answers => None,
            Relay::Away => Some(Notice::RelayAway { since_ms: self.relay.since.map_or(0, Timestamp::unix_ms) }),
            Relay::RefusesKey => Some(Notice::RelayKey),
        }
    }
}

fn news(attempt: &Attempt) -> Option<News> {
    if attempt.alarms.iter().any(|alarm| matches!(alarm, Alarm::WrongAmount(_))) {
        return Some(News::WrongAmount);
    }
    match &attempt.funds {
        Funds::None | Funds::Resolved(_) => None,
        Funds::Applied(_) => Some(News::Paid),
        Funds::Unapplied(Unapplied::Late) => Some(News::Late),
        Funds::Unapplied(Unapplied::Second) => Some(News::Second),
    }
}
