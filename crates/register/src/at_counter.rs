//! The one way in for whoever stands at the counter: a locked till takes nothing, and a command that needs somebody's
//! consent is done with it or not at all. PINs are looked at while the register is free for everything else.

use till::people::{PinHash, Role};

use crate::command_error::{CommandError, PersonProblem};
use crate::drive::Shared;
use crate::people::{Consent, Pin};
use crate::ports::Ports;
use crate::register::{Grant, Register};

impl Shared {
    /// Does what the person at the counter asks for, with somebody's consent where one is given.
    ///
    /// # Errors
    /// [`CommandError::Locked`] when nobody is signed in; [`CommandError::ApprovalNeeded`] when it takes a consent that was
    /// not given; what the PIN makes of a consent; and whatever the command itself refuses.
    pub fn at_counter<T>(
        &self,
        consent: Option<&Consent>,
        work: impl FnOnce(&mut Register, &Ports) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        self.with(|register, ports| register.refuse_while_locked(ports.clock.now()))?;
        self.consented(consent, work)
    }

    /// The same where nobody stands: a command line, which no lock keeps out.
    ///
    /// # Errors
    /// As [`Shared::at_counter`], but for the lock.
    pub fn consented<T>(
        &self,
        consent: Option<&Consent>,
        work: impl FnOnce(&mut Register, &Ports) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        let grant = consent.map(|consent| self.grant(consent)).transpose()?;
        self.with(|register, ports| {
            register.touch(ports.clock.now());
            register.under(grant, |register| work(register, ports))
        })
    }

    /// Signs a person in.
    ///
    /// # Errors
    /// When the PIN is wrong, or none is looked at yet.
    pub fn sign_in(&self, person: &str, pin: &Pin) -> Result<(), CommandError> {
        let known = self.check_pin(person, pin)?;
        self.with(|register, ports| register.sign_in(known, ports.clock.now()))
    }

    /// Adds somebody. The first one is the owner, who is then at the till.
    ///
    /// # Errors
    /// When the name or PIN cannot be, or nobody has consented who may.
    pub fn add_person(&self, name: &str, role: Role, pin: &Pin, consent: Option<&Consent>) -> Result<(), CommandError> {
        let kept = self.keep_new_pin(pin)?;
        self.consented(consent, |register, ports| {
            let draw = ports.chance.draw();
            register.add_person(name, role, kept, draw, ports.clock.now())
        })
    }

    /// Gives somebody another PIN.
    ///
    /// # Errors
    /// When the PIN cannot be, or nobody has consented who may.
    pub fn change_pin(&self, person: &str, pin: &Pin, consent: Option<&Consent>) -> Result<(), CommandError> {
        let kept = self.keep_new_pin(pin)?;
        self.consented(consent, |register, ports| register.change_pin(person, kept, ports.clock.now()))
    }

    fn grant(&self, consent: &Consent) -> Result<Grant, CommandError> {
        let reason = crate::register::tidy(&consent.reason);
        if reason.is_empty() {
            return Err(CommandError::PersonRefused { why: PersonProblem::Reason });
        }
        let known = self.check_pin(&consent.person, &consent.pin)?;
        Ok(Grant::of(known, reason, self.ports().clock.now()))
    }

    /// Three steps, the slow one without the register: what is kept, whether it matches, what follows.
    fn check_pin(&self, person: &str, pin: &Pin) -> Result<crate::register::Known, CommandError> {
        let check = self.with(|register, ports| register.begin_pin_check(person, ports.clock.now()))?;
        let right = self.ports().pins.matches(pin.digits(), check.kept());
        self.with(|register, ports| register.end_pin_check(check, right, ports.clock.now()))
    }

    /// The form in which a new PIN is kept.
    ///
    /// # Errors
    /// When nobody may have that PIN.
    pub fn keep_new_pin(&self, pin: &Pin) -> Result<PinHash, CommandError> {
        pin.check_new()?;
        self.ports().pins.keep(pin.digits()).map_err(|message| CommandError::Internal { message })
    }
}
