//! A QR in the terminal.

use register::view::Qr;

/// A QR in half blocks, dark on light whatever the terminal's colours, with its quiet zone.
pub(crate) fn drawn(qr: &Qr) -> String {
    const QUIET: usize = 4;
    let size = usize::try_from(qr.size).unwrap_or(0);
    let dark = |x: usize, y: usize| {
        let inside = (QUIET..QUIET + size).contains(&x) && (QUIET..QUIET + size).contains(&y);
        inside && qr.rows[y - QUIET].as_bytes()[x - QUIET] == b'1'
    };
    let side = size + 2 * QUIET;
    let mut text = String::new();
    for y in (0..side).step_by(2) {
        text.push_str("\x1b[30;107m");
        for x in 0..side {
            text.push(match (dark(x, y), dark(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        text.push_str("\x1b[0m\n");
    }
    text
}
