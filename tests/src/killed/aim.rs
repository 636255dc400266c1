//! What one run is to do, and when it is to die.

use std::time::Duration;

use serde_json::Value;

use super::lot::Lot;

/// Who pays, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Payer {
    /// Notes and coins.
    Cash,
    /// A customer inside the till's own process, who dies with it.
    Inside,
    /// A customer of flesh and blood, who goes on paying when the till dies.
    Outside,
    /// Opens the page and walks away; the money comes when the till is dead or busy with somebody else.
    Late,
    /// Tries a card that is declined.
    Declined,
}

/// From what moment the time to live is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The start of the process.
    Start,
    /// The pay link was said.
    Link,
    /// The customer has opened it.
    Opened,
    /// The customer's browser says paid.
    Confirming,
    /// It is paid: the sale closes and its receipt is made.
    Paid,
    /// The sale was acknowledged: the till puts itself away.
    Sold,
}

/// One run.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) payer: Payer,
    pub(super) item: &'static str,
    pub(super) how: &'static str,
    pub(super) from: From,
    pub(super) after: Duration,
}

impl Plan {
    /// A plan; a whole sale takes about `whole` on this machine.
    pub(super) fn draw(lot: &mut Lot, whole: Duration) -> Self {
        let payer = match lot.below(100) {
            0..30 => Payer::Cash,
            30..55 => Payer::Inside,
            55..80 => Payer::Outside,
            80..92 => Payer::Late,
            _ => Payer::Declined,
        };
        let how = match payer {
            Payer::Cash => "cash:1000",
            Payer::Declined | Payer::Late => "ecpay:credit",
            Payer::Inside | Payer::Outside => lot.one_of(&["ecpay:credit", "ecpay:twqr", "ecpay"]),
        };
        let from = match payer {
            Payer::Cash => lot.one_of(&[From::Start, From::Start, From::Start, From::Start, From::Sold]),
            Payer::Late => lot.one_of(&[From::Start, From::Link, From::Opened]),
            Payer::Declined => lot.one_of(&[From::Link, From::Opened]),
            Payer::Inside | Payer::Outside => {
                const EACH: [From; 7] =
                    [From::Start, From::Link, From::Link, From::Opened, From::Confirming, From::Paid, From::Sold];
                lot.one_of(&EACH)
            }
        };
        let most = match from {
            // Some get away: what was acknowledged has to outlast the kills of others.
            From::Start => whole * 5 / 4,
            From::Link | From::Opened => whole / 2,
            From::Confirming | From::Paid => whole * 2 / 3,
            From::Sold => whole / 100,
        };
        // What is quick is over before what is slow: some of the kills come in the first tenth of the time.
        let most = if !matches!(from, From::Start | From::Sold) && lot.in_a_hundred(40) { most / 10 } else { most };
        let item = lot.one_of(&["D01", "D02", "D04*2", "D18", "D17*3"]);
        Self { payer, item, how, from, after: lot.up_to(most) }
    }
}

impl From {
    /// Whether this line is the moment.
    pub(super) fn is(self, line: &Value) -> bool {
        let state = || line["state"]["kind"].as_str().unwrap_or_default();
        match self {
            Self::Start => false,
            Self::Link => line["event"] == "pay_link",
            Self::Opened => matches!(state(), "opened" | "confirming" | "paid" | "failed"),
            Self::Confirming => matches!(state(), "confirming" | "paid"),
            Self::Paid => state() == "paid",
            Self::Sold => line["event"] == "sale",
        }
    }
}
