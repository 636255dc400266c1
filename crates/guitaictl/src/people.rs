//! `guitaictl people`: who works at the till. PINs come in on standard input, never on the command line, where other
//! programs could read them. Whoever can run this on the till's machine is let in without a PIN: it is how an owner who
//! has forgotten theirs comes back. The till must not be open elsewhere.

use std::io::{BufRead, IsTerminal, stdin};

use anyhow::{Context, bail};
use clap::ValueEnum;
use desk::{Desk, Opening};
use register::{CommandError, Consent, Grant, Pin, Ports, Register};
use serde_json::json;
use till::people::{Person, PinHash, Role};

use crate::at::ToOpen;
use crate::say::Say;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Lists who works here.
    List {
        #[command(flatten)]
        to_open: ToOpen,
    },
    /// Adds somebody; the PIN is one line of standard input. The first one is the owner.
    Add {
        #[command(flatten)]
        to_open: ToOpen,
        /// What they are called at the till and on receipts.
        name: String,
        /// What they may do.
        #[arg(long, value_enum, default_value = "cashier")]
        role: RoleName,
    },
    /// Gives somebody another PIN, one line of standard input.
    Pin {
        #[command(flatten)]
        to_open: ToOpen,
        /// Their name or id.
        person: String,
    },
    /// Lets somebody go.
    Retire {
        #[command(flatten)]
        to_open: ToOpen,
        /// Their name or id.
        person: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum RoleName {
    /// Sells.
    Cashier,
    /// Also decides about one sale.
    Supervisor,
    /// Also decides about the shop.
    Owner,
}

pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    let by_hand = || Opening { by_hand: true, ..Opening::default() };
    match command {
        Command::List { to_open } => {
            let desk = to_open.open(by_hand()).await?;
            desk.shared().with(|register, _| register.staff().for_each(|person| tell("person", person)));
        }
        Command::Add { to_open, name, role } => {
            let desk = to_open.open(by_hand()).await?;
            let kept = new_pin(&desk)?;
            let role = match role {
                RoleName::Cashier => Role::Cashier,
                RoleName::Supervisor => Role::Supervisor,
                RoleName::Owner => Role::Owner,
            };
            as_machine(&desk, |register, ports| {
                register.add_person(&name, role, kept, ports.chance.draw(), ports.clock.now())
            })?;
            tell_of(&desk, "added", name.trim())?;
        }
        Command::Pin { to_open, person } => {
            let desk = to_open.open(by_hand()).await?;
            let id = find(&desk, &person)?;
            let kept = new_pin(&desk)?;
            as_machine(&desk, |register, ports| register.change_pin(&id, kept, ports.clock.now()))?;
            tell_of(&desk, "pin_changed", &id)?;
        }
        Command::Retire { to_open, person } => {
            let desk = to_open.open(by_hand()).await?;
            let id = find(&desk, &person)?;
            as_machine(&desk, |register, ports| register.retire_person(&id, ports.clock.now()))?;
            Say::Json.line(&json!({ "event": "retired", "person": id }), "");
        }
    }
    Ok(())
}

fn as_machine(
    desk: &Desk,
    work: impl FnOnce(&mut Register, &Ports) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    desk.shared().with(|register, ports| {
        let grant = Grant::of_the_machine("guitaictl people", ports.clock.now());
        register.under(Some(grant), |register| work(register, ports))
    })
}

/// Somebody's consent; their PIN is a line of standard input.
pub(crate) fn consent(desk: &Desk, by: &str, reason: &str) -> anyhow::Result<Consent> {
    Ok(Consent { person: find(desk, by)?, pin: read_pin()?, reason: reason.to_owned() })
}

fn new_pin(desk: &Desk) -> anyhow::Result<PinHash> {
    Ok(desk.shared().keep_new_pin(&read_pin()?)?)
}

fn read_pin() -> anyhow::Result<Pin> {
    if stdin().is_terminal() {
        eprintln!("type the PIN, 4 to 12 digits");
    }
    let mut line = String::new();
    stdin().lock().read_line(&mut line).context("standard input cannot be read")?;
    Ok(Pin::from(line.trim_end_matches(['\r', '\n']).to_owned()))
}

fn find(desk: &Desk, wanted: &str) -> anyhow::Result<String> {
    let is = |person: &&Person| person.id.as_str() == wanted || person.name.as_str() == wanted.trim();
    let found = desk.shared().with(|register, _| register.staff().find(is).map(|person| person.id.to_string()));
    match found {
        Some(id) => Ok(id),
        None => bail!("nobody here is called {wanted:?}; `guitaictl people list` shows who is"),
    }
}

fn tell_of(desk: &Desk, event: &str, wanted: &str) -> anyhow::Result<()> {
    let id = find(desk, wanted)?;
    desk.shared().with(|register, _| {
        register.staff().filter(|person| person.id.as_str() == id).for_each(|person| tell(event, person))
    });
    Ok(())
}

fn tell(event: &str, person: &Person) {
    let line =
        json!({ "event": event, "person": person.id.as_str(), "name": person.name.as_str(), "role": person.role });
    Say::Json.line(&line, "");
}
