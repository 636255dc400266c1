//! Commands onto paper.

use ab_glyph::{Font, FontVec, PxScale, point};
use qrcode::{Color, EcLevel, QrCode};
use std::sync::OnceLock;

use super::{Align, Command, Printer, QrFunction};

/// Blank paper beside what the head reaches: what scanners need beside a code.
const EDGE: usize = 32;
/// A sixth of an inch.
const LINE: usize = 34;
/// A letter of font A, and a Chinese one.
const NARROW: usize = 12;
const WIDE: usize = 24;
const TALL: usize = 24;

/// What came out.
pub(crate) struct Paper {
    /// Dots across, edges included.
    pub(crate) width: usize,
    /// Row by row, black or not.
    pub(crate) dots: Vec<bool>,
    /// After how many rows it was cut.
    pub(crate) cuts: Vec<usize>,
    /// On which pins a drawer was opened.
    pub(crate) pulses: Vec<u8>,
    /// How often it beeped.
    pub(crate) beeps: u8,
    /// Whether it was sent what is no letter of its own.
    pub(crate) noise: bool,
}

impl Paper {
    pub(crate) fn height(&self) -> usize {
        self.dots.len() / self.width
    }

    pub(crate) fn grey(&self) -> Vec<u8> {
        self.dots.iter().map(|black| if *black { 0 } else { 255 }).collect()
    }

    fn row(&mut self) -> &mut [bool] {
        let at = self.dots.len();
        self.dots.resize(at + self.width, false);
        &mut self.dots[at..]
    }

    fn blank(&mut self, rows: usize) {
        self.dots.resize(self.dots.len() + rows * self.width, false);
    }
}

/// A letter waiting for the end of its line.
struct Letter {
    width: usize,
    height: usize,
    dots: Vec<bool>,
}

pub(crate) fn print(commands: &[Command], printer: Printer) -> Paper {
    let width = printer.dots + 2 * EDGE;
    let mut state = State {
        printer,
        paper: Paper { width, dots: Vec::new(), cuts: Vec::new(), pulses: Vec::new(), beeps: 0, noise: false },
        ..State::new(printer)
    };
    for command in commands {
        state.act(command);
    }
    assert!(state.line.is_empty(), "letters that are never printed");
    state.paper
}

struct State {
    printer: Printer,
    paper: Paper,
    line: Vec<Letter>,
    chinese: bool,
    bold: bool,
    across: usize,
    down: usize,
    align: Align,
    module: usize,
    level: EcLevel,
    stored: Vec<u8>,
    bar_height: usize,
    bar_width: usize,
}

impl State {
    fn new(printer: Printer) -> Self {
        let paper = Paper { width: 0, dots: Vec::new(), cuts: Vec::new(), pulses: Vec::new(), beeps: 0, noise: false };
        Self {
            printer,
            paper,
            line: Vec::new(),
            chinese: false,
            bold: false,
            across: 1,
            down: 1,
            align: Align::Left,
            module: 3,
            level: EcLevel::L,
            stored: Vec::new(),
            bar_height: 162,
            bar_width: 3,
        }
    }

    fn act(&mut self, command: &Command) {
        // These are only obeyed at the beginning of a line.
        if matches!(
            command,
            Command::Align(_) | Command::Image { .. } | Command::Qr(_) | Command::Bars { .. } | Command::Cut { .. }
        ) {
            assert!(self.line.is_empty(), "{command:?} in the middle of a line");
        }
        match command {
            Command::Initialise => {
                *self = Self {
                    paper: std::mem::replace(&mut self.paper, Self::new(self.printer).paper),
                    ..Self::new(self.printer)
                }
            }
            Command::ChineseOn => self.chinese = true,
            Command::Text(bytes) => self.write(bytes),
            Command::LineFeed => self.feed_line(),
            Command::Feed(lines) => {
                self.feed_line();
                self.paper.blank((usize::from(*lines) - 1) * LINE);
            }
            Command::Bold(on) => self.bold = *on,
            Command::Size { across, down } => (self.across, self.down) = (usize::from(*across), usize::from(*down)),
            Command::Align(align) => self.align = *align,
            Command::Image { across, bits, .. } => {
                assert!(across * 8 <= self.printer.dots, "an image of {} dots", across * 8);
                let rows = bits
                    .chunks(*across)
                    .map(|row| (0..across * 8).map(|x| (row[x / 8] >> (7 - x % 8)) & 1 == 1).collect());
                self.rows(rows.collect());
            }
            Command::Qr(function) => self.qr(function),
            Command::BarHeight(dots) => self.bar_height = usize::from(*dots),
            Command::BarWidth(dots) => self.bar_width = usize::from(*dots),
            Command::BarText(n) => assert_eq!(*n, 0, "the text under the bars is ours"),
            Command::Bars { system, data } => {
                assert_eq!(*system, 69, "only Code 39 is known here");
                let row = code39(data, self.bar_width);
                assert!(row.len() <= self.printer.dots, "a barcode of {} dots does not print", row.len());
                self.rows(vec![row; self.bar_height]);
            }
            Command::Cut { feed, .. } => {
                // Up to the knife, which is some way above the head.
                self.paper.blank(usize::from(*feed) + 100);
                self.paper.cuts.push(self.paper.height());
            }
            Command::Pulse { pin, .. } => self.paper.pulses.push(pin * 3 + 2),
            Command::Beep { times, .. } => self.paper.beeps += times,
            Command::AskNow(_) | Command::Ask(_) => {}
        }
    }

    fn qr(&mut self, function: &QrFunction) {
        match function {
            QrFunction::Model(n) => assert_eq!(*n, 50, "model 2"),
            QrFunction::Module(n) => self.module = usize::from(*n),
            QrFunction::Level(n) => self.level = [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H][usize::from(n - 48)],
            QrFunction::Store(data) => self.stored.clone_from(data),
            QrFunction::Print => {
                let code = QrCode::with_error_correction_level(&self.stored, self.level).expect("a QR code");
                let side = code.width();
                assert!(
                    side * self.module <= self.printer.dots,
                    "a QR code of {} dots does not print",
                    side * self.module
                );
                let colours = code.to_colors();
                let rows = colours.chunks(side).flat_map(|modules| {
                    let row: Vec<bool> =
                        modules.iter().flat_map(|colour| vec![*colour == Color::Dark; self.module]).collect();
                    vec![row; self.module]
                });
                let rows = rows.collect();
                self.rows(rows);
            }
        }
    }

    /// Rows of dots, placed as aligned.
    fn rows(&mut self, rows: Vec<Vec<bool>>) {
        for row in rows {
            let start = EDGE + self.start(row.len());
            self.paper.row()[start..start + row.len()].copy_from_slice(&row);
        }
    }

    fn start(&self, width: usize) -> usize {
        match self.align {
            Align::Left => 0,
            Align::Centre => (self.printer.dots - width) / 2,
            Align::Right => self.printer.dots - width,
        }
    }

    fn write(&mut self, bytes: &[u8]) {
        assert!(self.chinese || bytes.is_ascii(), "Chinese letters while Chinese is off");
        let (text, wrong) = self.printer.page.decode_without_bom_handling(bytes);
        self.paper.noise |= wrong;
        for c in text.chars() {
            let letter = self.letter(c);
            self.line.push(letter);
        }
        let width: usize = self.line.iter().map(|letter| letter.width).sum();
        assert!(width <= self.printer.dots, "a line of {width} dots wraps: {text:?}");
    }

    fn letter(&self, c: char) -> Letter {
        let cell = if c.is_ascii() { NARROW } else { WIDE };
        let small = glyph(c, cell, self.bold);
        let (width, height) = (cell * self.across, TALL * self.down);
        let dots = (0..width * height).map(|at| small[at / width / self.down * cell + at % width / self.across]);
        Letter { width, height, dots: dots.collect() }
    }

    fn feed_line(&mut self) {
        let letters = std::mem::take(&mut self.line);
        let tallest = letters.iter().map(|letter| letter.height).max().unwrap_or(0);
        let start = self.start(letters.iter().map(|letter| letter.width).sum());
        for y in 0..tallest {
            let mut x = EDGE + start;
            let row = self.paper.row();
            for letter in &letters {
                // Letters of different heights stand on one line.
                if let Some(y) = (y + letter.height).checked_sub(tallest) {
                    row[x..x + letter.width].copy_from_slice(&letter.dots[y * letter.width..(y + 1) * letter.width]);
                }
                x += letter.width;
            }
        }
        self.paper.blank(LINE.saturating_sub(tallest).max(if tallest > TALL { 4 } else { 0 }));
    }
}

/// One letter of the printer's own.
#[expect(clippy::as_conversions, reason = "a cell is 24 dots: floats and whole numbers are the same there")]
fn glyph(c: char, cell: usize, bold: bool) -> Vec<bool> {
    static FONTS: OnceLock<[FontVec; 2]> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        [env!("PAPER_FONT_REGULAR"), env!("PAPER_FONT_BOLD")]
            .map(|file| FontVec::try_from_vec(std::fs::read(file).expect("the font")).expect("a font"))
    });
    let font = &fonts[usize::from(bold)];
    // Latin letters are made narrow enough for their cells.
    let em: f32 = if cell == NARROW { 20.0 } else { 24.0 };
    let scale = PxScale::from(em * font.height_unscaled() / font.units_per_em().expect("units"));
    let advance = font.h_advance_unscaled(font.glyph_id(c)) * em / font.units_per_em().expect("units");
    let room = if cell == NARROW { 12.0 } else { 24.0 };
    let glyph = font.glyph_id(c).with_scale_and_position(scale, point((room - advance) / 2.0, 21.0));
    let mut dots = vec![false; cell * TALL];
    if let Some(outline) = font.outline_glyph(glyph) {
        let corner = outline.px_bounds().min;
        outline.draw(|x, y, ink| {
            let (x, y) = (corner.x + x as f32, corner.y + y as f32);
            if ink > 0.42 && x >= 0.0 && y >= 0.0 && (x as usize) < cell && (y as usize) < TALL {
                dots[y as usize * cell + x as usize] = true;
            }
        });
    }
    dots
}

/// The nine elements of each sign, wide ones set, the first bar the highest bit.
const SIGNS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*";
const ELEMENTS: [u16; 44] = [
    0x034, 0x121, 0x061, 0x160, 0x031, 0x130, 0x070, 0x025, 0x124, 0x064, 0x109, 0x049, 0x148, 0x019, 0x118, 0x058,
    0x00D, 0x10C, 0x04C, 0x01C, 0x103, 0x043, 0x142, 0x013, 0x112, 0x052, 0x007, 0x106, 0x046, 0x016, 0x181, 0x0C1,
    0x1C0, 0x091, 0x190, 0x0D0, 0x085, 0x184, 0x0C4, 0x0A8, 0x0A2, 0x08A, 0x02A, 0x094,
];

fn code39(data: &[u8], narrow: usize) -> Vec<bool> {
    let mut row = Vec::new();
    for sign in [b"*", data, b"*"].concat() {
        let at = SIGNS.bytes().position(|known| known == sign).expect("a sign of Code 39");
        for element in 0..9 {
            let wide = (ELEMENTS[at] >> (8 - element)) & 1 == 1;
            let width = if wide { narrow * 5 / 2 } else { narrow };
            row.extend(vec![element % 2 == 0; width]);
        }
        row.extend(vec![false; narrow]);
    }
    row
}
