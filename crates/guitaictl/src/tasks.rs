//! `guitaictl tasks`, `resolve` and `release`: what waits for a person, and what a person decides. The till must not be
//! open elsewhere.

use std::time::Duration;

use anyhow::Context;
use clap::ValueEnum;
use desk::{Desk, Opening};
use register::view::{Attempt, AttemptState, Task, TaskChoice};
use serde_json::{Value, json};

use crate::at::ToOpen;
use crate::catch_up::catch_up;
use crate::say::Say;
use crate::sell::{look, state};

/// Enough for the distance two questions keep; --watch is for more.
const PATIENCE: Duration = Duration::from_secs(1);

/// Lists tasks and watched payments.
#[derive(clap::Args)]
pub(crate) struct List {
    #[command(flatten)]
    to_open: ToOpen,
    /// A gateway simulator at this address; without one, training has one built in.
    #[arg(long, value_name = "URL")]
    gateway: Option<String>,
    /// Goes on asking for so many seconds, or until no payment holds its sale.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3_600))]
    watch: Option<u64>,
    /// One JSON object a line; without it the same in words.
    #[arg(long)]
    json: bool,
}

/// Settles one task.
#[derive(clap::Args)]
pub(crate) struct Resolve {
    #[command(flatten)]
    to_open: ToOpen,
    /// The task, as `guitaictl tasks` names it.
    task: String,
    /// What to do about it.
    #[arg(value_enum)]
    choice: Choice,
    #[command(flatten)]
    consent: ByPerson,
}

/// Lets a sale be collected again although nobody knows how its payment ended.
#[derive(clap::Args)]
pub(crate) struct Release {
    #[command(flatten)]
    to_open: ToOpen,
    /// The manager's name, for the journal.
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why, for the journal.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Where people are registered: reads the manager's PIN from a line of standard input.
    #[arg(long)]
    pin_stdin: bool,
}

/// Whose consent it is, where people are registered.
#[derive(clap::Args)]
pub(crate) struct ByPerson {
    /// The one who consents, whose PIN is a line of standard input.
    #[arg(long, value_name = "NAME", requires = "reason")]
    by: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Choice {
    /// The money counts toward its sale.
    AcceptToSale,
    /// The money was given back by hand.
    RefundByHand,
    /// Noted.
    Seen,
    /// Try again.
    Retry,
    /// Give the money back to the card it came from.
    RefundToCard,
    /// The money was given back in the way that was agreed.
    HandedOver,
    /// Give the refund up.
    Drop,
    /// Print on the next printer.
    OtherPrinter,
    /// Do without the paper.
    LeaveOut,
}

pub(crate) async fn list(args: List) -> anyhow::Result<()> {
    let opening = Opening { gateway: args.gateway.clone(), by_hand: true, ..Opening::default() };
    let desk = args.to_open.open(opening).await?;
    // A till that comes back asks about what may have been paid meanwhile.
    catch_up(&desk, PATIENCE, || Ok(true)).await?;
    if let Some(seconds) = args.watch {
        watch(&desk, Duration::from_secs(seconds)).await?;
    }
    let view = look(&desk)?;
    let say = Say::to(args.json);
    let done = |attempt: &&Attempt| matches!(attempt.state, AttemptState::Paid { .. });
    let payments: Vec<&Attempt> = view.attempt.iter().chain(&view.watched).filter(|attempt| !done(attempt)).collect();
    for attempt in &payments {
        let line = json!({
            "event": "payment", "attempt": attempt.number, "sale": attempt.sale, "amount": attempt.amount,
            "state": attempt.state, "held": attempt.held,
        });
        let held = if attempt.held { "; HOLDS ITS SALE" } else { "" };
        let words = format!(
            "payment {} of sale {}, {} dollars: {}{held}",
            attempt.number,
            attempt.sale,
            attempt.amount,
            state(&attempt.state)
        );
        say.line(&line, &words);
    }
    for task in &view.tasks {
        say.line(&json_of(task)?, &words_of(task)?);
    }
    if payments.is_empty() && view.tasks.is_empty() {
        say.line(&json!({ "event": "nothing" }), "nothing waits for a person, and no payment is watched");
    }
    Ok(())
}

impl ByPerson {
    /// The consent, where there is one; reads the PIN.
    pub(crate) fn consent(&self, desk: &Desk) -> anyhow::Result<Option<register::Consent>> {
        match (&self.by, &self.reason) {
            (Some(by), Some(reason)) => crate::people::consent(desk, by, reason).map(Some),
            _ => Ok(None),
        }
    }
}

pub(crate) async fn resolve(args: Resolve) -> anyhow::Result<()> {
    let desk = args.to_open.open(Opening { by_hand: true, ..Opening::default() }).await?;
    let choice = match args.choice {
        Choice::AcceptToSale => TaskChoice::AcceptToSale,
        Choice::RefundByHand => TaskChoice::RefundByHand,
        Choice::Seen => TaskChoice::Seen,
        Choice::Retry => TaskChoice::Retry,
        Choice::RefundToCard => TaskChoice::RefundToCard,
        Choice::HandedOver => TaskChoice::HandedOver,
        Choice::Drop => TaskChoice::Drop,
        Choice::OtherPrinter => TaskChoice::OtherPrinter,
        Choice::LeaveOut => TaskChoice::LeaveOut,
    };
    let consent = args.consent.consent(&desk)?;
    desk.shared()
        .consented(consent.as_ref(), |register, ports| register.resolve(&args.task, choice, ports.clock.now()))?;
    // A receipt that was due because of it.
    desk.shared().step().await?;
    Say::Json.line(&json!({ "event": "resolved", "task": args.task, "choice": choice }), "");
    Ok(())
}

pub(crate) async fn release(args: Release) -> anyhow::Result<()> {
    let desk = args.to_open.open(Opening { by_hand: true, ..Opening::default() }).await?;
    let sale = look(&desk)?.cart.sale;
    let consent = args.pin_stdin.then(|| crate::people::consent(&desk, &args.by, &args.reason)).transpose()?;
    desk.shared()
        .consented(consent.as_ref(), |register, ports| register.release(&args.by, &args.reason, ports.clock.now()))
        .context("no sale was released")?;
    Say::Json.line(&json!({ "event": "released", "sale": sale, "by": args.by.trim() }), "");
    Ok(())
}

/// Lets the till run until nothing holds a sale, or the time is over.
async fn watch(desk: &Desk, most: Duration) -> anyhow::Result<()> {
    let shared = desk.shared().clone();
    let running = tokio::spawn(async move { shared.run().await });
    let mut changes = desk.shared().watch();
    let settled = async {
        loop {
            changes.mark_unchanged();
            let view = look(desk)?;
            if !view.attempt.iter().chain(&view.watched).any(|attempt| attempt.held) {
                return anyhow::Ok(());
            }
            changes.changed().await?;
        }
    };
    let watched = tokio::time::timeout(most, settled).await;
    running.abort();
    watched.unwrap_or(Ok(()))
}

fn json_of(task: &Task) -> anyhow::Result<Value> {
    let mut line = serde_json::to_value(task)?;
    line["event"] = json!("task");
    Ok(line)
}

fn words_of(task: &Task) -> anyhow::Result<String> {
    let name = |value: Value| value.as_str().unwrap_or_default().to_owned();
    let what = name(serde_json::to_value(task.what)?).replace('_', " ");
    let choices = task.choices.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>()?;
    let choices: Vec<String> = choices.into_iter().map(name).collect();
    let sale = task.sale.as_ref().map(|sale| format!(", sale {sale}")).unwrap_or_default();
    Ok(format!("task {}: {what}{sale}, {}; can be settled as: {}", task.id, task.amount, choices.join(", ")))
}
