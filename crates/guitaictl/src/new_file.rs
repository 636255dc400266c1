//! Files that are asked for: one that is there is never overwritten, and one that is said to be written is on the disk.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;

/// Makes this file with these bytes.
pub(crate) fn write(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut new =
        File::create_new(file).with_context(|| format!("{} cannot be made, and was not written", file.display()))?;
    new.write_all(bytes).and_then(|()| new.sync_all()).with_context(|| format!("{} is not whole", file.display()))
}
