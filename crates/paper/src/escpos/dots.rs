//! A sheet as images for the printer, with its codes drawn by the printer where that is asked for.

use super::Codes;
use super::command::{self, BAND};
use crate::faces::{Faces, PaperError};
use crate::measure::scaled;
use crate::raster::raster;
use crate::sheet::{Ink, Sheet};

/// Thermal heads of both rolls: 203 dots to the inch.
const DOTS_PER_MM: u32 = 8;
/// The lightest grey that is printed. Lighter than half, so that the thin strokes of Chinese letters hold together.
const LIGHTEST: u8 = 150;
/// Blank rows that stay above and below what is on a sheet, so that parts of one paper do not touch: 1.5 mm.
const AIR: usize = 12;

/// The sheet with little of the blank paper above and below what is on it.
pub(super) fn print(out: &mut Vec<u8>, mut sheet: Sheet, faces: &Faces, codes: Codes) -> Result<(), PaperError> {
    let own = take_own(&mut sheet, codes);
    let dots = Dots::of(&sheet, faces)?;
    let codes_end = own.last().map_or(0, |code| code.to);
    let first = dots.first().unwrap_or(dots.rows);
    let mut at = first.min(own.first().map_or(first, |code| code.from)).saturating_sub(AIR);
    let end = dots.last().max(codes_end) + AIR;
    for code in &own {
        dots.print(out, at, code.from);
        out.extend(&code.bytes);
        at = code.to;
    }
    dots.print(out, at, end);
    Ok(())
}

/// One row of a paper whose other rows are the printer's own letters; as tall as it is.
pub(super) fn print_strip(out: &mut Vec<u8>, sheet: &Sheet, faces: &Faces) -> Result<(), PaperError> {
    let dots = Dots::of(sheet, faces)?;
    dots.print(out, 0, dots.rows);
    Ok(())
}

/// A code that the printer draws, in the place of these rows of dots.
struct Own {
    from: usize,
    to: usize,
    bytes: Vec<u8>,
}

/// Takes the codes off the sheet that the printer draws itself, from top to bottom.
fn take_own(sheet: &mut Sheet, codes: Codes) -> Vec<Own> {
    if codes == Codes::Dots {
        return Vec::new();
    }
    let room = dot(sheet.width.printed_um());
    let mut own = Vec::new();
    sheet.marks.retain(|ink| {
        let bytes = match ink {
            Ink::Qr(qr) => command::qr(&qr.text, qr.modules, room),
            Ink::Bars(bars) => command::bars(&bars.text, room),
            Ink::Text(_) | Ink::Fill(_) => None,
        };
        let Some(bytes) = bytes else { return true };
        let area = ink.area();
        own.push(Own { from: dot(area.y_um), to: dot(area.y_um + area.height_um), bytes });
        false
    });
    own
}

/// What the print head does: a bit for each dot it reaches, row by row.
struct Dots {
    across: usize,
    rows: usize,
    bits: Vec<u8>,
}

impl Dots {
    fn of(sheet: &Sheet, faces: &Faces) -> Result<Self, PaperError> {
        let (margin, printed) = (dot(sheet.width.margin_um()), dot(sheet.width.printed_um()));
        if sheet.height_um <= 0 {
            return Ok(Self { across: printed / 8, rows: 0, bits: Vec::new() });
        }
        let grey = raster(sheet, faces, DOTS_PER_MM)?;
        let width = usize::try_from(grey.width).unwrap_or(usize::MAX);
        let mut bits = Vec::with_capacity(grey.grey.len() / 8);
        for row in grey.grey.chunks_exact(width) {
            for eight in row[margin..margin + printed].chunks(8) {
                bits.push(eight.iter().fold(0, |byte, grey| (byte << 1) | u8::from(*grey <= LIGHTEST)));
            }
        }
        Ok(Self { across: printed / 8, rows: grey.grey.len() / width, bits })
    }

    /// The first row with a dot on it.
    fn first(&self) -> Option<usize> {
        self.bits.iter().position(|byte| *byte != 0).map(|at| at / self.across)
    }

    /// The end of the last row with a dot on it.
    fn last(&self) -> usize {
        self.bits.iter().rposition(|byte| *byte != 0).map_or(0, |at| at / self.across + 1)
    }

    fn print(&self, out: &mut Vec<u8>, from: usize, to: usize) {
        let (from, to) = (from.min(self.rows), to.min(self.rows));
        if from < to {
            for band in self.bits[from * self.across..to * self.across].chunks(BAND * self.across) {
                out.extend(command::image(self.across, band));
            }
        }
    }
}

fn dot(um: i32) -> usize {
    let dots = scaled(um, i32::try_from(DOTS_PER_MM).unwrap_or(8), 1000);
    usize::try_from(dots).unwrap_or(0)
}
