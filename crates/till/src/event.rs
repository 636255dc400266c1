//! Everything the journal can hold: which stream it belongs to, and what happened.

use serde::{Deserialize, Serialize};

use crate::cart::{Line, Totals};
use crate::catalogue::{Product, ProductCode};
use crate::day::{self, DayEvent, ShiftEvent};
use crate::ids::{AttemptNumber, RefundNumber, SaleNumber};
use crate::payment::AttemptEvent;
use crate::people::{Approval, Named, PersonEvent, PersonId};
use crate::reconcile::Reconciliation;
use crate::refund::RefundEvent;
use crate::sale::SaleEvent;

/// One thing that happened, on its stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// To a sale.
    Sale(SaleNumber, SaleEvent),
    /// To an attempt to collect money.
    Attempt(AttemptNumber, AttemptEvent),
    /// To money on its way back to a customer.
    Refund(RefundNumber, RefundEvent),
    /// To a product.
    Product(ProductCode, ProductEvent),
    /// To a person who works at the till.
    Person(PersonId, PersonEvent),
    /// To a shift.
    Shift(day::Count, ShiftEvent),
    /// To a day, by the number of its Z report.
    Day(day::Count, DayEvent),
    /// To the conversation with the gateway, under this merchant's name.
    Gateway(String, GatewayEvent),
    /// To the till itself.
    Till(TillEvent),
}

/// What happened to a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProductEvent {
    /// It is sold like this from now on.
    Set {
        /// The product.
        product: Product,
    },
    /// It is no longer sold.
    Retired,
}

/// What happened between the till and the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GatewayEvent {
    /// It answered 403: asked too often. Nothing is asked for a while (ECPay doc 2890).
    Refused,
}

/// What happened to the till.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TillEvent {
    /// The program was started on this journal.
    Started {
        /// The program's version.
        version: String,
        /// The settings it runs with: training, stage or production.
        profile: String,
    },
    /// Something came in that no attempt could be found for, or that was not signed by the gateway.
    Alarm {
        /// What was wrong with it.
        alarm: TillAlarm,
        /// How often it has happened since the till was started, this one included.
        count: u64,
    },
    /// A person has seen the alarms so far.
    AlarmsSeen,
    /// Another person is at the till.
    SignedIn {
        /// Who.
        by: Named,
    },
    /// Somebody let somebody do what is recorded beside this.
    Approved {
        /// Who, whom, what and why.
        approval: Approval,
    },
    /// The drawer was opened, and nothing was sold.
    DrawerOpened {
        /// By whom.
        by: Named,
        /// Why.
        reason: String,
    },
    /// Goods came back that were sold on nobody knows which sale, and their price went out of the drawer.
    GoodsReturned {
        /// What came back, at what was given for it.
        lines: Vec<Line>,
        /// What that came to.
        totals: Totals,
        /// Why.
        reason: String,
    },
    /// A statement of the gateway's was held against the journal.
    Reconciled {
        /// What came of it.
        reconciliation: Box<Reconciliation>,
    },
    /// A person sees to a task.
    TaskTaken {
        /// Which, as the screen names it.
        task: String,
        /// Who.
        by: Named,
    },
    /// Nobody sees to it any more.
    TaskLeft {
        /// Which.
        task: String,
    },
    /// The shop's settings were changed. The file itself is what counts; this says who changed what.
    SettingsChanged {
        /// Who.
        by: Named,
        /// What, and to what: never a key.
        changes: Vec<SettingChanged>,
    },
}

/// One setting that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingChanged {
    /// Its place in the file: `shop.name`.
    pub name: String,
    /// What it is now, shortened; empty where it was taken out.
    pub value: String,
}

/// What came in that should not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TillAlarm {
    /// A message without a valid signature (PF-16).
    Forged,
    /// A validly signed message of another merchant (PF-17).
    OtherMerchant,
    /// A validly signed message about an attempt this journal has never made.
    UnknownAttempt,
}

impl Event {
    /// The stream this event belongs to, as the journal names it.
    #[must_use]
    pub fn stream(&self) -> String {
        match self {
            Self::Sale(number, _) => format!("sale/{number}"),
            Self::Attempt(number, _) => format!("attempt/{number}"),
            Self::Refund(number, _) => format!("refund/{number}"),
            Self::Product(code, _) => format!("product/{code}"),
            Self::Person(id, _) => format!("person/{id}"),
            Self::Shift(number, _) => format!("shift/{number}"),
            Self::Day(number, _) => format!("day/{number}"),
            Self::Gateway(merchant, _) => format!("gateway/{merchant}"),
            Self::Till(_) => "till".to_owned(),
        }
    }
}
