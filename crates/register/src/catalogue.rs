//! The catalogue as a file: one product a line, columns named in the first line, in any order and in English or Chinese.
//! Either every row is good and all are taken, or none is and every row's problem is listed.

mod columns;
mod intake;
mod plan;
mod text;
pub(crate) mod write;
mod wrong;

use std::collections::HashMap;

use serde::Serialize;
use thiserror::Error;
use till::catalogue::Product;

use columns::Columns;

pub use intake::Intake;
pub use plan::{Change, Plan};
pub use write::write;
pub use wrong::Wrong;

/// The most rows one file may have.
pub const ROWS_MAX: usize = 100_000;

/// The largest file that is read: some three hundred bytes a row.
pub const BYTES_MAX: usize = 32 * 1024 * 1024;

/// Reading stops after so many problems: a file with more is another kind of file.
pub const PROBLEMS_MAX: usize = 1_000;

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    /// It is not text in any encoding a spreadsheet writes.
    #[error("the file is no text in UTF-8, Big5 or UTF-16: save it as \"CSV UTF-8\" and try again")]
    NotText,
    /// A column is missing.
    #[error("the first line must name the columns code,barcode,name,category,price,tax; {missing} is missing")]
    Column {
        /// Which.
        missing: &'static str,
    },
    /// A column is there twice, perhaps under two names.
    #[error("the first line names the column {twice} twice")]
    ColumnTwice {
        /// Which.
        twice: &'static str,
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
    #[error("the file is too large: a catalogue has at most {ROWS_MAX} rows and {} megabytes", BYTES_MAX / 1024 / 1024)]
    TooLong,
    /// Somebody said stop.
    #[error("the import was cancelled; nothing was changed")]
    Cancelled,
}

/// What a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its products, in its order.
    pub products: Vec<Product>,
    /// The line each of them stands on.
    pub lines: Vec<u64>,
    /// What it says nothing about.
    pub silent_on: SilentOn,
}

/// Columns a file need not have. Where it has not, what the till knows stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SilentOn {
    /// What a price is for.
    pub unit: bool,
    /// What stands on the first tab.
    pub favourite: bool,
    /// Prices of later days.
    pub prices: bool,
}

/// What is wrong with one row.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[error("line {line}: {what}")]
pub struct Problem {
    /// The line of the file, the first being 1.
    pub line: u64,
    /// What is wrong and what would be right.
    pub what: Wrong,
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoOn {
    /// Yes.
    Yes,
    /// Somebody has cancelled.
    Cancel,
}

/// Reads a catalogue.
///
/// # Errors
/// When any row cannot be a product: then all problems, not just the first.
pub fn read(bytes: &[u8]) -> Result<Vec<Product>, ImportError> {
    read_with(bytes, &mut |_| GoOn::Yes).map(|table| table.products)
}

/// Reads a catalogue and says now and then how far it is, in bytes of the text: whoever listens may cancel.
///
/// # Errors
/// When any row cannot be a product: then all problems, not just the first. When it is cancelled.
pub fn read_with(bytes: &[u8], progress: &mut dyn FnMut(Progress) -> GoOn) -> Result<Table, ImportError> {
    const ROWS_BETWEEN: u64 = 500;
    if bytes.len() > BYTES_MAX {
        return Err(ImportError::TooLong);
    }
    let file = text::decode(bytes).ok_or(ImportError::NotText)?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(file.delimiter)
        .trim(csv::Trim::All)
        .from_reader(file.text.as_bytes());
    let columns = Columns::find(reader.headers().map_err(|_| ImportError::NotText)?)?;
    let total = u64::try_from(file.text.len()).unwrap_or(u64::MAX);
    let mut seen = Seen::default();
    let (mut products, mut lines) = (Vec::new(), Vec::new());
    let mut problems = Vec::new();
    let mut row = csv::StringRecord::new();
    for count in 1_u64.. {
        let read = reader.read_record(&mut row);
        let at = reader.position().byte();
        if count.is_multiple_of(ROWS_BETWEEN) && progress(Progress { at, total }) == GoOn::Cancel {
            return Err(ImportError::Cancelled);
        }
        if products.len() + problems.len() > ROWS_MAX {
            return Err(ImportError::TooLong);
        }
        match read {
            Ok(false) => break,
            // A spreadsheet leaves rows of nothing but separators behind.
            Ok(true) if row.iter().all(str::is_empty) => {}
            Ok(true) => {
                let line = row.position().map_or(0, csv::Position::line);
                match columns.product(&row).and_then(|product| seen.check(&product, line).map(|()| product)) {
                    Ok(product) => {
                        products.push(product);
                        lines.push(line);
                    }
                    Err(wrong) => problems.extend(wrong.into_iter().map(|what| Problem { line, what })),
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                problems.push(Problem { line, what: Wrong::Row });
            }
        }
        if problems.len() >= PROBLEMS_MAX {
            break;
        }
    }
    match (problems.is_empty(), products.is_empty()) {
        (false, _) => Err(ImportError::Rows { problems }),
        (true, true) => Err(ImportError::Empty),
        (true, false) => Ok(Table { products, lines, silent_on: columns.silent_on() }),
    }
}

fn how_many(problems: &[Problem]) -> String {
    let more = if problems.len() < PROBLEMS_MAX { "" } else { " or more" };
    format!("{}{more}", problems.len())
}

/// How far reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of text read so far.
    pub at: u64,
    /// Bytes there are.
    pub total: u64,
}

/// Codes and barcodes met so far, and on which line.
#[derive(Default)]
struct Seen {
    codes: HashMap<String, u64>,
    barcodes: HashMap<String, u64>,
}

impl Seen {
    fn check(&mut self, product: &Product, line: u64) -> Result<(), Vec<Wrong>> {
        let mut wrong = Vec::new();
        if let Some(earlier) = self.codes.insert(product.code.to_string(), line) {
            wrong.push(Wrong::CodeTwice { code: product.code.to_string(), line: earlier });
        }
        for barcode in &product.barcodes {
            if let Some(earlier) = self.barcodes.insert(barcode.to_string(), line) {
                wrong.push(Wrong::BarcodeTwice { barcode: barcode.to_string(), line: earlier });
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

#[cfg(test)]
mod tests {
    use till::catalogue::Unit;
    use till::money::Money;

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
    fn a_file_as_a_shop_in_taiwan_has_it_is_taken() {
        let file = "貨號,條碼,品名,分類,售價,稅別,單位,常用,日後售價,備註\r\n\
                    Ａ１,4710088412348;4710088410139,\"高山茶\n（大）\",茶,\"NT$1,250\",應稅,,是,2027/1/1 １３００,x\r\n\
                    B2,,香蕉,水果,４５,免稅,公斤,,,\r\n,,,,,,,,,\r\n";
        let Err(ImportError::Rows { problems }) = read(file.as_bytes()) else {
            panic!("a name of two lines was taken")
        };
        assert_eq!(problems.len(), 1, "{problems:?}");
        let products = read(file.replace("茶\n（大）", "茶").as_bytes()).expect("a good file");
        assert_eq!(products[0].barcodes.len(), 2);
        assert_eq!(products[0].price, Money::dollars(1250));
        assert!(products[0].favourite && products[0].prices.len() == 1);
        assert_eq!((products[1].unit, products.len()), (Unit::Kilogram, 2));
    }

    #[test]
    fn one_bad_row_and_nothing_is_taken_and_every_problem_is_named() {
        let rows = "A,4710088412348,x,c,1,taxable\nB,4710088412348,x,c,1,taxable\nC,,x,c,-1,taxable\nD,,x,c,1.5,taxable\nA,,x,c,1,taxable\nE,4710088412345,x,c,2147483648,taxable\nF,,x,c,1,vat\n";
        let Err(ImportError::Rows { problems }) = read(format!("{HEADER}{rows}").as_bytes()) else {
            panic!("a bad file was taken")
        };
        let lines: Vec<u64> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [3, 4, 5, 6, 7, 8]);
        assert!(problems[0].to_string().contains("already on line 2"), "{}", problems[0]);
        assert!(problems[4].to_string().contains("should be 8"), "{}", problems[4]);
    }

    #[test]
    fn two_things_wrong_with_one_row_are_both_named() {
        let Err(ImportError::Rows { problems }) = read(format!("{HEADER}a b,12,x,c,many,vat\n").as_bytes()) else {
            panic!("a bad file was taken")
        };
        assert_eq!(problems.len(), 4, "{problems:?}");
    }

    #[test]
    fn what_is_no_catalogue_says_so() {
        assert_eq!(read(b"\xff\xfe\x00"), Err(ImportError::NotText));
        assert_eq!(read(b"code,name\nA,b\n"), Err(ImportError::Column { missing: "barcode" }));
        assert_eq!(read("code,編號\n".as_bytes()), Err(ImportError::ColumnTwice { twice: "code" }));
        assert_eq!(read(HEADER.as_bytes()), Err(ImportError::Empty));
        assert_eq!(read(&vec![b'a'; BYTES_MAX + 1]), Err(ImportError::TooLong));
    }

    #[test]
    fn reading_says_how_far_it_is_and_stops_when_told() {
        let rows: String = (0..2_000).map(|n| format!("P{n},,茶,c,1,taxable\n")).collect();
        let file = format!("{HEADER}{rows}");
        let mut heard = Vec::new();
        let listen = &mut |progress: Progress| {
            heard.push(progress);
            if heard.len() == 3 { GoOn::Cancel } else { GoOn::Yes }
        };
        assert_eq!(read_with(file.as_bytes(), listen), Err(ImportError::Cancelled));
        assert!(heard.windows(2).all(|pair| pair[0].at < pair[1].at && pair[1].at <= pair[1].total), "{heard:?}");
    }
}
