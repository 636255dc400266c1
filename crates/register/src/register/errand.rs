//! What is to be done in the world, one thing at a time, and what became of it.

use std::time::Duration;

use paper::Receipt as Document;
use till::event::{Event, GatewayEvent};
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};
use till::payment::{Action, Door, Evidence, Input, NoAnswer, Why, decide};
use till::refund::Step;
use till::sale::{Receipt, SaleEvent};
use till::time::{Day, Timestamp};

use super::{Line, Register};
use crate::command_error::CommandError;
use crate::ports::{Answer, NotAnswered};
use crate::setup::Heading;
use crate::{receipts, translate};

/// Something to be done in the world. The intent is already in the journal.
#[derive(Debug)]
pub enum Errand {
    /// Ask the gateway about an attempt.
    Ask {
        /// Which.
        attempt: AttemptNumber,
        /// Where.
        url: String,
        /// The signed form.
        form: String,
    },
    /// Exchange a message with the gateway about a refund.
    Refund {
        /// Which.
        refund: RefundNumber,
        /// What is asked or sent.
        exchange: Exchange,
        /// Where.
        url: String,
        /// What is posted.
        body: Body,
    },
    /// Make and keep the receipt of a closed sale.
    MakeReceipt {
        /// Which.
        sale: SaleNumber,
        /// Which copy; 0 is the original.
        copy: u32,
        /// What is on it.
        document: Box<Document>,
    },
    /// Hand a receipt to a printer, once.
    Print {
        /// Of which sale.
        sale: SaleNumber,
        /// Which copy; 0 is the original.
        copy: u32,
        /// The printer's name.
        printer: String,
        /// What is on it.
        document: Box<Document>,
    },
    /// Open the drawer.
    OpenDrawer,
}

/// What is exchanged with the gateway about a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exchange {
    /// The question how far the payment has come. Harmless.
    Look,
    /// A step that moves money. Never repeated on a guess.
    Act(Step),
}

/// What is posted, in which form.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// A signed form.
    Form(String),
    /// JSON.
    Json(String),
}

/// What is in it is signed with the shop's keys and is nobody's to read.
impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (name, text) = match self {
            Self::Form(text) => ("Form", text),
            Self::Json(text) => ("Json", text),
        };
        write!(f, "{name}({} bytes)", text.len())
    }
}

/// What a register wants next.
#[derive(Debug)]
pub enum Next {
    /// This, now.
    Errand(Errand),
    /// Nothing before this moment.
    At(Timestamp),
    /// Nothing until something happens.
    Nothing,
}

impl Register {
    /// What is to be done next. Deadlines that have passed are recorded on the way.
    ///
    /// # Errors
    /// When the intent cannot be recorded: then nothing is done in the world either.
    pub fn next(&mut self, now: Timestamp) -> Result<Next, CommandError> {
        if self.stopped.is_some() {
            return Ok(Next::Nothing);
        }
        self.begin_day(now)?;
        self.lock_if_left(now);
        self.notice_maintenance(now);
        if let Some(errand) = self.paper_due()? {
            return Ok(Next::Errand(errand));
        }
        if let Some(errand) = self.receipt_due()? {
            return Ok(Next::Errand(errand));
        }
        let tomorrow = self.shelf.will_change().then(|| Day::from(now).next().begin());
        let turns = self.setup.maintenance_turns(now);
        let mut wake: Option<Timestamp> = [tomorrow, self.locks_at(), turns].into_iter().flatten().min();
        let numbers: Vec<AttemptNumber> = self.attempts.keys().cloned().collect();
        let mut questions = Vec::new();
        for number in numbers {
            // A deadline that has passed changes what is due next.
            while let Some((at, action)) = self.wanted(&number, now) {
                let late = at <= now;
                let changed = match action {
                    Action::Present if late => self.tell(&number, &Input::PageUp, now)?,
                    Action::Expire if late => self.tell(&number, &Input::Withdraw(Why::Expired), now)?,
                    Action::Ask if late => {
                        if !self.asking.contains(&number) {
                            questions.push((at, number.clone()));
                        }
                        false
                    }
                    _ => {
                        wake = earlier(wake, at);
                        false
                    }
                };
                if !changed {
                    break;
                }
            }
        }
        let (refund, refund_at) = self.next_refund(now)?;
        if let Some(at) = refund_at {
            wake = earlier(wake, at);
        }
        // Questions are scarce: the customer at the counter comes before one whose money is on its way back, and that one
        // before whoever may still pay what was given up.
        questions.sort_by_key(|(at, number)| (self.desk.shown.as_ref() != Some(number), *at));
        let first = questions.into_iter().next().map(|(_, number)| number);
        let at_counter = first.is_some() && first == self.desk.shown;
        let refund = refund.filter(|_| !at_counter);
        if first.is_none() && refund.is_none() {
            return Ok(wake.map_or(Next::Nothing, Next::At));
        }
        let free_at = self.budget.next(&self.setup.allowance, now);
        if free_at > now {
            return Ok(Next::At(earlier(wake, free_at).unwrap_or(free_at)));
        }
        match (refund, first) {
            (Some(refund), _) => self.exchange(&refund, now),
            (None, Some(number)) => self.ask(&number, now).map(Next::Errand),
            (None, None) => Ok(Next::Nothing),
        }
    }

    /// What the gateway said to a question, or why it said nothing.
    ///
    /// # Errors
    /// When it cannot be recorded; the question is then asked again by schedule.
    pub fn answered(
        &mut self,
        number: &AttemptNumber,
        outcome: Result<Answer, NotAnswered>,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        self.asking.remove(number);
        self.revision += 1;
        let input = match outcome {
            Ok(answer) if answer.status == 403 => {
                self.line.unreachable_since = None;
                self.line.out_since = None;
                return self.refused(number, now);
            }
            Ok(answer) if translate::is_out_of_order(&answer) => {
                self.line.unreachable_since = None;
                self.line.out_since.get_or_insert(now);
                tracing::warn!(attempt = %number, status = answer.status, "the gateway is out of order");
                Input::NoAnswer(NoAnswer::Unreadable)
            }
            Ok(answer) => {
                self.line.unreachable_since = None;
                self.line.out_since = None;
                self.measure_skew(&answer, now);
                match translate::answer(&self.setup, number, &answer, now) {
                    Some(says) => Input::Evidence(Evidence { door: Door::Query, says }),
                    None => Input::NoAnswer(NoAnswer::Unreadable),
                }
            }
            Err(reason) => {
                self.line.unreachable_since.get_or_insert(now);
                tracing::warn!(attempt = %number, ?reason, "no answer from the gateway");
                Input::NoAnswer(match reason {
                    NotAnswered::NotSent(_) => NoAnswer::NotSent,
                    NotAnswered::MaybeSent(_) => NoAnswer::MaybeSent,
                })
            }
        };
        self.tell(number, &input, now).map(drop)
    }

    /// A receipt was made, or not.
    ///
    /// # Errors
    /// When it cannot be recorded; the receipt is then made again.
    pub fn receipt_made(
        &mut self,
        number: &SaleNumber,
        copy: u32,
        outcome: Result<(), String>,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        self.making.remove(number);
        self.sale(number)?;
        // The intent to print stands before the receipt: in between, a sale would be at rest.
        let mut printing = None;
        let mut events = Vec::new();
        match outcome {
            Ok(()) => {
                printing = self.order_print(number, copy);
                events.extend(printing.clone());
                events.push(SaleEvent::ReceiptMade { copy });
            }
            Err(reason) => events.push(SaleEvent::ReceiptFailed { reason }),
        }
        let events: Vec<Event> = events.into_iter().map(|event| Event::Sale(number.clone(), event)).collect();
        let desk = self.desk.clone();
        self.record(now, &events, desk)?;
        if let Some(event) = printing {
            self.hand_over(number, &event);
        }
        Ok(())
    }

    /// The screen says when maintenance begins and ends, and that is a change although nothing is recorded.
    fn notice_maintenance(&mut self, now: Timestamp) {
        let until = self.setup.maintenance_at(now);
        if self.maintenance != until {
            self.maintenance = until;
            // What the line was like meanwhile says nothing about it now.
            self.line = Line { skew_ms: self.line.skew_ms, ..Line::default() };
            self.revision += 1;
        }
    }

    fn ask(&mut self, number: &AttemptNumber, now: Timestamp) -> Result<Errand, CommandError> {
        // Recorded before it is sent: a restart neither forgets the question nor earns a new one.
        self.tell(number, &Input::Ask, now)?;
        self.asking.insert(number.clone());
        self.hurry.remove(number);
        let form = translate::question(&self.setup.merchant, number, self.gateways_time(now));
        Ok(Errand::Ask { attempt: number.clone(), url: self.setup.gateway.query_trade_info(), form })
    }

    /// The gateway answered 403: it is left alone for a while, and that is in the journal before anything else happens.
    fn refused(&mut self, number: &AttemptNumber, now: Timestamp) -> Result<(), CommandError> {
        let merchant = self.setup.merchant.id.to_string();
        let mut events = vec![Event::Gateway(merchant, GatewayEvent::Refused)];
        if let Some(attempt) = self.attempts.get(number) {
            let decided = decide(attempt, &Input::NoAnswer(NoAnswer::Refused), &self.setup.rules, now);
            events.extend(decided.into_iter().map(|event| Event::Attempt(number.clone(), event)));
        }
        let desk = self.desk.clone();
        self.record(now, &events, desk)
    }

    fn receipt_due(&mut self) -> Result<Option<Errand>, CommandError> {
        let due = self.sales.values().find(|sale| sale.receipt == Receipt::Due && !self.making.contains(&sale.number));
        let Some(sale) = due.cloned() else { return Ok(None) };
        self.making.insert(sale.number.clone());
        let document = Box::new(self.document(&sale, 0)?);
        Ok(Some(Errand::MakeReceipt { sale: sale.number, copy: 0, document }))
    }

    /// The receipt of a closed sale; `copy` 0 is the original.
    pub(super) fn document(&self, sale: &till::sale::Sale, copy: u32) -> Result<Document, CommandError> {
        let closed = self
            .journal
            .closed(&sale.number)
            .map_err(|error| super::internal(&error))?
            .ok_or_else(|| CommandError::UnknownSale { sale: sale.number.to_string() })?;
        // Whoever closed it served the customer, whoever is at the till now.
        let heading = Heading { cashier: closed.operator, ..self.setup.heading.clone() };
        Ok(receipts::document(&heading, sale, closed.closed_at, copy))
    }

    /// What time it is at the gateway, as far as is known.
    pub(super) fn gateways_time(&self, now: Timestamp) -> Timestamp {
        Timestamp::from_unix_ms(now.unix_ms().saturating_add(self.line.skew_ms))
    }

    /// The gateway's clock against ours: a till's clock drifts, and a question is valid for three minutes (PF-32).
    pub(super) fn measure_skew(&mut self, answer: &Answer, now: Timestamp) {
        if let Some(date) = answer.date {
            let skew = date.saturating_mul(1000).saturating_sub(now.unix_ms());
            // The header has whole seconds: less than two of difference says nothing.
            self.line.skew_ms = if skew.abs() < 2_000 { 0 } else { skew };
        }
    }
}

pub(super) fn earlier(one: Option<Timestamp>, other: Timestamp) -> Option<Timestamp> {
    Some(one.map_or(other, |one| one.min(other)))
}

/// How far the clocks may be apart before the screen says so.
pub(super) const SKEW_SHOWN: Duration = Duration::from_secs(60);
