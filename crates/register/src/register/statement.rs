//! The gateway's statements, held against the journal. What agrees is counted; what does not is recorded as it was found.
//! Money that only the statement knows of goes the way of every late message: it is told to the attempt, and asked about.

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine as _;
use ecpay::statement::{BYTES_MAX, MediaRequest, Statement};
use till::event::{Event, TillEvent};
use till::ids::AttemptNumber;
use till::money::Money;
use till::payment::{Attempt, Door, Evidence, Input, Phase, Says};
use till::people::Act;
use till::reconcile::{self, Compared, Difference, FINDINGS_MAX, Finding, Ours, Reconciliation, Theirs};
use till::refund::{CardStage, HandWay, How, Phase as RefundPhase, Refund};
use till::time::{Day, Timestamp};

use super::{Register, internal};
use crate::command_error::{CommandError, StatementProblem};
use crate::ports::{Answer, NotAnswered};
use crate::range;
use crate::translate_statement::{self, refuse};
use crate::view::{self, FindingLine, OursSays, Reconciled, ReconciledLine};

/// One file a minute (ECPay docs 2896 and 2898).
const APART: Duration = Duration::from_secs(60);

/// A code that was issued can be paid so many days later at most: how far back a payment's attempt is looked for.
const CODE_DAYS: i64 = 70;

/// Statements on the list.
const LISTED: u32 = 30;

/// A question for a statement: to be posted, and its answer handed to [`Register::statement_fetched`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementCall {
    /// Where to.
    pub url: String,
    /// The signed form.
    pub form: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

impl Register {
    /// Holds a statement somebody has saved against the journal. Where no days are given, it is about those on which its
    /// lines were paid.
    ///
    /// # Errors
    /// When nobody has consented who may, the file is none of this shop and these days, or nothing can be recorded. Nothing
    /// of it is used then.
    pub fn reconcile(
        &mut self,
        file: &[u8],
        days: Option<(&str, &str)>,
        now: Timestamp,
    ) -> Result<Reconciled, CommandError> {
        let days = days.map(|(from, to)| range::days(from, to)).transpose()?;
        self.approved_alone(Act::SeeBooks, "statement", now)?;
        self.hold_against(file, days, now)
    }

    /// The same for a file that comes as base64, as from a window.
    ///
    /// # Errors
    /// As [`Register::reconcile`].
    pub fn reconcile_base64(
        &mut self,
        file: &str,
        days: Option<(&str, &str)>,
        now: Timestamp,
    ) -> Result<Reconciled, CommandError> {
        let unreadable = |what: &str| refuse(StatementProblem::Unreadable { what: what.to_owned() });
        if file.len() > BYTES_MAX * 4 / 3 + 4 {
            return Err(unreadable("the file is larger than any statement"));
        }
        let bytes = base64::engine::general_purpose::STANDARD.decode(file);
        let bytes = bytes.map_err(|_| unreadable("the file did not arrive whole"))?;
        self.reconcile(&bytes, days, now)
    }

    /// What to ask the gateway for the statement of these days, a week at most.
    ///
    /// # Errors
    /// When nobody has consented who may, the days are none, or it was asked within the last minute.
    pub fn statement_call(&mut self, from: &str, to: &str, now: Timestamp) -> Result<StatementCall, CommandError> {
        let (from, to) = range::days(from, to)?;
        if to.number() - from.number() >= MediaRequest::DAYS_MAX {
            return Err(refuse(StatementProblem::TooManyDays));
        }
        self.approved_alone(Act::SeeBooks, "statement", now)?;
        if let Some(asked) = self.statement_asked.filter(|asked| now.since(*asked) < APART) {
            return Err(refuse(StatementProblem::TooSoon { until_ms: asked.plus(APART).unix_ms() }));
        }
        self.statement_asked = Some(now);
        let url = self.setup.gateway.url(ecpay::Api::TradeNoAio);
        Ok(StatementCall { url, form: translate_statement::request(&self.setup, from, to), from, to })
    }

    /// What the gateway answered to that.
    ///
    /// # Errors
    /// When it did not answer with a statement of these days, or nothing can be recorded.
    pub fn statement_fetched(
        &mut self,
        call: &StatementCall,
        outcome: Result<Answer, NotAnswered>,
        now: Timestamp,
    ) -> Result<Reconciled, CommandError> {
        match outcome {
            Ok(answer) if answer.status == 200 => self.hold_against(&answer.body, Some((call.from, call.to)), now),
            Ok(answer) => Err(refuse(StatementProblem::Refused { status: answer.status })),
            Err(reason) => {
                tracing::warn!(?reason, "no statement from the gateway");
                Err(refuse(StatementProblem::NotReached))
            }
        }
    }

    /// The statements that were held against the journal last, newest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn reconciliations(&self) -> Result<Vec<ReconciledLine>, CommandError> {
        let lines = self.journal.reconciliations(LISTED).map_err(|error| internal(&error))?;
        let shown = |line: &journal::ReconciledLine| ReconciledLine {
            seq: count(line.seq),
            at_ms: line.at.unix_ms(),
            from: line.from.to_string(),
            to: line.to.to_string(),
            matched: count(line.matched),
            findings: count(line.findings),
        };
        Ok(lines.iter().map(shown).collect())
    }

    /// What came of one of them, each exception with what the journal says of it by now.
    ///
    /// # Errors
    /// When nobody has consented who may, there is none, or the journal cannot be read.
    pub fn reconciliation(&mut self, seq: i64, now: Timestamp) -> Result<Reconciled, CommandError> {
        self.may_see_books(now)?;
        self.reconciled(u64::try_from(seq).unwrap_or(0))
    }

    fn reconciled(&self, seq: u64) -> Result<Reconciled, CommandError> {
        let found = self.journal.reconciliation(seq).map_err(|error| internal(&error))?;
        let (at, of) = found.ok_or_else(|| refuse(StatementProblem::NoDays))?;
        Ok(Reconciled {
            seq: count(seq),
            from: of.from.to_string(),
            to: of.to.to_string(),
            at_ms: at.unix_ms(),
            by: of.by.name.clone(),
            lines: of.lines,
            matched: of.matched,
            matched_amount: of.matched_amount.as_dollars(),
            elsewhere: of.elsewhere,
            findings: of.findings.iter().map(|finding| self.finding(finding)).collect::<Result<_, _>>()?,
            more: of.more,
        })
    }

    fn finding(&self, finding: &Finding) -> Result<FindingLine, CommandError> {
        let number: Option<AttemptNumber> = finding.number.parse().ok();
        let attempt =
            number.map(|number| self.journal.attempt(&number)).transpose().map_err(|error| internal(&error))?;
        Ok(FindingLine {
            difference: match finding.difference {
                Difference::Amount => view::Difference::Amount,
                Difference::TheirsOnly => view::Difference::TheirsOnly,
                Difference::NotInJournal => view::Difference::NotInJournal,
                Difference::OursOnly => view::Difference::OursOnly,
                Difference::Refund => view::Difference::Refund,
            },
            number: finding.number.clone(),
            sale: finding.sale.as_ref().map(ToString::to_string),
            day: finding.day.map(|day| day.to_string()),
            trade_no: finding.trade_no.clone(),
            ours: finding.ours.as_dollars(),
            theirs: finding.theirs.as_dollars(),
            now: attempt.flatten().as_ref().map(says),
        })
    }

    fn hold_against(
        &mut self,
        file: &[u8],
        days: Option<(Day, Day)>,
        now: Timestamp,
    ) -> Result<Reconciled, CommandError> {
        let statement = translate_statement::read(&self.setup, file)?;
        let theirs = reconcile::by_payment(translate_statement::lines(&statement));
        let (from, to) = match days {
            Some(days) => days,
            None => days_of(&theirs).ok_or_else(|| refuse(StatementProblem::NoDays))?,
        };
        if !statement.of_pay_outs {
            let outside = theirs.values().filter(|line| line.is_paid).filter_map(|line| line.paid);
            if let Some(day) = outside.filter(|day| !(from..=to).contains(day)).min() {
                return Err(refuse(StatementProblem::OtherDays { day: day.to_string() }));
            }
        }
        let ours = self.ours(&theirs, (from, to), statement.of_pay_outs, now)?;
        let till = &self.setup.heading.till;
        let of_ours = theirs.keys().any(|number| ours.contains_key(number) || reconcile::is_of(till, number));
        if !of_ours && !theirs.is_empty() && !ours.is_empty() {
            let payments = u64::try_from(theirs.len()).unwrap_or(u64::MAX);
            return Err(refuse(StatementProblem::NothingOfOurs { payments }));
        }
        let compared = reconcile::compare(till, &theirs, &ours, (from, to), Day::from(now));
        self.record_reconciled(&statement, &compared, (from, to), now)?;
        let seq = self.journal.head().seq;
        self.tell_of_money(&statement, &theirs, &compared, now)?;
        self.reconciled(seq)
    }

    fn record_reconciled(
        &mut self,
        statement: &Statement,
        compared: &Compared,
        (from, to): (Day, Day),
        now: Timestamp,
    ) -> Result<(), CommandError> {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let reconciliation = Reconciliation {
            from,
            to,
            lines: small(statement.lines.len()),
            matched: compared.matched,
            matched_amount: compared.matched_amount,
            elsewhere: compared.elsewhere,
            findings: compared.findings.iter().take(FINDINGS_MAX).cloned().collect(),
            more: small(compared.findings.len().saturating_sub(FINDINGS_MAX)),
            by: self.operator(),
        };
        let desk = self.desk.clone();
        let event = TillEvent::Reconciled { reconciliation: Box::new(reconciliation) };
        self.record(now, &[Event::Till(event)], desk)
    }

    /// Money that only the statement knows of is told to its attempt as any other message is (PF-57).
    fn tell_of_money(
        &mut self,
        statement: &Statement,
        theirs: &BTreeMap<String, Theirs>,
        compared: &Compared,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        for finding in compared.findings.iter().filter(|finding| finding.difference == Difference::TheirsOnly) {
            let (Ok(number), Some(line)) = (finding.number.parse::<AttemptNumber>(), theirs.get(&finding.number))
            else {
                continue;
            };
            let Some(attempt) = self.attempt(&number)? else { continue };
            let payment = translate_statement::payment(&attempt.terms, line, statement);
            let says = Says::Paid { payment };
            self.tell(&number, &Input::Evidence(Evidence { door: Door::Statement, says }), now)?;
        }
        Ok(())
    }

    /// What the journal knows of these days' payments, and of every other that the statement names. A statement of pay-outs
    /// does not list all of a day: there, only what it names.
    fn ours(
        &self,
        theirs: &BTreeMap<String, Theirs>,
        (from, to): (Day, Day),
        only_named: bool,
        now: Timestamp,
    ) -> Result<BTreeMap<String, Ours>, CommandError> {
        let mut numbers: Vec<AttemptNumber> = theirs.keys().filter_map(|number| number.parse().ok()).collect();
        if !only_named {
            let back = |days| Day::numbered(from.number() - days).unwrap_or(from).begin();
            // Nothing is known to be paid before it is; a day more, for clocks that were wrong.
            let paid = self.journal.attempts_paid(back(CODE_DAYS), to.next().begin(), back(1));
            numbers.extend(paid.map_err(|error| internal(&error))?);
        }
        numbers.sort();
        numbers.dedup();
        let mut ours = BTreeMap::new();
        for number in numbers {
            let attempt = self.journal.attempt(&number).map_err(|error| internal(&error))?;
            let Some(attempt) = attempt.filter(|attempt| self.is_collected_here(attempt)) else { continue };
            let known = self.known(&number, &attempt, now)?;
            let named = theirs.contains_key(number.as_str());
            if named || known.paid.is_some_and(|day| (from..=to).contains(&day)) {
                ours.insert(number.to_string(), known);
            }
        }
        Ok(ours)
    }

    /// Collected for the merchant the statement is of, with real money.
    fn is_collected_here(&self, attempt: &Attempt) -> bool {
        let simulated = attempt.payment().is_some_and(|payment| payment.simulated);
        attempt.terms.merchant == self.setup.merchant.id.as_str() && !simulated
    }

    fn known(&self, number: &AttemptNumber, attempt: &Attempt, now: Timestamp) -> Result<Ours, CommandError> {
        let payment = attempt.payment();
        let day = |paid_at: &str| paid_at.split_whitespace().next().and_then(|day| day.parse().ok());
        let paid = payment.map(|payment| day(&payment.paid_at).or_else(|| attempt.noted.map(Day::from)));
        let mut ours = Ours {
            number: number.clone(),
            sale: attempt.terms.sale.clone(),
            amount: attempt.terms.amount,
            paid: paid.flatten(),
            refunded: Money::ZERO,
            refunded_lately: Money::ZERO,
            released: false,
            trade_no: payment.and_then(|payment| payment.trade_no.clone()),
        };
        for refund in self.journal.refunds_of_attempt(number).map_err(|error| internal(&error))? {
            let Some(refund) = self.journal.refund(&refund).map_err(|error| internal(&error))? else { continue };
            let Some(at) = left_through_the_gateway(&refund) else { continue };
            ours.refunded = ours.refunded.saturating_add(refund.terms.amount);
            if Day::from(now).number() - Day::from(at).number() <= reconcile::GRACE_DAYS {
                ours.refunded_lately = ours.refunded_lately.saturating_add(refund.terms.amount);
            }
            ours.released |= refund.look.as_ref().is_some_and(|look| look.stage == CardStage::Cancelled);
        }
        Ok(ours)
    }
}

/// Since when a refund's money is out of the shop's account at the gateway; nothing where it went another way, or not yet.
fn left_through_the_gateway(refund: &Refund) -> Option<Timestamp> {
    match &refund.phase {
        RefundPhase::OnItsWay { at, .. }
        | RefundPhase::Done { how: How::Gateway | How::Hand(HandWay::BackOffice), at } => Some(*at),
        _ => None,
    }
}

fn days_of(theirs: &BTreeMap<String, Theirs>) -> Option<(Day, Day)> {
    let days = || theirs.values().filter_map(|line| line.paid);
    Some((days().min()?, days().max()?))
}

/// What the journal says of an attempt, for whoever looks at an exception.
fn says(attempt: &Attempt) -> OursSays {
    let (confirmed, late) = match attempt.phase {
        Phase::Paid { confirmed, late, .. } => (confirmed, late),
        _ => (false, false),
    };
    OursSays {
        state: journal::phase_name(&attempt.phase).to_owned(),
        confirmed,
        late,
        vouched: attempt.vouched,
        paid_at: attempt.payment().map(|payment| payment.paid_at.clone()),
        trade_no: attempt.payment().and_then(|payment| payment.trade_no.clone()),
    }
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
