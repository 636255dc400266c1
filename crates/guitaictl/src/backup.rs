//! `guitaictl backup`: a verified copy of the journal; the till may be running.

use std::path::PathBuf;

use anyhow::{Context, bail};
use desk::SystemClock;
use register::Clock;
use serde_json::json;

use crate::at::{AtHome, Existing};
use crate::say::Say;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: AtHome,
    /// Where the copy goes. A file that is there is never overwritten. Without it: to the folders in the settings, where
    /// older copies make room as they do for the till's own.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// One JSON object; without it the same in words.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let till = args.at.existing()?;
    let Some(to) = &args.to else { return to_folders(&till, args.json) };
    let reader = journal::Journal::open_read_only(&till.journal)?;
    let copy = reader.backup(to).context("there is no backup")?;
    let to = to.display().to_string();
    let line = json!({
        "event": "backup", "profile": till.profile, "file": to, "events": copy.events, "sales": copy.sales,
        "to_seq": copy.head.seq, "head": copy.head.hex(),
    });
    let words = format!("{to} is whole: {} records, {} sales; head {}", copy.events, copy.sales, copy.head);
    Say::to(args.json).line(&line, &words);
    Ok(())
}

/// A copy into each folder the settings name.
fn to_folders(till: &Existing, json: bool) -> anyhow::Result<()> {
    let plan = desk::settings::backups(&till.settings)?;
    let plan = plan.context("say --to FILE, or name folders under [backup] in settings.toml")?;
    let heading = desk::settings::heading(&till.settings, till.profile)?;
    let prefix = desk::backup_prefix(&heading.till, till.profile);
    let round = desk::back_up(&till.journal, &plan, &prefix, SystemClock.now());
    for copy in &round.copies {
        let file = copy.display().to_string();
        let line = json!({ "event": "backup", "profile": till.profile, "file": file });
        Say::to(json).line(&line, &format!("{file} is whole"));
    }
    match round.failed {
        Some((folder, why)) => bail!("there is no backup in {}: {why}", folder.display()),
        None => Ok(()),
    }
}
