//! The kept samples of one parser: one small text file each in `tests/corpora/<parser>/`. `\xNN` stands for a byte,
//! `\\` for a backslash, and a newline at the end of the file is not part of the sample.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// One sample and where it is kept.
pub(crate) struct Kept {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Where a parser's samples are.
pub(crate) fn folder(parser: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora").join(parser)
}

/// The samples of one parser, in the order of their names.
pub(crate) fn kept(parser: &str) -> Vec<Kept> {
    let folder = folder(parser);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|file| file.expect("readable").path())
        .collect();
    files.sort();
    let kept: Vec<Kept> = files
        .iter()
        .map(|path| Kept {
            name: path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned(),
            bytes: read(&fs::read_to_string(path).expect("samples are text")),
        })
        .collect();
    assert!(!kept.is_empty(), "{} has no samples", folder.display());
    kept
}

fn read(text: &str) -> Vec<u8> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
        if let Some(byte) = rest.strip_prefix('x').and_then(|hex| u8::from_str_radix(hex.get(..2)?, 16).ok()) {
            bytes.push(byte);
            rest = &rest[3..];
        } else {
            bytes.push(b'\\');
            rest = rest.strip_prefix('\\').unwrap_or(rest);
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// A sample as its file would have it.
pub(crate) fn written(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for letter in chunk.valid().chars() {
            match letter {
                '\\' => text.push_str("\\\\"),
                '\n' => text.push('\n'),
                letter if letter.is_control() => {
                    let mut utf8 = [0; 4];
                    hex(letter.encode_utf8(&mut utf8).as_bytes(), &mut text);
                }
                letter => text.push(letter),
            }
        }
        hex(chunk.invalid(), &mut text);
    }
    text
}

fn hex(bytes: &[u8], text: &mut String) {
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(text, "\\x{byte:02x}");
    }
}
