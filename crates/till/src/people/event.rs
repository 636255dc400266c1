//! What happens to people, and what they let happen.

use serde::{Deserialize, Serialize};

use super::{Act, PersonId, PersonName, PinHash, Role};

/// What happened to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PersonEvent {
    /// They work here from now on.
    Added {
        /// What they are called.
        name: PersonName,
        /// What they may do.
        role: Role,
        /// Their PIN, as it is kept.
        pin: PinHash,
    },
    /// They are called something else.
    Renamed {
        /// What.
        name: PersonName,
    },
    /// They may do something else.
    RoleChanged {
        /// What they are now.
        role: Role,
    },
    /// They have another PIN.
    PinChanged {
        /// As it is kept.
        pin: PinHash,
    },
    /// They no longer work here. The id is never used again.
    Retired,
    /// Somebody gave a wrong PIN under their name.
    PinWrong,
    /// The right PIN came after wrong ones.
    PinRight,
    /// An owner has seen the wrong PINs so far.
    WrongPinsSeen,
}

/// A person as an event names them: by id where they are registered, and by what they were called then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Which; nothing in a shop where nobody is registered, and for the machine itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// What they were called.
    pub name: String,
}

/// Somebody let somebody do something, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who wanted to.
    pub asked: Named,
    /// Who let them.
    pub approved: Named,
    /// What.
    pub what: Act,
    /// What it is about: a sale, an attempt, a task, a person.
    pub about: String,
    /// Why.
    pub reason: String,
}
