//! Which world the till sells in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Which world the till sells in. Each has its own journal, so that practice never mixes with money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// The built-in simulator on this machine. No money moves.
    Training,
    /// ECPay's stage. No money moves.
    Stage,
    /// ECPay. Money moves.
    Production,
}

impl Profile {
    /// The profile as settings and folders write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Stage => "stage",
            Self::Production => "production",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Profile {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Training, Self::Stage, Self::Production]
            .into_iter()
            .find(|profile| profile.name() == text)
            .ok_or_else(|| format!("there is no profile {text:?}: it is training, stage or production"))
    }
}
