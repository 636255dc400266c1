//! `guitaictl report range`: what many days come to, in words, as JSON, as one table for a spreadsheet, or as paper.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use desk::SystemClock;
use register::Clock;
use register::view::{OnlineLine, RangeReport, RangeTable, SoldLine, SpanLine};

use crate::at::AtHome;
use crate::new_file;
use crate::say::print;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: AtHome,
    /// The first day, as 2026-11-01.
    #[arg(long, value_name = "DAY")]
    from: String,
    /// The last day.
    #[arg(long, value_name = "DAY")]
    to: String,
    /// One JSON object; without it the same in words.
    #[arg(long)]
    json: bool,
    /// One table of it as CSV, instead.
    #[arg(long, value_parser = tables(), value_name = "TABLE")]
    csv: Option<RangeTable>,
    /// The whole of it as a PDF, instead; wants --to-file.
    #[arg(long, conflicts_with = "csv", requires = "to_file")]
    pdf: bool,
    /// Where the CSV or PDF goes. A file that is there is never overwritten.
    #[arg(long, value_name = "FILE")]
    to_file: Option<PathBuf>,
}

/// The tables there are, by their names.
fn tables() -> impl TypedValueParser<Value = RangeTable> {
    PossibleValuesParser::new(RangeTable::EVERY.map(RangeTable::name))
        .try_map(|name| RangeTable::named(&name).ok_or("there is no such table"))
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let (from, to) = register::range::days(&args.from, &args.to)?;
    let till = args.at.existing()?;
    let heading = desk::settings::heading(&till.settings, till.profile)?;
    let fees = desk::settings::fees(&till.settings)?;
    let figures = journal::Journal::open_read_only(&till.journal)?.range_figures(from, to)?;
    if let Some(table) = args.csv {
        let bytes = register::range::table(&figures, table, heading.lang, &fees);
        return match &args.to_file {
            Some(file) => write(file, &bytes),
            None => {
                print(String::from_utf8_lossy(&bytes).trim_end());
                Ok(())
            }
        };
    }
    if args.pdf {
        let document = register::range::document(&heading, &figures, &fees, SystemClock.now());
        let bytes = register::range::pdf(&document).map_err(anyhow::Error::msg)?;
        let Some(file) = &args.to_file else { bail!("--pdf wants --to-file") };
        return write(file, &bytes);
    }
    let report = register::range::report(&figures, &heading, &fees, SystemClock.now());
    if args.json {
        print(&serde_json::to_string(&report)?);
    } else {
        show(&report);
    }
    Ok(())
}

fn write(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    new_file::write(file, bytes)?;
    print(&format!("{} is written", file.display()));
    Ok(())
}

fn show(report: &RangeReport) {
    let all = &report.all;
    print(&format!("{} {}, {} to {}: {} sales", report.shop, report.till, report.from, report.to, all.count));
    print(&format!("  gross {}  discounts {}  net {}  tax {}", all.gross, all.discounts, all.net, report.tax));
    print(&format!("  refunds {}  took {}", -report.refunds.amount, report.took));
    let spans = |title: &str, lines: &[SpanLine]| {
        print(&format!("  {title}"));
        for line in lines {
            print(&format!("    {}  {:>6}  {:>12}  refunds {:>10}", line.day, line.count, line.net, -line.refunded));
        }
    };
    if report.days.len() <= 31 {
        spans("by day", &report.days);
    } else {
        spans("by month", &report.months);
    }
    print("  by tender");
    for tender in &report.tenders {
        print(&format!("    {:<16} {:>6}  {:>12}", tender.tender, tender.count, tender.amount));
    }
    for (title, lines) in
        [("by category", &report.categories), ("by product", &report.products), ("by operator", &report.operators)]
    {
        print(&format!("  {title}"));
        for SoldLine { name, items, net, .. } in lines.iter().take(20) {
            print(&format!("    {items:>6}  {net:>12}  {name}"));
        }
    }
    if !report.online.is_empty() {
        print("  through the gateway");
    }
    for OnlineLine { method, paid, late, over, expired, pending, fee, payout_to, .. } in &report.online {
        let fee = fee.map_or_else(String::new, |fee| format!("  fee about {fee}"));
        let payout = payout_to.as_ref().map_or_else(String::new, |day| format!(", paid out by {day}"));
        print(&format!(
            "    {method:<16} paid {} {}  late {}  twice {}  expired {}  pending {}{fee}{payout}",
            paid.count, paid.amount, late.count, over.count, expired.count, pending.count
        ));
    }
    for tally in &report.tallies {
        print(&format!("  {:<32} {:>6}  {:>12}", tally.name, tally.count, tally.amount));
    }
    print(if report.mismatches.is_empty() { "  adds up" } else { "  DOES NOT ADD UP" });
    for broken in &report.mismatches {
        print(&format!("  DOES NOT AGREE: {}: {} is not {}", broken.rule, broken.left, broken.right));
    }
}
