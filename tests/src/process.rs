//! A program that goes away with everything it started.
//!
//! A WebDriver starts the app, and the app starts WebKit's own processes; killing the driver alone leaves those
//! behind. So each program leads a process group, and the whole group is killed.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

use crate::{Failure, Outcome};

/// How long the rest of a killed group may take to be gone.
const FAREWELL: Duration = Duration::from_millis(500);
/// How much of a program's last words a failure quotes, in bytes.
const LAST_WORDS: usize = 2_000;

/// A running program and all that it started; killed on drop.
pub(crate) struct Group {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Group {
    /// Starts `command` with its output in `log`.
    pub(crate) fn start(name: &str, command: &mut Command, log: &Path) -> Outcome<Self> {
        let file = log_file(log)?;
        command.stdout(file);
        Self::spawn(name, command, log)
    }

    /// Starts `command`; its standard output can be read with [`Group::take_output`].
    pub(crate) fn start_listening(name: &str, command: &mut Command, log: &Path) -> Outcome<Self> {
        command.stdout(Stdio::piped());
        Self::spawn(name, command, log)
    }

    fn spawn(name: &str, command: &mut Command, log: &Path) -> Outcome<Self> {
        command.stdin(Stdio::null()).stderr(log_file(log)?).process_group(0);
        let child = command.spawn().map_err(|cause| {
            Failure::new(format!(
                "{name} could not be started ({}): {cause}; `scripts/setup.sh test` installs it",
                command.get_program().to_string_lossy()
            ))
        })?;
        Ok(Self { name: name.to_owned(), child, log: log.to_owned() })
    }

    /// The piped standard output, once.
    pub(crate) fn take_output(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// Whether the leading program still runs.
    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// What the program wrote last, for a failure message.
    pub(crate) fn last_words(&self) -> String {
        let words = fs::read(&self.log).unwrap_or_default();
        let tail = &words[words.len().saturating_sub(LAST_WORDS)..];
        match String::from_utf8_lossy(tail).trim() {
            "" => format!("{} wrote nothing", self.name),
            tail => format!("{} wrote last:\n{tail}", self.name),
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) else { return };
        // A group that is already gone answers with an error, and nothing is left to do.
        let _ = kill_process_group(pid, Signal::KILL);
        let _ = self.child.wait();
        let end = Instant::now() + FAREWELL;
        while test_kill_process_group(pid).is_ok() && Instant::now() < end {
            std::thread::yield_now();
        }
    }
}

fn log_file(path: &Path) -> Outcome<File> {
    File::options()
        .create(true)
        .append(true)
        .open(path)
        .map_err(|cause| Failure::new(format!("{} cannot be written: {cause}", path.display())))
}
