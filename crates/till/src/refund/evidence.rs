//! What the gateway says about a card payment, and what two such answers say about the step that was sent in between.

use serde::{Deserialize, Serialize};

use crate::money::Money;

/// One thing the gateway can be told to do with a card payment (ECPay doc 2885).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Take back the request to capture (`E`); letting go of the authorisation follows.
    CancelCapture,
    /// Let go of the authorisation (`N`).
    Abandon,
    /// Give money back (`R`).
    Refund,
}

/// How far the money of a card payment has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardStage {
    /// Held on the card, not taken.
    Authorised,
    /// Goes to the bank with the next closing.
    ToBeCaptured,
    /// Taken.
    Captured,
    /// The request to capture was taken back; it is still held.
    CaptureCancelled,
    /// Over, nothing is held.
    Cancelled,
    /// The bank never agreed.
    NotAuthorised,
    /// A word this program does not know.
    Strange,
}

/// One line of the gateway's list of captures and refunds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// How far it has come.
    pub stage: CardStage,
    /// How much; the gateway may or may not write a refund with a minus sign.
    pub amount: Money,
}

/// The most lines of that list that are kept.
pub const LOOK_LINES: usize = 100;

/// A card payment as the gateway sees it at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardLook {
    /// How far it has come.
    pub stage: CardStage,
    /// What was taken of it, if legible.
    pub captured: Option<Money>,
    /// The list of captures and refunds.
    pub closings: Vec<Closing>,
}

/// Whether a step was done, as the answers before and after it tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was.
    Done,
    /// It was not.
    NotDone,
    /// Something else has changed: a person has to look.
    Unclear,
}

impl CardLook {
    /// Whether `step` over `amount` was done between `before` and this.
    #[must_use]
    pub fn verdict(&self, before: &Self, step: Step, amount: Money) -> Verdict {
        use CardStage::{Authorised, Cancelled, CaptureCancelled, Captured, NotAuthorised, Strange, ToBeCaptured};
        match (step, self.stage) {
            (_, Strange | NotAuthorised) => Verdict::Unclear,
            (Step::CancelCapture, CaptureCancelled | Cancelled) => Verdict::Done,
            (Step::CancelCapture, ToBeCaptured | Captured) => Verdict::NotDone,
            (Step::CancelCapture, Authorised) => Verdict::Unclear,
            (Step::Abandon, Cancelled) => Verdict::Done,
            (Step::Abandon, Authorised | CaptureCancelled | ToBeCaptured | Captured) => Verdict::NotDone,
            (Step::Refund, stage) => self.refund_verdict(before, amount, stage == Cancelled),
        }
    }

    /// Whether its list has a refund in it already.
    #[must_use]
    pub fn shows_refunds(&self) -> bool {
        self.closings.iter().any(|line| line.amount.as_dollars() < 0)
    }

    /// Nothing of it waits for a closing any more.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.stage != CardStage::ToBeCaptured
            && self.closings.iter().all(|closing| closing.stage != CardStage::ToBeCaptured)
    }

    /// Whether at least `amount` has gone back since `before`, whatever else has: other refunds of the same payment may
    /// have followed.
    #[must_use]
    pub fn includes(&self, before: &Self, amount: Money) -> bool {
        let minus = |look: &Self| look.closings.iter().map(|line| line.amount.as_dollars().min(0)).sum::<i64>();
        let (mut gone, mut come) = (amounts(before), amounts(self));
        remove_common(&mut gone, &mut come);
        let dollars = amount.as_dollars();
        let less_taken = match (before.captured, self.captured) {
            (Some(was), Some(is)) => was.as_dollars() - is.as_dollars(),
            _ => 0,
        };
        let smaller = gone.iter().sum::<i64>() - come.iter().sum::<i64>();
        let line = !before.closings.is_empty() && come.iter().any(|line| line.abs() == dollars);
        line || [minus(before) - minus(self), smaller, less_taken].iter().any(|back| *back >= dollars)
            || self.stage == CardStage::Cancelled
    }

    /// The documentation does not say how the list shows a refund, so every way it can is looked for: a line with a minus
    /// sign, a line more, a smaller line, a smaller sum of what was taken. What fits none of them and is not the same
    /// list as before is no answer.
    fn refund_verdict(&self, before: &Self, amount: Money, cancelled: bool) -> Verdict {
        let minus = |look: &Self| look.closings.iter().map(|line| line.amount.as_dollars().min(0)).sum::<i64>();
        let dollars = amount.as_dollars();
        let (mut gone, mut come) = (amounts(before), amounts(self));
        remove_common(&mut gone, &mut come);
        let taken = match (before.captured, self.captured) {
            (Some(was), Some(is)) => is.as_dollars() - was.as_dollars(),
            _ => 0,
        };
        // The very first line is the capture itself.
        let first = before.closings.is_empty() && come.iter().all(|amount| *amount > 0);
        let one_line_more = !first && gone.is_empty() && come.len() == 1 && come[0].abs() == dollars;
        let one_line_less = match (gone.as_slice(), come.as_slice()) {
            ([was], [is]) => was - is == dollars,
            ([was], []) => *was == dollars,
            _ => false,
        };
        if minus(before) - minus(self) == dollars || one_line_more || one_line_less {
            return Verdict::Done;
        }
        // A capture that ran meanwhile takes; only a refund makes what was taken less.
        if gone.is_empty() && come.is_empty() && taken == -dollars {
            return Verdict::Done;
        }
        if gone.is_empty() && come.is_empty() && taken >= 0 && !cancelled {
            return Verdict::NotDone;
        }
        Verdict::Unclear
    }
}

fn amounts(look: &CardLook) -> Vec<i64> {
    let mut amounts: Vec<i64> = look.closings.iter().map(|line| line.amount.as_dollars()).collect();
    amounts.sort_unstable();
    amounts
}

/// Takes out of both what is in both, each as often as it is.
fn remove_common(one: &mut Vec<i64>, other: &mut Vec<i64>) {
    one.retain(|amount| match other.iter().position(|same| same == amount) {
        Some(at) => {
            other.remove(at);
            false
        }
        None => true,
    });
}

#[cfg(test)]
mod tests {
    use super::CardStage::{Authorised, Cancelled, CaptureCancelled, Captured, Strange, ToBeCaptured};
    use super::Verdict::{Done, NotDone, Unclear};
    use super::*;

    fn look(stage: CardStage, captured: i64, lines: &[(CardStage, i64)]) -> CardLook {
        let closing = |(stage, amount): &(CardStage, i64)| Closing { stage: *stage, amount: Money::dollars(*amount) };
        CardLook { stage, captured: Some(Money::dollars(captured)), closings: lines.iter().map(closing).collect() }
    }

    #[test]
    fn a_refund_is_seen_however_the_list_writes_it() {
        let before = look(Captured, 500, &[(Captured, 500)]);
        for (after, verdict) in [
            (look(Captured, 500, &[(Captured, 500)]), NotDone),
            (look(Captured, 500, &[(Captured, 500), (ToBeCaptured, -200)]), Done),
            (look(Captured, 300, &[(Captured, 500), (Captured, -200)]), Done),
            (look(Captured, 500, &[(Captured, 500), (Captured, 200)]), Done),
            (look(Captured, 300, &[(Captured, 300)]), Done),
            (look(Captured, 300, &[(Captured, 500)]), Done),
            (look(Captured, 500, &[(Captured, 500), (Captured, -150)]), Unclear),
            (look(Captured, 400, &[(Captured, 500)]), Unclear),
            (look(Captured, 500, &[]), Unclear),
            (look(Cancelled, 500, &[(Captured, 500)]), Unclear),
            (look(Strange, 500, &[(Captured, 500)]), Unclear),
        ] {
            assert_eq!(after.verdict(&before, Step::Refund, Money::dollars(200)), verdict, "{after:?}");
        }
    }

    #[test]
    fn a_capture_that_ran_meanwhile_is_no_refund() {
        let before = look(ToBeCaptured, 0, &[(ToBeCaptured, 500)]);
        let ran = look(Captured, 500, &[(Captured, 500)]);
        assert_eq!(ran.verdict(&before, Step::Refund, Money::dollars(200)), NotDone);
        let smaller = look(Captured, 300, &[(Captured, 300)]);
        assert_eq!(smaller.verdict(&before, Step::Refund, Money::dollars(200)), Done);
    }

    #[test]
    fn the_second_of_two_equal_refunds_is_not_taken_for_the_first() {
        let before = look(Captured, 500, &[(Captured, 500), (Captured, -100)]);
        assert_eq!(before.verdict(&before.clone(), Step::Refund, Money::dollars(100)), NotDone);
        let after = look(Captured, 500, &[(Captured, 500), (Captured, -100), (Captured, -100)]);
        assert_eq!(after.verdict(&before, Step::Refund, Money::dollars(100)), Done);
    }

    #[test]
    fn the_stage_tells_whether_a_capture_or_an_authorisation_was_taken_back() {
        let at = |stage| look(stage, 0, &[]);
        for (step, stage, verdict) in [
            (Step::CancelCapture, ToBeCaptured, NotDone),
            (Step::CancelCapture, Captured, NotDone),
            (Step::CancelCapture, CaptureCancelled, Done),
            (Step::CancelCapture, Cancelled, Done),
            (Step::CancelCapture, Authorised, Unclear),
            (Step::Abandon, Authorised, NotDone),
            (Step::Abandon, CaptureCancelled, NotDone),
            (Step::Abandon, Captured, NotDone),
            (Step::Abandon, Cancelled, Done),
            (Step::Abandon, Strange, Unclear),
        ] {
            assert_eq!(at(stage).verdict(&at(Authorised), step, Money::dollars(5)), verdict, "{step:?} {stage:?}");
        }
    }
}
