//! A Lambda runtime of our own around the real binary: the runtime API (2018-06-01) on loopback, one process per
//! function instance, one request at a time in each, as on Lambda.

use std::collections::HashMap;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

/// One instance of a function.
pub struct Function {
    child: Child,
    events: mpsc::UnboundedSender<(Value, oneshot::Sender<Result<Value, Value>>)>,
    ready: tokio::sync::watch::Receiver<Option<Instant>>,
    started: Instant,
}

struct Runtime {
    events: tokio::sync::Mutex<mpsc::UnboundedReceiver<(Value, oneshot::Sender<Result<Value, Value>>)>>,
    open: Mutex<(u64, HashMap<String, oneshot::Sender<Result<Value, Value>>>)>,
    ready: tokio::sync::watch::Sender<Option<Instant>>,
}

impl Function {
    /// Starts the process; it then asks for its first event.
    pub async fn start(program: &str, args: &[&str], env: &[(&str, String)]) -> Self {
        let (events, receiver) = mpsc::unbounded_channel();
        let (told, ready) = tokio::sync::watch::channel(None);
        let runtime =
            Arc::new(Runtime { events: tokio::sync::Mutex::new(receiver), open: Mutex::default(), ready: told });
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(async |body: String| eprintln!("init error: {body}")))
            .with_state(runtime);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
        let at = listener.local_addr().expect("bound");
        tokio::spawn(async move { axum::serve(listener, router).await });
        let started = Instant::now();
        let child = Command::new(program)
            .args(args)
            .env("AWS_LAMBDA_RUNTIME_API", at.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "relay-doors")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/relay-doors")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "1")
            .env("RELAY_FORMS", "anywhere")
            .envs(env.iter().map(|(name, value)| (*name, value.as_str())))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the function starts");
        Self { child, events, ready, started }
    }

    /// From the start of the process to its first question for an event: the cold start.
    pub async fn cold(&mut self) -> Duration {
        let at = *self.ready.wait_for(Option::is_some).await.expect("the runtime lives");
        at.expect("just seen").duration_since(self.started)
    }

    /// Hands it an event and waits for what it answers.
    pub async fn invoke(&self, event: Value) -> Result<Value, Value> {
        let (answer, answered) = oneshot::channel();
        self.events.send((event, answer)).expect("the runtime lives");
        tokio::time::timeout(Duration::from_secs(60), answered).await.expect("answers in time").expect("answers")
    }

    /// Resident memory, in kilobytes.
    pub fn memory_kb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn next(State(runtime): State<Arc<Runtime>>) -> Response {
    runtime.ready.send_if_modified(|ready| ready.is_none().then(|| *ready = Some(Instant::now())).is_some());
    let Some((event, answer)) = runtime.events.lock().await.recv().await else {
        return StatusCode::GONE.into_response();
    };
    let id = {
        let mut open = runtime.open.lock().expect("unpoisoned");
        open.0 += 1;
        let id = format!("00000000-0000-0000-0000-{:012}", open.0);
        open.1.insert(id.clone(), answer);
        id
    };
    let headers = [
        ("lambda-runtime-aws-request-id", id),
        ("lambda-runtime-deadline-ms", "4102444800000".to_owned()),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:ap-east-2:123456789012:function:relay".to_owned()),
        ("lambda-runtime-trace-id", "Root=1-5759e988-bd862e3fe1be46a994272793".to_owned()),
    ];
    (headers, Json(event)).into_response()
}

async fn response(State(runtime): State<Arc<Runtime>>, Path(id): Path<String>, body: String) -> StatusCode {
    let text = serde_json::from_str(&body).unwrap_or(Value::String(body));
    finish(&runtime, &id, Ok(text))
}

async fn error(State(runtime): State<Arc<Runtime>>, Path(id): Path<String>, body: String) -> StatusCode {
    finish(&runtime, &id, Err(serde_json::from_str(&body).unwrap_or(Value::String(body))))
}

fn finish(runtime: &Runtime, id: &str, answer: Result<Value, Value>) -> StatusCode {
    let waiting = runtime.open.lock().expect("unpoisoned").1.remove(id);
    if let Some(waiting) = waiting {
        let _ = waiting.send(answer);
    }
    StatusCode::ACCEPTED
}
