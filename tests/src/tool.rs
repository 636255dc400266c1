//! Small programs that look at something and answer on standard output.

use std::process::Command;

use crate::{Failure, Outcome};

/// Runs `command` to its end and gives its standard output. `package` is what to install when it is missing.
pub(crate) fn answer(command: &mut Command, package: &str) -> Outcome<Vec<u8>> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|cause| {
        Failure::new(format!("{name} could not be started ({cause}); it is in the package {package}"))
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!("{name} failed ({}): {}", output.status, words.trim())))
}
