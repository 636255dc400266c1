//! A shop's tax id (統一編號): eight digits of which the last says whether the others were copied right.

use thiserror::Error;

/// Why eight digits, or what was to be them, are no tax id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TaxIdError {
    /// Not eight digits.
    #[error("a tax id has eight digits")]
    Digits,
    /// Eight digits that belong to nobody: one was mistyped.
    #[error("these eight digits do not go together: one of them was mistyped")]
    Check,
}

/// How much each digit counts.
const WEIGHTS: [u32; 8] = [1, 2, 1, 2, 1, 2, 4, 1];

/// Whether a text is a tax id, by the rule of the Ministry of Finance since 2023: the digits of the weighted digits add up
/// to a multiple of five. A seven in the seventh place comes to 28, so to 10, which counts as nought or as one.
///
/// # Errors
/// [`TaxIdError`].
pub fn check(text: &str) -> Result<(), TaxIdError> {
    let digits: Vec<u32> = text.chars().map_while(|c| c.is_ascii().then(|| c.to_digit(10)).flatten()).collect();
    if digits.len() != WEIGHTS.len() || text.len() != WEIGHTS.len() {
        return Err(TaxIdError::Digits);
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight / 10 + digit * weight % 10).sum();
    let fits = sum.is_multiple_of(5) || (digits[6] == 7 && (sum + 1).is_multiple_of(5));
    if fits { Ok(()) } else { Err(TaxIdError::Check) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_companies_are_tax_ids() {
        // 台積電, 綠界科技, 統一超商, 中華電信; two of the Ministry's examples, the last with a seven in the seventh place.
        for id in ["22099131", "53538851", "22555003", "96979933", "04595257", "10458575"] {
            assert_eq!(check(id), Ok(()), "{id}");
        }
    }

    #[test]
    fn a_digit_that_was_mistyped_is_found() {
        for id in ["22099132", "53538852", "12345678", "96979943"] {
            assert_eq!(check(id), Err(TaxIdError::Check), "{id}");
        }
        for id in ["", "2209913", "220991311", "2209913x", "２２０９９１３１", "2209 131"] {
            assert_eq!(check(id), Err(TaxIdError::Digits), "{id:?}");
        }
    }
}
