//! What the screens are shown of refunds.

use std::path::Path;

use base64::Engine;
use paper::refund::RefundSlip as Document;
use till::ids::RefundNumber;
use till::payment;
use till::refund::{
    Action, Back, From, HandWay, Held, How, Item, Phase, Quote, Refund, Refusal, Source, Wanted, quote,
};
use till::sale::Sale;
use till::time::Timestamp;

use super::super::Register;
use super::ways;
use crate::command_error::CommandError;
use crate::receipts;
use crate::view::{
    self, RefundItem, RefundLeg, RefundQuote, RefundRefusal, RefundSlip, RefundSource, RefundState, RefundTo,
    RefundWait, Refundable, RefundableLine, Task, TaskChoice, TaskKind,
};

impl Register {
    /// A refund as the counter sees it.
    pub(in crate::register) fn refund_view(&self, refund: &Refund) -> view::Refund {
        let terms = &refund.terms;
        let handed = refund.handed.as_ref();
        let next = self.refund_wants(&terms.number, terms.requested);
        let asks = next.filter(|(_, action)| *action == Action::Ask);
        let can_retry = match refund.phase {
            Phase::Refused { .. } => terms.card().is_some(),
            Phase::Unsure { .. } | Phase::OnItsWay { .. } => !self.is_exchanging(refund),
            _ => false,
        };
        view::Refund {
            number: terms.number.to_string(),
            request: terms.request.to_string(),
            sale: terms.sale.to_string(),
            attempt: terms.attempt().map(ToString::to_string),
            amount: terms.amount.as_dollars(),
            items: terms.items().iter().map(item).collect(),
            reason: terms.reason.clone(),
            asked_by: terms.asked_by.clone(),
            approved_by: handed.and_then(|handed| handed.approved_by.clone()).or_else(|| terms.approved_by.clone()),
            handed_by: handed.map(|handed| handed.by.clone()),
            to: to(&terms.from, &terms.back),
            state: if self.is_queued(refund) { RefundState::Queued } else { state(refund) },
            requested_ms: terms.requested.unix_ms(),
            next_check_ms: asks.map(|(at, _)| at.unix_ms()),
            can_retry,
            can_hand_over: refund.may_be_handed_back(),
            can_drop: refund.may_be_dropped() && !self.is_exchanging(refund),
            slips: refund.slips,
        }
    }

    pub(super) fn refundable_view(
        &self,
        sale: &Sale,
        earlier: &[Refund],
        sources: &[Source],
        closed_ms: i64,
    ) -> Refundable {
        let counted = earlier.iter().filter(|refund| refund.counts());
        let refunded: till::money::Money = counted.map(|refund| refund.terms.amount).sum();
        let lines = sale.lines.iter().map(|line| {
            let back: u32 = earlier
                .iter()
                .filter(|refund| refund.counts())
                .flat_map(|refund| refund.terms.items())
                .filter(|item| item.line == line.id)
                .map(|item| item.quantity)
                .sum();
            let left = line.quantity.saturating_sub(back);
            // What the rest comes to does not depend on how it is paid back.
            let rest = [Wanted { line: line.id, quantity: left }];
            let unbound = sources.iter().cloned().map(|source| Source { whole_only: false, ..source }).collect();
            let left_amount = quote(sale, earlier, &rest, unbound).map_or(0, |quote| quote.amount.as_dollars());
            RefundableLine {
                line: line.id,
                code: line.code.to_string(),
                name: line.name.clone(),
                unit_price: line.unit_price.as_dollars(),
                sold: line.quantity,
                refunded: back,
                left,
                left_amount,
            }
        });
        Refundable {
            sale: sale.number.to_string(),
            closed_ms,
            total: sale.totals.net.as_dollars(),
            refunded: refunded.as_dollars(),
            left: sale.totals.net.as_dollars() - refunded.as_dollars(),
            lines: lines.collect(),
            payments: sources.iter().map(|source| self.source_view(source)).collect(),
            refunds: earlier.iter().map(|refund| self.refund_view(refund)).collect(),
        }
    }

    pub(super) fn quote_view(&self, quote: &Quote, by_hand: Option<HandWay>) -> Result<RefundQuote, CommandError> {
        let leg = |leg: &till::refund::Leg| {
            let back = self.back_of(&leg.source, by_hand)?;
            let to = match to(&leg.source.from, &back) {
                RefundTo::Card { method, .. } => RefundTo::Card { method, last4: leg.source.last4.clone() },
                hand @ RefundTo::Hand { .. } => hand,
            };
            Ok(RefundLeg { amount: leg.amount.as_dollars(), to })
        };
        Ok(RefundQuote {
            amount: quote.amount.as_dollars(),
            tax: quote.parts.tax.as_dollars(),
            items: quote.items.iter().map(item).collect(),
            legs: quote.legs.iter().map(leg).collect::<Result<_, CommandError>>()?,
            needs_approval: super::needs_approval(quote, by_hand),
        })
    }

    fn source_view(&self, source: &Source) -> RefundSource {
        let (method, attempt) = match &source.from {
            From::Cash | From::Recorded { .. } => (None, None),
            From::Attempt { attempt, method } => (Some((*method).into()), Some(attempt.to_string())),
        };
        RefundSource {
            method,
            outside: outside(&source.from),
            attempt,
            card_last4: source.last4.clone(),
            brought: source.brought.as_dollars(),
            given_back: source.given_back.as_dollars(),
            by_card: matches!(self.back_of(source, None), Ok(Back::Card { .. })),
            whole_only: source.whole_only,
            ways: ways(&source.from).iter().map(|way| (*way).into()).collect(),
        }
    }
}

/// What a person has to do about a refund, if anything.
pub(in crate::register) fn task(refund: &Refund) -> Option<Task> {
    let terms = &refund.terms;
    let (what, since, choices) = match &refund.phase {
        Phase::Refused { at, .. } => (TaskKind::RefundRefused, *at, vec![TaskChoice::Retry, TaskChoice::Drop]),
        Phase::Unsure { at, .. } => (TaskKind::RefundUnknown, *at, vec![TaskChoice::Retry]),
        Phase::ToHandOver => {
            (TaskKind::RefundToHandOver, terms.requested, vec![TaskChoice::HandedOver, TaskChoice::Drop])
        }
        Phase::OnItsWay { at, overdue: true, .. } => (TaskKind::RefundOverdue, *at, vec![TaskChoice::Retry]),
        _ => return None,
    };
    let possible = |choice: &TaskChoice| *choice != TaskChoice::Drop || refund.may_be_dropped();
    Some(Task {
        id: format!("refund/{}", terms.number),
        what,
        sale: Some(terms.sale.to_string()),
        attempt: terms.attempt().map(ToString::to_string),
        refund: Some(terms.number.to_string()),
        amount: terms.amount.as_dollars(),
        since_ms: since.unix_ms(),
        choices: choices.into_iter().filter(possible).collect(),
        holder: None,
        person: None,
        print: None,
    })
}

/// A slip as a picture for the screen, with the place of its PDF.
///
/// # Errors
/// When the picture cannot be drawn.
pub(crate) fn refund_picture(
    number: &RefundNumber,
    copy: u32,
    slip: &Document,
    path: &Path,
) -> Result<RefundSlip, CommandError> {
    let png = receipts::picture(slip).map_err(|reason| CommandError::ReceiptFailed { reason })?;
    Ok(RefundSlip {
        refund: number.to_string(),
        copy,
        png_base64: base64::engine::general_purpose::STANDARD.encode(png),
        pdf_path: path.display().to_string(),
    })
}

fn to(from: &From, back: &Back) -> RefundTo {
    let method = match from {
        From::Cash | From::Recorded { .. } => None,
        From::Attempt { method, .. } => Some(*method),
    };
    match back {
        Back::Card { card } => {
            RefundTo::Card { method: method.unwrap_or(payment::Method::Credit).into(), last4: card.last4.clone() }
        }
        Back::Hand { way } => {
            RefundTo::Hand { way: (*way).into(), method: method.map(Into::into), outside: outside(from) }
        }
    }
}

fn outside(from: &From) -> Option<view::Outside> {
    match from {
        From::Recorded { through } => Some((*through).into()),
        From::Cash | From::Attempt { .. } => None,
    }
}

fn state(refund: &Refund) -> RefundState {
    match &refund.phase {
        Phase::Requested => RefundState::Asking,
        Phase::Waiting { until, why } => RefundState::Waiting { until_ms: until.unix_ms(), why: (*why).into() },
        Phase::Ready { .. } | Phase::Sent { .. } => RefundState::Sending,
        Phase::Unsure { at, .. } => RefundState::Unknown { since_ms: at.unix_ms() },
        Phase::OnItsWay { at, overdue, .. } => RefundState::OnItsWay { since_ms: at.unix_ms(), overdue: *overdue },
        Phase::ToHandOver => RefundState::ToHandOver,
        Phase::Refused { why, .. } => {
            let (code, message) = match why {
                Refusal::Gateway { code, message } => (Some(code.clone()), Some(message.clone())),
                _ => (None, None),
            };
            RefundState::Refused { why: why.into(), code, message }
        }
        Phase::Done { how, at } => done(refund, *how, *at),
        Phase::Dropped => RefundState::Dropped,
    }
}

fn done(refund: &Refund, how: How, at: Timestamp) -> RefundState {
    let cancelled = refund.look.as_ref().is_some_and(|look| look.stage == till::refund::CardStage::Cancelled);
    let by_hand = match how {
        How::Gateway => None,
        How::Hand(way) => Some(way.into()),
    };
    RefundState::Done { at_ms: at.unix_ms(), by_hand, released: cancelled && by_hand.is_none() }
}

fn item(item: &Item) -> RefundItem {
    RefundItem { line: item.line, name: item.name.clone(), quantity: item.quantity, amount: item.amount.as_dollars() }
}

impl std::convert::From<HandWay> for view::HandWay {
    fn from(way: HandWay) -> Self {
        match way {
            HandWay::Cash => Self::Cash,
            HandWay::BankTransfer => Self::BankTransfer,
            HandWay::BackOffice => Self::BackOffice,
        }
    }
}

impl std::convert::From<view::HandWay> for HandWay {
    fn from(way: view::HandWay) -> Self {
        match way {
            view::HandWay::Cash => Self::Cash,
            view::HandWay::BankTransfer => Self::BankTransfer,
            view::HandWay::BackOffice => Self::BackOffice,
        }
    }
}

impl std::convert::From<Held> for RefundWait {
    fn from(why: Held) -> Self {
        match why {
            Held::DailyClosing => Self::DailyClosing,
            Held::UntilMorning => Self::UntilMorning,
            Held::UntilCaptured => Self::UntilCaptured,
        }
    }
}

impl std::convert::From<&Refusal> for RefundRefusal {
    fn from(why: &Refusal) -> Self {
        match why {
            Refusal::Gateway { .. } => Self::Gateway,
            Refusal::NotFound => Self::NotFound,
            Refusal::Cancelled => Self::Cancelled,
            Refusal::NotAuthorised => Self::NotAuthorised,
            Refusal::NotCaptured => Self::NotCaptured,
            Refusal::WholeOnly => Self::WholeOnly,
            Refusal::TooMuch => Self::TooMuch,
            Refusal::StrangeStage => Self::StrangeStage,
            Refusal::Unclear => Self::Unclear,
            Refusal::TooOften => Self::TooOften,
            Refusal::NotListed => Self::NotListed,
        }
    }
}
