//! `guitaictl restore`: a backup takes the place of a journal that is lost or damaged, and says what is to be found again.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use journal::RestoreError;
use serde_json::json;
use till::ids::SaleNumber;

use crate::at::AtHome;
use crate::say::Say;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: AtHome,
    /// The backup. It stays as it is.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// One JSON object; without it the same in words.
    #[arg(long)]
    json: bool,
}

/// The folder, beside the receipts, of those no journal knows.
const PUT_AWAY: &str = "before-restore";

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let till = args.at.settled()?;
    if let Some(folder) = till.journal.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    let restored = match journal::restore(&args.from, &till.journal) {
        Ok(restored) => restored,
        Err(error @ RestoreError::Newer { .. }) => {
            bail!("{error}; if that is meant, move {} away first", till.journal.display())
        }
        Err(error) => bail!("{error}"),
    };
    let reader = journal::Journal::open_read_only(&till.journal)?;
    let forgotten = put_away_receipts(&args.at.receipts(till.profile), &reader)?;
    let open = reader.x_figures()?.open_attempts;
    let numbers: Vec<String> = open.iter().map(|attempt| attempt.number.to_string()).collect();
    let aside = restored.aside.as_ref().map(|path| path.display().to_string());
    let head = restored.verified.head;
    let line = json!({
        "event": "restored", "profile": till.profile, "events": restored.verified.events,
        "sales": restored.verified.sales, "to_seq": head.seq, "head": head.hex(), "kept": aside,
        "was_broken": restored.was_broken.as_ref().map(ToString::to_string), "open": numbers,
        "forgotten": forgotten,
    });
    let say = Say::to(args.json);
    say.line(&line, &format!("restored: {} records, {} sales; head {head}", head.seq, restored.verified.sales));
    if let (false, Some(aside)) = (args.json, &aside) {
        say.line(&line, &format!("what was there is kept in {aside}"));
    }
    if !args.json && !forgotten.is_empty() {
        let words = "receipts are there of sales that the backup does not know; they are put away in";
        say.line(&line, &format!("{} {words} receipts/{PUT_AWAY}: {}", forgotten.len(), forgotten.join(", ")));
    }
    if !args.json && !open.is_empty() {
        let words = "payments that were open then, and that `guitaictl tasks` now asks the gateway about:";
        say.line(&line, &format!("{} {words} {}", open.len(), numbers.join(", ")));
    }
    Ok(())
}

/// Puts away the receipts of sales that the restored journal does not know: their numbers are given out again, and what a
/// customer has in hand is not written over. Says which they are.
fn put_away_receipts(shelf: &Path, journal: &journal::Reader) -> anyhow::Result<Vec<String>> {
    let mut forgotten = Vec::new();
    let Ok(entries) = std::fs::read_dir(shelf) else { return Ok(forgotten) };
    for entry in entries {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".pdf")) else {
            continue;
        };
        let number = name.trim_end_matches(".pdf").split("-copy").next().unwrap_or_default();
        let Ok(number) = number.parse::<SaleNumber>() else { continue };
        if journal.closed(&number)?.is_some() {
            continue;
        }
        let away = shelf.join(PUT_AWAY);
        std::fs::create_dir_all(&away).with_context(|| format!("{} cannot be made", away.display()))?;
        // What an earlier restore has put away stays.
        let free =
            (0_u32..).map(|count| away.join(if count == 0 { name.to_owned() } else { format!("{count}-{name}") }));
        let to = { free }.find(|to| !to.exists()).expect("some name is free");
        std::fs::rename(&path, &to).with_context(|| format!("{} cannot be moved", path.display()))?;
        forgotten.push(number.to_string());
    }
    forgotten.sort();
    forgotten.dedup();
    Ok(forgotten)
}
