//! What came back: status, bounded body, and the server's clock.

use std::fmt;
use std::time::UNIX_EPOCH;

use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderName};

use crate::error::{ExchangeError, NetCause, classify};

/// The largest body read, in bytes.
pub const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// An answer, whatever its status: an HTTP error and a redirect are answers too.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body, byte for byte.
    pub body: Vec<u8>,
    /// The server's clock from its `Date` header, in Unix seconds.
    pub date: Option<i64>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
}

/// Shows how long the body is, not what it says: replies carry buyers' data and do not belong in a log.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("body_len", &self.body.len())
            .field("date", &self.date)
            .field("content_type", &self.content_type)
            .finish()
    }
}

/// Reads the answer to its end, or to the limit.
pub(crate) async fn read(mut response: Response) -> Result<Reply, ExchangeError> {
    let limit = u64::try_from(BODY_LIMIT).unwrap_or(u64::MAX);
    if response.content_length().is_some_and(|announced| announced > limit) {
        return Err(TOO_LARGE);
    }
    let status = response.status().as_u16();
    let date = text(&response, &DATE).and_then(unix_seconds);
    let content_type = text(&response, &CONTENT_TYPE).map(str::to_owned);
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|e| sent(&e))? {
        if body.len() + chunk.len() > BODY_LIMIT {
            return Err(TOO_LARGE);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Reply { status, body, date, content_type })
}

const TOO_LARGE: ExchangeError = ExchangeError::MaybeSent { cause: NetCause::TooLarge };

/// An answer has begun, so the request was sent, whatever the library calls the failure.
fn sent(error: &reqwest::Error) -> ExchangeError {
    ExchangeError::MaybeSent { cause: classify(error).cause() }
}

fn text<'r>(response: &'r Response, name: &HeaderName) -> Option<&'r str> {
    response.headers().get(name)?.to_str().ok()
}

fn unix_seconds(date: &str) -> Option<i64> {
    let moment = httpdate::parse_http_date(date).ok()?;
    i64::try_from(moment.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_servers_clock_is_read_in_any_of_the_three_http_spellings() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(unix_seconds(text), Some(784_111_777), "{text}");
        }
        assert_eq!(unix_seconds("yesterday"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_date_header_breaks_the_clock(text in "\\PC*", day in "[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT") {
            // A date is one of four digits for the year, or none; a till's clock is never moved by nonsense.
            for text in [text, day] {
                prop_assert!(unix_seconds(&text).is_none_or(|seconds| (0..253_402_300_800).contains(&seconds)), "{}", text);
            }
        }
    }

    #[test]
    fn a_reply_in_a_log_does_not_show_its_body() {
        let reply = Reply { status: 200, body: b"card4no=2222".to_vec(), date: None, content_type: None };
        assert!(!format!("{reply:?}").contains("2222"));
    }
}
