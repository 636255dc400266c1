//! Every page in every state, on loopback with a memory store, for looking at them: prints one address per state.

use axum::Router;
use relay::memory::{Bounds, MemoryStore};
use relay::{LinkId, PageState, PayPage, Token, router};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = MemoryStore::new(Bounds::default());
    let listener = TcpListener::bind("127.0.0.1:8377").await?;
    let here = format!("http://{}", listener.local_addr()?);
    let states = [
        (1, "fresh", PageState::Fresh),
        (2, "opened", PageState::Opened),
        (3, "expired", PageState::Expired),
        (4, "cancelled", PageState::Cancelled),
        (5, "paid", PageState::Paid),
        (6, "fresh-too", PageState::Fresh),
    ];
    for (n, name, state) in states {
        let link = LinkId::from_random([n; 20]);
        let token = Token::from_random([n; 20]);
        store.publish(link.clone(), page(&here, state))?;
        store.open_mailbox(token.clone(), Some(link.clone()))?;
        println!("{name} {here}/p/{} {here}/r/{}", link.as_str(), token.as_str());
    }
    let app: Router = router(store);
    axum::serve(listener, app).await?;
    Ok(())
}

fn page(here: &str, state: PageState) -> PayPage {
    PayPage {
        shop: "巷口小舖 永康店".to_owned(),
        amount: 1285,
        // Nothing pays here; the form comes back to a page that does not exist.
        action: format!("{here}/gateway"),
        fields: vec![("MerchantTradeNo".to_owned(), "T1261120A1B2C3".to_owned())],
        state,
        expires_at_ms: 1_795_223_400_000,
        training: true,
    }
}
