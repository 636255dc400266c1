//! The two weights of Noto Sans TC that every paper is set in, and what can go wrong on the way to bytes.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, GlyphId};
use printpdf::ParsedFont;

use crate::measure::{nearest, scaled};
use crate::sheet::Weight;

static REGULAR: &[u8] = include_bytes!(env!("PAPER_FONT_REGULAR"));
static BOLD: &[u8] = include_bytes!(env!("PAPER_FONT_BOLD"));

/// What stands in for a character the font does not have.
pub(crate) const FALLBACK: char = '〓';

/// Why a sheet could not become bytes. All of these are faults of the program or its fonts, never of the sale.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The PDF library did not accept the embedded font.
    #[error("the embedded font cannot be read by the pdf writer")]
    Font,
    /// The PDF library wrote something, but not all of what the sheet says.
    #[error("the pdf is not what the sheet says: {0}")]
    Pdf(String),
    /// The file could not be put together in memory.
    #[error("the pdf could not be written")]
    Write(#[source] std::io::Error),
    /// The picture could not be encoded.
    #[error("the picture could not be encoded")]
    Png(#[from] png::EncodingError),
    /// The picture would be larger than a picture may be.
    #[error("a sheet of {width} × {height} dots is too large for a picture")]
    TooLarge {
        /// Dots across.
        width: i32,
        /// Dots down.
        height: i32,
    },
}

/// The faces of the paper: measured and drawn from the bytes inside the program, parsed for the PDF only when the
/// first PDF is made.
pub struct Faces {
    regular: Face,
    bold: Face,
}

/// One weight.
pub(crate) struct Face {
    font: FontRef<'static>,
    bytes: &'static [u8],
    units_per_em: i32,
    parsed: OnceLock<Option<ParsedFont>>,
}

impl Faces {
    /// The faces compiled into the program, prepared once.
    ///
    /// # Panics
    /// Never in a program whose tests ran: the bytes are fixed at build time.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static FACES: OnceLock<Faces> = OnceLock::new();
        FACES.get_or_init(|| Self { regular: Face::new(REGULAR), bold: Face::new(BOLD) })
    }

    pub(crate) fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// Whether the font can show this character.
    pub(crate) fn has(&self, c: char) -> bool {
        self.regular.glyph(c).0 != 0 && self.bold.glyph(c).0 != 0
    }
}

impl Face {
    fn new(bytes: &'static [u8]) -> Self {
        let font = FontRef::try_from_slice(bytes).expect("the font chosen at build time is a font");
        let units_per_em = nearest(font.units_per_em().expect("an outline font says its units"));
        Self { font, bytes, units_per_em, parsed: OnceLock::new() }
    }

    /// The font as the rasteriser wants it.
    pub(crate) fn font(&self) -> &FontRef<'static> {
        &self.font
    }

    /// The font as the PDF writer wants it; parsed on first use.
    pub(crate) fn parsed(&self) -> Result<&ParsedFont, PaperError> {
        self.parsed
            .get_or_init(|| ParsedFont::from_bytes(self.bytes, 0, &mut Vec::new()))
            .as_ref()
            .ok_or(PaperError::Font)
    }

    pub(crate) fn glyph(&self, c: char) -> GlyphId {
        self.font.glyph_id(c)
    }

    /// How far `c` moves the pen, in font units.
    pub(crate) fn advance(&self, c: char) -> i32 {
        nearest(self.font.h_advance_unscaled(self.glyph(c)))
    }

    /// Font units as micrometres at a size.
    pub(crate) fn units_um(&self, units: i32, size_um: i32) -> i32 {
        scaled(units, size_um, self.units_per_em)
    }

    /// How wide `text` is at a size, in micrometres. Rounded once, so that it agrees with what the PDF viewer adds up.
    pub(crate) fn width_um(&self, text: &str, size_um: i32) -> i32 {
        self.units_um(text.chars().map(|c| self.advance(c)).sum(), size_um)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_equally_wide_so_columns_of_amounts_align() {
        for weight in [Weight::Regular, Weight::Bold] {
            let face = Faces::embedded().face(weight);
            let widths: Vec<i32> = ('0'..='9').map(|c| face.advance(c)).collect();
            assert!(widths.iter().all(|&w| w == widths[0] && w > 0), "{widths:?}");
        }
    }

    #[test]
    fn the_fallback_and_every_mark_of_ours_can_be_shown() {
        for c in [FALLBACK, '×', '✓', '≠', '櫃', '檯', '綠', '…', '–'] {
            assert!(Faces::embedded().has(c), "{c}");
        }
    }
}
