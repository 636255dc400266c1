//! Pages and mailboxes over a cabinet: everything the relay promises, written once.
//!
//! A letter, the till's counter and the mailbox's ledger change together or not at all, so a sequence number is given
//! once, in the order of arrival, and nothing is ever acknowledged that is not stored. When two letters come at once one
//! of them finds the cabinet changed, reads again and tries again.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use tokio::sync::Notify;

use crate::account::{KeyHash, TillKey, TillName};
use crate::cabinet::{Cabinet, Changed, Item, Key, Put, Unavailable};
use crate::id::{LinkId, Token};
use crate::mailbox::{Admission, Bounds};
use crate::records::{self, Account, Envelope, Mailbox, Page};
use crate::secure::Origin;
use crate::store::{Kept, Mail, PayPage, Store, StoreError};
use crate::wire::{self, Letter, Publication, What};

mod looking;
mod tills;

/// How a mailroom works.
#[derive(Clone)]
pub struct Options {
    /// How much one mailbox takes.
    pub bounds: Bounds,
    /// What time it is, in Unix milliseconds. Only spans of it matter.
    pub now_ms: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// Where a till's page may send its form.
    pub actions: Actions,
    /// How often a held fetch looks for itself; letters that came through this very process ring.
    pub look_every: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            bounds: Bounds::default(),
            now_ms: Arc::new(machine_clock),
            actions: Actions::Ecpay,
            look_every: Duration::from_secs(2),
        }
    }
}

/// Where a page may send its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actions {
    /// To ECPay, and nowhere else: whoever steals a till's key still cannot make the shop's pages post elsewhere.
    Ecpay,
    /// Anywhere: for practice with a simulator.
    Anywhere,
}

/// Why a page could not be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublishError {
    /// Its link or token is no id, or something on it is too long.
    #[error("not a page")]
    BadPage,
    /// Its form goes somewhere else.
    #[error("the form does not go to the gateway")]
    BadAction,
    /// Link or token is another till's, or another attempt's.
    #[error("link or token is taken")]
    Taken,
    /// The storage did not answer.
    #[error(transparent)]
    Storage(#[from] Unavailable),
}

/// What whoever looks after a relay is told about one till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Which till.
    pub till: TillName,
    /// How long it has not fetched; nothing when it never has.
    pub silent_ms: Option<i64>,
    /// How long its oldest letter has been waiting; nothing when none is.
    pub oldest_letter_ms: Option<i64>,
    /// The owner has been told of this silence.
    pub told_silent: bool,
}

/// Rings when a letter came through this process.
#[derive(Clone, Default)]
pub struct Doorbell(Arc<Notify>);

impl Doorbell {
    fn ring(&self) {
        self.0.notify_waiters();
    }

    pub(crate) fn heard(&self) -> tokio::sync::futures::Notified<'_> {
        self.0.notified()
    }
}

/// Pages and mailboxes. Clones share the cabinet.
#[derive(Clone)]
pub struct Mailroom<C> {
    cabinet: C,
    options: Options,
    pub(crate) bell: Doorbell,
}

/// How often a change is tried that finds something else changed meanwhile.
const TRIES: u32 = 12;

const DAY_MS: i64 = 24 * 3_600_000;

/// How long a page and its mailbox are known. A store's code may be paid a week later and reported three days after that.
const MAILBOX_DAYS: i64 = 60;

/// How long a letter is kept that its till never fetches.
const LETTER_DAYS: i64 = 180;

/// How long a letter is kept after its till has it: a till brought back from a backup asks again.
const AFTER_FETCH_DAYS: i64 = 7;

impl<C: Cabinet> Mailroom<C> {
    /// A mailroom over a cabinet.
    #[must_use]
    pub fn new(cabinet: C, options: Options) -> Self {
        Self { cabinet, options, bell: Doorbell::default() }
    }

    /// The cabinet.
    #[must_use]
    pub fn cabinet(&self) -> &C {
        &self.cabinet
    }

    pub(crate) fn look_every(&self) -> Duration {
        self.options.look_every
    }

    fn now(&self) -> i64 {
        (self.options.now_ms)()
    }

    /// What lies there and has not run out; and the version to replace, 0 when nothing at all lies there.
    async fn read<T: serde::de::DeserializeOwned>(&self, key: &Key) -> Result<(u64, Option<T>), Unavailable> {
        let Some(item) = self.cabinet.get(key).await? else { return Ok((0, None)) };
        let live = item.purge_ms.is_none_or(|at| at > self.now());
        Ok((item.version, if live { records::read(&item) } else { None }))
    }

    async fn account(&self, name: &TillName) -> Result<(u64, Option<Account>), Unavailable> {
        self.read(&records::account_key(name)).await
    }

    /// The change that gives a letter the next number of its till.
    fn letter(&self, version: u64, account: &Account, envelope: &Envelope, body: Bytes) -> [Put; 2] {
        let next = Account { last: account.last + 1, ..account.clone() };
        let slot = Key::new(records::tills_drawer(&account.name), records::letter_slot(next.last));
        let letter = records::put(slot, 0, envelope, Some(envelope.at_ms + LETTER_DAYS * DAY_MS));
        [records::put(records::account_key(&account.name), version, &next, None), Put { body, ..letter }]
    }

    async fn try_to_keep(&self, mail: &Mail) -> Result<Attempted, Unavailable> {
        let now = self.now();
        let key = records::mailbox_key(&mail.token);
        let (mailbox_version, mailbox) = self.read::<Mailbox>(&key).await?;
        let Some(mailbox) = mailbox else { return Ok(Attempted::Refused) };
        let (account_version, account) = self.account(&mailbox.till).await?;
        // A till whose account was closed has no mail any more.
        let Some(account) = account else { return Ok(Attempted::Refused) };
        let admitted = mailbox.ledger.admit(
            mail.door,
            &mail.body,
            account.last + 1,
            account.acknowledged,
            now,
            &self.options.bounds,
        );
        let ledger = match admitted {
            Ok(Admission::Fits(ledger)) => ledger,
            Ok(Admission::Repeated) => return Ok(Attempted::Repeated),
            Err(_) => return Ok(Attempted::Full),
        };
        let envelope = Envelope { token: mail.token.as_str().to_owned(), what: mail.door.into(), at_ms: now };
        let [counter, letter] = self.letter(account_version, &account, &envelope, mail.body.clone());
        let mailbox = Mailbox { ledger, ..mailbox };
        let mailbox = records::put(key, mailbox_version, &mailbox, Some(now + MAILBOX_DAYS * DAY_MS));
        Ok(match self.cabinet.change(vec![counter, letter, mailbox]).await? {
            Changed::Done => Attempted::Kept,
            Changed::Stale => Attempted::Again,
        })
    }

    async fn try_to_open(&self, link: &LinkId) -> Result<bool, Unavailable> {
        let key = records::page_key(link);
        let (version, page) = self.read::<Page>(&key).await?;
        let Some(page) = page.filter(|page| !page.opened) else { return Ok(true) };
        let (account_version, account) = self.account(&page.till).await?;
        let Some(account) = account else { return Ok(true) };
        let envelope = Envelope { token: page.token.clone(), what: What::Opened, at_ms: self.now() };
        let [counter, letter] = self.letter(account_version, &account, &envelope, Bytes::new());
        let opened = Page { opened: true, ..page };
        let ends = opened.ends_ms;
        let page = records::put(key, version, &opened, Some(ends + MAILBOX_DAYS * DAY_MS));
        Ok(self.cabinet.change(vec![counter, letter, page]).await? == Changed::Done)
    }
}

/// What one try to keep a letter came to.
enum Attempted {
    Kept,
    Repeated,
    Refused,
    Full,
    Again,
}

impl<C: Cabinet> Store for Mailroom<C> {
    async fn page(&self, id: &LinkId) -> Option<PayPage> {
        let (_, page) = self.read::<Page>(&records::page_key(id)).await.inspect_err(unanswered).ok()?;
        Some(page?.shown(self.now()))
    }

    async fn opened(&self, id: &LinkId) {
        for tried in 0..TRIES {
            match self.try_to_open(id).await {
                Ok(true) => return self.bell.ring(),
                Ok(false) => pause(tried).await,
                Err(error) => return unanswered(&error),
            }
        }
    }

    async fn keep(&self, mail: Mail) -> Result<Kept, StoreError> {
        for tried in 0..TRIES {
            match self.try_to_keep(&mail).await {
                Ok(Attempted::Kept) => {
                    self.bell.ring();
                    return Ok(Kept::Accepted);
                }
                Ok(Attempted::Repeated) => return Ok(Kept::Repeated),
                Ok(Attempted::Refused) => return Ok(Kept::Refused),
                Ok(Attempted::Full) => return Err(StoreError::Full),
                Ok(Attempted::Again) => pause(tried).await,
                Err(Unavailable) => return Err(StoreError::Unavailable),
            }
        }
        Err(StoreError::Unavailable)
    }

    async fn page_of(&self, token: &Token) -> Option<PayPage> {
        let (_, mailbox) = self.read::<Mailbox>(&records::mailbox_key(token)).await.inspect_err(unanswered).ok()?;
        self.page(&LinkId::parse(&mailbox?.link).ok()?).await
    }
}

/// A little longer each time, and not the same for two who collided.
async fn pause(tried: u32) {
    let mut chance = [0; 1];
    let _ = getrandom::fill(&mut chance);
    let most_ms = 5_u64 << tried.min(5);
    tokio::time::sleep(Duration::from_millis(1 + u64::from(chance[0]) * most_ms / 256)).await;
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "handed to inspect_err")]
fn unanswered(error: &Unavailable) {
    tracing::error!(%error, "the cabinet");
}

fn machine_clock() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
