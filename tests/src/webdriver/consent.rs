//! Somebody who may says yes, in place and without a mouse: who, why, PIN.

use fantoccini::key::Key;

use super::Page;
use crate::Outcome;

impl Page {
    /// Chooses the person and the first reason in the dialog that asks, and types the PIN. The dialog says what came of it.
    ///
    /// # Errors
    /// When nobody is asked, or not this person.
    pub async fn consent(&self, person: &str, pin: &str) -> Outcome<()> {
        self.text("[data-testid=approval]").await?;
        self.tab_to(&format!("[data-testid=approver-{person}]")).await?;
        self.press(Key::Enter).await?;
        self.tab_to("[data-testid=approval-reason-0]").await?;
        self.press(Key::Enter).await?;
        self.tab_to("[data-testid=approval-pin]").await?;
        self.keys(pin).await?;
        self.press(Key::Enter).await
    }
}
