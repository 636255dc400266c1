//! What a person does with a page: look until something is there, press it, type into it.
//!
//! Every step looks again and again until it succeeds or its deadline passes; nothing waits a fixed time. A page
//! that is being replaced while it is looked at counts as "not yet".

use std::fmt::Display;
use std::future::Future;
use std::time::Duration;

use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::{Instant, interval, timeout};

use crate::process::Group;
use crate::{Failure, Outcome};

/// How long a step looks for what it wants before it fails.
pub const WAIT: Duration = Duration::from_secs(30);
/// How long one command may take; a driver that hangs answers never.
const COMMAND: Duration = Duration::from_secs(30);
/// How often to look again.
const BEAT: Duration = Duration::from_millis(25);
/// How much of a page's text a failure quotes, in letters.
const EXCERPT: usize = 800;

/// Text of the first visible element that matches, or null.
const VISIBLE_TEXT: &str =
    "const e = [...document.querySelectorAll(arguments[0])].find(e => e.getClientRects().length > 0);
    return e ? (e.matches('input, textarea, select') ? e.value : e.innerText ?? e.textContent) : null;";

/// A window under control; it and all its processes are gone on drop.
pub struct Page {
    client: Client,
    driver: Group,
    _folder: TempDir,
}

impl Page {
    pub(super) fn new(client: Client, driver: Group, folder: TempDir) -> Self {
        Self { client, driver, _folder: folder }
    }

    /// The WebDriver client, for what the steps here do not cover.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Opens `url` and waits until it has loaded.
    ///
    /// # Errors
    /// When it does not load in time.
    pub async fn goto(&self, url: &str) -> Outcome<()> {
        command(format!("open {url}"), self.client.goto(url)).await
    }

    /// Waits until an element that matches is visible, and gives its text (of a field: its value).
    ///
    /// # Errors
    /// When none appears; the message quotes what the page shows.
    pub async fn text(&self, css: &str) -> Outcome<String> {
        self.text_where(css, "anything", |_| true).await
    }

    /// Waits until the first visible element that matches shows a text with `part` in it; gives the text.
    ///
    /// # Errors
    /// When it does not; the message quotes what the page shows.
    pub async fn text_with(&self, css: &str, part: &str) -> Outcome<String> {
        self.text_where(css, part, |text| text.contains(part)).await
    }

    /// Waits until no element that matches is visible any more.
    ///
    /// # Errors
    /// When one stays.
    pub async fn gone(&self, css: &str) -> Outcome<()> {
        let what = format!("`{css}` to go away");
        self.until(&what, || async move {
            let text = self.client.execute(VISIBLE_TEXT, vec![json!(css)]).await.map_err(|cause| cause.to_string())?;
            if text.is_null() { Ok(()) } else { Err(format!("it still shows {text}")) }
        })
        .await
    }

    /// Waits until JavaScript `condition` (an expression) is true. `what` names it in a failure.
    ///
    /// # Errors
    /// When it stays false.
    pub async fn wait_until(&self, what: &str, condition: &str) -> Outcome<()> {
        let script = format!("return Boolean({condition});");
        let script = script.as_str();
        self.until(what, || async move {
            match self.client.execute(script, vec![]).await {
                Ok(Value::Bool(true)) => Ok(()),
                Ok(other) => Err(format!("the condition is {other}")),
                Err(cause) => Err(cause.to_string()),
            }
        })
        .await
    }

    /// The value of a JavaScript expression, now.
    ///
    /// # Errors
    /// When it throws, or the driver does not answer.
    pub async fn eval(&self, expression: &str) -> Outcome<Value> {
        let script = format!("return {expression};");
        command(format!("evaluate `{expression}`"), self.client.execute(&script, vec![])).await
    }

    /// Waits until the element can be pressed, and presses it.
    ///
    /// # Errors
    /// When it does not appear, stays disabled or covered.
    pub async fn click(&self, css: &str) -> Outcome<()> {
        let what = format!("`{css}` to be pressed");
        self.until(&what, || async move {
            let element = self.client.find(Locator::Css(css)).await.map_err(|cause| cause.to_string())?;
            if !element.is_enabled().await.map_err(|cause| cause.to_string())? {
                return Err("it is disabled".to_owned());
            }
            element.click().await.map_err(|cause| cause.to_string())
        })
        .await
    }

    /// Waits until the field can be written in, empties it and types `text`.
    ///
    /// # Errors
    /// When it does not appear or takes no text.
    pub async fn fill(&self, css: &str, text: &str) -> Outcome<()> {
        let what = format!("`{css}` to take the text");
        self.until(&what, || async move {
            let element = self.client.find(Locator::Css(css)).await.map_err(|cause| cause.to_string())?;
            element.clear().await.map_err(|cause| cause.to_string())?;
            element.send_keys(text).await.map_err(|cause| cause.to_string())
        })
        .await
    }

    /// Looks with `look` until it gives something, at most [`WAIT`] long. `look` says why not yet.
    ///
    /// # Errors
    /// At the deadline, with the last reason and what the page shows.
    pub async fn until<T, L, F>(&self, what: &str, mut look: L) -> Outcome<T>
    where
        L: FnMut() -> F,
        F: Future<Output = Result<T, String>>,
    {
        let end = Instant::now() + WAIT;
        let mut beat = interval(BEAT);
        let mut reason = "the driver did not answer".to_owned();
        while Instant::now() < end {
            beat.tick().await;
            match timeout(COMMAND, look()).await {
                Ok(Ok(found)) => return Ok(found),
                Ok(Err(why)) => reason = why,
                Err(_) => break,
            }
        }
        let shown = self.shown().await;
        Err(Failure::new(format!("waited {} s for {what}: {reason}\n{shown}", WAIT.as_secs())))
    }

    /// Turns to the window whose JavaScript `condition` (an expression) is true; everything else here is then about that
    /// one. `what` names it in a failure.
    ///
    /// # Errors
    /// When no window is like that in time.
    pub async fn turn_to(&self, what: &str, condition: &str) -> Outcome<()> {
        let script = format!("return Boolean({condition});");
        let script = script.as_str();
        self.until(what, || async move {
            let windows = self.client.windows().await.map_err(|cause| cause.to_string())?;
            for window in &windows {
                // A window that is just closing is not the one.
                if self.client.switch_to_window(window.clone()).await.is_err() {
                    continue;
                }
                if let Ok(Value::Bool(true)) = self.client.execute(script, vec![]).await {
                    return Ok(());
                }
            }
            Err(format!("none of {} windows is", windows.len()))
        })
        .await
    }

    /// A picture of the window that is being looked at, as PNG.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn picture(&self) -> Outcome<Vec<u8>> {
        command("take a picture of the window", self.client.screenshot()).await
    }

    /// Closes the window that is being looked at, as its own button would; the others stay.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn shut(&self) -> Outcome<()> {
        command("close this window", self.client.close_window()).await
    }

    /// Ends the session politely; dropping the page does it without asking.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn close(self) -> Outcome<()> {
        command("close the window", self.client.clone().close()).await
    }

    async fn text_where(&self, css: &str, wanted: &str, fits: impl Fn(&str) -> bool) -> Outcome<String> {
        let what = format!("`{css}` to show {wanted}");
        let fits = &fits;
        self.until(&what, || async move {
            match self.client.execute(VISIBLE_TEXT, vec![json!(css)]).await {
                Ok(Value::String(text)) if fits(&text) => Ok(text),
                Ok(Value::String(text)) => Err(format!("it shows {text:?}")),
                Ok(_) => Err("it is not on the page".to_owned()),
                Err(cause) => Err(cause.to_string()),
            }
        })
        .await
    }

    /// Where the page is and what it says, for a failure.
    async fn shown(&self) -> String {
        let script = "return location.href + '\\n' + document.body.innerText;";
        match timeout(COMMAND, self.client.execute(script, vec![])).await {
            Ok(Ok(Value::String(text))) => format!("the page: {}", text.chars().take(EXCERPT).collect::<String>()),
            _ => format!("the page cannot be read; {}", self.driver.last_words()),
        }
    }
}

/// One command, which may not take for ever.
pub(super) async fn command<T, E: Display>(
    what: impl Display,
    answer: impl Future<Output = Result<T, E>>,
) -> Outcome<T> {
    match timeout(COMMAND, answer).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(cause)) => Err(Failure::new(format!("{what}: {cause}"))),
        Err(_) => Err(Failure::new(format!("{what}: no answer within {} s", COMMAND.as_secs()))),
    }
}
