//! A person's PIN as it is kept: an argon2id PHC string, from which only trying every PIN leads back.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};

use crate::error::VaultError;

/// What one look at a PIN costs now: 19 MiB, two passes, one lane. The string says it, so that it can be raised later.
const NOW: (u32, u32, u32) = (19 * 1024, 2, 1);

/// The most a kept string can make the till work, whatever it says.
const MOST: (u32, u32, u32) = (256 * 1024, 16, 4);

/// The form in which a PIN is kept, with a fresh salt.
///
/// # Errors
/// [`VaultError::NoRandomness`] when the system gives none.
pub fn keep_pin(pin: &str) -> Result<String, VaultError> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|_| VaultError::NoRandomness)?;
    let params = Params::new(NOW.0, NOW.1, NOW.2, None).map_err(|_| VaultError::Damaged)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let kept = argon2.hash_password_with_salt(pin.as_bytes(), &salt).map_err(|_| VaultError::Damaged)?;
    Ok(kept.to_string())
}

/// Whether `pin` is the one that was kept. Takes as long for a wrong one.
#[must_use]
pub fn pin_matches(pin: &str, kept: &str) -> bool {
    let Ok(kept) = PasswordHash::new(kept) else { return false };
    let bearable = Params::try_from(&kept)
        .is_ok_and(|params| params.m_cost() <= MOST.0 && params.t_cost() <= MOST.1 && params.p_cost() <= MOST.2);
    bearable && Argon2::default().verify_password(pin.as_bytes(), &kept).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_kept_as_an_argon2id_string_with_a_salt_of_its_own() {
        let (one, other) = (keep_pin("4711").expect("kept"), keep_pin("4711").expect("kept"));
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, other);
        assert!(pin_matches("4711", &one) && pin_matches("4711", &other));
        assert!(!pin_matches("4712", &one));
    }

    #[test]
    fn a_string_that_asks_for_too_much_work_is_not_even_tried() {
        let greedy = "$argon2id$v=19$m=4194304,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA";
        assert!(!pin_matches("4711", greedy));
        assert!(!pin_matches("4711", "4711"));
    }
}
