//! What the router needs from whoever keeps pages and mail.

use std::future::Future;

use axum::body::Bytes;
use serde::{Deserialize, Serialize};

use crate::id::{LinkId, Token};

/// Keeps pay pages and mail. The till implements it over its own memory and journal, a public server over a database.
pub trait Store: Clone + Send + Sync + 'static {
    /// The page behind a link, in its state of this moment. The store reads the clock: a page past its time is
    /// answered as [`PageState::Expired`].
    fn page(&self, id: &LinkId) -> impl Future<Output = Option<PayPage>> + Send;

    /// The customer's browser is about to post the form: a `Fresh` page becomes `Opened`. Unknown ids are ignored.
    fn opened(&self, id: &LinkId) -> impl Future<Output = ()> + Send;

    /// Keeps one letter. When this returns [`Kept::Accepted`] or [`Kept::Repeated`] the letter survives a power cut
    /// (as far as this store ever does), because the gateway is then told never to send it again.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when it could not be kept now; the gateway repeats.
    fn keep(&self, mail: Mail) -> impl Future<Output = Result<Kept, StoreError>> + Send;

    /// The pay page a mailbox belongs to, in its state of this moment, where the store knows it. The result page names
    /// the shop and the amount, and says "paid" only for [`PageState::Paid`]; for a store that cannot tell and keeps
    /// the default, the page stays at "sent to the shop".
    fn page_of(&self, token: &Token) -> impl Future<Output = Option<PayPage>> + Send {
        let _ = token;
        async { None }
    }
}

/// What a pay page shows and posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayPage {
    /// The shop's name as the customer knows it.
    pub shop: String,
    /// Whole NT dollars.
    pub amount: u64,
    /// Where the form is posted: `https`, or `http` on loopback and private addresses for training.
    pub action: String,
    /// The signed fields, posted exactly as they stand here.
    pub fields: Vec<(String, String)>,
    /// How far the link has come.
    pub state: PageState,
    /// When the till stops offering the link, in Unix milliseconds. Shown, not judged.
    pub expires_at_ms: i64,
    /// Nobody's money moves: the page says so on every state.
    pub training: bool,
}

/// How far a link has come, as the store knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageState {
    /// Nobody has posted the form yet.
    Fresh,
    /// A browser has posted it, or was about to.
    Opened,
    /// Its time is over.
    Expired,
    /// The cashier took it back.
    Cancelled,
    /// The till has proof of the payment.
    Paid,
}

/// One letter as it arrived.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// Which way it came.
    pub door: Door,
    /// For which mailbox.
    pub token: Token,
    /// The body, byte for byte: a signature covers it, so nobody normalises it.
    pub body: Bytes,
}

/// Shows where a letter came from and its length; what it says does not belong in a log.
impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail")
            .field("door", &self.door)
            .field("token", &self.token)
            .field("body_len", &self.body.len())
            .finish()
    }
}

/// The four ways a letter comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// ReturnURL: the gateway's server reports a payment (ECPay doc 2878).
    Notice,
    /// PaymentInfoURL: the gateway's server reports an issued code (ECPay doc 2881).
    PaymentInfo,
    /// OrderResultURL: the customer's browser brings the result. A hint, never proof by itself.
    BrowserReturn,
    /// ClientRedirectURL: the customer's browser brings an issued code. A hint as well.
    BrowserCode,
}

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Kept now.
    Accepted,
    /// The same letter is there already.
    Repeated,
    /// No mailbox of ours. The gateway is told so and goes on repeating; a person has to look at its settings.
    Refused,
}

/// A letter could not be kept now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The mailbox is at its bound until the till has fetched some of it.
    #[error("mailbox full")]
    Full,
    /// The storage did not answer, or did not confirm.
    #[error("storage unavailable")]
    Unavailable,
}
