//! How a card payment is undone, depending on how far it has come (docs 2885, 9242 and 45919).

use std::time::Duration;

use crate::time::TaipeiTime;
use crate::trade::Amount;

use super::{CardAction, CardTrade, Closing, Stage, wait};

/// What the card or the contract rules out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardProduct {
    /// Paid at once.
    OneOff,
    /// Instalments or bonus points: all or nothing.
    WholeOnly,
    /// UnionPay: captured with the authorisation, so that no capture can be taken back.
    UnionPay,
}

/// How much is to be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extent {
    /// All of a payment of which nothing has gone back yet.
    Whole,
    /// Less, or the rest after an earlier part.
    Part,
}

/// What to send, in this order. The second of two waits for the first to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Steps {
    /// `N`.
    Abandon,
    /// `E`, then `N`.
    CancelThenAbandon,
    /// `R`.
    Refund,
}

/// Why nothing can be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Part of what is only authorised cannot go back. After the capture it can.
    #[error("part of a payment can go back only once it is captured")]
    NotCaptured,
    /// Instalments and bonus points go back as a whole.
    #[error("instalments and bonus points go back as a whole")]
    WholeOnly,
    /// Nothing is held or taken any more.
    #[error("the payment is cancelled already")]
    Cancelled,
    /// The bank never agreed: there is nothing to give back.
    #[error("the payment was never authorised")]
    NotAuthorised,
    /// The gateway uses a word that is not in its documentation.
    #[error("the gateway calls the payment's stage {0:?}")]
    UnknownStage(String),
    /// More than is left.
    #[error("only {left} dollars are left to give back")]
    TooMuch {
        /// What is left, in dollars.
        left: u32,
    },
}

/// Actions that undo a payment or part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What they are.
    pub steps: Steps,
    /// The requests, one or two.
    pub actions: Vec<CardAction>,
}

/// How much of the payment `wanted` is, when `given_back` dollars have gone back before.
///
/// # Errors
/// [`Refusal::TooMuch`].
pub fn extent(trade: &CardTrade, given_back: u32, wanted: Amount) -> Result<Extent, Refusal> {
    let left = trade.amount.dollars().saturating_sub(given_back);
    match wanted.dollars() {
        dollars if dollars > left => Err(Refusal::TooMuch { left }),
        dollars if dollars == trade.amount.dollars() => Ok(Extent::Whole),
        _ => Ok(Extent::Part),
    }
}

/// The table: what undoes a payment in this stage.
///
/// # Errors
/// [`Refusal`].
pub fn steps(stage: &Stage, extent: Extent, product: CardProduct) -> Result<Steps, Refusal> {
    use CardProduct::{UnionPay, WholeOnly};
    match (stage, extent, product) {
        (Stage::Unknown(text), _, _) => Err(Refusal::UnknownStage(text.clone())),
        (Stage::Cancelled, _, _) => Err(Refusal::Cancelled),
        (Stage::NotAuthorised, _, _) => Err(Refusal::NotAuthorised),
        (_, Extent::Part, WholeOnly) => Err(Refusal::WholeOnly),
        (Stage::Authorised | Stage::OperationCancelled, Extent::Whole, _) => Ok(Steps::Abandon),
        (Stage::Authorised | Stage::OperationCancelled, Extent::Part, _) => Err(Refusal::NotCaptured),
        (Stage::ToBeCaptured, Extent::Whole, UnionPay) => Ok(Steps::Refund),
        (Stage::ToBeCaptured, Extent::Whole, _) => Ok(Steps::CancelThenAbandon),
        (Stage::ToBeCaptured, Extent::Part, _) | (Stage::Captured, _, _) => Ok(Steps::Refund),
    }
}

/// What to send to give `wanted` back, when the gateway has just named the `stage` and `given_back` dollars have gone
/// back before (attempts without an answer count as gone).
///
/// # Errors
/// [`Refusal`].
pub fn plan(
    trade: &CardTrade,
    stage: &Stage,
    product: CardProduct,
    given_back: u32,
    wanted: Amount,
) -> Result<Plan, Refusal> {
    let steps = steps(stage, extent(trade, given_back, wanted)?, product)?;
    let actions = match steps {
        Steps::Abandon => vec![trade.abandon()],
        Steps::CancelThenAbandon => vec![trade.cancel_capture(), trade.abandon()],
        Steps::Refund => vec![trade.refund(wanted).map_err(|_| Refusal::TooMuch { left: trade.amount.dollars() })?],
    };
    Ok(Plan { steps, actions })
}

impl Plan {
    /// How long to wait before the first action may be sent; zero is now. The second is asked about when its turn
    /// comes, with [`wait`].
    #[must_use]
    pub fn wait(&self, now: TaipeiTime, closing: Closing) -> Duration {
        self.actions.first().map_or(Duration::ZERO, |first| wait(first.kind(), now, closing))
    }
}
