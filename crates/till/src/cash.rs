//! Notes and coins: what lies in the drawer, counted piece by piece.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::money::Money;

/// The notes and coins of New Taiwan dollars, the largest first.
pub const DENOMINATIONS: [u16; 9] = [2000, 1000, 500, 200, 100, 50, 10, 5, 1];

/// More pieces of one kind than any drawer holds: whoever types more has typed something else.
const PIECES_MAX: u32 = 100_000;

/// So many of each note and coin. Written down as pairs, the largest first: `[[1000, 3], [50, 2]]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<(u16, u32)>", into = "Vec<(u16, u32)>")]
pub struct CashCount(BTreeMap<u16, u32>);

/// Why something is no count of a drawer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CountError {
    /// There is no such note or coin.
    #[error("there is no note or coin of {0} dollars")]
    NoSuchPiece(u16),
    /// One kind is counted twice.
    #[error("{0} dollars are there twice")]
    Twice(u16),
    /// More than a drawer holds.
    #[error("a drawer does not hold {pieces} pieces of {denomination} dollars")]
    TooMany {
        /// Of which.
        denomination: u16,
        /// As given.
        pieces: u32,
    },
}

impl CashCount {
    /// What the pieces come to.
    #[must_use]
    pub fn total(&self) -> Money {
        self.0.iter().map(|(denomination, pieces)| Money::dollars(i64::from(*denomination) * i64::from(*pieces))).sum()
    }

    /// The kinds of which there are any, the largest first, with how many.
    pub fn pieces(&self) -> impl Iterator<Item = (u16, u32)> {
        self.0.iter().rev().map(|(denomination, pieces)| (*denomination, *pieces))
    }
}

impl TryFrom<Vec<(u16, u32)>> for CashCount {
    type Error = CountError;

    /// Kinds of which there are none are left out.
    fn try_from(counted: Vec<(u16, u32)>) -> Result<Self, CountError> {
        let mut kinds = BTreeMap::new();
        for (denomination, pieces) in counted {
            if !DENOMINATIONS.contains(&denomination) {
                return Err(CountError::NoSuchPiece(denomination));
            }
            if pieces > PIECES_MAX {
                return Err(CountError::TooMany { denomination, pieces });
            }
            if kinds.insert(denomination, pieces).is_some() {
                return Err(CountError::Twice(denomination));
            }
        }
        kinds.retain(|_, pieces| *pieces > 0);
        Ok(Self(kinds))
    }
}

impl From<CashCount> for Vec<(u16, u32)> {
    fn from(count: CashCount) -> Self {
        count.pieces().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(pieces: &[(u16, u32)]) -> Result<CashCount, CountError> {
        pieces.to_vec().try_into()
    }

    #[test]
    fn a_count_comes_to_the_sum_of_its_pieces() {
        let counted = count(&[(1000, 3), (100, 12), (50, 0), (1, 4)]).expect("a count");
        assert_eq!(counted.total(), Money::dollars(4_204));
        assert_eq!(counted.pieces().collect::<Vec<_>>(), [(1000, 3), (100, 12), (1, 4)]);
        assert_eq!(CashCount::default().total(), Money::ZERO);
    }

    #[test]
    fn what_is_no_note_or_coin_is_refused() {
        assert_eq!(count(&[(50, 1), (50, 2)]), Err(CountError::Twice(50)));
        assert_eq!(count(&[(25, 1)]), Err(CountError::NoSuchPiece(25)));
        assert_eq!(count(&[(1, 100_001)]), Err(CountError::TooMany { denomination: 1, pieces: 100_001 }));
        let most: Vec<(u16, u32)> = DENOMINATIONS.iter().map(|kind| (*kind, PIECES_MAX)).collect();
        assert!(count(&most).expect("a large count").total() < Money::LIMIT);
    }
}
