//! What an attempt wants next, and when. Asking is scarce, so it slows down as an attempt ages.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::attempt::{Attempt, Phase};
use super::evidence::PaymentCode;
use crate::time::Timestamp;

const DAY: Duration = Duration::from_secs(24 * 3_600);
/// How long a code lives by default.
const CODE_DAYS: u32 = 7;
/// How late a store may report.
const LATE_DAYS: u32 = 3;

/// What the shop's settings say about attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Payments simulated in a back office count (training and stage), or are only an alarm (production).
    pub accept_simulated: bool,
    /// How often the gateway is asked.
    pub schedule: Schedule,
    /// The gateway knows nothing of what was agreed before this moment, and says "unknown order" of it: the training
    /// gateway, which begins anew with every start. A gateway that keeps its books has no such moment.
    pub forgotten_before: Option<Timestamp>,
}

impl Rules {
    /// The same with no question about an attempt sooner than so many seconds after the last one. What is wanted at once
    /// (after a claim, say) stays so.
    #[must_use]
    pub fn no_faster_than(&self, seconds: u64) -> Self {
        let mut rules = self.clone();
        let schedule = &mut rules.schedule;
        let slow = |pace: &mut u64| *pace = (*pace).max(seconds);
        slow(&mut schedule.first_s);
        slow(&mut schedule.unopened_s);
        slow(&mut schedule.code_s);
        schedule.steps.iter_mut().for_each(|step| slow(&mut step.every_s));
        rules
    }
}

/// How often the gateway is asked about one attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The first question, so long after the customer could pay.
    pub first_s: u64,
    /// Then, up to each age, one question every so often; the last step goes on for as long as the attempt is watched.
    pub steps: Vec<Step>,
    /// While nobody has opened a page of our own.
    pub unopened_s: u64,
    /// While a code waits to be paid at a bank or a store: the gateway asks not to be polled for these.
    pub code_s: u64,
}

/// One step of a [`Schedule`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Up to this age of the attempt.
    pub until_s: u64,
    /// One question every so often.
    pub every_s: u64,
}

impl Default for Schedule {
    fn default() -> Self {
        let step = |until_s, every_s| Step { until_s, every_s };
        Self {
            first_s: 10,
            steps: vec![
                step(120, 10),
                step(600, 30),
                step(2_400, 600),
                step(86_400, 7_200),
                step(86_400 * 365, 43_200),
            ],
            unopened_s: 120,
            code_s: 6 * 3_600,
        }
    }
}

/// What an attempt wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Put the pay page up.
    Present,
    /// Ask the gateway.
    Ask,
    /// Its time has run out.
    Expire,
}

/// The next thing the attempt wants and the moment from which it wants it; nothing when it is at rest.
#[must_use]
pub fn due(attempt: &Attempt, rules: &Rules) -> Option<(Timestamp, Action)> {
    if attempt.is_live() && attempt.phase == Phase::Created {
        return Some((attempt.terms.created, Action::Present));
    }
    let expire = expiry(attempt).map(|at| (at, Action::Expire));
    let ask = next_question(attempt, &rules.schedule).map(|at| (at, Action::Ask));
    [expire, ask].into_iter().flatten().min_by_key(|(at, _)| *at)
}

/// When the counter stops offering it; nothing while it must not run out.
fn expiry(attempt: &Attempt) -> Option<Timestamp> {
    if !attempt.is_live() {
        return None;
    }
    match &attempt.phase {
        // Stores and banks report late: a code ends with an answer after its deadline, never by the clock alone (PF-25).
        Phase::CodeIssued { .. } => None,
        // The customer has very likely paid: it stays on the screen until somebody knows.
        Phase::Paid { .. } | Phase::Claimed { .. } | Phase::PendingAtBank | Phase::Contradicted { .. } => None,
        Phase::Created | Phase::Presented | Phase::Opened | Phase::Declined { .. } | Phase::Unanswered { .. } => {
            Some(attempt.terms.expires)
        }
    }
}

/// When an unpaid answer may end the watch: for a code so long after its deadline as those who take the money may report
/// late. Where somebody was at the page, a code may have been issued or a bank have asked for patience without anybody
/// having told the till, and of both the gateway says no more than "unpaid": the longest life of a code counts, seven days
/// by default. Where nobody was, a day after the page stopped.
pub(super) fn watch_end(attempt: &Attempt) -> Option<Timestamp> {
    let expires = attempt.terms.expires;
    if let Phase::CodeIssued { code, deadline } = &attempt.phase {
        return Some(deadline.unwrap_or(expires.plus(DAY * CODE_DAYS)).plus(grace(code)));
    }
    if attempt.is_live() {
        return None;
    }
    // Where a manager has given their word the owner is told after a day what it has cost.
    let somebody_was_there = attempt.can_have_been_paid() && !attempt.vouched;
    Some(if attempt.terms.method.may_issue_code() || somebody_was_there {
        expires.plus(DAY * (CODE_DAYS + LATE_DAYS))
    } else {
        expires.plus(DAY)
    })
}

/// How long after the deadline of a code its payment may still be reported: stores take up to three days (ECPay doc
/// 2876), a bank posts by the next.
fn grace(code: &PaymentCode) -> Duration {
    match code {
        PaymentCode::Atm { .. } => DAY,
        PaymentCode::Cvs { .. } | PaymentCode::Barcode { .. } | PaymentCode::Review => DAY * LATE_DAYS,
    }
}

fn next_question(attempt: &Attempt, schedule: &Schedule) -> Option<Timestamp> {
    if attempt.watch.ended {
        return None;
    }
    if let Some(soon) = attempt.watch.soon {
        return Some(soon);
    }
    // A page that never went up can still be the subject of a signed message, and of the doubt that follows.
    let since = attempt.watch.since.unwrap_or(attempt.terms.created);
    let Some(asked) = attempt.watch.asked.filter(|asked| *asked >= since) else {
        return Some(since.plus(Duration::from_secs(first_wait(attempt, schedule))));
    };
    let every = match attempt.phase {
        Phase::CodeIssued { .. } => schedule.code_s,
        _ if nobody_came(attempt) => schedule.unopened_s,
        _ => {
            let age = asked.since(since).as_secs();
            let step = schedule.steps.iter().find(|step| age < step.until_s).or(schedule.steps.last());
            step.map_or(schedule.code_s, |step| step.every_s)
        }
    };
    let next = asked.plus(Duration::from_secs(every.max(1)));
    // The question that ends the watch of a code is asked as soon as its answer may end it.
    let last = watch_end(attempt).filter(|end| matches!(attempt.phase, Phase::CodeIssued { .. }) && asked < *end);
    Some(last.map_or(next, |last| next.min(last)))
}

fn first_wait(attempt: &Attempt, schedule: &Schedule) -> u64 {
    match attempt.phase {
        Phase::CodeIssued { .. } => schedule.code_s,
        _ if nobody_came(attempt) => schedule.unopened_s,
        _ => schedule.first_s,
    }
}

/// Whether the page is our own and nobody has been seen at it, by a fetch or by any message about it.
fn nobody_came(attempt: &Attempt) -> bool {
    !attempt.can_have_been_paid()
}
