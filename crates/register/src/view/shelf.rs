//! What the screens are shown of the products, and what they send when somebody changes one.

use serde::{Deserialize, Serialize};

use super::{Product, TaxKind};
use crate::catalogue::Wrong;

/// What a price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// One piece.
    Piece,
    /// One kilogram.
    Kilogram,
}

impl From<till::catalogue::Unit> for Unit {
    fn from(unit: till::catalogue::Unit) -> Self {
        match unit {
            till::catalogue::Unit::Piece => Self::Piece,
            till::catalogue::Unit::Kilogram => Self::Kilogram,
        }
    }
}

impl From<Unit> for till::catalogue::Unit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Piece => Self::Piece,
            Unit::Kilogram => Self::Kilogram,
        }
    }
}

/// A tab of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ShelfTab {
    /// What stands at hand.
    Favourites,
    /// Everything.
    All,
    /// One category.
    Category {
        /// Its name.
        name: String,
    },
}

shown! {
    /// How many products there are, and where.
    pub struct Shelf {
        /// All of them.
        pub total: usize,
        /// Those at hand.
        pub favourites: usize,
        /// The categories, in the order in which they come first.
        pub categories: Vec<Category>,
        /// So many are shown at a time.
        pub page: usize,
    }
}

shown! {
    /// A category.
    pub struct Category {
        /// Its name.
        pub name: String,
        /// How many products it has.
        pub count: usize,
    }
}

shown! {
    /// Some of the products of a tab.
    pub struct ShelfPage {
        /// These.
        pub products: Vec<Product>,
        /// How many come before them.
        pub from: usize,
        /// How many the tab has.
        pub total: usize,
    }
}

/// A product as somebody writes it down. What the till makes of it is checked there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ProductForm {
    /// The shop's code.
    pub code: String,
    /// Every barcode that means it.
    pub barcodes: Vec<String>,
    /// Its name.
    pub name: String,
    /// Its tab.
    pub category: String,
    /// Its price before any later one.
    pub price: i64,
    /// Its tax.
    pub tax: TaxKind,
    /// What the price is for.
    pub unit: Unit,
    /// It stands at hand.
    pub favourite: bool,
    /// Prices of later days.
    pub prices: Vec<LaterPrice>,
}

/// A price that begins on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LaterPrice {
    /// The day, as `2026-12-31`.
    pub from: String,
    /// The price.
    pub price: i64,
}

/// Why a whole file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FileProblem {
    /// It is no text in any encoding a spreadsheet writes.
    NotText,
    /// A column is missing.
    Column {
        /// Which.
        missing: String,
    },
    /// A column is there twice.
    ColumnTwice {
        /// Which.
        twice: String,
    },
    /// There is nothing in it.
    Empty,
    /// There is too much in it.
    TooLong {
        /// The most rows.
        rows: usize,
        /// The most megabytes.
        megabytes: usize,
    },
}

shown! {
    /// What taking a file would do. Nothing is taken while anything stands against it.
    pub struct ImportPlan {
        /// Why the file as a whole is not taken.
        pub file: Option<FileProblem>,
        /// What stands against its rows.
        pub problems: Vec<RowProblem>,
        /// There are more problems than are listed.
        pub more: bool,
        /// Products the till does not have.
        pub added: usize,
        /// Products that differ.
        pub changed: usize,
        /// Of those, how many in price.
        pub repriced: usize,
        /// Products that are as the file has them.
        pub same: usize,
        /// Somebody said stop.
        pub cancelled: bool,
    }
}

shown! {
    /// What is wrong with one row.
    pub struct RowProblem {
        /// The line of the file.
        pub line: u64,
        /// What.
        pub what: Wrong,
    }
}

shown! {
    /// How far reading a file is.
    pub struct ImportProgress {
        /// Of a hundred.
        pub percent: u8,
    }
}

shown! {
    /// Where an export went.
    pub struct Exported {
        /// How many products it has.
        pub products: usize,
        /// The file.
        pub path: String,
    }
}

shown! {
    /// How the scanner types, where it was set to type anything but the code and Enter.
    #[derive(Default)]
    pub struct Scanner {
        /// What it types before each code.
        pub prefix: String,
        /// What it types after each code, before the key that ends it.
        pub suffix: String,
        /// The key that ends a code.
        pub end: ScannerEnd,
    }
}

/// The key that ends a code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ScannerEnd {
    /// As scanners come.
    #[default]
    Enter,
    /// The tabulator.
    Tab,
}
