//! `guitaictl backup`: a verified copy of the journal; the till may be running.

use std::path::PathBuf;

use anyhow::Context;
use serde_json::json;

use crate::at::AtHome;
use crate::say::Say;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: AtHome,
    /// Where the copy goes. A file that is there is never overwritten.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// One JSON object; without it the same in words.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let till = args.at.existing()?;
    let reader = journal::Journal::open_read_only(&till.journal)?;
    let copy = reader.backup(&args.to).context("there is no backup")?;
    let to = args.to.display().to_string();
    let line = json!({
        "event": "backup", "profile": till.profile, "file": to, "events": copy.events, "sales": copy.sales,
        "to_seq": copy.head.seq, "head": copy.head.hex(),
    });
    let words = format!("{to} is whole: {} records, {} sales; head {}", copy.events, copy.sales, copy.head);
    Say::to(args.json).line(&line, &words);
    Ok(())
}
