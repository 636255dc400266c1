//! What the shop sells.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::money::Money;
use crate::tax::TaxKind;
use crate::time::Day;

/// A product as the shop sells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// The shop's own short code, unique.
    pub code: ProductCode,
    /// Every barcode that means this product; each means no other.
    pub barcodes: Vec<Barcode>,
    /// What it is called on the screen and the receipt.
    pub name: String,
    /// The tab it is found under.
    pub category: String,
    /// Price of one, tax included.
    pub price: Money,
    /// How it is taxed.
    pub tax: TaxKind,
    /// What the price is for.
    #[serde(default, skip_serializing_if = "Unit::is_piece")]
    pub unit: Unit,
    /// It stands on the first tab.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub favourite: bool,
    /// Prices that begin on later days, in the order of their days; each day once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prices: Vec<Price>,
}

/// What a price is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// One piece.
    #[default]
    Piece,
    /// One kilogram; it is weighed in grams.
    Kilogram,
}

impl Unit {
    /// Whether it is sold by the piece, as nearly everything is.
    #[must_use]
    pub fn is_piece(&self) -> bool {
        *self == Self::Piece
    }
}

/// A price that begins on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// The first day it holds, in Taipei.
    pub from: Day,
    /// Price of one, tax included.
    pub price: Money,
}

/// Why a product cannot be what it was given as.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProductError {
    /// The code is empty, too long or has odd characters.
    #[error("a product code is 1 to 24 letters, digits, dots or dashes, not {0:?}")]
    Code(String),
    /// The barcode is not one.
    #[error("a barcode is 4 to 48 letters and digits, not {0:?}")]
    Barcode(String),
    /// The check digit of an EAN or UPC is wrong: most likely a typing mistake.
    #[error("the last digit of barcode {given} should be {expected}")]
    CheckDigit {
        /// As given.
        given: String,
        /// What the digits before it ask for.
        expected: char,
    },
    /// The name is empty or too long.
    #[error("a product name has 1 to {max} characters", max = Product::NAME_MAX)]
    Name,
    /// The category is too long.
    #[error("a category has 1 to 24 characters")]
    Category,
    /// The price is negative or absurd.
    #[error("a price is between 0 and {max} dollars", max = Product::PRICE_MAX)]
    Price,
    /// Two later prices begin on one day, or there are too many of either kind.
    #[error("a product has at most {codes} barcodes and {prices} later prices, each from a day of its own",
        codes = Product::BARCODES_MAX, prices = Product::PRICES_MAX)]
    TooMany,
}

impl Product {
    /// The longest name, in characters.
    pub const NAME_MAX: usize = 120;
    /// The highest price of one piece.
    pub const PRICE_MAX: Money = Money::dollars(999_999);

    /// The heaviest piece, in grams: more than anybody lifts onto a counter.
    pub const GRAMS_MAX: u32 = 999_999;

    /// The most barcodes of one product.
    pub const BARCODES_MAX: usize = 20;
    /// The most prices that begin on later days.
    pub const PRICES_MAX: usize = 12;

    /// The price on a day: the latest that has begun.
    #[must_use]
    pub fn price_on(&self, day: Day) -> Money {
        self.prices.iter().rev().find(|price| price.from <= day).map_or(self.price, |price| price.price)
    }

    /// One piece of it that weighs so much, at what that comes to: a product of its own on the cart, whose name says the
    /// weight. Nothing of what is not weighed, weighs nothing, or would cost more than anything does.
    #[must_use]
    pub fn weighing(&self, grams: u32) -> Option<Self> {
        if self.unit != Unit::Kilogram || !(1..=Self::GRAMS_MAX).contains(&grams) {
            return None;
        }
        // Half a dollar is rounded up, as scales in shops do.
        let price = Money::dollars((self.price.as_dollars() * i64::from(grams) + 500) / 1_000);
        let name = format!("{} {}.{:03} kg", self.name, grams / 1_000, grams % 1_000);
        (price <= Self::PRICE_MAX).then(|| Self { name, price, ..self.clone() })
    }

    /// One piece of it at the price its label says.
    #[must_use]
    pub fn labelled(&self, price: Money) -> Option<Self> {
        let fits = price.is_positive() && price <= Self::PRICE_MAX;
        fits.then(|| Self { price, ..self.clone() })
    }

    /// Checks what the types of the fields cannot.
    ///
    /// # Errors
    /// When name, category, a price or the number of prices and barcodes are out of bounds.
    pub fn checked(self) -> Result<Self, ProductError> {
        let name_fits = (1..=Self::NAME_MAX).contains(&self.name.chars().count());
        let tidy = |text: &str| text.trim() == text && !text.chars().any(is_unseen);
        if !name_fits || !tidy(&self.name) {
            return Err(ProductError::Name);
        }
        if !(1..=24).contains(&self.category.chars().count()) || !tidy(&self.category) {
            return Err(ProductError::Category);
        }
        let mut prices = self.prices.iter().map(|later| later.price).chain([self.price]);
        if prices.any(|price| !(Money::ZERO..=Self::PRICE_MAX).contains(&price)) {
            return Err(ProductError::Price);
        }
        let in_order = self.prices.windows(2).all(|pair| pair[0].from < pair[1].from);
        if self.barcodes.len() > Self::BARCODES_MAX || self.prices.len() > Self::PRICES_MAX || !in_order {
            return Err(ProductError::TooMany);
        }
        Ok(self)
    }
}

/// What cannot be seen and would turn a line around or make two names look the same. The joiners stay: emoji and some
/// scripts are written with them.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The shop's own code for a product.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProductCode(String);

/// What a scanner reads off a product.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Barcode(String);

impl FromStr for ProductCode {
    type Err = ProductError;
    fn from_str(text: &str) -> Result<Self, ProductError> {
        let fits = (1..=24).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        fits.then(|| Self(text.to_owned())).ok_or_else(|| ProductError::Code(text.chars().take(24).collect()))
    }
}

impl FromStr for Barcode {
    type Err = ProductError;
    fn from_str(text: &str) -> Result<Self, ProductError> {
        let fits = (4..=48).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !fits {
            return Err(ProductError::Barcode(text.chars().take(24).collect()));
        }
        if let Some(expected) = check_digit(text)
            && !text.ends_with(expected)
        {
            return Err(ProductError::CheckDigit { given: text.to_owned(), expected });
        }
        Ok(Self(text.to_owned()))
    }
}

impl ProductCode {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Barcode {
    /// The barcode as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the check digit of an EAN-8, UPC-A or EAN-13 must be; nothing for other shapes, which carry none.
fn check_digit(text: &str) -> Option<char> {
    if !matches!(text.len(), 8 | 12 | 13) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let payload = &text[..text.len() - 1];
    let sum: u32 = payload
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| u32::from(digit - b'0') * if at.is_multiple_of(2) { 3 } else { 1 })
        .sum();
    char::from_digit((10 - sum % 10) % 10, 10)
}

macro_rules! text_forms {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = ProductError;
            fn try_from(text: String) -> Result<Self, ProductError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }
    };
}
text_forms!(ProductCode);
text_forms!(Barcode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked_where_a_code_has_one() {
        for good in ["4710088412348", "96385074", "036000291452", "ABCD", "12345"] {
            assert!(good.parse::<Barcode>().is_ok(), "{good}");
        }
        assert_eq!(
            "4710088412345".parse::<Barcode>(),
            Err(ProductError::CheckDigit { given: "4710088412345".into(), expected: '8' })
        );
    }

    #[test]
    fn a_product_with_an_absurd_price_or_an_empty_name_is_refused() {
        let tea = Product {
            code: "TEA".parse().expect("a code"),
            barcodes: vec![],
            name: "綠茶".into(),
            category: "飲料".into(),
            price: Money::dollars(25),
            tax: TaxKind::Taxable,
            unit: Unit::Piece,
            favourite: false,
            prices: vec![],
        };
        assert!(tea.clone().checked().is_ok());
        assert_eq!(Product { price: Money::dollars(-1), ..tea.clone() }.checked(), Err(ProductError::Price));
        assert_eq!(Product { name: " ".into(), ..tea.clone() }.checked(), Err(ProductError::Name));
        assert_eq!(Product { category: String::new(), ..tea }.checked(), Err(ProductError::Category));
    }

    fn bananas(name: &str, price: i64) -> Product {
        Product {
            code: "00042".parse().expect("a code"),
            barcodes: vec![],
            name: name.into(),
            category: "水果".into(),
            price: Money::dollars(price),
            tax: TaxKind::Exempt,
            unit: Unit::Kilogram,
            favourite: false,
            prices: vec![],
        }
    }

    #[test]
    fn a_piece_is_weighed_to_the_dollar_and_its_name_says_the_weight() {
        let bananas = bananas("香蕉", 45);
        let piece = bananas.weighing(1_250).expect("a weight");
        assert_eq!((piece.name.as_str(), piece.price), ("香蕉 1.250 kg", Money::dollars(56)));
        assert_eq!(bananas.weighing(300).expect("a weight").price, Money::dollars(14), "13.5 dollars");
        assert_eq!(bananas.weighing(0), None);
        assert_eq!(bananas.weighing(1_000_000), None);
        assert_eq!(Product { unit: Unit::Piece, ..bananas.clone() }.weighing(100), None);
        assert_eq!(Product { price: Product::PRICE_MAX, ..bananas }.weighing(1_001), None);
    }

    #[test]
    fn a_name_of_ten_thousand_characters_is_refused_and_emoji_and_right_to_left_scripts_are_names() {
        for good in ["👨‍👩‍👧 家庭號 🍜", "שוקולד מריר", "شاي أخضر", &"長".repeat(120)]
        {
            assert!(bananas(good, 1).checked().is_ok(), "{good}");
        }
        for bad in [&*"長".repeat(10_000), "茶\u{202e}01$", "\u{200b}茶", "茶\u{2066}", "a\nb", "\u{feff}茶"] {
            assert_eq!(bananas(bad, 1).checked(), Err(ProductError::Name), "{bad:?}");
        }
        assert_eq!(bananas("茶", 2_147_483_648).checked(), Err(ProductError::Price));
    }

    #[test]
    fn a_later_price_begins_on_its_day() {
        let later = |from: &str, price| Price { from: from.parse().expect("a day"), price: Money::dollars(price) };
        let rice = Product {
            code: "RICE".parse().expect("a code"),
            barcodes: vec![],
            name: "米".into(),
            category: "米糧".into(),
            price: Money::dollars(60),
            tax: TaxKind::Exempt,
            unit: Unit::Kilogram,
            favourite: false,
            prices: vec![later("2026-02-01", 65), later("2026-03-01", 70)],
        };
        let on = |day: &str| rice.price_on(day.parse().expect("a day")).as_dollars();
        assert_eq!([on("2026-01-31"), on("2026-02-01"), on("2026-02-28"), on("2026-04-01")], [60, 65, 65, 70]);
        assert!(rice.clone().checked().is_ok());
        let twice = vec![later("2026-02-01", 65), later("2026-02-01", 70)];
        assert_eq!(Product { prices: twice, ..rice }.checked(), Err(ProductError::TooMany));
    }
}
