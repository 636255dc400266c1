//! `guitaictl reconcile`: one of ECPay's statements against the journal. The till must not be open elsewhere.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use desk::Opening;
use register::view::{Difference, FindingLine, Reconciled};
use serde_json::json;

use crate::at::ToOpen;
use crate::catch_up::catch_up;
use crate::say::Say;
use crate::tasks::ByPerson;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    to_open: ToOpen,
    /// The file as it was saved, in Big5 or UTF-8; without it, it is fetched from ECPay.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// The first day, as 2026-11-20. Of a file, the first on which something was paid when it is left out.
    #[arg(long, value_name = "DAY", requires = "to", required_unless_present = "file")]
    from: Option<String>,
    /// The last day, a week later at most.
    #[arg(long, value_name = "DAY", requires = "from")]
    to: Option<String>,
    /// A gateway simulator at this address; without one, training has one built in.
    #[arg(long, value_name = "URL")]
    gateway: Option<String>,
    #[command(flatten)]
    consent: ByPerson,
    /// One JSON object; without it the same in words.
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: Args) -> anyhow::Result<()> {
    let opening = Opening { by_hand: true, gateway: args.gateway.clone(), ..Opening::default() };
    let desk = args.to_open.open(opening).await?;
    let consent = args.consent.consent(&desk)?;
    let days = args.from.as_deref().zip(args.to.as_deref());
    let shared = desk.shared();
    let reconciled = match (&args.file, days) {
        (Some(file), days) => {
            let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
            shared.consented(consent.as_ref(), |register, ports| register.reconcile(&bytes, days, ports.clock.now()))?
        }
        (None, Some((from, to))) => shared.fetch_statement(from, to, consent.as_ref()).await?,
        (None, None) => anyhow::bail!("say which days, or give a file"),
    };
    // Money that only the statement knows of is asked about at once.
    catch_up(&desk, Duration::from_secs(1), || Ok(true)).await?;
    if args.json {
        Say::Json.line(&serde_json::to_value(&reconciled)?, "");
    } else {
        show(&reconciled);
    }
    Ok(())
}

fn show(of: &Reconciled) {
    let say = |words: &str| Say::Words.line(&json!({}), words);
    say(&format!(
        "{} to {}: {} lines, {} payments agree ({}), {} of other tills",
        of.from, of.to, of.lines, of.matched, of.matched_amount, of.elsewhere
    ));
    for FindingLine { difference, number, sale, day, trade_no, ours, theirs, .. } in &of.findings {
        let what = match difference {
            Difference::Amount => "another amount",
            Difference::TheirsOnly => "not paid here; the gateway is asked",
            Difference::NotInJournal => "not in this journal: is it an older copy?",
            Difference::OursOnly => "not in the statement",
            Difference::Refund => "another refund",
        };
        let sale = sale.as_ref().map_or_else(String::new, |sale| format!(" of sale {sale}"));
        let (day, trade_no) = (day.as_deref().unwrap_or("?"), trade_no.as_deref().unwrap_or("?"));
        say(&format!("  {number}{sale}, {day}, ECPay {trade_no}: {what}; here {ours}, there {theirs}"));
    }
    if of.more > 0 {
        say(&format!("  and {} more", of.more));
    }
    if of.findings.is_empty() {
        say("  nothing differs");
    }
}
