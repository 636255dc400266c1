//! `guitaictl sell`: one sale to the end.

mod counter;
mod order;
mod tell;

use std::time::Duration;

use anyhow::{Context, bail};
use desk::{Desk, Opening};
use ecpay_sim::customer::Ended;
use register::view::{Attempt, AttemptState, ReceiptState, View};

use crate::at::ToOpen;
use crate::customer::{Errand, Intent};
use crate::say::Say;

use order::{Item, Pay};
pub(crate) use tell::{Tell, state};

/// The longest that a payment may be waited for: a day, in seconds.
const WAIT_MAX: u64 = 24 * 3_600;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    to_open: ToOpen,
    /// What is bought: a barcode or product code, with a quantity after `*`. Once per product.
    #[arg(long = "item", value_name = "BARCODE[*QTY]", required = true)]
    items: Vec<Item>,
    /// `cash:AMOUNT` handed over, `ecpay` to let the customer choose, or `ecpay:METHOD`: credit, twqr, apple_pay,
    /// digital_payment, weixin, bnpl, web_atm, atm, cvs, barcode.
    #[arg(long, value_name = "HOW")]
    pay: Pay,
    /// A gateway simulator at this address, as `guitaictl simulate` prints it; without one, training has one built in.
    #[arg(long, value_name = "URL")]
    gateway: Option<String>,
    /// Lets a simulated customer act on the link; without one a real customer is waited for.
    #[arg(long, value_enum)]
    customer: Option<Intent>,
    /// Gives the payment up after so many seconds.
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..=WAIT_MAX), value_name = "SECONDS")]
    wait: u64,
    /// One JSON object a line; without it the same in words.
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: Args) -> anyhow::Result<()> {
    // By hand: what an earlier run has left is put in order before anything runs by itself.
    let opening = Opening { gateway: args.gateway.clone(), by_hand: true, ..Opening::default() };
    let desk = args.to_open.open(opening).await?;
    let tell = Tell(Say::to(args.json));
    counter::put_in_order(&desk, tell).await?;
    if let Err(error) = ring_up(&desk, &args.items, tell).and_then(|()| pay(&desk, &args.pay)) {
        // Nothing was asked for: nothing stays on the counter for the next sale.
        desk.shared().with(|register, ports| register.clear(ports.clock.now()))?;
        return Err(error);
    }
    let shared = desk.shared().clone();
    let running = tokio::spawn(async move { shared.run().await });
    let finished = finish(&desk, args.customer, Duration::from_secs(args.wait), tell).await;
    running.abort();
    tell.sale(&desk, &finished?)
}

fn ring_up(desk: &Desk, items: &[Item], tell: Tell) -> anyhow::Result<()> {
    desk.shared().with(|register, _| items.iter().try_for_each(|item| register.scan(&item.as_scanned())))?;
    tell.counter(&look(desk)?);
    Ok(())
}

fn pay(desk: &Desk, pay: &Pay) -> anyhow::Result<()> {
    desk.shared().with(|register, ports| match pay {
        Pay::Cash(amount) => register.pay_cash(*amount, ports.clock.now()),
        Pay::Online(method) => register.pay_online(*method, ports.clock.now(), ports.chance.as_ref()),
    })?;
    Ok(())
}

/// Waits for the sale to close and its receipt to be there.
pub(crate) async fn finish(desk: &Desk, intent: Option<Intent>, wait: Duration, tell: Tell) -> anyhow::Result<View> {
    let mut changes = desk.shared().watch();
    let mut said = None;
    let mut customer = None;
    let deadline = tokio::time::Instant::now() + wait;
    loop {
        // Marked before looking, so that no change between the two is missed.
        changes.mark_unchanged();
        let view = look(desk)?;
        if let Some(stop) = &view.stopped {
            bail!("the till has stopped: {}", serde_json::to_string(stop)?);
        }
        if let Some(closed) = &view.closed {
            match &closed.receipt {
                // A program that ends takes what it is printing with it.
                ReceiptState::Ready { .. } if desk.shared().with(|register, _| register.is_printing()) => {}
                ReceiptState::Ready { .. } => return Ok(view),
                ReceiptState::Failed { reason } => {
                    tell.sale(desk, &view)?;
                    bail!("sale {} stands, but its receipt could not be made: {reason}", closed.sale)
                }
                ReceiptState::Due => {}
            }
        }
        if let Some(attempt) = view.attempt.as_ref().filter(|attempt| attempt.state != AttemptState::Created) {
            if said.is_none() {
                tell.link(attempt);
                customer = intent.and_then(|intent| Errand::start(desk, intent, attempt));
            }
            if said.as_ref() != Some(&attempt.state) {
                tell.state(attempt);
                said = Some(attempt.state.clone());
            }
            if attempt.state == AttemptState::Expired {
                return give_up(desk, tell, "expired", "the pay page expired unpaid");
            }
        }
        tokio::select! {
            changed = changes.changed() => changed.context("the till stopped")?,
            ended = came_back(customer.as_mut()) => {
                customer = None;
                match ended {
                    Ok(ended) => hear(desk, ended, view.attempt.as_ref(), tell).await?,
                    Err(error) => return give_up(desk, tell, "lost", &format!("the customer {error:#}")),
                }
            }
            () = tokio::time::sleep_until(deadline) => return give_up(desk, tell, "nobody_paid", "nobody paid in time"),
        }
    }
}

pub(crate) fn look(desk: &Desk) -> anyhow::Result<View> {
    Ok(desk.shared().with(|register, ports| register.view(ports.clock.now()))?)
}

/// What the customer says is only a reason to look: the till believes the gateway.
async fn hear(desk: &Desk, ended: Ended, attempt: Option<&Attempt>, tell: Tell) -> anyhow::Result<()> {
    match ended {
        Ended::Refused { code } => {
            give_up(desk, tell, "declined", &format!("the payment was declined (code {code})")).map(drop)
        }
        Ended::CodeIssued { .. } => match (desk.simulator(), attempt) {
            (Some(simulator), Some(attempt)) => {
                simulator.pay_code(&attempt.number).await.map_err(|error| anyhow::anyhow!("{error}"))?;
                ask_now(desk);
                Ok(())
            }
            _ => give_up(desk, tell, "code_issued", "the customer took a code and pays later").map(drop),
        },
        Ended::Paid { .. } => {
            ask_now(desk);
            Ok(())
        }
        Ended::Pending { .. } => Ok(()),
    }
}

/// Asks the gateway as a cashier would; when it may not be asked yet, it is asked by itself as soon as it may.
fn ask_now(desk: &Desk) {
    let _ = desk.shared().with(|register, ports| register.check_now(ports.clock.now()));
}

async fn came_back(customer: Option<&mut Errand>) -> anyhow::Result<Ended> {
    match customer {
        Some(customer) => customer.ended().await,
        None => std::future::pending().await,
    }
}

/// Takes the payment off the screen. Money may still come: the till goes on watching whenever it is open.
fn give_up(desk: &Desk, tell: Tell, why: &str, words: &str) -> anyhow::Result<View> {
    let before = look(desk)?;
    // It may have been paid in the very moment.
    if before.closed.is_some() {
        return Ok(before);
    }
    let sale = before.cart.sale.clone().unwrap_or_default();
    if before.attempt.as_ref().is_some_and(|attempt| attempt.can_cancel) {
        desk.shared().with(|register, ports| register.cancel_payment(ports.clock.now()))?;
    }
    tell.unpaid(&sale, before.attempt.as_ref(), why);
    if before.attempt.is_some_and(|attempt| attempt.held) {
        bail!("sale {sale}: {words}, and nobody knows yet whether it went through; `guitaictl tasks` asks the gateway");
    }
    bail!("sale {sale} is not paid: {words}; the payment stays watched in case money comes")
}
