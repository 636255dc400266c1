//! Rows and cells: commas, quotes, and the armour `="value"` that keeps a spreadsheet from eating leading noughts.

use encoding_rs::{BIG5, UTF_8};

/// Longer cells are no cells of a statement.
const CELL_MAX: usize = 1_000;
/// More cells in a row than any statement has columns.
const CELLS_MAX: usize = 64;

/// One row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Counted from 1.
    pub(super) number: usize,
    /// Its cells without armour and without spaces around.
    pub(super) cells: Vec<String>,
    /// Every quote that opens is closed, and nothing was cut.
    pub(super) whole: bool,
}

impl Row {
    pub(super) fn is_blank(&self) -> bool {
        self.whole && self.cells.iter().all(String::is_empty)
    }
}

/// The text of a file: UTF-8 where the bytes are that, with or without a mark, else Big5. Nothing is replaced.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let encoding = if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { BIG5 };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (!text.contains('\0')).then(|| text.into_owned())
}

/// The rows of a text. A line end within quotes does not end a row in theory, and in no statement either: it is taken for
/// a row that breaks off.
pub(super) fn rows(text: &str) -> impl Iterator<Item = Row> + '_ {
    text.lines().enumerate().map(|(at, line)| row(at + 1, line.trim_end_matches('\r')))
}

fn row(number: usize, line: &str) -> Row {
    let (mut cells, mut whole) = (Vec::new(), true);
    let mut rest = line;
    loop {
        let (cell, closed, after) = cell(rest);
        whole &= closed && cell.len() <= CELL_MAX && cells.len() < CELLS_MAX;
        if whole {
            cells.push(cell);
        }
        match after {
            Some(after) if whole => rest = after,
            _ => return Row { number, cells, whole },
        }
    }
}

/// The first cell of a line, whether its quotes are closed, and what follows the comma after it.
fn cell(line: &str) -> (String, bool, Option<&str>) {
    let begun = line.trim_start();
    let armoured = begun.strip_prefix('=').map_or(begun, str::trim_start);
    let Some(quoted) = armoured.strip_prefix('"') else {
        let (cell, after) = line.split_once(',').map_or((line, None), |(cell, after)| (cell, Some(after)));
        return (cell.trim().to_owned(), true, after);
    };
    let (mut cell, mut rest) = (String::new(), quoted);
    loop {
        let Some((part, after)) = rest.split_once('"') else { return (cell, false, None) };
        cell.push_str(part);
        match after.strip_prefix('"') {
            // A doubled quote is one quote.
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None => {
                let after = after.trim_start();
                let closed = after.is_empty() || after.starts_with(',');
                return (cell.trim().to_owned(), closed, after.strip_prefix(','));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells_of(line: &str) -> Vec<String> {
        let row = row(1, line);
        assert!(row.whole, "{line}");
        row.cells
    }

    #[test]
    fn armour_quotes_and_plain_cells_are_read() {
        assert_eq!(cells_of(r#"="0012",="a, b",plain , "say ""hi""" ,"#), ["0012", "a, b", "plain", "say \"hi\"", ""]);
        assert_eq!(cells_of(r#"= "x" ,y"#), ["x", "y"]);
    }

    #[test]
    fn what_breaks_off_is_not_whole() {
        for broken in [r#"="00"#, r#"a,="b"#, r#"="a"b,c"#] {
            assert!(!row(1, broken).whole, "{broken}");
        }
    }

    #[test]
    fn big5_and_utf_8_are_told_apart() {
        let big5 = BIG5.encode("特店交易編號").0.into_owned();
        assert_eq!(decode(&big5).as_deref(), Some("特店交易編號"));
        assert_eq!(decode("\u{feff}特店".as_bytes()).as_deref(), Some("特店"));
        assert_eq!(decode(b"\xff\xff\xff"), None);
        assert_eq!(decode(b"a\0b"), None);
    }
}
