//! `guitaictl receipt`: the receipt of a sale, as it was first made. Reads the journal alone; the till may be running.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use register::{Heading, receipts};
use serde_json::json;
use till::ids::SaleNumber;

use crate::at::AtHome;
use crate::say::print;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: AtHome,
    /// The sale's number, such as T1-000042.
    sale: String,
    /// Where the PDF goes.
    #[arg(long, value_name = "FILE")]
    pdf: PathBuf,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let number: SaleNumber = args.sale.parse()?;
    let till = args.at.existing()?;
    let heading = desk::settings::heading(&till.settings, till.profile)?;
    let reader = journal::Journal::open_read_only(&till.journal)?;
    let sale = reader.sale(&number)?.with_context(|| format!("there is no sale {number}"))?;
    let closed = reader.closed(&number)?.with_context(|| format!("sale {number} is not closed"))?;
    let heading = Heading { cashier: closed.operator, ..heading };
    let pdf = receipts::pdf(&receipts::document(&heading, &sale, closed.closed_at, 0)).map_err(anyhow::Error::msg)?;
    fs::write(&args.pdf, pdf).with_context(|| format!("{} cannot be written", args.pdf.display()))?;
    let line = json!({ "event": "receipt", "sale": number.to_string(), "pdf": args.pdf.display().to_string() });
    print(&line.to_string());
    Ok(())
}
