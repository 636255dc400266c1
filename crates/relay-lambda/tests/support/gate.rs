//! A gate before moto that answers some of DynamoDB's calls itself: what moto cannot be made to do.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

use super::moto::Moto;

/// What is answered instead of being passed on, by the name of the call.
type Refusals = Arc<Mutex<HashMap<&'static str, (u16, &'static str)>>>;

/// A way to moto that can say no.
pub struct Gate {
    at: SocketAddr,
    refusals: Refusals,
}

impl Gate {
    /// One that lets everything through.
    pub async fn before(moto: &Moto) -> Self {
        // The first one in the process wins; any is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let refusals = Refusals::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
        let at = listener.local_addr().expect("bound");
        let router = Router::new().fallback(pass).with_state((Arc::clone(&refusals), moto.port()));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { at, refusals }
    }

    /// Where it is.
    pub fn address(&self) -> String {
        format!("http://{}/", self.at)
    }

    /// Answers this call so from now on; nothing: lets it through again.
    pub fn refuse(&self, call: &'static str, answer: Option<(u16, &'static str)>) {
        let mut refusals = self.refusals.lock().expect("unpoisoned");
        match answer {
            Some(answer) => refusals.insert(call, answer),
            None => refusals.remove(call),
        };
    }
}

async fn pass(State((refusals, port)): State<(Refusals, u16)>, headers: HeaderMap, body: Bytes) -> Response {
    let target = headers.get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let call = target.rsplit('.').next().unwrap_or_default();
    let refused = refusals.lock().expect("unpoisoned").get(call).copied();
    if let Some((status, text)) = refused {
        return (StatusCode::from_u16(status).expect("a status"), text).into_response();
    }
    let mut request =
        reqwest::Client::builder().no_proxy().build().expect("a client").post(format!("http://127.0.0.1:{port}/"));
    for name in ["authorization", "content-type", "x-amz-date", "x-amz-target"] {
        if let Some(value) = headers.get(name) {
            request = request.header(name, value.to_str().expect("text"));
        }
    }
    let host = "dynamodb.ap-east-2.amazonaws.com";
    let answer = request.header("host", host).body(body).send().await.expect("moto answers");
    let status = answer.status().as_u16();
    (StatusCode::from_u16(status).expect("a status"), answer.bytes().await.expect("a body")).into_response()
}
