//! Rows: what stands on a paper from top to bottom, before anything is measured.
//!
//! A printer that sets its own text prints rows; everything else prints the sheet they are laid out on.

/// One row of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Text across the paper, wrapped.
    Text {
        /// What it says.
        text: String,
        /// How it looks.
        style: Style,
        /// Where it stands.
        align: Align,
    },
    /// A label on the left, its value on the right; the value never wraps where it can be avoided.
    Pair {
        /// Left.
        label: String,
        /// Right.
        value: String,
        /// How both look.
        style: Style,
        /// Where the value ends.
        edge: Edge,
    },
    /// Something counted and priced: its name, how many, the amount, the tax mark, in columns all such rows share.
    Item {
        /// What was sold; wraps.
        name: String,
        /// How many: `2 × 35`, `128 筆`.
        each: String,
        /// The amount.
        amount: String,
        /// The tax mark; may be empty.
        tax: String,
    },
    /// A line across.
    Rule(Rule),
    /// Texts in a framed bar, one line each.
    Bar(Vec<String>),
    /// A QR code in the middle.
    Qr(String),
    /// A barcode of a convenience store (Code 39) in the middle, without the text under it.
    Bars(String),
    /// Blank paper, in micrometres.
    Gap(i32),
}

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// How large.
    pub size: Size,
    /// How heavy.
    pub weight: crate::sheet::Weight,
}

/// How large text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Notes.
    Small,
    /// Everything else.
    Body,
    /// The total, the change.
    Large,
    /// The shop's name.
    Title,
}

impl Size {
    /// The em, in micrometres. Body text is the 24-dot Chinese character of thermal printers.
    #[must_use]
    pub const fn um(self) -> i32 {
        match self {
            Self::Small => 2_500,
            Self::Body => 3_000,
            Self::Large => 4_000,
            Self::Title => 5_500,
        }
    }
}

/// Where text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Centre,
}

/// Where the value of a pair ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Where amounts end: left of the column of tax marks.
    Amounts,
    /// At the edge of the print.
    Paper,
}

/// A line across.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Between parts.
    Dashed,
    /// Above a sum.
    Solid,
}

impl Style {
    /// Ordinary text.
    pub const BODY: Self = Self { size: Size::Body, weight: crate::sheet::Weight::Regular };
    /// Ordinary size, heavy.
    pub const STRONG: Self = Self { size: Size::Body, weight: crate::sheet::Weight::Bold };
    /// Notes.
    pub const SMALL: Self = Self { size: Size::Small, weight: crate::sheet::Weight::Regular };
    /// The total.
    pub const LARGE: Self = Self { size: Size::Large, weight: crate::sheet::Weight::Bold };
    /// The shop's name.
    pub const TITLE: Self = Self { size: Size::Title, weight: crate::sheet::Weight::Bold };
}

impl Row {
    /// Centred text.
    #[must_use]
    pub fn centred(text: impl Into<String>, style: Style) -> Self {
        Self::Text { text: text.into(), style, align: Align::Centre }
    }

    /// Text at the left.
    #[must_use]
    pub fn left(text: impl Into<String>, style: Style) -> Self {
        Self::Text { text: text.into(), style, align: Align::Left }
    }

    /// A label and what ends where amounts end.
    #[must_use]
    pub fn amount(label: impl Into<String>, value: impl Into<String>, style: Style) -> Self {
        Self::Pair { label: label.into(), value: value.into(), style, edge: Edge::Amounts }
    }

    /// Two texts at the two edges of the print.
    #[must_use]
    pub fn ends(left: impl Into<String>, right: impl Into<String>, style: Style) -> Self {
        Self::Pair { label: left.into(), value: right.into(), style, edge: Edge::Paper }
    }
}
