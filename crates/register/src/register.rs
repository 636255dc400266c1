//! The till without a window: what it holds in memory, and how that changes. Nothing changes here that is not already
//! in the journal.

mod aside;
mod assortment;
mod backup;
mod day;
mod display;
mod drawer;
mod errand;
mod look;
mod mark_down;
mod override_unknown;
mod pages;
mod part;
mod pay;
mod people;
mod printing;
mod receive;
mod refunds;
mod relay;
mod reprint;
mod ring_up;
mod settings;
mod shelf;
mod slip;
mod statement;
mod tasks;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use journal::{AppendError, Journal, ReadError, Stamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use till::budget::Budget;
use till::cart::Cart;
use till::event::{Event, GatewayEvent, TillAlarm, TillEvent};
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};
use till::payment::{Attempt, AttemptEvent, Input, Why, decide};
use till::refund::{Refund, RefundEvent};
use till::sale::{Sale, SaleEvent, SalePhase};
use till::settle;
use till::time::{Day, Timestamp};

use crate::command_error::CommandError;
use crate::products::Products;
use crate::setup::Setup;
use crate::view::Stop;

pub use backup::BackupNews;
pub(crate) use day::report_picture;
pub use errand::{Body, Errand, Exchange, Next};
pub(crate) use look::{RECENT, face, recent};
pub use pages::{Page, PageState};
pub use people::Grant;
pub(crate) use people::{Known, tidy};
pub use receive::Received;
pub use refunds::RefundRequest;
pub(crate) use refunds::refund_picture;
pub use relay::{News, Relay, RelayPage};
pub(crate) use reprint::{drawn, picture};
pub(crate) use slip::picture as slip_picture;
pub use statement::StatementCall;

/// The till without a window.
pub struct Register {
    setup: Setup,
    journal: Journal,
    desk: Desk,
    shelf: Products,
    /// How often the shelf was filled: screens leaf through it again when that changes.
    filled: u64,
    sales: BTreeMap<SaleNumber, Sale>,
    attempts: BTreeMap<AttemptNumber, Attempt>,
    refunds: BTreeMap<RefundNumber, Refund>,
    budget: Budget,
    /// Attempts about which a question is under way: one at a time each (PF-31).
    asking: BTreeSet<AttemptNumber>,
    /// Attempts a person wants asked about now.
    hurry: BTreeSet<AttemptNumber>,
    /// How often the gateway was asked about an attempt because of a message nobody could verify (PF-69).
    suspected: BTreeMap<AttemptNumber, u8>,
    /// Refunds about which an exchange is under way, and those a person wants asked about now.
    exchanging: BTreeSet<RefundNumber>,
    hurried: BTreeSet<RefundNumber>,
    /// Attempts whose page a browser has submitted. Not journalled: after a restart the page offers itself once more, and
    /// the gateway still takes the number only once.
    submitted: BTreeSet<AttemptNumber>,
    /// Receipts being made.
    making: BTreeSet<SaleNumber>,
    /// Receipts on their way to a printer.
    printing: printing::Printing,
    line: Line,
    /// What is known of the backups.
    backup: backup::BackupLine,
    /// When a statement was asked for last: one file a minute (ECPay doc 2896). Not journalled.
    statement_asked: Option<Timestamp>,
    /// What is known of the line to the relay.
    relay: relay::RelayLine,
    people: people::People,
    /// Until when the gateway is out of service by its own announcement, as the screen was last told.
    maintenance: Option<Timestamp>,
    alarms: HashMap<TillAlarm, u64>,
    unseen: Vec<(TillAlarm, u64, Timestamp)>,
    recovered: Vec<SaleNumber>,
    drawn: look::Drawn,
    revision: u64,
    stopped: Option<Stop>,
}

/// What lies on the counter: kept beside the journal so that a killed process finds it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Desk {
    /// What is being rung up.
    cart: Cart,
    /// The sale it has become.
    sale: Option<SaleNumber>,
    /// The attempt on the screen.
    shown: Option<AttemptNumber>,
    /// The sale that closed last.
    closed: Option<SaleNumber>,
    /// Carts that wait, of which no sale has been made.
    #[serde(default)]
    aside: Vec<aside::AsideCart>,
    /// How many there have been: their ids are not used again.
    #[serde(default)]
    aside_count: u32,
}

/// What is known of the line to the gateway. Not journalled: it is about now.
#[derive(Clone, Copy, Debug, Default)]
struct Line {
    unreachable_since: Option<Timestamp>,
    /// Since when the gateway answers with what is no answer.
    out_since: Option<Timestamp>,
    /// Gateway's clock less ours.
    skew_ms: i64,
}

/// Why a register could not start on this journal.
#[derive(Debug, Error)]
pub enum StartError {
    /// The journal could not be read.
    #[error("the sales journal could not be read: {0}")]
    Read(#[from] ReadError),
    /// The start could not be recorded.
    #[error("the start could not be recorded: {0}")]
    Append(#[from] AppendError),
}

impl Register {
    /// Starts on a journal: folds what is unsettled and asks it what is due. There is no other recovery.
    ///
    /// # Errors
    /// When the journal cannot be read or written.
    pub fn start(setup: Setup, mut journal: Journal, now: Timestamp) -> Result<Self, StartError> {
        journal.set_allowance(setup.allowance);
        let mut desk: Desk = journal.draft()?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let mut sales = BTreeMap::new();
        let mut attempts = BTreeMap::new();
        for number in journal.unsettled_sales()?.into_iter().chain(desk.sale.clone()).chain(desk.closed.clone()) {
            if let Some(sale) = journal.sale(&number)? {
                sales.insert(number, sale);
            }
        }
        let mut of_open_sales = Vec::new();
        for sale in sales.values().filter(|sale: &&Sale| sale.phase == SalePhase::Open) {
            of_open_sales.extend(journal.attempts_of(&sale.number)?);
        }
        for number in journal.unsettled_attempts()?.into_iter().chain(of_open_sales).chain(desk.shown.clone()) {
            if let Some(attempt) = journal.attempt(&number)? {
                attempts.insert(number, attempt);
            }
        }
        let mut refunds = BTreeMap::new();
        for number in journal.unsettled_refunds()? {
            if let Some(refund) = journal.refund(&number)? {
                refunds.insert(number, refund);
            }
        }
        if desk.sale.as_ref().is_some_and(|number| sales.get(number).is_none_or(|sale| sale.phase != SalePhase::Open)) {
            desk.sale = None;
        }
        let budget = journal.budget(setup.merchant.id.as_str())?;
        let unseen = unseen_alarms(&journal)?;
        let shelf = Products::on(Day::from(now), journal.products()?);
        let people = people::People::of(&journal)?;
        let maintenance = setup.maintenance_at(now);
        let mut register = Self {
            setup,
            journal,
            desk,
            shelf,
            filled: 1,
            sales,
            attempts,
            refunds,
            budget,
            asking: BTreeSet::new(),
            hurry: BTreeSet::new(),
            suspected: BTreeMap::new(),
            exchanging: BTreeSet::new(),
            hurried: BTreeSet::new(),
            submitted: BTreeSet::new(),
            making: BTreeSet::new(),
            printing: printing::Printing::default(),
            line: Line::default(),
            statement_asked: None,
            backup: backup::BackupLine::default(),
            relay: relay::RelayLine::default(),
            people,
            maintenance,
            alarms: HashMap::new(),
            unseen,
            recovered: Vec::new(),
            drawn: look::Drawn::default(),
            revision: 1,
            stopped: None,
        };
        register.come_back(now)?;
        Ok(register)
    }

    /// Grows with every change; screens compare it.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whose till this is and by which rules it runs.
    #[must_use]
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The journal this register keeps.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    fn come_back(&mut self, now: Timestamp) -> Result<(), StartError> {
        let started = TillEvent::Started {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            profile: self.setup.heading.profile.name().to_owned(),
        };
        let mut events = vec![Event::Till(started)];
        for (number, attempt) in &self.attempts {
            let decided = decide(attempt, &Input::ComeBack, &self.setup.rules, now);
            events.extend(decided.into_iter().map(|event| Event::Attempt(number.clone(), event)));
        }
        events.extend(self.refunds_come_back(now));
        let draft = draft_text(&self.desk);
        self.journal.append(&self.stamp(now), &events, Some(&draft))?;
        self.fold(&events, now);
        Ok(())
    }

    /// Gives one attempt one input, with all that follows from it, in one commit. Says whether anything changed.
    fn tell(&mut self, number: &AttemptNumber, input: &Input, now: Timestamp) -> Result<bool, CommandError> {
        let Some(attempt) = self.attempt(number)? else { return Ok(false) };
        let decided = decide(&attempt, input, &self.setup.rules, now);
        if decided.is_empty() {
            return Ok(false);
        }
        let mut after = attempt;
        let mut events = Vec::new();
        for event in decided {
            after.apply(&event, now);
            events.push(Event::Attempt(number.clone(), event));
        }
        let sale = self.sale(&after.terms.sale.clone())?;
        events.extend(settle::settle(sale.as_ref(), &after));
        let desk = self.after_close(&mut events);
        self.record(now, &events, desk)?;
        Ok(true)
    }

    /// When these events close the sale on the counter: what else must follow in the same commit, and the counter
    /// after it.
    fn after_close(&self, events: &mut Vec<Event>) -> Desk {
        let mut desk = self.desk.clone();
        let closed = events.iter().find_map(|event| match event {
            Event::Sale(number, SaleEvent::Closed { .. }) => Some(number.clone()),
            _ => None,
        });
        let Some(closed) = closed else { return desk };
        let paid_by = |number: &AttemptNumber, events: &[Event]| {
            events.iter().any(|event| matches!(event, Event::Attempt(at, AttemptEvent::Applied { .. }) if at == number))
        };
        for (number, attempt) in &self.attempts {
            let sibling = attempt.terms.sale == closed && attempt.is_live() && !paid_by(number, events);
            if sibling {
                // The moment matters to no withdrawal.
                let withdrawn =
                    decide(attempt, &Input::Withdraw(Why::SalePaid), &self.setup.rules, attempt.terms.created);
                events.extend(withdrawn.into_iter().map(|event| Event::Attempt(number.clone(), event)));
            }
        }
        if desk.sale.as_ref() == Some(&closed) {
            desk.cart = Cart::default();
            desk.sale = None;
            desk.closed = Some(closed);
        }
        desk
    }

    /// Commits, and only then changes what is in memory.
    fn record(&mut self, now: Timestamp, events: &[Event], desk: Desk) -> Result<(), CommandError> {
        if self.stopped.is_some() {
            return Err(CommandError::Stopped);
        }
        let draft = draft_text(&desk);
        match self.journal.append(&self.stamp(now), events, Some(&draft)) {
            Ok(_) => {}
            Err(AppendError::DiskFull) => return Err(CommandError::DiskFull),
            Err(AppendError::Damaged(damage)) => {
                let at_seq = damage.seq.and_then(|seq| i64::try_from(seq).ok());
                let path = self.journal.path().display().to_string();
                self.stopped = Some(Stop::JournalDamaged { at_seq, path });
                self.revision += 1;
                return Err(CommandError::JournalDamaged { at_seq });
            }
            Err(error) => return Err(internal(&error)),
        }
        self.desk = desk;
        self.fold(events, now);
        self.notice_drawer(events);
        self.revision += 1;
        self.reload_people(events)
    }

    fn fold(&mut self, events: &[Event], now: Timestamp) {
        for event in events {
            match event {
                Event::Sale(number, event) => {
                    if let Some(sale) = self.sales.get_mut(number) {
                        sale.apply(event);
                    } else if let Some(sale) = Sale::opened(number.clone(), event) {
                        self.sales.insert(number.clone(), sale);
                    }
                    if matches!(event, SaleEvent::Closed { recovered: true, .. }) {
                        self.recovered.push(number.clone());
                    }
                }
                Event::Attempt(number, event) => {
                    if let Some(attempt) = self.attempts.get_mut(number) {
                        attempt.apply(event, now);
                    } else if let Some(attempt) = Attempt::intended(event) {
                        self.attempts.insert(number.clone(), attempt);
                    }
                    if *event == AttemptEvent::Asked {
                        self.budget = self.budget.spent(&self.setup.allowance, now);
                    }
                }
                Event::Refund(number, event) => {
                    if let Some(refund) = self.refunds.get_mut(number) {
                        refund.apply(event, now);
                    } else if let Some(refund) = Refund::requested(event) {
                        self.refunds.insert(number.clone(), refund);
                    }
                    if matches!(event, RefundEvent::Asked | RefundEvent::Sent { .. }) {
                        self.budget = self.budget.spent(&self.setup.allowance, now);
                    }
                }
                Event::Gateway(_, GatewayEvent::Refused) => {
                    self.budget = self.budget.refused(&self.setup.allowance, now);
                }
                Event::Till(TillEvent::AlarmsSeen) => self.unseen.clear(),
                // Counts go on across starts, and the journal does the counting.
                Event::Till(TillEvent::Started { .. } | TillEvent::Alarm { .. }) | Event::Product(..) => {}
                // The drawer and the day are looked up when somebody asks.
                Event::Shift(..) | Event::Day(..) => {}
                // People and tasks are read from the journal again.
                Event::Person(..)
                | Event::Till(
                    TillEvent::SignedIn { .. }
                    | TillEvent::Approved { .. }
                    | TillEvent::DrawerOpened { .. }
                    | TillEvent::GoodsReturned { .. }
                    | TillEvent::Reconciled { .. }
                    | TillEvent::TaskTaken { .. }
                    | TillEvent::TaskLeft { .. }
                    | TillEvent::SettingsChanged { .. },
                ) => {}
            }
        }
        self.forget_what_is_at_rest();
    }

    /// Memory holds what is unsettled and what is on the counter; the journal holds the rest.
    fn forget_what_is_at_rest(&mut self) {
        self.refunds.retain(|_, refund| !refund.at_rest());
        let (desk, sales) = (&self.desk, &self.sales);
        // The attempts of an open sale stay, at rest or not: whether it may be collected again hangs on them.
        self.attempts.retain(|number, attempt| {
            let open = sales.get(&attempt.terms.sale).is_some_and(|sale| sale.phase == SalePhase::Open);
            desk.shown.as_ref() == Some(number) || open || !attempt.at_rest()
        });
        self.suspected.retain(|number, _| self.attempts.contains_key(number));
        let wanted: BTreeSet<&SaleNumber> =
            self.attempts.values().map(|attempt| &attempt.terms.sale).chain(&desk.sale).chain(&desk.closed).collect();
        self.sales.retain(|number, sale| !sale.at_rest() || wanted.contains(number));
    }

    /// An attempt in memory, or brought back from the journal: a message may come a week later.
    fn attempt(&mut self, number: &AttemptNumber) -> Result<Option<Attempt>, CommandError> {
        if let Some(attempt) = self.attempts.get(number) {
            return Ok(Some(attempt.clone()));
        }
        let found = self.journal.attempt(number).map_err(|error| internal(&error))?;
        if let Some(attempt) = &found {
            self.attempts.insert(number.clone(), attempt.clone());
        }
        Ok(found)
    }

    fn sale(&mut self, number: &SaleNumber) -> Result<Option<Sale>, CommandError> {
        if let Some(sale) = self.sales.get(number) {
            return Ok(Some(sale.clone()));
        }
        let found = self.journal.sale(number).map_err(|error| internal(&error))?;
        if let Some(sale) = &found {
            self.sales.insert(number.clone(), sale.clone());
        }
        Ok(found)
    }

    fn stamp(&self, at: Timestamp) -> Stamp {
        Stamp { at, operator: self.operator().name }
    }
}

/// What came in that nobody has seen yet: what, how often, and when last.
fn unseen_alarms(journal: &Journal) -> Result<Vec<(TillAlarm, u64, Timestamp)>, ReadError> {
    Ok(journal.alarms()?.into_iter().map(|alarm| (alarm.alarm, alarm.count, alarm.last_at)).collect())
}

fn draft_text(desk: &Desk) -> String {
    serde_json::to_string(desk).expect("plain data becomes JSON")
}

fn internal(error: &dyn std::error::Error) -> CommandError {
    tracing::error!(error = %error, "journal");
    CommandError::Internal { message: error.to_string() }
}
