//! Taking a letter in: how large, how slow and of what kind it may be, and the exact answer the gateway waits for.

use std::error::Error;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::LengthLimitError;

use crate::id::Token;
use crate::store::{Door, Kept, Mail, Store};

/// The largest body any door takes, in bytes. A notice with every optional field stays under 4 kB.
pub const BODY_LIMIT: usize = 16 * 1024;

/// How long a body may take to arrive. The gateway itself gives up after about ten seconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// What became of a request at a door.
pub(crate) enum Delivery {
    /// The store has it.
    Safe(Bytes),
    /// Not ours, or not a letter.
    Refused,
    /// Larger than [`BODY_LIMIT`].
    TooLarge,
    /// It did not arrive whole.
    Broken,
    /// The store cannot keep it now.
    Later,
}

/// Reads the letter and has it kept.
pub(crate) async fn deliver<S: Store>(store: &S, door: Door, token: Option<Token>, request: Request) -> Delivery {
    let Some(token) = token else { return Delivery::Refused };
    if !may_be_a_letter(request.headers()) {
        return Delivery::Refused;
    }
    if announces_too_much(request.headers()) {
        return Delivery::TooLarge;
    }
    let body = match read(request.into_body()).await {
        Ok(body) if body.is_empty() => return Delivery::Refused,
        Ok(body) => body,
        Err(failure) => return failure,
    };
    let kept = store.keep(Mail { door, token: token.clone(), body: body.clone() }).await;
    tracing::info!(?door, ?token, len = body.len(), ?kept, "mail");
    match kept {
        Ok(Kept::Accepted | Kept::Repeated) => Delivery::Safe(body),
        Ok(Kept::Refused) => Delivery::Refused,
        Err(_) => Delivery::Later,
    }
}

/// The gateway's answer. `1|OK` is exact to the byte: a quote, a newline, another status or a redirect count as failure
/// and bring everything four more times (ECPay doc 2878).
pub(crate) fn acknowledge(delivery: &Delivery) -> Response {
    let (status, text) = match delivery {
        Delivery::Safe(_) => (StatusCode::OK, "1|OK"),
        Delivery::Refused => (StatusCode::OK, "0|refused"),
        Delivery::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "0|too large"),
        Delivery::Broken => (StatusCode::REQUEST_TIMEOUT, "0|incomplete"),
        Delivery::Later => (StatusCode::SERVICE_UNAVAILABLE, "0|try again"),
    };
    // ECPay asks with `Accept: text/html`.
    (status, [(header::CONTENT_TYPE, HTML), (header::CACHE_CONTROL, NO_STORE)], text).into_response()
}

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

async fn read(body: Body) -> Result<Bytes, Delivery> {
    match tokio::time::timeout(PATIENCE, axum::body::to_bytes(body, BODY_LIMIT)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_over_limit(&error) => Err(Delivery::TooLarge),
        Ok(Err(_)) | Err(_) => Err(Delivery::Broken),
    }
}

/// Forms, and the JSON of the gateway's newer products; a missing or unreadable type is given the benefit of the doubt,
/// because refusing a genuine notice costs more than keeping a useless one.
fn may_be_a_letter(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()) else { return true };
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.is_empty() || kind.starts_with("text/") || matches!(kind.as_str(), FORM | "application/json")
}

const FORM: &str = "application/x-www-form-urlencoded";

fn announces_too_much(headers: &HeaderMap) -> bool {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok());
    announced.and_then(|n| n.parse::<usize>().ok()).is_some_and(|n| n > BODY_LIMIT)
}

fn is_over_limit(error: &axum::Error) -> bool {
    error.source().is_some_and(|cause| cause.is::<LengthLimitError>())
}
