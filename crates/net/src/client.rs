//! The one client: how it connects, what it refuses, and how long it waits.

use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::Resolve;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{ClientBuilder, Method, RequestBuilder, Url, tls};

use crate::address;
use crate::error::{ExchangeError, NetCause, NetError, classify};
use crate::names::SystemNames;
use crate::reply::{self, Reply};

/// How long one exchange may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Name lookup, connection and TLS handshake together. At most nine tenths of `total` are used.
    pub connect: Duration,
    /// The whole exchange, to the last byte of the answer.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), total: Duration::from_secs(30) }
    }
}

impl Timeouts {
    /// Connecting ends before the whole exchange does: were `total` to run out first, a call that never left would have
    /// to be taken for one that may have arrived.
    fn connect_within_total(self) -> Duration {
        self.connect.min(self.total * 9 / 10)
    }
}

/// Makes outgoing HTTP calls. Cheap to clone; clones share nothing that could be used up.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    can_trust: bool,
}

impl Client {
    /// A client that checks servers against the operating system's authorities.
    ///
    /// # Errors
    ///
    /// [`NetError::Setup`] when the HTTP library cannot start. A missing list of authorities is not an error here: the
    /// till must still open, and each `https` call says so instead.
    pub fn new(timeouts: Timeouts) -> Result<Self, NetError> {
        Self::assemble(timeouts, Trust::Platform, SystemNames)
    }

    /// Posts a URL-encoded form.
    ///
    /// # Errors
    ///
    /// See [`ExchangeError`]: whether it can have arrived is in the variant.
    pub async fn post_form(&self, url: &str, body: Vec<u8>) -> Result<Reply, ExchangeError> {
        let request = self.request(Method::POST, url)?;
        exchange(request.header(CONTENT_TYPE, FORM).body(body)).await
    }

    /// Sends JSON to a service that knows us by a key.
    ///
    /// # Errors
    ///
    /// See [`ExchangeError`].
    pub async fn send_json(&self, verb: Verb, url: &str, key: &str, body: Vec<u8>) -> Result<Reply, ExchangeError> {
        let method = match verb {
            Verb::Put => Method::PUT,
            Verb::Post => Method::POST,
        };
        exchange(self.request(method, url)?.bearer_auth(key).header(CONTENT_TYPE, JSON).body(body)).await
    }

    /// Posts JSON.
    ///
    /// # Errors
    ///
    /// See [`ExchangeError`]: whether it can have arrived is in the variant.
    pub async fn post_json(&self, url: &str, body: Vec<u8>) -> Result<Reply, ExchangeError> {
        let request = self.request(Method::POST, url)?;
        exchange(request.header(CONTENT_TYPE, JSON).body(body)).await
    }

    /// Gets a page.
    ///
    /// # Errors
    ///
    /// See [`ExchangeError`].
    pub async fn get(&self, url: &str) -> Result<Reply, ExchangeError> {
        exchange(self.request(Method::GET, url)?).await
    }

    fn request(&self, method: Method, url: &str) -> Result<RequestBuilder, ExchangeError> {
        let url = self.admit(url).map_err(|cause| ExchangeError::NotSent { cause })?;
        Ok(self.http.request(method, url))
    }

    fn admit(&self, url: &str) -> Result<Url, NetCause> {
        let url = address::check(url).map_err(NetCause::Address)?;
        if url.scheme() == "https" && !self.can_trust {
            return Err(NetCause::NoTrustStore);
        }
        Ok(url)
    }

    fn assemble(timeouts: Timeouts, trust: Trust, names: impl Resolve + 'static) -> Result<Self, NetError> {
        // The first caller in the process wins; a provider that is already there serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let names = Arc::new(names);
        let plain = || base(timeouts).dns_resolver(Arc::clone(&names));
        let trusting = match trust {
            Trust::Platform => plain().build(),
            #[cfg(test)]
            Trust::Only(roots) => plain().tls_certs_only(roots).build(),
            #[cfg(test)]
            Trust::Nobody => return Self::without_trust(plain()),
        };
        match trusting {
            Ok(http) => Ok(Self { http, can_trust: true }),
            Err(error) => {
                tracing::warn!(error = %error, "no certificate authorities on this computer; https is off");
                Self::without_trust(plain())
            }
        }
    }

    /// Loopback still works. The empty list makes any handshake fail even if an `https` call slipped through.
    fn without_trust(builder: ClientBuilder) -> Result<Self, NetError> {
        let nobody = rustls::ClientConfig::builder()
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        let http = builder.tls_backend_preconfigured(nobody).build().map_err(NetError::Setup)?;
        Ok(Self { http, can_trust: false })
    }
}

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// That something be as it says; once or twice makes no difference.
    Put,
    /// That something be done.
    Post,
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// Whose certificates count.
enum Trust {
    /// The operating system's list.
    Platform,
    /// These alone.
    #[cfg(test)]
    Only(Vec<reqwest::Certificate>),
    /// A computer without a list.
    #[cfg(test)]
    Nobody,
}

/// Every setting the promise in the crate's docs rests on, stated even where it is the library's default today.
fn base(timeouts: Timeouts) -> ClientBuilder {
    reqwest::Client::builder()
        .user_agent(concat!("guitai/", env!("CARGO_PKG_VERSION")))
        .tls_version_min(tls::Version::TLS_1_2)
        .connect_timeout(timeouts.connect_within_total())
        .timeout(timeouts.total)
        .pool_max_idle_per_host(0)
        .retry(reqwest::retry::never())
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
}

async fn exchange(request: RequestBuilder) -> Result<Reply, ExchangeError> {
    let outcome = match request.send().await {
        Ok(response) => reply::read(response).await,
        Err(error) => {
            let filed = classify(&error);
            // The address may carry a token in its path, so the log gets the failure without it.
            tracing::debug!(error = %chain(&error.without_url()), "exchange failed");
            Err(filed)
        }
    };
    if let Err(error) = &outcome {
        tracing::info!(%error, "no answer");
    }
    outcome
}

/// An error and its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

#[cfg(test)]
mod tests;
