//! A sheet as a one-page PDF exactly as large as the paper, with only the glyphs it uses and text that can be found.

use printpdf::{
    FontId, LinePoint, Mm, OffsetDateTime, Op, PaintMode, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions,
    Point, Polygon, PolygonRing, Pt, TextItem, TextMatrix, WindingOrder, to_lopdf_doc,
};

use crate::faces::{Faces, PaperError};
use crate::measure::mm;
use crate::sheet::{Area, Ink, Sheet, Text, Weight};

/// The sheet as a PDF named `title`. The same sheet and title give the same bytes: the only date in it is the sheet's.
///
/// # Errors
/// When the font or the PDF writer fails; nothing the sheet says can cause that.
pub fn pdf(sheet: &Sheet, faces: &Faces, title: &str) -> Result<Vec<u8>, PaperError> {
    let mut document = PdfDocument::new(title);
    let info = &mut document.metadata.info;
    info.creator = "Guitai".to_owned();
    info.producer = "Guitai".to_owned();
    if let Ok(at) = OffsetDateTime::from_unix_timestamp(sheet.at.unix_seconds()) {
        info.creation_date = at;
        info.modification_date = at;
    }
    for weight in [Weight::Regular, Weight::Bold] {
        if sheet.texts().any(|text| text.weight == weight) {
            let font = PdfFont::new(faces.face(weight).parsed()?.clone());
            document.resources.fonts.map.insert(font_id(weight), font);
        }
    }
    document.pages.push(PdfPage::new(Mm(mm(sheet.width.paper_um())), Mm(mm(sheet.height_um)), ops(sheet)));
    save(&document)
}

fn save(document: &PdfDocument) -> Result<Vec<u8>, PaperError> {
    let mut warnings = Vec::new();
    let mut file = to_lopdf_doc(document, &PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(PaperError::Pdf(format!("{warning:?}")));
    }
    // The writer draws a random ID. The entry is optional in a file that is not encrypted, so it goes.
    file.trailer.remove(b"ID");
    // It also claims a print-shop standard (PDF/X) that this file does not follow, and leaves entries empty.
    let info = file.trailer.get(b"Info").and_then(|entry| entry.as_reference());
    if let Ok(info) = info.and_then(|id| file.get_object_mut(id)).and_then(|object| object.as_dict_mut()) {
        for claim in ["GTS_PDFXVersion", "Identifier", "Trapped", "Keywords", "Subject", "Author"] {
            info.remove(claim.as_bytes());
        }
    }
    file.compress();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(PaperError::Write)?;
    Ok(bytes)
}

/// The resource name, and the six letters that mark a subset (ISO 32000-1, 9.6.4).
fn font_id(weight: Weight) -> FontId {
    FontId(match weight {
        Weight::Regular => "GUITAR".to_owned(),
        Weight::Bold => "GUITAB".to_owned(),
    })
}

/// Texts in reading order in one text section, then everything that is filled, in one path.
fn ops(sheet: &Sheet) -> Vec<Op> {
    let mut ops = vec![Op::StartTextSection];
    let mut font = None;
    for text in sheet.texts() {
        if font != Some((text.weight, text.size_um)) {
            font = Some((text.weight, text.size_um));
            ops.push(Op::SetFont { font: PdfFontHandle::External(font_id(text.weight)), size: pt(text.size_um) });
        }
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(pt(text.x_um), up(sheet, text)) });
        ops.push(Op::ShowText { items: vec![TextItem::Text(text.text.clone())] });
    }
    ops.push(Op::EndTextSection);
    let rings: Vec<PolygonRing> = sheet
        .marks
        .iter()
        .flat_map(|ink| match ink {
            Ink::Text(_) => Vec::new(),
            Ink::Fill(area) => vec![*area],
            Ink::Qr(qr) => qr.bars(),
            Ink::Bars(bars) => bars.bars.clone(),
        })
        .map(|area| ring(sheet, area))
        .collect();
    if !rings.is_empty() {
        // One path, so that a viewer smooths the edges of neighbouring modules together and leaves no seams.
        let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
        ops.push(Op::DrawPolygon { polygon });
    }
    ops
}

fn ring(sheet: &Sheet, area: Area) -> PolygonRing {
    let (left, right) = (pt(area.x_um), pt(area.x_um + area.width_um));
    let (top, bottom) = (pt(sheet.height_um - area.y_um), pt(sheet.height_um - area.y_um - area.height_um));
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    let points = corners.into_iter().map(|(x, y)| LinePoint { p: Point { x, y }, bezier: false });
    PolygonRing { points: points.collect() }
}

fn up(sheet: &Sheet, text: &Text) -> Pt {
    pt(sheet.height_um - text.baseline_um)
}

fn pt(um: i32) -> Pt {
    Mm(mm(um)).into()
}
