//! Figures for CloudWatch, as lines in the log that it reads by itself (embedded metric format). Nothing in them is
//! about a person, and nothing opens anything.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use serde_json::{Value, json};

/// Where the figures stand in CloudWatch.
pub(crate) const NAMESPACE: &str = "Guitai/Relay";

/// Measures what the gateway is answered: how long it took, and how often a notice could not be kept.
pub async fn measured(request: Request, next: Next) -> Response {
    let door = door_of(request.uri().path()).to_owned();
    let begun = Instant::now();
    let answer = next.run(request).await;
    let took = i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX);
    if matches!(door.as_str(), "n" | "i") {
        let kept = answer.status() == StatusCode::OK;
        write(&[("NoticeAnswered", "Milliseconds", took), ("NoticeNotKept", "Count", i64::from(!kept))]);
    }
    tracing::info!(door, status = answer.status().as_u16(), took_ms = took, "answered");
    answer
}

/// The first segment alone: what follows is a token.
fn door_of(path: &str) -> &str {
    path.trim_start_matches('/').split('/').next().unwrap_or_default()
}

/// Writes one line of figures.
#[allow(clippy::print_stdout, reason = "Lambda's standard output is its log")]
pub(crate) fn write(figures: &[(&str, &str, i64)]) {
    println!("{}", line(figures, std::env::var("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_default(), now_ms()));
}

fn line(figures: &[(&str, &str, i64)], function: String, now_ms: i64) -> Value {
    let metrics: Vec<Value> = figures.iter().map(|(name, unit, _)| json!({ "Name": name, "Unit": unit })).collect();
    let mut line = json!({
        "_aws": {
            "Timestamp": now_ms,
            "CloudWatchMetrics": [{ "Namespace": NAMESPACE, "Dimensions": [["Function"]], "Metrics": metrics }],
        },
        "Function": function,
    });
    for (name, _, figure) in figures {
        line[*name] = (*figure).into();
    }
    line
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_figures_is_as_cloudwatch_reads_it() {
        let line = line(&[("MailboxAge", "Seconds", 7)], "shop-watch".to_owned(), 5);
        assert_eq!(line["MailboxAge"], 7);
        assert_eq!(line["Function"], "shop-watch");
        let declared = &line["_aws"]["CloudWatchMetrics"][0];
        assert_eq!(declared["Metrics"][0], json!({ "Name": "MailboxAge", "Unit": "Seconds" }));
        assert_eq!(declared["Dimensions"], json!([["Function"]]));
    }

    #[test]
    fn a_log_names_the_door_and_never_the_token() {
        assert_eq!(door_of("/n/mzxw6ytboi"), "n");
        assert_eq!(door_of("/"), "");
    }
}
