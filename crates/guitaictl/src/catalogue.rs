//! `guitaictl catalogue`: products into a till, and out of it.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use desk::{Desk, Opening};
use register::catalogue::{BYTES_MAX, GoOn, ImportError, Problem, Table};
use serde_json::json;

use crate::at::ToOpen;
use crate::new_file;
use crate::say::print;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Reads a CSV file (code,barcode,name,category,price,tax): all of it, or nothing.
    ///
    /// The columns are named in its first line, in English or Chinese; `unit`, `favourite` and `later_prices` may be
    /// there too. UTF-8, Big5 or UTF-16, as spreadsheets write them. Tax is taxable, zero or exempt. Products the till
    /// knows by code are changed, others are added, none is taken away. Every problem is printed as one JSON line.
    Import {
        /// The file.
        file: PathBuf,
        /// Only say what would change.
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        to_open: ToOpen,
    },
    /// Writes the products into a CSV file that a spreadsheet opens and `import` reads.
    Export {
        /// The file; it must not be there yet.
        file: PathBuf,
        #[command(flatten)]
        to_open: ToOpen,
    },
    /// Puts the sample corner shop in.
    Sample {
        #[command(flatten)]
        to_open: ToOpen,
    },
}

pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Import { file, dry_run, to_open } => import(&file, dry_run, to_open).await,
        Command::Export { file, to_open } => export(&file, to_open).await,
        Command::Sample { to_open } => {
            let desk = open(to_open).await?;
            let products = desk::sample_products();
            let count = products.len();
            desk.shared().with(|register, ports| register.set_products(products, ports.clock.now()))?;
            print(&json!({ "event": "imported", "products": count }).to_string());
            Ok(())
        }
    }
}

async fn import(file: &Path, dry_run: bool, to_open: ToOpen) -> anyhow::Result<()> {
    let table = read(file)?;
    let count = table.products.len();
    let desk = open(to_open).await?;
    let plan = desk.shared().with(|register, _| register.plan_import(table.clone()))?;
    tell(&plan.problems);
    if let Some(first) = plan.problems.first() {
        let problems = plan.problems.len();
        bail!("{problems} of the products cannot be taken, so none was; the first: {first}");
    }
    let event = if dry_run {
        "would_import"
    } else {
        desk.shared().with(|register, ports| {
            let now = ports.clock.now();
            // Whoever can run this can change the file the till reads, too.
            let grant = register::Grant::of_the_machine("guitaictl catalogue import", now);
            register.under(Some(grant), |register| register.import(table, now))
        })?;
        "imported"
    };
    print(&json!({ "event": event, "products": count, "changes": plan.counts }).to_string());
    Ok(())
}

async fn export(file: &Path, to_open: ToOpen) -> anyhow::Result<()> {
    let desk = open(to_open).await?;
    let products = desk.shared().with(|register, _| register.catalogue())?;
    new_file::write(file, &register::catalogue::write(&products))?;
    print(&json!({ "event": "exported", "products": products.len() }).to_string());
    Ok(())
}

fn read(file: &Path) -> anyhow::Result<Table> {
    let bytes = bytes_of(file).with_context(|| format!("{} cannot be read", file.display()))?;
    register::catalogue::read_with(&bytes, &mut |_| GoOn::Yes).map_err(|error| {
        if let ImportError::Rows { problems } = &error {
            tell(problems);
        }
        anyhow::anyhow!("{}: {error}", file.display())
    })
}

/// No more than a catalogue may have, and one byte to tell that there is more.
fn bytes_of(file: &Path) -> io::Result<Vec<u8>> {
    let most = u64::try_from(BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    File::open(file)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn tell(problems: &[Problem]) {
    problems.iter().for_each(|problem| print(&json!(problem).to_string()));
}

async fn open(to_open: ToOpen) -> anyhow::Result<Desk> {
    to_open.open(Opening { by_hand: true, own_products: true, ..Opening::default() }).await
}
