//! The system's print queue (CUPS), through its own program `lp`: the queue then does the rest, and tells the system, not
//! the till.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use paper::escpos::status::Health;

use crate::trouble::{Trouble, Why};
use crate::way::Print;
use crate::{Patience, Printed};

/// How often it is looked whether `lp` has ended.
const LOOK: Duration = Duration::from_millis(20);

pub(crate) fn print(queue: &str, name: &str, print: Print<'_>, patience: Patience) -> Result<Printed, Trouble> {
    let mut lp = Command::new("lp");
    lp.args(["-d", queue, "-t", &title(name)]);
    let bytes = match print {
        Print::Bytes(bytes) => {
            lp.args(["-o", "raw"]);
            bytes
        }
        Print::Pdf { bytes, width_mm, height_mm } => {
            lp.args(["-o", &format!("media=Custom.{width_mm}x{height_mm}mm"), "-o", "fit-to-page=false"]);
            bytes
        }
    };
    let child =
        lp.arg("-").env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(|_| Why::Unreachable.before())?;
    let feeding = child.stdin.take().map(|mut stdin| {
        let bytes = bytes.to_vec();
        // `lp` reads all of it before it gives it to the queue; one that does not read must not hold the till.
        thread::spawn(move || stdin.write_all(&bytes).is_ok())
    });
    let ended = wait(&mut child, patience.done);
    let fed = ended.is_some() && feeding.and_then(|feeding| feeding.join().ok()).unwrap_or(false);
    match ended {
        Some(true) if fed => Ok(Printed::Taken),
        Some(_) => Err(Why::Refused.before()),
        None => Err(Why::Silent.after()),
    }
}

/// Whether the queue takes jobs; how the printer behind it is, the queue does not say in words that can be relied on.
pub(crate) fn health(queue: &str, patience: Patience) -> Result<Option<Health>, Why> {
    let child = Command::new("lpstat")
        .args(["-a", queue])
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut child = child.map_err(|_| Why::Unreachable)?;
    match wait(&mut child, patience.done) {
        Some(true) => Ok(None),
        Some(false) | None => Err(Why::Unreachable),
    }
}

/// Whether the program ended well; nothing when it had to be ended.
fn wait(child: &mut Child, patience: Duration) -> Option<bool> {
    let end = Instant::now() + patience;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) if Instant::now() < end => thread::sleep(LOOK),
            Ok(None) | Err(_) => {
                // It may have given the paper to the queue before.
                let _ended = child.kill().and_then(|()| child.wait());
                return None;
            }
        }
    }
}

/// What the queue's list shows.
fn title(name: &str) -> String {
    let title: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
    if title.is_empty() { "guitai".to_owned() } else { title }
}
