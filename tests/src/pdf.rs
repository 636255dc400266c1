//! Reads a PDF the way a person who searches it does.

use std::path::Path;
use std::process::Command;

use crate::Outcome;
use crate::tool;

/// The text of all pages, laid out as on paper.
///
/// # Errors
/// When the file is no PDF, or pdftotext is not installed.
pub fn text(path: &Path) -> Outcome<String> {
    let mut command = Command::new("pdftotext");
    command.args(["-enc", "UTF-8", "-layout"]).arg(path).arg("-");
    tool::answer(&mut command, "poppler-utils").map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}
