//! What a refund wants from the gateway, one exchange at a time, and what became of it.

use till::event::{Event, GatewayEvent};
use till::ids::RefundNumber;
use till::money::Money;
use till::payment::NoAnswer;
use till::refund::{Action, Input, Phase, Refund, SendAnswer, decide, due};
use till::time::Timestamp;

use super::super::errand::{Exchange, Next, earlier};
use super::super::{Errand, Register};
use crate::command_error::CommandError;
use crate::ports::{Answer, NotAnswered};
use crate::translate_card::{self, Detail};

impl Register {
    /// What a stop has left in doubt.
    pub(in crate::register) fn refunds_come_back(&self, now: Timestamp) -> Vec<Event> {
        let pace = &self.setup.refunds.pace;
        let back = |(number, refund): (&RefundNumber, &Refund)| {
            let number = number.clone();
            let events = decide(refund, &Input::ComeBack, pace, now);
            events.into_iter().map(move |event| Event::Refund(number.clone(), event))
        };
        self.refunds.iter().flat_map(back).collect()
    }

    /// Gives one refund one input, with all that follows from it, in one commit. Says whether anything changed.
    pub(super) fn tell_refund(
        &mut self,
        number: &RefundNumber,
        input: &Input,
        now: Timestamp,
    ) -> Result<bool, CommandError> {
        self.tell_refund_with(number, input, vec![], now)
    }

    /// The same, with what has to be recorded beside it.
    pub(super) fn tell_refund_with(
        &mut self,
        number: &RefundNumber,
        input: &Input,
        mut events: Vec<Event>,
        now: Timestamp,
    ) -> Result<bool, CommandError> {
        let Some(refund) = self.refunds.get(number) else { return Ok(false) };
        let decided = decide(refund, input, &self.setup.refunds.pace, now);
        if decided.is_empty() {
            return Ok(false);
        }
        events.extend(decided.into_iter().map(|event| Event::Refund(number.clone(), event)));
        let desk = self.desk.clone();
        self.record(now, &events, desk)?;
        Ok(true)
    }

    /// The refund that wants the gateway now, and the moment from which the next one will. What needs no gateway is
    /// recorded on the way.
    pub(in crate::register) fn next_refund(
        &mut self,
        now: Timestamp,
    ) -> Result<(Option<RefundNumber>, Option<Timestamp>), CommandError> {
        let mut wake = None;
        let mut ready: Vec<(bool, Timestamp, RefundNumber)> = Vec::new();
        for number in self.refunds.keys().cloned().collect::<Vec<_>>() {
            if self.exchanging.contains(&number) {
                continue;
            }
            let Some((at, action)) = self.refund_wants(&number, now) else { continue };
            if at > now {
                wake = earlier(wake, at);
            } else if action == Action::Doubt {
                self.tell_refund(&number, &Input::SendAnswer(SendAnswer::Nothing(NoAnswer::MaybeSent)), now)?;
                if let Some((at, _)) = self.refund_wants(&number, now) {
                    wake = earlier(wake, at);
                }
            } else {
                ready.push((action != Action::Send, at, number));
            }
        }
        ready.sort();
        Ok((ready.into_iter().next().map(|(_, _, number)| number), wake))
    }

    /// Does the exchange a refund wants: records it, and hands it out.
    pub(in crate::register) fn exchange(
        &mut self,
        number: &RefundNumber,
        now: Timestamp,
    ) -> Result<Next, CommandError> {
        let Some((_, action)) = self.refund_wants(number, now) else { return Ok(Next::At(now)) };
        // Recorded before it is sent: a restart neither forgets it nor sends it again.
        let input = if action == Action::Send { Input::Send } else { Input::Ask };
        self.tell_refund(number, &input, now)?;
        let Some(refund) = self.refunds.get(number) else { return Ok(Next::At(now)) };
        let at = self.gateways_time(now);
        let (merchant, gateway) = (&self.setup.merchant, &self.setup.gateway);
        let (exchange, sending) = match (&refund.phase, action) {
            (Phase::Sent { step, .. }, Action::Send) => {
                let api = self.setup.refunds.api;
                let sending = translate_card::sending(merchant, gateway, api, (&refund.terms, *step), at);
                (Exchange::Act(*step), sending)
            }
            // What was ready has gone stale: asked again first.
            (_, Action::Send) => return self.next(now),
            _ => (Exchange::Look, translate_card::question(merchant, gateway, &refund.terms, at)),
        };
        self.hurried.remove(number);
        let Some(sending) = sending else {
            // It has not left: whoever looks at the log sees why.
            tracing::error!(refund = %number, "a message about a refund cannot be made");
            let unsent = match exchange {
                Exchange::Look => Input::NotFound,
                Exchange::Act(_) => Input::SendAnswer(SendAnswer::Nothing(NoAnswer::NotSent)),
            };
            self.tell_refund(number, &unsent, now)?;
            return self.next(now);
        };
        self.exchanging.insert(number.clone());
        Ok(Next::Errand(Errand::Refund { refund: number.clone(), exchange, url: sending.url, body: sending.body }))
    }

    /// What the gateway said about a refund, or why it said nothing.
    ///
    /// # Errors
    /// When it cannot be recorded; it is then asked about again by schedule.
    pub fn exchanged(
        &mut self,
        number: &RefundNumber,
        exchange: Exchange,
        outcome: Result<Answer, NotAnswered>,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        self.exchanging.remove(number);
        self.revision += 1;
        let nothing = |why| match exchange {
            Exchange::Look => Input::NoAnswer(why),
            Exchange::Act(_) => Input::SendAnswer(SendAnswer::Nothing(why)),
        };
        let input = match outcome {
            Ok(answer) if answer.status == 403 => {
                self.line.unreachable_since = None;
                return self.refund_refused(number, &nothing(NoAnswer::Refused), now);
            }
            Ok(answer) => {
                self.line.unreachable_since = None;
                self.measure_skew(&answer, now);
                self.read_exchange(number, exchange, &answer, now)?
            }
            Err(reason) => {
                self.line.unreachable_since.get_or_insert(now);
                tracing::warn!(refund = %number, ?reason, "no answer from the gateway");
                nothing(match reason {
                    NotAnswered::NotSent(_) => NoAnswer::NotSent,
                    NotAnswered::MaybeSent(_) => NoAnswer::MaybeSent,
                })
            }
        };
        self.tell_refund(number, &input, now).map(drop)
    }

    /// Whether an exchange about it is under way.
    pub(super) fn is_exchanging(&self, refund: &Refund) -> bool {
        self.exchanging.contains(&refund.terms.number)
    }

    /// Whether another refund of the same payment has to end first: of two at once nobody could tell which the gateway
    /// has done.
    pub(super) fn is_queued(&self, refund: &Refund) -> bool {
        if !refund.wants_its_turn() || refund.is_under_way() {
            return false;
        }
        let attempt = refund.terms.attempt();
        self.refunds.values().any(|other| {
            let first = other.wants_its_turn() && other.terms.number < refund.terms.number;
            other.terms.number != refund.terms.number
                && other.terms.attempt() == attempt
                && (other.is_under_way() || first || self.is_exchanging(other))
        })
    }

    /// What a refund wants next: by its own schedule, or now because a person asked.
    pub(super) fn refund_wants(&self, number: &RefundNumber, now: Timestamp) -> Option<(Timestamp, Action)> {
        let refund = self.refunds.get(number)?;
        if self.is_queued(refund) {
            return None;
        }
        let (at, action) = due(refund, &self.setup.refunds.pace)?;
        let hurried = self.hurried.contains(number) && action == Action::Ask;
        Some(if hurried { (at.min(now), action) } else { (at, action) })
    }

    fn read_exchange(
        &self,
        number: &RefundNumber,
        exchange: Exchange,
        answer: &Answer,
        now: Timestamp,
    ) -> Result<Input, CommandError> {
        let Some(refund) = self.refunds.get(number) else { return Ok(Input::NoAnswer(NoAnswer::Unreadable)) };
        let merchant = &self.setup.merchant;
        Ok(match exchange {
            Exchange::Act(step) => {
                let api = self.setup.refunds.api;
                Input::SendAnswer(translate_card::sent(merchant, api, (&refund.terms, step), answer))
            }
            Exchange::Look => match translate_card::detail(merchant, answer) {
                Detail::NotFound => Input::NotFound,
                Detail::Nothing(why) => Input::NoAnswer(why),
                Detail::Found(look) => {
                    let given_back = self.given_back(refund)?;
                    let at = self.gateways_time(now);
                    let advice = translate_card::advise(&self.setup.refunds, refund, &look, given_back, at);
                    let merchant = refund.terms.card().map_or("", |card| card.merchant.as_str());
                    let listed = self.journal.lists_refunds(merchant);
                    let listed = listed.map_err(|error| super::super::internal(&error))?;
                    Input::Found { look, advice, listed }
                }
            },
        })
    }

    /// What has gone back of the same payment through the gateway, or may have, without this refund.
    fn given_back(&self, refund: &Refund) -> Result<Money, CommandError> {
        let Some(attempt) = refund.terms.attempt() else { return Ok(Money::ZERO) };
        let numbers = self.journal.refunds_of_attempt(attempt).map_err(|error| super::super::internal(&error))?;
        let mut sum = Money::ZERO;
        for number in numbers.iter().filter(|number| **number != refund.terms.number) {
            if let Some(other) = self.refund_of(number)?
                && other.may_have_left()
            {
                sum = sum.checked_add(other.terms.amount).unwrap_or(Money::LIMIT);
            }
        }
        Ok(sum)
    }

    /// The gateway answered 403: it is left alone for a while, by everybody.
    fn refund_refused(&mut self, number: &RefundNumber, input: &Input, now: Timestamp) -> Result<(), CommandError> {
        let mut events = vec![Event::Gateway(self.setup.merchant.id.to_string(), GatewayEvent::Refused)];
        if let Some(refund) = self.refunds.get(number) {
            let decided = decide(refund, input, &self.setup.refunds.pace, now);
            events.extend(decided.into_iter().map(|event| Event::Refund(number.clone(), event)));
        }
        let desk = self.desk.clone();
        self.record(now, &events, desk)
    }
}
