//! Every page in every state, on loopback with a memory store, for looking at them: prints one address per state.

use axum::Router;
use relay::memory::MemoryCabinet;
use relay::wire::{Publication, Standing};
use relay::{Actions, LinkId, Mailroom, Options, Store, TillKey, TillName, Token, router};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = Mailroom::new(MemoryCabinet::default(), Options { actions: Actions::Anywhere, ..Options::default() });
    let listener = TcpListener::bind("127.0.0.1:8377").await?;
    let here = format!("http://{}", listener.local_addr()?);
    let till = TillName::parse("T1")?;
    store.add_till(&till, TillKey::from_random(till.clone(), [1; 32]).hash()).await?;
    let states = [
        (1, "fresh", Standing::Live),
        (2, "opened", Standing::Live),
        (3, "expired", Standing::Expired),
        (4, "cancelled", Standing::Cancelled),
        (5, "paid", Standing::Paid),
        (6, "fresh-too", Standing::Live),
    ];
    for (n, name, standing) in states {
        let link = LinkId::from_random([n; 20]);
        let token = Token::from_random([n; 20]);
        store.publish(&till, &token, page(&here, &link, standing)).await?;
        if name == "opened" {
            store.opened(&link).await;
        }
        println!("{name} {here}/p/{} {here}/r/{}", link.as_str(), token.as_str());
    }
    let app: Router = router(store);
    axum::serve(listener, app).await?;
    Ok(())
}

fn page(here: &str, link: &LinkId, standing: Standing) -> Publication {
    Publication {
        link: link.as_str().to_owned(),
        shop: "巷口小舖 永康店".to_owned(),
        amount: 1285,
        // Nothing pays here; the form comes back to a page that does not exist.
        action: format!("{here}/gateway"),
        fields: vec![("MerchantTradeNo".to_owned(), "T1261120A1B2C3".to_owned())],
        expires_at_ms: 1_795_223_400_000,
        open_for_ms: 600_000,
        training: true,
        standing,
    }
}
