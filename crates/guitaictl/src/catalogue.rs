//! `guitaictl catalogue`: products into a till.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use desk::{Desk, Home, Opening};
use register::catalogue::ImportError;
use serde_json::json;

use crate::AtHome;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Reads a CSV file (code,barcode,name,category,price,tax): all of it, or nothing.
    Import {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        at: AtHome,
    },
    /// Puts the sample corner shop in.
    Sample {
        #[command(flatten)]
        at: AtHome,
    },
}

pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    let (at, products) = match command {
        Command::Import { file, at } => {
            let bytes = fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
            let products = register::catalogue::read(&bytes).inspect_err(|error| {
                if let ImportError::Rows { problems } = error {
                    problems.iter().for_each(|problem| println!("{}", json!(problem)));
                }
            })?;
            (at, products)
        }
        Command::Sample { at } => (at, desk::sample_products()),
    };
    let count = products.len();
    let desk = Desk::open(Home::at(&at.home), Opening { profile: at.profile, ..Opening::default() }).await?;
    desk.shared().with(|register, ports| register.set_products(products, ports.clock.now()))?;
    println!("{}", json!({ "event": "imported", "products": count }));
    Ok(())
}
