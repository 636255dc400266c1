//! The headers every page is sent with: what it may load, where it may post, who may frame it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use maud::Markup;
use sha2::{Digest, Sha256};

use crate::id::base32;

/// A random value that only this response's own style and script carry.
pub(crate) struct Nonce(String);

impl Nonce {
    /// 128 fresh bits, or nothing when the operating system has none to give.
    pub(crate) fn fresh() -> Option<Self> {
        let mut bits = [0; 16];
        getrandom::fill(&mut bits).ok()?;
        Some(Self(base32(&bits)))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where a page's form may go.
pub(crate) enum FormTarget {
    /// The page has no form.
    Nowhere,
    /// The gateway's origin. The gateway may redirect within its own domain, and browsers hold redirects to this list.
    Origin(Origin),
}

/// Scheme, host and port of a form's action, safe to stand in a header.
pub(crate) struct Origin(String);

impl Origin {
    /// Reads the origin of an absolute `http` or `https` address.
    pub(crate) fn of(action: &str) -> Option<Self> {
        let (scheme, rest) = action.split_once("://")?;
        if scheme != "https" && scheme != "http" {
            return None;
        }
        let authority = rest.split(['/', '?', '#']).next()?;
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']');
        (!authority.is_empty() && authority.bytes().all(plain)).then(|| Self(format!("{scheme}://{authority}")))
    }

    /// Whether it is ECPay's own payment host, in its test environment or where money moves.
    pub(crate) fn is_ecpay(&self) -> bool {
        ["https://payment.ecpay.com.tw", "https://payment-stage.ecpay.com.tw"].contains(&self.0.as_str())
    }
}

/// A page with its status and every protective header.
pub(crate) fn page(status: StatusCode, nonce: &Nonce, form: &FormTarget, markup: Markup) -> Response {
    let policy = policy(nonce, form);
    let mut response = (status, markup.into_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    let policy = HeaderValue::from_str(&policy).expect("nonce and origin are plain ASCII");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // The same address answers in two languages and for several browsers.
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, User-Agent"));
    response
}

impl FormTarget {
    fn sources(&self) -> String {
        match self {
            Self::Nowhere => "'none'".to_owned(),
            Self::Origin(Origin(origin)) => format!("{origin} https://*.ecpay.com.tw"),
        }
    }
}

/// What a page that is a file says of itself: its own style and script by their hashes. Who may frame it, a file cannot
/// say.
pub(crate) fn policy_of_file(style: &str, script: &str, form: &FormTarget) -> String {
    let hash = |text: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; form-action {}; base-uri 'none'",
        hash(style),
        hash(script),
        form.sources()
    )
}

fn policy(nonce: &Nonce, form: &FormTarget) -> String {
    let nonce = nonce.as_str();
    let form = form.sources();
    format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; \
         form-action {form}; frame-ancestors 'none'; base-uri 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_that_could_bend_the_policy_is_no_origin() {
        let of = |action| Origin::of(action).map(|o| o.0);
        let stage = "https://payment-stage.ecpay.com.tw";
        assert_eq!(of("https://payment-stage.ecpay.com.tw/Cashier/AioCheckOut/V5").as_deref(), Some(stage));
        assert_eq!(of("http://127.0.0.1:4100/x").as_deref(), Some("http://127.0.0.1:4100"));
        assert_eq!(of("http://[::1]:4100?x").as_deref(), Some("http://[::1]:4100"));
        for bad in [
            "",
            "javascript:alert(1)",
            "javascript://x/%0aalert(1)",
            "//host/",
            "/relative",
            "https://",
            "https:///x",
            "https://a b/",
            "https://a;script-src *",
            "https://a,b/",
            "https://a\r\nX: y/",
            "https://user@host/",
            "https://*/",
            "ftp://h/",
        ] {
            assert_eq!(of(bad), None, "{bad}");
        }
    }
}
