//! What the customer is offered, with the fields that belong to that method alone.

use std::num::NonZeroU8;

use crate::fields::Fields;
use crate::trade::PaymentMethod;

use super::rules::{CheckoutError, Reach, text, url, within};

/// ChoosePayment with its own fields. `Choice::from(method)` gives a method without options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The customer chooses among what the merchant has (doc 2864).
    All(AllMethods),
    /// Card (docs 2866 and 2870).
    Credit(Card),
    /// TWQR wallet (doc 36991).
    Twqr,
    /// Apple Pay (doc 7328).
    ApplePay,
    /// Bank card in a reader (doc 11031), at one bank or any.
    WebAtm(Option<WebAtmBank>),
    /// Account to transfer to (doc 2872).
    Atm(AtmCode),
    /// Convenience-store code (doc 2874).
    Cvs(CvsCode),
    /// Convenience-store barcodes (doc 2876).
    Barcode(BarcodeCode),
    /// Pay later (doc 36659).
    Bnpl(Bnpl),
    /// WeChat Pay (doc 56448).
    WeiXin,
    /// Electronic wallet (doc 5679), one or any.
    DigitalPayment(Option<Wallet>),
}

/// Options when the customer chooses. There is none for the life of store codes: the field counts minutes for a code
/// and days for barcodes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllMethods {
    /// Methods to hide.
    pub ignore: Vec<PaymentMethod>,
    /// How UnionPay is offered.
    pub union_pay: UnionPay,
    /// Days an ATM account lives, 1 to 60; 3 if not given.
    pub atm_expire_days: Option<u32>,
    /// Where an issued code is reported.
    pub urls: CodeUrls,
}

/// Options of a card payment. One excludes the other: points and UnionPay know no instalments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Card {
    /// All at once.
    Once {
        /// Whether bonus points are used.
        redeem: bool,
        /// How UnionPay is offered.
        union_pay: UnionPay,
    },
    /// The customer picks one of these numbers of instalments.
    Instalments(Vec<NonZeroU8>),
    /// The 30-period product (圓夢彈性分期).
    ThirtyInstalments,
}

/// How UnionPay is offered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum UnionPay {
    /// The customer may choose it: the field is left out.
    #[default]
    Offered,
    /// Nothing else is offered.
    Only,
    /// It is not offered.
    Hidden,
}

/// Where an issued code is reported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeUrls {
    /// PaymentInfoURL: for ECPay's server.
    pub payment_info: Option<String>,
    /// ClientRedirectURL: for the customer's browser. Takes the effect of a ClientBackURL away.
    pub client_redirect: Option<String>,
}

/// Options of an ATM account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AtmCode {
    /// The bank, or the customer's choice.
    pub bank: Option<AtmBank>,
    /// Days it lives, 1 to 60; 3 if not given. It ends with the last second of the last day.
    pub expire_days: Option<u32>,
    /// Where it is reported.
    pub urls: CodeUrls,
}

/// Options of a convenience-store code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CvsCode {
    /// The chain, or any.
    pub chain: Option<CvsChain>,
    /// **Minutes** it lives, 1 to 43200 (30 days); 10080 if not given.
    pub expire_minutes: Option<u32>,
    /// Up to four lines of 20 characters on the kiosk's screen.
    pub descriptions: Vec<String>,
    /// Where it is reported.
    pub urls: CodeUrls,
}

/// Options of convenience-store barcodes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BarcodeCode {
    /// **Days** they live, 1 to 30; 7 if not given.
    pub expire_days: Option<u32>,
    /// Up to four lines of 20 characters.
    pub descriptions: Vec<String>,
    /// Where they are reported.
    pub urls: CodeUrls,
}

/// Who lends the money in a pay-later order, and where its application is reported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bnpl {
    /// The lender, or the customer's choice.
    pub lender: Option<Lender>,
    /// PaymentInfoURL: for ECPay's server.
    pub payment_info_url: Option<String>,
}

macro_rules! sub_payments {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $wire:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$case_doc])* $case,)*
        }

        impl $name {
            /// The value of ChooseSubPayment.
            #[must_use]
            pub fn wire_name(self) -> &'static str {
                match self {
                    $(Self::$case => $wire,)*
                }
            }
        }
    };
}

sub_payments! {
    /// Banks that issue accounts.
    AtmBank {
        /// 台灣銀行 (004).
        Bot = "BOT",
        /// 中國信託 (822).
        Chinatrust = "CHINATRUST",
        /// 第一銀行 (007).
        First = "FIRST",
        /// 土地銀行 (005).
        Land = "LAND",
        /// 國泰世華 (013).
        Cathay = "CATHAY",
        /// 板信銀行 (118).
        Panhsin = "PANHSIN",
    }
}

sub_payments! {
    /// Banks for a card in a reader.
    WebAtmBank {
        /// 台灣銀行.
        Bot = "BOT",
        /// 中國信託.
        Chinatrust = "CHINATRUST",
        /// 第一銀行.
        First = "FIRST",
        /// 土地銀行.
        Land = "LAND",
    }
}

sub_payments! {
    /// Convenience-store chains.
    CvsChain {
        /// Any of them.
        Any = "CVS",
        /// OK 超商.
        Ok = "OK",
        /// 全家.
        Family = "FAMILY",
        /// 萊爾富.
        HiLife = "HILIFE",
        /// 7-ELEVEN ibon.
        Ibon = "IBON",
    }
}

sub_payments! {
    /// Lenders of a pay-later order.
    Lender {
        /// 裕富.
        Urich = "URICH",
        /// 中租零卡.
        Zingala = "ZINGALA",
    }
}

sub_payments! {
    /// Electronic wallets.
    Wallet {
        /// 街口支付.
        Jkopay = "Jkopay",
        /// iPASS MONEY.
        Ipass = "iPASS",
    }
}

impl Default for Card {
    fn default() -> Self {
        Self::Once { redeem: false, union_pay: UnionPay::default() }
    }
}

impl From<PaymentMethod> for Choice {
    fn from(method: PaymentMethod) -> Self {
        match method {
            PaymentMethod::All => Self::All(AllMethods::default()),
            PaymentMethod::Credit => Self::Credit(Card::default()),
            PaymentMethod::Twqr => Self::Twqr,
            PaymentMethod::ApplePay => Self::ApplePay,
            PaymentMethod::WebAtm => Self::WebAtm(None),
            PaymentMethod::Atm => Self::Atm(AtmCode::default()),
            PaymentMethod::Cvs => Self::Cvs(CvsCode::default()),
            PaymentMethod::Barcode => Self::Barcode(BarcodeCode::default()),
            PaymentMethod::Bnpl => Self::Bnpl(Bnpl::default()),
            PaymentMethod::WeiXin => Self::WeiXin,
            PaymentMethod::DigitalPayment => Self::DigitalPayment(None),
        }
    }
}

impl Choice {
    /// The method without its options.
    #[must_use]
    pub fn method(&self) -> PaymentMethod {
        match self {
            Self::All(_) => PaymentMethod::All,
            Self::Credit(_) => PaymentMethod::Credit,
            Self::Twqr => PaymentMethod::Twqr,
            Self::ApplePay => PaymentMethod::ApplePay,
            Self::WebAtm(_) => PaymentMethod::WebAtm,
            Self::Atm(_) => PaymentMethod::Atm,
            Self::Cvs(_) => PaymentMethod::Cvs,
            Self::Barcode(_) => PaymentMethod::Barcode,
            Self::Bnpl(_) => PaymentMethod::Bnpl,
            Self::WeiXin => PaymentMethod::WeiXin,
            Self::DigitalPayment(_) => PaymentMethod::DigitalPayment,
        }
    }

    /// Whether the customer's browser brings a result back (doc 2864).
    #[must_use]
    pub fn allows_order_result_url(&self) -> bool {
        let union_pay_alone = matches!(
            self,
            Self::Credit(Card::Once { union_pay: UnionPay::Only, .. })
                | Self::All(AllMethods { union_pay: UnionPay::Only, .. })
        );
        !self.method().issues_code() && !union_pay_alone
    }

    pub(super) fn push_fields(&self, fields: &mut Fields, reach: Reach) -> Result<(), CheckoutError> {
        match self {
            Self::All(all) => all.push_fields(fields, reach),
            Self::Credit(card) => card.push_fields(fields),
            Self::Atm(code) => code.push_fields(fields, reach),
            Self::Cvs(code) => code.push_fields(fields, reach),
            Self::Barcode(code) => code.push_fields(fields, reach),
            Self::Bnpl(bnpl) => bnpl.push_fields(fields, reach),
            Self::WebAtm(bank) => {
                push_sub(fields, bank.map(WebAtmBank::wire_name));
                Ok(())
            }
            Self::DigitalPayment(wallet) => {
                push_sub(fields, wallet.map(Wallet::wire_name));
                Ok(())
            }
            Self::Twqr | Self::ApplePay | Self::WeiXin => Ok(()),
        }
    }
}

impl AllMethods {
    fn push_fields(&self, fields: &mut Fields, reach: Reach) -> Result<(), CheckoutError> {
        if self.ignore.contains(&PaymentMethod::All) {
            return Err(CheckoutError::IgnoreAll);
        }
        // In the order of the table, each once: the form depends on what is hidden, not on how it was listed.
        let single = || PaymentMethod::EVERY.into_iter().filter(|method| *method != PaymentMethod::All);
        let hidden: Vec<&str> =
            single().filter(|method| self.ignore.contains(method)).map(PaymentMethod::wire_name).collect();
        if hidden.len() == single().count() {
            return Err(CheckoutError::NothingLeft);
        }
        if !hidden.is_empty() {
            fields.push("IgnorePayment", hidden.join("#"));
        }
        push_union_pay(fields, self.union_pay);
        push_number(fields, "ExpireDate", self.atm_expire_days, 1..=60)?;
        self.urls.push_fields(fields, reach)
    }
}

impl Card {
    fn push_fields(&self, fields: &mut Fields) -> Result<(), CheckoutError> {
        match self {
            Self::Once { redeem, union_pay } => {
                if *redeem {
                    fields.push("Redeem", "Y");
                }
                push_union_pay(fields, *union_pay);
            }
            Self::Instalments(numbers) => {
                // 5, 8, 9 and 10 are for gateway merchants (doc 2870).
                const OFFERED: [u8; 9] = [3, 5, 6, 8, 9, 10, 12, 18, 24];
                let text: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                let text = text.join(",");
                let known = numbers.iter().all(|number| OFFERED.contains(&number.get()));
                if numbers.is_empty() || !known || text.len() > 20 {
                    return Err(CheckoutError::Instalments);
                }
                fields.push("CreditInstallment", text);
            }
            Self::ThirtyInstalments => fields.push("CreditInstallment", "30N"),
        }
        Ok(())
    }
}

impl AtmCode {
    fn push_fields(&self, fields: &mut Fields, reach: Reach) -> Result<(), CheckoutError> {
        push_sub(fields, self.bank.map(AtmBank::wire_name));
        push_number(fields, "ExpireDate", self.expire_days, 1..=60)?;
        self.urls.push_fields(fields, reach)
    }
}

impl CvsCode {
    fn push_fields(&self, fields: &mut Fields, reach: Reach) -> Result<(), CheckoutError> {
        push_sub(fields, self.chain.map(CvsChain::wire_name));
        push_number(fields, "StoreExpireDate", self.expire_minutes, 1..=43_200)?;
        push_descriptions(fields, &self.descriptions)?;
        self.urls.push_fields(fields, reach)
    }
}

impl BarcodeCode {
    fn push_fields(&self, fields: &mut Fields, reach: Reach) -> Result<(), CheckoutError> {
        push_number(fields, "StoreExpireDate", self.expire_days, 1..=30)?;
        push_descriptions(fields, &self.descriptions)?;
        self.urls.push_fields(fields, reach)
    }
}

impl Bnpl {
    fn push_fields(&self, fields: &mut Fields, reach: Reach) -> Result<(), CheckoutError> {
        push_sub(fields, self.lender.map(Lender::wire_name));
        let urls = CodeUrls { payment_info: self.payment_info_url.clone(), client_redirect: None };
        urls.push_fields(fields, reach)
    }
}

impl CodeUrls {
    fn push_fields(&self, fields: &mut Fields, reach: Reach) -> Result<(), CheckoutError> {
        let each = [
            ("PaymentInfoURL", &self.payment_info, reach),
            ("ClientRedirectURL", &self.client_redirect, Reach::Browser),
        ];
        for (name, value, reach) in each {
            if let Some(value) = value {
                url(name, value, reach)?;
                fields.push(name, value.as_str());
            }
        }
        Ok(())
    }
}

fn push_sub(fields: &mut Fields, sub: Option<&'static str>) {
    if let Some(sub) = sub {
        fields.push("ChooseSubPayment", sub);
    }
}

fn push_union_pay(fields: &mut Fields, union_pay: UnionPay) {
    match union_pay {
        UnionPay::Offered => {}
        UnionPay::Only => fields.push("UnionPay", "1"),
        UnionPay::Hidden => fields.push("UnionPay", "2"),
    }
}

fn push_number(
    fields: &mut Fields,
    name: &'static str,
    number: Option<u32>,
    range: std::ops::RangeInclusive<u32>,
) -> Result<(), CheckoutError> {
    if let Some(number) = number {
        within(name, number, range)?;
        fields.push(name, number.to_string());
    }
    Ok(())
}

fn push_descriptions(fields: &mut Fields, lines: &[String]) -> Result<(), CheckoutError> {
    let names = ["Desc_1", "Desc_2", "Desc_3", "Desc_4"];
    if lines.len() > names.len() {
        return Err(CheckoutError::TooManyDescriptions);
    }
    for (name, line) in names.into_iter().zip(lines) {
        text(name, line, 20)?;
        fields.push(name, line.as_str());
    }
    Ok(())
}
