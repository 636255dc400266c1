//! Which column says what. A column has several names: ECPay's, those of the sister service from which the old headers are
//! known, and those of the recorded AES variant.

use ::time::{Date, Month};

use super::{StatementError, cells::Row, shown};

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Number,
    TradeNo,
    Merchant,
    Ordered,
    Paid,
    Method,
    Status,
    Amount,
    Refunded,
    CardLast4,
}

/// Every name, in the order in which they are preferred where a file has two of them.
const NAMES: [(Column, &[&str]); 10] = [
    (Column::Number, &["特店交易編號", "特店訂單編號", "廠商訂單編號", "廠商交易編號", "訂單編號", "MerchantTradeNo"]),
    (
        Column::TradeNo,
        &["綠界交易編號", "綠界交易序號", "綠界訂單編號", "歐付寶交易序號", "歐付寶訂單編號", "授權單號", "TradeNo"],
    ),
    (Column::Merchant, &["特店編號", "廠商編號", "MerchantID"]),
    (Column::Ordered, &["訂單日期", "交易日期", "TradeDate"]),
    (Column::Paid, &["付款日期", "PaymentDate"]),
    (Column::Method, &["付款方式", "PaymentType"]),
    (Column::Status, &["付款狀態", "付款結果"]),
    (Column::Amount, &["交易金額", "TradeAmt"]),
    (Column::Refunded, &["退款金額"]),
    (Column::CardLast4, &["信用卡卡號末4碼", "卡號末4碼", "卡號末四碼"]),
];

/// Columns that are known and not needed: what they say is the gateway's account with the shop, not the shop's with its
/// customers.
const LEFT_ALONE: [&str; 28] = [
    "ATM條碼",
    "款項來源(銀行/超商)",
    "通路費",
    "交易服務費率(%數/$筆)",
    "交易服務費金額",
    "應收款項(淨額)",
    "撥款狀態",
    "撥款日期",
    "備註",
    "平台名稱",
    "費率(每筆)",
    "信用卡授權單號",
    "超商資訊/ATM繳款帳號",
    "退款日期",
    "交易手續費",
    "平台手續費",
    "買家備註",
    "廠商備註",
    "手續費率",
    "結算日期",
    "金流手續費",
    "金流處理費",
    "序號",
    "授權碼",
    "請款日期",
    "服務費(%數)",
    "撥款金額",
    "處理費",
];

/// Where the columns of one file are.
#[derive(Debug)]
pub(super) struct Columns {
    places: Vec<(Column, usize)>,
    pub(super) unknown: Vec<String>,
    pub(super) of_pay_outs: bool,
}

impl Columns {
    pub(super) fn of(header: &Row) -> Result<Self, StatementError> {
        let names: Vec<String> = header.cells.iter().map(|cell| plain(cell)).collect();
        let place = |(column, known): &(Column, &[&str])| {
            let at = known.iter().find_map(|name| names.iter().position(|found| found == name))?;
            Some((*column, at))
        };
        let places: Vec<(Column, usize)> = NAMES.iter().filter_map(place).collect();
        let known = |name: &String| {
            name.is_empty()
                || LEFT_ALONE.contains(&name.as_str())
                || NAMES.iter().any(|(_, names)| names.contains(&name.as_str()))
        };
        let unknown = names.iter().filter(|name| !known(name)).map(|name| shown(name));
        let unknown = unknown.filter(|name| !name.is_empty()).collect();
        let of_pay_outs = names.iter().any(|name| name == "撥款金額");
        let columns = Self { places, unknown, of_pay_outs };
        let missing = match (columns.place(Column::Number), columns.place(Column::Amount)) {
            (None, _) => "特店交易編號",
            (_, None) => "交易金額",
            _ => return Ok(columns),
        };
        Err(StatementError::NotAStatement { missing, begins: shown(&header.cells.join(",")) })
    }

    fn place(&self, column: Column) -> Option<usize> {
        self.places.iter().find(|(known, _)| *known == column).map(|(_, at)| *at)
    }

    /// What stands there; nothing where the column is missing or the cell empty.
    pub(super) fn text(&self, row: &Row, column: Column) -> Option<String> {
        let cell = row.cells.get(self.place(column)?)?;
        let text: String = cell.chars().filter(|c| !c.is_control()).take(100).collect();
        (!text.is_empty()).then_some(text)
    }

    /// Whole dollars, with or without separators and a sign.
    pub(super) fn dollars(&self, row: &Row, column: Column) -> Result<Option<i64>, StatementError> {
        let Some(text) = self.text(row, column) else { return Ok(None) };
        let refuse = || self.refuse(row, column, &text);
        let digits: String = text.trim_start_matches("NT$").trim_start_matches('$').replace(',', "");
        let whole = match digits.split_once('.') {
            Some((whole, cents)) if !cents.is_empty() && cents.bytes().all(|byte| byte == b'0') => whole,
            Some(_) => return Err(refuse()),
            None => &digits,
        };
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        if unsigned.is_empty() || unsigned.len() > 12 || !unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(refuse());
        }
        whole.parse().map(Some).map_err(|_| refuse())
    }

    /// A day as `2026-11-20`, whatever follows it: `2026/11/20 13:05:00`, `2026-11-20`, `20261120`.
    pub(super) fn day(&self, row: &Row, column: Column) -> Result<Option<String>, StatementError> {
        let Some(text) = self.text(row, column) else { return Ok(None) };
        day(&text).map(Some).ok_or_else(|| self.refuse(row, column, &text))
    }

    fn refuse(&self, row: &Row, column: Column, found: &str) -> StatementError {
        let names = NAMES.iter().find(|(known, _)| *known == column).map_or(&[][..], |(_, names)| names);
        StatementError::Cell { row: row.number, column: names.first().unwrap_or(&""), found: shown(found) }
    }
}

fn day(text: &str) -> Option<String> {
    let date = text.split_whitespace().next()?;
    let parts: Vec<&str> = date.split(['/', '-']).collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] => (*year, *month, *day),
        [digits] if digits.len() == 8 && digits.is_ascii() => (&digits[..4], &digits[4..6], &digits[6..]),
        _ => return None,
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || ![year, month, day].into_iter().all(digits) {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    Some(format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()))
}

/// A name without spaces, and with half-width brackets: the same name is written in several ways.
fn plain(name: &str) -> String {
    let half = |c: char| match c {
        '（' => '(',
        '）' => ')',
        '％' => '%',
        '／' => '/',
        '４' => '4',
        other => other,
    };
    name.chars().filter(|c| !c.is_whitespace()).map(half).collect()
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_day_is_read_in_each_of_its_forms_and_nothing_else_is() {
        for text in ["2026/11/20 13:05:00", "2026-11-20", "20261120", "2026/11/20"] {
            assert_eq!(day(text).as_deref(), Some("2026-11-20"), "{text}");
        }
        for text in ["", "2026/13/01", "20261131", "11/20/2026", "2026/1", "２０２６/11/20", "2026111"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
