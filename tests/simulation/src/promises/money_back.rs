//! Money that went back: once, no more than was paid, and not on a guess.

use std::collections::BTreeMap;

use register::Exchange;
use register::view::View;
use till::ids::{AttemptNumber, RefundNumber};
use till::refund::{How, Of, Phase, Refund, Refusal, Step, due};
use till::sale::SalePhase;

use super::{Books, words};
use crate::world::{Held, World};

/// What the journal says of the money of one payment that goes back to its card.
#[derive(Clone, Copy, Debug, Default)]
struct Back {
    /// What has gone back.
    certain: i64,
    /// With what may have, for all the journal knows.
    possible: i64,
    /// Everything that was asked for and not given up, by hand included.
    asked: i64,
}

/// A message may leave when its intent is in the journal, the gateway does not want to be left alone, and nobody is in
/// doubt about the last one.
pub(crate) fn may_be_sent(world: &mut World, number: &RefundNumber, exchange: Exchange) -> Held {
    let now = world.now();
    let silent = world.silent_until.is_some_and(|until| now.unix_ms() < until);
    hold!(!silent, "the gateway hears of {number} at {now}, before {:?}", world.silent_until);
    let refund = world.till_ref().journal().refund(number).map_err(words)?;
    let refund = refund.ok_or_else(|| format!("the gateway hears of {number}, and the journal does not"))?;
    match exchange {
        Exchange::Look => hold!(
            refund.watch.asked == Some(now),
            "{number} is asked about, and that is not in the journal ({:?})",
            refund.watch
        ),
        Exchange::Act(step) => {
            let recorded = matches!(&refund.phase, Phase::Sent { step: sent, at, .. } if *sent == step && *at == now);
            hold!(recorded, "{step:?} of {number} is sent, and the journal has {:?}", refund.phase);
            world.known.refund_steps += 1;
            let new = world.known.in_doubt.insert(number.clone());
            hold!(new, "{step:?} of {number} is sent while nobody knows what became of the step before");
        }
    }
    Ok(())
}

/// After every step.
pub(crate) fn goes_back_once(world: &World, books: &Books, view: &View) -> Held {
    let mut payments: BTreeMap<&AttemptNumber, Back> = BTreeMap::new();
    let mut goods = 0;
    for refund in books.refunds.values() {
        somebody_has_it(world, refund, view)?;
        let amount = refund.terms.amount.as_dollars();
        if refund.terms.of != Of::Money {
            goods += if refund.counts() { amount } else { 0 };
            let closed = books.sales.get(&refund.terms.sale).is_some_and(|sale| sale.phase == SalePhase::Closed);
            hold!(closed, "{} is of {}, which is not closed", refund.terms.number, refund.terms.sale);
        }
        let Some(attempt) = refund.terms.attempt() else { continue };
        let back = payments.entry(attempt).or_default();
        back.asked += if refund.counts() { amount } else { 0 };
        back.certain += if has_left(refund) { amount } else { 0 };
        back.possible += if may_have_left(refund) { amount } else { 0 };
    }
    for (number, back) in &payments {
        let paid = books.attempts.get(*number).map_or(0, |attempt| attempt.terms.amount.as_dollars());
        let moved = world.gateway.cards.back(number.as_str());
        hold!(back.asked <= paid, "{} of the {paid} of {number} is to go back", back.asked);
        hold!(moved <= paid, "the gateway gives {moved} of the {paid} of {number} back");
        hold!(
            back.certain <= moved && moved <= back.possible,
            "the gateway gives {moved} of {number} back, and the journal has {back:?}"
        );
    }
    for number in world.gateway.cards.with_something_back() {
        let asked = payments.keys().any(|known| known.as_str() == number);
        hold!(asked, "the gateway gives something of {number} back, and nobody has asked");
    }
    let report = books.report.as_ref().ok_or("no report")?;
    hold!(report.refunds.amount == goods, "the report has {} refunded, and {goods} is", report.refunds.amount);
    Ok(())
}

/// Every refund has an outcome, an owner or a time to ask again.
fn somebody_has_it(world: &World, refund: &Refund, view: &View) -> Held {
    let number = &refund.terms.number;
    if refund.at_rest() {
        return Ok(());
    }
    let shown = view.refunds.iter().any(|shown| shown.number == number.as_str());
    hold!(shown, "{number} is {:?} and not on the screen", refund.phase);
    let task = view.tasks.iter().any(|task| task.id == format!("refund/{number}"));
    let planned = due(refund, &world.setup.refunds.pace).is_some();
    hold!(task || planned, "{number} is {:?}, and nobody sees to it", refund.phase);
    let matters = matches!(refund.phase, Phase::Unsure { .. } | Phase::Refused { .. } | Phase::ToHandOver);
    hold!(task || !matters, "{number} is {:?}, and nobody is told", refund.phase);
    Ok(())
}

/// Its money has gone back through the gateway, as the journal has it.
fn has_left(refund: &Refund) -> bool {
    matches!(refund.phase, Phase::OnItsWay { .. } | Phase::Done { how: How::Gateway, .. })
}

/// Or it may have.
fn may_have_left(refund: &Refund) -> bool {
    match &refund.phase {
        Phase::Sent { step, .. } | Phase::Unsure { step, .. } => *step != Step::CancelCapture,
        Phase::Refused { why: Refusal::Unclear, .. } => true,
        _ => has_left(refund),
    }
}

/// Everybody has talked: every dollar that went back is in the journal, and nothing is left open.
pub(crate) fn is_back(world: &World, books: &Books) -> Held {
    let mut back: BTreeMap<&str, i64> = BTreeMap::new();
    for refund in books.refunds.values() {
        let number = &refund.terms.number;
        hold!(refund.at_rest(), "{number} is {:?} after all these days", refund.phase);
        if let Some(attempt) = refund.terms.attempt()
            && has_left(refund)
        {
            *back.entry(attempt.as_str()).or_default() += refund.terms.amount.as_dollars();
        }
    }
    for number in world.known.attempts.keys().map(AttemptNumber::as_str) {
        let (moved, journalled) = (world.gateway.cards.back(number), back.get(number).copied().unwrap_or(0));
        hold!(moved == journalled, "the gateway gave {moved} of {number} back, and the journal has {journalled}");
    }
    Ok(())
}
