//! An X display that exists only in memory, so that a real window can be opened anywhere.

use std::io::{BufRead, BufReader};
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::process::Group;
use crate::{Failure, Outcome};

/// Time for the display to take connections, on a busy machine.
const START: Duration = Duration::from_secs(30);

/// A virtual display with a free number of its own; gone on drop.
pub struct Xvfb {
    name: String,
    _server: Group,
    _folder: TempDir,
}

impl Xvfb {
    /// Starts a display of `width` by `height` pixels, 24 bits deep.
    ///
    /// # Errors
    /// When Xvfb is not installed or takes no connections in time.
    pub fn start(width: u16, height: u16) -> Outcome<Self> {
        let folder = tempfile::tempdir().map_err(|cause| Failure::new(format!("no temporary folder: {cause}")))?;
        let mut command = Command::new("Xvfb");
        // Xvfb looks for a free number itself and writes it when it is ready.
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{width}x{height}x24")]);
        let mut server = Group::start_listening("Xvfb", &mut command, &folder.path().join("xvfb.log"))?;

        let (told, number) = mpsc::channel();
        let output = server.take_output();
        thread::spawn(move || {
            let mut line = String::new();
            if let Some(output) = output {
                // An unreadable pipe leaves the line empty, which is a failure below.
                let _ = BufReader::new(output).read_line(&mut line);
            }
            let _ = told.send(line);
        });
        match number.recv_timeout(START).ok().and_then(|line| line.trim().parse::<u32>().ok()) {
            Some(number) => Ok(Self { name: format!(":{number}"), _server: server, _folder: folder }),
            None => Err(Failure::new(format!("the virtual display did not start; {}", server.last_words()))),
        }
    }

    /// The value for `DISPLAY`, such as `:99`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}
