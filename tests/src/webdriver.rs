//! The till's own window and a customer's browser, driven through WebDriver.
//!
//! One driver process per session, on a port of its own, so that tests can run side by side.

mod browser;
mod consent;
mod driver;
mod keys;
mod page;
mod payer;

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;

pub use browser::{Chromium, MiniBrowser, Phone, customer};
pub use fantoccini::key::Key;
pub use page::{Page, WAIT};
pub use payer::{give_card, pay_by_card};

use crate::display::Xvfb;
use crate::{Outcome, built};
use driver::Driver;

/// How the till is started: which program, with which words and variables.
pub struct App {
    binary: PathBuf,
    args: Vec<String>,
    env: Vec<(OsString, OsString)>,
    patience: Duration,
}

impl App {
    /// The program at `binary`.
    pub fn new(binary: impl Into<PathBuf>) -> Self {
        Self { binary: binary.into(), args: Vec::new(), env: Vec::new(), patience: driver::SESSION }
    }

    /// `target/debug/guitai`, which `cargo test --workspace` builds beside the test that is running.
    ///
    /// # Errors
    /// When it is not there.
    pub fn built() -> Outcome<Self> {
        built::program("guitai").map(Self::new)
    }

    /// Adds a word to the command line.
    #[must_use]
    pub fn arg(mut self, word: impl Into<String>) -> Self {
        self.args.push(word.into());
        self
    }

    /// Sets a variable of the environment.
    #[must_use]
    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.env.push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// How long its first window may take. WebKit's driver does not notice an app that ends at once.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }
}

/// A window of WebKitGTK inside an app of ours.
pub struct WebKit;

impl WebKit {
    /// Opens `app` on `display` and waits until its window answers.
    ///
    /// # Errors
    /// When the driver is not installed, or the app opens no window in time; the message quotes what it wrote.
    pub async fn open(display: &Xvfb, app: &App) -> Outcome<Page> {
        let driver = Driver::start("WebKitWebDriver", |command| {
            // Without this variable WebKitGTK never lets the driver in, and the session request hangs.
            command.env("TAURI_WEBVIEW_AUTOMATION", "true");
            on_display(command, display);
            command.envs(app.env.iter().map(|(name, value)| (name, value)));
        })
        .await?;
        let options = json!({ "binary": app.binary, "args": app.args });
        driver.session("webkitgtk:browserOptions", options, app.patience).await
    }
}

/// The app inherits the driver's environment, so this puts both on our display and on no other.
fn on_display(command: &mut std::process::Command, display: &Xvfb) {
    command.env("DISPLAY", display.name()).env("GDK_BACKEND", "x11").env("NO_AT_BRIDGE", "1");
    command.env_remove("WAYLAND_DISPLAY");
}
