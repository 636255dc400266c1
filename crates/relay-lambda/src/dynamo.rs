//! A cabinet in one DynamoDB table.

use axum::body::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relay::cabinet::{Cabinet, Changed, Item, Key, Put, Unavailable};
use serde_json::{Value, json};

use crate::aws::{Aws, AwsError};

/// Things in a DynamoDB table.
#[derive(Clone)]
pub struct DynamoCabinet {
    aws: Aws,
    endpoint: String,
    table: String,
}

impl DynamoCabinet {
    /// The cabinet in this table.
    #[must_use]
    pub fn new(aws: Aws, table: String) -> Self {
        Self { endpoint: aws.endpoint("dynamodb"), aws, table }
    }

    async fn ask(&self, what: &str, body: &Value) -> Result<Value, AwsError> {
        let target = format!("DynamoDB_20120810.{what}");
        let headers = [("content-type", "application/x-amz-json-1.0"), ("x-amz-target", target.as_str())];
        let body = serde_json::to_vec(body).expect("JSON");
        let answer = self.aws.post("dynamodb", &self.endpoint, &headers, &body).await?;
        serde_json::from_slice(&answer).map_err(|error| AwsError::NotMade(error.to_string()))
    }

    fn put(&self, put: &Put) -> Value {
        let mut item = json!({
            "d": { "S": put.key.drawer },
            "s": { "S": put.key.slot },
            "v": { "N": (put.replaces + 1).to_string() },
            "t": { "S": put.text },
            "b": { "B": STANDARD.encode(&put.body) },
        });
        if let Some(at) = put.purge_ms {
            item["p"] = json!({ "N": at.to_string() });
            item["x"] = json!({ "N": (at / 1000 + 1).to_string() });
        }
        let condition = if put.replaces == 0 { "attribute_not_exists(d)" } else { "v = :v" };
        let mut put_item = json!({ "TableName": self.table, "Item": item, "ConditionExpression": condition });
        if put.replaces > 0 {
            put_item["ExpressionAttributeValues"] = json!({ ":v": { "N": put.replaces.to_string() } });
        }
        put_item
    }
}

impl Cabinet for DynamoCabinet {
    async fn get(&self, key: &Key) -> Result<Option<Item>, Unavailable> {
        let wanted = json!({ "TableName": self.table, "ConsistentRead": true, "Key": key_of(key) });
        let answer = self.ask("GetItem", &wanted).await.map_err(unavailable)?;
        Ok(item(&answer["Item"]))
    }

    async fn after(&self, drawer: &str, prefix: &str, slot: &str, limit: usize) -> Result<Vec<Item>, Unavailable> {
        // A key condition takes one range. Everything that begins with the prefix lies below the prefix with the largest
        // letter behind it; our slots are plain ASCII.
        let from = slot.max(prefix);
        let wanted = json!({
            "TableName": self.table,
            "ConsistentRead": true,
            "KeyConditionExpression": "d = :d AND s BETWEEN :from AND :to",
            "ExpressionAttributeValues": {
                ":d": { "S": drawer },
                ":from": { "S": format!("{from} ") },
                ":to": { "S": format!("{prefix}\u{7f}") },
            },
            "Limit": limit,
        });
        let answer = self.ask("Query", &wanted).await.map_err(unavailable)?;
        let items = answer["Items"].as_array().ok_or(Unavailable)?;
        Ok(items.iter().filter_map(item).collect())
    }

    async fn change(&self, puts: Vec<Put>) -> Result<Changed, Unavailable> {
        let done = match puts.as_slice() {
            [one] => self.ask("PutItem", &self.put(one)).await,
            all => {
                let puts: Vec<Value> = all.iter().map(|put| json!({ "Put": self.put(put) })).collect();
                self.ask("TransactWriteItems", &json!({ "TransactItems": puts })).await
            }
        };
        match done {
            Ok(_) => Ok(Changed::Done),
            Err(AwsError::Refused(name, body)) if is_stale(&name, &body) => Ok(Changed::Stale),
            Err(error) => Err(unavailable(error)),
        }
    }

    async fn remove(&self, key: &Key) -> Result<(), Unavailable> {
        let wanted = json!({ "TableName": self.table, "Key": key_of(key) });
        self.ask("DeleteItem", &wanted).await.map(drop).map_err(unavailable)
    }
}

fn key_of(key: &Key) -> Value {
    json!({ "d": { "S": key.drawer }, "s": { "S": key.slot } })
}

fn item(item: &Value) -> Option<Item> {
    let number = |name: &str| item[name]["N"].as_str();
    Some(Item {
        key: Key::new(item["d"]["S"].as_str()?, item["s"]["S"].as_str()?),
        version: number("v")?.parse().ok()?,
        text: item["t"]["S"].as_str()?.to_owned(),
        body: Bytes::from(STANDARD.decode(item["b"]["B"].as_str().unwrap_or_default()).ok()?),
        purge_ms: number("p").and_then(|at| at.parse().ok()),
    })
}

/// Whether a refusal means that somebody else was there first. A cancelled transaction names a reason for each put, and
/// being throttled is one of them.
fn is_stale(name: &str, body: &[u8]) -> bool {
    match name {
        "ConditionalCheckFailedException" | "TransactionConflictException" => true,
        "TransactionCanceledException" => {
            let body: Value = serde_json::from_slice(body).unwrap_or_default();
            let reasons = body["CancellationReasons"].as_array().cloned().unwrap_or_default();
            let codes: Vec<&str> = reasons.iter().filter_map(|reason| reason["Code"].as_str()).collect();
            let lost = |code: &str| matches!(code, "ConditionalCheckFailed" | "TransactionConflict");
            codes.iter().any(|code| lost(code)) && codes.iter().all(|code| lost(code) || *code == "None")
        }
        _ => false,
    }
}

#[allow(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn unavailable(error: AwsError) -> Unavailable {
    tracing::error!(%error, "dynamodb");
    Unavailable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn being_throttled_is_not_being_late() {
        let cancelled = |codes: &[&str]| {
            let reasons: Vec<Value> = codes.iter().map(|code| json!({ "Code": code })).collect();
            let body = json!({ "__type": "x#TransactionCanceledException", "CancellationReasons": reasons });
            is_stale("TransactionCanceledException", body.to_string().as_bytes())
        };
        assert!(cancelled(&["None", "ConditionalCheckFailed", "None"]));
        assert!(cancelled(&["TransactionConflict"]));
        assert!(!cancelled(&["ConditionalCheckFailed", "ThrottlingError"]));
        assert!(!cancelled(&["ProvisionedThroughputExceeded"]));
        assert!(!cancelled(&[]));
        assert!(!is_stale("ThrottlingException", b""));
    }
}
