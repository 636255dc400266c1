//! `guitaictl report`: figures from the journal alone; the till may be running. Closing a day is a till's work.

mod range;

use anyhow::Context;
use desk::SystemClock;
use register::Clock;
use register::view::XReport;

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
    /// Many days: what was sold, by whom, of what and how it was paid.
    Range(range::Args),
    /// A day as it was closed; without a number, which days there are.
    Z {
        /// The number of the report.
        number: Option<u32>,
        #[command(flatten)]
        at: AtHome,
        /// One JSON object a report; without it the same in words.
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(command: &Command) -> anyhow::Result<()> {
    let (at, json) = match command {
        Command::Range(args) => return range::run(args),
        Command::X { at, json } | Command::Z { at, json, .. } => (at, json),
    };
    let till = at.existing()?;
    let heading = desk::settings::heading(&till.settings, till.profile)?;
    let reader = journal::Journal::open_read_only(&till.journal)?;
    let report = match command {
        Command::X { .. } => register::report::x_report(&reader.x_figures()?, &heading, SystemClock.now()),
        Command::Z { number: Some(number), .. } => {
            let (at, by, figures) =
                reader.z_report(*number)?.with_context(|| format!("there is no report Z {number}"))?;
            register::report::z_report(*number, &by.name, at, &figures, &heading)
        }
        Command::Z { number: None, .. } | Command::Range(_) => return list(&reader, *json),
    };
    if *json {
        print(&serde_json::to_string(&report)?);
        return Ok(());
    }
    show(&report);
    Ok(())
}

/// Every Z report there is, newest first.
fn list(reader: &journal::Reader, json: bool) -> anyhow::Result<()> {
    for report in reader.z_reports(u32::MAX)? {
        let took = report.net.as_dollars() - report.refunded.as_dollars();
        if json {
            let (number, at, by) = (report.number, report.at.unix_ms(), &report.by);
            print(&serde_json::json!({ "number": number, "at_ms": at, "by": by, "took": took }).to_string());
        } else {
            print(&format!("Z {:<6} {}  took {:>12}  closed by {}", report.number, report.at, took, report.by));
        }
    }
    Ok(())
}

fn show(report: &XReport) {
    match &report.z {
        Some(z) => print(&format!("Z report {}, {} {}: {} sales", z.number, report.shop, report.till, report.count)),
        None => print(&format!("X report, {} {}: {} sales", report.shop, report.till, report.count)),
    }
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
    print(&format!("  drawer {}", report.cash.expected));
    let agrees = if report.cross_foot.agrees { "adds up" } else { "DOES NOT ADD UP" };
    print(&format!("  {agrees}; records {} to {}, head {}", report.from_seq, report.to_seq, report.head));
    for broken in &report.mismatches {
        print(&format!("  DOES NOT AGREE: {}: {} is not {}", broken.rule, broken.left, broken.right));
    }
}
