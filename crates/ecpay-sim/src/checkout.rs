//! Whether an AioCheckOut form is accepted, and with which recorded code it is refused. The order of the checks is not
//! documented; this one lets every observed message occur.

use ecpay::fields::{Fields, FieldsError};
use ecpay::keys::Merchant;
use ecpay::mac;

use crate::method::Method;
use crate::options::{Options, WordFilter};
use crate::taipei;

/// A refusal, as the page 交易失敗 shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageError {
    pub(crate) code: String,
    pub(crate) text: String,
}

impl PageError {
    pub(crate) fn new(code: &str, text: &str) -> Self {
        Self { code: code.to_owned(), text: text.to_owned() }
    }

    /// What is shown when the form was lost on the way, for example after a redirect that turned POST into GET.
    pub(crate) fn no_merchant() -> Self {
        Self::new("10200051", "MerchantID is Null")
    }

    pub(crate) fn used_number() -> Self {
        Self::new("10300028", "訂單編號重覆，建立失敗，請返回商店頁面重新下單。")
    }

    pub(crate) fn pay_fail(code: &str) -> Self {
        let text = match code {
            "10100248" => "交易失敗，發卡銀行拒絕授權，請洽發卡銀行。 Declined by the issuing bank.",
            "10100251" => "卡片過期。 The card has expired.",
            "10100252" => "額度不足。 The credit limit is exceeded.",
            "10100254" => "此卡片交易受限。 The card is restricted.",
            "10300066" => "交易付款結果待確認中，請勿出貨。",
            "10200163" => "無卡分期申請未通過。 The application was refused.",
            _ => "Pay Fail.",
        };
        Self::new(code, text)
    }
}

/// An accepted form.
pub(crate) struct Accepted {
    pub(crate) merchant_id: String,
    pub(crate) number: String,
    /// Whole dollars.
    pub(crate) amount: i64,
    pub(crate) offered: Vec<Method>,
    pub(crate) asked: Fields,
}

/// Checks everything that does not depend on earlier orders except, in its place, whether the number is used.
pub(crate) fn check(
    form: Result<Fields, FieldsError>,
    options: &Options,
    merchant: impl FnOnce(&str) -> Option<Merchant>,
    is_used: impl FnOnce(&str, &str) -> bool,
) -> Result<Accepted, PageError> {
    let parameter = || PageError::new("10100050", "Parameter Error");
    let asked = match form {
        Ok(asked) => asked,
        // The real server joins the values of a repeated name; the signature then fits neither of them.
        Err(FieldsError::Duplicate) => return Err(wrong_signature()),
        Err(_) => return Err(PageError::no_merchant()),
    };
    let merchant_id = asked.filled("MerchantID").ok_or_else(PageError::no_merchant)?.to_owned();
    let merchant = merchant(&merchant_id).ok_or_else(|| PageError::new("10200051", "MerchantID Error"))?;

    let asked = with_item_name_cut(asked);
    if asked.get("EncryptType") != Some("1") || mac::verify(&merchant, &asked).is_err() {
        return Err(wrong_signature());
    }
    if asked.iter().any(|(name, _)| !KNOWN.contains(&name)) {
        return Err(parameter());
    }
    let number = asked.get("MerchantTradeNo").unwrap_or_default().to_owned();
    if number.is_empty() || number.len() > 20 || !number.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(PageError::new("10200052", "MerchantTradeNo Error"));
    }
    if !taipei::is_second(asked.get("MerchantTradeDate").unwrap_or_default()) {
        return Err(parameter());
    }
    let amount = amount(asked.get("TotalAmount").unwrap_or_default())
        .ok_or_else(|| PageError::new("10200005", "Price Format Error"))?;
    check_addresses(&asked)?;
    check_texts(&asked, options)?;
    check_period(&asked, amount)?;
    let choice = asked.get("ChoosePayment").unwrap_or_default();
    if asked.get("PaymentType") != Some("aio") || !choice_is_known(choice, asked.get("ChooseSubPayment")) {
        return Err(parameter());
    }
    if is_used(&merchant_id, &number) {
        return Err(PageError::used_number());
    }
    let offered = offered(choice, asked.get("IgnorePayment").unwrap_or_default(), amount, options)?;
    Ok(Accepted { merchant_id, number, amount, offered, asked })
}

/// Whether a text can be a MerchantTradeNo.
pub(crate) fn is_number(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn wrong_signature() -> PageError {
    PageError::new("10200073", "CheckMacValue Error.")
}

/// Above 400 the real server cuts ItemName **before** it checks the signature, which then no longer fits: the order is
/// lost with no hint (ECPay doc 2864). Whether it counts characters or bytes is unknown; bytes is the stricter reading.
fn with_item_name_cut(asked: Fields) -> Fields {
    const LONGEST: usize = 400;
    let cut = |name: &str, value: &str| {
        let end = if name == "ItemName" { value.floor_char_boundary(LONGEST) } else { value.len() };
        (name.to_owned(), value[..end].to_owned())
    };
    asked.iter().map(|(name, value)| cut(name, value)).collect()
}

fn amount(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|amount| plain && *amount > 0)
}

fn check_addresses(asked: &Fields) -> Result<(), PageError> {
    if asked.filled("ItemURL").is_some_and(|url| !is_address(url)) {
        return Err(PageError::new("10200007", "ItemURL Format Error"));
    }
    let others = ["ClientBackURL", "OrderResultURL", "PaymentInfoURL", "ClientRedirectURL", "PeriodReturnURL"];
    let wrong = others.iter().any(|name| asked.filled(name).is_some_and(|url| !is_address(url)));
    let return_url = asked.get("ReturnURL").unwrap_or_default();
    if wrong || !is_address(return_url) || asked.get("OrderResultURL") == Some(return_url) {
        return Err(PageError::new("10100050", "Parameter Error"));
    }
    Ok(())
}

fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let has_host = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']));
    let clean = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, ';' | '|' | '`');
    has_host && url.chars().count() <= 200 && url.chars().all(clean)
}

fn check_texts(asked: &Fields, options: &Options) -> Result<(), PageError> {
    let required = ["TradeDesc", "ItemName"];
    let too_long =
        LENGTHS.iter().any(|(name, longest)| asked.get(name).is_some_and(|value| value.chars().count() > *longest));
    let flag = |name, allowed: &[&str]| asked.filled(name).is_none_or(|value| allowed.contains(&value));
    let flags = flag("NeedExtraPaidInfo", &["Y", "N"])
        && flag("Language", &["ENG", "KOR", "JPN", "CHI"])
        && flag("InvoiceMark", &["Y", "N"])
        && flag("UnionPay", &["0", "1", "2"]);
    if required.iter().any(|name| asked.filled(name).is_none()) || too_long || !flags {
        return Err(PageError::new("10100050", "Parameter Error"));
    }
    let blocked = |name| has_blocked_word(asked.get(name).unwrap_or_default());
    match options.word_filter {
        WordFilter::On if blocked("ItemName") || blocked("TradeDesc") => {
            Err(PageError::new("10400011", "傳送的資料含有不允許的文字，請返回商店。"))
        }
        WordFilter::On | WordFilter::Off => Ok(()),
    }
}

fn has_blocked_word(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    BLOCKED_WORDS.iter().any(|word| lower.contains(word))
}

fn check_period(asked: &Fields, amount: i64) -> Result<(), PageError> {
    let Some(kind) = asked.filled("PeriodType") else { return Ok(()) };
    let number = |name| asked.get(name).and_then(|value| value.parse::<i64>().ok());
    let (most_frequent, most_times, frequency_code, times_code) = match kind {
        "D" => (365, 999, "10100223", "10100226"),
        "M" => (12, 999, "10100224", "10100227"),
        "Y" => (1, 99, "10100225", "10100228"),
        _ => return Err(PageError::new("10100050", "Parameter Error")),
    };
    if number("PeriodAmount") != Some(amount) {
        return Err(PageError::new("10100050", "Parameter Error"));
    }
    if !number("Frequency").is_some_and(|n| (1..=most_frequent).contains(&n)) {
        return Err(PageError::new(frequency_code, "Frequency Error"));
    }
    if !number("ExecTimes").is_some_and(|n| (2..=most_times).contains(&n)) {
        return Err(PageError::new(times_code, "ExecTimes Error"));
    }
    Ok(())
}

fn choice_is_known(choice: &str, sub: Option<&str>) -> bool {
    let method = Method::ALL.into_iter().find(|method| method.as_str() == choice);
    match (method, sub.filter(|sub| !sub.is_empty())) {
        (Some(method), Some(sub)) => method.sub(sub).is_some(),
        (Some(_), None) => true,
        (None, _) => choice == "ALL",
    }
}

fn offered(choice: &str, ignored: &str, amount: i64, options: &Options) -> Result<Vec<Method>, PageError> {
    let ignored: Vec<&str> = ignored.split('#').collect();
    let wanted = |method: Method| {
        if choice == "ALL" { !ignored.contains(&method.as_str()) } else { method.as_str() == choice }
    };
    let enabled: Vec<Method> =
        Method::ALL.into_iter().filter(|method| wanted(*method) && options.methods.contains_key(method)).collect();
    if enabled.is_empty() {
        return Err(PageError::new("10300023", "本次交易未提供任何付款方式，請與商店聯繫確認。"));
    }
    let fits =
        |method: &Method| options.methods.get(method).is_some_and(|(low, high)| (*low..=*high).contains(&amount));
    let offered: Vec<Method> = enabled.into_iter().filter(fits).collect();
    if offered.is_empty() {
        return Err(PageError::new("5100070", "交易金額超出可使用的付款方式限額，請與商店聯繫確認。"));
    }
    Ok(offered)
}

/// The published part of the word list; the real one has about 40 (ECPay doc 2858).
const BLOCKED_WORDS: [&str; 10] =
    ["echo", "python", "cmd", "wget", "curl", "bash", "powershell", "exec", "eval", "system"];

/// Longest texts in characters (ECPay doc 2864).
const LENGTHS: [(&str, usize); 14] = [
    ("TradeDesc", 200),
    ("StoreID", 10),
    ("Remark", 100),
    ("IgnorePayment", 100),
    ("CustomField1", 50),
    ("CustomField2", 50),
    ("CustomField3", 50),
    ("CustomField4", 50),
    ("PlatformID", 10),
    ("DeviceSource", 10),
    ("Desc_1", 20),
    ("Desc_2", 20),
    ("Desc_3", 20),
    ("Desc_4", 20),
];

/// Every field of ECPay docs 2864 to 2876, 41284 and of the invoice extension; any other name is a Parameter Error.
const KNOWN: [&str; 67] = [
    "MerchantID",
    "MerchantTradeNo",
    "MerchantTradeDate",
    "PaymentType",
    "TotalAmount",
    "TradeDesc",
    "ItemName",
    "ReturnURL",
    "ChoosePayment",
    "CheckMacValue",
    "EncryptType",
    "StoreID",
    "ClientBackURL",
    "OrderResultURL",
    "ItemURL",
    "Remark",
    "ChooseSubPayment",
    "NeedExtraPaidInfo",
    "IgnorePayment",
    "PlatformID",
    "CustomField1",
    "CustomField2",
    "CustomField3",
    "CustomField4",
    "Language",
    "DeviceSource",
    "Redeem",
    "UnionPay",
    "BindingCard",
    "MerchantMemberID",
    "CreditInstallment",
    "PeriodAmount",
    "PeriodType",
    "Frequency",
    "ExecTimes",
    "PeriodReturnURL",
    "ExpireDate",
    "StoreExpireDate",
    "PaymentInfoURL",
    "ClientRedirectURL",
    "Desc_1",
    "Desc_2",
    "Desc_3",
    "Desc_4",
    "InvoiceMark",
    "RelateNumber",
    "CustomerID",
    "CustomerIdentifier",
    "CustomerName",
    "CustomerAddr",
    "CustomerPhone",
    "CustomerEmail",
    "ClearanceMark",
    "TaxType",
    "CarruerType",
    "CarruerNum",
    "Donation",
    "LoveCode",
    "Print",
    "InvoiceItemName",
    "InvoiceItemCount",
    "InvoiceItemWord",
    "InvoiceItemPrice",
    "InvoiceItemTaxType",
    "InvoiceRemark",
    "DelayDay",
    "InvType",
];
