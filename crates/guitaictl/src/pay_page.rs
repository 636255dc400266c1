//! `guitaictl pay-page`: the static pay page as a file.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use desk::Home;

use crate::at::AtHome;
use crate::say::print;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: AtHome,
    /// Where the file goes. One that is there is written over: the page is made anew after every change.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let profile = args.at.which()?;
    let page = desk::static_page(&Home::at(&args.at.home), profile)?;
    let to = args.to.display();
    fs::write(&args.to, page).with_context(|| format!("{to} cannot be written"))?;
    print(&format!(
        "{to} is the {} pay page: put it on an https web site, and that address into settings.toml as pay_page.static_page",
        profile.name()
    ));
    Ok(())
}
