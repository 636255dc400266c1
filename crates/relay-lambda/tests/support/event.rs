//! Requests as an API Gateway HTTP API hands them to a function: payload format 2.0, as its documentation shows it.

use serde_json::{Value, json};

/// A request with a body, which for forms comes in base64.
pub fn post(path: &str, content_type: &str, body: &[u8]) -> Value {
    with_body("POST", path, &[("content-type", content_type)], body)
}

/// A request without one.
pub fn get(path: &str) -> Value {
    event("GET", path, &[])
}

/// Any request with a body.
pub fn with_body(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Value {
    use base64::Engine as _;
    let mut event = event(method, path, headers);
    event["headers"]["content-length"] = body.len().to_string().into();
    event["body"] = base64::engine::general_purpose::STANDARD.encode(body).into();
    event["isBase64Encoded"] = true.into();
    event
}

fn event(method: &str, path: &str, headers: &[(&str, &str)]) -> Value {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut all = json!({
        "accept": "text/html",
        "host": "a1b2c3d4e5.execute-api.ap-east-2.amazonaws.com",
        "user-agent": "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)",
        "x-forwarded-for": "203.0.113.7",
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
    });
    for (name, value) in headers {
        all[*name] = (*value).into();
    }
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": all,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "a1b2c3d4e5",
            "domainName": "a1b2c3d4e5.execute-api.ap-east-2.amazonaws.com",
            "domainPrefix": "a1b2c3d4e5",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "203.0.113.7",
                "userAgent": "Mozilla/4.0"
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "$default",
            "stage": "$default",
            "time": "21/Nov/2026:12:00:00 +0000",
            "timeEpoch": 1_795_262_400_000_i64
        },
        "isBase64Encoded": false
    })
}
