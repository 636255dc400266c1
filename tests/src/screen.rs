//! Looks at a display and at paper: takes a picture, reads the QR code in one, sees where one has ink.

use std::path::Path;
use std::process::Command;

use crate::tool;
use crate::{Failure, Outcome};

/// Saves what the whole display shows as a PNG (the type follows the name of the file).
///
/// # Errors
/// When ImageMagick is not installed or the display does not answer.
#[cfg(unix)]
pub fn shot(display: &crate::Xvfb, path: &Path) -> Outcome<()> {
    let mut command = Command::new("import");
    command.args(["-display", display.name(), "-window", "root"]).arg(path);
    tool::answer(&mut command, "imagemagick").map(|_| ())
}

/// The text of the one QR code in a picture.
///
/// # Errors
/// When there is none, when there are several, or when zbarimg is not installed.
pub fn read_qr(path: &Path) -> Outcome<String> {
    let mut command = Command::new("zbarimg");
    // Without --nodbus it complains wherever there is no DBus. Only QR: stripes in a picture look like barcodes.
    command.args(["--nodbus", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"]).arg(path);
    let found = tool::answer(&mut command, "zbar-tools")
        .map_err(|cause| cause.during(format!("no QR code can be read in {}", path.display())))?;
    let text = String::from_utf8_lossy(&found);
    let mut codes = text.lines();
    match (codes.next(), codes.next()) {
        (Some(code), None) => Ok(code.to_owned()),
        _ => Err(Failure::new(format!("not one QR code in {}: {text:?}", path.display()))),
    }
}

/// Where the ink of a picture is, in dots: how far from each edge, and the size of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    /// The width of the picture.
    pub width: u32,
    /// The height of the picture.
    pub height: u32,
    /// Blank columns on the left, and on the right.
    pub beside: [u32; 2],
    /// Blank rows above, and below.
    pub above_and_below: [u32; 2],
}

/// Sees where something is drawn on a white picture.
///
/// # Errors
/// When ImageMagick is not installed, or nothing is drawn at all.
pub fn ink(path: &Path) -> Outcome<Ink> {
    let mut command = Command::new("convert");
    command.arg(path).args([
        "-bordercolor",
        "white",
        "-border",
        "1",
        "-fuzz",
        "20%",
        "-trim",
        "-format",
        "%W %H %w %h %X %Y",
        "info:",
    ]);
    let said = tool::answer(&mut command, "imagemagick")?;
    let said = String::from_utf8_lossy(&said);
    let numbers: Vec<u32> =
        said.split_whitespace().filter_map(|word| word.trim_start_matches('+').parse().ok()).collect();
    let &[width, height, wide, high, left, top] = numbers.as_slice() else {
        return Err(Failure::new(format!("{} is blank: {said}", path.display())));
    };
    // The border of one dot makes white the colour that is trimmed, whatever touches the edge.
    let rest = |whole: u32, before: u32, inked: u32| whole.saturating_sub(before + inked + 1);
    Ok(Ink {
        width: width.saturating_sub(2),
        height: height.saturating_sub(2),
        beside: [left.saturating_sub(1), rest(width, left, wide)],
        above_and_below: [top.saturating_sub(1), rest(height, top, high)],
    })
}
