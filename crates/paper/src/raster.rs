//! A sheet as dots: the window's preview, and what a printer without Chinese is sent.

use ab_glyph::{Font, PxScale, point};

use crate::faces::{Faces, PaperError};
use crate::measure::{float, mm, nearest, scaled};
use crate::sheet::{Area, Ink, Sheet, Text};

/// More dots than any receipt needs, fewer than would hurt: an 80 mm roll of eight metres at 12 dots.
const MOST_DOTS: usize = 100_000_000;

/// A grey picture, row by row from the top left; 255 is paper, 0 is ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Dots across.
    pub width: u32,
    /// Dots down.
    pub height: u32,
    /// `width × height` greys.
    pub grey: Vec<u8>,
}

/// The sheet as a grey picture of so many dots to the millimetre (8 is a thermal printer, 12 looks crisp on a screen).
///
/// # Errors
/// When the picture would be too large.
pub fn raster(sheet: &Sheet, faces: &Faces, dots_per_mm: u32) -> Result<Raster, PaperError> {
    let dots = i32::try_from(dots_per_mm).unwrap_or(i32::MAX);
    let (width, height) = (scaled(sheet.width.paper_um(), dots, 1000), scaled(sheet.height_um, dots, 1000));
    let mut canvas = Canvas::new(width, height, dots).ok_or(PaperError::TooLarge { width, height })?;
    for ink in &sheet.marks {
        match ink {
            Ink::Text(text) => canvas.text(text, faces),
            Ink::Fill(area) => canvas.fill(*area),
            Ink::Qr(qr) => qr.bars().into_iter().for_each(|bar| canvas.fill(bar)),
            Ink::Bars(bars) => bars.bars.iter().for_each(|bar| canvas.fill(*bar)),
        }
    }
    Ok(Raster { width: width.unsigned_abs(), height: height.unsigned_abs(), grey: canvas.grey })
}

/// The sheet as a grey PNG of so many dots to the millimetre.
///
/// # Errors
/// When the picture would be too large or cannot be encoded.
pub fn png(sheet: &Sheet, faces: &Faces, dots_per_mm: u32) -> Result<Vec<u8>, PaperError> {
    let raster = raster(sheet, faces, dots_per_mm)?;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, raster.width, raster.height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    // A preview is looked at once: a little larger, several times sooner.
    encoder.set_compression(png::Compression::Fast);
    let per_metre = dots_per_mm.saturating_mul(1000);
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&raster.grey)?;
    writer.finish()?;
    Ok(bytes)
}

struct Canvas {
    width: i32,
    height: i32,
    dots: i32,
    grey: Vec<u8>,
}

impl Canvas {
    fn new(width: i32, height: i32, dots: i32) -> Option<Self> {
        let size = usize::try_from(width).ok()?.checked_mul(usize::try_from(height).ok()?)?;
        (size > 0 && size <= MOST_DOTS).then(|| Self { width, height, dots, grey: vec![255; size] })
    }

    /// Edges are rounded, not lengths, so that neighbours meet without a gap.
    fn fill(&mut self, area: Area) {
        let (left, right) = (self.dot(area.x_um), self.dot(area.x_um + area.width_um));
        let (top, bottom) = (self.dot(area.y_um), self.dot(area.y_um + area.height_um));
        for y in top..bottom.max(top + 1) {
            for x in left..right.max(left + 1) {
                self.darken(x, y, 255);
            }
        }
    }

    fn text(&mut self, text: &Text, faces: &Faces) {
        let face = faces.face(text.weight);
        let font = face.font();
        let em_dots = mm(text.size_um) * float(self.dots);
        let units_per_em = font.units_per_em().unwrap_or(1000.0);
        let scale = PxScale::from(em_dots * font.height_unscaled() / units_per_em);
        let baseline = float(self.dot(text.baseline_um));
        let mut units = 0;
        for c in text.text.chars() {
            let x = mm(text.x_um + face.units_um(units, text.size_um)) * float(self.dots);
            units += face.advance(c);
            let glyph = face.glyph(c).with_scale_and_position(scale, point(x, baseline));
            if let Some(outlined) = font.outline_glyph(glyph) {
                let corner = outlined.px_bounds().min;
                let (left, top) = (nearest(corner.x), nearest(corner.y));
                outlined.draw(|x, y, coverage| {
                    let ink = u8::try_from(nearest(coverage * 255.0).clamp(0, 255)).unwrap_or(255);
                    self.darken(left.saturating_add_unsigned(x), top.saturating_add_unsigned(y), ink);
                });
            }
        }
    }

    fn darken(&mut self, x: i32, y: i32, ink: u8) {
        if (0..self.width).contains(&x)
            && (0..self.height).contains(&y)
            && let Ok(at) = usize::try_from(i64::from(y) * i64::from(self.width) + i64::from(x))
        {
            self.grey[at] = self.grey[at].saturating_sub(ink);
        }
    }

    fn dot(&self, um: i32) -> i32 {
        scaled(um, self.dots, 1000)
    }
}
