//! Who is at the till, who else works here, and what one lets another do.

use std::collections::{BTreeMap, BTreeSet};

use journal::{Journal, ReadError, TaskHolder};
use till::event::{Event, TillEvent};
use till::people::{Act, Approval, Named, Person, PersonEvent, PersonId, PersonName, PinHash, Role};
use till::time::Timestamp;

use super::{Register, internal};
use crate::command_error::{CommandError, PersonProblem};

/// As many as may work at one till at a time.
const MOST_PEOPLE: usize = 40;

/// The people of the shop, as far as this till has to know.
#[derive(Default)]
pub(super) struct People {
    /// Everybody ever added, in that order.
    all: Vec<Person>,
    /// Who signed in last. Stays when the till locks, for what happens by itself meanwhile.
    at_till: Option<PersonId>,
    unlocked: bool,
    /// When somebody last did something at the counter.
    touched: Option<Timestamp>,
    /// Names under which a PIN is being looked at: one at a time, so that nobody tries many at once.
    checking: BTreeSet<PersonId>,
    /// Who sees to which task.
    pub(super) holders: BTreeMap<String, TaskHolder>,
    /// What the command under way may do.
    grant: Option<Grant>,
}

/// A PIN to be looked at.
pub(crate) struct PinCheck {
    person: PersonId,
    kept: PinHash,
}

impl PinCheck {
    /// What the PIN has to match.
    #[must_use]
    pub(crate) fn kept(&self) -> &PinHash {
        &self.kept
    }
}

/// Somebody whose PIN was right a moment ago.
pub(crate) struct Known(PersonId);

/// One consent: for one command, and only made of a right PIN, or by whoever has the machine itself.
pub struct Grant {
    by: By,
    reason: String,
    at: Timestamp,
}

enum By {
    Person(PersonId),
    Machine,
}

impl Grant {
    pub(crate) fn of(known: Known, reason: String, at: Timestamp) -> Self {
        Self { by: By::Person(known.0), reason, at }
    }

    /// Whoever can run a command on this machine can also change its files: they are let back in when the last owner has
    /// forgotten their PIN. Good for people and settings, never for money.
    #[must_use]
    pub fn of_the_machine(reason: &str, at: Timestamp) -> Self {
        Self { by: By::Machine, reason: reason.to_owned(), at }
    }
}

impl People {
    pub(super) fn of(journal: &Journal) -> Result<Self, ReadError> {
        let mut people = Self::default();
        people.reload(journal)?;
        Ok(people)
    }

    pub(super) fn reload(&mut self, journal: &Journal) -> Result<(), ReadError> {
        self.all = journal.people()?;
        self.holders = journal.task_holders()?.into_iter().map(|holder| (holder.task.clone(), holder)).collect();
        let gone = |id: &PersonId| self.all.iter().all(|person| person.id != *id || !person.active);
        if self.at_till.as_ref().is_some_and(gone) {
            self.at_till = None;
            self.unlocked = false;
        }
        Ok(())
    }

    /// Those who work here.
    pub(super) fn active(&self) -> impl Iterator<Item = &Person> {
        self.all.iter().filter(|person| person.active)
    }

    pub(super) fn at_till(&self) -> Option<&Person> {
        self.active().find(|person| Some(&person.id) == self.at_till.as_ref())
    }

    fn find(&self, id: &str) -> Result<&Person, CommandError> {
        let found = self.active().find(|person| person.id.as_str() == id);
        found.ok_or(CommandError::PersonRefused { why: PersonProblem::Unknown })
    }
}

impl Register {
    // ---- at the till

    /// Whether anybody has to sign in first.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.setup.people.attended && !self.people.unlocked && self.people.active().next().is_some()
    }

    /// Refuses while nobody is signed in, and locks first when the till was left alone for too long.
    pub(crate) fn refuse_while_locked(&mut self, now: Timestamp) -> Result<(), CommandError> {
        self.lock_if_left(now);
        if self.is_locked() { Err(CommandError::Locked) } else { Ok(()) }
    }

    /// Somebody is at the counter.
    pub fn touch(&mut self, now: Timestamp) {
        if !self.is_locked() {
            self.people.touched = Some(now);
        }
    }

    /// When the till locks by itself; nothing while a customer is paying, or nobody could unlock it.
    pub(super) fn locks_at(&self) -> Option<Timestamp> {
        let open = self.setup.people.attended && self.people.unlocked && self.people.at_till.is_some();
        let after = self.setup.people.lock_after.filter(|_| open && self.live_attempt().is_none())?;
        Some(self.people.touched?.plus(after))
    }

    pub(super) fn lock_if_left(&mut self, now: Timestamp) {
        if self.locks_at().is_some_and(|at| at <= now) {
            self.lock();
        }
    }

    /// Locks the till until somebody signs in.
    pub fn lock(&mut self) {
        if self.people.unlocked {
            self.people.unlocked = false;
            self.revision += 1;
        }
    }

    /// What a PIN given under this name has to match.
    pub(crate) fn begin_pin_check(&mut self, person: &str, now: Timestamp) -> Result<PinCheck, CommandError> {
        let person = self.people.find(person)?;
        if let Some(until) = person.wrong.wait_until(now) {
            return Err(CommandError::PinWait { until_ms: until.unix_ms() });
        }
        let check = PinCheck { person: person.id.clone(), kept: person.pin.clone() };
        if !self.people.checking.insert(check.person.clone()) {
            return Err(CommandError::PinWait { until_ms: now.unix_ms() });
        }
        Ok(check)
    }

    /// What follows from a PIN that was looked at.
    pub(crate) fn end_pin_check(
        &mut self,
        check: PinCheck,
        right: bool,
        now: Timestamp,
    ) -> Result<Known, CommandError> {
        self.people.checking.remove(&check.person);
        let person = self.people.find(check.person.as_str())?;
        // It was changed while it was looked at.
        let right = right && person.pin == check.kept;
        let event = match (right, person.wrong.count) {
            (true, 0) => return Ok(Known(check.person)),
            (true, _) => PersonEvent::PinRight,
            (false, _) => PersonEvent::PinWrong,
        };
        let desk = self.desk.clone();
        self.record(now, &[Event::Person(check.person.clone(), event)], desk)?;
        if right {
            return Ok(Known(check.person));
        }
        let wait = self.people.find(check.person.as_str())?.wrong.wait_until(now);
        Err(CommandError::WrongPin { until_ms: wait.map(Timestamp::unix_ms) })
    }

    /// The till is theirs. The journal hears of it when it was somebody else's.
    pub(crate) fn sign_in(&mut self, known: Known, now: Timestamp) -> Result<(), CommandError> {
        self.put_at_till(known.0, now)
    }

    /// The training shop opens with its cashier at the till: there is nothing to protect, and much to try. Nothing
    /// anywhere else, nor where that person's PIN is not one the lock screen shows.
    ///
    /// # Errors
    /// When it cannot be recorded.
    pub fn practise(&mut self, now: Timestamp) -> Result<(), CommandError> {
        let shown = |person: &&Person| self.shown_pin(person).is_some();
        let Some(person) = self.people.active().find(shown).map(|person| person.id.clone()) else { return Ok(()) };
        self.put_at_till(person, now)
    }

    pub(super) fn shown_pin(&self, person: &Person) -> Option<&str> {
        let shown = self.setup.people.shown_pins.iter().find(|(kept, _)| *kept == person.pin);
        shown.map(|(_, pin)| pin.as_str())
    }

    fn put_at_till(&mut self, person: PersonId, now: Timestamp) -> Result<(), CommandError> {
        let name = self.people.find(person.as_str())?.name.to_string();
        let before = (self.people.at_till.replace(person.clone()), self.people.unlocked);
        if before.0.as_ref() != Some(&person) {
            let by = Named { person: Some(person), name };
            let desk = self.desk.clone();
            if let Err(error) = self.record(now, &[Event::Till(TillEvent::SignedIn { by })], desk) {
                (self.people.at_till, self.people.unlocked) = before;
                return Err(error);
            }
        }
        self.people.unlocked = true;
        self.people.touched = Some(now);
        self.revision += 1;
        Ok(())
    }

    /// Who is at the till, as the journal names them.
    pub(super) fn operator(&self) -> Named {
        match self.people.at_till() {
            Some(person) => named(person),
            None => Named { person: None, name: self.setup.heading.cashier.clone() },
        }
    }

    // ---- one lets another

    /// Does one command with a grant in hand, which is gone after it.
    pub fn under<T>(&mut self, grant: Option<Grant>, work: impl FnOnce(&mut Self) -> T) -> T {
        self.people.grant = grant;
        let result = work(self);
        self.people.grant = None;
        result
    }

    /// Whether this may be done now, and what has to be recorded beside it: call it first, and record what it gives in the
    /// same commit as what it approves. Nothing is asked where nobody is registered.
    pub(super) fn approved(&mut self, what: Act, about: &str) -> Result<Vec<Event>, CommandError> {
        let needed = CommandError::ApprovalNeeded { what: what.into() };
        let Some(grant) = self.people.grant.take() else {
            let free = self.people.active().next().is_none()
                || (!what.always_asks()
                    && self.people.unlocked
                    && self.people.at_till().is_some_and(|at| at.may(what)));
            return if free { Ok(vec![]) } else { Err(needed) };
        };
        let approved = match &grant.by {
            By::Machine if matches!(what, Act::People | Act::Settings | Act::EditCatalogue | Act::EditPrice) => {
                Named { person: None, name: "guitaictl".to_owned() }
            }
            By::Machine => return Err(needed),
            By::Person(id) => {
                let person = self.people.find(id.as_str())?;
                if !person.may(what) {
                    let name = person.name.to_string();
                    return Err(CommandError::NotAllowed { name, what: what.into() });
                }
                named(person)
            }
        };
        let asked = self.operator();
        let approval = Approval { asked, approved, what, about: about.to_owned(), reason: grant.reason.clone() };
        // It stays in hand for what the same command does next.
        self.people.grant = Some(grant);
        Ok(vec![Event::Till(TillEvent::Approved { approval })])
    }

    /// The same for something that records nothing itself: somebody else's consent is on record by itself.
    pub(crate) fn approved_alone(&mut self, what: Act, about: &str, now: Timestamp) -> Result<(), CommandError> {
        let approved = self.approved(what, about)?;
        if approved.is_empty() {
            return Ok(());
        }
        let desk = self.desk.clone();
        self.record(now, &approved, desk)
    }

    /// Who gave the consent in hand, why and when.
    pub(super) fn consenting(&self) -> Option<(String, String, Timestamp)> {
        let grant = self.people.grant.as_ref()?;
        let By::Person(id) = &grant.by else { return None };
        let person = self.people.find(id.as_str()).ok()?;
        Some((person.name.to_string(), grant.reason.clone(), grant.at))
    }

    // ---- who works here

    /// Adds somebody; `draw` makes their id. The first one is the owner, and is at the till from then on.
    ///
    /// # Errors
    /// When the name is taken or none, there are too many, or nobody has consented who may.
    pub fn add_person(
        &mut self,
        name: &str,
        role: Role,
        pin: PinHash,
        draw: [u8; 16],
        now: Timestamp,
    ) -> Result<(), CommandError> {
        let name = self.free_name(name, None)?;
        let first = self.people.active().next().is_none();
        if first && role != Role::Owner {
            return refuse(PersonProblem::FirstIsOwner);
        }
        if self.people.active().count() >= MOST_PEOPLE {
            return refuse(PersonProblem::TooMany);
        }
        let id = id_of(draw);
        let mut events = self.approved(Act::People, id.as_str())?;
        events.push(Event::Person(id.clone(), PersonEvent::Added { name, role, pin }));
        let desk = self.desk.clone();
        self.record(now, &events, desk)?;
        if first && self.setup.people.attended { self.put_at_till(id, now) } else { Ok(()) }
    }

    /// The training shop's people, all at once, where there are none yet.
    ///
    /// # Errors
    /// When they cannot be recorded.
    pub fn add_sample_people(&mut self, people: Vec<Person>, now: Timestamp) -> Result<(), CommandError> {
        if !self.people.all.is_empty() {
            return Ok(());
        }
        let added = |person: Person| {
            let Person { id, name, role, pin, .. } = person;
            Event::Person(id, PersonEvent::Added { name, role, pin })
        };
        let events: Vec<Event> = people.into_iter().map(added).collect();
        let desk = self.desk.clone();
        self.record(now, &events, desk)
    }

    /// Calls somebody something else, or lets them do something else.
    ///
    /// # Errors
    /// When the name is taken or none, no owner would be left, or nobody has consented who may.
    pub fn edit_person(&mut self, person: &str, name: &str, role: Role, now: Timestamp) -> Result<(), CommandError> {
        let before = self.people.find(person)?.clone();
        let name = self.free_name(name, Some(&before.id))?;
        if role != Role::Owner {
            self.refuse_without_owner(&before.id)?;
        }
        let mut events = self.approved(Act::People, person)?;
        if name != before.name {
            events.push(Event::Person(before.id.clone(), PersonEvent::Renamed { name }));
        }
        if role != before.role {
            events.push(Event::Person(before.id, PersonEvent::RoleChanged { role }));
        }
        let desk = self.desk.clone();
        self.record(now, &events, desk)
    }

    /// Gives somebody another PIN, which also ends their waiting.
    ///
    /// # Errors
    /// When there is no such person, or nobody has consented who may.
    pub fn change_pin(&mut self, person: &str, pin: PinHash, now: Timestamp) -> Result<(), CommandError> {
        let id = self.people.find(person)?.id.clone();
        let mut events = self.approved(Act::People, person)?;
        events.push(Event::Person(id, PersonEvent::PinChanged { pin }));
        let desk = self.desk.clone();
        self.record(now, &events, desk)
    }

    /// Lets somebody go. What they did stays theirs.
    ///
    /// # Errors
    /// When no owner would be left, or nobody has consented who may.
    pub fn retire_person(&mut self, person: &str, now: Timestamp) -> Result<(), CommandError> {
        let id = self.people.find(person)?.id.clone();
        self.refuse_without_owner(&id)?;
        let mut events = self.approved(Act::People, person)?;
        events.push(Event::Person(id, PersonEvent::Retired));
        let desk = self.desk.clone();
        self.record(now, &events, desk)
    }

    /// Those who work here, for a list.
    pub fn staff(&self) -> impl Iterator<Item = &Person> {
        self.people.active()
    }

    fn free_name(&self, name: &str, of: Option<&PersonId>) -> Result<PersonName, CommandError> {
        let name: PersonName = name.parse().map_err(|_| CommandError::PersonRefused { why: PersonProblem::Name })?;
        let taken = self.people.active().any(|person| person.name == name && Some(&person.id) != of);
        if taken { refuse(PersonProblem::NameTaken) } else { Ok(name) }
    }

    fn refuse_without_owner(&self, id: &PersonId) -> Result<(), CommandError> {
        let left = self.people.active().any(|person| person.role == Role::Owner && person.id != *id);
        if left { Ok(()) } else { refuse(PersonProblem::LastOwner) }
    }

    // ---- who sees to what

    /// The one at the till sees to a task from now on, or no longer when it was they who did.
    ///
    /// # Errors
    /// When the task is done already.
    pub fn take_task(&mut self, task: &str, now: Timestamp) -> Result<(), CommandError> {
        if !self.tasks().iter().any(|known| known.id == task) {
            return Err(CommandError::UnknownTask { task: task.chars().take(60).collect() });
        }
        let (by, task) = (self.operator(), task.to_owned());
        let event = match self.people.holders.get(&task) {
            Some(holder) if holder.by == by => TillEvent::TaskLeft { task },
            _ => TillEvent::TaskTaken { task, by },
        };
        let desk = self.desk.clone();
        self.record(now, &[Event::Till(event)], desk)
    }

    /// An owner has seen the wrong PINs given under this name.
    pub(super) fn see_wrong_pins(&mut self, person: &str, now: Timestamp) -> Result<(), CommandError> {
        let id: PersonId = person.parse().map_err(|_| CommandError::PersonRefused { why: PersonProblem::Unknown })?;
        let mut events = self.approved(Act::People, person)?;
        events.push(Event::Person(id, PersonEvent::WrongPinsSeen));
        let desk = self.desk.clone();
        self.record(now, &events, desk)
    }

    /// Whether these events change what is known of people and tasks.
    pub(super) fn reload_people(&mut self, events: &[Event]) -> Result<(), CommandError> {
        use till::payment::AttemptEvent::{AlarmsSeen, Resolved};
        let about = |event: &Event| match event {
            Event::Person(..) => true,
            Event::Till(event) => {
                matches!(event, TillEvent::TaskTaken { .. } | TillEvent::TaskLeft { .. } | TillEvent::AlarmsSeen)
            }
            Event::Attempt(_, event) => matches!(event, AlarmsSeen { .. } | Resolved { .. }),
            Event::Refund(_, event) => event.ends_a_task(),
            Event::Sale(..) | Event::Product(..) | Event::Shift(..) | Event::Day(..) | Event::Gateway(..) => false,
        };
        if events.iter().any(about) {
            self.people.reload(&self.journal).map_err(|error| internal(&error))?;
        }
        Ok(())
    }
}

/// What a person wrote, as one short line.
pub(crate) fn tidy(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(80).collect()
}

fn refuse<T>(why: PersonProblem) -> Result<T, CommandError> {
    Err(CommandError::PersonRefused { why })
}

fn named(person: &Person) -> Named {
    Named { person: Some(person.id.clone()), name: person.name.to_string() }
}

/// Ten letters and digits: ids of several tills of a shop do not meet.
fn id_of(draw: [u8; 16]) -> PersonId {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letter = |byte: &u8| char::from(ALPHABET[usize::from(byte % 32)]);
    draw[..10].iter().map(letter).collect::<String>().parse().expect("small letters and digits")
}
