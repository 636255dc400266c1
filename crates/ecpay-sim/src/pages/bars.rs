//! QR codes and Code 39 bars as SVG paths.

use std::fmt::Write as _;

use maud::{Markup, html};
use qrcode::{Color, QrCode};

/// A QR of a short text. A text that is too long for any QR gives an empty picture.
pub(super) fn qr(text: &str) -> Markup {
    let Ok(code) = QrCode::new(text) else { return html! {} };
    let width = code.width();
    let mut path = String::new();
    for (at, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        let _ = write!(path, "M{} {}h1v1h-1z", at % width, at / width);
    }
    html! {
        svg viewBox={ "0 0 " (width) " " (width) } shape-rendering="crispEdges" role="img" aria-label="QR" {
            path d=(path) fill="#000" {}
        }
    }
}

/// Code 39, wide bars three times the narrow ones, a gap of one between characters. Characters that Code 39 does not
/// have are left out.
pub(super) fn code39(text: &str) -> Markup {
    let (mut path, mut at) = (String::new(), 10_u32);
    for widths in std::iter::once('*').chain(text.chars()).chain(std::iter::once('*')).filter_map(pattern) {
        for (element, width) in widths.bytes().enumerate() {
            let wide = if width == b'w' { 3 } else { 1 };
            if element % 2 == 0 {
                let _ = write!(path, "M{at} 0h{wide}v10h-{wide}z");
            }
            at += wide;
        }
        at += 1;
    }
    html! {
        svg viewBox={ "0 0 " (at + 9) " 10" } preserveAspectRatio="none" shape-rendering="crispEdges" role="img"
            aria-label=(text) { path d=(path) fill="#000" {} }
    }
}

/// Bars and spaces in turn, `w` wide, `n` narrow.
fn pattern(character: char) -> Option<&'static str> {
    PATTERNS.iter().find(|(known, _)| *known == character).map(|(_, widths)| *widths)
}

const PATTERNS: [(char, &str); 40] = [
    ('0', "nnnwwnwnn"),
    ('1', "wnnwnnnnw"),
    ('2', "nnwwnnnnw"),
    ('3', "wnwwnnnnn"),
    ('4', "nnnwwnnnw"),
    ('5', "wnnwwnnnn"),
    ('6', "nnwwwnnnn"),
    ('7', "nnnwnnwnw"),
    ('8', "wnnwnnwnn"),
    ('9', "nnwwnnwnn"),
    ('A', "wnnnnwnnw"),
    ('B', "nnwnnwnnw"),
    ('C', "wnwnnwnnn"),
    ('D', "nnnnwwnnw"),
    ('E', "wnnnwwnnn"),
    ('F', "nnwnwwnnn"),
    ('G', "nnnnnwwnw"),
    ('H', "wnnnnwwnn"),
    ('I', "nnwnnwwnn"),
    ('J', "nnnnwwwnn"),
    ('K', "wnnnnnnww"),
    ('L', "nnwnnnnww"),
    ('M', "wnwnnnnwn"),
    ('N', "nnnnwnnww"),
    ('O', "wnnnwnnwn"),
    ('P', "nnwnwnnwn"),
    ('Q', "nnnnnnwww"),
    ('R', "wnnnnnwwn"),
    ('S', "nnwnnnwwn"),
    ('T', "nnnnwnwwn"),
    ('U', "wwnnnnnnw"),
    ('V', "nwwnnnnnw"),
    ('W', "wwwnnnnnn"),
    ('X', "nwnnwnnnw"),
    ('Y', "wwnnwnnnn"),
    ('Z', "nwwnwnnnn"),
    ('-', "nwnnnnwnw"),
    ('.', "wwnnnnwnn"),
    (' ', "nwwnnnwnn"),
    ('*', "nwnnwnwnn"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_its_own_and_has_three_wide_of_nine() {
        for (at, (character, widths)) in PATTERNS.iter().enumerate() {
            assert_eq!(widths.len(), 9, "{character}");
            assert_eq!(widths.matches('w').count(), 3, "{character}");
            assert!(PATTERNS[at + 1..].iter().all(|(_, other)| other != widths), "{character}");
        }
    }

    #[test]
    fn a_qr_has_its_three_corners() {
        let svg = qr("http://127.0.0.1:1/x").into_string();
        assert!(svg.starts_with("<svg") && svg.contains("M0 0h1v1h-1z"));
    }
}
