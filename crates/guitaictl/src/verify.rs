//! `guitaictl verify`: the whole journal, from the first record.

use anyhow::bail;
use desk::Home;
use serde_json::json;

use crate::AtHome;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: AtHome,
    /// One JSON object; without it the same in words.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let home = Home::at(&args.at.home);
    let profile = match args.at.profile {
        Some(profile) => profile,
        None => desk::read_settings(&home)?.profile,
    };
    let path = home.journal(profile);
    match journal::verify(&path) {
        Ok(verified) => {
            let line = json!({
                "verified": true, "events": verified.events, "sales": verified.sales, "head": verified.head.to_string(),
            });
            if args.json {
                println!("{line}");
            } else {
                println!("{} records and {} sales agree, head {}", verified.events, verified.sales, verified.head);
            }
            Ok(())
        }
        Err(error) => {
            if args.json {
                println!("{}", json!({ "verified": false, "break": error.to_string() }));
            }
            bail!("{}: {error}", path.display())
        }
    }
}
