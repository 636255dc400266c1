//! One order as the gateway knows it.

use ecpay::fields::Fields;

use crate::cards::TestCard;
use crate::method::Method;
use crate::notice::Delivered;
use crate::options::Options;
use crate::settlement::Settlement;

/// An order is (MerchantID, MerchantTradeNo), for ever.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OrderKey {
    pub(crate) merchant_id: String,
    pub(crate) number: String,
}

pub(crate) struct Order {
    pub(crate) key: OrderKey,
    /// Names the cashier page in addresses; nobody can guess it.
    pub(crate) token: String,
    pub(crate) trade_no: String,
    pub(crate) created_ms: i64,
    /// What the shop sent, as sent.
    pub(crate) asked: Fields,
    /// Whole dollars.
    pub(crate) amount: i64,
    pub(crate) offered: Vec<Method>,
    pub(crate) state: State,
    /// What has become of a card's authorisation since.
    pub(crate) settlement: Option<Settlement>,
    /// The card that waits for its one-time password.
    pub(crate) challenge: Option<Charge>,
    /// The code of the latest refused payment.
    pub(crate) refused: Option<String>,
    pub(crate) delivered: Vec<Delivered>,
    pub(crate) notices: Vec<u64>,
}

pub(crate) enum State {
    /// Nothing paid, no code issued.
    Open,
    /// A code was issued; it may be paid until it expires.
    Coded(Code),
    /// The customer has done everything; the gateway does not admit it yet.
    Settling {
        payment: Payment,
        told: Told,
    },
    Paid(Payment),
    /// Pay later was applied for and refused.
    BnplRefused,
}

/// What the customer is told while a payment settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Success,
    Awaiting,
}

/// Something to pay with, as chosen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Charge {
    pub(crate) method: Method,
    /// Bank, chain or wallet; empty where the method has none.
    pub(crate) sub: String,
    pub(crate) card: Option<TestCard>,
    /// Instalments, 0 for a single payment.
    pub(crate) stages: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Payment {
    pub(crate) at_ms: i64,
    pub(crate) charge: Charge,
    /// Numbers drawn when it happened, by field name of ECPay doc 5675.
    pub(crate) extra: Vec<(&'static str, String)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) method: Method,
    pub(crate) sub: String,
    pub(crate) expires_ms: i64,
    pub(crate) numbers: Numbers,
}

#[derive(Clone, Debug)]
pub(crate) enum Numbers {
    Account { bank_code: &'static str, account: String },
    StoreCode(String),
    Barcodes([String; 3]),
}

impl Order {
    pub(crate) fn asked(&self, name: &str) -> &str {
        self.asked.get(name).unwrap_or_default()
    }

    pub(crate) fn payment(&self) -> Option<&Payment> {
        match &self.state {
            State::Paid(payment) => Some(payment),
            State::Open | State::Coded(_) | State::Settling { .. } | State::BnplRefused => None,
        }
    }

    /// The number of a card's authorisation.
    pub(crate) fn gwsr(&self) -> Option<&str> {
        let extra = &self.payment()?.extra;
        extra.iter().find(|(name, _)| *name == "gwsr").map(|(_, value)| value.as_str())
    }

    /// `TradeStatus` of ECPay doc 2890 at this moment.
    pub(crate) fn trade_status(&self, options: &Options, now_ms: i64) -> String {
        let established =
            options.not_established_after_ms.is_none_or(|after_ms| now_ms < self.created_ms.saturating_add(after_ms));
        match &self.state {
            State::Paid(_) => "1".to_owned(),
            State::BnplRefused => "10200163".to_owned(),
            State::Coded(code) if code.expired(now_ms) => options.expired_code_status.clone(),
            State::Coded(_) | State::Settling { .. } => "0".to_owned(),
            State::Open if established => "0".to_owned(),
            State::Open => "10200095".to_owned(),
        }
    }

    /// `PaymentType`: how it was paid, or will be by the issued code; empty while nothing is chosen.
    pub(crate) fn payment_type(&self) -> String {
        match &self.state {
            State::Paid(payment) => payment.charge.payment_type(),
            State::Coded(code) => code.method.payment_type(&code.sub),
            State::Open | State::Settling { .. } | State::BnplRefused => String::new(),
        }
    }

    /// Terms of `CreditInstallment` the customer may choose.
    pub(crate) fn instalments(&self) -> Vec<i64> {
        const TERMS: [i64; 9] = [3, 5, 6, 8, 9, 10, 12, 18, 24];
        let asked = self.asked("CreditInstallment").split(',');
        asked.filter_map(|term| term.trim().parse().ok()).filter(|term| TERMS.contains(term)).collect()
    }
}

impl Charge {
    pub(crate) fn by(method: Method, sub: &str) -> Self {
        Self { method, sub: sub.to_owned(), card: None, stages: 0 }
    }

    pub(crate) fn payment_type(&self) -> String {
        self.method.payment_type(&self.sub)
    }
}

impl Code {
    pub(crate) fn expired(&self, now_ms: i64) -> bool {
        now_ms > self.expires_ms
    }
}
