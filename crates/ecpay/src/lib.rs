#![doc = include_str!("../README.md")]

pub mod aes;
pub mod card;
pub mod checkout;
pub mod code;
pub mod fields;
pub mod hosts;
pub mod keys;
pub mod mac;
pub mod notice;
pub mod query;
pub mod stage;
pub mod statement;
pub mod text;
pub mod time;
pub mod trade;

pub use aes::{OpenError, ReplyEnvelope, ReplyError, RequestEnvelope, SealError};
pub use card::{ActionAnswer, ActionKind, CardAction, CardDetail, CardReply, CardTrade, QueryCard, Stage};
pub use checkout::{AioCheckOut, CheckoutError, CheckoutForm, Choice, Language, Order};
pub use code::CodeKind;
pub use fields::{Fields, FieldsError};
pub use hosts::{Api, Environment, Gateway, GatewayError};
pub use keys::{HashIv, HashKey, KeyError, Merchant, MerchantId, MerchantIdError};
pub use mac::{MacError, MacValue, check_mac_value, sign, verify};
pub use notice::{CodeNotice, ExtraPaidInfo, Notice, NoticeError, NoticeOrder, Outcome, PaymentNotice};
pub use query::{
    CodeStatus, PaidTrade, PaymentInfo, QueryError, QueryPaymentInfo, QueryTradeInfo, TradeInfo, TradeStatus,
};
pub use text::{ItemName, TradeDesc, item_name, trade_desc};
pub use time::{TaipeiTime, TimeError};
pub use trade::{
    Amount, AmountError, ChoosePayment, LimitError, Limits, MerchantTradeNo, PaymentFamily, PaymentMethod,
    PaymentMethodError, PaymentType, TradeNo, TradeNoError,
};
