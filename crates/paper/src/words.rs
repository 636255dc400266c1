//! Every text the papers say of themselves, in Chinese and English.

use std::borrow::Cow;

/// Which languages a paper speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Traditional Chinese.
    #[default]
    Zh,
    /// English.
    En,
    /// Chinese, then English.
    Both,
}

/// One text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Traditional Chinese.
    pub zh: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Words {
    /// A text known when the program is built.
    #[must_use]
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }

    /// A text that is the same in both, such as a name.
    #[must_use]
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { zh: Cow::Owned(text.clone()), en: Cow::Owned(text) }
    }

    /// On one line: `總計`, `Total`, or `總計 Total`.
    #[must_use]
    pub fn line(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh.to_string(),
            Lang::En => self.en.to_string(),
            Lang::Both if self.zh == self.en => self.zh.to_string(),
            Lang::Both => format!("{} {}", self.zh, self.en),
        }
    }

    /// On a line for each language.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        match lang {
            Lang::Both if self.zh != self.en => vec![self.zh.to_string(), self.en.to_string()],
            one => vec![self.line(one)],
        }
    }
}

pub(crate) const RECEIPT: Words = Words::new("交易明細", "Sales receipt");
pub(crate) const TAX_ID: Words = Words::new("統一編號", "Tax ID");
pub(crate) const PHONE: Words = Words::new("電話", "Tel");
pub(crate) const TILL: Words = Words::new("收銀機", "Till");
pub(crate) const CASHIER: Words = Words::new("收銀員", "Cashier");
pub(crate) const NUMBER: Words = Words::new("單號", "No.");
pub(crate) const TIME: Words = Words::new("時間", "Time");
pub(crate) const SUBTOTAL: Words = Words::new("小計", "Subtotal");
pub(crate) const DISCOUNT: Words = Words::new("折扣", "Discount");
pub(crate) const TOTAL: Words = Words::new("總計", "Total");
pub(crate) const INCLUDED_TAX: Words = Words::new("內含稅額 5%", "Incl. 5% tax");
pub(crate) const CASH: Words = Words::new("現金", "Cash");
pub(crate) const CHANGE: Words = Words::new("找零", "Change");
pub(crate) const TRADE_NO: Words = Words::new("綠界交易編號", "ECPay trade no.");
pub(crate) const MERCHANT_TRADE_NO: Words = Words::new("訂單編號", "Order no.");
pub(crate) const CARD: Words = Words::new("卡號", "Card");
pub(crate) const REFUND_SLIP: Words = Words::new("退款單", "Refund slip");
pub(crate) const OF_SALE: Words = Words::new("原單號", "Of sale");
pub(crate) const REASON: Words = Words::new("原因", "Reason");
pub(crate) const REFUNDED: Words = Words::new("退款金額", "Refund");
pub(crate) const REFUND_TO: Words = Words::new("退至", "Back to");
pub(crate) const REFUND_STATE: Words = Words::new("狀態", "State");
pub(crate) const SIGNATURE: Words = Words::new("顧客簽名", "Customer's signature");
pub(crate) const CARD_TAKES_DAYS: Words =
    Words::new("入帳時間依發卡銀行，約 7 至 14 個工作天", "Your bank may take 7 to 14 working days");
pub(crate) const NOT_AN_INVOICE: Words = Words::new("本單據非統一發票", "This is not an official invoice");

pub(crate) const TAXABLE: Words = Words::new("應稅", "taxable");
pub(crate) const EXEMPT: Words = Words::new("免稅", "exempt");
pub(crate) const ZERO_RATED: Words = Words::new("零稅率", "zero-rated");

pub(crate) const COPY: Words = Words::new("副本", "COPY");
pub(crate) const TRAINING: Words = Words::new("訓練", "TRAINING");
pub(crate) const UNVERIFIED: Words = Words::new("未驗證", "UNVERIFIED");
pub(crate) const RECOVERED: Words = Words::new("復原交易", "RECOVERED");
pub(crate) const TEST_PAYMENT: Words = Words::new("測試付款", "TEST PAYMENT");

pub(crate) const COUNT_SLIP: Words = Words::new("錢箱清點", "Cash count");
pub(crate) const COUNTED_SUM: Words = Words::new("清點金額", "Counted");
pub(crate) const EXPECTED: Words = Words::new("應有金額", "Expected");
pub(crate) const OVER: Words = Words::new("溢收", "Over");
pub(crate) const SHORT: Words = Words::new("短少", "Short");
pub(crate) const COUNTED_BY: Words = Words::new("清點人簽名", "Counted by (signature)");

pub(crate) const CROSS_FOOT: Words = Words::new("核對", "Cross-foot");
pub(crate) const AGREES: Words = Words::new("相符", "agrees");
pub(crate) const DIFFERS: Words = Words::new("不符", "differs by");
pub(crate) const COUNTED: Words = Words::new("筆", "");
