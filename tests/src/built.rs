//! The programs that cargo builds beside the test that is running.

use std::path::PathBuf;

use crate::{Failure, Outcome};

/// `target/debug/{name}`, which `cargo test --workspace` builds; a test is `target/debug/deps/name-hash`.
///
/// # Errors
/// When it is not there.
pub(crate) fn program(name: &str) -> Outcome<PathBuf> {
    let test = std::env::current_exe().map_err(|cause| Failure::new(format!("this test has no path: {cause}")))?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    match test.parent().and_then(|deps| deps.parent()).map(|debug| debug.join(file)) {
        Some(program) if program.is_file() => Ok(program),
        _ => Err(Failure::new(format!("{name} is not built; run the tests with `cargo test --workspace`"))),
    }
}
