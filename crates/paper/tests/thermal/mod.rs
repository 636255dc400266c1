//! A thermal printer in memory, written from the ESC/POS command reference and not from our writer: it reads the bytes
//! command by command, refuses what it does not know or what is out of range, and paints what would come out.
#![allow(dead_code, unused_imports, reason = "each test file and the example use some of it")]

mod draw;
mod dump;
mod parse;

use encoding_rs::Encoding;

pub(crate) use draw::{Paper, print};
pub(crate) use dump::dump;
pub(crate) use parse::parse;

/// What the bytes say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// ESC @
    Initialise,
    /// FS &
    ChineseOn,
    /// Letters, in whatever code page the printer has.
    Text(Vec<u8>),
    /// LF
    LineFeed,
    /// ESC d
    Feed(u8),
    /// ESC E
    Bold(bool),
    /// GS !
    Size {
        /// 1 to 8.
        across: u8,
        /// 1 to 8.
        down: u8,
    },
    /// ESC a
    Align(Align),
    /// GS v 0
    Image {
        /// Bytes across.
        across: usize,
        /// Rows.
        rows: usize,
        /// Row by row, the leftmost dot the highest bit.
        bits: Vec<u8>,
    },
    /// GS ( k, functions of cn 49
    Qr(QrFunction),
    /// GS h
    BarHeight(u8),
    /// GS w
    BarWidth(u8),
    /// GS H
    BarText(u8),
    /// GS k, function B
    Bars {
        /// 69 is Code 39.
        system: u8,
        /// What it says.
        data: Vec<u8>,
    },
    /// GS V
    Cut {
        /// 65 or 66.
        how: u8,
        /// How much further the paper is fed.
        feed: u8,
    },
    /// ESC p
    Pulse {
        /// 0 is pin 2, 1 is pin 5.
        pin: u8,
        /// In units of two milliseconds.
        on: u8,
        /// In units of two milliseconds.
        off: u8,
    },
    /// ESC B
    Beep {
        /// How often.
        times: u8,
        /// In tenths of a second.
        length: u8,
    },
    /// DLE EOT
    AskNow(u8),
    /// GS r
    Ask(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum QrFunction {
    /// 165
    Model(u8),
    /// 167
    Module(u8),
    /// 169
    Level(u8),
    /// 180
    Store(Vec<u8>),
    /// 181
    Print,
}

/// The printer itself.
#[derive(Clone, Copy)]
pub(crate) struct Printer {
    /// Dots the head reaches.
    pub(crate) dots: usize,
    /// What its letters are.
    pub(crate) page: &'static Encoding,
}
