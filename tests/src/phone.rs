//! What a customer, or somebody who means ill, does over the network: fetches pages and posts forms.

use ecpay_sim::BoxFuture;
use ecpay_sim::customer::{Browser, Page};

/// A phone on its own mobile network: it reaches the gateway even when the shop's cable is out.
#[derive(Clone)]
pub struct Phone {
    client: std::sync::Arc<net::Client>,
    shop: String,
    gateway: String,
}

impl Phone {
    /// A phone to which the gateway that the shop calls `shop` is known as `gateway`.
    ///
    /// # Panics
    /// When the network client cannot be made.
    #[must_use]
    pub fn new(shop: &str, gateway: &str) -> Self {
        let client = net::Client::new(net::Timeouts::default()).expect("a network client");
        Self { client: std::sync::Arc::new(client), shop: shop.to_owned(), gateway: gateway.to_owned() }
    }

    /// Posts these bytes as a form and says what came back, byte for byte.
    ///
    /// # Panics
    /// When nobody answers.
    pub async fn post(&self, url: &str, body: impl Into<Vec<u8>>) -> (u16, String) {
        let reply = self.client.post_form(url, body.into()).await.expect("an answer");
        (reply.status, String::from_utf8_lossy(&reply.body).into_owned())
    }

    fn own_way(&self, url: &str) -> String {
        url.replacen(&self.shop, &self.gateway, 1)
    }
}

impl Browser for Phone {
    fn get<'a>(&'a self, url: &'a str) -> BoxFuture<'a, Result<Page, String>> {
        Box::pin(async move { page(self.client.get(&self.own_way(url)).await) })
    }

    fn post_form<'a>(&'a self, url: &'a str, body: Vec<u8>) -> BoxFuture<'a, Result<Page, String>> {
        Box::pin(async move { page(self.client.post_form(&self.own_way(url), body).await) })
    }
}

fn page(reply: Result<net::Reply, net::ExchangeError>) -> Result<Page, String> {
    let reply = reply.map_err(|error| error.to_string())?;
    Ok(Page { status: reply.status, location: None, html: String::from_utf8_lossy(&reply.body).into_owned() })
}
