//! One run of the real `guitaictl`: what it says, line by line, and its end.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Instant;

use serde_json::Value;

use crate::built;

/// What was heard of a run.
pub(super) enum Heard {
    /// A line.
    Line(Value),
    /// Nothing up to the moment given.
    Nothing,
    /// It has closed its standard output.
    End,
}

/// A running program; it does not outlive its owner.
pub(super) struct Run {
    child: Child,
    lines: Receiver<String>,
    errors: Receiver<String>,
}

/// How a run ended.
pub(super) struct Ended {
    /// Whether the signal ended it. A run that was already done when it came ended by itself.
    pub(super) killed: bool,
    /// Whether it says that it did what it should.
    pub(super) good: bool,
    /// The lines not heard before: whoever reads standard output sees them, however the program ended.
    pub(super) rest: Vec<Value>,
    /// Standard error.
    pub(super) errors: String,
}

impl Run {
    pub(super) fn start(args: &[String]) -> Self {
        let mut child = Command::new(built::program("guitaictl").expect("cargo builds guitaictl"))
            .args(args)
            .env_remove("GUITAI_LOG")
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("guitaictl starts");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut err = child.stderr.take().expect("piped");
        let (to_lines, lines) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            while out.read_line(&mut line).is_ok_and(|read| read > 0) {
                if to_lines.send(std::mem::take(&mut line)).is_err() {
                    return;
                }
            }
        });
        let (to_errors, errors) = mpsc::channel();
        thread::spawn(move || {
            let mut text = String::new();
            let _ = err.read_to_string(&mut text);
            let _ = to_errors.send(text);
        });
        Self { child, lines, errors }
    }

    /// The next line, if it comes before `moment`.
    pub(super) fn hear(&self, moment: Instant) -> Heard {
        loop {
            match self.lines.recv_timeout(moment.saturating_duration_since(Instant::now())) {
                Ok(text) => {
                    if let Some(line) = parsed(&text) {
                        return Heard::Line(line);
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Heard::Nothing,
                Err(RecvTimeoutError::Disconnected) => return Heard::End,
            }
        }
    }

    /// SIGKILL, and what is left of it.
    pub(super) fn kill(mut self) -> Ended {
        self.child.kill().expect("it is ours to kill");
        self.end()
    }

    /// Waits for its end.
    pub(super) fn end(mut self) -> Ended {
        let rest = self.lines.iter().filter_map(|text| parsed(&text)).collect();
        let errors = self.errors.recv().unwrap_or_default();
        let status = self.child.wait().expect("it ends");
        Ended { killed: status.code().is_none(), good: status.success(), rest, errors }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A line is said once its end is there; half a line is nothing.
fn parsed(text: &str) -> Option<Value> {
    let line = text.strip_suffix('\n')?;
    Some(serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in what guitaictl said: {line}")))
}
