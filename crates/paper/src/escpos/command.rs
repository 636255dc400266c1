//! The commands that are used, byte for byte, each under its name in the command reference.

use super::{Buzzer, Cutter};
use crate::code39::{self, ROOMY};
use crate::measure::count;

/// `ESC @`: as after switching on; what an interrupted paper left behind is gone.
pub(super) const INIT: [u8; 2] = [0x1B, 0x40];
/// `FS &`: pairs of bytes are Chinese characters.
pub(super) const CHINESE: [u8; 2] = [0x1C, 0x26];
/// `LF`.
pub(super) const LINE: u8 = 0x0A;

/// Rows of dots in one `GS v 0`: 30 mm. Cheap printers hold little, and print each image when they have all of it.
pub(super) const BAND: usize = 240;
/// `GS ( k` module sizes that are known to work.
const MODULES: std::ops::RangeInclusive<usize> = 3..=6;
/// A longer text in a QR code is drawn by us: printers differ in what they hold.
const QR_BYTES: usize = 300;
/// How tall a barcode of the printer's own is: 13 mm.
const BARS_DOTS: u8 = 104;
/// Lines up to the edge where paper is torn off.
const TEAR_LINES: u8 = 5;

/// The connector's pin a drawer listens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pin {
    /// The first drawer.
    Two,
    /// The second.
    Five,
}

/// How letters look from here on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: bool,
    /// Twice as wide.
    pub(super) wide: bool,
    /// Twice as tall.
    pub(super) tall: bool,
}

/// `ESC E` and `GS !`, as far as they change something.
pub(super) fn look(from: Look, to: Look) -> Vec<u8> {
    let mut bytes = Vec::new();
    if from.bold != to.bold {
        bytes.extend([0x1B, 0x45, u8::from(to.bold)]);
    }
    if (from.wide, from.tall) != (to.wide, to.tall) {
        bytes.extend([0x1D, 0x21, (u8::from(to.wide) << 4) | u8::from(to.tall)]);
    }
    bytes
}

/// What `DLE` makes a printer do at once, wherever it stands: answer, go on after an error, open the drawer.
const AT_ONCE: [u8; 3] = [0x04, 0x05, 0x14];

/// `GS v 0`: an image of so many bytes across. At most [`BAND`] rows, so that its length always fits.
///
/// Printers look for `DLE` and what follows it while the bytes arrive, in the middle of an image too. So a lone dot that
/// would read as one of these commands gets a neighbour: nobody sees it, and no letter opens the drawer.
pub(super) fn image(across: usize, rows: &[u8]) -> Vec<u8> {
    let [x_low, x_high] = low_high(across);
    let [y_low, y_high] = low_high(rows.len() / across.max(1));
    let mut bytes = vec![0x1D, 0x76, 0x30, 0, x_low, x_high, y_low, y_high];
    bytes.extend(rows);
    for at in 9..bytes.len() {
        if bytes[at - 1] == 0x10 && AT_ONCE.contains(&bytes[at]) {
            bytes[at - 1] = 0x18;
        }
    }
    bytes
}

/// `GS ( k`: a QR code in the middle, drawn by the printer; nothing when it is not sure to do so.
pub(super) fn qr(text: &str, modules: usize, room_dots: usize) -> Option<Vec<u8>> {
    let module = MODULES.rev().find(|module| module * modules <= room_dots)?;
    if text.len() > QR_BYTES || text.chars().any(char::is_control) {
        return None;
    }
    let mut bytes = centred(true);
    let mut function = |function: u8, parameters: &[u8]| {
        let [low, high] = low_high(parameters.len() + 2);
        bytes.extend([0x1D, 0x28, 0x6B, low, high, 0x31, function]);
        bytes.extend(parameters);
    };
    function(65, &[50, 0]); // model 2
    function(67, &[u8::try_from(module).unwrap_or(3)]);
    function(69, &[49]); // level M, as ours
    let mut data = vec![48];
    data.extend(text.as_bytes());
    function(80, &data);
    function(81, &[48]);
    bytes.extend(centred(false));
    Some(bytes)
}

/// `GS k`: Code 39 in the middle, drawn by the printer; nothing when it is not sure to fit. The printer adds the stars.
pub(super) fn bars(text: &str, room_dots: usize) -> Option<Vec<u8>> {
    // Printers draw a narrow element two dots wide at least, and a wide one two and a half times that.
    let units = code39::drawn(text, ROOMY)?;
    if units.len() > room_dots {
        return None;
    }
    let mut bytes = centred(true);
    bytes.extend([0x1D, 0x68, BARS_DOTS, 0x1D, 0x77, 2, 0x1D, 0x48, 0]);
    bytes.extend([0x1D, 0x6B, 69, u8::try_from(text.len()).ok()?]);
    bytes.extend(text.as_bytes());
    bytes.extend(centred(false));
    Some(bytes)
}

/// `ESC a`.
fn centred(centred: bool) -> Vec<u8> {
    vec![0x1B, 0x61, u8::from(centred)]
}

/// `ESC d`, or `GS V` with a feed up to the knife.
pub(super) fn end(cutter: Cutter) -> Vec<u8> {
    match cutter {
        Cutter::None => vec![0x1B, 0x64, TEAR_LINES],
        Cutter::Partial => vec![0x1D, 0x56, 66, 0],
        Cutter::Full => vec![0x1D, 0x56, 65, 0],
    }
}

/// Heard twice, a fifth of a second each.
pub(super) fn buzz(buzzer: Buzzer) -> Vec<u8> {
    match buzzer {
        Buzzer::None => Vec::new(),
        Buzzer::EscB => vec![0x1B, 0x42, 2, 2],
    }
}

/// `ESC p`: 50 ms on, half a second off, which every common drawer takes.
pub(super) fn kick(pin: Pin) -> Vec<u8> {
    let pin = match pin {
        Pin::Two => 0,
        Pin::Five => 1,
    };
    vec![0x1B, 0x70, pin, 25, 250]
}

fn low_high(n: usize) -> [u8; 2] {
    u16::try_from(count(n)).unwrap_or(u16::MAX).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_of_an_image_is_a_command_to_the_printer() {
        let rows = [0x10, 0x14, 0x01, 0x10, 0x04, 0x10, 0x10, 0x05, 0x10, 0x20];
        let bytes = image(2, &rows);
        assert_eq!(bytes[8..], [0x18, 0x14, 0x01, 0x18, 0x04, 0x10, 0x18, 0x05, 0x10, 0x20]);
    }

    #[test]
    fn a_code_the_printer_may_not_hold_is_drawn_by_us() {
        assert!(qr("T1-000042", 21, 384).is_some());
        assert!(qr(&"x".repeat(301), 101, 576).is_none(), "too long");
        assert!(qr("a\u{10}b", 21, 384).is_none(), "not text");
        assert!(qr("T1", 200, 384).is_none(), "modules too small");
        assert!(bars("1557352207269145", 576).is_some());
        assert!(bars("1557352207269145", 384).is_none(), "too wide");
        assert!(bars("条", 576).is_none());
    }
}
