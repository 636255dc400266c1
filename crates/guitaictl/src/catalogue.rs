//! `guitaictl catalogue`: products into a till.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use desk::{Desk, Opening};
use register::catalogue::{BYTES_MAX, ImportError};
use serde_json::json;
use till::catalogue::Product;

use crate::at::ToOpen;
use crate::say::print;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Reads a CSV file (code,barcode,name,category,price,tax): all of it, or nothing.
    ///
    /// The file is UTF-8 with the columns named in its first line; tax is taxable, zero or exempt. Products the till
    /// knows by code are changed, others are added, none is taken away. Every problem is printed as one JSON line.
    Import {
        /// The file.
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
    let (to_open, products) = match command {
        Command::Import { file, to_open } => {
            let bytes = bytes_of(&file).with_context(|| format!("{} cannot be read", file.display()))?;
            let products = register::catalogue::read(&bytes).map_err(|error| {
                if let ImportError::Rows { problems } = &error {
                    problems.iter().for_each(|problem| print(&json!(problem).to_string()));
                }
                anyhow::anyhow!("{}: {error}", file.display())
            })?;
            (to_open, products)
        }
        Command::Sample { to_open } => (to_open, desk::sample_products()),
    };
    let opening = Opening { by_hand: true, own_products: true, ..Opening::default() };
    let desk = to_open.open(opening).await?;
    refuse_taken_barcodes(&desk, &products)?;
    let count = products.len();
    desk.shared().with(|register, ports| register.set_products(products, ports.clock.now()))?;
    print(&json!({ "event": "imported", "products": count }).to_string());
    Ok(())
}

/// No more than a catalogue may have, and one byte to tell that there is more.
fn bytes_of(file: &Path) -> io::Result<Vec<u8>> {
    let most = u64::try_from(BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    File::open(file)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A barcode names one product: one that another product of the till has, and keeps, is a problem of the file.
fn refuse_taken_barcodes(desk: &Desk, products: &[Product]) -> anyhow::Result<()> {
    let changed: HashSet<&str> = products.iter().map(|product| product.code.as_str()).collect();
    let known = desk.shared().with(|register, _| register.products());
    let taken: HashMap<&str, &str> = known
        .iter()
        .filter(|product| !changed.contains(product.code.as_str()))
        .filter_map(|product| Some((product.barcode.as_deref()?, product.code.as_str())))
        .collect();
    let mut problems = Vec::new();
    for product in products {
        for barcode in &product.barcodes {
            if let Some(owner) = taken.get(barcode.as_str()) {
                let what = format!("the barcode {barcode} is already that of product {owner}");
                print(&json!({ "code": product.code.as_str(), "what": what }).to_string());
                problems.push(format!("product {}: {what}", product.code));
            }
        }
    }
    match problems.first() {
        Some(first) => bail!("{} of the products cannot be taken, so none was; the first: {first}", problems.len()),
        None => Ok(()),
    }
}
