//! What can be wrong with a product somebody wrote down, in a file or in a form: said so that the screen can say it in
//! its own language.

use serde::Serialize;
use thiserror::Error;
use till::catalogue::{Product, ProductError};

/// What is wrong, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Wrong {
    /// Not a code.
    #[error("a product code is 1 to 24 letters, digits, dots or dashes, not {given:?}")]
    Code {
        /// As given.
        given: String,
    },
    /// The code stands on another line too.
    #[error("the code {code} is already on line {line}")]
    CodeTwice {
        /// Which.
        code: String,
        /// The line.
        line: u64,
    },
    /// A product of that code is there already.
    #[error("there is a product {code} already")]
    CodeTaken {
        /// Which.
        code: String,
    },
    /// Not a barcode.
    #[error("a barcode is 4 to 48 letters and digits, not {given:?}")]
    Barcode {
        /// As given.
        given: String,
    },
    /// Most likely a typing mistake.
    #[error("the last digit of barcode {given} should be {expected}")]
    CheckDigit {
        /// As given.
        given: String,
        /// What the digits before it ask for.
        expected: String,
    },
    /// The barcode is there twice.
    #[error("the barcode {barcode} is already on line {line}")]
    BarcodeTwice {
        /// Which.
        barcode: String,
        /// The line.
        line: u64,
    },
    /// The barcode means another product.
    #[error("the barcode {barcode} is already that of product {product}")]
    BarcodeTaken {
        /// Which.
        barcode: String,
        /// That product's code.
        product: String,
    },
    /// No name, too long a name, or one with what cannot be seen.
    #[error("a product name has 1 to {max} characters that can be seen")]
    Name {
        /// The most characters.
        max: usize,
    },
    /// No category, or too long a one.
    #[error("a category has 1 to 24 characters")]
    Category,
    /// Less than nothing, or absurd.
    #[error("a price is between 0 and {max} dollars")]
    Price {
        /// The highest.
        max: i64,
    },
    /// Not a number of dollars.
    #[error("the price {given:?} is not a whole number of dollars")]
    NotDollars {
        /// As given.
        given: String,
    },
    /// Not a tax kind.
    #[error("the tax {given:?} is not taxable, zero or exempt")]
    Tax {
        /// As given.
        given: String,
    },
    /// Not a unit.
    #[error("the unit {given:?} is not piece or kg")]
    Unit {
        /// As given.
        given: String,
    },
    /// Neither yes nor no.
    #[error("{given:?} is not yes or no")]
    YesOrNo {
        /// As given.
        given: String,
    },
    /// Not a day and a price.
    #[error("the later price {given:?} is not a day and a price, as in 2026-12-31 45")]
    LaterPrice {
        /// As given.
        given: String,
    },
    /// Not a day.
    #[error("the day {given:?} is not written as 2026-12-31")]
    Day {
        /// As given.
        given: String,
    },
    /// Too many of either, or two prices from one day.
    #[error("a product has at most {codes} barcodes and {prices} later prices, each from a day of its own")]
    TooMany {
        /// The most barcodes.
        codes: usize,
        /// The most later prices.
        prices: usize,
    },
    /// The row is no row.
    #[error("the row cannot be read")]
    Row,
}

impl From<ProductError> for Wrong {
    fn from(error: ProductError) -> Self {
        match error {
            ProductError::Code(given) => Self::Code { given },
            ProductError::Barcode(given) => Self::Barcode { given },
            ProductError::CheckDigit { given, expected } => Self::CheckDigit { given, expected: expected.to_string() },
            ProductError::Name => Self::Name { max: Product::NAME_MAX },
            ProductError::Category => Self::Category,
            ProductError::Price => Self::Price { max: Product::PRICE_MAX.as_dollars() },
            ProductError::TooMany => Self::TooMany { codes: Product::BARCODES_MAX, prices: Product::PRICES_MAX },
        }
    }
}
