//! `guitaictl verify`: the whole journal, from the first record.

use anyhow::bail;
use journal::{OpenError, VerifyError};
use serde_json::json;

use crate::at::AtHome;
use crate::say::Say;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: AtHome,
    /// One JSON object; without it the same in words.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let till = args.at.existing()?;
    let say = Say::to(args.json);
    match journal::verify(&till.journal) {
        Ok(verified) => {
            let line = json!({
                "verified": true, "profile": till.profile, "events": verified.events, "sales": verified.sales,
                "closed": verified.closed, "to_seq": verified.head.seq, "head": verified.head.hex(),
            });
            let words = format!(
                "the {} journal is whole: {} records, {} sales, {} of them closed; head {}",
                till.profile, verified.events, verified.sales, verified.closed, verified.head
            );
            say.line(&line, &words);
            Ok(())
        }
        Err(error) => {
            let seq = match &error {
                VerifyError::Broken(first) => first.seq,
                VerifyError::Open(_) | VerifyError::Sqlite(_) => None,
            };
            let line = json!({
                "verified": false, "profile": till.profile, "seq": seq, "break": error.to_string(),
            });
            say.line(&line, "");
            match error {
                // These name the file themselves.
                VerifyError::Open(OpenError::NotAJournal(_) | OpenError::Disk { .. }) => bail!("{error}"),
                error => bail!("{}: {error}", till.journal.display()),
            }
        }
    }
}
