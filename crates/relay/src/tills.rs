//! The tills' own door: publishing, fetching, changing a key, telling the owner. Everything here needs a till's key.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Bytes, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{post, put};
use axum::{Json, Router};
use serde::de::DeserializeOwned;

use crate::account::{TillKey, TillName};
use crate::cabinet::{Cabinet, Unavailable};
use crate::id::Token;
use crate::mailroom::{Mailroom, PublishError};
use crate::wire::{Fetch, Fetched, LONGEST_WAIT_S, NewKey, Publication, Signal};

/// Who hears what an owner is told. A mail or a chat message is somebody else's business.
pub trait Owner: Send + Sync + 'static {
    /// Tells, as far as that can be done; nobody waits for it to have been read.
    fn tell(&self, subject: String, text: String) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// The owner's ear, where there is one.
pub type Signals = Option<Arc<dyn Owner>>;

/// The largest request of a till: a page with every field at its longest.
const REQUEST_LIMIT: usize = 64 * 1024;

/// How long a request may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

struct Shared<C> {
    mailroom: Mailroom<C>,
    signals: Signals,
}

/// The tills' routes over a mailroom.
pub fn till_router<C: Cabinet>(mailroom: Mailroom<C>, signals: Signals) -> Router {
    Router::new()
        .route("/t/attempts/{token}", put(publish::<C>))
        .route("/t/fetch", post(fetch::<C>))
        .route("/t/key", post(new_key::<C>))
        .route("/t/signal", post(signal::<C>))
        .with_state(Arc::new(Shared { mailroom, signals }))
}

/// A short answer: a till's log names the status, and there is nothing to explain to anybody else.
type Short = Result<Response, StatusCode>;

async fn publish<C: Cabinet>(
    State(shared): State<Arc<Shared<C>>>,
    Path(token): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Short {
    let (till, said) = enter::<C, Publication>(&shared, &headers, request).await?;
    let token = Token::parse(&token).map_err(|_| StatusCode::BAD_REQUEST)?;
    match shared.mailroom.publish(&till, &token, said).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(PublishError::BadPage | PublishError::BadAction) => Err(StatusCode::UNPROCESSABLE_ENTITY),
        Err(PublishError::Taken) => Err(StatusCode::CONFLICT),
        Err(PublishError::Storage(error)) => Err(away(error)),
    }
}

async fn fetch<C: Cabinet>(State(shared): State<Arc<Shared<C>>>, headers: HeaderMap, request: Request) -> Short {
    let (till, wanted) = enter::<C, Fetch>(&shared, &headers, request).await?;
    let mailroom = &shared.mailroom;
    if let Some(sequence) = wanted.acknowledge {
        mailroom.acknowledge(&till, sequence).await.map_err(away)?;
    }
    let until = tokio::time::Instant::now() + Duration::from_secs(wanted.wait_s.min(LONGEST_WAIT_S));
    loop {
        // Listening begins before looking, so that a letter between the two still rings.
        let bell = mailroom.bell.clone();
        let heard = bell.heard();
        tokio::pin!(heard);
        heard.as_mut().enable();
        // A revoked key ends a fetch that is under way too.
        let counter = mailroom.counter(&till).await.map_err(away)?.ok_or(StatusCode::UNAUTHORIZED)?;
        let after = wanted.after.unwrap_or(counter.acknowledged);
        let letters =
            if counter.last > after { mailroom.letters(&till, after).await.map_err(away)? } else { Vec::new() };
        if !letters.is_empty() || tokio::time::Instant::now() >= until {
            return Ok(Json(Fetched { last: counter.last, letters }).into_response());
        }
        let next = until.min(tokio::time::Instant::now() + mailroom.look_every());
        tokio::select! {
            () = heard => {}
            () = tokio::time::sleep_until(next) => {}
        }
    }
}

async fn new_key<C: Cabinet>(State(shared): State<Arc<Shared<C>>>, headers: HeaderMap, request: Request) -> Short {
    let (till, NewKey { hash }) = enter::<C, NewKey>(&shared, &headers, request).await?;
    shared.mailroom.set_next_key(&till, &hash).await.map_err(away)?;
    tracing::info!(%till, "a new key is announced");
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn signal<C: Cabinet>(State(shared): State<Arc<Shared<C>>>, headers: HeaderMap, request: Request) -> Short {
    let (till, said) = enter::<C, Signal>(&shared, &headers, request).await?;
    let plain = said.number.len() <= 20 && said.number.bytes().all(|b| b.is_ascii_alphanumeric());
    if !plain {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (subject, text) = crate::wire::sentence(&till, &said);
    tracing::info!(%till, what = ?said.what, "a signal for the owner");
    if let Some(owner) = &shared.signals {
        owner.tell(subject, text).await;
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Who asks, and what. The key is looked at before the body: a stranger's megabyte is not read.
async fn enter<C: Cabinet, T: DeserializeOwned>(
    shared: &Shared<C>,
    headers: &HeaderMap,
    request: Request,
) -> Result<(TillName, T), StatusCode> {
    let key = bearer(headers).ok_or(StatusCode::UNAUTHORIZED)?;
    if shared.mailroom.admit(&key).await.map_err(away)?.is_none() {
        tracing::warn!(till = %key.name(), "a key that opens nothing");
        return Err(StatusCode::UNAUTHORIZED);
    }
    let body = read(request).await?;
    let said = serde_json::from_slice(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    Ok((key.name().clone(), said))
}

async fn read(request: Request) -> Result<Bytes, StatusCode> {
    match tokio::time::timeout(PATIENCE, to_bytes(request.into_body(), REQUEST_LIMIT)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

fn bearer(headers: &HeaderMap) -> Option<TillKey> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    TillKey::parse(text.strip_prefix("Bearer ")?).ok()
}

fn away(Unavailable: Unavailable) -> StatusCode {
    StatusCode::SERVICE_UNAVAILABLE
}
