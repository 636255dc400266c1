//! A printer behind a name of the system (`\\.\COM3`, `\\localhost\printer`), where waiting cannot be bounded and nothing
//! comes back: what was taken is all that is known.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use crate::talk::Line;
use crate::trouble::{Trouble, Why, of_io};

/// An open device.
pub(crate) struct Device {
    file: File,
}

impl Device {
    pub(crate) fn open(path: &Path) -> Result<Self, Trouble> {
        let opened = OpenOptions::new().write(true).open(path);
        opened.map(|file| Self { file }).map_err(|error| of_io(&error).before())
    }

    /// The speed is what the system's own settings say (`mode COM3: BAUD=19200`).
    pub(crate) fn open_serial(path: &Path, _baud: u32) -> Result<Self, Trouble> {
        Self::open(path)
    }
}

impl Line for Device {
    fn send(&mut self, bytes: &[u8], _stall: Duration) -> Result<(), Why> {
        self.file.write_all(bytes).and_then(|()| self.file.flush()).map_err(|error| of_io(&error))
    }

    fn hear(&mut self, _patience: Duration) -> Result<Option<u8>, Why> {
        Ok(None)
    }
}
