//! What waits for a person, and what a person can do about it.

use till::event::{Event, TillAlarm, TillEvent};
use till::ids::{AttemptNumber, SaleNumber};
use till::payment::{Alarm, Attempt, AttemptEvent, Choice, Funds, Input, Unapplied, Why, decide};
use till::people::Act;
use till::sale::{Receipt, Sale, SaleEvent, SalePhase};
use till::settle;
use till::time::Timestamp;

use super::Register;
use crate::command_error::CommandError;
use crate::view::{Holder, Task, TaskChoice, TaskKind};

impl Register {
    /// Does what a person chose.
    ///
    /// # Errors
    /// When the task is done already, or cannot be settled like that.
    pub fn resolve(&mut self, task: &str, choice: TaskChoice, now: Timestamp) -> Result<(), CommandError> {
        let unknown = || CommandError::UnknownTask { task: task.chars().take(60).collect() };
        let known = self.tasks().into_iter().find(|known| is_named(&known.id, task)).ok_or_else(unknown)?;
        if !known.choices.contains(&choice) {
            return Err(CommandError::ChoiceNotPossible);
        }
        let (kind, name) = task.split_once('/').ok_or_else(unknown)?;
        match (kind, choice) {
            ("money", TaskChoice::AcceptToSale) => self.accept_late(&parse(name, unknown)?, now),
            ("money", TaskChoice::RefundByHand) => {
                let number: AttemptNumber = parse(name, unknown)?;
                let mut events = self.approved(Act::SettleMoney, task)?;
                let resolved = AttemptEvent::Resolved { choice: Choice::RefundedByHand };
                events.push(Event::Attempt(number, resolved));
                let desk = self.desk.clone();
                self.record(now, &events, desk)
            }
            ("pin", TaskChoice::Seen) => self.see_wrong_pins(name, now),
            ("alarm", choice @ (TaskChoice::Seen | TaskChoice::Retry)) => {
                let (number, seen) = name.split_once('/').ok_or_else(unknown)?;
                let (_, upto) = seen.split_once('-').ok_or_else(unknown)?;
                let number = parse(number, unknown)?;
                if choice == TaskChoice::Retry {
                    self.tell(&number, &Input::AskAgain, now)?;
                }
                self.tell(&number, &Input::SeeAlarms(parse(upto, unknown)?), now).map(drop)
            }
            ("till", TaskChoice::Seen) => {
                let desk = self.desk.clone();
                self.alarms.clear();
                self.record(now, &[Event::Till(TillEvent::AlarmsSeen)], desk)
            }
            ("aside", TaskChoice::Seen) => {
                let number: SaleNumber = parse(name, unknown)?;
                self.record(now, &[Event::Sale(number, SaleEvent::Recalled)], self.desk.clone())
            }
            ("receipt", TaskChoice::Retry) => {
                let number: SaleNumber = parse(name, unknown)?;
                self.retry_receipt(&number);
                Ok(())
            }
            ("print", choice) => self.resolve_print(&parse(name, unknown)?, choice, now),
            ("money", TaskChoice::RefundToCard) => self.refund_money(&parse(name, unknown)?, now),
            ("refund", choice) => self.resolve_refund(&parse(name, unknown)?, choice, now),
            _ => Err(CommandError::ChoiceNotPossible),
        }
    }

    pub(super) fn tasks(&self) -> Vec<Task> {
        let mut tasks: Vec<Task> = self.attempts.values().flat_map(|attempt| self.tasks_of(attempt)).collect();
        tasks.extend(self.refunds.values().filter_map(super::refunds::task));
        for (alarm, count, since) in &self.unseen {
            tasks.push(Task {
                id: format!("till/{}", till_alarm_name(*alarm)),
                what: match alarm {
                    TillAlarm::Forged => TaskKind::ForgedNotice,
                    TillAlarm::OtherMerchant | TillAlarm::UnknownAttempt => TaskKind::OtherMerchant,
                },
                sale: None,
                attempt: None,
                refund: None,
                amount: i64::try_from(*count).unwrap_or(i64::MAX),
                since_ms: since.unix_ms(),
                choices: vec![TaskChoice::Seen],
                holder: None,
                person: None,
                print: None,
            });
        }
        for sale in self.sales.values() {
            if matches!(sale.receipt, Receipt::Failed { .. }) && !self.making.contains(&sale.number) {
                tasks.push(self.task_of_closed("receipt", TaskKind::ReceiptFailed, sale, vec![TaskChoice::Retry]));
            }
        }
        tasks.extend(self.sales.values().filter_map(|sale| self.task_of_print(sale)));
        for sale in self.sales.values().filter(|sale| sale.phase == SalePhase::Closed) {
            if sale.aside.is_some() {
                tasks.push(self.task_of_closed("aside", TaskKind::PaidAside, sale, vec![TaskChoice::Seen]));
            }
        }
        let alarming = |person: &&till::people::Person| person.wrong.is_alarming();
        tasks.extend(self.people.active().filter(alarming).map(wrong_pins));
        let me = self.operator();
        for task in &mut tasks {
            task.holder = self.people.holders.get(&task.id).map(|holder| Holder {
                name: holder.by.name.clone(),
                mine: holder.by == me,
                since_ms: holder.since.unix_ms(),
            });
        }
        tasks.sort_by_key(|task| task.since_ms);
        tasks
    }

    /// A task about a closed sale: so much, since it was closed.
    pub(super) fn task_of_closed(&self, id: &str, what: TaskKind, sale: &Sale, choices: Vec<TaskChoice>) -> Task {
        Task {
            id: format!("{id}/{}", sale.number),
            what,
            sale: Some(sale.number.to_string()),
            attempt: None,
            refund: None,
            amount: sale.totals.net.as_dollars(),
            since_ms: self.journal.closed(&sale.number).ok().flatten().map_or(0, |at| at.closed_at.unix_ms()),
            choices,
            holder: None,
            person: None,
            print: None,
        }
    }

    fn tasks_of(&self, attempt: &Attempt) -> Vec<Task> {
        let since_ms = attempt.noted.unwrap_or(attempt.terms.created).unix_ms();
        let task = |id: &str, what, amount: till::money::Money, choices| Task {
            id: format!("{id}/{}", attempt.terms.number),
            what,
            sale: Some(attempt.terms.sale.to_string()),
            attempt: Some(attempt.terms.number.to_string()),
            refund: None,
            amount: amount.as_dollars(),
            since_ms,
            choices,
            holder: None,
            person: None,
            print: None,
        };
        let mut tasks = Vec::new();
        if let Funds::Unapplied(why) = attempt.funds {
            let mut choices = vec![TaskChoice::RefundByHand];
            if super::refunds::card_of(attempt).is_some() {
                choices.insert(0, TaskChoice::RefundToCard);
            }
            let fits = self.sales.get(&attempt.terms.sale).is_some_and(|sale| {
                let open = sale.phase == SalePhase::Open && attempt.terms.amount <= sale.due();
                open && !self.counter_differs_from(sale)
            });
            if fits {
                choices.insert(0, TaskChoice::AcceptToSale);
            }
            let what = match why {
                Unapplied::Late => TaskKind::LateMoney,
                Unapplied::Second => TaskKind::SecondPayment,
            };
            tasks.push(task("money", what, attempt.terms.amount, choices));
        }
        // Seeing one sees all that are on the screen with it: none may hide behind another. One that comes while somebody
        // is looking is not among them, so each says up to which it was drawn.
        for (nth, alarm) in (attempt.alarms_seen + 1..).zip(&attempt.alarms) {
            let (what, amount) = match alarm {
                Alarm::WrongAmount(claimed) => (TaskKind::WrongAmount, *claimed),
                Alarm::TestPayment => (TaskKind::TestPayment, attempt.terms.amount),
                Alarm::Denied => (TaskKind::PaymentDenied, attempt.terms.amount),
                Alarm::NeverConfirmed => (TaskKind::NeverConfirmed, attempt.terms.amount),
                Alarm::LeftOpen => (TaskKind::LeftOpen, attempt.terms.amount),
            };
            let choices = match alarm {
                // Whoever finds it paid at the gateway has the till ask: that is how the money comes into the journal.
                Alarm::LeftOpen if attempt.watch.ended => vec![TaskChoice::Retry, TaskChoice::Seen],
                _ => vec![TaskChoice::Seen],
            };
            let mut task = task("alarm", what, amount, choices);
            task.id = format!("{}/{nth}-{}", task.id, attempt.last_alarm());
            tasks.push(task);
        }
        tasks
    }

    fn accept_late(&mut self, number: &AttemptNumber, now: Timestamp) -> Result<(), CommandError> {
        let attempt = self.attempt(number)?.ok_or(CommandError::ChoiceNotPossible)?;
        let sale = self.sale(&attempt.terms.sale.clone())?.ok_or(CommandError::ChoiceNotPossible)?;
        let differs = self.counter_differs_from(&sale);
        let accepted = settle::accept(&sale, &attempt).filter(|_| !differs).ok_or(CommandError::ChoiceNotPossible)?;
        let mut events = self.approved(Act::SettleMoney, &format!("money/{number}"))?;
        events.extend(accepted);
        let closes = events.iter().any(|event| matches!(event, Event::Sale(_, SaleEvent::Closed { .. })));
        if !closes {
            // Less is owed now: a QR that asks for more must not stay up to be overpaid.
            for (number, sibling) in &self.attempts {
                if sibling.terms.sale == sale.number && sibling.is_live() {
                    let withdrawn = decide(sibling, &Input::Withdraw(Why::Superseded), &self.setup.rules, now);
                    events.extend(withdrawn.into_iter().map(|event| Event::Attempt(number.clone(), event)));
                }
            }
        }
        let desk = self.after_close(&mut events);
        self.record(now, &events, desk)
    }

    /// What lies on the counter may have changed since money was asked for: then the sale is not what the money was for.
    pub(super) fn counter_differs_from(&self, sale: &Sale) -> bool {
        self.desk.sale.as_ref() == Some(&sale.number) && !sale.is_for(&self.desk.cart)
    }

    fn retry_receipt(&mut self, number: &SaleNumber) {
        if let Some(sale) = self.sales.get_mut(number) {
            sale.receipt = Receipt::Due;
            self.revision += 1;
        }
    }
}

/// Whether a task goes by this name. An alarm's also says which alarms were on the screen with it, and that may have grown.
fn is_named(id: &str, name: &str) -> bool {
    let alarm = |text: &str| text.starts_with("alarm/").then(|| text.split('-').next().map(str::to_owned)).flatten();
    id == name || alarm(id).is_some_and(|id| alarm(name) == Some(id))
}

fn parse<T: std::str::FromStr>(name: &str, unknown: impl Fn() -> CommandError) -> Result<T, CommandError> {
    name.parse().map_err(|_| unknown())
}

fn wrong_pins(person: &till::people::Person) -> Task {
    Task {
        id: format!("pin/{}", person.id),
        what: TaskKind::WrongPins,
        sale: None,
        attempt: None,
        refund: None,
        amount: i64::from(person.wrong.unseen),
        since_ms: person.wrong.last.map_or(0, Timestamp::unix_ms),
        choices: vec![TaskChoice::Seen],
        holder: None,
        person: Some(person.name.to_string()),
        print: None,
    }
}

fn till_alarm_name(alarm: TillAlarm) -> &'static str {
    match alarm {
        TillAlarm::Forged => "forged",
        TillAlarm::OtherMerchant => "other_merchant",
        TillAlarm::UnknownAttempt => "unknown_attempt",
    }
}
