//! `guitaictl receipt`: the receipt of a sale, as it was first made. Reads the journal alone; the till may be running.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use desk::Home;
use register::receipts;
use serde_json::json;
use till::ids::SaleNumber;

use crate::AtHome;

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
    let home = Home::at(&args.at.home);
    let settings = desk::read_settings(&home)?;
    let profile = args.at.profile.unwrap_or(settings.profile);
    let heading = desk::settings::heading(&settings, profile)?;
    let path = home.journal(profile);
    let reader = journal::Journal::open_read_only(&path).with_context(|| path.display().to_string())?;
    let number: SaleNumber = args.sale.parse()?;
    let sale = reader.sale(&number)?.with_context(|| format!("there is no sale {number}"))?;
    let closed = reader.closed(&number)?.with_context(|| format!("sale {number} is not closed"))?;
    let pdf = receipts::pdf(&receipts::document(&heading, &sale, closed.closed_at, 0)).map_err(anyhow::Error::msg)?;
    fs::write(&args.pdf, pdf).with_context(|| format!("{} cannot be written", args.pdf.display()))?;
    println!("{}", json!({ "event": "receipt", "sale": number.to_string(), "pdf": args.pdf.display().to_string() }));
    Ok(())
}
