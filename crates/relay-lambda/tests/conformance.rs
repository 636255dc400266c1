//! The suite that every cabinet passes, over DynamoDB as moto has it.

#![allow(missing_docs, unreachable_pub, dead_code, reason = "a test binary")]

mod support;

use relay_lambda::{Aws, DynamoCabinet};
use support::moto::{Moto, TABLE};

/// PF-13, PF-16, PF-33, PF-71 and the rest of the suite.
#[tokio::test]
async fn a_mailroom_in_dynamodb_holds_its_promises() {
    let moto = Moto::start();
    let variables: std::collections::HashMap<_, _> = moto.env().into_iter().collect();
    let aws = Aws::from(|name| variables.get(name).cloned()).expect("everything is set");
    relay::conformance::holds(DynamoCabinet::new(aws, TABLE.to_owned())).await;
}
