//! `guitaictl printer`: the shop's printers, how they are, their test pages, the drawer. Needs no open till.

use anyhow::{Context, bail};
use desk::settings::{self, Settings};
use desk::{Home, Printers, SystemClock};
use register::{Clock, Unprinted};
use serde_json::json;

use crate::at::AtHome;
use crate::say::Say;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Lists the printers in settings.toml, and how each is.
    List(Args),
    /// Prints a test page: which letters and codes this printer has of its own.
    Test(Named),
    /// Opens the drawer that hangs on a printer. Nothing is recorded: at the counter, the key = asks for a reason.
    Drawer(Named),
}

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: AtHome,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
pub(crate) struct Named {
    #[command(flatten)]
    args: Args,
    /// The printer's name; the first one in settings.toml when there is none.
    name: Option<String>,
}

pub(crate) fn run(command: &Command) -> anyhow::Result<()> {
    match command {
        Command::List(args) => list(args),
        Command::Test(named) => {
            let (settings, printers) = read(&named.args)?;
            let name = name_of(&printers, named.name.as_deref())?;
            let heading = settings::heading(&settings, settings.profile)?;
            let printed = printers.test(&name, &heading.till.to_string(), heading.lang, SystemClock.now());
            said(named, "tested", &name, printed)
        }
        Command::Drawer(named) => {
            let (_, printers) = read(&named.args)?;
            let name = match &named.name {
                Some(name) => name.clone(),
                None => {
                    let drawer = printers.list().find(|printer| printer.drawer.is_some());
                    drawer.context("no printer in settings.toml has a drawer_pin")?.name.clone()
                }
            };
            let opened = printers.kick(&name);
            said(named, "opened", &name, opened)
        }
    }
}

fn list(args: &Args) -> anyhow::Result<()> {
    let (_, printers) = read(args)?;
    let say = Say::to(args.json);
    if printers.list().next().is_none() {
        say.line(&json!({ "event": "nothing" }), "settings.toml names no printer");
    }
    for printer in printers.list() {
        let (state, words) = match printers.health(&printer.name) {
            Ok(Some(health)) => (format!("{health:?}").to_lowercase(), format!("{health:?}").to_lowercase()),
            Ok(None) => ("silent".to_owned(), "there, and does not say how it is".to_owned()),
            Err(Unprinted { fault, .. }) => (format!("{fault:?}").to_lowercase(), format!("{fault:?}").to_lowercase()),
        };
        let line = json!({ "event": "printer", "name": printer.name, "way": printer.way_said, "state": state });
        say.line(&line, &format!("{} ({}): {words}", printer.name, printer.way_said));
    }
    Ok(())
}

fn said(named: &Named, event: &str, name: &str, outcome: Result<(), Unprinted>) -> anyhow::Result<()> {
    if let Err(Unprinted { came, fault }) = outcome {
        bail!("{name}: {fault:?}, {came:?} came out");
    }
    Say::to(named.args.json).line(&json!({ "event": event, "printer": name }), &format!("{name}: {event}"));
    Ok(())
}

fn read(args: &Args) -> anyhow::Result<(Settings, Printers)> {
    let settings = desk::read_settings(&Home::at(&args.at.home))?;
    let printers = Printers::new(settings::check_printers(&settings.printers)?);
    Ok((settings, printers))
}

fn name_of(printers: &Printers, name: Option<&str>) -> anyhow::Result<String> {
    let found = match name {
        Some(name) => printers.list().find(|printer| printer.name == name),
        None => printers.list().next(),
    };
    Ok(found.context("settings.toml names no such printer")?.name.clone())
}
