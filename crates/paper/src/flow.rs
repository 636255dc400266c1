//! From rows to a sheet: measures, wraps, aligns, and knows how long the paper gets.

use std::collections::BTreeSet;

use till::time::Timestamp;

use crate::clean::clean;
use crate::code39::{ROOMY, TIGHT};
use crate::faces::{FALLBACK, Faces};
use crate::measure::{count, scaled};
use crate::row::{Align, Edge, Row, Rule, Style};
use crate::sheet::{Area, Bars, Ink, Qr, Sheet, Text, Width};
use crate::wrap::wrap;

/// Anything that can be printed: it knows its rows and the moment it tells of.
pub trait Paper {
    /// What stands on it, from top to bottom.
    fn rows(&self) -> Vec<Row>;
    /// When it happened.
    fn at(&self) -> Timestamp;
}

const TOP_UM: i32 = 4_000;
const BOTTOM_UM: i32 = 6_000;
/// Between a label and its value, a name and its price.
const GUTTER_UM: i32 = 2_000;
/// Between an amount and its tax mark.
const TAX_GAP_UM: i32 = 800;
const RULE_UM: i32 = 250;
const RULE_ROOM_UM: i32 = 2_500;
const DASH_UM: i32 = 1_000;
const FRAME_UM: i32 = 375;
const FRAME_PADDING_UM: i32 = 1_250;
/// Six dots of an eighth of a millimetre: whole dots print sharp.
const QR_MODULE_UM: i32 = 750;
const DOT_UM: i32 = 125;
/// How tall a barcode is: a store's scanner is held by hand.
const BARS_UM: i32 = 13_000;

/// Lays a paper out for a roll of this width.
#[must_use]
pub fn layout(paper: &(impl Paper + ?Sized), faces: &Faces, width: Width) -> Sheet {
    laid_out(&paper.rows(), faces, width, paper.at())
}

/// Lays rows out for a roll of this width.
pub(crate) fn laid_out(rows: &[Row], faces: &Faces, width: Width, at: Timestamp) -> Sheet {
    let mut flow = Flow::new(faces, width, rows);
    for row in rows {
        flow.place(row);
    }
    Sheet { width, height_um: flow.y_um + BOTTOM_UM, marks: flow.marks, missing: flow.missing, at }
}

/// One row as tall as it is, its amounts in columns that somebody else has measured.
pub(crate) fn strip(row: &Row, faces: &Faces, width: Width, columns: Columns, at: Timestamp) -> Sheet {
    let mut flow = Flow::new(faces, width, std::slice::from_ref(row));
    flow.amounts_um = width.margin_um() + columns.amounts_um;
    flow.each_um = width.margin_um() + columns.each_um;
    flow.y_um = 0;
    flow.place(row);
    Sheet { width, height_um: flow.y_um, marks: flow.marks, missing: flow.missing, at }
}

/// Where columns end, from the left edge of the print.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Columns {
    /// Amounts.
    pub(crate) amounts_um: i32,
    /// How many of an article.
    pub(crate) each_um: i32,
}

/// How far above the baseline the em box of a Chinese font reaches.
pub(crate) fn above_baseline(size_um: i32) -> i32 {
    scaled(size_um, 88, 100)
}

fn line_height(size_um: i32) -> i32 {
    scaled(size_um, 140, 100)
}

/// The pen: where the next row goes, and the columns all rows share.
struct Flow<'a> {
    faces: &'a Faces,
    left_um: i32,
    right_um: i32,
    /// Where amounts end.
    amounts_um: i32,
    /// Where the widest amount of an article begins.
    each_um: i32,
    y_um: i32,
    marks: Vec<Ink>,
    missing: BTreeSet<char>,
}

impl<'a> Flow<'a> {
    fn new(faces: &'a Faces, width: Width, rows: &[Row]) -> Self {
        let left_um = width.margin_um();
        let right_um = left_um + width.printed_um();
        let mut flow = Self {
            faces,
            left_um,
            right_um,
            amounts_um: right_um,
            each_um: right_um,
            y_um: TOP_UM,
            marks: Vec::new(),
            missing: BTreeSet::new(),
        };
        let items = || {
            rows.iter()
                .filter_map(|row| if let Row::Item { amount, tax, .. } = row { Some((amount, tax)) } else { None })
        };
        let tax_um = items().map(|(_, tax)| flow.width(tax, Style::SMALL)).max().unwrap_or(0);
        let amount_um = items().map(|(amount, _)| flow.width(amount, Style::BODY)).max().unwrap_or(0);
        if tax_um > 0 {
            flow.amounts_um = right_um - tax_um - TAX_GAP_UM;
        }
        flow.each_um = flow.amounts_um - amount_um - GUTTER_UM;
        flow
    }

    fn place(&mut self, row: &Row) {
        match row {
            Row::Text { text, style, align } => self.text(text, *style, *align),
            Row::Pair { label, value, style, edge } => self.pair(label, value, *style, *edge),
            Row::Item { name, each, amount, tax } => self.item(name, each, amount, tax),
            Row::Rule(rule) => self.rule(*rule),
            Row::Bar(texts) => self.bar(texts),
            Row::Qr(text) => self.qr(text),
            Row::Bars(text) => self.bars(text),
            Row::Gap(um) => self.y_um += um,
        }
    }

    fn text(&mut self, text: &str, style: Style, align: Align) {
        let text = self.shown(text);
        for line in self.wrapped(&text, style, self.right_um - self.left_um) {
            let x_um = match align {
                Align::Left => self.left_um,
                Align::Centre => self.centred(self.width(&line, style)),
            };
            self.write(&line, x_um, style);
            self.next_line(style);
        }
    }

    fn pair(&mut self, label: &str, value: &str, style: Style, edge: Edge) {
        let (label, value) = (self.shown(label), self.shown(value));
        let right_um = match edge {
            Edge::Amounts => self.amounts_um,
            Edge::Paper => self.right_um,
        };
        let room_um = right_um - self.left_um;
        let label_end = self.left_text(&label, style, room_um);
        let values = self.wrapped(&value, style, room_um);
        if label_end + GUTTER_UM + self.width(&value, style) > right_um {
            self.next_line(style);
        }
        for line in values {
            self.write_right(&line, right_um, style);
            self.next_line(style);
        }
    }

    fn item(&mut self, name: &str, each: &str, amount: &str, tax: &str) {
        let style = Style::BODY;
        let (name, each, amount, tax) = (self.shown(name), self.shown(each), self.shown(amount), self.shown(tax));
        let name_end = self.left_text(&name, style, self.amounts_um - self.left_um);
        let each_start = self.each_um - self.width(&each, style);
        if name_end + GUTTER_UM > each_start {
            self.next_line(style);
        }
        if each_start >= self.left_um {
            self.write_right(&each, self.each_um, style);
        } else {
            self.write_right(&each, self.amounts_um, style);
            self.next_line(style);
        }
        self.write_right(&amount, self.amounts_um, style);
        self.write_beside(&tax, self.amounts_um + TAX_GAP_UM, Style::SMALL, style);
        self.next_line(style);
    }

    /// Wraps `text` at the left and stays on its last line; where that line ends.
    fn left_text(&mut self, text: &str, style: Style, room_um: i32) -> i32 {
        let lines = self.wrapped(text, style, room_um);
        for (n, line) in lines.iter().enumerate() {
            if n > 0 {
                self.next_line(style);
            }
            self.write(line, self.left_um, style);
        }
        self.left_um + lines.last().map_or(0, |line| self.width(line, style))
    }

    fn rule(&mut self, rule: Rule) {
        let y_um = self.y_um + (RULE_ROOM_UM - RULE_UM) / 2;
        match rule {
            Rule::Solid => self.fill(self.left_um, y_um, self.right_um - self.left_um, RULE_UM),
            Rule::Dashed => {
                // The gaps stretch a little, so that the last dash ends where the print ends.
                let room_um = self.right_um - self.left_um - DASH_UM;
                let steps = room_um / (2 * DASH_UM);
                for step in 0..=steps {
                    self.fill(self.left_um + scaled(room_um, step, steps), y_um, DASH_UM, RULE_UM);
                }
            }
        }
        self.y_um += RULE_ROOM_UM;
    }

    fn bar(&mut self, texts: &[String]) {
        let top_um = self.y_um;
        let room_um = self.right_um - self.left_um - 4 * FRAME_PADDING_UM;
        let texts: Vec<String> = texts.iter().map(|text| self.shown(text)).collect();
        let large = texts.iter().all(|text| self.width(text, Style::LARGE) <= room_um);
        let style = if large { Style::LARGE } else { Style::STRONG };
        self.y_um += FRAME_UM + FRAME_PADDING_UM;
        for line in texts.iter().flat_map(|text| self.wrapped(text, style, room_um)).collect::<Vec<_>>() {
            self.write(&line, self.centred(self.width(&line, style)), style);
            self.next_line(style);
        }
        self.y_um += FRAME_UM + FRAME_PADDING_UM;
        let (across, down) = (self.right_um - self.left_um, self.y_um - top_um);
        self.fill(self.left_um, top_um, across, FRAME_UM);
        self.fill(self.left_um, self.y_um - FRAME_UM, across, FRAME_UM);
        self.fill(self.left_um, top_um + FRAME_UM, FRAME_UM, down - 2 * FRAME_UM);
        self.fill(self.right_um - FRAME_UM, top_um + FRAME_UM, FRAME_UM, down - 2 * FRAME_UM);
    }

    /// A text no QR code can hold is printed as text: nothing that was asked for goes missing silently.
    fn qr(&mut self, text: &str) {
        let room_um = self.right_um - self.left_um;
        let code = crate::qr::modules(text).map(|(modules, dark)| {
            let fitting = room_um / count(modules) / DOT_UM * DOT_UM;
            (modules, dark, fitting.min(QR_MODULE_UM))
        });
        match code {
            Some((modules, dark, module_um)) if module_um > 0 => {
                let side_um = module_um * count(modules);
                let x_um = self.centred(side_um) / DOT_UM * DOT_UM;
                let text = text.to_owned();
                self.marks.push(Ink::Qr(Qr { text, x_um, y_um: self.y_um, module_um, modules, dark }));
                self.y_um += side_um;
            }
            _ => self.text(text, Style::SMALL, Align::Centre),
        }
    }

    /// Whole dots, as wide as the paper allows with the blank edges scanners need. What cannot be drawn is left to the
    /// text that stands beside every barcode.
    fn bars(&mut self, text: &str) {
        let room_um = self.right_um - self.left_um;
        // Two dots are a narrow element on wide paper, one on narrow paper.
        let drawn = [ROOMY, TIGHT].into_iter().filter_map(|elements| crate::code39::drawn(text, elements));
        let Some(units) = drawn.into_iter().find(|units| count(units.len()) * DOT_UM <= room_um) else { return };
        let (left_um, y_um) = (self.centred(count(units.len()) * DOT_UM) / DOT_UM * DOT_UM, self.y_um);
        let mut bars = Vec::new();
        let mut x_um = left_um;
        for run in units.as_bytes().chunk_by(|a, b| a == b) {
            let width_um = DOT_UM * count(run.len());
            if run[0] == b'1' {
                bars.push(Area { x_um, y_um, width_um, height_um: BARS_UM });
            }
            x_um += width_um;
        }
        let area = Area { x_um: left_um, y_um, width_um: x_um - left_um, height_um: BARS_UM };
        self.marks.push(Ink::Bars(Bars { text: text.to_owned(), area, bars }));
        self.y_um += BARS_UM;
    }

    fn fill(&mut self, x_um: i32, y_um: i32, width_um: i32, height_um: i32) {
        self.marks.push(Ink::Fill(Area { x_um, y_um, width_um, height_um }));
    }

    fn write_right(&mut self, text: &str, right_um: i32, style: Style) {
        self.write(text, right_um - self.width(text, style), style);
    }

    fn write(&mut self, text: &str, x_um: i32, style: Style) {
        self.write_beside(text, x_um, style, style);
    }

    /// Writes on the baseline of a row set in `row`'s size, so that small text beside larger text stands level.
    fn write_beside(&mut self, text: &str, x_um: i32, style: Style, row: Style) {
        if text.is_empty() {
            return;
        }
        let row_um = row.size.um();
        self.marks.push(Ink::Text(Text {
            x_um,
            baseline_um: self.y_um + (line_height(row_um) - row_um) / 2 + above_baseline(row_um),
            width_um: self.width(text, style),
            size_um: style.size.um(),
            weight: style.weight,
            text: text.to_owned(),
        }));
    }

    fn next_line(&mut self, style: Style) {
        self.y_um += line_height(style.size.um());
    }

    fn centred(&self, width_um: i32) -> i32 {
        self.left_um + (self.right_um - self.left_um - width_um) / 2
    }

    fn width(&self, text: &str, style: Style) -> i32 {
        self.faces.face(style.weight).width_um(text, style.size.um())
    }

    fn wrapped(&self, text: &str, style: Style, limit_um: i32) -> Vec<String> {
        wrap(text, limit_um, |part| self.width(part, style))
    }

    /// `text` as the font can show it: what the font lacks becomes 〓 and is noted.
    fn shown(&mut self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        for c in clean(text).chars() {
            if self.faces.has(c) {
                shown.push(c);
            } else {
                self.missing.insert(c);
                shown.push(FALLBACK);
            }
        }
        shown
    }
}
