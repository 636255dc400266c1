//! The browser on the customer's side of the counter.

use std::env;
use std::path::PathBuf;

use serde_json::json;

use super::driver::{Driver, SESSION};
use super::{Page, on_display};
use crate::display::Xvfb;
use crate::{Failure, Outcome};

/// Names Chromium goes by on Debian, Ubuntu and elsewhere.
const CHROMIUM_NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// Where Debian, Ubuntu and Fedora put the small browser that comes with WebKitGTK.
const MINI_BROWSERS: [&str; 3] = [
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
];

/// A browser for the customer: Chromium where it is installed, else the one inside WebKit.
///
/// # Errors
/// When neither can be opened.
pub async fn customer(display: &Xvfb) -> Outcome<Page> {
    if Chromium::is_installed() { Chromium::open().await } else { MiniBrowser::open(display).await }
}

/// Chromium without a window.
pub struct Chromium;

/// How a customer's Chromium differs from an ordinary one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Phone<'a> {
    /// What it calls itself, where that is not Chromium.
    pub user_agent: Option<&'a str>,
    /// It runs no scripts.
    pub without_scripts: bool,
}

impl Phone<'static> {
    /// The page is opened from a message, inside LINE.
    #[must_use]
    pub fn inside_line() -> Self {
        let name = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari Line/14.1.0";
        Self { user_agent: Some(name), ..Self::default() }
    }

    /// The page is opened inside Facebook.
    #[must_use]
    pub fn inside_facebook() -> Self {
        let name = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/440.0.0]";
        Self { user_agent: Some(name), ..Self::default() }
    }
}

impl Chromium {
    /// Whether the browser and its driver are both there.
    #[must_use]
    pub fn is_installed() -> bool {
        binary().is_some() && on_path("chromedriver").is_some()
    }

    /// Opens it with a profile of its own, talking to nobody unasked.
    ///
    /// # Errors
    /// When it or its driver is not installed, or does not start in time.
    pub async fn open() -> Outcome<Page> {
        Self::open_as(Phone::default()).await
    }

    /// Opens one that is not as others are.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_as(phone: Phone<'_>) -> Outcome<Page> {
        let binary =
            binary().ok_or_else(|| Failure::new("Chromium is not installed; `scripts/setup.sh test` does it"))?;
        let driver = Driver::start("chromedriver", |_| ()).await?;
        let profile = format!("--user-data-dir={}", driver.folder().join("profile").display());
        let mut args = vec![
            "--headless=new",
            "--no-sandbox", // refused to root otherwise, and it only sees our own pages
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage", // containers have a tiny /dev/shm
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=412,915", // a phone
            "--lang=zh-TW",
            &profile,
        ];
        let called = phone.user_agent.map(|name| format!("--user-agent={name}"));
        args.extend(called.as_deref());
        let mut options = json!({ "binary": binary, "args": args });
        if phone.without_scripts {
            // 2: as somebody blocks scripts in the settings.
            options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        }
        driver.session("goog:chromeOptions", options, SESSION).await
    }
}

/// The small browser that comes with WebKitGTK.
pub struct MiniBrowser;

impl MiniBrowser {
    /// Opens it on `display`.
    ///
    /// # Errors
    /// When it or WebKit's driver is not installed, or does not start in time.
    pub async fn open(display: &Xvfb) -> Outcome<Page> {
        let binary = MINI_BROWSERS
            .iter()
            .find(|path| PathBuf::from(path).is_file())
            .ok_or_else(|| Failure::new("neither Chromium nor WebKit's MiniBrowser is installed"))?;
        let driver = Driver::start("WebKitWebDriver", |command| on_display(command, display)).await?;
        let options = json!({ "binary": binary, "args": ["--automation"] });
        driver.session("webkitgtk:browserOptions", options, SESSION).await
    }
}

fn binary() -> Option<PathBuf> {
    CHROMIUM_NAMES.iter().find_map(|name| on_path(name))
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
