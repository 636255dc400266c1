//! The nouns of one order: its two numbers, its amount, how it can be paid and how it was paid.

mod amount;
mod limits;
mod method;
mod number;
mod payment_type;

pub use amount::{Amount, AmountError};
pub use limits::{LimitError, Limits, Range};
pub use method::{ChoosePayment, PaymentMethod, PaymentMethodError};
pub use number::{MerchantTradeNo, TradeNo, TradeNoError};
pub use payment_type::{PaymentFamily, PaymentType};
