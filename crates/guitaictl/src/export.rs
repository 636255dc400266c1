//! `guitaictl export`: every record as text, also those of a journal nothing can be sold on.

use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;

use anyhow::Context;
use serde_json::json;

use crate::at::AtHome;
use crate::say::Say;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: AtHome,
    /// Where the lines go. A file that is there is never overwritten.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// One JSON object about it; without it the same in words.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let till = args.at.existing()?;
    let reader = journal::Journal::open_read_only(&till.journal)?;
    let to = args.to.display().to_string();
    let file = File::create_new(&args.to).with_context(|| format!("{to} cannot be made"))?;
    let exported = reader.export(&mut BufWriter::new(file)).with_context(|| format!("{to} cannot be written"))?;
    let line = json!({
        "event": "exported", "profile": till.profile, "file": to, "events": exported.events,
        "broken": exported.broken, "cut_short": exported.cut_short,
    });
    let mut words = format!("{to} has {} records", exported.events);
    if exported.broken > 0 {
        words = format!("{words}, {} of them marked as broken", exported.broken);
    }
    if let Some(why) = &exported.cut_short {
        words = format!("{words}; the rest cannot be read: {why}");
    }
    Say::to(args.json).line(&line, &words);
    Ok(())
}
