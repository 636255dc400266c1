//! A gateway of a hundred lines: orders by number, money that moves once, and everything it says about them, signed as
//! the real one signs. It has no faults of its own; what goes wrong on the way is the [`super::world`]'s doing.

use std::collections::BTreeMap;

use ecpay::{Fields, Merchant, TaipeiTime, sign, verify};
use till::payment::Method;

use super::cards::Cards;

/// Hours in which an order can be paid on the spot after its page was submitted.
const PAYABLE_MS: i64 = 12 * 3_600_000;

#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) merchant: Merchant,
    pub(crate) orders: BTreeMap<String, Order>,
    pub(crate) cards: Cards,
}

#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) number: String,
    pub(crate) amount: u32,
    pub(crate) method: Method,
    /// The name of the doors its messages go to.
    pub(crate) token: String,
    /// Whether the browser is sent back with the result.
    pub(crate) returns: bool,
    pub(crate) state: State,
    /// The form it was made from: the same number may not come with another.
    form: Fields,
    made: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Submitted,
    Declined,
    /// The bank has not made up its mind.
    Pending,
    /// A code that can be paid until then.
    Code {
        deadline: i64,
    },
    /// Money moved; queries know from `known` on.
    Paid {
        at: i64,
        known: i64,
    },
}

/// What came of submitting a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Submitted {
    New,
    /// The number is there already: the customer sees an error.
    Taken,
    /// The number is there already, for something else. A till must never do that.
    TakenByAnother,
    /// The signature is wrong.
    Refused,
}

impl Gateway {
    pub(crate) fn new(merchant: Merchant) -> Self {
        Self { cards: Cards::new(merchant.clone()), merchant, orders: BTreeMap::new() }
    }

    pub(crate) fn submit(&mut self, form: &Fields, method: Method, t: i64) -> Submitted {
        if verify(&self.merchant, form).is_err() {
            return Submitted::Refused;
        }
        let text = |name| form.get(name).unwrap_or_default().to_owned();
        let number = text("MerchantTradeNo");
        if let Some(known) = self.orders.get(&number) {
            return if known.form == *form { Submitted::Taken } else { Submitted::TakenByAnother };
        }
        let token = text("ReturnURL").rsplit('/').next().unwrap_or_default().to_owned();
        let order = Order {
            number: number.clone(),
            amount: text("TotalAmount").parse().expect("the form has an amount"),
            method,
            token,
            returns: form.filled("OrderResultURL").is_some(),
            state: State::Submitted,
            form: form.clone(),
            made: t,
        };
        self.orders.insert(number, order);
        Submitted::New
    }

    /// Orders a customer can still pay at `t`.
    pub(crate) fn payable(&self, t: i64) -> Vec<String> {
        let open = |order: &&Order| match order.state {
            State::Submitted | State::Declined => t < order.made + PAYABLE_MS,
            State::Code { deadline } => t < deadline,
            State::Pending | State::Paid { .. } => false,
        };
        self.orders.values().filter(open).map(|order| order.number.clone()).collect()
    }

    /// Money moves for this order; queries know from `known` on.
    pub(crate) fn paid(&mut self, number: &str, at: i64, known: i64) {
        let Some(order) = self.orders.get_mut(number) else { return };
        order.state = State::Paid { at, known };
        if payment_type(order.method).starts_with("Credit") || order.method == Method::ApplePay {
            self.cards.charged(number, order.trade_no(), i64::from(order.amount), at);
        }
    }

    /// What has moved for this number.
    pub(crate) fn moved(&self, number: &str) -> i64 {
        self.orders.get(number).filter(|order| order.is_paid()).map_or(0, |order| i64::from(order.amount))
    }

    /// The answer to a question, byte for byte.
    pub(crate) fn answer(&self, number: &str, t: i64) -> Vec<u8> {
        let mut fields = Fields::new();
        let Some(order) = self.orders.get(number) else {
            fields.push("MerchantID", "");
            fields.push("MerchantTradeNo", "");
            fields.push("TradeStatus", "10200047");
            sign(&self.merchant, &mut fields);
            return fields.to_raw().into_bytes();
        };
        let (status, paid_at) = match order.state {
            State::Paid { at, known } if t >= known => ("1", Some(at)),
            State::Declined => ("10200095", None),
            State::Paid { .. } | State::Submitted | State::Pending | State::Code { .. } => ("0", None),
        };
        fields.push("MerchantID", self.merchant.id.as_str());
        fields.push("MerchantTradeNo", number);
        fields.push("TradeNo", order.trade_no());
        fields.push("TradeAmt", order.amount.to_string());
        fields.push("PaymentDate", paid_at.map_or_else(String::new, wall));
        fields.push("PaymentType", payment_type(order.method));
        fields.push("TradeDate", wall(order.made));
        fields.push("TradeStatus", status);
        sign(&self.merchant, &mut fields);
        fields.to_raw().into_bytes()
    }

    /// A payment's notice, with whatever is to be said about it.
    pub(crate) fn notice(&self, number: &str, says: &Says) -> Vec<u8> {
        let order = self.orders.get(number);
        let amount = order.map_or(1, |order| order.amount);
        let mut fields = Fields::new();
        let merchant = if says.other_merchant { "9999999" } else { self.merchant.id.as_str() };
        fields.push("MerchantID", merchant);
        fields.push("MerchantTradeNo", number);
        fields.push("RtnCode", says.code);
        fields.push("RtnMsg", "模擬");
        fields.push("TradeNo", order.map_or_else(|| "26010100000000".to_owned(), Order::trade_no));
        fields.push("TradeAmt", says.amount.unwrap_or(amount).to_string());
        fields.push("PaymentType", order.map_or("Credit_CreditCard", |order| payment_type(order.method)));
        fields.push("TradeDate", wall(order.map_or(says.at, |order| order.made)));
        if let State::Code { deadline } = order.map_or(State::Submitted, |order| order.state)
            && (says.code == "2" || says.code == "10100073")
        {
            fields.push("ExpireDate", wall(deadline));
            match order.map(|order| order.method) {
                Some(Method::Atm) => {
                    fields.push("BankCode", "118");
                    fields.push("vAccount", "9103522175887271");
                }
                Some(Method::Barcode) => {
                    fields.push("Barcode1", "1501136EA");
                    fields.push("Barcode2", "3453010000000001");
                    fields.push("Barcode3", "110100000000100");
                }
                _ => fields.push("PaymentNo", "LLL25334567890"),
            }
        } else {
            fields.push("PaymentDate", wall(says.at));
            fields.push("PaymentTypeChargeFee", "1.5");
            fields.push("SimulatePaid", if says.simulated { "1" } else { "0" });
        }
        sign(&self.merchant, &mut fields);
        if says.forged {
            let mac = fields.remove("CheckMacValue").unwrap_or_default();
            fields.push("CheckMacValue", mac.chars().rev().collect::<String>());
        }
        fields.to_form().into_bytes()
    }
}

/// What a notice says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Says {
    pub(crate) code: &'static str,
    /// Instead of the order's own.
    pub(crate) amount: Option<u32>,
    pub(crate) simulated: bool,
    pub(crate) forged: bool,
    pub(crate) other_merchant: bool,
    pub(crate) at: i64,
}

impl Says {
    pub(crate) fn code(code: &'static str, at: i64) -> Self {
        Self { code, amount: None, simulated: false, forged: false, other_merchant: false, at }
    }
}

impl Order {
    pub(crate) fn is_paid(&self) -> bool {
        matches!(self.state, State::Paid { .. })
    }

    fn trade_no(&self) -> String {
        let digits: String = self.number.bytes().map(|byte| char::from(b'0' + byte % 10)).collect();
        digits.chars().take(16).collect()
    }
}

fn wall(t: i64) -> String {
    TaipeiTime::from_unix(t.div_euclid(1000)).expect("a moment of this era").to_string()
}

fn payment_type(method: Method) -> &'static str {
    match method {
        Method::All | Method::Credit => "Credit_CreditCard",
        Method::Twqr => "TWQR_OPAY",
        Method::ApplePay => "ApplePay",
        Method::WebAtm => "WebATM_BOT",
        Method::Atm => "ATM_CHINATRUST",
        Method::Cvs => "CVS_IBON",
        Method::Barcode => "BARCODE_BARCODE",
        Method::Bnpl => "BNPL_ZINGALA",
        Method::Weixin => "WeiXin",
        Method::DigitalPayment => "DigitalPayment_iPASS",
    }
}
