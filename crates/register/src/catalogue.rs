//! The catalogue as a file: `code,barcode,name,category,price,tax`, one product a line, UTF-8 with or without BOM. Either
//! every row is good and all are taken, or none is and every row's problem is listed.

use std::collections::HashMap;

use serde::Serialize;
use thiserror::Error;
use till::catalogue::Product;
use till::money::Money;
use till::tax::TaxKind;

/// The columns, in any order.
pub const COLUMNS: [&str; 6] = ["code", "barcode", "name", "category", "price", "tax"];

/// The most rows one file may have.
pub const ROWS_MAX: usize = 100_000;

/// The longest file that is read, in bytes: far more than so many rows need.
pub const BYTES_MAX: usize = 32 * 1024 * 1024;

/// Reading stops after so many problems: a file with more is another kind of file.
pub const PROBLEMS_MAX: usize = 1_000;

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    /// It is not text in UTF-8.
    #[error("the file is not UTF-8 text: save it as \"CSV UTF-8\" and try again")]
    NotUtf8,
    /// A column is missing.
    #[error("the first line must name the columns code,barcode,name,category,price,tax; {missing} is missing")]
    Column {
        /// Which.
        missing: &'static str,
    },
    /// Some rows cannot be products.
    #[error("{} of the rows cannot be taken, so none was; the first: {}", how_many(problems), problems[0])]
    Rows {
        /// Every row's problem, up to [`PROBLEMS_MAX`].
        problems: Vec<Problem>,
    },
    /// There is nothing in it.
    #[error("the file has no products")]
    Empty,
    /// There is too much in it.
    #[error("the file has more than {ROWS_MAX} rows or 32 MB: split it")]
    TooLong,
}

/// What is wrong with one row.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[error("line {line}: {what}")]
pub struct Problem {
    /// The line of the file, the first being 1.
    pub line: u64,
    /// What is wrong and what would be right.
    pub what: String,
}

/// Reads a catalogue.
///
/// # Errors
/// When any row cannot be a product: then all problems, not just the first.
pub fn read(bytes: &[u8]) -> Result<Vec<Product>, ImportError> {
    if bytes.len() > BYTES_MAX {
        return Err(ImportError::TooLong);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| ImportError::NotUtf8)?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let columns = Columns::find(reader.headers().map_err(|_| ImportError::NotUtf8)?)?;
    let mut seen = Seen::default();
    let mut products = Vec::new();
    let mut problems = Vec::new();
    for row in reader.records() {
        if products.len() + problems.len() >= ROWS_MAX {
            return Err(ImportError::TooLong);
        }
        let (line, product) = match row {
            Ok(row) => {
                let line = row.position().map_or(0, csv::Position::line);
                (line, columns.product(&row).and_then(|product| seen.check(&product, line).map(|()| product)))
            }
            Err(error) => (error.position().map_or(0, csv::Position::line), Err("the row cannot be read".to_owned())),
        };
        match product {
            Ok(product) => products.push(product),
            Err(what) => problems.push(Problem { line, what }),
        }
        if problems.len() == PROBLEMS_MAX {
            break;
        }
    }
    match (problems.is_empty(), products.is_empty()) {
        (false, _) => Err(ImportError::Rows { problems }),
        (true, true) => Err(ImportError::Empty),
        (true, false) => Ok(products),
    }
}

fn how_many(problems: &[Problem]) -> String {
    let more = if problems.len() < PROBLEMS_MAX { "" } else { " or more" };
    format!("{}{more}", problems.len())
}

/// As much of a field as a person needs to find it again.
fn short(field: &str) -> String {
    field.chars().take(24).collect()
}

/// Where each column stands.
struct Columns([usize; 6]);

/// Codes and barcodes met so far, and on which line.
#[derive(Default)]
struct Seen {
    codes: HashMap<String, u64>,
    barcodes: HashMap<String, u64>,
}

impl Columns {
    fn find(header: &csv::StringRecord) -> Result<Self, ImportError> {
        let mut at = [0; 6];
        for (place, name) in at.iter_mut().zip(COLUMNS) {
            let found = header.iter().position(|field| field.eq_ignore_ascii_case(name));
            *place = found.ok_or(ImportError::Column { missing: name })?;
        }
        Ok(Self(at))
    }

    fn product(&self, row: &csv::StringRecord) -> Result<Product, String> {
        let [code, barcode, name, category, price, tax] = self.0.map(|at| row.get(at).unwrap_or_default());
        let dollars: i64 =
            price.parse().map_err(|_| format!("the price {:?} is not a whole number of dollars", short(price)))?;
        let tax = match tax {
            "taxable" => TaxKind::Taxable,
            "zero" => TaxKind::ZeroRated,
            "exempt" => TaxKind::Exempt,
            other => return Err(format!("the tax {:?} is not taxable, zero or exempt", short(other))),
        };
        let product = Product {
            code: code.parse().map_err(|error| format!("{error}"))?,
            barcodes: match barcode {
                "" => vec![],
                barcode => vec![barcode.parse().map_err(|error| format!("{error}"))?],
            },
            name: name.to_owned(),
            category: category.to_owned(),
            price: Money::dollars(dollars),
            tax,
        };
        product.checked().map_err(|error| error.to_string())
    }
}

impl Seen {
    fn check(&mut self, product: &Product, line: u64) -> Result<(), String> {
        if let Some(earlier) = self.codes.insert(product.code.to_string(), line) {
            return Err(format!("the code {} is already on line {earlier}", product.code));
        }
        for barcode in &product.barcodes {
            if let Some(earlier) = self.barcodes.insert(barcode.to_string(), line) {
                return Err(format!("the barcode {barcode} is already on line {earlier}"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "code,barcode,name,category,price,tax\n";

    #[test]
    fn a_good_file_is_taken_whole_in_any_column_order_with_or_without_bom() {
        let file = "\u{feff}name,price,tax,code,barcode,category\n綠茶,25,taxable,TEA,4710088412348,飲料\n\"米, 大包\",180,exempt,RICE,,米糧\n";
        let products = read(file.as_bytes()).expect("a good file");
        assert_eq!(products.len(), 2);
        assert_eq!(products[1].name, "米, 大包");
        assert_eq!(products[1].barcodes, []);
        assert_eq!(products[0].price, Money::dollars(25));
    }

    #[test]
    fn one_bad_row_and_nothing_is_taken_and_every_problem_is_named() {
        let rows = "A,4710088412348,x,c,1,taxable\nB,4710088412348,x,c,1,taxable\nC,,x,c,-1,taxable\nD,,x,c,1.5,taxable\nA,,x,c,1,taxable\nE,4710088412345,x,c,1,taxable\nF,,x,c,1,vat\n";
        let Err(ImportError::Rows { problems }) = read(format!("{HEADER}{rows}").as_bytes()) else {
            panic!("a bad file was taken")
        };
        let lines: Vec<u64> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [3, 4, 5, 6, 7, 8]);
        assert!(problems[0].what.contains("already on line 2"), "{}", problems[0]);
        assert!(problems[4].what.contains("should be 8"), "{}", problems[4]);
    }

    #[test]
    fn what_is_no_catalogue_says_so() {
        assert_eq!(read(b"\xff\xfe\x00"), Err(ImportError::NotUtf8));
        assert_eq!(read(b"code,name\nA,b\n"), Err(ImportError::Column { missing: "barcode" }));
        assert_eq!(read(HEADER.as_bytes()), Err(ImportError::Empty));
    }
}
