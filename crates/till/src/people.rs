//! Who works at the till, what each may do, and who let whom do what.

mod act;
mod event;
mod throttle;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::time::Timestamp;

pub use act::{Act, Role};
pub use event::{Approval, Named, PersonEvent};
pub use throttle::WrongPins;

/// Why a text is not what a person goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PersonError {
    /// Not an id.
    #[error("a person's id is 1 to 16 small letters or digits")]
    Id,
    /// Not a name.
    #[error("a person's name has 1 to 20 characters that can be seen")]
    Name,
    /// Not the form in which a PIN is kept.
    #[error("a PIN is kept as an argon2id PHC string")]
    PinHash,
}

macro_rules! checked_text {
    ($name:ident) => {
        impl $name {
            /// As text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = PersonError;
            fn try_from(text: String) -> Result<Self, PersonError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }
    };
}

/// What a person is known by in the journal. Never changes and is never used again, whatever the name becomes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonId(String);
checked_text!(PersonId);

impl FromStr for PersonId {
    type Err = PersonError;
    fn from_str(text: &str) -> Result<Self, PersonError> {
        let fits = (1..=16).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        fits.then(|| Self(text.to_owned())).ok_or(PersonError::Id)
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a person is called at the till and on receipts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);
checked_text!(PersonName);

impl FromStr for PersonName {
    type Err = PersonError;
    fn from_str(text: &str) -> Result<Self, PersonError> {
        let text = text.trim();
        // What cannot be seen could make two names look the same, or turn the line around.
        let unseen = |c: char| {
            c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        };
        let fits = (1..=20).contains(&text.chars().count()) && !text.chars().any(unseen);
        fits.then(|| Self(text.to_owned())).ok_or(PersonError::Name)
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A PIN as it is kept: an argon2id PHC string. Nothing prints it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PinHash(String);
checked_text!(PinHash);

impl FromStr for PinHash {
    type Err = PersonError;
    fn from_str(text: &str) -> Result<Self, PersonError> {
        let fits =
            text.starts_with("$argon2id$") && text.len() <= 200 && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned())).ok_or(PersonError::PinHash)
    }
}

impl fmt::Debug for PinHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PinHash")
    }
}

/// A person as their events leave them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// In the journal.
    pub id: PersonId,
    /// At the till.
    pub name: PersonName,
    /// What they may do.
    pub role: Role,
    /// They still work here.
    pub active: bool,
    /// Their PIN, as it is kept.
    pub pin: PinHash,
    /// Wrong PINs since the last right one.
    pub wrong: WrongPins,
}

impl Person {
    /// The person as their first event, [`PersonEvent::Added`], makes them; nothing for any other event.
    #[must_use]
    pub fn added(id: PersonId, event: &PersonEvent) -> Option<Self> {
        let PersonEvent::Added { name, role, pin } = event else { return None };
        let (name, role, pin) = (name.clone(), *role, pin.clone());
        Some(Self { id, name, role, active: true, pin, wrong: WrongPins::default() })
    }

    /// Folds one more event in; `at` is when it was recorded.
    pub fn apply(&mut self, event: &PersonEvent, at: Timestamp) {
        match event {
            PersonEvent::Added { name, role, pin } => {
                self.name.clone_from(name);
                self.role = *role;
                self.pin.clone_from(pin);
            }
            PersonEvent::Renamed { name } => self.name.clone_from(name),
            PersonEvent::RoleChanged { role } => self.role = *role,
            PersonEvent::PinChanged { pin } => {
                self.pin.clone_from(pin);
                self.wrong = WrongPins { unseen: self.wrong.unseen, ..WrongPins::default() };
            }
            PersonEvent::Retired => self.active = false,
            PersonEvent::PinWrong => self.wrong = self.wrong.one_more(at),
            PersonEvent::PinRight => self.wrong = WrongPins { unseen: self.wrong.unseen, ..WrongPins::default() },
            PersonEvent::WrongPinsSeen => self.wrong.unseen = 0,
        }
    }

    /// Whether they may do this without asking anybody.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        self.active && self.role.may(act)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_can_be_seen_and_an_id_is_plain() {
        assert_eq!(" 陳店長 ".parse::<PersonName>().expect("a name").as_str(), "陳店長");
        for text in ["", "   ", "a\u{202e}b", "a\nb", "\u{200b}x", &"長".repeat(21)] {
            assert_eq!(text.parse::<PersonName>(), Err(PersonError::Name), "{text:?}");
        }
        for text in ["", "A1", "a-b", "abcdefghijklmnopq"] {
            assert_eq!(text.parse::<PersonId>(), Err(PersonError::Id), "{text:?}");
        }
    }

    #[test]
    fn a_kept_pin_is_never_the_pin_and_never_printed() {
        assert_eq!("1234".parse::<PinHash>(), Err(PersonError::PinHash));
        let kept: PinHash = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g".parse().expect("a PHC string");
        assert_eq!(format!("{kept:?}"), "PinHash");
    }
}
