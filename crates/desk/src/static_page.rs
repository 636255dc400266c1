//! The static pay page: one file for a shop without a relay, made from this till's settings. The till serves the same
//! file itself, for practice and for looking at it.

use axum::Router;
use axum::http::header;
use axum::routing::get;
use ecpay::{Environment, Gateway};
use register::{Profile, Setup, carried};
use thiserror::Error;

use crate::home::Home;
use crate::open::{Trouble, read_settings};

/// Why the page cannot be made.
#[derive(Debug, Error)]
pub enum StaticPageError {
    /// The till's settings.
    #[error(transparent)]
    Settings(#[from] Trouble),
    /// It collects for nobody yet.
    #[error("settings.toml names no merchant: write production.merchant_id there, the page asks for that one alone")]
    NoMerchant,
}

/// The page of a till, as a file to put on a web site.
///
/// # Errors
/// When its settings cannot be read, or name no merchant.
pub fn write(home: &Home, profile: Profile) -> Result<String, StaticPageError> {
    let settings = read_settings(home)?;
    let public = || ecpay::stage::merchant().id.to_string();
    let (merchant, environment) = match profile {
        Profile::Training => (public(), Environment::Stage),
        Profile::Stage => (settings.stage.merchant_id.unwrap_or_else(public), Environment::Stage),
        Profile::Production => {
            (settings.production.merchant_id.ok_or(StaticPageError::NoMerchant)?, Environment::Production)
        }
    };
    Ok(page(&merchant, &Gateway::of(environment), profile))
}

/// The page of a till that is open.
pub(crate) fn of(setup: &Setup) -> String {
    page(setup.merchant.id.as_str(), &setup.gateway, setup.heading.profile)
}

fn page(merchant: &str, gateway: &Gateway, profile: Profile) -> String {
    let action = gateway.aio_check_out();
    let page = relay::CarriedPage {
        action: &action,
        merchant,
        version: carried::VERSION,
        fields: &carried::FIELDS,
        dictionary: carried::DICTIONARY,
        training: profile == Profile::Training,
    };
    relay::carried_page(&page).expect("a gateway has a web address")
}

/// The till's own copy. What a file cannot say of itself, a server can: nobody frames it.
pub(crate) fn router(page: String) -> Router {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Router::new().route("/pay.html", get(move || std::future::ready((headers, page.clone()))))
}
