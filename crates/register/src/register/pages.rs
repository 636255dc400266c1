//! The pay page of an attempt: what it shows and the form it submits.

use ecpay::Fields;
use till::ids::AttemptNumber;
use till::payment::{Attempt, Input, Phase};
use till::time::Timestamp;

use super::Register;
use crate::command_error::CommandError;
use crate::profile::Profile;
use crate::translate;

/// A pay page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The shop.
    pub shop: String,
    /// What is to be paid, in dollars.
    pub amount: u64,
    /// Where the form goes.
    pub action: String,
    /// The signed form.
    pub fields: Fields,
    /// Whether it may be submitted.
    pub state: PageState,
    /// Until when it is offered.
    pub expires: Timestamp,
    /// No money moves here.
    pub training: bool,
}

/// Whether a pay page may be submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageState {
    /// Nobody has submitted it.
    Fresh,
    /// A browser has submitted it before: the gateway takes a number once (ECPay FAQ 1454).
    Used,
    /// The counter has given it up.
    Cancelled,
    /// Its time ran out.
    Expired,
    /// It is paid.
    Paid,
}

impl Register {
    /// The pay page behind a link, if it is one of ours. A page that can be submitted is recorded as opened first.
    ///
    /// # Errors
    /// When that cannot be recorded, or the form cannot be made.
    pub fn page(&mut self, link: &str, now: Timestamp) -> Result<Option<Page>, CommandError> {
        let Some(number) = self.by_link(link)? else { return Ok(None) };
        let page = self.page_of(&number)?;
        if page.as_ref().is_some_and(|page| page.state == PageState::Fresh) {
            self.tell(&number, &Input::PageOpened, now)?;
        }
        Ok(page)
    }

    /// The pay page whose messages come in under this token, if it is one of ours: how it stands, without the form, which
    /// nobody submits from there. Changes nothing.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn page_by_token(&mut self, token: &str) -> Result<Option<Page>, CommandError> {
        match self.journal.attempt_by_token(token).map_err(|error| super::internal(&error))? {
            Some(number) => self.page_as_it_stands(&number),
            None => Ok(None),
        }
    }

    pub(super) fn page_of(&mut self, number: &AttemptNumber) -> Result<Option<Page>, CommandError> {
        let Some(attempt) = self.attempt(number)? else { return Ok(None) };
        let Some(sale) = self.sale(&attempt.terms.sale.clone())? else { return Ok(None) };
        let form = translate::checkout(&self.setup, &attempt.terms, &sale.lines)
            .map_err(|error| CommandError::Internal { message: error.to_string() })?;
        let page = self.page_as_it_stands(number)?;
        Ok(page.map(|page| Page { action: form.action, fields: form.fields, ..page }))
    }

    fn page_as_it_stands(&mut self, number: &AttemptNumber) -> Result<Option<Page>, CommandError> {
        let Some(before) = self.attempt(number)? else { return Ok(None) };
        let state = self.page_state(&before, number);
        self.forget_what_is_at_rest();
        Ok(Some(Page {
            shop: self.setup.heading.shop.name.clone(),
            amount: u64::try_from(before.terms.amount.as_dollars()).unwrap_or(0),
            action: String::new(),
            fields: Fields::default(),
            state,
            expires: before.terms.expires,
            training: self.setup.heading.profile == Profile::Training,
        }))
    }

    /// A browser is about to submit the page behind a link.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn page_submitted(&mut self, link: &str) -> Result<(), CommandError> {
        if let Some(number) = self.by_link(link)? {
            self.submitted.insert(number);
        }
        Ok(())
    }

    fn by_link(&self, link: &str) -> Result<Option<AttemptNumber>, CommandError> {
        self.journal.attempt_by_link(link).map_err(|error| super::internal(&error))
    }

    pub(super) fn page_state(&self, attempt: &Attempt, number: &AttemptNumber) -> PageState {
        use till::payment::{Standing, Why};
        match (&attempt.phase, attempt.standing) {
            (Phase::Paid { .. }, _) => PageState::Paid,
            (_, Standing::Withdrawn { why: Why::Expired, .. }) => PageState::Expired,
            (_, Standing::Withdrawn { .. }) => PageState::Cancelled,
            (_, Standing::Live) if self.submitted.contains(number) => PageState::Used,
            (_, Standing::Live) => PageState::Fresh,
        }
    }
}
