//! How things are said: to programs as one JSON object a line, to people in words.

use std::io::{IsTerminal, Write, stdout};

use serde_json::Value;

/// Who is spoken to.
#[derive(Clone, Copy)]
pub(crate) enum Say {
    /// A program.
    Json,
    /// A person.
    Words,
}

impl Say {
    pub(crate) fn to(json: bool) -> Self {
        if json { Self::Json } else { Self::Words }
    }

    /// Says one thing; a person is not told what has no words.
    pub(crate) fn line(self, json: &Value, words: &str) {
        match self {
            Self::Json => print(&json.to_string()),
            Self::Words if words.is_empty() => {}
            Self::Words => print(words),
        }
    }

    /// Whether there is a person who can see a picture.
    pub(crate) fn has_eyes(self) -> bool {
        matches!(self, Self::Words) && stdout().is_terminal()
    }
}

/// Prints a line at once. Whoever read along may have gone; what is under way goes on.
pub(crate) fn print(line: &str) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}
