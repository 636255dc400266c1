//! Rows in the printer's own letters: columns of equal width instead of micrometres. A row with a letter that the
//! printer cannot be sure to have is printed as dots instead, its amounts in the same columns.

use till::time::Timestamp;

use super::command::{CHINESE, LINE, Look, look};
use super::letters::{CodePage, columns, columns_across};
use super::{Codes, Device, dots};
use crate::clean::clean;
use crate::faces::{Faces, PaperError};
use crate::flow::{Columns, strip};
use crate::row::{Align, Edge, Row, Rule, Size, Style};
use crate::sheet::{Weight, Width};
use crate::wrap::wrap;

/// Between a label and its value, a name and its price.
const GUTTER: i32 = 1;
/// One column of font A.
const COLUMN_UM: i32 = 1_500;
/// What one line feed is on most printers.
const LINE_UM: i32 = 3_750;
/// Less than this much blank paper is not worth a line.
const LEAST_GAP_UM: i32 = 1_500;
/// What a dashed rule is made of, and a solid one, and the edge of a framed bar.
const DASHES: &str = "- ";
const SOLID: &str = "-";
const FRAME: &str = "*";

pub(super) fn print(
    out: &mut Vec<u8>,
    rows: &[Row],
    page: CodePage,
    device: &Device,
    faces: &Faces,
    at: Timestamp,
) -> Result<(), PaperError> {
    let mut setter = Setter::new(out, rows, page, device);
    setter.out.extend(CHINESE);
    for row in rows {
        if setter.says(row) {
            setter.set(row);
        } else {
            setter.as_dots(row, faces, device, at)?;
        }
    }
    setter.change_to(Look::default());
    Ok(())
}

struct Setter<'a> {
    out: &'a mut Vec<u8>,
    page: CodePage,
    width: Width,
    look: Look,
    across: i32,
    /// Where amounts end.
    amounts: i32,
    /// Where the widest amount of an article begins.
    each: i32,
}

impl<'a> Setter<'a> {
    fn new(out: &'a mut Vec<u8>, rows: &[Row], page: CodePage, device: &Device) -> Self {
        let across = columns_across(device.width);
        let items = || {
            rows.iter()
                .filter_map(|row| if let Row::Item { amount, tax, .. } = row { Some((amount, tax)) } else { None })
        };
        let tax = items().map(|(_, tax)| columns(&clean(tax))).max().unwrap_or(0);
        let amount = items().map(|(amount, _)| columns(&clean(amount))).max().unwrap_or(0);
        let amounts = if tax > 0 { across - tax - GUTTER } else { across };
        Self { out, page, width: device.width, look: Look::default(), across, amounts, each: amounts - amount - GUTTER }
    }

    /// Whether the printer has every letter of a row.
    fn says(&self, row: &Row) -> bool {
        let texts: Vec<&str> = match row {
            Row::Text { text, .. } => vec![text],
            Row::Pair { label, value, .. } => vec![label, value],
            Row::Item { name, each, amount, tax } => vec![name, each, amount, tax],
            Row::Bar(texts) => texts.iter().map(String::as_str).collect(),
            Row::Rule(_) | Row::Gap(_) => Vec::new(),
            Row::Qr(_) | Row::Bars(_) => return false,
        };
        texts.iter().all(|text| self.page.bytes(&clean(text)).is_some())
    }

    fn set(&mut self, row: &Row) {
        match row {
            Row::Text { text, style, align } => self.text(&clean(text), *style, *align),
            Row::Pair { label, value, style, edge } => self.pair(&clean(label), &clean(value), *style, *edge),
            Row::Item { name, each, amount, tax } => {
                self.item(&clean(name), &clean(each), &clean(amount), &clean(tax));
            }
            Row::Rule(Rule::Dashed) => self.across_all(DASHES),
            Row::Rule(Rule::Solid) => self.across_all(SOLID),
            Row::Bar(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| clean(text)).collect();
                // All of them as large as the longest can be.
                let look = fitting(Style::LARGE, |look| texts.iter().all(|text| columns(text) <= self.room(look)));
                self.across_all(FRAME);
                for text in &texts {
                    self.aligned(text, look, Align::Centre);
                }
                self.across_all(FRAME);
            }
            Row::Gap(um) => {
                if *um >= LEAST_GAP_UM {
                    let lines = usize::try_from(*um / LINE_UM).unwrap_or(0).max(1);
                    self.out.extend(std::iter::repeat_n(LINE, lines));
                }
            }
            // Neither is ever only text: `says` has sent them to `as_dots`.
            Row::Qr(_) | Row::Bars(_) => {}
        }
    }

    /// Codes, and rows with a letter the printer may not have.
    fn as_dots(&mut self, row: &Row, faces: &Faces, device: &Device, at: Timestamp) -> Result<(), PaperError> {
        self.change_to(Look::default());
        let columns = Columns { amounts_um: self.amounts * COLUMN_UM, each_um: self.each * COLUMN_UM };
        let sheet = strip(row, faces, self.width, columns, at);
        match (row, device.codes) {
            (Row::Qr(_) | Row::Bars(_), Codes::Own) => dots::print(self.out, sheet, faces, Codes::Own),
            _ => dots::print_strip(self.out, &sheet, faces),
        }
    }

    fn text(&mut self, text: &str, style: Style, align: Align) {
        let look = fitting(style, |look| columns(text) <= self.room(look));
        self.aligned(text, look, align);
    }

    fn aligned(&mut self, text: &str, look: Look, align: Align) {
        let room = self.room(look);
        for line in wrap(text, room, columns) {
            let start = match align {
                Align::Left => 0,
                Align::Centre => (room - columns(&line)) / 2,
            };
            self.line(&[(start, &line)], look);
        }
    }

    fn pair(&mut self, label: &str, value: &str, style: Style, edge: Edge) {
        let right = match edge {
            Edge::Amounts => self.amounts,
            Edge::Paper => self.across,
        };
        let wanted = columns(label) + GUTTER + columns(value);
        let look = fitting(style, |look| wanted <= scaled_down(right, look));
        let right = scaled_down(right, look);
        let (last, end) = self.left(label, right, look);
        let values = wrap(value, right, columns);
        let beside = end + GUTTER + columns(value) <= right;
        if !beside {
            self.line(&[(0, &last)], look);
        }
        for (n, line) in values.iter().enumerate() {
            let start = right - columns(line);
            if n == 0 && beside {
                self.line(&[(0, &last), (start, line)], look);
            } else {
                self.line(&[(start, line)], look);
            }
        }
    }

    fn item(&mut self, name: &str, each: &str, amount: &str, tax: &str) {
        let look = Look::default();
        let (last, end) = self.left(name, self.amounts, look);
        let each_start = self.each - columns(each);
        let amount_start = self.amounts - columns(amount);
        let mut parts: Vec<(i32, &str)> = vec![(0, &last)];
        if end + GUTTER > each_start {
            self.line(&parts, look);
            parts.clear();
        }
        if each_start >= 0 {
            parts.push((each_start, each));
        } else {
            self.line(&[(self.amounts - columns(each), each)], look);
        }
        parts.push((amount_start, amount));
        parts.push((self.amounts + GUTTER, tax));
        self.line(&parts, look);
    }

    /// Writes all but the last line of what stands at the left; that line, and where it ends.
    fn left(&mut self, text: &str, room: i32, look: Look) -> (String, i32) {
        let mut lines = wrap(text, room, columns);
        let last = lines.pop().unwrap_or_default();
        for line in &lines {
            self.line(&[(0, line)], look);
        }
        let end = columns(&last);
        (last, end)
    }

    fn across_all(&mut self, pattern: &str) {
        let mut line = pattern.repeat(usize::try_from(self.across).unwrap_or(0) / pattern.len());
        line.truncate(line.trim_end().len());
        self.line(&[(0, &line)], Look::default());
    }

    /// One line: each part from its column on.
    fn line(&mut self, parts: &[(i32, &str)], look: Look) {
        if !parts.is_empty() {
            self.change_to(look);
        }
        let mut at = 0;
        for (start, text) in parts.iter().filter(|(_, text)| !text.is_empty()) {
            let blank = usize::try_from(start - at).unwrap_or(0);
            self.out.extend(std::iter::repeat_n(b' ', blank));
            // A part of a text the page can say can be said.
            self.out.extend(self.page.bytes(text).unwrap_or_default());
            at = *start + columns(text);
        }
        self.out.push(LINE);
    }

    fn change_to(&mut self, to: Look) {
        self.out.extend(look(self.look, to));
        self.look = to;
    }

    fn room(&self, look: Look) -> i32 {
        scaled_down(self.across, look)
    }
}

/// The first of a style's looks in which everything fits, or its narrowest.
fn fitting(style: Style, fits: impl Fn(Look) -> bool) -> Look {
    let bold = style.weight == Weight::Bold;
    match style.size {
        Size::Small | Size::Body => Look { bold, wide: false, tall: false },
        Size::Large | Size::Title => {
            let wide = Look { bold, wide: true, tall: true };
            if fits(wide) { wide } else { Look { wide: false, ..wide } }
        }
    }
}

fn scaled_down(columns: i32, look: Look) -> i32 {
    if look.wide { columns / 2 } else { columns }
}
