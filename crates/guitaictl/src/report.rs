//! `guitaictl report`: figures from the journal alone; the till may be running.

use anyhow::Context;
use desk::{Home, SystemClock};
use register::Clock;

use crate::AtHome;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// The day so far.
    X {
        #[command(flatten)]
        at: AtHome,
        /// One JSON object; without it the same in words.
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(command: Command) -> anyhow::Result<()> {
    let Command::X { at, json } = command;
    let home = Home::at(&at.home);
    let settings = desk::read_settings(&home)?;
    let profile = at.profile.unwrap_or(settings.profile);
    let path = home.journal(profile);
    let reader = journal::Journal::open_read_only(&path).with_context(|| path.display().to_string())?;
    let figures = reader.x_figures().with_context(|| path.display().to_string())?;
    let heading = desk::settings::heading(&settings, profile)?;
    let report = register::report::x_report(&figures, &heading, SystemClock.now());
    if json {
        println!("{}", serde_json::to_string(&report)?);
        return Ok(());
    }
    println!("X report, {} {}: {} sales", report.shop, report.till, report.count);
    println!("  gross {}  discounts {}  net {}  tax {}", report.gross, report.discounts, report.net, report.tax);
    for tender in &report.tenders {
        println!("  {:<12} {:>6}  {:>12}", tender.tender, tender.count, tender.amount);
    }
    let agrees = if report.cross_foot.agrees { "adds up" } else { "DOES NOT ADD UP" };
    println!("  {agrees}; records {} to {}, head {}", report.from_seq, report.to_seq, report.head);
    Ok(())
}
