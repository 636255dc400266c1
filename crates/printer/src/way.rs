//! The ways to a printer, as the settings name them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use net::{Wire, WireTimeouts};
use paper::escpos::status::Health;

use crate::device::Device;
use crate::talk::{self, Line};
use crate::trouble::{Trouble, Why, of_io, of_net};
use crate::{Patience, Printed, queue};

/// How a printer is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// At an address in the shop's network.
    Network(String),
    /// A device file of the system: `/dev/usb/lp0`.
    Device(PathBuf),
    /// A serial line, eight bits, no parity, at so many bits a second.
    Serial {
        /// `/dev/ttyUSB0`.
        line: PathBuf,
        /// 9600, 19200, 38400, 115200.
        baud: u32,
    },
    /// The system's print queue, given the printer's own bytes.
    Queue(String),
    /// The system's print queue, given a PDF.
    PdfQueue(String),
    /// A file: each paper takes the place of the last. In a folder, a file for each paper.
    File(PathBuf),
}

/// What is printed.
#[derive(Clone, Copy, Debug)]
pub enum Print<'a> {
    /// A printer's own bytes.
    Bytes(&'a [u8]),
    /// A PDF of one page.
    Pdf {
        /// The file.
        bytes: &'a [u8],
        /// Across, in whole millimetres.
        width_mm: u32,
        /// Down, in whole millimetres.
        height_mm: u32,
    },
}

impl Way {
    /// Whether it takes a PDF rather than a printer's own bytes.
    #[must_use]
    pub const fn takes_pdf(&self) -> bool {
        matches!(self, Self::PdfQueue(_))
    }

    /// Prints one paper, named for whoever looks at a print queue. Blocks until it is known what became of it; nothing is
    /// tried twice.
    ///
    /// # Errors
    /// With what is known of what came out.
    pub fn print(&self, name: &str, print: Print<'_>, patience: Patience) -> Result<Printed, Trouble> {
        let bytes = match print {
            Print::Bytes(bytes) | Print::Pdf { bytes, .. } => bytes,
        };
        match self {
            Self::Network(address) => talk::print(&mut open_wire(address, patience)?, bytes, patience),
            Self::Device(path) => talk::print(&mut Device::open(path)?, bytes, patience),
            Self::Serial { line, baud } => talk::print(&mut Device::open_serial(line, *baud)?, bytes, patience),
            Self::Queue(queue) | Self::PdfQueue(queue) => queue::print(queue, name, print, patience),
            Self::File(path) => write(path, name, bytes),
        }
    }

    /// How the printer is; nothing when it does not say.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub fn health(&self, patience: Patience) -> Result<Option<Health>, Why> {
        let asked = |line: &mut dyn Line| talk::health(line, patience);
        match self {
            Self::Network(address) => asked(&mut open_wire(address, patience).map_err(|trouble| trouble.why)?),
            Self::Device(path) => asked(&mut Device::open(path).map_err(|trouble| trouble.why)?),
            Self::Serial { line, baud } => asked(&mut Device::open_serial(line, *baud).map_err(|trouble| trouble.why)?),
            Self::Queue(queue) | Self::PdfQueue(queue) => queue::health(queue, patience),
            Self::File(_) => Ok(None),
        }
    }
}

fn open_wire(address: &str, patience: Patience) -> Result<Wire, Trouble> {
    let timeouts = WireTimeouts { connect: patience.connect, stall: patience.stall };
    Wire::open(address, timeouts).map_err(|error| of_net(error).before())
}

/// The whole paper, or none of it: a file half written is removed.
fn write(path: &Path, name: &str, bytes: &[u8]) -> Result<Printed, Trouble> {
    let path = if path.is_dir() { path.join(file_name(name)) } else { path.to_owned() };
    let mut file = fs::File::create(&path).map_err(|error| of_io(&error).before())?;
    match file.write_all(bytes).and_then(|()| file.flush()) {
        Ok(()) => Ok(Printed::Taken),
        // A printer can stand behind the name (a share): what it has got, it has got.
        Err(error) => Err(of_io(&error).after()),
    }
}

/// Letters, digits and hyphens of a paper's name: it cannot lead out of its folder.
fn file_name(name: &str) -> String {
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(60).collect();
    format!("{}.bin", if name.is_empty() { "paper" } else { &name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_papers_name_cannot_lead_out_of_its_folder() {
        assert_eq!(file_name("T1-000042"), "T1-000042.bin");
        assert_eq!(file_name("../../etc/passwd"), "etcpasswd.bin");
        assert_eq!(file_name("收據"), "paper.bin");
    }

    #[test]
    fn a_file_holds_the_last_paper_and_a_folder_all_of_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("last.bin");
        for bytes in [b"the first, longer one".as_slice(), b"second"] {
            let printed = Way::File(file.clone()).print("x", Print::Bytes(bytes), Patience::default());
            assert_eq!(printed, Ok(Printed::Taken));
        }
        assert_eq!(fs::read(&file).expect("there"), b"second");
        let all = folder.path().join("all");
        fs::create_dir(&all).expect("a folder");
        for name in ["T1-000001", "T1-000002"] {
            Way::File(all.clone()).print(name, Print::Bytes(b"x"), Patience::default()).expect("written");
        }
        assert_eq!(fs::read_dir(&all).expect("there").count(), 2);
        let nowhere = Way::File(folder.path().join("no/where"));
        assert_eq!(nowhere.print("x", Print::Bytes(b"x"), Patience::default()), Err(Why::Unreachable.before()));
    }
}
