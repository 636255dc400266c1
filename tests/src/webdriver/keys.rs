//! A person's hands on the keyboard, and a barcode scanner: a keyboard with quicker hands.
//!
//! The keys go to whatever has the focus, through the window's own handling of keys. Clicks and fields are in [`Page`].

use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::{Value, json};

use super::Page;
use super::page::command;
use crate::{Failure, Outcome};

/// Between two keys of a person. A till takes quicker ones for a scanner's.
const PERSON: Duration = Duration::from_millis(60);
/// Between a person's last key and a scan: longer than any pause inside a scan.
const HANDS_OFF: Duration = Duration::from_millis(150);
/// How often a scan is repeated that a busy machine keeps tearing apart.
const SCANS: usize = 20;
/// How many stops of the Tab key a window may have.
const STOPS: usize = 150;

/// The longest pause inside a scan (`ui/src/ring-up/scanner.ts`): after a longer one a till takes what follows for a scan.
const GAP_MS: f64 = 120.0;
/// The page notes what comes to it after the till's own listener, and when. A till takes the Enter at the end of a scan for
/// itself; one that comes through was a person's: a busy machine has torn the scan apart.
const LISTEN: &str = "if (window.heardKeys === undefined) { window.heardKeys = [];
    window.addEventListener('keydown', ({ key, timeStamp }) => {
        if (key.length === 1 || key === 'Enter') window.heardKeys.push([key, timeStamp]);
    }, true); }
    window.heardKeys.length = 0;";
const HEARD: &str = "return window.heardKeys;";
const HAS_FOCUS: &str = "return document.activeElement !== null && document.activeElement.matches(arguments[0]);";

impl Page {
    /// Types as a person does.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn keys(&self, text: &str) -> Outcome<()> {
        self.strike(text.chars(), Some(PERSON)).await
    }

    /// Presses one key, such as F8, Enter or Tab.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn press(&self, key: Key) -> Outcome<()> {
        self.strike([key.into()], None).await
    }

    /// Presses Tab until something that matches has the focus.
    ///
    /// # Errors
    /// When the keyboard does not get there.
    pub async fn tab_to(&self, css: &str) -> Outcome<()> {
        self.walk(css, &[]).await
    }

    /// Presses Shift and Tab until something that matches has the focus.
    ///
    /// # Errors
    /// When the keyboard does not get there.
    pub async fn tab_back_to(&self, css: &str) -> Outcome<()> {
        self.walk(css, &[Key::Shift]).await
    }

    /// Waits until something that matches has the focus, as a form does that takes it by itself.
    ///
    /// # Errors
    /// When it does not get it.
    pub async fn focused(&self, css: &str) -> Outcome<()> {
        self.until(&format!("`{css}` to have the focus"), || async move {
            match self.client().execute(HAS_FOCUS, vec![json!(css)]).await {
                Ok(Value::Bool(true)) => Ok(()),
                Ok(_) => Err("something else has it".to_owned()),
                Err(cause) => Err(cause.to_string()),
            }
        })
        .await
    }

    /// Scans a code. A scan that a busy machine tore apart is no scan, and is done again.
    ///
    /// # Errors
    /// When every one of many is torn, or the driver does not answer.
    pub async fn scan(&self, code: &str) -> Outcome<()> {
        self.scan_all(&[code]).await
    }

    /// Scans these without waiting for the till in between.
    ///
    /// # Errors
    /// As [`Self::scan`].
    pub async fn scan_all(&self, codes: &[&str]) -> Outcome<()> {
        let mut left = codes.to_vec();
        for _ in 0..SCANS {
            left = self.scan_once(&left).await?;
            if left.is_empty() {
                return Ok(());
            }
        }
        Err(Failure::new(format!("this machine is too busy to scan: {left:?} came in pieces {SCANS} times")))
    }

    /// Types `3*`, and scans. Torn apart, both are done again: half a code may have used the quantity up.
    ///
    /// # Errors
    /// As [`Self::scan`].
    pub async fn scan_times(&self, times: u32, code: &str) -> Outcome<()> {
        for _ in 0..SCANS {
            self.keys(&format!("{times}*")).await?;
            self.text_with("[data-testid=times]", &times.to_string()).await?;
            if self.scan_once(&[code]).await?.is_empty() {
                return Ok(());
            }
        }
        Err(Failure::new(format!("this machine is too busy to scan: {code} came in pieces {SCANS} times")))
    }

    /// Gives back those that came in pieces.
    async fn scan_once<'c>(&self, codes: &[&'c str]) -> Outcome<Vec<&'c str>> {
        command("listen for keys", self.client().execute(LISTEN, vec![])).await?;
        let keys = codes.iter().flat_map(|code| code.chars().chain([Key::Enter.into()]));
        self.strike(keys, None).await?;
        let expected = codes.iter().map(|code| code.chars().count()).sum::<usize>();
        let heard = self
            .until("the keys to arrive", || async {
                let heard = self.client().execute(HEARD, vec![]).await.map_err(|cause| cause.to_string())?;
                let keys: Vec<(String, f64)> = serde_json::from_value(heard).map_err(|cause| cause.to_string())?;
                if keys.len() >= expected { Ok(keys) } else { Err(format!("{keys:?} came")) }
            })
            .await?;
        let mut heard = heard.into_iter().peekable();
        let torn = |code: &&str| {
            let letters: Vec<(String, f64)> = heard.by_ref().take(code.chars().count()).collect();
            let enter = heard.next_if(|(key, _)| key == "Enter").is_some();
            let whole = letters.iter().flat_map(|(key, _)| key.chars()).eq(code.chars());
            enter || !whole || letters.windows(2).any(|pair| pair[1].1 - pair[0].1 > GAP_MS)
        };
        Ok(codes.iter().copied().filter(torn).collect())
    }

    async fn walk(&self, css: &str, held: &[Key]) -> Outcome<()> {
        for _ in 0..STOPS {
            let there = self.client().execute(HAS_FOCUS, vec![json!(css)]);
            if command("look for the focus", there).await? == Value::Bool(true) {
                return Ok(());
            }
            let down = held.iter().map(|key| KeyAction::Down { value: char::from(*key) });
            let tab = [KeyAction::Down { value: Key::Tab.into() }, KeyAction::Up { value: Key::Tab.into() }];
            let up = held.iter().map(|key| KeyAction::Up { value: char::from(*key) });
            self.act(down.chain(tab).chain(up)).await?;
        }
        Err(Failure::new(format!("the Tab key does not get to `{css}` in {STOPS} stops")))
    }

    async fn strike(&self, keys: impl IntoIterator<Item = char>, pace: Option<Duration>) -> Outcome<()> {
        let first = if pace.is_some() { PERSON } else { HANDS_OFF };
        let strokes = keys.into_iter().enumerate().flat_map(|(at, value)| {
            let pause = if at == 0 { Some(first) } else { pace };
            let pause = pause.map(|duration| KeyAction::Pause { duration });
            pause.into_iter().chain([KeyAction::Down { value }, KeyAction::Up { value }])
        });
        self.act(strokes).await
    }

    async fn act(&self, strokes: impl Iterator<Item = KeyAction>) -> Outcome<()> {
        let keyboard = strokes.fold(KeyActions::new("keyboard".to_owned()), |keys, stroke| keys.then(stroke));
        command("press keys", self.client().perform_actions(keyboard)).await
    }
}
