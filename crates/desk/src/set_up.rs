//! Setting a till up while it runs: the first run of a new one, and every change after it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use register::view::{FirstRun, SettingChange, SettingName, SettingsLook};
use register::{CommandError, Consent, Ports, Profile, Register, Setup};
use till::event::SettingChanged;
use till::people::{Act, Role};

use crate::home::Home;
use crate::open::{Desk, text_of};
use crate::ports::write_whole;
use crate::settings::{self, Settings};

impl Desk {
    /// Nobody has said anything about this till yet: what it is called, and who works at it.
    #[must_use]
    pub fn is_first_run(&self) -> bool {
        self.first_run.load(Ordering::Relaxed)
    }

    /// The settings as they stand in the file.
    ///
    /// # Errors
    /// When the till is locked, or the file cannot be read.
    pub fn settings(&self) -> Result<SettingsLook, CommandError> {
        self.shared().at_counter(None, |_, _| Ok(()))?;
        let now = self.settings_now()?;
        let till = self.shared().with(|register, _| register.setup().heading.till.to_string());
        Ok(settings::look(&now, &self.opened, &till, self.profile(), self.home().settings()))
    }

    /// Whether the settings could be changed like that. Changes nothing.
    ///
    /// # Errors
    /// With the first thing that cannot be.
    pub fn check_settings(&self, changes: &[SettingChange]) -> Result<(), CommandError> {
        let merchant = self.shared().with(|register, _| register.setup().merchant.clone());
        self.plan(changes, &merchant).map(drop)
    }

    /// Changes the settings: all of it or nothing, in the file, in the journal and, where it can be, in the till as it
    /// runs.
    ///
    /// # Errors
    /// When something cannot be like that, nobody has consented who may, or the file cannot be written.
    pub fn change_settings(&self, changes: &[SettingChange], consent: Option<&Consent>) -> Result<(), CommandError> {
        // Nobody is asked for a PIN for what cannot be.
        self.check_settings(changes)?;
        self.shared().at_counter(consent, |register, ports| self.write(changes, register, ports))
    }

    /// What a new shop says of itself, in one go: people and products first, and last the file, whose being there says
    /// that it was said. A till that stops in the middle asks again, and finds what it has already.
    ///
    /// # Errors
    /// When something cannot be like that; what was said is asked for again.
    pub fn begin(&self, first: &FirstRun) -> Result<(), CommandError> {
        let shared = self.shared();
        shared.at_counter(None, |_, _| Ok(()))?;
        if !self.is_first_run() {
            return Ok(());
        }
        self.check_settings(&first.changes)?;
        let nobody = shared.with(|register, _| register.staff().next().is_none());
        if let Some(owner) = &first.owner
            && nobody
        {
            shared.add_person(&owner.name, Role::Owner, &owner.pin, None)?;
        }
        if first.sample {
            shared.with(|register, ports| match register.shelf().all().is_empty() {
                true => register.set_products(crate::sample::products(), ports.clock.now()),
                false => Ok(()),
            })?;
        }
        shared.with(|register, ports| self.write(&first.changes, register, ports))?;
        self.first_run.store(false, Ordering::Relaxed);
        if first.owner.is_none() && self.profile() == Profile::Training {
            // Nothing where somebody is registered already.
            shared.with(|register, ports| {
                register.add_sample_people(crate::sample::people(), ports.clock.now())?;
                register.practise(ports.clock.now())
            })?;
        }
        Ok(())
    }

    fn write(&self, changes: &[SettingChange], register: &mut Register, ports: &Ports) -> Result<(), CommandError> {
        // Read again with the register in hand: of two who change at once, the second sees what the first has done.
        let plan = self.plan(changes, &register.setup().merchant.clone())?;
        if plan.made.is_empty() && !self.is_first_run() {
            return Ok(());
        }
        let file = self.file();
        let (write, undo) = (|| file.keep(&plan.text), || file.put_back());
        register.change_settings(Act::Settings, plan.made, write, undo, ports.clock.now())?;
        register.adopt(plan.setup);
        Ok(())
    }

    /// The register may be in somebody's hand.
    fn plan(&self, changes: &[SettingChange], merchant: &ecpay::Merchant) -> Result<Plan, CommandError> {
        let (text, made) = settings::changed(&self.file().read()?, changes)?;
        let after = settings::read(&text).map_err(|error| settings::unreadable(&error))?;
        let setup = settings::check(&after, self.profile(), self.own_gateway.as_ref(), merchant)
            .map_err(|error| settings::refused(&error))?;
        settings::backups(&after).map_err(|error| settings::refused(&error))?;
        settings::check_addresses(&after, changes)?;
        Ok(Plan { text, made, setup })
    }

    pub(crate) fn settings_now(&self) -> Result<Settings, CommandError> {
        settings::read(&self.file().read()?).map_err(|error| settings::unreadable(&error))
    }

    pub(crate) fn file(&self) -> SettingsFile {
        SettingsFile { path: self.home().settings() }
    }
}

/// A change that can be made.
struct Plan {
    text: String,
    made: Vec<SettingChanged>,
    setup: Setup,
}

/// The settings file of a till.
pub(crate) struct SettingsFile {
    path: PathBuf,
}

impl SettingsFile {
    /// Its text; what a new till starts with where there is none.
    pub(crate) fn read(&self) -> Result<String, CommandError> {
        match text_of(&self.path) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(settings::STARTING.to_owned()),
            Err(error) => {
                Err(CommandError::SettingsUnreadable { message: format!("{}: {error}", self.path.display()) })
            }
        }
    }

    /// Keeps the file as it was beside it, and puts this in its place: whole, or not at all.
    pub(crate) fn keep(&self, text: &str) -> Result<(), CommandError> {
        let before = match fs::read(&self.path) {
            Ok(before) => Some(before),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(not_written(&error)),
        };
        match before {
            Some(before) => write_whole(&self.kept(), &before),
            // What is kept from another time must not come back in place of nothing.
            None => remove(&self.kept()),
        }
        .map_err(|error| not_written(&error))?;
        write_whole(&self.path, text.as_bytes()).map_err(|error| not_written(&error))
    }

    /// Puts back what was there before; nothing where there was nothing.
    pub(crate) fn put_back(&self) {
        let put_back = match fs::read(self.kept()) {
            Ok(before) => write_whole(&self.path, &before),
            Err(error) if error.kind() == io::ErrorKind::NotFound => remove(&self.path),
            Err(error) => Err(error),
        };
        if let Err(error) = put_back {
            tracing::error!(%error, "the settings could not be put back");
        }
    }

    fn kept(&self) -> PathBuf {
        self.path.with_extension("toml.bak")
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn not_written(error: &io::Error) -> CommandError {
    tracing::error!(%error, "the settings could not be written");
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => CommandError::DiskFull,
        _ => CommandError::SettingsNotWritten { reason: error.to_string() },
    }
}

/// Whether a folder is that of a till nobody has set up: no settings, and nothing sold anywhere.
pub(crate) fn is_new(home: &Home) -> bool {
    let sold = [Profile::Stage, Profile::Production].into_iter().any(|profile| home.journal(profile).exists());
    !home.settings().exists() && !sold
}

/// Whether anything waits for the next start.
pub(crate) fn waits(now: &Settings, opened: &Settings, till: &str, profile: Profile) -> bool {
    let differs = |name: &SettingName| !settings::same(now, opened, *name);
    let mut late = SettingName::EVERY.iter().filter(|name| !settings::is_live(**name) && **name != SettingName::TillId);
    late.any(differs) || now.till.id != till || now.profile != profile
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_recorded_is_put_back_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = SettingsFile { path: folder.path().join("settings.toml") };
        file.keep("first").expect("written");
        file.put_back();
        assert!(!file.path.exists(), "there was none");
        file.keep("first").expect("written");
        file.keep("second").expect("written");
        file.put_back();
        assert_eq!(fs::read_to_string(&file.path).expect("a file"), "first");
    }
}
