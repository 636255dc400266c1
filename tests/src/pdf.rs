//! Reads a PDF the way a person who searches it does, and draws it as a printer does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tool;
use crate::{Failure, Outcome};

/// The text of all pages, laid out as on paper.
///
/// # Errors
/// When the file is no PDF, or pdftotext is not installed.
pub fn text(path: &Path) -> Outcome<String> {
    let mut command = Command::new("pdftotext");
    command.args(["-enc", "UTF-8", "-layout"]).arg(path).arg("-");
    tool::answer(&mut command, "poppler-utils").map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Draws every page at 100 dots an inch into PNG files beside `stem`; gives their paths, in order.
///
/// # Errors
/// When the file is no PDF, or pdftoppm is not installed.
pub fn draw(path: &Path, stem: &Path) -> Outcome<Vec<PathBuf>> {
    let mut command = Command::new("pdftoppm");
    command.args(["-png", "-r", "100"]).arg(path).arg(stem);
    tool::answer(&mut command, "poppler-utils")?;
    let (folder, name) = (stem.parent().unwrap_or(stem), stem.file_name().unwrap_or_default().to_string_lossy());
    let unread = |cause| Failure::new(format!("{} cannot be listed: {cause}", folder.display()));
    let files = fs::read_dir(folder).map_err(unread)?.collect::<Result<Vec<_>, _>>().map_err(unread)?;
    let page =
        |file: &PathBuf| file.file_name().is_some_and(|file| file.to_string_lossy().starts_with(&format!("{name}-")));
    let mut pages: Vec<PathBuf> = files.into_iter().map(|file| file.path()).filter(page).collect();
    pages.sort();
    Ok(pages)
}
