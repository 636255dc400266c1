//! `guitaictl refund`: what of a sale can come back, asking for it, and seeing it through. The till must not be open
//! elsewhere.

use std::time::Duration;

use anyhow::{Context, bail};
use clap::{Subcommand, ValueEnum};
use desk::{Desk, Opening};
use register::RefundRequest;
use register::view::{HandWay, Refund, RefundState, RefundTo, RefundWish, Refundable};
use serde_json::{Value, json};

use crate::at::ToOpen;
use crate::catch_up::catch_up;
use crate::say::Say;

/// Enough for the distance two exchanges keep; --watch is for more.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Subcommand)]
pub(crate) enum Command {
    /// What of a sale can come back, and what has.
    Show {
        #[command(flatten)]
        at: At,
        /// The sale, such as T1-000042.
        sale: String,
    },
    /// Ask for a refund, and send what goes to a card.
    Ask {
        #[command(flatten)]
        at: At,
        /// The sale, such as T1-000042.
        sale: String,
        /// A line and how many of it, such as 2 or 2*3; more than once for more lines. Without one, all that is left.
        #[arg(long = "line", value_name = "LINE[*COUNT]", value_parser = wish)]
        lines: Vec<Wish>,
        /// Why, for the journal and the slip.
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// A person gives it back in this way, instead of the gateway to the card.
        #[arg(long, value_enum, value_name = "WAY")]
        by_hand: Option<Way>,
        /// The manager who approves, where one has to.
        #[arg(long, value_name = "NAME")]
        approved_by: Option<String>,
        /// Where people are registered: reads the manager's PIN from a line of standard input.
        #[arg(long, requires = "approved_by")]
        pin_stdin: bool,
    },
    /// The refunds there are, newest first.
    List {
        #[command(flatten)]
        at: At,
    },
    /// Try a refused refund again, or ask about one under way. Nothing is sent twice on a guess.
    Retry {
        #[command(flatten)]
        at: At,
        /// The refund, such as T1-R000007.
        refund: String,
    },
    /// A person has given the money back.
    Done {
        #[command(flatten)]
        at: At,
        /// The refund, such as T1-R000007.
        refund: String,
        /// In which way.
        #[arg(long, value_enum, value_name = "WAY", default_value = "cash")]
        by_hand: Way,
        /// The manager who approves, where the money came from a card.
        #[arg(long, value_name = "NAME")]
        approved_by: Option<String>,
        /// Where people are registered: reads the manager's PIN from a line of standard input.
        #[arg(long, requires = "approved_by")]
        pin_stdin: bool,
    },
    /// Give a refund up before anything has moved.
    Drop {
        #[command(flatten)]
        at: At,
        /// The refund, such as T1-R000007.
        refund: String,
    },
    /// Make the slip of a refund; a second one is a marked copy.
    Slip {
        #[command(flatten)]
        at: At,
        /// The refund, such as T1-R000007.
        refund: String,
    },
}

/// Which till, its gateway, and how things are said.
#[derive(clap::Args)]
pub(crate) struct At {
    #[command(flatten)]
    to_open: ToOpen,
    /// A gateway simulator at this address; without one, training has one built in.
    #[arg(long, value_name = "URL")]
    gateway: Option<String>,
    /// Goes on for so many seconds, or until no refund waits for the gateway.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3_600))]
    watch: Option<u64>,
    /// One JSON object a line; without it the same in words.
    #[arg(long)]
    json: bool,
}

/// A line, and how many of it; nothing for all that are left.
#[derive(Clone, Copy)]
pub(crate) struct Wish {
    line: u32,
    count: Option<u32>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Way {
    /// Out of the drawer.
    Cash,
    /// To the customer's account.
    Transfer,
    /// In the back office of whoever collected it.
    Backoffice,
}

pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Show { at, sale } => {
            let (desk, say) = at.open().await?;
            show(say, &desk.shared().with(|register, _| register.refundable(&sale))?)
        }
        Command::Ask { at, sale, lines, reason, by_hand, approved_by, pin_stdin } => {
            let (desk, say) = at.open().await?;
            let refundable = desk.shared().with(|register, _| register.refundable(&sale))?;
            let lines = wishes(&refundable, &lines)?;
            let consent = consent(&desk, approved_by.as_deref().filter(|_| pin_stdin), &reason)?;
            let request = RefundRequest { sale, lines, reason, by_hand: by_hand.map(HandWay::from), approved_by };
            let known = refundable.refunds.len();
            let asked = desk
                .shared()
                .consented(consent.as_ref(), |register, ports| register.refund(&request, ports.clock.now()))?;
            let numbers: Vec<String> = asked.refunds.iter().skip(known).map(|refund| refund.number.clone()).collect();
            at.see_through(&desk).await?;
            say_refunds(say, &desk, |refund| numbers.contains(&refund.number))
        }
        Command::List { at } => {
            let (desk, say) = at.open().await?;
            at.see_through(&desk).await?;
            say_refunds(say, &desk, |_| true)
        }
        Command::Retry { at, refund } => {
            let (desk, say) = at.open().await?;
            desk.shared().with(|register, ports| register.refund_retry(&refund, ports.clock.now()))?;
            at.see_through(&desk).await?;
            say_refunds(say, &desk, |known| known.number == refund)
        }
        Command::Done { at, refund, by_hand, approved_by, pin_stdin } => {
            let (desk, say) = at.open().await?;
            let consent = consent(&desk, approved_by.as_deref().filter(|_| pin_stdin), "handed over")?;
            desk.shared().consented(consent.as_ref(), |register, ports| {
                register.refund_handed_over(&refund, by_hand.into(), approved_by.as_deref(), ports.clock.now())
            })?;
            say_refunds(say, &desk, |known| known.number == refund)
        }
        Command::Drop { at, refund } => {
            let (desk, say) = at.open().await?;
            desk.shared().with(|register, ports| register.refund_drop(&refund, ports.clock.now()))?;
            say_refunds(say, &desk, |known| known.number == refund)
        }
        Command::Slip { at, refund } => {
            let (desk, say) = at.open().await?;
            let slip = desk.shared().refund_slip(&refund)?;
            let line = json!({ "event": "slip", "refund": slip.refund, "copy": slip.copy, "pdf": slip.pdf_path });
            say.line(&line, &format!("the slip of {} is {}", slip.refund, slip.pdf_path));
            Ok(())
        }
    }
}

impl At {
    async fn open(&self) -> anyhow::Result<(Desk, Say)> {
        let opening = Opening { gateway: self.gateway.clone(), by_hand: true, ..Opening::default() };
        Ok((self.to_open.open(opening).await?, Say::to(self.json)))
    }

    /// Lets the till do what is due, and with --watch goes on until no refund waits for the gateway.
    async fn see_through(&self, desk: &Desk) -> anyhow::Result<()> {
        let waits = || -> anyhow::Result<bool> {
            let refunds = desk.shared().with(|register, _| register.refunds())?;
            Ok(refunds.iter().any(|refund| {
                matches!(
                    refund.state,
                    RefundState::Asking | RefundState::Queued | RefundState::Sending | RefundState::Unknown { .. }
                )
            }))
        };
        catch_up(desk, PATIENCE, waits).await?;
        let Some(seconds) = self.watch else { return Ok(()) };
        let shared = desk.shared().clone();
        let running = tokio::spawn(async move { shared.run().await });
        let mut changes = desk.shared().watch();
        let settled = async {
            loop {
                changes.mark_unchanged();
                if !waits()? {
                    return anyhow::Ok(());
                }
                changes.changed().await?;
            }
        };
        let watched = tokio::time::timeout(Duration::from_secs(seconds), settled).await;
        running.abort();
        watched.unwrap_or(Ok(()))
    }
}

fn consent(desk: &Desk, by: Option<&str>, reason: &str) -> anyhow::Result<Option<register::Consent>> {
    by.map(|by| crate::people::consent(desk, by, reason)).transpose()
}

/// All that are left where nothing is said.
fn wishes(refundable: &Refundable, given: &[Wish]) -> anyhow::Result<Vec<RefundWish>> {
    if given.is_empty() {
        let left = refundable.lines.iter().filter(|line| line.left > 0);
        return Ok(left.map(|line| RefundWish { line: line.line, quantity: line.left }).collect());
    }
    let one = |wish: &Wish| {
        let line = refundable.lines.iter().find(|line| line.line == wish.line);
        let line = line.with_context(|| format!("sale {} has no line {}", refundable.sale, wish.line))?;
        Ok(RefundWish { line: line.line, quantity: wish.count.unwrap_or(line.left) })
    };
    given.iter().map(one).collect()
}

fn wish(text: &str) -> Result<Wish, String> {
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|number| *number > 0);
    let (line, count) = match text.split_once('*') {
        None => (number(text), Some(None)),
        Some((line, count)) => (number(line), number(count).map(Some)),
    };
    match (line, count) {
        (Some(line), Some(count)) => Ok(Wish { line, count }),
        _ => Err("a line is a number, perhaps with * and how many of it, such as 2 or 2*3".to_owned()),
    }
}

fn show(say: Say, refundable: &Refundable) -> anyhow::Result<()> {
    let mut line = serde_json::to_value(refundable)?;
    line["event"] = json!("refundable");
    let Refundable { sale, total, left, .. } = refundable;
    say.line(&line, &format!("sale {sale}, {total} dollars: {left} can come back"));
    if matches!(say, Say::Words) {
        for line in &refundable.lines {
            let words = format!(
                "  line {}: {} of {} {} left, {} dollars",
                line.line, line.left, line.sold, line.name, line.left_amount
            );
            say.line(&Value::Null, &words);
        }
        for refund in &refundable.refunds {
            say.line(&Value::Null, &format!("  {}", words_of(refund)));
        }
    }
    Ok(())
}

fn say_refunds(say: Say, desk: &Desk, which: impl Fn(&Refund) -> bool) -> anyhow::Result<()> {
    let refunds = desk.shared().with(|register, _| register.refunds())?;
    let mut found = refunds.iter().filter(|refund| which(refund)).peekable();
    if found.peek().is_none() {
        say.line(&json!({ "event": "nothing" }), "there is no refund");
    }
    for refund in found {
        let mut line = serde_json::to_value(refund)?;
        if !line.is_object() {
            bail!("a refund is an object");
        }
        line["event"] = json!("refund");
        say.line(&line, &words_of(refund));
    }
    Ok(())
}

fn words_of(refund: &Refund) -> String {
    let to = match &refund.to {
        RefundTo::Card { last4: Some(last4), .. } => format!("to card {last4}"),
        RefundTo::Card { last4: None, .. } => "to the card".to_owned(),
        RefundTo::Hand { way: HandWay::Cash, .. } => "in cash".to_owned(),
        RefundTo::Hand { way: HandWay::BankTransfer, .. } => "by bank transfer".to_owned(),
        RefundTo::Hand { way: HandWay::BackOffice, .. } => "where it was collected".to_owned(),
    };
    let at = till::time::Timestamp::from_unix_ms;
    let state = match &refund.state {
        RefundState::Asking => "asking how far the payment has come".to_owned(),
        RefundState::Waiting { until_ms, .. } => format!("waits until {}", at(*until_ms)),
        RefundState::Queued => "waits for another refund of the same payment".to_owned(),
        RefundState::Sending => "being sent".to_owned(),
        RefundState::Unknown { .. } => {
            "NOBODY KNOWS YET whether it went through; it is asked about, not sent again".to_owned()
        }
        RefundState::OnItsWay { overdue: false, .. } => "accepted, on its way".to_owned(),
        RefundState::OnItsWay { overdue: true, .. } => "accepted long ago and not back yet: ask ECPay".to_owned(),
        RefundState::ToHandOver => "to be handed over; `guitaictl refund done` when it is".to_owned(),
        RefundState::Refused { why, message, .. } => {
            let why = serde_json::to_value(why).ok().and_then(|why| why.as_str().map(|why| why.replace('_', " ")));
            let message = message.as_ref().map(|message| format!(": {message}")).unwrap_or_default();
            format!("REFUSED, {}{message}", why.unwrap_or_default())
        }
        RefundState::Done { released: true, .. } => "done: the card was never charged".to_owned(),
        RefundState::Done { .. } => "done".to_owned(),
        RefundState::Dropped => "given up".to_owned(),
    };
    format!("refund {} of sale {}, {} dollars {to}: {state}", refund.number, refund.sale, refund.amount)
}

impl From<Way> for HandWay {
    fn from(way: Way) -> Self {
        match way {
            Way::Cash => Self::Cash,
            Way::Transfer => Self::BankTransfer,
            Way::Backoffice => Self::BackOffice,
        }
    }
}
