//! Giving money back: what can be asked for, and what a person can do about a refund.

mod look;
mod run;

use paper::refund::RefundSlip as Document;
use till::event::Event;
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};
use till::payment::{Attempt, AttemptEvent, Choice, Funds, Method, Unapplied};
use till::people::Act;
use till::refund::{
    Back, CannotRefund, CardBack, From, HandWay, Input, Leg, Of, Quote, Refund, RefundEvent, RefundTerms, Source,
    Wanted, quote, sources,
};
use till::sale::{Outside, Sale, SalePhase};
use till::time::Timestamp;

use super::{Register, internal};
use crate::command_error::CommandError;
use crate::refund_slip;
use crate::view::{self, RefundQuote, RefundWish, Refundable, TaskChoice};

pub(crate) use look::refund_picture;
pub(super) use look::task;

/// What a person asks to be given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRequest {
    /// The sale.
    pub sale: String,
    /// Which of its lines, and how many of each.
    pub lines: Vec<RefundWish>,
    /// Why.
    pub reason: String,
    /// How a person gives it back, where it does not go to the card.
    pub by_hand: Option<view::HandWay>,
    /// Who approved it, where nobody is registered whose PIN could say so.
    pub approved_by: Option<String>,
}

/// The longest reason that is kept, in letters.
const REASON_MAX: usize = 200;

impl Register {
    /// What of a sale can come back, and what has.
    ///
    /// # Errors
    /// When there is no such closed sale.
    pub fn refundable(&mut self, sale: &str) -> Result<Refundable, CommandError> {
        let (sale, earlier, sources) = self.sale_to_refund(sale)?;
        let closed = self.journal.closed(&sale.number).map_err(|error| internal(&error))?;
        let closed_ms = closed.map_or(0, |closed| closed.closed_at.unix_ms());
        Ok(self.refundable_view(&sale, &earlier, &sources, closed_ms))
    }

    /// What a refund of these pieces would be. Nothing is recorded.
    ///
    /// # Errors
    /// When they cannot come back.
    pub fn refund_quote(
        &mut self,
        sale: &str,
        lines: &[RefundWish],
        by_hand: Option<view::HandWay>,
    ) -> Result<RefundQuote, CommandError> {
        let (sale, earlier, sources) = self.sale_to_refund(sale)?;
        let quote = quote(&sale, &earlier, &wanted(lines), sources)?;
        self.quote_view(&quote, by_hand.map(HandWay::from))
    }

    /// Asks for a refund: makes one for each payment of the sale it comes out of, and commits them together. What goes
    /// to a card is then done by itself; what a person gives back waits until the person says so.
    ///
    /// # Errors
    /// When the pieces or the money cannot come back, nobody says why, or a manager has to approve it.
    pub fn refund(&mut self, request: &RefundRequest, now: Timestamp) -> Result<Refundable, CommandError> {
        let reason = tidy(&request.reason, REASON_MAX);
        if reason.is_empty() {
            return Err(CommandError::RefundReasonMissing);
        }
        let approved_by = request.approved_by.as_deref().map(|name| tidy(name, 80)).filter(|name| !name.is_empty());
        let by_hand = request.by_hand.map(HandWay::from);
        let (sale, earlier, sources) = self.sale_to_refund(&request.sale)?;
        let quote = quote(&sale, &earlier, &wanted(&request.lines), sources)?;
        let mut events = self.approved(Act::Refund, sale.number.as_str())?;
        let approved_by = self.consenting().map(|(name, ..)| name).or(approved_by);
        if needs_approval(&quote, by_hand) && approved_by.is_none() {
            return Err(CommandError::ApprovalNeeded { what: Act::Refund.into() });
        }
        let first = self.next_refund_number(0)?;
        for (place, leg) in (0..).zip(&quote.legs) {
            let number = self.next_refund_number(place)?;
            let terms = RefundTerms {
                number: number.clone(),
                request: first.clone(),
                sale: sale.number.clone(),
                of: Of::Goods { items: leg.items.clone(), parts: leg.parts },
                amount: leg.amount,
                from: leg.source.from.clone(),
                brought: leg.source.brought,
                back: self.back_of(&leg.source, by_hand)?,
                reason: reason.clone(),
                asked_by: self.operator().name,
                approved_by: approved_by.clone(),
                requested: now,
            };
            events.push(Event::Refund(number, RefundEvent::Requested { terms }));
        }
        let desk = self.desk.clone();
        self.record(now, &events, desk)?;
        self.refundable(sale.number.as_str())
    }

    /// Tries a refused refund again, or asks about one that is under way now.
    ///
    /// # Errors
    /// When there is nothing to try.
    pub fn refund_retry(&mut self, refund: &str, now: Timestamp) -> Result<(), CommandError> {
        let number = self.refund_number(refund)?;
        if self.tell_refund(&number, &Input::Retry, now)? {
            return Ok(());
        }
        let asked = self.refunds.get(&number).is_some_and(|refund| refund.terms.card().is_some());
        if !asked {
            return Err(CommandError::ChoiceNotPossible);
        }
        self.hurried.insert(number);
        self.revision += 1;
        Ok(())
    }

    /// A person has given the money back by hand.
    ///
    /// # Errors
    /// When it may still go back by itself; or when it is a card's money, the way was not agreed before and nobody
    /// approves.
    pub fn refund_handed_over(
        &mut self,
        refund: &str,
        way: view::HandWay,
        approved_by: Option<&str>,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        let number = self.refund_number(refund)?;
        let approved_by = approved_by.map(|name| tidy(name, 80)).filter(|name| !name.is_empty());
        let known = self.refunds.get(&number).ok_or(CommandError::ChoiceNotPossible)?;
        if !known.may_be_handed_back() {
            return Err(CommandError::ChoiceNotPossible);
        }
        // What was to be given back by hand was approved when it was asked for.
        let of_a_card = known.terms.card().is_some();
        let approvals = if of_a_card { self.approved(Act::Refund, number.as_str())? } else { vec![] };
        let approved_by = self.consenting().map(|(name, ..)| name).or(approved_by);
        if of_a_card && approved_by.is_none() {
            return Err(CommandError::ApprovalNeeded { what: Act::Refund.into() });
        }
        let by = self.operator().name;
        let input = Input::HandBack { way: way.into(), by, approved_by };
        let told = self.tell_refund_with(&number, &input, approvals, now)?;
        if told { Ok(()) } else { Err(CommandError::ChoiceNotPossible) }
    }

    /// Gives a refund up, and with it those asked for together with it. Its goods can come back another time.
    ///
    /// # Errors
    /// When money has moved, or may have.
    pub fn refund_drop(&mut self, refund: &str, now: Timestamp) -> Result<(), CommandError> {
        let number = self.refund_number(refund)?;
        let known = self.refund_of(&number)?.ok_or(CommandError::ChoiceNotPossible)?;
        let together: Vec<Refund> = self
            .refunds_of(&known.terms.sale.clone())?
            .into_iter()
            .filter(|refund| refund.terms.request == known.terms.request && refund.counts())
            .collect();
        // One without the others would leave goods of which part of the money is back.
        if together.is_empty() || together.iter().any(|refund| !refund.may_be_dropped() || self.is_exchanging(refund)) {
            return Err(CommandError::ChoiceNotPossible);
        }
        let by = self.operator().name;
        let mut events = Vec::new();
        for refund in &together {
            let number = refund.terms.number.clone();
            events.push(Event::Refund(number, RefundEvent::Dropped { by: by.clone() }));
            if refund.terms.of == Of::Money
                && let Some(attempt) = refund.terms.attempt().cloned()
            {
                // It was at rest and is a task again: by this, memory knows it.
                let why = self.why_unapplied(&attempt)?;
                events.push(Event::Attempt(attempt, AttemptEvent::Unapplied { why }));
            }
        }
        let desk = self.desk.clone();
        self.record(now, &events, desk)
    }

    /// The last refunds and all that are not over, newest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn refunds(&self) -> Result<Vec<view::Refund>, CommandError> {
        let mut numbers = self.journal.recent_refunds(50).map_err(|error| internal(&error))?;
        numbers.extend(self.refunds.keys().cloned());
        numbers.sort_unstable_by_key(|number| std::cmp::Reverse(number.count()));
        numbers.dedup();
        let known = numbers.iter().filter_map(|number| self.refund_of(number).transpose());
        known.map(|refund| refund.map(|refund| self.refund_view(&refund))).collect()
    }

    /// Gives money that no sale took back to the card it came from: all of it.
    pub(super) fn refund_money(&mut self, attempt: &AttemptNumber, now: Timestamp) -> Result<(), CommandError> {
        let attempt = self.attempt(attempt)?.ok_or(CommandError::ChoiceNotPossible)?;
        let (Some(card), Funds::Unapplied(_)) = (card_of(&attempt), &attempt.funds) else {
            return Err(CommandError::ChoiceNotPossible);
        };
        let payment = attempt.payment().ok_or(CommandError::ChoiceNotPossible)?;
        let number = self.next_refund_number(0)?;
        let terms = RefundTerms {
            number: number.clone(),
            request: number.clone(),
            sale: attempt.terms.sale.clone(),
            of: Of::Money,
            amount: payment.amount,
            from: From::Attempt { attempt: attempt.terms.number.clone(), method: payment.method },
            brought: payment.amount,
            back: Back::Card { card },
            reason: "款項未入任何銷售 money no sale took".to_owned(),
            asked_by: self.operator().name,
            approved_by: None,
            requested: now,
        };
        let resolved = AttemptEvent::Resolved { choice: Choice::RefundedToCard };
        let mut events = self.approved(Act::SettleMoney, attempt.terms.number.as_str())?;
        events.push(Event::Attempt(attempt.terms.number.clone(), resolved));
        events.push(Event::Refund(number, RefundEvent::Requested { terms }));
        let desk = self.desk.clone();
        self.record(now, &events, desk)
    }

    /// Does what a person chose about a refund's task.
    pub(super) fn resolve_refund(
        &mut self,
        number: &RefundNumber,
        choice: TaskChoice,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        match choice {
            TaskChoice::Retry => self.refund_retry(number.as_str(), now),
            TaskChoice::Drop => self.refund_drop(number.as_str(), now),
            TaskChoice::HandedOver => {
                let refund = self.refunds.get(number).ok_or(CommandError::ChoiceNotPossible)?;
                let Back::Hand { way } = refund.terms.back else { return Err(CommandError::ChoiceNotPossible) };
                self.refund_handed_over(number.as_str(), way.into(), None, now)
            }
            _ => Err(CommandError::ChoiceNotPossible),
        }
    }

    /// The next slip of a refund, and which copy it is.
    ///
    /// # Errors
    /// When there is no such refund.
    pub fn next_refund_slip(&mut self, refund: &str) -> Result<(RefundNumber, u32, Document), CommandError> {
        let number = self.refund_number(refund)?;
        let refund = self.refund_of(&number)?.ok_or(CommandError::ChoiceNotPossible)?;
        let copy = refund.slips;
        Ok((number, copy, refund_slip::document(&self.setup.heading, &refund, copy)))
    }

    /// The slip of a refund is there.
    ///
    /// # Errors
    /// When it cannot be recorded.
    pub fn refund_slip_made(&mut self, number: &RefundNumber, copy: u32, now: Timestamp) -> Result<(), CommandError> {
        if let Some(refund) = self.refund_of(number)? {
            self.refunds.insert(number.clone(), refund);
        }
        let desk = self.desk.clone();
        self.record(now, &[Event::Refund(number.clone(), RefundEvent::SlipMade { copy })], desk)
    }

    /// A refund in memory, or brought back from the journal.
    pub(super) fn refund_of(&self, number: &RefundNumber) -> Result<Option<Refund>, CommandError> {
        match self.refunds.get(number) {
            Some(refund) => Ok(Some(refund.clone())),
            None => self.journal.refund(number).map_err(|error| internal(&error)),
        }
    }

    fn refunds_of(&self, sale: &SaleNumber) -> Result<Vec<Refund>, CommandError> {
        let numbers = self.journal.refunds_of(sale).map_err(|error| internal(&error))?;
        numbers.iter().filter_map(|number| self.refund_of(number).transpose()).collect()
    }

    /// A closed sale with what has come back of it, and its payments.
    fn sale_to_refund(&mut self, sale: &str) -> Result<(Sale, Vec<Refund>, Vec<Source>), CommandError> {
        let found = self.closed(sale)?;
        // Refunds of money that another attempt brought for this sale take nothing from it.
        let earlier: Vec<Refund> =
            self.refunds_of(&found.number)?.into_iter().filter(|refund| refund.terms.of != Of::Money).collect();
        let mut whole_only = Vec::new();
        for attempt in found.tenders.iter().filter_map(till::sale::Tender::attempt) {
            if self.paid_by(attempt)?.is_some_and(|attempt| attempt.payment().is_some_and(|payment| payment.whole_only))
            {
                whole_only.push(attempt.clone());
            }
        }
        let sources = sources(&found, &earlier, |attempt| whole_only.contains(attempt));
        Ok((found, earlier, sources))
    }

    /// How money goes back to one of a sale's payments.
    fn back_of(&self, source: &Source, by_hand: Option<HandWay>) -> Result<Back, CommandError> {
        if by_hand.is_none()
            && let From::Attempt { attempt, .. } = &source.from
            && let Some(card) = self.paid_by(attempt)?.as_ref().and_then(card_of)
        {
            return Ok(Back::Card { card });
        }
        let usual = ways(&source.from);
        let way = by_hand.filter(|way| usual.contains(way)).or(usual.first().copied()).unwrap_or(HandWay::Cash);
        Ok(Back::Hand { way })
    }

    /// An attempt, without keeping it in memory.
    fn paid_by(&self, number: &AttemptNumber) -> Result<Option<Attempt>, CommandError> {
        match self.attempts.get(number) {
            Some(attempt) => Ok(Some(attempt.clone())),
            None => self.journal.attempt(number).map_err(|error| internal(&error)),
        }
    }

    /// Why money counts toward no sale, as `till::settle` says it. The attempt is in memory afterwards.
    fn why_unapplied(&mut self, number: &AttemptNumber) -> Result<Unapplied, CommandError> {
        let Some(attempt) = self.attempt(number)? else { return Ok(Unapplied::Late) };
        let sale = self.sale(&attempt.terms.sale)?;
        Ok(match sale.map(|sale| sale.phase) {
            Some(SalePhase::Closed) => Unapplied::Second,
            Some(SalePhase::Open | SalePhase::Voided) | None => Unapplied::Late,
        })
    }

    fn next_refund_number(&self, place: u64) -> Result<RefundNumber, CommandError> {
        let count = self.journal.next_refund_count().map_err(|error| internal(&error))?;
        Ok(RefundNumber::new(&self.setup.heading.till, count + place))
    }

    fn refund_number(&self, text: &str) -> Result<RefundNumber, CommandError> {
        let unknown = || CommandError::UnknownRefund { refund: text.chars().take(40).collect() };
        let number: RefundNumber = text.trim().parse().map_err(|_| unknown())?;
        if self.refund_of(&number)?.is_none() {
            return Err(unknown());
        }
        Ok(number)
    }
}

/// A paid attempt as the gateway has to be told of it, when it was paid by a card and money moved.
pub(super) fn card_of(attempt: &Attempt) -> Option<CardBack> {
    let payment = attempt.payment()?;
    let by_card = matches!(payment.method, Method::Credit | Method::ApplePay) && !payment.simulated;
    let trade_no = payment.trade_no.clone().filter(|_| by_card)?;
    Some(CardBack {
        trade_no,
        merchant: attempt.terms.merchant.clone(),
        whole_only: payment.whole_only,
        last4: payment.card_last4.clone(),
    })
}

/// The ways in which a person can give money back, the usual one first (payments.md 7.3).
fn ways(from: &From) -> &'static [HandWay] {
    use HandWay::{BackOffice, BankTransfer, Cash};
    match from {
        From::Cash => &[Cash, BankTransfer],
        From::Attempt { method: Method::Atm | Method::WebAtm | Method::Cvs | Method::Barcode, .. } => {
            &[Cash, BankTransfer, BackOffice]
        }
        From::Recorded { through: Outside::Transfer } => &[BankTransfer, Cash],
        From::Attempt { .. } | From::Recorded { .. } => &[BackOffice, Cash, BankTransfer],
    }
}

/// Cash for what was paid by card is for a manager to decide.
fn needs_approval(quote: &Quote, by_hand: Option<HandWay>) -> bool {
    by_hand.is_some() && quote.legs.iter().any(|leg: &Leg| leg.source.is_card())
}

fn wanted(lines: &[RefundWish]) -> Vec<Wanted> {
    lines.iter().map(|wish| Wanted { line: wish.line, quantity: wish.quantity }).collect()
}

fn tidy(text: &str, most: usize) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(most).collect()
}

impl std::convert::From<CannotRefund> for CommandError {
    fn from(error: CannotRefund) -> Self {
        match error {
            CannotRefund::NotClosed | CannotRefund::Nothing => Self::NothingToRefund,
            CannotRefund::NoLine(line) => Self::RefundTooMany { line, left: 0 },
            CannotRefund::TooMany { line, left } => Self::RefundTooMany { line, left },
            CannotRefund::WholeOnly => Self::RefundWholeOnly,
            CannotRefund::TooMuch { left } => Self::RefundTooMuch { left: left.as_dollars() },
        }
    }
}
