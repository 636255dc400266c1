//! A printer behind a device file: a USB printer (`/dev/usb/lp0`) or a serial line. Never blocks longer than it is told.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::io::Errno;
use rustix::termios::{ControlModes, OptionalActions, tcgetattr, tcsetattr};

use crate::talk::Line;
use crate::trouble::{Trouble, Why, of_io};

/// What is handed over at once.
const PIECE: usize = 4 * 1024;

/// An open device.
pub(crate) struct Device {
    file: File,
    /// Some printers' cables have no way back.
    answers: bool,
}

impl Device {
    pub(crate) fn open(path: &Path) -> Result<Self, Trouble> {
        let open = |answers| {
            let mut options = OpenOptions::new();
            options.write(true).read(answers);
            let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
            options.custom_flags(i32::try_from(flags.bits()).unwrap_or(0));
            options.open(path).map(|file| Self { file, answers })
        };
        match open(true) {
            Err(error) if error.kind() != ErrorKind::NotFound => open(false),
            opened => opened,
        }
        .map_err(|error| of_io(&error).before())
    }

    /// Eight bits, no parity, one stop bit, the line's own handshake (RTS/CTS).
    pub(crate) fn open_serial(path: &Path, baud: u32) -> Result<Self, Trouble> {
        let device = Self::open(path)?;
        let set = || {
            let mut line = tcgetattr(&device.file)?;
            line.make_raw();
            line.set_speed(baud)?;
            line.control_modes |= ControlModes::CLOCAL | ControlModes::CREAD | ControlModes::CRTSCTS;
            line.control_modes -= ControlModes::CSTOPB;
            tcsetattr(&device.file, OptionalActions::Now, &line)
        };
        match set() {
            Ok(()) => Ok(device),
            Err(_) => Err(Why::Unreachable.before()),
        }
    }

    /// Waits until the device is ready for one or the other; whether it is.
    fn ready(&self, what: PollFlags, patience: Duration) -> Result<bool, Why> {
        let patience = Timespec::try_from(patience).unwrap_or(Timespec { tv_sec: 1, tv_nsec: 0 });
        let mut asked = [PollFd::new(&self.file, what)];
        let ready = match poll(&mut asked, Some(&patience)) {
            Ok(ready) => ready > 0,
            Err(Errno::INTR) => true,
            Err(error) => return Err(of_io(&error.into())),
        };
        let [answer] = asked;
        if answer.revents().intersects(PollFlags::ERR | PollFlags::HUP | PollFlags::NVAL)
            && !answer.revents().contains(what)
        {
            return Err(Why::Broken);
        }
        Ok(ready)
    }
}

impl Line for Device {
    fn send(&mut self, bytes: &[u8], stall: Duration) -> Result<(), Why> {
        for piece in bytes.chunks(PIECE) {
            let mut rest = piece;
            while !rest.is_empty() {
                if !self.ready(PollFlags::OUT, stall)? {
                    return Err(Why::Stalled);
                }
                match self.file.write(rest) {
                    Ok(0) => return Err(Why::Broken),
                    Ok(taken) => rest = rest.get(taken..).unwrap_or_default(),
                    Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
                    Err(error) => return Err(of_io(&error)),
                }
            }
        }
        Ok(())
    }

    fn hear(&mut self, patience: Duration) -> Result<Option<u8>, Why> {
        if !self.answers || !self.ready(PollFlags::IN, patience)? {
            return Ok(None);
        }
        let mut byte = [0];
        match self.file.read(&mut byte) {
            Ok(1) => Ok(byte.first().copied()),
            // A device that has nothing to say reads as ended; so does a printer's cable with one way only.
            Ok(_) => {
                self.answers = false;
                Ok(None)
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => Ok(None),
            Err(error) => Err(of_io(&error)),
        }
    }
}
