//! What the screens are shown of discounts, parts and sales that wait.

use serde::{Deserialize, Serialize};

use super::{AttemptState, Method};

/// What is taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Discount {
    /// Dollars.
    Amount {
        /// How many.
        amount: i64,
    },
    /// Per cent.
    Percent {
        /// How many.
        percent: u8,
    },
}

impl From<till::discount::Discount> for Discount {
    fn from(discount: till::discount::Discount) -> Self {
        match discount {
            till::discount::Discount::Amount { amount } => Self::Amount { amount: amount.as_dollars() },
            till::discount::Discount::Percent { percent } => Self::Percent { percent },
        }
    }
}

/// What takes money beside the till, which only writes it down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Outside {
    /// A card terminal of its own.
    OtherTerminal,
    /// The shop's own voucher.
    Voucher,
    /// A bank transfer.
    Transfer,
}

impl From<till::sale::Outside> for Outside {
    fn from(through: till::sale::Outside) -> Self {
        match through {
            till::sale::Outside::OtherTerminal => Self::OtherTerminal,
            till::sale::Outside::Voucher => Self::Voucher,
            till::sale::Outside::Transfer => Self::Transfer,
        }
    }
}

impl From<Outside> for till::sale::Outside {
    fn from(through: Outside) -> Self {
        match through {
            Outside::OtherTerminal => Self::OtherTerminal,
            Outside::Voucher => Self::Voucher,
            Outside::Transfer => Self::Transfer,
        }
    }
}

/// What somebody who gives a sale up says of the money in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum HandedBack {
    /// There is none.
    NothingCameIn,
    /// All of it went back: cash out of the drawer, the rest by hand the way it came.
    GivenBack,
}

shown! {
    /// A cart or a sale that waits beside the counter.
    pub struct Aside {
        /// Names it for `recall`.
        pub id: String,
        /// What it is called.
        pub name: String,
        /// Since when.
        pub since_ms: i64,
        /// Pieces.
        pub items: u32,
        /// What it comes to.
        pub total: i64,
        /// What has come in.
        pub paid: i64,
        /// What is owed.
        pub due: i64,
        /// Its number, once money was asked for.
        pub sale: Option<String>,
        /// The payment it waits for.
        pub waits: Option<Waits>,
    }
}

shown! {
    /// The payment a sale put aside waits for.
    pub struct Waits {
        /// Its number.
        pub attempt: String,
        /// The method.
        pub method: Method,
        /// Its amount.
        pub amount: i64,
        /// Where it stands; a code has its deadline here.
        pub state: AttemptState,
    }
}

shown! {
    /// A sale that was paid in part and is not closed.
    pub struct PartPaid {
        /// Its number.
        pub sale: String,
        /// What it is called where it waits aside.
        pub name: Option<String>,
        /// What it comes to.
        pub net: i64,
        /// What has come in.
        pub paid: i64,
        /// The part of that which lies in the drawer.
        pub cash: i64,
        /// What is owed.
        pub due: i64,
    }
}

shown! {
    /// A payment slip to look at.
    pub struct SlipPicture {
        /// The attempt it is about.
        pub attempt: String,
        /// The picture.
        pub png_base64: String,
        /// Where the PDF is.
        pub pdf_path: String,
    }
}
