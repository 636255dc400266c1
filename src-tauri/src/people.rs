//! What the screens can ask for about people. Each forwards; none decides.

use register::view::{Role, View};
use register::{CommandError, Consent, Pin};
use tauri::State;

use crate::till::Till;

type Answer<T> = Result<T, CommandError>;

#[tauri::command(async)]
pub(crate) fn sign_in(till: State<'_, Till>, person: String, pin: Pin) -> Answer<View> {
    till.shared()?.sign_in(&person, &pin)?;
    till.view()
}

#[tauri::command(async)]
pub(crate) fn lock(till: State<'_, Till>) -> Answer<View> {
    till.with(|register, _| {
        register.lock();
        Ok(())
    })?;
    till.view()
}

#[tauri::command(async)]
pub(crate) fn touch(till: State<'_, Till>) -> Answer<()> {
    till.at_counter(None, |_, _| Ok(()))
}

#[tauri::command(async)]
pub(crate) fn add_person(
    till: State<'_, Till>,
    name: String,
    role: Role,
    pin: Pin,
    consent: Option<Consent>,
) -> Answer<View> {
    till.at_counter(None, |_, _| Ok(()))?;
    till.shared()?.add_person(&name, role.into(), &pin, consent.as_ref())?;
    till.view()
}

#[tauri::command(async)]
pub(crate) fn edit_person(
    till: State<'_, Till>,
    person: String,
    name: String,
    role: Role,
    consent: Option<Consent>,
) -> Answer<View> {
    till.at_counter(consent.as_ref(), |register, ports| {
        register.edit_person(&person, &name, role.into(), ports.clock.now())
    })?;
    till.view()
}

#[tauri::command(async)]
pub(crate) fn change_pin(till: State<'_, Till>, person: String, pin: Pin, consent: Option<Consent>) -> Answer<View> {
    till.at_counter(None, |_, _| Ok(()))?;
    till.shared()?.change_pin(&person, &pin, consent.as_ref())?;
    till.view()
}

#[tauri::command(async)]
pub(crate) fn retire_person(till: State<'_, Till>, person: String, consent: Option<Consent>) -> Answer<View> {
    till.at_counter(consent.as_ref(), |register, ports| register.retire_person(&person, ports.clock.now()))?;
    till.view()
}
