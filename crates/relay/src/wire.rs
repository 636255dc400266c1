//! What a till and its relay say to each other: JSON over https, with the till's key as a bearer token.
//!
//! | request | says | answer |
//! |---|---|---|
//! | `PUT /t/attempts/{token}` | [`Publication`]: a page and its mailbox, as they are now | 204 |
//! | `POST /t/fetch` | [`Fetch`]: what the till has, and how long it will wait for more | [`Fetched`] |
//! | `POST /t/key` | [`NewKey`]: what the next key hashes to | 204 |
//! | `POST /t/signal` | [`Signal`]: something the owner wants to know | 204 |

use serde::{Deserialize, Serialize};

use crate::account::KeyHash;
use crate::store::Door;

/// The longest a fetch is held open, in seconds: API Gateway ends every request after 30.
pub const LONGEST_WAIT_S: u64 = 25;

/// Letters in one answer, at most.
pub const LETTERS_AT_ONCE: usize = 64;

/// Bytes of letters in one answer, at most: what the till's network client reads is bounded too.
pub const BYTES_AT_ONCE: usize = 96 * 1024;

/// One attempt as the relay is to know it. The same publication twice changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// The page's link.
    pub link: String,
    /// The shop, as the page names it.
    pub shop: String,
    /// Whole NT dollars.
    pub amount: u64,
    /// Where the form goes.
    pub action: String,
    /// The signed form.
    pub fields: Vec<(String, String)>,
    /// Until when the page is offered, by the till's clock: shown, not judged.
    pub expires_at_ms: i64,
    /// For how much longer it is offered. A span, so that it does not matter what the relay's clock says.
    pub open_for_ms: i64,
    /// No money moves.
    pub training: bool,
    /// How it stands.
    pub standing: Standing,
}

/// How an attempt stands, as its till says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Offered.
    Live,
    /// Taken back.
    Cancelled,
    /// Its time is over.
    Expired,
    /// The till has proof of the payment.
    Paid,
}

/// What a till has, and what it wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fetch {
    /// Letters after this one; without it, after the last one that was ever acknowledged.
    #[serde(default)]
    pub after: Option<u64>,
    /// Everything up to this one is safe with the till.
    #[serde(default)]
    pub acknowledge: Option<u64>,
    /// How long to wait for a first letter, in seconds.
    #[serde(default)]
    pub wait_s: u64,
}

/// What there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetched {
    /// The last sequence number given to any letter of this till.
    pub last: u64,
    /// The letters, oldest first.
    pub letters: Vec<Letter>,
}

/// One thing that happened at the relay.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Its place in the order of arrival at this till: no clock is involved.
    pub sequence: u64,
    /// For which mailbox.
    pub token: String,
    /// What it is.
    pub what: What,
    /// The body in base64; nothing for an opened page.
    #[serde(default)]
    pub body: String,
}

/// What a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// See [`Door::Notice`].
    Notice,
    /// See [`Door::PaymentInfo`].
    PaymentInfo,
    /// See [`Door::BrowserReturn`].
    BrowserReturn,
    /// See [`Door::BrowserCode`].
    BrowserCode,
    /// A browser is about to post the form of the page.
    Opened,
}

impl From<Door> for What {
    fn from(door: Door) -> Self {
        match door {
            Door::Notice => Self::Notice,
            Door::PaymentInfo => Self::PaymentInfo,
            Door::BrowserReturn => Self::BrowserReturn,
            Door::BrowserCode => Self::BrowserCode,
        }
    }
}

/// Shows what and for whom; what it says does not belong in a log.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter")
            .field("sequence", &self.sequence)
            .field("what", &self.what)
            .field("body_len", &self.body.len())
            .finish()
    }
}

/// The key that is to replace the one this request was made with, from its first use on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// SHA-256 of its secret, in hex.
    pub hash: KeyHash,
}

/// Something the owner wants to know. No names, no goods, no card: it ends in a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// What happened.
    pub what: Happened,
    /// The attempt's number.
    pub number: String,
    /// Whole NT dollars.
    pub amount: u64,
}

/// What an owner is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// Paid.
    Paid,
    /// Paid after it had been given up.
    Late,
    /// Paid a second time, or too much.
    OverPaid,
    /// Another amount than was asked for.
    Contradicted,
}

/// What the owner reads: subject and text, in both languages, without anything about the customer.
#[must_use]
pub fn sentence(till: &crate::account::TillName, signal: &Signal) -> (String, String) {
    let (zh, en) = match signal.what {
        Happened::Paid => ("已收款", "Paid"),
        Happened::Late => ("取消後才付款，請處理", "Paid after it was cancelled: please look"),
        Happened::OverPaid => ("重複或溢付，請處理", "Paid twice or too much: please look"),
        Happened::Contradicted => ("金額不符，請處理", "Another amount than asked: please look"),
    };
    let Signal { number, amount, .. } = signal;
    (format!("Guitai {till}: {en}"), format!("{zh}\n{en}\n\n{till} · {number} · NT${amount}\n"))
}
