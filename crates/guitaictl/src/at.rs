//! Which till a command is about, and how it is opened.

use std::io::stdin;
use std::path::PathBuf;

use anyhow::{Context, bail};
use desk::settings::Settings;
use desk::{Desk, Home, Opening, Passphrase, Trouble};
use register::Profile;
use register::view::Stop;

/// Which till.
#[derive(clap::Args, Clone)]
pub(crate) struct AtHome {
    /// The folder the till keeps its files in.
    #[arg(long, value_name = "DIR")]
    pub(crate) home: PathBuf,
    /// training, stage or production, when it is not to be the one in settings.toml.
    #[arg(long)]
    pub(crate) profile: Option<Profile>,
}

/// A till to be opened: nobody else may have it open meanwhile.
#[derive(clap::Args, Clone)]
pub(crate) struct ToOpen {
    #[command(flatten)]
    pub(crate) at: AtHome,
    /// Reads the passphrase of sealed keys from the first line of standard input.
    #[arg(long)]
    passphrase_stdin: bool,
}

/// A till whose files are read, and which may be open elsewhere.
pub(crate) struct Existing {
    pub(crate) settings: Settings,
    pub(crate) profile: Profile,
    pub(crate) journal: PathBuf,
}

impl AtHome {
    /// Which profile: the one named, or the one in the settings.
    pub(crate) fn which(&self) -> anyhow::Result<Profile> {
        match self.profile {
            Some(profile) => Ok(profile),
            None => Ok(desk::read_settings(&Home::at(&self.home))?.profile),
        }
    }

    /// The till's files as they are: reading makes no till where there is none.
    pub(crate) fn existing(&self) -> anyhow::Result<Existing> {
        let till = self.settled()?;
        if !till.journal.exists() {
            bail!("the till in {} has no {} journal yet", self.home.display(), till.profile);
        }
        Ok(till)
    }

    /// The folder of that profile's receipts.
    pub(crate) fn receipts(&self, profile: Profile) -> PathBuf {
        Home::at(&self.home).receipts(profile)
    }

    /// The same for a till whose journal may be missing.
    pub(crate) fn settled(&self) -> anyhow::Result<Existing> {
        let home = Home::at(&self.home);
        if !home.settings().exists() {
            bail!("there is no till in {}", self.home.display());
        }
        let settings = desk::read_settings(&home)?;
        let profile = self.profile.unwrap_or(settings.profile);
        Ok(Existing { settings, profile, journal: home.journal(profile) })
    }
}

impl ToOpen {
    /// Opens the till; makes it when there is none.
    pub(crate) async fn open(&self, opening: Opening) -> anyhow::Result<Desk> {
        let opening = Opening { profile: self.at.profile, passphrase: self.passphrase()?, ..opening };
        Desk::open(Home::at(&self.at.home), opening).await.map_err(|trouble| self.explained(trouble))
    }

    fn passphrase(&self) -> anyhow::Result<Option<Passphrase>> {
        if !self.passphrase_stdin {
            return Ok(None);
        }
        let mut line = String::new();
        stdin().read_line(&mut line).context("standard input cannot be read")?;
        Ok(Some(Passphrase::new(line.trim_end_matches(['\r', '\n']).to_owned())?))
    }

    /// What to do about it, where the trouble itself does not say.
    fn explained(&self, trouble: Trouble) -> anyhow::Error {
        let advice = match trouble.as_stop() {
            Stop::AlreadyRunning => "close it first, or wait until it has ended",
            Stop::JournalNewer { .. } => "use the newer program; the file is left as it is",
            Stop::JournalDamaged { .. } => {
                "nothing is sold on it and the file is left as it is; `guitaictl verify` looks closer, report and export \
                 read what there is, restore brings a backup back"
            }
            Stop::DiskFull => "free some space and do it again",
            Stop::KeysLocked { .. } if !self.passphrase_stdin => "--passphrase-stdin reads the passphrase",
            Stop::KeysLocked { .. } | Stop::KeysMissing { .. } | Stop::Settings { .. } => return trouble.into(),
        };
        anyhow::anyhow!("{}; {advice}", crate::one_line(&trouble.into()))
    }
}
