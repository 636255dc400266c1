//! Where each API lives: stage, production, or one base URL for a simulator.

use std::fmt;

/// Which of ECPay's two worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Environment {
    /// Test: no money moves.
    Stage,
    /// Real money.
    Production,
}

/// The APIs that a till uses: forms with a CheckMacValue, and those of `ecpayment` with an AES envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Api {
    /// The cashier page of one order (doc 2864). Posted by the customer's browser.
    AioCheckOut,
    /// The state of one order (doc 2890).
    QueryTradeInfo,
    /// The code that was issued for one order (doc 5615).
    QueryPaymentInfo,
    /// Capture, refund, release of a card payment, as a form (doc 2885). Production only.
    DoAction,
    /// The stage of a card payment, as a form (doc 2894). Production only.
    QueryCard,
    /// Capture, refund, release of a card payment, in an envelope (doc 45919). Production only.
    SealedDoAction,
    /// The stage of a card payment, in an envelope (doc 45925).
    SealedQueryCard,
    /// The merchant's reconciliation file (doc 2896).
    TradeNoAio,
    /// What was paid out of card payments (doc 2898). Production only.
    FundingRecon,
}

impl Api {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::AioCheckOut,
        Self::QueryTradeInfo,
        Self::QueryPaymentInfo,
        Self::DoAction,
        Self::QueryCard,
        Self::SealedDoAction,
        Self::SealedQueryCard,
        Self::TradeNoAio,
        Self::FundingRecon,
    ];

    /// The path, with its version: the unversioned AIO path expects MD5.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::AioCheckOut => "/Cashier/AioCheckOut/V5",
            Self::QueryTradeInfo => "/Cashier/QueryTradeInfo/V5",
            Self::QueryPaymentInfo => "/Cashier/QueryPaymentInfo",
            Self::DoAction => "/CreditDetail/DoAction",
            Self::QueryCard => "/CreditDetail/QueryTrade/V2",
            Self::SealedDoAction => "/1.0.0/Credit/DoAction",
            Self::SealedQueryCard => "/1.0.0/CreditDetail/QueryTrade",
            Self::TradeNoAio => "/PaymentMedia/TradeNoAio",
            Self::FundingRecon => "/CreditDetail/FundingReconDetail",
        }
    }

    /// The host: a wrong one answers 404 (doc 2858).
    #[must_use]
    pub fn host(self, environment: Environment) -> &'static str {
        match (self, environment) {
            (Self::TradeNoAio, Environment::Stage) => "vendor-stage.ecpay.com.tw",
            (Self::TradeNoAio, Environment::Production) => "vendor.ecpay.com.tw",
            (Self::SealedDoAction | Self::SealedQueryCard, Environment::Stage) => "ecpayment-stage.ecpay.com.tw",
            (Self::SealedDoAction | Self::SealedQueryCard, Environment::Production) => "ecpayment.ecpay.com.tw",
            (_, Environment::Stage) => "payment-stage.ecpay.com.tw",
            (_, Environment::Production) => "payment.ecpay.com.tw",
        }
    }
}

/// The set of endpoints one merchant talks to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway(Place);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Ecpay(Environment),
    At(String),
}

/// A base URL that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a gateway address is http:// or https:// with a host, and no path, query or user")]
pub struct GatewayError;

impl Gateway {
    /// ECPay itself.
    #[must_use]
    pub fn of(environment: Environment) -> Self {
        Self(Place::Ecpay(environment))
    }

    /// Something that answers like ECPay on one address, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// [`GatewayError`] when the text is not scheme, host and perhaps port.
    pub fn at(base_url: &str) -> Result<Self, GatewayError> {
        let base = base_url.strip_suffix('/').unwrap_or(base_url);
        let rest = base.strip_prefix("http://").or_else(|| base.strip_prefix("https://")).ok_or(GatewayError)?;
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b".-:[]".contains(&b);
        if rest.is_empty() || rest.starts_with(':') || !rest.bytes().all(allowed) {
            return Err(GatewayError);
        }
        Ok(Self(Place::At(base.to_owned())))
    }

    /// ECPay's environment, or `None` for an address of our own.
    #[must_use]
    pub fn environment(&self) -> Option<Environment> {
        match self.0 {
            Place::Ecpay(environment) => Some(environment),
            Place::At(_) => None,
        }
    }

    /// Whether real money can move here.
    #[must_use]
    pub fn is_production(&self) -> bool {
        self.environment() == Some(Environment::Production)
    }

    /// The full URL of an API.
    #[must_use]
    pub fn url(&self, api: Api) -> String {
        match &self.0 {
            Place::Ecpay(environment) => format!("https://{}{}", api.host(*environment), api.path()),
            Place::At(base) => format!("{base}{}", api.path()),
        }
    }

    /// Where the customer's browser posts the order.
    #[must_use]
    pub fn aio_check_out(&self) -> String {
        self.url(Api::AioCheckOut)
    }

    /// Where the state of an order is asked for.
    #[must_use]
    pub fn query_trade_info(&self) -> String {
        self.url(Api::QueryTradeInfo)
    }

    /// Where an issued code is asked for.
    #[must_use]
    pub fn query_payment_info(&self) -> String {
        self.url(Api::QueryPaymentInfo)
    }
}

impl fmt::Display for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::Ecpay(Environment::Stage) => f.write_str("ECPay stage"),
            Place::Ecpay(Environment::Production) => f.write_str("ECPay production"),
            Place::At(base) => f.write_str(base),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_addresses() {
        let stage = Gateway::of(Environment::Stage);
        assert_eq!(stage.aio_check_out(), "https://payment-stage.ecpay.com.tw/Cashier/AioCheckOut/V5");
        assert_eq!(stage.query_payment_info(), "https://payment-stage.ecpay.com.tw/Cashier/QueryPaymentInfo");
        let real = Gateway::of(Environment::Production);
        assert_eq!(real.query_trade_info(), "https://payment.ecpay.com.tw/Cashier/QueryTradeInfo/V5");
        assert_eq!(real.url(Api::TradeNoAio), "https://vendor.ecpay.com.tw/PaymentMedia/TradeNoAio");
        assert!(real.is_production() && !stage.is_production());
        for (api, path) in [
            (Api::DoAction, "payment.ecpay.com.tw/CreditDetail/DoAction"),
            (Api::QueryCard, "payment.ecpay.com.tw/CreditDetail/QueryTrade/V2"),
            (Api::SealedDoAction, "ecpayment.ecpay.com.tw/1.0.0/Credit/DoAction"),
            (Api::SealedQueryCard, "ecpayment.ecpay.com.tw/1.0.0/CreditDetail/QueryTrade"),
        ] {
            assert_eq!(real.url(api), format!("https://{path}"));
        }
        assert_eq!(
            stage.url(Api::SealedQueryCard),
            "https://ecpayment-stage.ecpay.com.tw/1.0.0/CreditDetail/QueryTrade"
        );
    }

    #[test]
    fn a_simulator_serves_every_api_on_one_address() {
        let local = Gateway::at("http://127.0.0.1:8123/").unwrap();
        assert_eq!(local.aio_check_out(), "http://127.0.0.1:8123/Cashier/AioCheckOut/V5");
        assert_eq!(local.environment(), None);
        let urls: std::collections::BTreeSet<_> = Api::ALL.into_iter().map(|api| local.url(api)).collect();
        assert_eq!(urls.len(), Api::ALL.len(), "one address tells every API from the others");
        assert_eq!(local.url(Api::SealedDoAction), "http://127.0.0.1:8123/1.0.0/Credit/DoAction");
        assert!(Gateway::at("http://[::1]:9").is_ok());
    }

    #[test]
    fn an_address_with_anything_more_is_refused() {
        for bad in [
            "",
            "127.0.0.1",
            "ftp://a",
            "http://",
            "http://a/b",
            "http://a?b",
            "http://u@a",
            "http://a b",
            "http://:80",
        ] {
            assert_eq!(Gateway::at(bad), Err(GatewayError), "{bad:?}");
        }
    }
}
