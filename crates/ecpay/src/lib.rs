#![doc = include_str!("../README.md")]

pub mod fields;
pub mod hosts;
pub mod keys;
pub mod mac;
pub mod query;
pub mod stage;
pub mod time;
pub mod trade;

pub use fields::{Fields, FieldsError};
pub use hosts::{Api, Environment, Gateway, GatewayError};
pub use keys::{HashIv, HashKey, KeyError, Merchant, MerchantId, MerchantIdError};
pub use mac::{MacError, MacValue, check_mac_value, sign, verify};
pub use query::{QueryError, QueryTradeInfo, TradeInfo, TradeStatus};
pub use time::{TaipeiTime, TimeError};
pub use trade::{
    Amount, AmountError, ChoosePayment, LimitError, Limits, MerchantTradeNo, PaymentFamily, PaymentMethod, PaymentType,
    TradeNo, TradeNoError,
};
