//! Barcodes that a scale in the shop prints: an EAN-13 whose digits say which product it is and what this piece weighs or
//! costs. How the digits are laid out is the shop's own choice; nobody outside it reads them.

use std::str::FromStr;

use thiserror::Error;

use crate::catalogue::{Barcode, Product};
use crate::money::Money;

/// How the shop's scale lays out its barcodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    prefix: String,
    /// One letter for each digit after the prefix, the check digit left out.
    digits: String,
}

/// Why a text is no layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "a layout is the prefix's digits, then I for each digit of the product's code, W for grams or P for dollars, \
     and x for digits that mean nothing: 12 together, as in 21IIIIIWWWWW"
)]
pub struct LayoutError;

/// What one such barcode says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The digits that name the product.
    pub item: String,
    /// What the piece weighs or costs.
    pub says: Says,
}

/// What a label says of its piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// So many grams.
    Weight(u32),
    /// So many dollars.
    Price(Money),
}

impl FromStr for Layout {
    type Err = LayoutError;

    fn from_str(text: &str) -> Result<Self, LayoutError> {
        let (prefix, digits) = text.split_at(text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len()));
        let count = |wanted: char| digits.chars().filter(|letter| *letter == wanted).count();
        let known = digits.chars().all(|letter| matches!(letter, 'I' | 'W' | 'P' | 'x'));
        let one_value = (count('W') == 0) != (count('P') == 0);
        // GS1 leaves 2 and 02 to the shop; anything else is somebody's product.
        let ours = (1..=4).contains(&prefix.len()) && (prefix.starts_with('2') || prefix.starts_with("02"));
        let fits = text.len() == 12 && ours && known && one_value && count('I') > 0;
        // Each is one run of digits, or a code could be put together from two ends.
        let in_one =
            |wanted: char| digits.trim_matches(|letter| letter != wanted).chars().all(|letter| letter == wanted);
        let fits = fits && ['I', 'W', 'P'].into_iter().all(in_one);
        fits.then(|| Self { prefix: prefix.to_owned(), digits: digits.to_owned() }).ok_or(LayoutError)
    }
}

impl Layout {
    /// What this barcode says, where it is one of these and its check digit is right.
    #[must_use]
    pub fn read(&self, barcode: &Barcode) -> Option<Label> {
        let text = barcode.as_str();
        let digits = text.strip_prefix(self.prefix.as_str()).filter(|_| text.len() == 13)?;
        let of = |wanted: char| -> String {
            self.digits
                .chars()
                .zip(digits.chars())
                .filter(|(letter, _)| *letter == wanted)
                .map(|(_, digit)| digit)
                .collect()
        };
        let says = match (of('W'), of('P')) {
            (weight, price) if price.is_empty() => Says::Weight(weight.parse().ok()?),
            (_, price) => Says::Price(Money::dollars(price.parse().ok()?)),
        };
        Some(Label { item: of('I'), says })
    }

    /// Whether a text looks like one of these, right or misread.
    #[must_use]
    pub fn is_meant(&self, text: &str) -> bool {
        text.len() == 13 && text.starts_with(&self.prefix) && text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl Label {
    /// The piece the label is on. Nothing when it says nothing that can be sold: no weight, a weight of what is sold by
    /// the piece, more than anything costs.
    #[must_use]
    pub fn piece_of(&self, product: &Product) -> Option<Product> {
        match self.says {
            Says::Weight(grams) => product.weighing(grams),
            Says::Price(price) => product.labelled(price),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(text: &str) -> Layout {
        text.parse().expect("a layout")
    }

    #[test]
    fn a_layout_names_every_digit_but_the_check_digit() {
        for good in ["21IIIIIWWWWW", "02IIIIPPPPPP", "2IIIIIIxWWWW", "28xIIIIIPPPP"] {
            assert!(good.parse::<Layout>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "21IIIIIWWWW",
            "21IIIIIWWWWWW",
            "47IIIIIWWWWW",
            "21IIIIIWWPPP",
            "21WWWWWWWWWW",
            "21IIIIIIIIII",
            "21IIWWWWWIII",
            "21IIIIIwwwww",
        ] {
            assert_eq!(bad.parse::<Layout>(), Err(LayoutError), "{bad}");
        }
    }

    #[test]
    fn a_label_says_which_product_and_what_it_weighs_or_costs() {
        let read = |layout_text: &str, text: &str| layout(layout_text).read(&text.parse().expect("a barcode"));
        let weighed = Label { item: "00042".into(), says: Says::Weight(1250) };
        assert_eq!(read("21IIIIIWWWWW", "2100042012509"), Some(weighed));
        let priced = Label { item: "0042".into(), says: Says::Price(Money::dollars(185)) };
        assert_eq!(read("02IIIIPPPPPP", "0200420001858"), Some(priced));
        assert_eq!(read("21IIIIIWWWWW", "4710088412348"), None);
    }

    #[test]
    fn a_misread_label_is_no_barcode_and_still_known_as_a_label() {
        assert!("2100042012505".parse::<Barcode>().is_err());
        assert!(layout("21IIIIIWWWWW").is_meant("2100042012505"));
        assert!(!layout("21IIIIIWWWWW").is_meant("21000420125"));
    }
}
