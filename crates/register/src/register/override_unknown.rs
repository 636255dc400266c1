//! What a named person says about a payment the gateway has not answered about: that the sale may be collected again
//! (PF-07), or that it was paid (PF-60). Either way the gateway is asked on.

use till::event::Event;
use till::ids::AttemptNumber;
use till::payment::{Attempt, Input, Why, decide};
use till::people::Act;
use till::settle;
use till::time::Timestamp;

use super::Register;
use super::people::tidy;
use crate::command_error::CommandError;

/// Whose word it is, why, and what is recorded beside it.
struct Word {
    by: String,
    reason: String,
    events: Vec<Event>,
}

impl Register {
    /// Lets the sale on the counter be collected again although nobody knows how its last payment ended. Where people are
    /// registered it is the consenting one's word; `by` and `reason` count where nobody is.
    ///
    /// # Errors
    /// When nothing is held, nobody has consented who may, or the name or the reason is missing.
    pub fn release(&mut self, by: &str, reason: &str, now: Timestamp) -> Result<(), CommandError> {
        let held = self.held_attempts();
        let first = held.first().ok_or(CommandError::NoPayment)?.to_string();
        let Word { by, reason, mut events } = self.word(&first, by, reason)?;
        for number in held {
            let Some(attempt) = self.attempts.get(&number) else { continue };
            let release = Input::Release { by: by.clone(), reason: reason.clone() };
            let inputs = [release, Input::Withdraw(Why::Cancelled)];
            events.extend(self.following(attempt, &inputs, now).1);
        }
        let desk = self.desk.clone();
        self.record(now, &events, desk)
    }

    /// Lets a payment of the sale on the counter count as paid although the gateway has not said so: the customer has
    /// shown that it was. The sale carries the mark until the gateway agrees.
    ///
    /// # Errors
    /// When it is no such payment, the sale is no longer what it was for, nobody has consented who may, or the name or the
    /// reason is missing.
    pub fn vouch(&mut self, attempt: &str, by: &str, reason: &str, now: Timestamp) -> Result<(), CommandError> {
        let number: AttemptNumber = attempt.parse().map_err(|_| CommandError::NoPayment)?;
        let attempt = self.attempts.get(&number).cloned().ok_or(CommandError::NoPayment)?;
        if !self.can_vouch(&attempt) {
            return Err(CommandError::ChoiceNotPossible);
        }
        let sale = self.sale(&attempt.terms.sale)?.ok_or(CommandError::ChoiceNotPossible)?;
        let Word { by, reason, mut events } = self.word(number.as_str(), by, reason)?;
        let inputs = [Input::Vouch { by, reason }, Input::Withdraw(Why::SalePaid)];
        let (vouched, said) = self.following(&attempt, &inputs, now);
        events.extend(said);
        events.extend(settle::vouch(&sale, &vouched).ok_or(CommandError::ChoiceNotPossible)?);
        let mut desk = self.after_close(&mut events);
        if desk.shown.as_ref() == Some(&number) {
            desk.shown = None;
        }
        self.record(now, &events, desk)
    }

    /// Whether somebody can say now that this one was paid: it is of the sale on the counter, and for what lies there.
    pub(super) fn can_vouch(&self, attempt: &Attempt) -> bool {
        let Some(sale) = self.desk.sale.as_ref().and_then(|number| self.sales.get(number)) else { return false };
        attempt.can_be_vouched_for()
            && attempt.terms.sale == sale.number
            && attempt.terms.amount <= sale.due()
            && !self.counter_differs_from(sale)
    }

    /// What these inputs make of an attempt, one after the other: the attempt, and the events.
    fn following(&self, attempt: &Attempt, inputs: &[Input], now: Timestamp) -> (Attempt, Vec<Event>) {
        let mut after = attempt.clone();
        let mut events = Vec::new();
        for input in inputs {
            for event in decide(&after, input, &self.setup.rules, now) {
                after.apply(&event, now);
                events.push(Event::Attempt(after.terms.number.clone(), event));
            }
        }
        (after, events)
    }

    fn word(&mut self, about: &str, by: &str, reason: &str) -> Result<Word, CommandError> {
        let events = self.approved(Act::OverrideUnknown, about)?;
        let (by, reason) = match self.consenting() {
            Some((by, reason, _)) => (by, reason),
            None => (tidy(by), tidy(reason)),
        };
        if by.is_empty() || reason.is_empty() {
            return Err(CommandError::ChoiceNotPossible);
        }
        Ok(Word { by, reason, events })
    }
}
