//! What an attempt makes of anything that happens to it. Every input has an answer in every state.

use std::time::Duration;

use super::attempt::{Alarm, Attempt, AttemptEvent, NoAnswer, Phase, Standing, Why};
use super::due::{self, Rules};
use super::evidence::{Door, Evidence, Payment, Says};
use crate::time::Timestamp;

/// Anything that can happen to an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The pay page is up.
    PageUp,
    /// A browser has fetched the pay page.
    PageOpened,
    /// The till is about to ask the gateway.
    Ask,
    /// The question brought no answer.
    NoAnswer(NoAnswer),
    /// A verified message came.
    Evidence(Evidence),
    /// The counter gives it up.
    Withdraw(Why),
    /// A named manager lets the sale be collected again.
    Release {
        /// Who.
        by: String,
        /// Why.
        reason: String,
    },
    /// A named manager says that it was paid.
    Vouch {
        /// Who.
        by: String,
        /// Why.
        reason: String,
    },
    /// A person has seen its alarms up to this one, counted from the attempt's first.
    SeeAlarms(u32),
    /// A person wants the gateway to be asked again, although nobody expects news of it any more.
    AskAgain,
    /// The till has come back.
    ComeBack,
}

/// The events that follow from `input`; none when it changes nothing.
#[must_use]
pub fn decide(attempt: &Attempt, input: &Input, rules: &Rules, now: Timestamp) -> Vec<AttemptEvent> {
    match input {
        Input::PageUp => match (&attempt.phase, attempt.is_live()) {
            (Phase::Created, true) => vec![AttemptEvent::Presented],
            _ => vec![],
        },
        Input::PageOpened if attempt.watch.opened => vec![],
        Input::PageOpened => vec![AttemptEvent::Opened],
        Input::Ask => vec![AttemptEvent::Asked],
        Input::NoAnswer(why) => vec![AttemptEvent::Unanswered { why: *why }],
        Input::Evidence(evidence) => weigh(attempt, evidence, rules, now),
        Input::Withdraw(why) => withdraw(attempt, *why),
        Input::Release { by, reason } if attempt.is_unknown() => {
            vec![AttemptEvent::Released { by: by.clone(), reason: reason.clone() }]
        }
        Input::Release { .. } => vec![],
        Input::Vouch { by, reason } if attempt.can_be_vouched_for() => {
            vec![AttemptEvent::Vouched { by: by.clone(), reason: reason.clone() }]
        }
        Input::Vouch { .. } => vec![],
        Input::SeeAlarms(upto) => match (*upto).min(attempt.last_alarm()) {
            upto if upto <= attempt.alarms_seen => vec![],
            upto => vec![AttemptEvent::AlarmsSeen { upto: Some(upto) }],
        },
        Input::AskAgain if attempt.watch.ended && !attempt.is_paid() => vec![AttemptEvent::Resumed],
        Input::AskAgain => vec![],
        Input::ComeBack if attempt.watch.ended || !attempt.can_have_been_paid() => vec![],
        Input::ComeBack => vec![AttemptEvent::Recovered],
    }
}

fn withdraw(attempt: &Attempt, why: Why) -> Vec<AttemptEvent> {
    match attempt.standing {
        Standing::Withdrawn { .. } => vec![],
        Standing::Live if attempt.is_paid() => vec![],
        // Nobody can pay a page of ours that nobody fetched and that is no longer handed out.
        Standing::Live if !attempt.can_have_been_paid() => {
            vec![AttemptEvent::Withdrawn { why }, AttemptEvent::WatchEnded]
        }
        Standing::Live => vec![AttemptEvent::Withdrawn { why }],
    }
}

fn weigh(attempt: &Attempt, evidence: &Evidence, rules: &Rules, now: Timestamp) -> Vec<AttemptEvent> {
    match &evidence.says {
        Says::Paid { payment } => weigh_payment(attempt, evidence.door, payment, rules),
        says => {
            let mut events = Vec::new();
            let news = !attempt.is_paid() || evidence.door == Door::Query;
            if news && !repeats(attempt, says, evidence.door) {
                events.push(AttemptEvent::Learned { door: evidence.door, says: says.clone() });
            }
            if evidence.door == Door::Query && is_forgotten(attempt, says, rules) {
                events.push(AttemptEvent::WatchEnded);
                return events;
            }
            // What is not about the order at all (a signature the gateway does not take, say) denies nothing.
            let about_it = !matches!(says, Says::Other { .. });
            if evidence.door == Door::Query && about_it && is_denied(attempt, now) {
                events.push(AttemptEvent::Doubted);
            }
            let not_paid = matches!(says, Says::Unpaid | Says::NotEstablished | Says::UnknownOrder);
            let over = due::watch_end(attempt).is_some_and(|end| now >= end);
            if not_paid && over && evidence.door == Door::Query && !attempt.watch.ended && !attempt.is_paid() {
                if attempt.is_live() {
                    // A code nobody paid: not before this answer is it known to have run out (PF-25).
                    events.push(AttemptEvent::Withdrawn { why: Why::Expired });
                }
                events.push(if attempt.is_undecided() { AttemptEvent::LeftOpen } else { AttemptEvent::WatchEnded });
            }
            events
        }
    }
}

fn weigh_payment(attempt: &Attempt, door: Door, payment: &Payment, rules: &Rules) -> Vec<AttemptEvent> {
    if payment.simulated && !rules.accept_simulated {
        let known = attempt.alarms.contains(&Alarm::TestPayment);
        return if known { vec![] } else { vec![AttemptEvent::TestPaid] };
    }
    if payment.amount != attempt.terms.amount {
        let known = attempt.alarms.contains(&Alarm::WrongAmount(payment.amount));
        let over = payment.amount > attempt.terms.amount;
        let event = AttemptEvent::Contradicted { door, claimed: payment.amount, over };
        return if known { vec![] } else { vec![event] };
    }
    match (&attempt.phase, door) {
        // A repeat changes nothing, whatever its text says (PF-13); an answer that agrees confirms a notice.
        (Phase::Paid { confirmed: true, .. }, _)
        | (Phase::Paid { .. }, Door::Notice | Door::Browser | Door::Statement) => {
            vec![]
        }
        (Phase::Paid { .. }, Door::Query) => vec![AttemptEvent::Confirmed],
        (Phase::Claimed { .. }, Door::Browser | Door::Statement) => vec![],
        // Neither is proof: the one went through the payer's hands, the other through anybody's.
        (_, Door::Browser | Door::Statement) => vec![AttemptEvent::Claimed { payment: payment.clone() }],
        (phase, Door::Notice | Door::Query) => {
            let payment = with_card_of(payment, phase);
            vec![AttemptEvent::Paid { door, payment, late: is_late(attempt) }]
        }
    }
}

/// Whether the gateway does not know this order because it has forgotten all orders since. What is still offered stays
/// watched: its page can be submitted again.
fn is_forgotten(attempt: &Attempt, says: &Says, rules: &Rules) -> bool {
    let before = rules.forgotten_before.is_some_and(|moment| attempt.terms.created < moment);
    let offered = attempt.is_live() && !attempt.is_paid();
    *says == Says::UnknownOrder && before && !offered && !attempt.watch.ended
}

/// Whether an answer that does not say "paid" now denies a notice that did: the gateway's advice is to ask for forty
/// minutes (ECPay doc 2890), and its bank has had them.
fn is_denied(attempt: &Attempt, now: Timestamp) -> bool {
    const PATIENCE: Duration = Duration::from_secs(40 * 60);
    matches!(attempt.phase, Phase::Paid { confirmed: false, .. })
        && !attempt.watch.ended
        && attempt.noted.is_some_and(|noted| now.since(noted) >= PATIENCE)
}

/// The answer to a question names no card; the browser's signed return did.
fn with_card_of(payment: &Payment, phase: &Phase) -> Payment {
    let mut payment = payment.clone();
    if let Phase::Claimed { payment: claim } = phase {
        payment.card_last4 = payment.card_last4.or_else(|| claim.card_last4.clone());
        payment.whole_only |= claim.whole_only;
    }
    payment
}

/// Whether the counter had given it up. A place taken by another attempt for the same sale is not given up: the customer
/// may well pay the first page, and the sale still wants exactly that money (PF-36).
fn is_late(attempt: &Attempt) -> bool {
    match attempt.standing {
        // Its sale has the money already.
        _ if attempt.vouched => false,
        Standing::Live | Standing::Withdrawn { why: Why::Superseded, .. } => false,
        Standing::Withdrawn { why: Why::Cancelled | Why::Expired | Why::SalePaid, .. } => true,
    }
}

/// Whether a pushed message says again what is already known. The answer to a question is always recorded: it is an
/// answer.
fn repeats(attempt: &Attempt, says: &Says, door: Door) -> bool {
    door != Door::Query
        && match (says, &attempt.phase) {
            (Says::CodeIssued { code, .. }, Phase::CodeIssued { code: known, .. }) => code == known,
            (Says::Declined { code }, Phase::Declined { code: known }) => code == known,
            (Says::Pending, Phase::PendingAtBank) => true,
            _ => false,
        }
}
