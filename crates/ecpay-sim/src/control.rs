//! The control API: what a test or a trainer asks of the gateway over HTTP, outside ECPay's paths.
//!
//! Bodies are JSON and must say so (`Content-Type: application/json`), which a form on some web page cannot.

use std::time::Duration;

use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use ecpay::keys::{HashIv, HashKey, MerchantId};
use serde::Deserialize;
use serde_json::json;

use crate::faults::{ActionFault, CardQueryFault, Door, Endpoint, Fault, Hang, Outcome, QueryFault};
use crate::method::Method;
use crate::settlement::Closing;
use crate::simulator::Simulator;
use crate::taipei;
use crate::world::Refusal;

/// The longest step of time: a year.
const MOST_SECONDS: u64 = 366 * 24 * 3600;

pub(crate) fn router(simulator: Simulator) -> Router {
    Router::new()
        .route("/_control/clock", get(clock))
        .route("/_control/advance", post(advance))
        .route("/_control/next-outcome", post(next_outcome))
        .route("/_control/fail-next", post(fail_next))
        .route("/_control/fail-next-query", post(fail_next_query))
        .route("/_control/fail-next-action", post(fail_next_action))
        .route("/_control/fail-next-card-query", post(fail_next_card_query))
        .route("/_control/closing", post(closing))
        .route("/_control/balance", post(balance))
        .route("/_control/keys", post(keys))
        .route("/_control/maintenance", post(maintenance))
        .route("/_control/hang-next", post(hang_next))
        .route("/_control/force-403", post(force_403))
        .route("/_control/clear", post(clear))
        .route("/_control/orders", get(orders))
        .route("/_control/orders/{number}", get(order))
        .route("/_control/orders/{number}/pay", post(pay))
        .route("/_control/orders/{number}/decline", post(decline))
        .route("/_control/orders/{number}/pay-code", post(pay_code))
        .route("/_control/orders/{number}/simulate-paid", post(simulate_paid))
        .route("/_control/orders/{number}/deliver-again", post(deliver_again))
        .with_state(simulator)
}

async fn clock(Shared(simulator): Shared<Simulator>) -> Response {
    let now_ms = simulator.now_ms();
    Json(json!({ "unix_ms": now_ms, "taipei": taipei::second(now_ms) })).into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: u64,
}

async fn advance(Shared(simulator): Shared<Simulator>, Json(by): Json<Advance>) -> Response {
    simulator.advance(Duration::from_secs(by.seconds.min(MOST_SECONDS))).await;
    clock(Shared(simulator)).await
}

async fn next_outcome(Shared(simulator): Shared<Simulator>, Json(outcome): Json<Outcome>) -> Response {
    simulator.next_outcome(outcome);
    done()
}

#[derive(Deserialize)]
struct FailNext {
    door: Door,
    #[serde(flatten)]
    fault: Fault,
}

async fn fail_next(Shared(simulator): Shared<Simulator>, Json(asked): Json<FailNext>) -> Response {
    match asked.door {
        Door::Notice => simulator.fail_next_notice(asked.fault),
        Door::Browser => simulator.fail_next_browser_return(asked.fault),
    }
    done()
}

async fn fail_next_query(Shared(simulator): Shared<Simulator>, Json(fault): Json<QueryFault>) -> Response {
    simulator.fail_next_query(fault);
    done()
}

async fn fail_next_action(Shared(simulator): Shared<Simulator>, Json(fault): Json<ActionFault>) -> Response {
    simulator.fail_next_action(fault);
    done()
}

async fn fail_next_card_query(Shared(simulator): Shared<Simulator>, Json(fault): Json<CardQueryFault>) -> Response {
    simulator.fail_next_card_query(fault);
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetClosing {
    closing: Closing,
}

async fn closing(Shared(simulator): Shared<Simulator>, Json(asked): Json<SetClosing>) -> Response {
    simulator.set_closing(asked.closing);
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetBalance {
    #[serde(rename = "MerchantID")]
    merchant_id: String,
    /// Left out: always enough.
    dollars: Option<i64>,
}

async fn balance(Shared(simulator): Shared<Simulator>, Json(asked): Json<SetBalance>) -> Response {
    if simulator.world().merchant(&asked.merchant_id).is_none() {
        return no_merchant();
    }
    simulator.set_balance(&asked.merchant_id, asked.dollars);
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetKeys {
    #[serde(rename = "MerchantID")]
    merchant_id: String,
    #[serde(rename = "HashKey")]
    key: String,
    #[serde(rename = "HashIV")]
    iv: String,
}

async fn keys(Shared(simulator): Shared<Simulator>, Json(asked): Json<SetKeys>) -> Response {
    let parsed = (MerchantId::parse(&asked.merchant_id), HashKey::parse(&asked.key), HashIv::parse(&asked.iv));
    let (Ok(id), Ok(key), Ok(iv)) = parsed else {
        let told = json!({ "error": "MerchantID has 7 to 10 digits, HashKey and HashIV 16 characters each" });
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(told)).into_response();
    };
    if simulator.set_keys(ecpay::keys::Merchant { id, key, iv }) { done() } else { no_merchant() }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetMaintenance {
    on: bool,
}

async fn maintenance(Shared(simulator): Shared<Simulator>, Json(asked): Json<SetMaintenance>) -> Response {
    simulator.set_maintenance(asked.on);
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HangNext {
    endpoint: Endpoint,
    hang: Hang,
}

async fn hang_next(Shared(simulator): Shared<Simulator>, Json(asked): Json<HangNext>) -> Response {
    simulator.hang_next(asked.endpoint, asked.hang);
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Merchant {
    #[serde(rename = "MerchantID")]
    merchant_id: String,
}

async fn force_403(Shared(simulator): Shared<Simulator>, Json(asked): Json<Merchant>) -> Response {
    if simulator.world().merchant(&asked.merchant_id).is_none() {
        return no_merchant();
    }
    simulator.force_403(&asked.merchant_id);
    done()
}

async fn clear(Shared(simulator): Shared<Simulator>) -> Response {
    simulator.clear_expectations().await;
    done()
}

async fn orders(Shared(simulator): Shared<Simulator>) -> Response {
    Json(simulator.orders()).into_response()
}

async fn order(Shared(simulator): Shared<Simulator>, Path(number): Path<String>) -> Response {
    match simulator.order(&number) {
        Some(order) => Json(order).into_response(),
        None => refused(Refusal::Unknown),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct By {
    method: Method,
}

async fn pay(Shared(simulator): Shared<Simulator>, Path(number): Path<String>, Json(by): Json<By>) -> Response {
    simulator.pay_order(&number, by.method).await.map_or_else(refused, |()| done())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decline {
    method: Method,
    #[serde(default = "crate::faults::pay_fail")]
    code: String,
}

async fn decline(
    Shared(simulator): Shared<Simulator>,
    Path(number): Path<String>,
    Json(asked): Json<Decline>,
) -> Response {
    simulator.decline_order(&number, asked.method, &asked.code).await.map_or_else(refused, |()| done())
}

async fn pay_code(Shared(simulator): Shared<Simulator>, Path(number): Path<String>) -> Response {
    simulator.pay_code(&number).await.map_or_else(refused, |()| done())
}

async fn simulate_paid(Shared(simulator): Shared<Simulator>, Path(number): Path<String>) -> Response {
    simulator.simulate_paid(&number).await.map_or_else(refused, |()| done())
}

async fn deliver_again(Shared(simulator): Shared<Simulator>, Path(number): Path<String>) -> Response {
    simulator.deliver_again(&number).await.map_or_else(refused, |()| done())
}

fn no_merchant() -> Response {
    (StatusCode::NOT_FOUND, Json(json!({ "error": "no such merchant" }))).into_response()
}

fn done() -> Response {
    Json(json!({ "ok": true })).into_response()
}

fn refused(why: Refusal) -> Response {
    let status = if why == Refusal::Unknown { StatusCode::NOT_FOUND } else { StatusCode::CONFLICT };
    (status, Json(json!({ "error": why.to_string() }))).into_response()
}
