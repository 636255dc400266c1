//! Asking for the state of one order (QueryTradeInfo, doc 2890) and for its issued code (QueryPaymentInfo, doc 5615).

mod payment_info;
mod reply;
mod trade_info;

pub use payment_info::{CodeStatus, PaymentInfo, QueryPaymentInfo};
pub use reply::QueryError;
pub use trade_info::{PaidTrade, QueryTradeInfo, TradeInfo, TradeStatus};
