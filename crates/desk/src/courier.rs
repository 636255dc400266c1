//! How the training gateway reaches the till, and a simulated customer the gateway: over the same network client as
//! everything else.

use std::sync::Arc;

use ecpay_sim::customer::{Browser, Page};
use ecpay_sim::{BoxFuture, Courier, CourierReply};
use net::{ExchangeError, Reply};

/// Carries the training gateway's notices.
pub(crate) struct NetCourier(pub(crate) Arc<net::Client>);

impl Courier for NetCourier {
    fn post_form<'a>(&'a self, url: &'a str, body: Vec<u8>) -> BoxFuture<'a, Result<CourierReply, String>> {
        Box::pin(async move {
            let reply = self.0.post_form(url, body).await.map_err(|error| error.to_string())?;
            Ok(CourierReply { status: reply.status, body: reply.body })
        })
    }
}

/// A courier over a network client of its own, for a gateway that runs by itself.
///
/// # Errors
/// When the network client cannot be made.
pub fn courier() -> Result<Arc<dyn Courier>, net::NetError> {
    Ok(Arc::new(NetCourier(Arc::new(net::Client::new(net::Timeouts::default())?))))
}

/// The browser of a simulated customer: fetches pages and posts forms, and nothing else.
#[derive(Clone)]
pub struct CustomersBrowser(pub(crate) Arc<net::Client>);

impl Browser for CustomersBrowser {
    fn get<'a>(&'a self, url: &'a str) -> BoxFuture<'a, Result<Page, String>> {
        Box::pin(async move { page(self.0.get(url).await) })
    }

    fn post_form<'a>(&'a self, url: &'a str, body: Vec<u8>) -> BoxFuture<'a, Result<Page, String>> {
        Box::pin(async move { page(self.0.post_form(url, body).await) })
    }
}

/// Neither the pay page nor the training gateway redirects: a redirect shows as the page it is.
fn page(reply: Result<Reply, ExchangeError>) -> Result<Page, String> {
    let reply = reply.map_err(|error| error.to_string())?;
    Ok(Page { status: reply.status, location: None, html: String::from_utf8_lossy(&reply.body).into_owned() })
}
