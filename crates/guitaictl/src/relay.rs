//! `guitaictl relay`: the till's key to its relay, and a letter all the way round.

use std::io::stdin;

use anyhow::Context;
use desk::Home;

use crate::at::AtHome;
use crate::say::print;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Reads the key that the relay printed from standard input, and keeps it.
    Key {
        #[command(flatten)]
        at: AtHome,
    },
    /// Sends a letter all the way round: out through the till's door, in through the gateway's, back with the mail.
    Test {
        #[command(flatten)]
        at: AtHome,
    },
    /// Changes the key. A till that is open takes the new one up by itself.
    Rotate {
        #[command(flatten)]
        at: AtHome,
    },
}

pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Key { at } => {
            let mut line = String::new();
            stdin().read_line(&mut line).context("standard input cannot be read")?;
            let name = desk::keep_relay_key(&Home::at(&at.home), at.which()?, &line)?;
            print(&format!("key of till {name} kept"));
        }
        Command::Test { at } => {
            let probe = desk::test_relay(&Home::at(&at.home), at.which()?).await?;
            let ms = |span: std::time::Duration| span.as_millis();
            print(&format!(
                "the relay works: a page published in {} ms, a letter back in {} ms",
                ms(probe.published),
                ms(probe.came_back)
            ));
        }
        Command::Rotate { at } => {
            desk::rotate_relay_key(&Home::at(&at.home), at.which()?).await?;
            print("the key is changed");
        }
    }
    Ok(())
}
