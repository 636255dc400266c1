//! Signed calls to AWS, and nothing else: AWS's own signer, one HTTP client.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use reqwest::{Client, Url};

/// What a call came to, when it was not an answer of success.
#[derive(Debug, thiserror::Error)]
pub enum AwsError {
    /// Something a deployer has to put right.
    #[error("{0} is not set")]
    NotSet(&'static str),
    /// The client could not be made, or the request could not be signed.
    #[error("the call could not be made: {0}")]
    NotMade(String),
    /// Nobody answered, after a few tries.
    #[error("no answer from {0}")]
    NoAnswer(&'static str),
    /// The service says no: the name of its error, and its reasons where it gives some.
    #[error("{0}")]
    Refused(String, Vec<u8>),
}

/// Who we are on AWS, and how it is reached.
#[derive(Clone)]
pub struct Aws {
    http: Client,
    region: String,
    /// Services that are not where AWS has them.
    elsewhere: Vec<(&'static str, String)>,
    credentials: Credentials,
}

/// The function has ten seconds at most; the gateway's patience ends there too.
const ONE_TRY: Duration = Duration::from_millis(2_500);
const TRIES: u32 = 3;

impl Aws {
    /// As the environment says.
    ///
    /// # Errors
    /// When something is missing there.
    pub fn from_env() -> Result<Self, AwsError> {
        Self::from(|name| std::env::var(name).ok())
    }

    /// As these variables say.
    ///
    /// # Errors
    /// When something is missing there.
    pub fn from(variable: impl Fn(&str) -> Option<String>) -> Result<Self, AwsError> {
        let env = |name: &'static str| variable(name).ok_or(AwsError::NotSet(name));
        // The first one in the process wins; any is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder()
            .connect_timeout(Duration::from_secs(1))
            .timeout(ONE_TRY)
            // A function that was frozen between two requests comes back to connections that are gone.
            .pool_idle_timeout(Duration::from_secs(20))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| AwsError::NotMade(error.to_string()))?;
        Ok(Self {
            http,
            region: env("AWS_REGION").or_else(|_| env("AWS_DEFAULT_REGION"))?,
            elsewhere: ["dynamodb", "sns"]
                .into_iter()
                .filter_map(|service| {
                    let name = format!("AWS_ENDPOINT_URL_{}", service.to_ascii_uppercase());
                    Some((service, variable(&name)?))
                })
                .collect(),
            credentials: Credentials::new(
                env("AWS_ACCESS_KEY_ID")?,
                env("AWS_SECRET_ACCESS_KEY")?,
                env("AWS_SESSION_TOKEN").ok().filter(|token| !token.is_empty()),
                None,
                "environment",
            ),
        })
    }

    /// Where a service is.
    pub(crate) fn endpoint(&self, service: &str) -> String {
        let elsewhere = self.elsewhere.iter().find(|(name, _)| *name == service);
        elsewhere.map_or_else(|| format!("https://{service}.{}.amazonaws.com/", self.region), |(_, url)| url.clone())
    }

    /// Posts a body. What is not answered is sent again: everything sent here may be sent twice.
    pub(crate) async fn post(
        &self,
        service: &'static str,
        endpoint: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Vec<u8>, AwsError> {
        let mut refused = None;
        for tried in 0..TRIES {
            if tried > 0 {
                tokio::time::sleep(Duration::from_millis(40 << tried)).await;
            }
            match self.try_once(service, endpoint, headers, body).await? {
                Some((200, answer)) => return Ok(answer),
                Some((status, answer)) => {
                    let name = error_name(&answer);
                    if status < 500 && !is_throttled(&name) {
                        return Err(AwsError::Refused(name, answer));
                    }
                    refused = Some(AwsError::Refused(name, answer));
                }
                None => {}
            }
        }
        Err(refused.unwrap_or(AwsError::NoAnswer(service)))
    }

    async fn try_once(
        &self,
        service: &'static str,
        endpoint: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Option<(u16, Vec<u8>)>, AwsError> {
        let not_made = |error: &dyn std::fmt::Display| AwsError::NotMade(error.to_string());
        let url = Url::parse(endpoint).map_err(|error| not_made(&error))?;
        let identity = self.credentials.clone().into();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(service)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| not_made(&error))?
            .into();
        let signable = SignableRequest::new("POST", url.as_str(), headers.iter().copied(), SignableBody::Bytes(body))
            .map_err(|error| not_made(&error))?;
        let (signed, _) = sign(signable, &params).map_err(|error| not_made(&error))?.into_parts();
        let mut request = self.http.post(url).body(body.to_vec());
        for (name, value) in headers.iter().copied().chain(signed.headers()) {
            request = request.header(name, value);
        }
        let Ok(answer) = request.send().await.inspect_err(|error| tracing::warn!(%error, service, "no answer")) else {
            return Ok(None);
        };
        let status = answer.status().as_u16();
        Ok(answer.bytes().await.ok().map(|body| (status, body.to_vec())))
    }
}

/// `com.amazonaws.dynamodb.v20120810#TransactionCanceledException`, or XML from older services.
fn error_name(body: &[u8]) -> String {
    let json = serde_json::from_slice::<serde_json::Value>(body).ok();
    let name = json.as_ref().and_then(|body| body["__type"].as_str()).unwrap_or("unnamed error");
    name.rsplit('#').next().unwrap_or(name).to_owned()
}

fn is_throttled(name: &str) -> bool {
    matches!(
        name,
        "ThrottlingException"
            | "ProvisionedThroughputExceededException"
            | "RequestLimitExceeded"
            | "LimitExceededException"
    )
}
