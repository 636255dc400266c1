//! A shop with the real till in it: a folder of its own, the app that opens it, and what the app has written there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use journal::{Journal, Reader};
use tempfile::TempDir;

use crate::display::Xvfb;
use crate::webdriver::{App, Page, WebKit};
use crate::{Failure, Outcome, built, pdf, tool};

/// The folder of one training till, with its settings; gone on drop.
pub struct Shop {
    folder: TempDir,
}

impl Shop {
    /// The sample shop, on ports nobody else has.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn sample() -> Outcome<Self> {
        Self::with(&[])
    }

    /// The sample shop, with each of these lines of its settings in the place of another.
    ///
    /// # Errors
    /// When its folder cannot be made, or the settings have no such line.
    pub fn with(lines: &[(&str, &str)]) -> Outcome<Self> {
        let folder = tempfile::tempdir().map_err(|cause| Failure::new(format!("no temporary folder: {cause}")))?;
        let mut settings = desk::settings::STARTING.replace("127.0.0.1:8688", "127.0.0.1:0");
        for (line, instead) in lines {
            if !settings.contains(line) {
                return Err(Failure::new(format!("the settings have no `{line}`")));
            }
            settings = settings.replacen(line, instead, 1);
        }
        fs::write(folder.path().join("settings.toml"), settings)
            .map_err(|cause| Failure::new(format!("the settings cannot be written: {cause}")))?;
        Ok(Self { folder })
    }

    /// Where everything of it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The app on this till, with screen settings of its own as well.
    ///
    /// # Errors
    /// When it is not built.
    pub fn app(&self) -> Outcome<App> {
        let app = App::built()?.arg("--home").arg(self.folder().display().to_string());
        Ok(app.env("XDG_DATA_HOME", self.folder().join("screen")))
    }

    /// Opens its till and waits until something can be rung up.
    ///
    /// # Errors
    /// When its window does not open.
    pub async fn open(&self, display: &Xvfb) -> Outcome<Page> {
        let till = WebKit::open(display, &self.app()?).await?;
        till.text("[data-testid=cart-total]").await?;
        Ok(till)
    }

    /// What `guitaictl` says to these words about this till; the first word is the command.
    ///
    /// # Errors
    /// When it is not built, or refuses.
    pub fn ctl(&self, words: &[&str]) -> Outcome<String> {
        let mut command = Command::new(built::program("guitaictl")?);
        command.args(words).arg("--home").arg(self.folder()).env_remove("GUITAI_LOG");
        let said = tool::answer(&mut command, "guitaictl")?;
        Ok(String::from_utf8_lossy(&said).into_owned())
    }

    /// Its journal, read beside the running till.
    ///
    /// # Errors
    /// When there is none.
    pub fn journal(&self) -> Outcome<Reader> {
        let path = self.journal_path();
        Journal::open_read_only(&path).map_err(|cause| Failure::new(format!("{}: {cause}", path.display())))
    }

    /// Where the journal is.
    #[must_use]
    pub fn journal_path(&self) -> PathBuf {
        self.folder().join("training/journal.sqlite")
    }

    /// Walks the whole journal, which says that it is whole.
    ///
    /// # Errors
    /// When it is not.
    pub fn verify(&self) -> Outcome<()> {
        let path = self.journal_path();
        journal::verify(&path).map(|_| ()).map_err(|cause| Failure::new(format!("{}: {cause}", path.display())))
    }

    /// The text on a receipt or a slip, by its number.
    ///
    /// # Errors
    /// When there is none.
    pub fn paper(&self, number: &str) -> Outcome<String> {
        pdf::text(&self.folder().join("training/receipts").join(format!("{number}.pdf")))
    }
}
