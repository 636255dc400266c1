//! Looks at a display: takes a picture of it, and reads the QR code in a picture.

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
