//! The test cards that ECPay publishes (doc 2856). No other number is taken: nobody's real card belongs in here.

/// A published card, recognised. Keeps what notices carry and nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TestCard {
    pub(crate) first_six: String,
    pub(crate) last_four: String,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Ordinary,
    UnionPay,
}

/// What is wrong with the card form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CardError {
    NotATestCard,
    Expiry,
    Expired,
    Cvv,
}

/// The card that the page offers to fill in.
pub(crate) const EXAMPLE: &str = "4311-9522-2222-2222";

const CARDS: [(&str, Kind); 10] = [
    ("4311951111111111", Kind::Ordinary),
    ("4311952222222222", Kind::Ordinary),
    ("4000201111111111", Kind::Ordinary),
    ("340353278080900", Kind::Ordinary),
    ("371222222222222", Kind::Ordinary),
    ("4938177777777777", Kind::Ordinary),
    ("4831388888888888", Kind::Ordinary),
    ("6213111111111", Kind::UnionPay),
    ("6216111111111111", Kind::UnionPay),
    ("6219111111111111111", Kind::UnionPay),
];

/// Reads the card form. `today` is (year, month) in Taipei.
pub(crate) fn read(number: &str, expiry: &str, cvv: &str, today: (i32, u8)) -> Result<TestCard, CardError> {
    let digits: String = number.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let (digits, kind) = CARDS.into_iter().find(|(known, _)| *known == digits).ok_or(CardError::NotATestCard)?;
    let (month, year) = read_expiry(expiry).ok_or(CardError::Expiry)?;
    if (year, month) < today {
        return Err(CardError::Expired);
    }
    if !(3..=4).contains(&cvv.len()) || !cvv.bytes().all(|b| b.is_ascii_digit()) {
        return Err(CardError::Cvv);
    }
    Ok(TestCard { first_six: digits[..6].to_owned(), last_four: digits[digits.len() - 4..].to_owned(), kind })
}

/// `MM/YY`, with or without the slash or spaces around it.
fn read_expiry(text: &str) -> Option<(u8, i32)> {
    let digits: String = text.chars().filter(|c| !matches!(c, '/' | ' ' | '-')).collect();
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let month: u8 = digits[..2].parse().ok()?;
    let year: i32 = digits[2..].parse().ok()?;
    (1..=12).contains(&month).then_some((month, 2000 + year))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: (i32, u8) = (2026, 7);

    #[test]
    fn published_cards_are_taken_however_they_are_spaced() {
        for number in ["4311-9522-2222-2222", "4311 9522 2222 2222", "4311952222222222"] {
            let card = read(number, "12/30", "222", TODAY).unwrap();
            assert_eq!((card.first_six.as_str(), card.last_four.as_str()), ("431195", "2222"));
        }
        assert_eq!(read("6216-1111-1111-1111", "0730", "222", TODAY).unwrap().kind, Kind::UnionPay);
    }

    #[test]
    fn any_other_number_is_refused() {
        for number in ["4242424242424242", "", "4311", "43119522222222221", "四三一一"] {
            assert_eq!(read(number, "12/30", "222", TODAY), Err(CardError::NotATestCard), "{number}");
        }
    }

    #[test]
    fn expiry_must_be_a_month_that_is_not_over() {
        let with = |expiry| read(EXAMPLE, expiry, "222", TODAY);
        assert!(with("07/26").is_ok());
        assert_eq!(with("06/26"), Err(CardError::Expired));
        for wrong in ["13/30", "00/30", "1/30", "", "ab/cd", "12/2030"] {
            assert_eq!(with(wrong), Err(CardError::Expiry), "{wrong}");
        }
    }

    #[test]
    fn the_security_code_has_three_or_four_digits() {
        for (cvv, good) in [("222", true), ("1234", true), ("", false), ("22", false), ("12a", false), ("12345", false)]
        {
            assert_eq!(read(EXAMPLE, "12/30", cvv, TODAY).is_ok(), good, "{cvv}");
        }
    }
}
