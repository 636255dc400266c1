//! Messages that come in by themselves: notices, and browsers sent back by the gateway.

use till::event::{Event, TillAlarm, TillEvent};
use till::payment::{Door, Evidence, Input};
use till::time::Timestamp;

use super::Register;
use crate::command_error::CommandError;
use crate::translate::{self, Message};

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
        match translate::message(&self.setup.merchant, body) {
            Message::Forged => self.alarm(TillAlarm::Forged, now),
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
