//! A laid-out sheet: what is where, in micrometres from the top left. Everything that makes bytes starts from this.

use std::collections::BTreeSet;

use till::time::Timestamp;

/// How wide the paper roll is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Width {
    /// 80 mm, of which 72 mm are printed.
    Mm80,
    /// 58 mm, of which 48 mm are printed.
    Mm58,
}

impl Width {
    /// The whole roll, in micrometres.
    #[must_use]
    pub const fn paper_um(self) -> i32 {
        match self {
            Self::Mm80 => 80_000,
            Self::Mm58 => 58_000,
        }
    }

    /// What a thermal head of this roll reaches, in micrometres: 576 or 384 dots of an eighth of a millimetre.
    #[must_use]
    pub const fn printed_um(self) -> i32 {
        match self {
            Self::Mm80 => 72_000,
            Self::Mm58 => 48_000,
        }
    }

    /// The blank edge on either side, in micrometres.
    #[must_use]
    pub const fn margin_um(self) -> i32 {
        (self.paper_um() - self.printed_um()) / 2
    }
}

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Text.
    Regular,
    /// What must be seen first.
    Bold,
}

/// A laid-out sheet, ready to become a PDF, a picture, or printer dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The roll it is laid out for.
    pub width: Width,
    /// How long the paper is, in micrometres.
    pub height_um: i32,
    /// What is on it, in reading order.
    pub marks: Vec<Ink>,
    /// Characters the font does not have; each shows as 〓.
    pub missing: BTreeSet<char>,
    /// When what it tells happened; a PDF carries this as its own date.
    pub at: Timestamp,
}

/// One thing on the sheet. Lengths in micrometres from the top left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ink {
    /// A run of text on one baseline.
    Text(Text),
    /// A black rectangle: a rule, an edge of a frame.
    Fill(Area),
    /// A QR code.
    Qr(Qr),
    /// A barcode.
    Bars(Bars),
}

/// A run of text on one baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Left end of the run.
    pub x_um: i32,
    /// Where the letters stand.
    pub baseline_um: i32,
    /// How far it reaches to the right.
    pub width_um: i32,
    /// The em: a Chinese character is this wide and this tall.
    pub size_um: i32,
    /// How heavy.
    pub weight: Weight,
    /// What it says, with 〓 for what cannot be shown.
    pub text: String,
}

impl Text {
    /// The em box: what the letters may cover.
    #[must_use]
    pub fn area(&self) -> Area {
        let above = crate::flow::above_baseline(self.size_um);
        Area { x_um: self.x_um, y_um: self.baseline_um - above, width_um: self.width_um, height_um: self.size_um }
    }

    /// Where the run ends.
    #[must_use]
    pub const fn right_um(&self) -> i32 {
        self.x_um + self.width_um
    }
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Left.
    pub x_um: i32,
    /// Top.
    pub y_um: i32,
    /// Across.
    pub width_um: i32,
    /// Down.
    pub height_um: i32,
}

impl Area {
    /// Whether the two share any area; touching edges do not count.
    #[must_use]
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.x_um < other.x_um + other.width_um
            && other.x_um < self.x_um + self.width_um
            && self.y_um < other.y_um + other.height_um
            && other.y_um < self.y_um + self.height_um
    }
}

/// A QR code on the sheet: square modules, the light ones left blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// What it says, for a printer that draws its own.
    pub text: String,
    /// Left.
    pub x_um: i32,
    /// Top.
    pub y_um: i32,
    /// Side of one module.
    pub module_um: i32,
    /// Modules across and down.
    pub modules: usize,
    /// Row by row: whether the module is dark.
    pub dark: Vec<bool>,
}

impl Qr {
    /// What it covers, without the quiet edge.
    #[must_use]
    pub fn area(&self) -> Area {
        let side = self.module_um * crate::measure::count(self.modules);
        Area { x_um: self.x_um, y_um: self.y_um, width_um: side, height_um: side }
    }

    /// The dark modules as rectangles, each as long as the run of dark modules in its row.
    #[must_use]
    pub fn bars(&self) -> Vec<Area> {
        let mut bars = Vec::new();
        for (row, modules) in self.dark.chunks(self.modules).enumerate() {
            let mut at = 0;
            for run in modules.chunk_by(|a, b| a == b) {
                if run[0] {
                    bars.push(Area {
                        x_um: self.x_um + self.module_um * crate::measure::count(at),
                        y_um: self.y_um + self.module_um * crate::measure::count(row),
                        width_um: self.module_um * crate::measure::count(run.len()),
                        height_um: self.module_um,
                    });
                }
                at += run.len();
            }
        }
        bars
    }
}

/// A barcode on the sheet (Code 39), without the text under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    /// What it says, for a printer that draws its own.
    pub text: String,
    /// From the first bar to the last.
    pub area: Area,
    /// The dark bars.
    pub bars: Vec<Area>,
}

impl Ink {
    /// What it covers.
    #[must_use]
    pub fn area(&self) -> Area {
        match self {
            Self::Text(text) => text.area(),
            Self::Fill(area) => *area,
            Self::Qr(qr) => qr.area(),
            Self::Bars(bars) => bars.area,
        }
    }
}

impl Sheet {
    /// The runs of text, in reading order.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.marks.iter().filter_map(|ink| if let Ink::Text(text) = ink { Some(text) } else { None })
    }
}
