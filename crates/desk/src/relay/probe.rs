//! A letter to ourselves, all the way round: out through the till's door, in through the gateway's, back with the mail.

use std::time::{Duration, Instant};

use relay::client::{self, Refusal, Relay};
use relay::wire::{Fetch, Publication, Standing};
use relay::{LinkId, TillKey, Token};

use thiserror::Error;

use super::{RelayTrouble, send};

/// What a probe found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Publishing a page.
    pub published: Duration,
    /// From the gateway's door to the till.
    pub came_back: Duration,
}

/// Where a letter to ourselves was stopped.
#[derive(Debug, Error)]
pub enum ProbeTrouble {
    /// At the till's own door.
    #[error(transparent)]
    Relay(#[from] RelayTrouble),
    /// At the gateway's door, which answers something else than `1|OK`.
    #[error("the relay takes no letter at the gateway's door (HTTP {0})")]
    Door(u16),
    /// It was taken in, and did not come back.
    #[error("a letter was taken in at the gateway's door and does not come back with the mail")]
    Lost,
}

impl From<net::ExchangeError> for ProbeTrouble {
    fn from(error: net::ExchangeError) -> Self {
        Self::Relay(error.into())
    }
}

impl From<Refusal> for ProbeTrouble {
    fn from(refusal: Refusal) -> Self {
        Self::Relay(refusal.into())
    }
}

/// Sends one round. It costs nobody anything and can be done while somebody pays.
///
/// # Errors
/// With where it stopped.
pub(super) async fn probe(client: &net::Client, base: &str, key: TillKey) -> Result<Probe, ProbeTrouble> {
    let mut bits = [0; 40];
    getrandom::fill(&mut bits).expect("the operating system gives random bytes");
    let (first, second) = bits.split_at(20);
    let token = Token::from_random(first.try_into().expect("twenty"));
    let link = LinkId::from_random(second.try_into().expect("twenty"));
    let relay = Relay::at(base, key);
    let said = Publication {
        link: link.as_str().to_owned(),
        shop: "Guitai".to_owned(),
        amount: 1,
        action: "https://payment-stage.ecpay.com.tw/".to_owned(),
        fields: Vec::new(),
        expires_at_ms: 0,
        open_for_ms: 0,
        training: true,
        standing: Standing::Cancelled,
    };
    let here = send(client, relay.fetch(&Fetch::default())).await?;
    let before = client::fetched(here.status, &here.body)?.last;
    let begun = Instant::now();
    let reply = send(client, relay.publish(&token, &said)).await?;
    client::done(reply.status)?;
    let published = begun.elapsed();
    // As the gateway comes: no key, a form, and four bytes to be read.
    let begun = Instant::now();
    let reply = client.post_form(&relay.door(&token), b"guitai=probe".to_vec()).await?;
    if (reply.status, reply.body.as_slice()) != (200, b"1|OK".as_slice()) {
        return Err(ProbeTrouble::Door(reply.status));
    }
    // A till that is open may have fetched and acknowledged it already: it is still there to be seen.
    let mut after = before;
    for _ in 0..8 {
        let reply = send(client, relay.fetch(&Fetch { after: Some(after), acknowledge: None, wait_s: 5 })).await?;
        let letters = client::fetched(reply.status, &reply.body)?.letters;
        if letters.iter().any(|letter| letter.token == token.as_str()) {
            return Ok(Probe { published, came_back: begun.elapsed() });
        }
        after = letters.last().map_or(after, |letter| letter.sequence);
    }
    Err(ProbeTrouble::Lost)
}
