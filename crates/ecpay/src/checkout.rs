//! AioCheckOut: the signed form that opens ECPay's cashier page for one order (doc 2864).
//!
//! The same order, choice and merchant always give the same form, byte for byte: it can be written down before it is
//! shown, and shown again after a restart. The gateway takes each order number once.

mod choice;
mod rules;

pub use choice::{
    AllMethods, AtmBank, AtmCode, BarcodeCode, Bnpl, Card, Choice, CodeUrls, CvsChain, CvsCode, Lender, UnionPay,
    Wallet, WebAtmBank,
};
pub use rules::{CheckoutError, TextFault, UrlFault};

use crate::fields::Fields;
use crate::hosts::Gateway;
use crate::keys::Merchant;
use crate::mac;
use crate::text::{ItemName, TradeDesc};
use crate::time::TaipeiTime;
use crate::trade::{Amount, MerchantTradeNo};

use rules::{Reach, text, url};

/// What every order has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// A number that was never used before.
    pub number: MerchantTradeNo,
    /// How much to collect.
    pub amount: Amount,
    /// Now, when the order is made.
    pub placed_at: TaipeiTime,
    /// What is bought, as shown on the page.
    pub item_name: ItemName,
    /// A description for ECPay's books.
    pub trade_desc: TradeDesc,
    /// ReturnURL: where ECPay's server reports the payment.
    pub return_url: String,
}

/// The language of ECPay's page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// Traditional Chinese: the field is left out.
    #[default]
    Chinese,
    /// English.
    English,
    /// Korean.
    Korean,
    /// Japanese.
    Japanese,
    /// Simplified Chinese.
    SimplifiedChinese,
}

/// An order with its options, not yet signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AioCheckOut {
    order: Order,
    choice: Choice,
    store_id: Option<String>,
    client_back_url: Option<String>,
    order_result_url: Option<String>,
    extra_paid_info: bool,
    language: Language,
    custom_fields: [Option<String>; 4],
}

/// The signed form. Nothing in it may be changed; every value is HTML-escaped where it becomes a hidden input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutForm {
    /// Where the customer's browser posts it.
    pub action: String,
    /// The fields, CheckMacValue last.
    pub fields: Fields,
}

impl AioCheckOut {
    /// An order without options.
    #[must_use]
    pub fn new(order: Order, choice: Choice) -> Self {
        Self {
            order,
            choice,
            store_id: None,
            client_back_url: None,
            order_result_url: None,
            extra_paid_info: false,
            language: Language::default(),
            custom_fields: [const { None }; 4],
        }
    }

    /// StoreID: the till or branch, at most 10 letters, digits, `-` and `_`. Comes back in notices and replies.
    #[must_use]
    pub fn store_id(mut self, id: impl Into<String>) -> Self {
        self.store_id = Some(id.into());
        self
    }

    /// ClientBackURL: a "back to the shop" button. Has no effect together with a ClientRedirectURL.
    #[must_use]
    pub fn client_back_url(mut self, url: impl Into<String>) -> Self {
        self.client_back_url = Some(url.into());
        self
    }

    /// OrderResultURL: where the customer's browser posts the result. Not for ATM, CVS, BARCODE and UnionPay alone.
    #[must_use]
    pub fn order_result_url(mut self, url: impl Into<String>) -> Self {
        self.order_result_url = Some(url.into());
        self
    }

    /// NeedExtraPaidInfo: card digits, bank, wallet number and the like come with the payment notice.
    #[must_use]
    pub fn with_extra_paid_info(mut self) -> Self {
        self.extra_paid_info = true;
        self
    }

    /// The language of ECPay's page.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// CustomField1 to CustomField4, at most 50 characters each, echoed in notices and replies.
    #[must_use]
    pub fn custom_fields(mut self, values: [Option<String>; 4]) -> Self {
        self.custom_fields = values;
        self
    }

    /// Checks every rule and signs.
    ///
    /// # Errors
    /// [`CheckoutError`] names the first rule that is broken.
    pub fn sign(&self, merchant: &Merchant, gateway: &Gateway) -> Result<CheckoutForm, CheckoutError> {
        let reach = Reach::of(gateway);
        let order = &self.order;
        url("ReturnURL", &order.return_url, reach)?;
        self.check_order_result_url()?;

        let mut fields = Fields::new();
        fields.push("MerchantID", merchant.id.as_str());
        fields.push("MerchantTradeNo", order.number.as_str());
        fields.push("MerchantTradeDate", order.placed_at.to_string());
        fields.push("PaymentType", "aio");
        fields.push("TotalAmount", order.amount.to_string());
        fields.push("TradeDesc", order.trade_desc.text.as_str());
        fields.push("ItemName", order.item_name.text.as_str());
        fields.push("ReturnURL", order.return_url.as_str());
        fields.push("ChoosePayment", self.choice.method().wire_name());
        fields.push("EncryptType", "1");
        if let Some(id) = &self.store_id {
            rules::store_id(id)?;
            fields.push("StoreID", id.as_str());
        }
        for (name, value) in [("ClientBackURL", &self.client_back_url), ("OrderResultURL", &self.order_result_url)] {
            if let Some(value) = value {
                url(name, value, Reach::Browser)?;
                fields.push(name, value.as_str());
            }
        }
        if self.extra_paid_info {
            fields.push("NeedExtraPaidInfo", "Y");
        }
        if let Some(code) = self.language.code() {
            fields.push("Language", code);
        }
        let names = ["CustomField1", "CustomField2", "CustomField3", "CustomField4"];
        for (name, value) in names.into_iter().zip(&self.custom_fields) {
            if let Some(value) = value {
                text(name, value, 50)?;
                fields.push(name, value.as_str());
            }
        }
        self.choice.push_fields(&mut fields, reach)?;
        mac::sign(merchant, &mut fields);
        Ok(CheckoutForm { action: gateway.aio_check_out(), fields })
    }

    fn check_order_result_url(&self) -> Result<(), CheckoutError> {
        match &self.order_result_url {
            Some(url) if *url == self.order.return_url => Err(CheckoutError::SameUrl),
            Some(_) if !self.choice.allows_order_result_url() => {
                Err(CheckoutError::OrderResultUrlNotAllowed { method: self.choice.method() })
            }
            _ => Ok(()),
        }
    }
}

impl Language {
    /// The value of the Language field, if it is sent at all.
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Chinese => None,
            Self::English => Some("ENG"),
            Self::Korean => Some("KOR"),
            Self::Japanese => Some("JPN"),
            Self::SimplifiedChinese => Some("CHI"),
        }
    }
}
