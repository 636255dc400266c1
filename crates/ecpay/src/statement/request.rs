//! Asking for a statement. One file a minute, from an address that is registered in the back office (docs 2896, 2898).

use crate::fields::Fields;
use crate::keys::Merchant;
use crate::mac;

/// Which day of an order a statement goes by (`DateType`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DateType {
    /// The day it was paid.
    #[default]
    Paid,
    /// The day it was paid out.
    PaidOut,
    /// The day it was ordered.
    Ordered,
}

/// In which form the statement comes (`MediaFormated`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MediaFormat {
    /// 舊版.
    Old,
    /// 新版.
    #[default]
    New,
    /// The third, since April 2025, with the fees apart.
    Third,
}

/// 特店對帳媒體檔 of some days, `2026-11-20`. A week at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaRequest {
    /// Which day counts.
    pub by: DateType,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// In which form.
    pub format: MediaFormat,
}

impl MediaRequest {
    /// The most days of one file.
    pub const DAYS_MAX: i64 = 7;

    /// The signed fields to post as a form. There is no time in them: they can be sent again.
    #[must_use]
    pub fn fields(&self, merchant: &Merchant) -> Fields {
        let mut fields = Fields::new();
        fields.push("MerchantID", merchant.id.as_str());
        fields.push(
            "DateType",
            match self.by {
                DateType::Paid => "2",
                DateType::PaidOut => "4",
                DateType::Ordered => "6",
            },
        );
        fields.push("BeginDate", self.from.as_str());
        fields.push("EndDate", self.to.as_str());
        fields.push(
            "MediaFormated",
            match self.format {
                MediaFormat::Old => "0",
                MediaFormat::New => "1",
                MediaFormat::Third => "2",
            },
        );
        mac::sign(merchant, &mut fields);
        fields
    }
}

/// Which day of a card payment a statement of pay-outs goes by (`PayDateType`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PayDateType {
    /// The day it was settled.
    #[default]
    Fund,
    /// The day it was captured.
    Close,
    /// The day it came into the ECPay account.
    Enter,
}

/// 信用卡撥款對帳檔 of some days. Production only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingRequest {
    /// Which day counts.
    pub by: PayDateType,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
}

impl FundingRequest {
    /// The signed fields to post as a form.
    #[must_use]
    pub fn fields(&self, merchant: &Merchant) -> Fields {
        let mut fields = Fields::new();
        fields.push("MerchantID", merchant.id.as_str());
        fields.push(
            "PayDateType",
            match self.by {
                PayDateType::Fund => "fund",
                PayDateType::Close => "close",
                PayDateType::Enter => "enter",
            },
        );
        fields.push("StartDate", self.from.as_str());
        fields.push("EndDate", self.to.as_str());
        mac::sign(merchant, &mut fields);
        fields
    }
}
