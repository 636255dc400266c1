//! `guitaictl report`: figures from the journal alone; the till may be running.

use desk::SystemClock;
use register::Clock;

use crate::at::AtHome;
use crate::say::print;

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

pub(crate) fn run(command: &Command) -> anyhow::Result<()> {
    let Command::X { at, json } = command;
    let till = at.existing()?;
    let heading = desk::settings::heading(&till.settings, till.profile)?;
    let reader = journal::Journal::open_read_only(&till.journal)?;
    let report = register::report::x_report(&reader.x_figures()?, &heading, SystemClock.now());
    if *json {
        print(&serde_json::to_string(&report)?);
        return Ok(());
    }
    print(&format!("X report, {} {}: {} sales", report.shop, report.till, report.count));
    print(&format!("  gross {}  discounts {}  net {}  tax {}", report.gross, report.discounts, report.net, report.tax));
    for tender in &report.tenders {
        print(&format!("  {:<16} {:>6}  {:>12}", tender.tender, tender.count, tender.amount));
    }
    if report.refunds.count > 0 {
        let refunds = &report.refunds;
        print(&format!("  refunds {:>14}  {:>12}   took {}", refunds.count, -refunds.amount, report.took));
        for way in &refunds.ways {
            print(&format!("    {:<14} {:>6}  {:>12}   given back {}", way.way, way.count, -way.amount, way.settled));
        }
    }
    print(&format!("  drawer {}", report.drawer));
    let agrees = if report.cross_foot.agrees { "adds up" } else { "DOES NOT ADD UP" };
    print(&format!("  {agrees}; records {} to {}, head {}", report.from_seq, report.to_seq, report.head));
    Ok(())
}
