//! Messages that come in by themselves: notices, and browsers sent back by the gateway.

use std::time::Duration;

use till::event::{Event, TillAlarm, TillEvent};
use till::payment::{Door, Evidence, Input};
use till::time::Timestamp;

use super::Register;
use crate::command_error::CommandError;
use crate::translate::{self, Message};

/// The gateway delivers a notice five times (ECPay doc 2878): a till looks no more often because of them.
const MOST_LOOKS: u8 = 5;

/// The schedule asks soon enough by itself where it has asked within this time.
const LOOKS_APART: Duration = Duration::from_secs(60);

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It said something new, and that is in the journal.
    News,
    /// It said nothing new.
    Nothing,
    /// It was not signed by the gateway for this merchant, or is about nothing of ours: no state changed (PF-16).
    Refused,
}

impl Register {
    /// Takes in one message, byte for byte as it came. When this returns, what it says is in the journal.
    ///
    /// # Errors
    /// When it cannot be recorded: the sender is then told nothing, and sends it again.
    pub fn receive(&mut self, door: Door, body: &[u8], now: Timestamp) -> Result<Received, CommandError> {
        match translate::message(&self.setup, body, now) {
            Message::Forged => {
                self.look_into(body, now);
                self.alarm(TillAlarm::Forged, now)
            }
            Message::OtherMerchant => self.alarm(TillAlarm::OtherMerchant, now),
            Message::About { number, says } => {
                if self.attempt(&number)?.is_none() {
                    return self.alarm(TillAlarm::UnknownAttempt, now);
                }
                let changed = self.tell(&number, &Input::Evidence(Evidence { door, says }), now)?;
                Ok(if changed { Received::News } else { Received::Nothing })
            }
        }
    }

    /// Whether a token is one of ours: what comes in under any other is not even read.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn knows_token(&self, token: &str) -> Result<bool, CommandError> {
        self.journal.attempt_by_token(token).map(|found| found.is_some()).map_err(|error| super::internal(&error))
    }

    /// A message that cannot be verified may be genuine all the same: ECPay may have changed the keys, and nobody has told
    /// the till yet. It is not believed; the gateway is asked about the number it names, a
    /// few times, when it has not been asked just now, and within the budget (PF-69).
    fn look_into(&mut self, body: &[u8], now: Timestamp) {
        let named = translate::named(body);
        let Some((number, attempt)) = named.and_then(|number| self.attempts.get_key_value(&number)) else { return };
        let wanted = !attempt.is_paid() && !attempt.watch.ended && attempt.can_have_been_paid();
        let just_now = attempt.watch.asked.is_some_and(|asked| now.since(asked) < LOOKS_APART);
        if !wanted || just_now {
            return;
        }
        let number = number.clone();
        let looks = self.suspected.entry(number.clone()).or_default();
        if *looks < MOST_LOOKS {
            *looks += 1;
            self.hurry.insert(number);
            self.revision += 1;
        }
    }

    /// Counts an alarm. The journal hears of the first, second, fourth, eighth …, so that junk cannot fill the disk.
    fn alarm(&mut self, alarm: TillAlarm, now: Timestamp) -> Result<Received, CommandError> {
        let count = self.alarms.entry(alarm).or_insert(0);
        *count += 1;
        let count = *count;
        tracing::warn!(?alarm, count, "a message was refused");
        if count.is_power_of_two() {
            let desk = self.desk.clone();
            self.record(now, &[Event::Till(TillEvent::Alarm { alarm, count })], desk)?;
            self.unseen = super::unseen_alarms(&self.journal).map_err(|error| super::internal(&error))?;
        }
        Ok(Received::Refused)
    }
}
