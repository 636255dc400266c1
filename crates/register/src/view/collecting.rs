//! Whom the till collects for, as the owner is shown it. Never a key.

use super::{Deserialize, Serialize};
use crate::profile::Profile;

shown! {
    /// In which world the till sells, and whose keys it has for the others.
    pub struct CollectingLook {
        /// The world it sells in now.
        pub profile: Profile,
        /// The world it sells in from the next start on.
        pub next: Profile,
        /// ECPay's stage.
        pub stage: MerchantLook,
        /// ECPay.
        pub production: MerchantLook,
        /// Payments and refunds that have no result yet: the world stays as it is until they have.
        pub under_way: usize,
    }
}

shown! {
    /// A merchant and its keys.
    pub struct MerchantLook {
        /// ECPay's number of the shop, where it is known.
        pub merchant: Option<String>,
        /// Its keys.
        pub keys: KeysState,
    }
}

/// What is known of a merchant's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum KeysState {
    /// ECPay's public test keys.
    Public,
    /// They are kept.
    Kept,
    /// Nobody has put any in.
    Missing,
    /// They are locked: a passphrase opens them.
    Locked,
    /// They are another merchant's than the settings name.
    OtherMerchant,
    /// They cannot be read.
    Unreadable,
}

shown! {
    /// What one harmless signed question came to.
    pub enum KeysTest {
        /// The gateway knows the shop and its keys.
        Works {
            /// The shop's number.
            merchant: String,
        },
        /// There are none to be tried.
        NoKeys,
        /// The number and the keys do not go together.
        WrongKeys,
        /// They are of another product of ECPay's, or of another environment.
        OtherProduct,
        /// They are ECPay's public test keys.
        PublicKeys,
        /// The gateway does not know that number.
        NoSuchMerchant,
        /// The computer's clock is off.
        ClockOff {
            /// By so many minutes; ahead when positive.
            minutes: i64,
        },
        /// Nobody answers.
        NotReached,
        /// The gateway refuses every question for now.
        Refused,
        /// The gateway is out of order.
        OutOfOrder,
        /// It answered something else.
        Other {
            /// What.
            code: String,
        },
    }
}

/// Why keys are not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum KeysProblem {
    /// Not a merchant's number.
    #[error("a MerchantID has 7 to 10 digits")]
    Merchant,
    /// Not a HashKey.
    #[error("a HashKey has 16 characters")]
    Key,
    /// Not a HashIV.
    #[error("a HashIV has 16 characters")]
    Iv,
    /// Where money moves, public keys prove nothing.
    #[error("these are ECPay's public test keys: production needs the shop's own")]
    Public,
    /// Too short to seal with.
    #[error("a passphrase has at least 8 characters")]
    Passphrase,
    /// It does not open what is sealed already.
    #[error("that passphrase does not open the sealed keys")]
    WrongPassphrase,
    /// There is nowhere to put them.
    #[error("this computer has no credential store: give a passphrase, and the keys are kept in a sealed file")]
    NoStore,
    /// They are locked.
    #[error("the keys are locked: give their passphrase")]
    Locked,
    /// There are none.
    #[error("there are no keys for that: put them in first")]
    Missing,
    /// They could not be kept.
    #[error("the keys could not be kept")]
    NotKept,
}
