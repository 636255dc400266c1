//! The till without a window: the same register, journal and gateway, for demonstrations, scripts, tests and rescue.
//!
//! What is printed for programs is one JSON object a line on standard output; a failure is one line on standard error
//! and a non-zero exit.

mod at;
mod backup;
mod catalogue;
mod catch_up;
mod customer;
mod demo;
mod export;
mod generate;
mod keys;
mod new_file;
mod pay_page;
mod people;
mod printer;
mod qr;
mod receipt;
mod reconcile;
mod refund;
mod relay;
mod report;
mod restore;
mod say;
mod sell;
mod sign;
mod simulate;
mod tasks;
mod verify;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

/// Guitai 櫃檯: the till without a window.
///
/// What is printed for programs is one JSON object a line on standard output. A failure is one line on standard error
/// and a non-zero exit.
#[derive(Parser)]
#[command(name = "guitaictl", version, propagate_version = true)]
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
    ///
    /// Prints the pay link as soon as it exists and the finished sale last. What an earlier run left unfinished is put
    /// in order first: a payment that may have been made is asked about, and is never asked for twice.
    Sell(sell::Args),
    /// Show one sale from the first scan to the receipt, with the QR in the terminal.
    Demo(demo::Args),
    /// Read products into a till.
    #[command(subcommand)]
    Catalogue(catalogue::Command),
    /// Print a report.
    #[command(subcommand)]
    Report(report::Command),
    /// Hold one of ECPay's statements against the sales journal, and say what differs.
    ///
    /// From a file somebody has saved, or fetched from ECPay. Money that only the statement knows of is asked about.
    Reconcile(reconcile::Args),
    /// Check the whole sales journal: the chain, and every figure made from it.
    Verify(verify::Args),
    /// Copy the sales journal to a file while the till goes on, and verify the copy.
    Backup(backup::Args),
    /// Put a backup in the place of a journal that is lost or damaged.
    ///
    /// A journal that is whole and knows more than the backup is never replaced. What is replaced is kept beside it.
    Restore(restore::Args),
    /// Write every record that can be read to a file, one JSON object a line: also those of a damaged journal.
    Export(export::Args),
    /// Fill a new training till with made-up days of sales, for measuring and for practice.
    Generate(generate::Args),
    /// Write the receipt of a sale as a PDF.
    Receipt(receipt::Args),
    /// Give money back: show what can come back, ask for it, and see it through.
    #[command(subcommand)]
    Refund(refund::Command),
    /// List what waits for a person, and the payments that are watched.
    ///
    /// The gateway is asked first about payments that may have been made while the till was closed.
    Tasks(tasks::List),
    /// Settle one task.
    Resolve(tasks::Resolve),
    /// Let the sale on the counter be collected again although nobody knows how its payment ended.
    Release(tasks::Release),
    /// Who works at the till.
    #[command(subcommand)]
    People(people::Command),
    /// Put the shop's ECPay keys in, or take them out.
    #[command(subcommand)]
    Keys(keys::Command),
    /// Make the static pay page, for a shop without a relay: one HTML file to put on an https web site.
    PayPage(pay_page::Args),
    /// The shop's printers: how they are, their test pages, the drawer.
    #[command(subcommand)]
    Printer(printer::Command),
    /// The till's relay: its key, and whether it works.
    #[command(subcommand)]
    Relay(relay::Command),
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    let filter = tracing_subscriber::EnvFilter::try_from_env("GUITAI_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("off"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(cli) {
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
        Command::Report(command) => report::run(&command),
        Command::Reconcile(args) => runtime()?.block_on(reconcile::run(args)),
        Command::Verify(args) => verify::run(&args),
        Command::Backup(args) => backup::run(&args),
        Command::Restore(args) => restore::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Generate(args) => generate::run(&args),
        Command::Receipt(args) => receipt::run(&args),
        Command::Refund(command) => runtime()?.block_on(refund::run(command)),
        Command::Tasks(args) => runtime()?.block_on(tasks::list(args)),
        Command::Resolve(args) => runtime()?.block_on(tasks::resolve(args)),
        Command::Release(args) => runtime()?.block_on(tasks::release(args)),
        Command::People(command) => runtime()?.block_on(people::run(command)),
        Command::Keys(command) => keys::run(command),
        Command::PayPage(args) => pay_page::run(&args),
        Command::Printer(command) => printer::run(&command),
        Command::Relay(command) => runtime()?.block_on(relay::run(command)),
    }
}

/// A command line that cannot be, as one line like every other failure; help and version as they are.
fn refuse(error: &clap::Error) -> ExitCode {
    let asked =
        [ErrorKind::DisplayHelp, ErrorKind::DisplayVersion, ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand];
    if asked.contains(&error.kind()) {
        let _ = error.print();
        return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    }
    let text = error.render().to_string();
    // What follows is how the command is used, which --help says better.
    let what = text.split("\n\nUsage:").next().unwrap_or_default();
    let what = what.split("\n\nFor more information").next().unwrap_or_default();
    let what = what.trim_start_matches("error:").split_whitespace().collect::<Vec<_>>().join(" ");
    eprintln!("guitaictl: {what}; --help tells more");
    ExitCode::from(2)
}

/// An error with its causes. Some say their cause themselves: nothing is said twice.
fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain() {
        let text = cause.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            line = text;
        } else if !line.contains(&text) {
            line = format!("{line}: {text}");
        }
    }
    line
}
