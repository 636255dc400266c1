//! A signed form as a few hundred digits: what the link of a static pay page carries behind its `#`, where no server
//! ever sees it.
//!
//! The digits stand for bytes, five for two and three for a last one: a QR code takes digits at 3⅓ bits each, so that
//! this is a fifth smaller there than base64url. In front of them is the version. The bytes are the CheckMacValue and
//! then, deflated, lines: the shop, until when the page is offered, and the values of [`FIELDS`] in their order. Where the
//! form goes is not carried: that the page knows by itself, and for which merchant it may ask.

mod deflate;

use std::fmt::Write as _;

use ecpay::Fields;
use till::time::Timestamp;

/// In front of the digits. A page that is older than the till says that it cannot read the link.
pub const VERSION: char = '1';

/// The fields a form can have, in the order in which their values are carried. New ones go to the end: pages that were
/// uploaded years ago read by position.
pub const FIELDS: [&str; 24] = [
    "MerchantID",
    "PaymentType",
    "EncryptType",
    "NeedExtraPaidInfo",
    "StoreID",
    "ClientBackURL",
    "ReturnURL",
    "PaymentInfoURL",
    "MerchantTradeNo",
    "MerchantTradeDate",
    "TotalAmount",
    "TradeDesc",
    "ItemName",
    "ChoosePayment",
    "IgnorePayment",
    "ChooseSubPayment",
    "ExpireDate",
    "StoreExpireDate",
    "UnionPay",
    "Redeem",
    "CreditInstallment",
    "Language",
    "OrderResultURL",
    "ClientRedirectURL",
];

/// What most forms say, so that it need not be said: the text that deflating refers back to. As fixed as [`FIELDS`].
pub const DICTIONARY: &str = "商店商品 x 1# x 2# x 3#.github.io/.html\nBARCODE\nTWQR\nWeiXin\nBNPL\nCVS\nATM\nApplePay\nCredit\nALL\n\
     https://guitai.invalid/i/https://guitai.invalid/n/\n3002607\naio\n1\nY\nT1\nhttps://";

const MAC: &str = "CheckMacValue";

/// The digits for a form; nothing when it has what cannot be carried, and its page then has to be somewhere else.
#[must_use]
pub fn digits(shop: &str, until: Timestamp, form: &Fields) -> Option<String> {
    let mut lines = vec![shop, ""];
    let minutes = base36(u64::try_from(until.unix_seconds()).ok()? / 60);
    lines[1] = &minutes;
    lines.extend(FIELDS.iter().map(|name| form.get(name).unwrap_or_default()));
    let known = FIELDS.iter().filter(|name| form.filled(name).is_some()).count() + 1;
    if known != form.len() || lines.iter().any(|line| line.contains('\n')) {
        return None;
    }
    let text = lines.join("\n");
    let mut bytes = hex(form.get(MAC)?)?;
    bytes.extend(deflate::deflate(text.trim_end_matches('\n').as_bytes(), DICTIONARY.as_bytes()));
    Some(spelled(&bytes))
}

fn spelled(bytes: &[u8]) -> String {
    let mut digits = String::from(VERSION);
    for pair in bytes.chunks(2) {
        // Writing to a string does not fail.
        let _ = match pair {
            [high, low] => write!(digits, "{:05}", u16::from_be_bytes([*high, *low])),
            rest => write!(digits, "{:03}", rest.first().copied().unwrap_or_default()),
        };
    }
    digits
}

/// The 32 bytes of a CheckMacValue.
fn hex(text: &str) -> Option<Vec<u8>> {
    let plain = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F'));
    let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    if plain { (0..64).step_by(2).map(byte).collect() } else { None }
}

fn base36(mut number: u64) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut digits = Vec::new();
    while number > 0 || digits.is_empty() {
        digits.push(char::from(DIGITS[usize::try_from(number % 36).expect("less than 36")]));
        number /= 36;
    }
    digits.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Fields {
        [
            ("MerchantID", "3002607"),
            ("MerchantTradeNo", "T1261121A1B2C3"),
            ("TotalAmount", "1285"),
            ("ItemName", "紅茶 大杯 x 2#茶葉蛋 x 3"),
            ("PaymentType", "aio"),
            (MAC, "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"),
        ]
        .into_iter()
        .collect()
    }

    /// A link is read by a page that was uploaded long before it was made: neither order nor dictionary moves.
    #[test]
    fn what_was_carried_before_is_read_the_same_for_ever() {
        let until = Timestamp::from_unix_ms(1_795_223_400_000);
        let digits = digits("巷口小舖", until, &form()).expect("carried");
        assert_eq!(digits, include_str!("carried/one_form.txt").trim());
    }

    #[test]
    fn what_the_page_could_not_put_back_is_not_carried() {
        let until = Timestamp::from_unix_ms(0);
        let with = |name: &str, value: &str| {
            let mut form = form();
            form.push(name, value);
            form
        };
        assert!(digits("x", until, &form()).is_some());
        assert_eq!(digits("x", until, &with("Something", "new")), None);
        assert_eq!(digits("x", until, &with("TradeDesc", "two\nlines")), None);
        assert_eq!(digits("x", until, &with("TradeDesc", "")), None, "empty is not the same as left out");
        assert_eq!(digits("two\nlines", until, &form()), None);
        let mut unsigned = form();
        unsigned.remove(MAC);
        assert_eq!(digits("x", until, &unsigned), None);
        unsigned.push(MAC, "0123".repeat(16).to_lowercase() + "é");
        assert_eq!(digits("x", until, &unsigned), None);
    }

    #[test]
    fn bytes_are_spelled_as_digits() {
        assert_eq!(spelled(&[]), "1");
        assert_eq!(spelled(&[0, 1, 255]), "100001255");
        assert_eq!(spelled(&[255, 255]), "165535");
        assert_eq!((base36(0), base36(35), base36(36)), ("0".to_owned(), "z".to_owned(), "10".to_owned()));
    }
}
