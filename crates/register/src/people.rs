//! A PIN as it is typed, and a person's consent: what comes in from a screen or a command line, before anybody knows
//! whether it is right.

use serde::Deserialize;
use zeroize::Zeroizing;

use crate::command_error::{CommandError, PersonProblem};

/// A PIN as typed. No `Debug`, wiped when dropped.
#[derive(Deserialize)]
#[serde(from = "String")]
pub struct Pin(Zeroizing<String>);

impl From<String> for Pin {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl Pin {
    pub(crate) fn digits(&self) -> &str {
        &self.0
    }

    /// Whether somebody may have it from now on: 4 to 12 digits, and not the ones everybody tries first.
    ///
    /// # Errors
    /// [`PersonProblem::Pin`] or [`PersonProblem::EasyPin`].
    pub(crate) fn check_new(&self) -> Result<(), CommandError> {
        let refuse = |why| Err(CommandError::PersonRefused { why });
        let digits = self.0.as_bytes();
        if !(4..=12).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
            return refuse(PersonProblem::Pin);
        }
        let steps_by = |step: u8| digits.windows(2).all(|pair| pair[1] == pair[0].wrapping_add(step));
        if steps_by(0) || steps_by(1) || steps_by(u8::MAX) {
            return refuse(PersonProblem::EasyPin);
        }
        Ok(())
    }
}

/// Somebody says, with their PIN, that one thing may be done now. Good for one command.
#[derive(Deserialize)]
pub struct Consent {
    /// Who, by id.
    pub person: String,
    /// Their PIN.
    pub pin: Pin,
    /// Why.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new_pin(text: &str) -> Result<(), CommandError> {
        Pin::from(text.to_owned()).check_new()
    }

    #[test]
    fn a_new_pin_has_four_to_twelve_digits_and_is_not_the_first_that_anybody_tries() {
        assert_eq!(new_pin("4711"), Ok(()));
        assert_eq!(new_pin("858585858585"), Ok(()));
        for text in ["", "123", "47a1", "４７１１", "1234567890123", "4711 "] {
            assert_eq!(new_pin(text), Err(CommandError::PersonRefused { why: PersonProblem::Pin }), "{text:?}");
        }
        for text in ["0000", "1234", "9876", "456789"] {
            assert_eq!(new_pin(text), Err(CommandError::PersonRefused { why: PersonProblem::EasyPin }), "{text:?}");
        }
    }
}
