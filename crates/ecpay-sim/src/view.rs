//! An order as tests and the control API see it.

use serde::Serialize;

use crate::method::Method;
use crate::notice::{self, Delivered};
use crate::order::{Order, State};
use crate::settlement::{CardStage, Settlement};
use crate::taipei;
use crate::world::World;

/// A copy of everything worth knowing about one order. Serialised with ECPay's field names where there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrderView {
    /// `MerchantID`.
    #[serde(rename = "MerchantID")]
    pub merchant_id: String,
    /// `MerchantTradeNo`.
    #[serde(rename = "MerchantTradeNo")]
    pub merchant_trade_no: String,
    /// `TradeNo`, the gateway's own number.
    #[serde(rename = "TradeNo")]
    pub trade_no: String,
    /// `TradeAmt`, whole dollars.
    #[serde(rename = "TradeAmt")]
    pub amount: i64,
    /// `TradeDate`, Taipei time.
    #[serde(rename = "TradeDate")]
    pub trade_date: String,
    /// `TradeStatus`, as a query would be told now.
    #[serde(rename = "TradeStatus")]
    pub trade_status: String,
    /// `PaymentType`; empty while nothing is chosen.
    #[serde(rename = "PaymentType")]
    pub payment_type: String,
    /// Where the order stands.
    pub state: OrderState,
    /// The methods its page offers.
    pub offered: Vec<Method>,
    /// The code of the latest refused payment.
    pub refused: Option<String>,
    /// The numbers of an issued code, by field name (`BankCode`, `vAccount`, `PaymentNo`, `Barcode1` ..).
    pub code: Vec<(String, String)>,
    /// Path of its cashier page on this server.
    pub page: String,
    /// What has become of a paid card payment since.
    pub card: Option<CardView>,
    /// What was told about it, oldest first; at most 64.
    pub deliveries: Vec<Delivered>,
}

/// What has become of a card payment. Amounts are whole dollars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardView {
    /// How far its money has come.
    pub stage: CardStage,
    /// What the bank has captured.
    pub captured: i64,
    /// What has gone back or is on its way, or was taken off a capture.
    pub refunded: i64,
    /// What the shop has or will get of it.
    pub kept: i64,
    /// The number of the authorisation (`gwsr`).
    pub authorisation: Option<String>,
}

/// Where an order stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OrderState {
    /// Created; nothing paid, no code issued.
    Open,
    /// A code was issued.
    CodeIssued {
        /// Until when it can be paid, Taipei time.
        expires: String,
    },
    /// The customer has done everything; the gateway does not admit it yet.
    Settling,
    /// Paid.
    Paid {
        /// `PaymentDate`, Taipei time.
        at: String,
    },
    /// Pay later was refused.
    BnplRefused,
}

impl OrderView {
    pub(crate) fn of(order: &Order, world: &World, now_ms: i64) -> Self {
        let (state, code) = match &order.state {
            State::Open => (OrderState::Open, Vec::new()),
            State::Coded(code) => {
                (OrderState::CodeIssued { expires: taipei::second(code.expires_ms) }, notice::code_numbers(code))
            }
            State::Settling { .. } => (OrderState::Settling, Vec::new()),
            State::Paid(payment) => (OrderState::Paid { at: taipei::second(payment.at_ms) }, Vec::new()),
            State::BnplRefused => (OrderState::BnplRefused, Vec::new()),
        };
        Self {
            merchant_id: order.key.merchant_id.clone(),
            merchant_trade_no: order.key.number.clone(),
            trade_no: order.trade_no.clone(),
            amount: order.amount,
            trade_date: taipei::second(order.created_ms),
            trade_status: order.trade_status(&world.options, now_ms),
            payment_type: order.payment_type(),
            state,
            offered: order.offered.clone(),
            refused: order.refused.clone(),
            code,
            card: world.settlement_at(order, now_ms).map(|card| CardView::of(order, &card)),
            page: crate::http::page_path(&order.token),
            deliveries: order.delivered.clone(),
        }
    }
}

impl CardView {
    fn of(order: &Order, card: &Settlement) -> Self {
        Self {
            stage: card.stage(),
            captured: card.captured(),
            refunded: card.refunded(),
            kept: card.kept(),
            authorisation: order.gwsr().map(str::to_owned),
        }
    }
}
