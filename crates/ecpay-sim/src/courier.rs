//! How notices leave: through a courier that the host provides, because this crate opens no outgoing sockets.

use std::future::Future;
use std::pin::Pin;

/// A boxed future, so that [`Courier`] and [`Browser`](crate::customer::Browser) can be trait objects.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// `User-Agent` of the gateway's notices, as observed. A courier should send it.
pub const NOTICE_USER_AGENT: &str = "Mozilla/4.0 (compatible; MSIE 9.0; Windows NT 5.0)";

/// `Accept` of the gateway's notices (ECPay doc 2878). A courier should send it.
pub const NOTICE_ACCEPT: &str = "text/html";

/// What the shop's address answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourierReply {
    /// The HTTP status.
    pub status: u16,
    /// The body, byte for byte; a courier may cut it after a few kilobytes.
    pub body: Vec<u8>,
}

impl CourierReply {
    /// Whether this is the one reply that stops the repeats: status 200 and exactly the four bytes `1|OK`
    /// (ECPay doc 2878).
    #[must_use]
    pub fn acknowledges(&self) -> bool {
        self.status == 200 && self.body == b"1|OK"
    }
}

/// Carries a form to a shop's address (ReturnURL, PaymentInfoURL). Must not follow redirects.
pub trait Courier: Send + Sync {
    /// POSTs `body` as `application/x-www-form-urlencoded`. The error is a reason for the log, without the body.
    fn post_form<'a>(&'a self, url: &'a str, body: Vec<u8>) -> BoxFuture<'a, Result<CourierReply, String>>;
}

/// A courier that reaches nobody: every notice counts as not delivered, and the till has to ask.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoCourier;

impl Courier for NoCourier {
    fn post_form<'a>(&'a self, _url: &'a str, _body: Vec<u8>) -> BoxFuture<'a, Result<CourierReply, String>> {
        Box::pin(async { Err("this simulator has no way out".to_owned()) })
    }
}

/// Whether an address can never be reached: `.invalid` is reserved (RFC 2606), so not even a name is looked up.
pub(crate) fn is_invalid_host(url: &str) -> bool {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = after_scheme.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host_port.split(':').next().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    host == "invalid" || host.ends_with(".invalid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_four_bytes_with_status_200_acknowledge() {
        let reply = |status, body: &[u8]| CourierReply { status, body: body.to_vec() };
        assert!(reply(200, b"1|OK").acknowledges());
        for (status, body) in [
            (201, b"1|OK".as_slice()),
            (204, b""),
            (302, b"1|OK"),
            (500, b"1|OK"),
            (200, b"1|OK\n"),
            (200, b"\"1|OK\""),
            (200, b"1|ok"),
            (200, b"\xef\xbb\xbf1|OK"),
            (200, b"<html>1|OK</html>"),
            (200, b"0|error"),
        ] {
            assert!(!reply(status, body).acknowledges(), "{status} {body:?}");
        }
    }

    #[test]
    fn hosts_under_invalid_are_recognised_whatever_surrounds_them() {
        for url in [
            "https://notice.guitai.invalid/return",
            "https://notice.guitai.invalid",
            "https://NOTICE.INVALID.:443/x",
            "https://user@shop.invalid?x=1",
            "http://invalid/",
        ] {
            assert!(is_invalid_host(url), "{url}");
        }
        for url in ["https://shop.example/invalid", "https://invalid.example/", "http://127.0.0.1:8080/a.invalid"] {
            assert!(!is_invalid_host(url), "{url}");
        }
    }
}
