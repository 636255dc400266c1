//! Code 39, the barcode of Taiwan's convenience stores (ECPay doc 2876): letters, digits and a few signs, each as nine
//! bars and gaps of which three are wide. Read back by `zbarimg` in the tests.

/// How many units a narrow and a wide element take. Between two and three to one, as scanners want it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Elements {
    narrow: usize,
    wide: usize,
}

/// Where there is room.
pub(crate) const ROOMY: Elements = Elements { narrow: 2, wide: 5 };
/// Where a unit is a printer's dot and every dot counts: half a dot does not print.
pub(crate) const TIGHT: Elements = Elements { narrow: 1, wide: 3 };

/// Bar, gap, bar … of each sign; `w` is wide.
const SIGNS: [(char, &str); 44] = [
    ('0', "nnnwwnwnn"),
    ('1', "wnnwnnnnw"),
    ('2', "nnwwnnnnw"),
    ('3', "wnwwnnnnn"),
    ('4', "nnnwwnnnw"),
    ('5', "wnnwwnnnn"),
    ('6', "nnwwwnnnn"),
    ('7', "nnnwnnwnw"),
    ('8', "wnnwnnwnn"),
    ('9', "nnwwnnwnn"),
    ('A', "wnnnnwnnw"),
    ('B', "nnwnnwnnw"),
    ('C', "wnwnnwnnn"),
    ('D', "nnnnwwnnw"),
    ('E', "wnnnwwnnn"),
    ('F', "nnwnwwnnn"),
    ('G', "nnnnnwwnw"),
    ('H', "wnnnnwwnn"),
    ('I', "nnwnnwwnn"),
    ('J', "nnnnwwwnn"),
    ('K', "wnnnnnnww"),
    ('L', "nnwnnnnww"),
    ('M', "wnwnnnnwn"),
    ('N', "nnnnwnnww"),
    ('O', "wnnnwnnwn"),
    ('P', "nnwnwnnwn"),
    ('Q', "nnnnnnwww"),
    ('R', "wnnnnnwwn"),
    ('S', "nnwnnnwwn"),
    ('T', "nnnnwnwwn"),
    ('U', "wwnnnnnnw"),
    ('V', "nwwnnnnnw"),
    ('W', "wwwnnnnnn"),
    ('X', "nwnnwnnnw"),
    ('Y', "wwnnwnnnn"),
    ('Z', "nwwnwnnnn"),
    ('-', "nwnnnnwnw"),
    ('.', "wwnnnnwnn"),
    (' ', "nwwnnnwnn"),
    ('*', "nwnnwnwnn"),
    ('$', "nwnwnwnnn"),
    ('/', "nwnwnnnwn"),
    ('+', "nwnnnwnwn"),
    ('%', "nnnwnwnwn"),
];

/// The longest text that is drawn; a store's barcode has at most 20 characters.
const LONGEST: usize = 24;

/// The bars of a text, one character a unit: `1` dark, `0` light; nothing when it is empty, too long, or has a character
/// Code 39 does not know. Without the blank edges, which are ten narrow elements on either side.
#[must_use]
pub fn units(text: &str) -> Option<String> {
    drawn(text, ROOMY)
}

/// The same with elements of other widths.
pub(crate) fn drawn(text: &str, elements: Elements) -> Option<String> {
    let Elements { narrow, wide } = elements;
    // The star begins and ends every code and stands for nothing else.
    if text.is_empty() || text.chars().count() > LONGEST || text.contains('*') {
        return None;
    }
    let mut units = String::new();
    for sign in std::iter::once('*').chain(text.chars()).chain(std::iter::once('*')) {
        let (_, pattern) = SIGNS.iter().find(|(known, _)| *known == sign)?;
        if !units.is_empty() {
            units.push_str(&"0".repeat(narrow));
        }
        for (at, element) in pattern.chars().enumerate() {
            let colour = if at % 2 == 0 { "1" } else { "0" };
            units.push_str(&colour.repeat(if element == 'w' { wide } else { narrow }));
        }
    }
    Some(units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_has_three_wide_elements_of_its_own_pattern() {
        for (sign, elements) in SIGNS {
            assert_eq!((elements.len(), elements.matches('w').count()), (9, 3), "{sign}");
            assert_eq!(SIGNS.iter().filter(|(_, other)| *other == elements).count(), 1, "{sign}");
        }
    }

    #[test]
    fn what_the_code_does_not_know_is_not_drawn() {
        for text in ["", "abc", "1*2", "條碼", "0123456789012345678901234"] {
            assert_eq!(units(text), None, "{text}");
        }
        assert_eq!(units("1").map(|units| units.len()), Some(3 * 27 + 2 * 2));
    }
}
