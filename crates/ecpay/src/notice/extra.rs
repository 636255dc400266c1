//! The fields that an order's NeedExtraPaidInfo adds to its payment notice (doc 5675).

use std::fmt;

use crate::fields::Fields;
use crate::time::TaipeiTime;
use crate::trade::Amount;

/// What a field can hold; `None` when it is illegible.
trait Read: Sized {
    fn read(text: &str) -> Option<Self>;
}

impl Read for String {
    fn read(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Read for u32 {
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Read for Amount {
    fn read(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }
}

impl Read for TaipeiTime {
    fn read(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }
}

macro_rules! extra_fields {
    ($($(#[$doc:meta])* $name:ident: $kind:ty = $wire:literal,)*) => {
        /// How the money came, beyond what every payment notice says. All of it is optional: the gateway leaves
        /// blank what does not apply. `Debug` names what is there without showing it, for it holds card data.
        #[derive(Clone, Default, PartialEq, Eq)]
        pub struct ExtraPaidInfo {
            $($(#[$doc])* pub $name: Option<$kind>,)*
        }

        impl ExtraPaidInfo {
            pub(super) fn read(fields: &Fields) -> Self {
                Self { $($name: fields.filled($wire).and_then(Read::read),)* }
            }

            fn present(&self) -> impl Iterator<Item = &'static str> {
                [$((stringify!($name), self.$name.is_some()),)*]
                    .into_iter()
                    .filter_map(|(name, present)| present.then_some(name))
            }
        }
    };
}

extra_fields! {
    /// Card: number of the authorisation; needed to look it up.
    gwsr: String = "gwsr",
    /// Card: when it was authorised.
    process_date: TaipeiTime = "process_date",
    /// Card: the bank's approval code.
    auth_code: String = "auth_code",
    /// Card: authorised dollars.
    amount: Amount = "amount",
    /// Card: last four digits.
    card4no: String = "card4no",
    /// Card: first six digits.
    card6no: String = "card6no",
    /// Card: `5`, `6`, `2` and `1` mean 3-D Secure.
    eci: u32 = "eci",
    /// Instalments: how many.
    stage: u32 = "stage",
    /// Instalments: dollars of the first.
    stast: u32 = "stast",
    /// Instalments: dollars of each further one.
    staed: u32 = "staed",
    /// Points: how many were used.
    red_dan: u32 = "red_dan",
    /// Points: dollars they saved.
    red_de_amt: u32 = "red_de_amt",
    /// Points: dollars charged all the same.
    red_ok_amt: u32 = "red_ok_amt",
    /// Points: how many are left.
    red_yet: u32 = "red_yet",
    /// ATM: the payer's bank.
    atm_acc_bank: String = "ATMAccBank",
    /// ATM: last five digits of the payer's account.
    atm_acc_no: String = "ATMAccNo",
    /// WebATM: the payer's bank.
    web_atm_acc_bank: String = "WebATMAccBank",
    /// WebATM: last digits of the payer's account.
    web_atm_acc_no: String = "WebATMAccNo",
    /// WebATM: name of the payer's bank.
    web_atm_bank_name: String = "WebATMBankName",
    /// Convenience store: the code that was paid.
    payment_no: String = "PaymentNo",
    /// Convenience store: the chain (`family`, `hilife`, `okmart`, `ibon`).
    pay_from: String = "PayFrom",
    /// TWQR: the wallet's number of the payment.
    twqr_trade_no: String = "TWQRTradeNo",
}

impl fmt::Debug for ExtraPaidInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExtraPaidInfo")?;
        f.debug_set().entries(self.present()).finish()
    }
}
