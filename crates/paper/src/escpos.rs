//! A paper as the bytes a thermal printer takes (ESC/POS), for whatever letters and codes that printer has of its own.
//!
//! Commands are cited by their names in Epson's ESC/POS command reference, which every clone follows in what is used here.

mod command;
mod dots;
mod letters;
mod proof;
mod set;
pub mod status;

use till::time::Timestamp;

use crate::faces::{Faces, PaperError};
use crate::flow::{Paper, laid_out};
use crate::row::Row;
use crate::sheet::Width;

pub use command::Pin;
pub use letters::CodePage;
pub use proof::Proof;

/// What one printer is and can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    /// How wide its roll is.
    pub width: Width,
    /// Whose letters it prints.
    pub letters: Letters,
    /// Who draws QR codes and barcodes.
    pub codes: Codes,
    /// Whether it cuts.
    pub cutter: Cutter,
    /// Whether it makes itself heard when a paper is done.
    pub buzzer: Buzzer,
}

/// Whose letters are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Letters {
    /// Ours, as dots: works on every printer.
    Dots,
    /// The printer's own, in a code page it has: sooner, and only where its self-test showed that it has them.
    Own(CodePage),
}

/// Who draws QR codes and barcodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Codes {
    /// We do, as dots: works on every printer.
    Dots,
    /// The printer, by `GS ( k` and `GS k`.
    Own,
}

/// How the paper ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cutter {
    /// By hand, at the edge: it is fed up to there.
    None,
    /// Cut but for one point, so that it does not fall.
    Partial,
    /// Cut off.
    Full,
}

/// Whether a printer makes itself heard; there is no command all makers share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Buzzer {
    /// It is not.
    None,
    /// By `ESC B`, as printers with a buzzer of their own take it.
    EscB,
}

impl Device {
    /// What every printer of a roll this wide can do, and nothing more.
    #[must_use]
    pub const fn plain(width: Width) -> Self {
        Self { width, letters: Letters::Dots, codes: Codes::Dots, cutter: Cutter::Partial, buzzer: Buzzer::None }
    }
}

/// A paper for a printer, from the first command to the cut. The same paper and device give the same bytes.
///
/// # Errors
/// When the paper is too long to be drawn; nothing it says can cause anything else.
pub fn escpos(paper: &(impl Paper + ?Sized), faces: &Faces, device: &Device) -> Result<Vec<u8>, PaperError> {
    let mut job = Job::new(faces, *device, paper.at());
    job.rows(&paper.rows(), device.letters, device.codes)?;
    Ok(job.finish())
}

/// What opens the drawer that hangs on a printer, and prints nothing.
#[must_use]
pub fn kick(pin: Pin) -> Vec<u8> {
    command::kick(pin)
}

/// One document on its way into bytes. Parts of it may be set in different ways.
struct Job<'a> {
    faces: &'a Faces,
    device: Device,
    at: Timestamp,
    bytes: Vec<u8>,
}

impl<'a> Job<'a> {
    fn new(faces: &'a Faces, device: Device, at: Timestamp) -> Self {
        Self { faces, device, at, bytes: command::INIT.to_vec() }
    }

    fn rows(&mut self, rows: &[Row], letters: Letters, codes: Codes) -> Result<(), PaperError> {
        match letters {
            Letters::Dots => {
                let sheet = laid_out(rows, self.faces, self.device.width, self.at);
                dots::print(&mut self.bytes, sheet, self.faces, codes)
            }
            Letters::Own(page) => {
                let device = Device { letters, codes, ..self.device };
                set::print(&mut self.bytes, rows, page, &device, self.faces, self.at)
            }
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.bytes.extend(command::end(self.device.cutter));
        self.bytes.extend(command::buzz(self.device.buzzer));
        self.bytes
    }
}
