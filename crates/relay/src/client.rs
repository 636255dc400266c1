//! The till's side of the wire: what it sends to a relay and how it reads the answers. Sending is somebody else's.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::account::{KeyHash, TillKey};
use crate::id::Token;
use crate::wire::{Fetch, Fetched, Letter, NewKey, Publication, Signal};

/// One request to a relay.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// Whether it says how something is (`PUT`), or asks for something (`POST`).
    pub put: bool,
    /// Where to.
    pub url: String,
    /// What goes into `Authorization`, after `Bearer `.
    pub bearer: String,
    /// JSON.
    pub body: Vec<u8>,
}

/// Shows where it goes; the key and what it says stay out of logs.
impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call").field("put", &self.put).field("body_len", &self.body.len()).finish_non_exhaustive()
    }
}

/// What an answer means that is not what was hoped for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The key opens nothing: revoked, mistyped, or another relay's.
    #[error("the relay does not know this till's key")]
    Key,
    /// It will not take this request, and would not take it again.
    #[error("the relay refuses the request (HTTP {0})")]
    Request(u16),
    /// It cannot now.
    #[error("the relay cannot answer now (HTTP {0})")]
    Later(u16),
    /// What it says cannot be read: something else than a relay answers there.
    #[error("what answers there is not a relay")]
    NotARelay,
}

/// One till's relay: where it is, and the key to it.
#[derive(Clone, Debug)]
pub struct Relay {
    base: String,
    key: TillKey,
}

impl Relay {
    /// The relay at this address.
    #[must_use]
    pub fn at(base: &str, key: TillKey) -> Self {
        Self { base: base.trim_end_matches('/').to_owned(), key }
    }

    /// The key in use.
    #[must_use]
    pub fn key(&self) -> &TillKey {
        &self.key
    }

    /// The public address of a mailbox's door for notices.
    #[must_use]
    pub fn door(&self, token: &Token) -> String {
        format!("{}/n/{}", self.base, token.as_str())
    }

    /// Says how an attempt is.
    #[must_use]
    pub fn publish(&self, token: &Token, said: &Publication) -> Call {
        self.call(true, &format!("/t/attempts/{}", token.as_str()), said)
    }

    /// Asks for letters.
    #[must_use]
    pub fn fetch(&self, fetch: &Fetch) -> Call {
        self.call(false, "/t/fetch", fetch)
    }

    /// Announces the key that comes next.
    #[must_use]
    pub fn announce(&self, hash: KeyHash) -> Call {
        self.call(false, "/t/key", &NewKey { hash })
    }

    /// Tells the owner something.
    #[must_use]
    pub fn signal(&self, signal: &Signal) -> Call {
        self.call(false, "/t/signal", signal)
    }

    fn call(&self, put: bool, path: &str, body: &impl Serialize) -> Call {
        let body = serde_json::to_vec(body).expect("plain data becomes JSON");
        Call { put, url: format!("{}{path}", self.base), bearer: self.key.reveal(), body }
    }
}

/// Reads the answer to a fetch.
///
/// # Errors
/// [`Refusal`].
pub fn fetched(status: u16, body: &[u8]) -> Result<Fetched, Refusal> {
    match status {
        200 => serde_json::from_slice(body).map_err(|_| Refusal::NotARelay),
        other => Err(refusal(other)),
    }
}

/// Reads the answer to everything else.
///
/// # Errors
/// [`Refusal`].
pub fn done(status: u16) -> Result<(), Refusal> {
    if status == 204 { Ok(()) } else { Err(refusal(status)) }
}

/// The body of a letter, byte for byte as it came; nothing when the relay says what no relay of ours says.
#[must_use]
pub fn body(letter: &Letter) -> Option<Vec<u8>> {
    STANDARD.decode(&letter.body).ok()
}

fn refusal(status: u16) -> Refusal {
    match status {
        401 => Refusal::Key,
        400 | 409 | 413 | 422 => Refusal::Request(status),
        408 | 429 | 500..=599 => Refusal::Later(status),
        _ => Refusal::NotARelay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::TillName;

    #[test]
    fn the_key_travels_in_its_header_and_nowhere_else() {
        let key = TillKey::from_random(TillName::parse("T1").unwrap(), [7; 32]);
        let secret = key.reveal().split_once('.').unwrap().1.to_owned();
        let call = Relay::at("https://relay.example/", key).fetch(&Fetch::default());
        assert_eq!(call.url, "https://relay.example/t/fetch");
        assert!(call.bearer.contains(&secret));
        assert!(!call.url.contains(&secret) && !String::from_utf8_lossy(&call.body).contains(&secret));
        assert!(!format!("{call:?}").contains(&secret));
    }

    #[test]
    fn every_answer_has_a_meaning() {
        assert_eq!(fetched(200, b"{\"last\":3,\"letters\":[]}").unwrap().last, 3);
        for (status, body, refusal) in [
            (200, b"<html>".as_slice(), Refusal::NotARelay),
            (401, b"", Refusal::Key),
            (422, b"", Refusal::Request(422)),
            (503, b"", Refusal::Later(503)),
            (302, b"", Refusal::NotARelay),
            (404, b"", Refusal::NotARelay),
        ] {
            assert_eq!(fetched(status, body), Err(refusal));
        }
        assert_eq!(done(200), Err(Refusal::NotARelay));
    }
}
