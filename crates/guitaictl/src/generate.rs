//! `guitaictl generate`: a training till full of made-up days. The same seed makes the same journal, to the last hash.

mod closing;
mod days;

use std::fs;
use std::time::Instant;

use anyhow::{Context, bail};
use desk::Home;
use journal::Journal;
use register::Profile;
use serde_json::json;

use self::closing::fill;
use self::days::{Days, goods};
use crate::say::Say;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the till; made when there is none. Always its training profile.
    #[arg(long, value_name = "DIR")]
    home: std::path::PathBuf,
    /// How many sales.
    #[arg(long, default_value_t = 10_000)]
    sales: u64,
    /// What the days are made of.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One JSON object; without it the same in words.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let home = Home::at(&args.home);
    fs::create_dir_all(home.root()).with_context(|| format!("{} cannot be made", home.root().display()))?;
    let settings = desk::read_settings(&home)?;
    let heading = desk::settings::heading(&settings, Profile::Training)?;
    home.prepare(Profile::Training).with_context(|| format!("{} cannot be made", home.root().display()))?;
    let mut journal = Journal::open(&home.journal(Profile::Training))?.journal;
    if journal.next_sale_count()? > 1 {
        bail!("the training journal in {} has sales already: made-up days go into a new till", home.root().display());
    }
    let began = Instant::now();
    let products = desk::sample_products();
    let sales = usize::try_from(args.sales)?;
    let mut days = Days::new(heading.till, products.clone(), args.seed, sales);
    journal.append_all(&[goods(&products)])?;
    fill(&mut journal, &mut days, sales)?;
    let (head, took) = (journal.head(), began.elapsed());
    let line = json!({
        "event": "generated", "sales": args.sales, "seed": args.seed, "events": head.seq, "head": head.hex(),
        "took_ms": u64::try_from(took.as_millis())?,
    });
    let words = format!("{} sales, {} records in {:.1} s; head {head}", args.sales, head.seq, took.as_secs_f64());
    Say::to(args.json).line(&line, &words);
    Ok(())
}
