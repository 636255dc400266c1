//! What a refund makes of anything that happens to it. Every input has an answer in every state.

use super::due::Pace;
use super::evidence::{CardLook, Step, Verdict};
use super::state::{Held, Phase, Refund, RefundEvent, Refusal};
use super::terms::HandWay;
use crate::payment::NoAnswer;
use crate::time::Timestamp;

/// Anything that can happen to a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The till is about to ask the gateway.
    Ask,
    /// The question brought no answer, or one that says nothing.
    NoAnswer(NoAnswer),
    /// The gateway says how far the payment has come.
    Found {
        /// What it says.
        look: CardLook,
        /// What the gateway's rules make of that.
        advice: Advice,
        /// A list of this gateway has shown a refund before: only then is one that is not there one that did not happen.
        listed: bool,
    },
    /// The gateway knows no such card payment.
    NotFound,
    /// The till is about to send what is ready.
    Send,
    /// What came of sending it.
    SendAnswer(SendAnswer),
    /// A person has given the money back.
    HandBack {
        /// How.
        way: HandWay,
        /// Who.
        by: String,
        /// Who approved.
        approved_by: Option<String>,
    },
    /// A person wants it tried again.
    Retry,
    /// A person gives it up.
    Drop {
        /// Who.
        by: String,
    },
    /// The till has come back.
    ComeBack,
}

/// What the gateway's rules make of how far a payment has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Send this, now.
    Send(Step),
    /// Not before.
    Wait {
        /// When.
        until: Timestamp,
        /// Why.
        why: Held,
    },
    /// It cannot go back.
    Refuse(Refusal),
}

/// What came of sending a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendAnswer {
    /// The gateway took it.
    Accepted,
    /// The gateway says no.
    Declined {
        /// Its code.
        code: String,
        /// Its words.
        message: String,
    },
    /// Nothing that says either.
    Nothing(NoAnswer),
}

/// The most often a step is sent, each time after the gateway's figures have shown that it did not happen.
const SENDS_MAX: u32 = 4;

/// The events that follow from `input`; none when it changes nothing.
#[must_use]
pub fn decide(refund: &Refund, input: &Input, pace: &Pace, now: Timestamp) -> Vec<RefundEvent> {
    match input {
        Input::Ask if refund.at_rest() => vec![],
        Input::Ask => vec![RefundEvent::Asked],
        Input::NoAnswer(_) if refund.at_rest() => vec![],
        Input::NoAnswer(why) => vec![RefundEvent::Unanswered { why: *why }],
        Input::Found { look, advice, listed } => weigh(refund, (look, *listed), advice, pace, now),
        Input::NotFound => match refund.phase {
            // About a step that may have been taken, "no such payment" says nothing at all.
            Phase::Requested | Phase::Waiting { .. } | Phase::Ready { .. } if !refund.watch.begun => {
                vec![RefundEvent::Refused { why: Refusal::NotFound }]
            }
            _ if refund.at_rest() => vec![],
            _ => vec![RefundEvent::Unanswered { why: NoAnswer::Unreadable }],
        },
        Input::Send => match &refund.phase {
            Phase::Ready { at, .. } if now.since(*at) > pace.fresh() => vec![RefundEvent::WentStale],
            Phase::Ready { step, .. } => vec![RefundEvent::Sent { step: *step }],
            _ => vec![],
        },
        Input::SendAnswer(answer) => sent(refund, answer),
        Input::HandBack { way, by, approved_by } if refund.may_be_handed_back() => {
            vec![RefundEvent::HandedBack { way: *way, by: by.clone(), approved_by: approved_by.clone() }]
        }
        Input::HandBack { .. } => vec![],
        Input::Retry => match refund.phase {
            Phase::Refused { .. } if refund.terms.card().is_some() => vec![RefundEvent::Retried],
            _ => vec![],
        },
        Input::Drop { by } if refund.may_be_dropped() => vec![RefundEvent::Dropped { by: by.clone() }],
        Input::Drop { .. } => vec![],
        // Whoever was sending is gone, and with them what came of it.
        Input::ComeBack => match &refund.phase {
            Phase::Sent { step, .. } => vec![RefundEvent::Doubted { step: *step, why: NoAnswer::MaybeSent }],
            _ => vec![],
        },
    }
}

fn sent(refund: &Refund, answer: &SendAnswer) -> Vec<RefundEvent> {
    let (step, in_flight) = match &refund.phase {
        Phase::Sent { step, .. } => (*step, true),
        // An answer that comes after it was given up waiting for is an answer all the same.
        Phase::Unsure { step, .. } => (*step, false),
        _ => return vec![],
    };
    match answer {
        SendAnswer::Accepted => vec![RefundEvent::Accepted { step }],
        SendAnswer::Declined { code, message } => {
            vec![RefundEvent::Denied { step, code: code.clone(), message: message.clone() }]
        }
        SendAnswer::Nothing(_) if !in_flight => vec![],
        SendAnswer::Nothing(NoAnswer::NotSent) => vec![RefundEvent::NotSent { step }],
        SendAnswer::Nothing(why) => vec![RefundEvent::Doubted { step, why: *why }],
    }
}

fn weigh(
    refund: &Refund,
    (look, listed): (&CardLook, bool),
    advice: &Advice,
    pace: &Pace,
    now: Timestamp,
) -> Vec<RefundEvent> {
    let found = RefundEvent::Found { look: look.clone() };
    match &refund.phase {
        Phase::Requested | Phase::Waiting { .. } | Phase::Ready { .. } => vec![found, follow(refund, advice)],
        Phase::Unsure { step, before, at, denied } => match look.verdict(before, *step, refund.terms.amount) {
            Verdict::Done => happened(found, *step, look, advice),
            Verdict::NotDone if denied.is_some() => {
                let (code, message) = denied.clone().unwrap_or_default();
                vec![found, RefundEvent::Refused { why: Refusal::Gateway { code, message } }]
            }
            // It may still be on its way there: too early to call it undone.
            Verdict::NotDone if now.since(*at) < pace.patience() => vec![found],
            // The documentation does not say that a refund is in the list at all.
            Verdict::NotDone if *step == Step::Refund && !listed && !before.shows_refunds() => {
                vec![found, RefundEvent::Refused { why: Refusal::NotListed }]
            }
            Verdict::NotDone => {
                vec![found, RefundEvent::NotHappened { step: *step }, follow(refund, advice)]
            }
            Verdict::Unclear => vec![found, RefundEvent::Refused { why: Refusal::Unclear }],
        },
        Phase::OnItsWay { step, before, at, overdue } => {
            let over = match step {
                Step::Abandon | Step::CancelCapture => look.stage == super::CardStage::Cancelled,
                Step::Refund => look.is_settled() && look.includes(before, refund.terms.amount),
            };
            match (over, *overdue) {
                (true, _) => vec![found, RefundEvent::Settled],
                (false, false) if now.since(*at) >= pace.overdue() => vec![found, RefundEvent::Overdue],
                (false, _) => vec![found],
            }
        }
        Phase::Sent { .. } | Phase::ToHandOver | Phase::Refused { .. } | Phase::Done { .. } | Phase::Dropped => vec![],
    }
}

/// What follows when the gateway's figures show that the step was taken after all.
fn happened(found: RefundEvent, step: Step, look: &CardLook, advice: &Advice) -> Vec<RefundEvent> {
    let mut events = vec![found, RefundEvent::Happened { step }];
    match (step, advice) {
        (Step::Abandon, _) => events.push(RefundEvent::Settled),
        (Step::Refund, _) if look.is_settled() => events.push(RefundEvent::Settled),
        (Step::Refund, _) => {}
        // Somebody has let go of it meanwhile: nothing is held, which is what was wanted.
        (Step::CancelCapture, _) if look.stage == super::CardStage::Cancelled => events.push(RefundEvent::Settled),
        (Step::CancelCapture, Advice::Send(next)) => events.push(RefundEvent::Planned { step: *next }),
        (Step::CancelCapture, Advice::Wait { until, why }) => {
            events.push(RefundEvent::Held { until: *until, why: *why });
        }
        (Step::CancelCapture, Advice::Refuse(why)) => events.push(RefundEvent::Refused { why: why.clone() }),
    }
    events
}

fn follow(refund: &Refund, advice: &Advice) -> RefundEvent {
    match advice {
        Advice::Send(_) if refund.watch.sends >= SENDS_MAX => RefundEvent::Refused { why: Refusal::TooOften },
        Advice::Send(step) => RefundEvent::Planned { step: *step },
        Advice::Wait { until, why } => RefundEvent::Held { until: *until, why: *why },
        // Between taking back the capture and letting go, somebody has let go of it: that is what was wanted.
        Advice::Refuse(Refusal::Cancelled) if refund.watch.begun => RefundEvent::Settled,
        Advice::Refuse(why) => RefundEvent::Refused { why: why.clone() },
    }
}
