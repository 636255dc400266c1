//! A text as a QR code's modules.

use qrcode::{Color, EcLevel, QrCode};

/// Modules across, and row by row which are dark; nothing when the text is too long for any QR code.
pub(crate) fn modules(text: &str) -> Option<(usize, Vec<bool>)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    Some((code.width(), code.to_colors().into_iter().map(|color| color == Color::Dark).collect()))
}
