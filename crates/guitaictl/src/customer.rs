//! A simulated customer who acts on a pay link, and what came of it.

use desk::Desk;
use ecpay_sim::customer::{Customer, Ended, Lost};
use register::view::{Attempt, Method};
use tokio::task::JoinHandle;

/// What a simulated customer does.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Intent {
    /// Opens the link and pays; a code for a bank or a store is paid at once, where the simulator is the till's own.
    Pays,
    /// Opens the link and is declined.
    Declines,
    /// Never opens the link.
    Ignores,
}

/// Somebody who has been given the link.
pub(crate) struct Errand(JoinHandle<Result<Ended, Lost>>);

impl Errand {
    /// Gives a customer the link, unless they would ignore it.
    pub(crate) fn start(desk: &Desk, intent: Intent, attempt: &Attempt) -> Option<Self> {
        let customer = Customer::new(desk.customers_browser());
        let link = attempt.link.clone();
        let method = chosen(attempt.method);
        match intent {
            Intent::Pays => Some(Self(tokio::spawn(async move { customer.pay(&link, method).await }))),
            Intent::Declines => Some(Self(tokio::spawn(async move { customer.decline(&link).await }))),
            Intent::Ignores => None,
        }
    }

    /// Waits for the customer to come back. To be asked once.
    pub(crate) async fn ended(&mut self) -> anyhow::Result<Ended> {
        Ok((&mut self.0).await??)
    }
}

/// What the customer would choose on the gateway's page, in the gateway's words.
fn chosen(method: Method) -> ecpay_sim::Method {
    let name = till::payment::Method::from(method).name().replace('_', "");
    let known = ecpay_sim::Method::ALL.into_iter().find(|known| known.as_str().to_lowercase() == name);
    // A card, where the choice is the customer's.
    known.unwrap_or(ecpay_sim::Method::Credit)
}
