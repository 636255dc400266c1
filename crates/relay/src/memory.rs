//! A store in memory, bounded everywhere: for tests, for the embedded pay page, and for a small server of the shop's own.
//!
//! "Durable" means here: as long as this process lives. Whoever needs more acknowledges to the gateway only what is on
//! disk, with a store of their own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::id::{LinkId, Token};
use crate::store::{Door, Kept, Mail, PageState, PayPage, Store, StoreError};

/// How much the store holds before it says [`StoreError::Full`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Pay pages.
    pub pages: usize,
    /// Mailboxes.
    pub mailboxes: usize,
    /// Letters per mailbox and door. Doors are counted apart, so that a customer's browser cannot fill the gateway's.
    pub letters: usize,
    /// Bytes per mailbox and door.
    pub bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { pages: 10_000, mailboxes: 10_000, letters: 32, bytes: 128 * 1024 }
    }
}

/// One letter as the till fetches it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Counts up by one with every letter kept, over all mailboxes. The order of arrival; no clock is involved.
    pub sequence: u64,
    /// What arrived.
    pub mail: Mail,
}

/// Pages and mailboxes in memory. Clones share them.
#[derive(Clone)]
pub struct MemoryStore {
    bounds: Bounds,
    shelves: Arc<Mutex<Shelves>>,
}

#[derive(Default)]
struct Shelves {
    pages: HashMap<LinkId, PayPage>,
    mailboxes: HashMap<Token, Mailbox>,
    kept: u64,
}

struct Mailbox {
    link: Option<LinkId>,
    letters: Vec<Letter>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new(bounds: Bounds) -> Self {
        Self { bounds, shelves: Arc::default() }
    }

    /// Puts a page up, or replaces the one under this link.
    ///
    /// # Errors
    ///
    /// [`StoreError::Full`] when there are too many pages.
    pub fn publish(&self, id: LinkId, page: PayPage) -> Result<(), StoreError> {
        let mut shelves = self.shelves();
        if shelves.pages.len() >= self.bounds.pages && !shelves.pages.contains_key(&id) {
            return Err(StoreError::Full);
        }
        shelves.pages.insert(id, page);
        Ok(())
    }

    /// Moves a page to another state. Says whether there was such a page.
    pub fn set_state(&self, id: &LinkId, state: PageState) -> bool {
        match self.shelves().pages.get_mut(id) {
            Some(page) => {
                page.state = state;
                true
            }
            None => false,
        }
    }

    /// Takes a page down.
    pub fn withdraw(&self, id: &LinkId) {
        self.shelves().pages.remove(id);
    }

    /// Opens a mailbox; `link` is the page whose state its result page may tell. An open mailbox keeps its letters.
    ///
    /// # Errors
    ///
    /// [`StoreError::Full`] when there are too many mailboxes.
    pub fn open_mailbox(&self, token: Token, link: Option<LinkId>) -> Result<(), StoreError> {
        let mut shelves = self.shelves();
        if let Some(mailbox) = shelves.mailboxes.get_mut(&token) {
            mailbox.link = link;
            return Ok(());
        }
        if shelves.mailboxes.len() >= self.bounds.mailboxes {
            return Err(StoreError::Full);
        }
        shelves.mailboxes.insert(token, Mailbox { link, letters: Vec::new() });
        Ok(())
    }

    /// Closes a mailbox and throws away what is in it.
    pub fn close_mailbox(&self, token: &Token) {
        self.shelves().mailboxes.remove(token);
    }

    /// The letters of a mailbox that have not been acknowledged, oldest first.
    #[must_use]
    pub fn letters(&self, token: &Token) -> Vec<Letter> {
        self.shelves().mailboxes.get(token).map(|m| m.letters.clone()).unwrap_or_default()
    }

    /// The till has these letters safely: everything up to and including `sequence` may go.
    pub fn acknowledge(&self, token: &Token, sequence: u64) {
        if let Some(mailbox) = self.shelves().mailboxes.get_mut(token) {
            mailbox.letters.retain(|letter| letter.sequence > sequence);
        }
    }

    fn shelves(&self) -> MutexGuard<'_, Shelves> {
        // No holder of this lock can leave the shelves half changed, so a panic elsewhere does not spoil them.
        self.shelves.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    async fn page(&self, id: &LinkId) -> Option<PayPage> {
        self.shelves().pages.get(id).cloned()
    }

    async fn opened(&self, id: &LinkId) {
        if let Some(page) = self.shelves().pages.get_mut(id)
            && page.state == PageState::Fresh
        {
            page.state = PageState::Opened;
        }
    }

    async fn keep(&self, mail: Mail) -> Result<Kept, StoreError> {
        let mut shelves = self.shelves();
        let sequence = shelves.kept + 1;
        let Some(mailbox) = shelves.mailboxes.get_mut(&mail.token) else { return Ok(Kept::Refused) };
        if mailbox.letters.iter().any(|letter| letter.mail == mail) {
            return Ok(Kept::Repeated);
        }
        if !mailbox.has_room(mail.door, mail.body.len(), &self.bounds) {
            return Err(StoreError::Full);
        }
        mailbox.letters.push(Letter { sequence, mail });
        shelves.kept = sequence;
        Ok(Kept::Accepted)
    }

    async fn page_of(&self, token: &Token) -> Option<PayPage> {
        let shelves = self.shelves();
        let link = shelves.mailboxes.get(token)?.link.as_ref()?;
        shelves.pages.get(link).cloned()
    }
}

impl Mailbox {
    fn has_room(&self, door: Door, more: usize, bounds: &Bounds) -> bool {
        let here = self.letters.iter().filter(|letter| letter.mail.door == door);
        let (letters, bytes) = here.fold((0, 0), |(n, size), letter| (n + 1, size + letter.mail.body.len()));
        letters < bounds.letters && bytes + more <= bounds.bytes
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Bytes;

    use super::*;

    fn token(n: u8) -> Token {
        Token::from_random([n; 20])
    }

    fn mail(door: Door, body: &'static [u8]) -> Mail {
        Mail { door, token: token(1), body: Bytes::from_static(body) }
    }

    fn store(letters: usize, bytes: usize) -> MemoryStore {
        let store = MemoryStore::new(Bounds { pages: 2, mailboxes: 2, letters, bytes });
        store.open_mailbox(token(1), None).unwrap();
        store
    }

    #[tokio::test]
    async fn letters_stay_until_acknowledged_and_repeats_are_kept_once() {
        let store = store(10, 1000);
        assert_eq!(store.keep(mail(Door::Notice, b"a")).await, Ok(Kept::Accepted));
        assert_eq!(store.keep(mail(Door::Notice, b"b")).await, Ok(Kept::Accepted));
        assert_eq!(store.keep(mail(Door::Notice, b"a")).await, Ok(Kept::Repeated));
        assert_eq!(store.keep(mail(Door::BrowserReturn, b"a")).await, Ok(Kept::Accepted));
        let letters = store.letters(&token(1));
        assert_eq!(letters.iter().map(|l| l.sequence).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(store.letters(&token(1)), letters);
        store.acknowledge(&token(1), 2);
        assert_eq!(store.letters(&token(1)), letters[2..]);
    }

    /// PF-16
    #[tokio::test]
    async fn junk_cannot_push_a_genuine_notice_out_of_the_mailbox() {
        let store = store(2, 1000);
        store.keep(mail(Door::Notice, b"genuine")).await.unwrap();
        store.keep(mail(Door::Notice, b"junk 1")).await.unwrap();
        assert_eq!(store.keep(mail(Door::Notice, b"junk 2")).await, Err(StoreError::Full));
        assert_eq!(store.letters(&token(1))[0].mail.body, "genuine");
        // The gateway's repeat of what is there is still acknowledged, and the browser's door has room of its own.
        assert_eq!(store.keep(mail(Door::Notice, b"genuine")).await, Ok(Kept::Repeated));
        assert_eq!(store.keep(mail(Door::BrowserReturn, b"result")).await, Ok(Kept::Accepted));
    }

    #[tokio::test]
    async fn every_shelf_has_its_bound() {
        let store = store(10, 5);
        assert_eq!(store.keep(mail(Door::Notice, b"12345")).await, Ok(Kept::Accepted));
        assert_eq!(store.keep(mail(Door::Notice, b"6")).await, Err(StoreError::Full));
        store.open_mailbox(token(2), None).unwrap();
        assert_eq!(store.open_mailbox(token(3), None), Err(StoreError::Full));
        store.open_mailbox(token(1), None).unwrap();
        assert_eq!(store.letters(&token(1)).len(), 1);
        store.close_mailbox(&token(1));
        assert_eq!(store.keep(mail(Door::Notice, b"x")).await, Ok(Kept::Refused));
    }
}
