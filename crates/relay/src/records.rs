//! What a mailroom keeps in its cabinet, and under which keys.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::account::{KeyHash, TillName};
use crate::cabinet::{Item, Key, Put};
use crate::id::{LinkId, Token};
use crate::mailbox::Ledger;
use crate::store::{PageState, PayPage};
use crate::wire::{Publication, Standing, What};

/// A till.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) name: TillName,
    pub(crate) key: KeyHash,
    /// The key that takes its place from its first use on.
    #[serde(default)]
    pub(crate) next_key: Option<KeyHash>,
    /// The last sequence number given.
    #[serde(default)]
    pub(crate) last: u64,
    /// The last letter the till has acknowledged.
    #[serde(default)]
    pub(crate) acknowledged: u64,
    /// When the till last fetched, by the relay's clock; to within a minute.
    #[serde(default)]
    pub(crate) seen_ms: i64,
    /// The owner has been told of this silence.
    #[serde(default)]
    pub(crate) told_silent: bool,
}

/// A pay page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Page {
    pub(crate) till: TillName,
    pub(crate) token: String,
    pub(crate) shop: String,
    pub(crate) amount: u64,
    pub(crate) action: String,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) expires_at_ms: i64,
    /// From when it is no longer offered, by the relay's clock.
    pub(crate) ends_ms: i64,
    pub(crate) training: bool,
    pub(crate) standing: Standing,
    pub(crate) opened: bool,
}

impl Page {
    pub(crate) fn new(till: &TillName, token: &Token, said: Publication, now_ms: i64) -> Self {
        Self {
            till: till.clone(),
            token: token.as_str().to_owned(),
            shop: said.shop,
            amount: said.amount,
            action: said.action,
            fields: said.fields,
            expires_at_ms: said.expires_at_ms,
            ends_ms: now_ms.saturating_add(said.open_for_ms.max(0)),
            training: said.training,
            standing: said.standing,
            opened: false,
        }
    }

    /// As the router shows it at this moment.
    pub(crate) fn shown(self, now_ms: i64) -> PayPage {
        let state = match (self.standing, self.opened) {
            (Standing::Paid, _) => PageState::Paid,
            (Standing::Cancelled, _) => PageState::Cancelled,
            (Standing::Expired, _) => PageState::Expired,
            (Standing::Live, _) if self.ends_ms <= now_ms => PageState::Expired,
            (Standing::Live, true) => PageState::Opened,
            (Standing::Live, false) => PageState::Fresh,
        };
        PayPage {
            shop: self.shop,
            amount: self.amount,
            action: self.action,
            fields: self.fields,
            state,
            expires_at_ms: self.expires_at_ms,
            training: self.training,
        }
    }
}

/// A mailbox.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Mailbox {
    pub(crate) till: TillName,
    pub(crate) link: String,
    #[serde(default)]
    pub(crate) ledger: Ledger,
}

/// What stands on a letter; its body is kept beside it, byte for byte.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Envelope {
    pub(crate) token: String,
    pub(crate) what: What,
    /// When it came, by the relay's clock: for the age of a mailbox, never for the order.
    pub(crate) at_ms: i64,
}

pub(crate) const ACCOUNT: &str = "account";
pub(crate) const LETTERS: &str = "letter/";

pub(crate) fn account_key(name: &TillName) -> Key {
    Key::new(tills_drawer(name), ACCOUNT)
}

pub(crate) fn tills_drawer(name: &TillName) -> String {
    format!("till/{name}")
}

pub(crate) fn letter_slot(sequence: u64) -> String {
    format!("{LETTERS}{sequence:020}")
}

pub(crate) fn sequence_of(item: &Item) -> Option<u64> {
    item.key.slot.strip_prefix(LETTERS)?.parse().ok()
}

pub(crate) fn mailbox_key(token: &Token) -> Key {
    Key::new(format!("mailbox/{}", token.as_str()), "mailbox")
}

pub(crate) fn page_key(link: &LinkId) -> Key {
    Key::new(format!("page/{}", link.as_str()), "page")
}

/// Where the names of all tills are, for whoever looks after all of them.
pub(crate) const ROLL: &str = "roll";

pub(crate) fn roll_key(name: &TillName) -> Key {
    Key::new(ROLL, name.as_str())
}

/// Reads a record. One that cannot be read is a fault of ours or of whoever wrote into the cabinet by hand.
pub(crate) fn read<T: DeserializeOwned>(item: &Item) -> Option<T> {
    serde_json::from_str(&item.text)
        .inspect_err(|error| tracing::error!(%error, "a record in the cabinet cannot be read"))
        .ok()
}

/// A record to be put where one of this version lies (0: none).
pub(crate) fn put<T: Serialize>(key: Key, replaces: u64, record: &T, purge_ms: Option<i64>) -> Put {
    let text = serde_json::to_string(record).expect("plain data becomes JSON");
    Put { key, replaces, text, body: axum::body::Bytes::new(), purge_ms }
}
