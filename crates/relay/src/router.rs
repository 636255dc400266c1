//! The routes: each reads its request, asks the store, and answers a page or an acknowledgement.

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::browser::Browser;
use crate::door::{self, Delivery};
use crate::id::{LinkId, Token};
use crate::language::Language;
use crate::page::{self, Outcome};
use crate::secure::{self, FormTarget, Nonce, Origin};
use crate::store::{Door, PageState, PayPage, Store};

/// The pay page and the mailbox as one router over `store`.
pub fn router<S: Store>(store: S) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/p/{id}", get(pay_page::<S>))
        .route("/p/{id}/opened", post(opened::<S>))
        .route("/n/{token}", post(notice::<S>))
        .route("/i/{token}", post(payment_info::<S>))
        .route("/r/{token}", post(browser_return::<S>).get(result_again::<S>))
        .route("/c/{token}", post(browser_code::<S>).get(result_again::<S>))
        .fallback(elsewhere)
        .with_state(store)
}

/// A path segment. One that is not text at all is an unknown id, not a fault of ours.
type Segment = Result<Path<String>, PathRejection>;

async fn pay_page<S: Store>(
    State(store): State<S>,
    segment: Segment,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let language = language(query.as_deref(), &headers);
    let Some(nonce) = Nonce::fresh() else { return no_randomness() };
    let Some(id) = link(segment) else { return not_found(&nonce, language) };
    let Some(page) = store.page(&id).await else { return not_found(&nonce, language) };
    let Some(origin) = Origin::of(&page.action) else {
        tracing::error!(?id, "pay page with an unusable action");
        return notice_page(StatusCode::INTERNAL_SERVER_ERROR, &nonce, language, Outcome::OutOfOrder);
    };
    let browser = Browser::of(text(&headers, &header::USER_AGENT).unwrap_or_default());
    let markup = page::pay::render(&page, &id, language, browser, &nonce);
    let form = if page::pay::has_form(page.state) { FormTarget::Origin(origin) } else { FormTarget::Nowhere };
    secure::page(StatusCode::OK, &nonce, &form, markup)
}

async fn opened<S: Store>(State(store): State<S>, segment: Segment) -> StatusCode {
    if let Some(id) = link(segment) {
        store.opened(&id).await;
    }
    // The same answer for every id: the beacon is no way to find out which links exist.
    StatusCode::NO_CONTENT
}

async fn notice<S: Store>(State(store): State<S>, segment: Segment, request: Request) -> Response {
    door::acknowledge(&door::deliver(&store, Door::Notice, token(segment), request).await)
}

async fn payment_info<S: Store>(State(store): State<S>, segment: Segment, request: Request) -> Response {
    door::acknowledge(&door::deliver(&store, Door::PaymentInfo, token(segment), request).await)
}

async fn browser_return<S: Store>(State(store): State<S>, segment: Segment, request: Request) -> Response {
    from_browser(&store, Door::BrowserReturn, token(segment), request).await
}

async fn browser_code<S: Store>(State(store): State<S>, segment: Segment, request: Request) -> Response {
    from_browser(&store, Door::BrowserCode, token(segment), request).await
}

async fn from_browser<S: Store>(store: &S, door: Door, token: Option<Token>, request: Request) -> Response {
    let language = language(request.uri().query(), request.headers());
    let Some(nonce) = Nonce::fresh() else { return no_randomness() };
    match door::deliver(store, door, token.clone(), request).await {
        Delivery::Safe(body) => {
            let of = page_of(store, token.as_ref()).await;
            let outcome = match (is_paid(of.as_ref()), door) {
                (true, _) => Outcome::Paid,
                (false, Door::BrowserCode) => Outcome::Code(page::code::read(&body)),
                (false, _) => Outcome::Sent { look_again: of.is_some().then_some(1) },
            };
            result_page(&nonce, language, outcome, of.as_ref())
        }
        Delivery::Refused => notice_page(StatusCode::NOT_FOUND, &nonce, language, Outcome::NotOurs),
        Delivery::TooLarge => notice_page(StatusCode::PAYLOAD_TOO_LARGE, &nonce, language, Outcome::NotOurs),
        Delivery::Broken => notice_page(StatusCode::REQUEST_TIMEOUT, &nonce, language, Outcome::NotKept),
        Delivery::Later => notice_page(StatusCode::SERVICE_UNAVAILABLE, &nonce, language, Outcome::NotKept),
    }
}

/// The result page without a letter: a reload, the page looking again, or the gateway's "back to the shop" button. Says
/// "paid" or that the shop's screen knows; which tokens exist cannot be told from it.
async fn result_again<S: Store>(
    State(store): State<S>,
    segment: Segment,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let language = language(query.as_deref(), &headers);
    let Some(nonce) = Nonce::fresh() else { return no_randomness() };
    let of = page_of(&store, token(segment).as_ref()).await;
    let outcome = if is_paid(of.as_ref()) {
        Outcome::Paid
    } else {
        match parameter(query.as_deref(), "look") {
            // Only the page that said "sent" asks with a count.
            Some(look) => Outcome::Sent { look_again: next_look(look) },
            None => Outcome::Back,
        }
    };
    result_page(&nonce, language, outcome, of.as_ref())
}

async fn elsewhere(RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let Some(nonce) = Nonce::fresh() else { return no_randomness() };
    not_found(&nonce, language(query.as_deref(), &headers))
}

// --- answers ---------------------------------------------------------------------------------------------------------

fn not_found(nonce: &Nonce, language: Language) -> Response {
    notice_page(StatusCode::NOT_FOUND, nonce, language, Outcome::NotFound)
}

fn notice_page(status: StatusCode, nonce: &Nonce, language: Language, outcome: Outcome) -> Response {
    secure::page(status, nonce, &FormTarget::Nowhere, page::result::render(&outcome, None, language, nonce))
}

fn result_page(nonce: &Nonce, language: Language, outcome: Outcome, of: Option<&PayPage>) -> Response {
    secure::page(StatusCode::OK, nonce, &FormTarget::Nowhere, page::result::render(&outcome, of, language, nonce))
}

fn no_randomness() -> Response {
    tracing::error!("the operating system gave no random bytes");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

async fn page_of<S: Store>(store: &S, token: Option<&Token>) -> Option<PayPage> {
    store.page_of(token?).await
}

fn is_paid(page: Option<&PayPage>) -> bool {
    page.is_some_and(|page| page.state == PageState::Paid)
}

// --- reading ---------------------------------------------------------------------------------------------------------

fn link(segment: Segment) -> Option<LinkId> {
    LinkId::parse(&segment.ok()?.0).ok()
}

fn token(segment: Segment) -> Option<Token> {
    Token::parse(&segment.ok()?.0).ok()
}

fn language(query: Option<&str>, headers: &HeaderMap) -> Language {
    Language::choose(parameter(query, "lang"), text(headers, &header::ACCEPT_LANGUAGE))
}

/// A result page looks again by itself a few times, then leaves it to the customer.
fn next_look(look: &str) -> Option<u8> {
    const LOOKS: u8 = 6;
    look.parse::<u8>().ok()?.checked_add(1).filter(|&next| next <= LOOKS)
}

/// A query parameter as it stands. Ours need no decoding, and anything else is ignored.
fn parameter<'q>(query: Option<&'q str>, name: &str) -> Option<&'q str> {
    query?.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

fn text<'h>(headers: &'h HeaderMap, name: &header::HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}
