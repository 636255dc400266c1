//! The gateway's statements: 特店對帳媒體檔 (`PaymentMedia/TradeNoAio`, docs 2896 and 16599) and 信用卡撥款對帳檔
//! (`CreditDetail/FundingReconDetail`, docs 2898 and 16604). CSV, in Big5 unless asked otherwise, and not signed: what one
//! says is a hint to ask about, never proof.
//!
//! The exact header rows of today are not published. Columns are found by their names, of which there are several for
//! each; columns nobody knows are named and left alone.

mod cells;
mod columns;
mod request;

use std::collections::BTreeSet;

pub use request::{DateType, FundingRequest, MediaFormat, MediaRequest, PayDateType};

use columns::{Column, Columns};

/// The longest file that is read: a year of a busy shop has a tenth of it.
pub const BYTES_MAX: usize = 16 * 1024 * 1024;
/// The most lines.
pub const LINES_MAX: usize = 200_000;

/// A statement as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// Its lines, in order.
    pub lines: Vec<Line>,
    /// Columns that nobody here knows.
    pub unknown_columns: Vec<String>,
    /// Lines that are about no order, such as sums: so many.
    pub left_out: usize,
    /// It lists what was paid out (doc 2898): not every payment of some days.
    pub of_pay_outs: bool,
}

/// One line: what the gateway says about one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// In which row of the file, the header being 1.
    pub row: usize,
    /// 特店交易編號, as it stands there.
    pub number: Option<String>,
    /// 綠界交易編號.
    pub trade_no: Option<String>,
    /// Whose: 特店編號, where the file has such a column.
    pub merchant: Option<String>,
    /// When it was ordered, `2026-11-20`.
    pub ordered: Option<String>,
    /// When it was paid, `2026-11-20`; the day of the order where the file says nothing else.
    pub paid: Option<String>,
    /// 付款方式, in the file's own words.
    pub method: String,
    /// What became of it.
    pub status: Status,
    /// What was paid, in dollars; nought on a line that only gives back.
    pub amount: i64,
    /// What was given back, in dollars, as a positive number.
    pub refunded: i64,
    /// The last four digits of the card.
    pub card_last4: Option<String>,
}

/// What became of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Paid; also where the file has no such column, as those that list what was settled.
    Paid,
    /// Not paid.
    Unpaid,
    /// It failed.
    Failed,
    /// Something else, in the file's own words: neither paid nor not.
    Other(String),
}

/// Why a file is no statement. Nothing of it is used then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// Larger than any.
    #[error("the file is larger than any statement: 16 MB or 200,000 lines")]
    TooLong,
    /// No text in Big5 or UTF-8.
    #[error("the file is no text in Big5 or UTF-8: save it again as it came, without opening it")]
    Encoding,
    /// The first row has none of a statement's columns.
    #[error("the file is no statement: its first row has no {missing} (it begins with {begins:?})")]
    NotAStatement {
        /// What is missing.
        missing: &'static str,
        /// How it begins.
        begins: String,
    },
    /// It breaks off in the middle.
    #[error("the file breaks off in row {row}: fetch it again")]
    Truncated {
        /// Where.
        row: usize,
    },
    /// A cell cannot be what its column says.
    #[error("row {row}, column {column}: {found:?} cannot be read")]
    Cell {
        /// Where.
        row: usize,
        /// In which column.
        column: &'static str,
        /// What stands there.
        found: String,
    },
}

/// Reads a statement. An empty file and one with a header alone are statements of a time in which nothing happened.
///
/// # Errors
/// [`StatementError`], with the first thing that is wrong.
pub fn read(bytes: &[u8]) -> Result<Statement, StatementError> {
    if bytes.len() > BYTES_MAX {
        return Err(StatementError::TooLong);
    }
    let text = cells::decode(bytes).ok_or(StatementError::Encoding)?;
    let mut rows = cells::rows(&text);
    let Some(header) = rows.by_ref().find(|row| !row.is_blank()) else { return Ok(Statement::default()) };
    let columns = Columns::of(&header)?;
    let mut statement = Statement {
        unknown_columns: columns.unknown.clone(),
        of_pay_outs: columns.of_pay_outs,
        ..Statement::default()
    };
    for row in rows.filter(|row| !row.is_blank()) {
        if statement.lines.len() == LINES_MAX {
            return Err(StatementError::TooLong);
        }
        if !row.whole || row.cells.len() < header.cells.len() {
            return Err(StatementError::Truncated { row: row.number });
        }
        match line(&columns, &row)? {
            Some(line) => statement.lines.push(line),
            None => statement.left_out += 1,
        }
    }
    Ok(statement)
}

impl Statement {
    /// The days on which its lines were paid, in order.
    #[must_use]
    pub fn days(&self) -> BTreeSet<&str> {
        self.lines.iter().filter_map(|line| line.paid.as_deref()).collect()
    }
}

fn line(columns: &Columns, row: &cells::Row) -> Result<Option<Line>, StatementError> {
    let text = |column| columns.text(row, column);
    let (number, trade_no) = (text(Column::Number), text(Column::TradeNo));
    if number.is_none() && trade_no.is_none() {
        return Ok(None);
    }
    let amount = columns.dollars(row, Column::Amount)?.unwrap_or(0);
    let back = columns.dollars(row, Column::Refunded)?.unwrap_or(0).saturating_abs();
    let ordered = columns.day(row, Column::Ordered)?;
    let paid = columns.day(row, Column::Paid)?;
    Ok(Some(Line {
        row: row.number,
        number,
        trade_no,
        merchant: text(Column::Merchant),
        paid: paid.or_else(|| ordered.clone()),
        ordered,
        method: text(Column::Method).unwrap_or_default(),
        status: text(Column::Status).map_or(Status::Paid, |word| Status::of(&word)),
        // What a card gave back is a line of its own below nought in the statement of what was paid out.
        amount: amount.max(0),
        refunded: back.saturating_add(amount.min(0).saturating_abs()),
        card_last4: text(Column::CardLast4),
    }))
}

impl Status {
    fn of(word: &str) -> Self {
        match word {
            "已付款" | "付款成功" | "交易成功" | "成功" | "1" => Self::Paid,
            "未付款" | "尚未付款" | "0" => Self::Unpaid,
            "付款失敗" | "交易失敗" | "失敗" | "2" => Self::Failed,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// As much of the outside's words as a refusal repeats.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
