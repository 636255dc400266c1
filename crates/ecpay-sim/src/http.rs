//! ECPay's paths and the cashier's pages over HTTP.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Request, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use ecpay::fields::Fields;
use maud::Markup;
use time::OffsetDateTime;
use time::macros::format_description;

use crate::cards;
use crate::checkout::PageError;
use crate::control;
use crate::faults::{Endpoint, Hang, Outcome};
use crate::method::Method;
use crate::notice;
use crate::order::{Charge, Order, OrderKey, State, Told};
use crate::pages::{self, Verdict};
use crate::query::{self, Answer};
use crate::simulator::Simulator;
use crate::taipei;
use crate::world::{self, Finish, Refusal};
use crate::{card_form, card_sealed, statement};

/// Longer bodies are refused.
const MOST_BYTES: usize = 64 * 1024;

/// The one-time password that succeeds on the stage server (ECPay doc 2856).
const RIGHT_PASSWORD: &str = "1234";

pub(crate) fn router(simulator: Simulator) -> Router {
    let stamp = simulator.clone();
    Router::new()
        .route("/Cashier/AioCheckOut/V5", post(check_out).fallback(not_a_form))
        .route("/Cashier/QueryTradeInfo/V5", post(query_trade_info))
        .route("/Cashier/QueryPaymentInfo", post(query_payment_info))
        .route("/CreditDetail/DoAction", post(do_action))
        .route("/CreditDetail/QueryTrade/V2", post(query_card))
        .route("/PaymentMedia/TradeNoAio", post(trade_no_aio))
        .route("/CreditDetail/FundingReconDetail", post(funding_recon))
        .route("/1.0.0/Credit/DoAction", post(sealed_do_action))
        .route("/1.0.0/CreditDetail/QueryTrade", post(sealed_query_card))
        .route("/Cashier/Simulated/{token}/", get(overview))
        .route("/Cashier/Simulated/{token}/state", get(state))
        .route("/Cashier/Simulated/{token}/done", get(done))
        .route("/Cashier/Simulated/{token}/wallet", get(wallet_on_phone))
        .route("/Cashier/Simulated/{token}/card", post(card))
        .route("/Cashier/Simulated/{token}/otp", post(password))
        .route("/Cashier/Simulated/{token}/finish", post(finish))
        .route("/Cashier/Simulated/{token}/code", post(code))
        .route("/Cashier/Simulated/{token}/pay-code", post(pay_code))
        .route("/Cashier/Simulated/{token}/{method}", get(method))
        .with_state(simulator.clone())
        .merge(control::router(simulator))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            let simulator = stamp.clone();
            async move {
                let down = simulator.world().maintenance && !request.uri().path().starts_with("/_control/");
                let response = if down { out_of_service() } else { next.run(request).await };
                with_headers(&simulator, response)
            }
        }))
}

/// What a web server says while what is behind it is being worked on. ECPay documents no answer of its own for that.
fn out_of_service() -> Response {
    let page = "<!doctype html><html><head><title>503</title></head><body>系統維護中，請稍後再試。</body></html>";
    (StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response()
}

/// The path of an order's cashier page.
pub(crate) fn page_path(token: &str) -> String {
    format!("/Cashier/Simulated/{token}")
}

// ---- ECPay's paths

async fn check_out(Shared(simulator): Shared<Simulator>, headers: HeaderMap, body: Bytes) -> Response {
    let hang = simulator.world().take_hang(Endpoint::AioCheckOut);
    if hang == Some(Hang::BeforeEffect) {
        return hold(&simulator).await;
    }
    let is_form = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded"));
    if !is_form {
        return html(&pages::failure(&PageError::no_merchant(), None));
    }
    let now_ms = simulator.now_ms();
    let created = simulator.world().create(Fields::from_form(&body), now_ms);
    if hang == Some(Hang::AfterEffect) {
        return hold(&simulator).await;
    }
    match created {
        Err(refused) => html(&pages::failure(&refused, None)),
        Ok(key) => with_order(&simulator, &key, |order| start_page(order, &base_of(&headers), now_ms)),
    }
}

async fn not_a_form() -> Response {
    html(&pages::failure(&PageError::no_merchant(), None))
}

async fn query_trade_info(Shared(simulator): Shared<Simulator>, body: Bytes) -> Response {
    answer(&simulator, Endpoint::QueryTradeInfo, |world, now_ms, shared_ms| {
        query::trade_info(world, Fields::from_form(&body), now_ms, shared_ms)
    })
    .await
}

async fn query_payment_info(Shared(simulator): Shared<Simulator>, body: Bytes) -> Response {
    answer(&simulator, Endpoint::QueryPaymentInfo, |world, now_ms, shared_ms| {
        query::payment_info(world, Fields::from_form(&body), now_ms, shared_ms)
    })
    .await
}

async fn do_action(Shared(simulator): Shared<Simulator>, body: Bytes) -> Response {
    answer(&simulator, Endpoint::DoAction, |world, now_ms, _| {
        card_form::do_action(world, Fields::from_form(&body), now_ms)
    })
    .await
}

async fn query_card(Shared(simulator): Shared<Simulator>, body: Bytes) -> Response {
    answer(&simulator, Endpoint::QueryCard, |world, now_ms, _| {
        card_form::query_trade(world, Fields::from_form(&body), now_ms)
    })
    .await
}

async fn trade_no_aio(Shared(simulator): Shared<Simulator>, body: Bytes) -> Response {
    answer(&simulator, Endpoint::Statement, |world, now_ms, _| {
        statement::trade_no_aio(world, Fields::from_form(&body), now_ms)
    })
    .await
}

async fn funding_recon(Shared(simulator): Shared<Simulator>, body: Bytes) -> Response {
    answer(&simulator, Endpoint::Statement, |world, now_ms, _| {
        statement::funding_recon(world, Fields::from_form(&body), now_ms)
    })
    .await
}

async fn sealed_do_action(Shared(simulator): Shared<Simulator>, body: Bytes) -> Response {
    answer(&simulator, Endpoint::DoAction, |world, now_ms, shared_ms| {
        card_sealed::do_action(world, &body, now_ms, shared_ms)
    })
    .await
}

async fn sealed_query_card(Shared(simulator): Shared<Simulator>, body: Bytes) -> Response {
    answer(&simulator, Endpoint::QueryCard, |world, now_ms, shared_ms| {
        card_sealed::query_trade(world, &body, now_ms, shared_ms)
    })
    .await
}

async fn answer(
    simulator: &Simulator,
    endpoint: Endpoint,
    ask: impl FnOnce(&mut world::World, i64, i64) -> Answer,
) -> Response {
    let hang = simulator.world().take_hang(endpoint);
    if hang == Some(Hang::BeforeEffect) {
        return hold(simulator).await;
    }
    let (now_ms, shared_ms) = (simulator.now_ms(), simulator.shared_ms());
    let answer = ask(&mut simulator.world(), now_ms, shared_ms);
    if hang == Some(Hang::AfterEffect) {
        return hold(simulator).await;
    }
    match answer {
        Answer::After(ms, answer) => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            written(*answer)
        }
        answer => written(answer),
    }
}

fn written(answer: Answer) -> Response {
    match answer {
        Answer::Body(text) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response(),
        Answer::Json(text) => ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response(),
        Answer::File(bytes) => ([(header::CONTENT_TYPE, "application/vnd.ms-excel")], bytes).into_response(),
        Answer::Status(status) => StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY).into_response(),
        Answer::After(_, answer) => written(*answer),
    }
}

// ---- the cashier's pages

async fn overview(Shared(simulator): Shared<Simulator>, Path(token): Path<String>, headers: HeaderMap) -> Response {
    let now_ms = simulator.now_ms();
    with_token(&simulator, &token, |order| match order.state {
        State::Open => start_page(order, &base_of(&headers), now_ms),
        _ => standing(order, now_ms),
    })
}

async fn method(
    Shared(simulator): Shared<Simulator>,
    Path((token, method)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let now_ms = simulator.now_ms();
    with_token(&simulator, &token, |order| {
        let method = method.parse().ok().filter(|method| order.offered.contains(method));
        match (&order.state, method) {
            (State::Open, Some(method)) => method_page(order, method, &base_of(&headers)),
            (State::Open, None) => start_page(order, &base_of(&headers), now_ms),
            _ => standing(order, now_ms),
        }
    })
}

async fn state(Shared(simulator): Shared<Simulator>, Path(token): Path<String>) -> Response {
    let world = simulator.world();
    let Some(order) = world.order_of_token(&token) else { return StatusCode::NOT_FOUND.into_response() };
    let word = match (&order.state, &order.refused) {
        (State::Open, Some(_)) => "refused",
        (State::Open, None) => "open",
        (State::Coded(_), _) => "code",
        (State::Settling { .. }, _) => "settling",
        (State::Paid(_), _) => "paid",
        (State::BnplRefused, _) => "refused",
    };
    axum::Json(serde_json::json!({ "state": word })).into_response()
}

/// Where a waiting page goes when the waiting is over.
async fn done(Shared(simulator): Shared<Simulator>, Path(token): Path<String>) -> Response {
    let key = simulator.world().order_of_token(&token).map(|order| order.key.clone());
    match key {
        Some(key) => ending(&simulator, &key),
        None => not_found(),
    }
}

async fn wallet_on_phone(Shared(simulator): Shared<Simulator>, Path(token): Path<String>) -> Response {
    let now_ms = simulator.now_ms();
    with_token(&simulator, &token, |order| match order.state {
        State::Open => pages::wallet_on_phone(order),
        _ => standing(order, now_ms),
    })
}

async fn card(Shared(simulator): Shared<Simulator>, Path(token): Path<String>, body: Bytes) -> Response {
    let form = Fields::from_form(&body).unwrap_or_default();
    let field = |name| form.get(name).unwrap_or_default();
    let today = taipei::month(simulator.now_ms());
    let read = cards::read(field("number"), field("expiry"), field("cvv").trim(), today);
    let (key, charge, three_d) = {
        let mut world = simulator.world();
        let Some(order) = world.order_of_token(&token) else { return not_found() };
        let takes_cards = matches!(order.state, State::Open) && order.offered.contains(&Method::Credit);
        let card = match read {
            _ if !takes_cards => return html(&standing(order, simulator.now_ms())),
            Err(wrong) => return html(&pages::card(order, Some(wrong))),
            Ok(card) => card,
        };
        let stages = field("stages").parse().ok().filter(|term| order.instalments().contains(term)).unwrap_or(0);
        let charge = Charge { card: Some(card), stages, ..Charge::by(Method::Credit, "") };
        let key = order.key.clone();
        let three_d = world.has_three_d(&key);
        if three_d {
            world.challenge(&key, charge.clone());
        }
        (key, charge, three_d)
    };
    if three_d {
        return with_order(&simulator, &key, |order| pages::password(order, &charge));
    }
    finish_and_show(&simulator, &key, charge, None, Screen::Cashier).await
}

async fn password(Shared(simulator): Shared<Simulator>, Path(token): Path<String>, body: Bytes) -> Response {
    let form = Fields::from_form(&body).unwrap_or_default();
    let right = form.get("otp").map(str::trim) == Some(RIGHT_PASSWORD);
    let waiting = {
        let world = simulator.world();
        let Some(order) = world.order_of_token(&token) else { return not_found() };
        order.challenge.clone().map(|charge| (order.key.clone(), charge))
    };
    let Some((key, charge)) = waiting else { return done(Shared(simulator), Path(token)).await };
    let forced = if right { None } else { Some(Outcome::Decline { code: "10100058".to_owned() }) };
    finish_and_show(&simulator, &key, charge, forced, Screen::Cashier).await
}

/// Which screen the button was pressed on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Screen {
    Cashier,
    /// The phone that scanned the QR; the cashier page goes back to the shop, not this one.
    Phone,
}

async fn finish(Shared(simulator): Shared<Simulator>, Path(token): Path<String>, body: Bytes) -> Response {
    let form = Fields::from_form(&body).unwrap_or_default();
    let field = |name| form.get(name).unwrap_or_default();
    let Some(key) = simulator.world().order_of_token(&token).map(|order| order.key.clone()) else {
        return not_found();
    };
    let Ok(method) = field("method").parse::<Method>() else { return done(Shared(simulator), Path(token)).await };
    let forced = match field("decision") {
        "decline" => Some(Outcome::Decline { code: "10100058".to_owned() }),
        _ => None,
    };
    let screen = if field("from") == "wallet" { Screen::Phone } else { Screen::Cashier };
    finish_and_show(&simulator, &key, Charge::by(method, field("sub")), forced, screen).await
}

async fn code(Shared(simulator): Shared<Simulator>, Path(token): Path<String>, body: Bytes) -> Response {
    let form = Fields::from_form(&body).unwrap_or_default();
    let field = |name| form.get(name).unwrap_or_default();
    let now_ms = simulator.now_ms();
    let Some(key) = simulator.world().order_of_token(&token).map(|order| order.key.clone()) else {
        return not_found();
    };
    let Ok(method) = field("method").parse::<Method>() else { return done(Shared(simulator), Path(token)).await };
    let issued = simulator.world().issue_code(&key, method, field("sub"), now_ms);
    match issued {
        Ok(deliveries) => simulator.deliver_all(deliveries).await,
        Err(Refusal::NotOffered) => return with_order(&simulator, &key, |order| start_page(order, "", now_ms)),
        Err(_) => {}
    }
    ending(&simulator, &key)
}

/// The simulator's own button on a code page.
async fn pay_code(Shared(simulator): Shared<Simulator>, Path(token): Path<String>) -> Response {
    let now_ms = simulator.now_ms();
    let Some(key) = simulator.world().order_of_token(&token).map(|order| order.key.clone()) else {
        return not_found();
    };
    let paid = simulator.world().pay_code(&key, now_ms);
    simulator.deliver_all(paid.ok().flatten().into_iter().collect()).await;
    with_order(&simulator, &key, |order| standing(order, now_ms))
}

// ---- what to show

async fn finish_and_show(
    simulator: &Simulator,
    key: &OrderKey,
    charge: Charge,
    forced: Option<Outcome>,
    screen: Screen,
) -> Response {
    let finished = simulator.finish(key, charge, forced).await;
    if screen == Screen::Phone {
        let refused = matches!(finished, Ok(Finish::Declined(_)));
        return with_order(simulator, key, |order| pages::wallet_done(order, refused));
    }
    match finished {
        Ok(Finish::Declined(refused)) => with_order(simulator, key, |order| pages::failure(&refused, Some(order))),
        Ok(Finish::Done(_)) | Err(Refusal::AlreadyPaid) => ending(simulator, key),
        Err(_) => with_order(simulator, key, |order| standing(order, simulator.now_ms())),
    }
}

/// The page an order starts with: the choice, or the one method that was asked for.
fn start_page(order: &Order, base: &str, now_ms: i64) -> Markup {
    match (&order.state, order.asked("ChoosePayment"), order.offered.first()) {
        (State::Open, "ALL", _) | (State::Open, _, None) => pages::methods(order),
        (State::Open, _, Some(method)) => method_page(order, *method, base),
        _ => standing(order, now_ms),
    }
}

fn method_page(order: &Order, method: Method, base: &str) -> Markup {
    match method {
        Method::Credit => pages::card(order, None),
        Method::Twqr => pages::twqr(order, base),
        Method::Atm | Method::Cvs | Method::Barcode => pages::choose_code(order, method),
        Method::ApplePay | Method::WeiXin | Method::DigitalPayment | Method::WebAtm | Method::Bnpl => {
            pages::wallet(order, method)
        }
    }
}

/// Where an order stands, without going back to the shop.
fn standing(order: &Order, now_ms: i64) -> Markup {
    match &order.state {
        State::Open => match &order.refused {
            Some(code) => pages::failure(&PageError::pay_fail(code), Some(order)),
            None => pages::methods(order),
        },
        State::Coded(code) => pages::issued(order, code, code.expired(now_ms)),
        State::Settling { .. } | State::Paid(_) => match verdict(order) {
            Some(verdict) => pages::result(order, verdict),
            None => pages::methods(order),
        },
        State::BnplRefused => pages::failure(&PageError::pay_fail("10200163"), None),
    }
}

/// The last page: back to the shop where an address for that was given and the method allows it, else the result.
fn ending(simulator: &Simulator, key: &OrderKey) -> Response {
    let now_ms = simulator.now_ms();
    let mut world = simulator.world();
    let Some(order) = world.order(key) else { return not_found() };
    let Some((to, fields)) = way_back(order) else { return html(&standing(order, now_ms)) };
    let signed = world.browser_return(key, &fields);
    let Some(order) = world.order(key) else { return not_found() };
    html(&match signed {
        Some(signed) => pages::return_form(order, &to, &signed, verdict(order)),
        None => standing(order, now_ms),
    })
}

/// Where the browser carries the result and which fields, unsigned. UnionPay and codes have no OrderResultURL (ECPay
/// doc 2864); codes have ClientRedirectURL (doc 2872).
fn way_back(order: &Order) -> Option<(String, Fields)> {
    let (name, fields) = match &order.state {
        State::Open | State::BnplRefused => return None,
        State::Coded(code) => ("ClientRedirectURL", notice::code_fields(order, code)),
        State::Paid(payment) | State::Settling { payment, .. } => {
            let union_pay = payment.charge.card.as_ref().is_some_and(|card| card.kind == cards::Kind::UnionPay);
            if union_pay || payment.charge.method.is_code() {
                return None;
            }
            let (code, text) = match &order.state {
                State::Settling { told: Told::Awaiting, .. } => ("10300066", world::AWAITING),
                _ => ("1", "Succeeded"),
            };
            ("OrderResultURL", notice::paid_fields(order, payment, code, text))
        }
    };
    let to = order.asked(name).to_owned();
    (!to.is_empty()).then_some((to, fields))
}

fn verdict(order: &Order) -> Option<Verdict<'_>> {
    let (payment, awaiting) = match &order.state {
        State::Paid(payment) => (payment, false),
        State::Settling { payment, told } => (payment, *told == Told::Awaiting),
        State::Open | State::Coded(_) | State::BnplRefused => return None,
    };
    Some(Verdict { charge: &payment.charge, at_ms: payment.at_ms, awaiting })
}

fn with_token(simulator: &Simulator, token: &str, show: impl FnOnce(&Order) -> Markup) -> Response {
    match simulator.world().order_of_token(token) {
        Some(order) => html(&show(order)),
        None => not_found(),
    }
}

fn with_order(simulator: &Simulator, key: &OrderKey, show: impl FnOnce(&Order) -> Markup) -> Response {
    match simulator.world().order(key) {
        Some(order) => html(&show(order)),
        None => not_found(),
    }
}

fn html(page: &Markup) -> Response {
    Html(page.0.clone()).into_response()
}

fn not_found() -> Response {
    let lost = PageError::new("10200047", "Cant not find the trade data");
    (StatusCode::NOT_FOUND, html(&pages::failure(&lost, None))).into_response()
}

async fn hold(simulator: &Simulator) -> Response {
    simulator.hold().await;
    StatusCode::GATEWAY_TIMEOUT.into_response()
}

/// This server's address as the browser knows it.
fn base_of(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    format!("http://{host}")
}

/// What every answer carries: no framing (ECPay doc 2858), nothing from elsewhere, and the time that its callers share,
/// by which a till measures its own clock.
fn with_headers(simulator: &Simulator, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    if let Some(date) = http_date(simulator.shared_ms()) {
        headers.insert(header::DATE, date);
    }
    response
}

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; \
                      connect-src 'self'; form-action 'self' http: https:; frame-ancestors 'none'; base-uri 'none'";

fn http_date(at_ms: i64) -> Option<HeaderValue> {
    let shape =
        format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");
    let at = OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1000)).ok()?;
    HeaderValue::from_str(&at.format(shape).ok()?).ok()
}
