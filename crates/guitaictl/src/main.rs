//! The till without a window: the same register, journal and gateway, for demonstrations, scripts, tests and rescue.
//!
//! What is printed for programs is one JSON object a line on standard output; a failure is one line on standard error
//! and a non-zero exit.

mod catalogue;
mod demo;
mod keys;
mod receipt;
mod report;
mod sell;
mod sign;
mod simulate;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use register::Profile;

/// Guitai 櫃檯: the till without a window.
#[derive(Parser)]
#[command(name = "guitaictl", version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Sign: reads JSON lines {"hash_key","hash_iv","params"} and prints one CheckMacValue a line.
    Sign,
    /// Start the gateway simulator on loopback and print one JSON line with its URLs.
    Simulate(simulate::Args),
    /// Do one sale to the end.
    Sell(sell::Args),
    /// Show one sale from the first scan to the receipt, with the QR in the terminal.
    Demo(demo::Args),
    /// Read products into a till.
    #[command(subcommand)]
    Catalogue(catalogue::Command),
    /// Print a report.
    #[command(subcommand)]
    Report(report::Command),
    /// Check the whole sales journal: the chain, and every figure made from it.
    Verify(verify::Args),
    /// Write the receipt of a sale as a PDF.
    Receipt(receipt::Args),
    /// Put the shop's ECPay keys in, or take them out.
    #[command(subcommand)]
    Keys(keys::Command),
}

/// Which till.
#[derive(clap::Args, Clone)]
struct AtHome {
    /// The folder the till keeps its files in; made when there is none.
    #[arg(long, value_name = "DIR")]
    home: PathBuf,
    /// training, stage or production, when it is not to be the one in settings.toml.
    #[arg(long)]
    profile: Option<Profile>,
}

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("GUITAI_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("off"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("guitaictl: {}", one_line(&error));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<()> {
    let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    match cli.command {
        Command::Sign => sign::run(std::io::stdin().lock(), std::io::stdout().lock()),
        Command::Simulate(args) => runtime()?.block_on(simulate::run(args)),
        Command::Sell(args) => runtime()?.block_on(sell::run(args)),
        Command::Demo(args) => runtime()?.block_on(demo::run(args)),
        Command::Catalogue(command) => runtime()?.block_on(catalogue::run(command)),
        Command::Report(command) => report::run(command),
        Command::Verify(args) => verify::run(&args),
        Command::Receipt(args) => receipt::run(&args),
        Command::Keys(command) => keys::run(command),
    }
}

fn one_line(error: &anyhow::Error) -> String {
    format!("{error:#}").split_whitespace().collect::<Vec<_>>().join(" ")
}
