//! `guitaictl sell`: one sale to the end.

use std::io::Write;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context, bail};
use desk::{Desk, Home, Opening};
use ecpay_sim::customer::Customer;
use register::view::{Attempt, AttemptState, Method, ReceiptState, View};
use serde_json::json;

use crate::AtHome;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: AtHome,
    /// What is bought: a barcode or product code, with a quantity after `*`. Once per product.
    #[arg(long = "item", value_name = "BARCODE[*QTY]", required = true)]
    items: Vec<Item>,
    /// `cash:AMOUNT` handed over, or `ecpay`, or `ecpay:METHOD` (credit, twqr, atm, …).
    #[arg(long)]
    pay: Pay,
    /// A gateway of our own; without one, training has one built in.
    #[arg(long, value_name = "URL")]
    gateway: Option<String>,
    /// Lets a simulated customer act on the link; without one a real customer is waited for.
    #[arg(long, value_enum)]
    customer: Option<WhatCustomer>,
    /// Gives the payment up after so many seconds.
    #[arg(long, default_value_t = 600)]
    wait: u64,
    /// One JSON object a line; without it the same in words.
    #[arg(long)]
    json: bool,
}

/// What a simulated customer does.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum WhatCustomer {
    /// Pays.
    Pays,
    /// Is declined.
    Declines,
    /// Never opens the link.
    Ignores,
}

#[derive(Clone)]
pub(crate) struct Item(pub(crate) String);

impl FromStr for Item {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (code, quantity) = text.split_once('*').unwrap_or((text, "1"));
        let quantity: u32 = quantity.parse().map_err(|_| format!("{quantity:?} is not a quantity"))?;
        Ok(Self(format!("{quantity}*{code}")))
    }
}

#[derive(Clone)]
pub(crate) enum Pay {
    Cash(i64),
    Online(Method),
}

impl FromStr for Pay {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':').unwrap_or((text, "")) {
            ("cash", amount) => amount
                .parse()
                .map(Self::Cash)
                .map_err(|_| format!("cash:{amount} is not cash: with a whole amount, such as cash:500")),
            ("ecpay", "") => Ok(Self::Online(Method::All)),
            ("ecpay", method) => till::payment::Method::named(&method.to_lowercase())
                .map(|method| Self::Online(method.into()))
                .ok_or_else(|| format!("there is no method {method:?}")),
            _ => Err("it is cash:AMOUNT, ecpay or ecpay:METHOD".to_owned()),
        }
    }
}

pub(crate) async fn run(args: Args) -> anyhow::Result<()> {
    let opening = Opening { profile: args.at.profile, gateway: args.gateway.clone(), ..Opening::default() };
    let desk = Desk::open(Home::at(&args.at.home), opening).await?;
    let say = Say { json: args.json };
    clear_counter(&desk)?;
    for item in &args.items {
        desk.shared().with(|register, _| register.scan(&item.0))?;
    }
    match args.pay {
        Pay::Cash(amount) => {
            desk.shared().with(|register, ports| register.pay_cash(amount, ports.clock.now()))?;
        }
        Pay::Online(method) => {
            desk.shared()
                .with(|register, ports| register.pay_online(method, ports.clock.now(), ports.chance.as_ref()))?;
        }
    }
    let view = finish(&desk, args.customer, Duration::from_secs(args.wait), &say).await?;
    say.sale(&desk, &view)
}

/// An earlier run may have been killed with something on the counter: it is given up here, and stays watched.
fn clear_counter(desk: &Desk) -> anyhow::Result<()> {
    desk.shared().with(|register, ports| {
        let now = ports.clock.now();
        if register.view(now)?.attempt.is_some_and(|attempt| attempt.can_cancel) {
            register.cancel_payment(now)?;
        }
        register.clear(now)
    })?;
    Ok(())
}

/// Waits for the sale to close and its receipt to be there.
pub(crate) async fn finish(
    desk: &Desk,
    customer: Option<WhatCustomer>,
    wait: Duration,
    say: &Say,
) -> anyhow::Result<View> {
    let mut changes = desk.shared().watch();
    let mut said = None;
    let mut linked = false;
    let mut acting = None;
    let deadline = tokio::time::Instant::now() + wait;
    loop {
        let view = look(desk)?;
        if let Some(closed) = &view.closed {
            match &closed.receipt {
                ReceiptState::Ready { .. } => return Ok(view),
                ReceiptState::Failed { reason } => bail!("sale {} stands, but {reason}", closed.sale),
                ReceiptState::Due => {}
            }
        }
        if let Some(attempt) = &view.attempt {
            if !linked && attempt.state != AttemptState::Created {
                linked = true;
                say.link(attempt);
                acting = send_customer(desk, customer, attempt);
            }
            if said.as_ref() != Some(&attempt.state) {
                say.state(attempt);
                said = Some(attempt.state.clone());
            }
            if attempt.state == AttemptState::Expired {
                return give_up(desk, "the pay page expired unpaid");
            }
        }
        tokio::select! {
            changed = changes.changed() => changed.context("the till stopped")?,
            Some(acted) = came_back(&mut acting) => {
                acting = None;
                if !acted? {
                    return give_up(desk, "the customer was declined");
                }
            }
            () = tokio::time::sleep_until(deadline) => return give_up(desk, "nobody paid in time"),
        }
    }
}

pub(crate) fn look(desk: &Desk) -> anyhow::Result<View> {
    Ok(desk.shared().with(|register, ports| register.view(ports.clock.now()))?)
}

type Acting = tokio::task::JoinHandle<anyhow::Result<bool>>;

fn send_customer(desk: &Desk, what: Option<WhatCustomer>, attempt: &Attempt) -> Option<Acting> {
    let what = what?;
    let customer = Customer::new(desk.customers_browser());
    let link = attempt.link.clone();
    let method = match attempt.method {
        Method::All => ecpay_sim::Method::Credit,
        method => wire_method(method),
    };
    match what {
        WhatCustomer::Pays => Some(tokio::spawn(async move { Ok(customer.pay(&link, method).await.map(|_| true)?) })),
        WhatCustomer::Declines => Some(tokio::spawn(async move { Ok(customer.decline(&link).await.map(|_| false)?) })),
        WhatCustomer::Ignores => None,
    }
}

async fn came_back(acting: &mut Option<Acting>) -> Option<anyhow::Result<bool>> {
    match acting {
        Some(task) => Some(task.await.unwrap_or_else(|error| Err(error.into()))),
        None => None,
    }
}

fn give_up(desk: &Desk, why: &str) -> anyhow::Result<View> {
    desk.shared().with(|register, ports| {
        let now = ports.clock.now();
        let shown = register.view(now)?.attempt;
        if shown.is_some_and(|attempt| attempt.can_cancel) { register.cancel_payment(now) } else { Ok(()) }
    })?;
    bail!("{why}: the sale stays open, and the payment stays watched")
}

fn wire_method(method: Method) -> ecpay_sim::Method {
    let method = till::payment::Method::from(method);
    ecpay_sim::Method::ALL
        .into_iter()
        .find(|known| known.as_str().to_lowercase() == method.name().replace('_', ""))
        .unwrap_or(ecpay_sim::Method::Credit)
}

/// How things are said.
pub(crate) struct Say {
    pub(crate) json: bool,
}

impl Say {
    fn link(&self, attempt: &Attempt) {
        let line = json!({
            "event": "pay_link", "link": attempt.link, "attempt": attempt.number, "sale": attempt.sale,
            "amount": attempt.amount, "expires_ms": attempt.expires_ms,
        });
        self.line(&line, &format!("pay {} dollars at {}", attempt.amount, attempt.link));
    }

    fn state(&self, attempt: &Attempt) {
        let line = json!({ "event": "state", "attempt": attempt.number, "state": attempt.state });
        let kind = line["state"]["kind"].as_str().unwrap_or_default().to_owned();
        self.line(&line, &format!("payment {}: {kind}", attempt.number));
    }

    pub(crate) fn sale(&self, desk: &Desk, view: &View) -> anyhow::Result<()> {
        let closed = view.closed.as_ref().context("the sale is not closed")?;
        let number = closed.sale.parse().context("a sale number")?;
        let receipt = desk.home().receipt(desk.profile(), &number, 0);
        let line = json!({
            "event": "sale", "sale": closed.sale, "total": closed.total, "change": closed.change,
            "closed_ms": closed.closed_ms, "tenders": closed.tenders, "receipt": receipt.display().to_string(),
        });
        let words = format!(
            "sale {}: {} dollars, {} back, receipt {}",
            closed.sale,
            closed.total,
            closed.change,
            receipt.display()
        );
        self.line(&line, &words);
        Ok(())
    }

    fn line(&self, json: &serde_json::Value, words: &str) {
        let mut out = std::io::stdout().lock();
        // Whoever reads along may have gone; the sale goes on.
        let _ = if self.json { writeln!(out, "{json}") } else { writeln!(out, "{words}") };
        let _ = out.flush();
    }
}
