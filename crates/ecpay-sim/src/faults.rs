//! What a test may ask the gateway to do next: how a payment ends, and how messages about it go wrong.

use serde::{Deserialize, Serialize};

/// How the next payment ends. In JSON: `{"outcome":"decline","code":"10100248"}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Paid at once.
    #[default]
    Pay,
    /// Refused: an error page with this code, no notice, TradeStatus stays 0.
    Decline {
        /// For example 10100058, or 10100248 for "declined by the bank".
        #[serde(default = "pay_fail")]
        code: String,
    },
    /// The result is awaited: a notice with 10300066 now, the real one and TradeStatus 1 later.
    Pending {
        /// Seconds of the simulator's clock until the money is confirmed.
        seconds: i64,
    },
    /// The customer sees success, but TradeStatus stays 0 and no notice goes out until later.
    Lag {
        /// Seconds of the simulator's clock until the gateway admits it.
        seconds: i64,
    },
}

/// Which way a message about a payment travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// Server to server: ReturnURL and PaymentInfoURL.
    Notice,
    /// Through the payer's browser: OrderResultURL and ClientRedirectURL.
    Browser,
}

/// How the next message goes wrong. Through [`Door::Notice`] a fault shapes the first delivery only: what the gateway
/// repeats later is genuine. In JSON: `{"fault":"delay","seconds":60}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// Lost on the way, this many deliveries in a row (the gateway makes five). The browser never comes back.
    Drop {
        /// How many deliveries are lost.
        #[serde(default = "all_deliveries")]
        deliveries: u32,
    },
    /// The first delivery comes late. (Notices only.)
    Delay {
        /// Seconds of the simulator's clock.
        seconds: i64,
    },
    /// Delivered again although it was acknowledged. (Notices only.)
    Duplicate {
        /// How many times more.
        copies: u32,
    },
    /// Held back until the next notice, of whichever order, has been delivered. (Notices only.)
    Reorder,
    /// Signed with keys that are not the merchant's.
    Forge,
    /// One digit of the signature is wrong.
    BreakSignature,
    /// No CheckMacValue at all.
    Unsigned,
    /// Another amount, rightly signed.
    WrongAmount {
        /// Whole dollars.
        amount: i64,
    },
    /// Another amount, put in after signing.
    AlterAmount {
        /// Whole dollars.
        amount: i64,
    },
    /// Another MerchantID, signed with this merchant's keys.
    WrongMerchant {
        /// The number to claim.
        merchant_id: String,
    },
}

/// How the next answer of QueryTradeInfo goes wrong. In JSON: `{"fault":"status","status":"10200095"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum QueryFault {
    /// This TradeStatus, whatever the truth.
    Status {
        /// For example 10200095.
        status: String,
    },
    /// Another amount, rightly signed.
    WrongAmount {
        /// Whole dollars.
        amount: i64,
    },
    /// One digit of the signature is wrong.
    BreakSignature,
    /// Something that is no reply at all, as a proxy on the way might send.
    Garbage,
    /// This HTTP status with an empty body.
    HttpStatus {
        /// For example 500.
        status: u16,
    },
}

/// How the next DoAction goes wrong, form or envelope. In JSON: `{"fault":"lose","when":"after_effect"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum ActionFault {
    /// Not done, for this reason.
    Refuse {
        /// `RtnCode`.
        #[serde(default)]
        code: i64,
        /// `RtnMsg`.
        msg: String,
    },
    /// The line breaks: a 502 without a body, at once. [`Simulator::hang_next`](crate::Simulator::hang_next) is the same
    /// after a long silence.
    Lose {
        /// Before the request has its effect, or after.
        when: Hang,
    },
    /// Done, and the answer is 10300066: the result is awaited.
    Awaited,
    /// Done, and the answer says it is not: the worst that could be.
    DoneAndDenied,
    /// Done, and something that is no reply at all comes back, as from a proxy on the way.
    Garbage,
    /// Not done: this HTTP status with an empty body.
    HttpStatus {
        /// For example 403.
        status: u16,
    },
    /// Done, and answered only after so many milliseconds of the real clock.
    Slow {
        /// Milliseconds.
        ms: u64,
    },
}

/// How the next answer about a card payment goes wrong, form or envelope. In JSON: `{"fault":"says","msg":"error_nopay"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum CardQueryFault {
    /// This `RtnMsg`, and nothing else.
    Says {
        /// For example `error_nopay`: the bank has not answered.
        msg: String,
    },
    /// This status, whatever the truth.
    Status {
        /// Any text.
        text: String,
    },
    /// Something that is no reply at all.
    Garbage,
    /// This HTTP status with an empty body.
    HttpStatus {
        /// For example 500.
        status: u16,
    },
}

/// When a forced timeout strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hang {
    /// The request is held and has no effect.
    BeforeEffect,
    /// The request has its effect, the answer is held.
    AfterEffect,
}

/// The addresses whose next request can be made to hang.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Endpoint {
    /// POST /Cashier/AioCheckOut/V5.
    AioCheckOut,
    /// POST /Cashier/QueryTradeInfo/V5.
    QueryTradeInfo,
    /// POST /Cashier/QueryPaymentInfo.
    QueryPaymentInfo,
    /// POST /CreditDetail/DoAction and /1.0.0/Credit/DoAction.
    DoAction,
    /// POST /CreditDetail/QueryTrade/V2 and /1.0.0/CreditDetail/QueryTrade.
    QueryCard,
    /// POST /PaymentMedia/TradeNoAio and /CreditDetail/FundingReconDetail.
    Statement,
}

pub(crate) fn pay_fail() -> String {
    "10100058".to_owned()
}

fn all_deliveries() -> u32 {
    crate::notice::DELIVERIES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_writes_faults_as_short_json() {
        let read = |text| serde_json::from_str::<Fault>(text).unwrap();
        assert_eq!(read(r#"{"fault":"drop"}"#), Fault::Drop { deliveries: 5 });
        assert_eq!(read(r#"{"fault":"delay","seconds":60}"#), Fault::Delay { seconds: 60 });
        assert_eq!(read(r#"{"fault":"reorder"}"#), Fault::Reorder);
        assert_eq!(
            serde_json::from_str::<Outcome>(r#"{"outcome":"decline"}"#).unwrap(),
            Outcome::Decline { code: "10100058".to_owned() }
        );
        assert!(serde_json::from_str::<Fault>(r#"{"fault":"explode"}"#).is_err());
    }
}
