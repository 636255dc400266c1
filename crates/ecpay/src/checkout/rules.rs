//! What the gateway takes in each field, checked before anything is signed.

use std::ops::RangeInclusive;

use crate::hosts::Gateway;
use crate::trade::PaymentMethod;

/// The longest URL in bytes.
const URL_BYTES: usize = 200;

/// A rule of doc 2864 or of the method's own page that an order breaks. Values are not repeated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckoutError {
    /// A URL the gateway does not take.
    #[error("{field}: {fault}")]
    Url {
        /// The field's name on the wire.
        field: &'static str,
        /// What is wrong.
        fault: UrlFault,
    },
    /// ReturnURL is for ECPay's server, OrderResultURL for the customer's browser: they are answered differently.
    #[error("ReturnURL and OrderResultURL are the same")]
    SameUrl,
    /// The customer leaves with a code, or UnionPay does not return: there is no result to post.
    #[error("{method} has no OrderResultURL")]
    OrderResultUrlNotAllowed {
        /// The method that was chosen.
        method: PaymentMethod,
    },
    /// A text the gateway does not take.
    #[error("{field}: {fault}")]
    Text {
        /// The field's name on the wire.
        field: &'static str,
        /// What is wrong.
        fault: TextFault,
    },
    /// A number outside its range.
    #[error("{field} is {found}, allowed are {min} to {max}")]
    OutOfRange {
        /// The field's name on the wire.
        field: &'static str,
        /// The number given.
        found: u32,
        /// The smallest allowed.
        min: u32,
        /// The largest allowed.
        max: u32,
    },
    /// More entries than there are fields for.
    #[error("there are more than four description lines")]
    TooManyDescriptions,
    /// Only single methods can be hidden.
    #[error("IgnorePayment cannot hide ALL")]
    IgnoreAll,
    /// Nothing would be left to pay with.
    #[error("IgnorePayment hides every method")]
    NothingLeft,
    /// Instalments without a number of them, or with one no bank offers.
    #[error("CreditInstallment takes 3, 5, 6, 8, 9, 10, 12, 18 or 24")]
    Instalments,
}

/// What is wrong with a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UrlFault {
    /// More than 200 bytes.
    #[error("longer than 200 bytes")]
    TooLong,
    /// Not `http://` or `https://` with a host.
    #[error("not an http or https address")]
    NotHttp,
    /// A space, a control character, something outside ASCII (host names go as punycode), or one of ``;|`"<>\``.
    #[error("has a character that is not allowed")]
    Character,
    /// The gateway's server connects to 80 and 443 only, and wants neither to be written (doc 2858).
    #[error("names a port")]
    Port,
}

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Longer than its field.
    #[error("longer than {max} characters")]
    TooLong {
        /// The most characters.
        max: usize,
    },
    /// A control character, `&`, `<` or `>`; in a StoreID, anything but letters, digits, `-` and `_`.
    #[error("has a character that is not allowed")]
    Character,
}

/// Who follows a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// ECPay's server, from the Internet.
    Server,
    /// The customer's browser, or a simulator on this machine.
    Browser,
}

impl Reach {
    /// Who follows the server's URLs: a simulator reaches every port of its machine.
    pub(super) fn of(gateway: &Gateway) -> Self {
        if gateway.environment().is_some() { Self::Server } else { Self::Browser }
    }
}

pub(super) fn url(field: &'static str, url: &str, reach: Reach) -> Result<(), CheckoutError> {
    match url_fault(url, reach) {
        Some(fault) => Err(CheckoutError::Url { field, fault }),
        None => Ok(()),
    }
}

fn url_fault(url: &str, reach: Reach) -> Option<UrlFault> {
    if url.len() > URL_BYTES {
        return Some(UrlFault::TooLong);
    }
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else {
        return Some(UrlFault::NotHttp);
    };
    if !rest.bytes().all(|b| b.is_ascii_graphic() && !b";|`\"<>\\".contains(&b)) {
        return Some(UrlFault::Character);
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = match authority.rfind(']') {
        // An IPv6 address has colons of its own.
        Some(end) => authority.split_at(end + 1),
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    if host.is_empty() || host.contains('@') {
        return Some(UrlFault::NotHttp);
    }
    (reach == Reach::Server && !port.is_empty()).then_some(UrlFault::Port)
}

pub(super) fn text(field: &'static str, text: &str, max: usize) -> Result<(), CheckoutError> {
    let fault = if text.chars().count() > max {
        TextFault::TooLong { max }
    } else if text.contains(|c: char| c.is_control() || "&<>".contains(c)) {
        // Replies are not escaped, so that an `&` would tear them apart.
        TextFault::Character
    } else {
        return Ok(());
    };
    Err(CheckoutError::Text { field, fault })
}

pub(super) fn store_id(id: &str) -> Result<(), CheckoutError> {
    const FIELD: &str = "StoreID";
    text(FIELD, id, 10)?;
    if id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
        Ok(())
    } else {
        Err(CheckoutError::Text { field: FIELD, fault: TextFault::Character })
    }
}

pub(super) fn within(field: &'static str, found: u32, range: RangeInclusive<u32>) -> Result<(), CheckoutError> {
    if range.contains(&found) {
        Ok(())
    } else {
        Err(CheckoutError::OutOfRange { field, found, min: *range.start(), max: *range.end() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn server_urls_have_no_port() {
        for good in ["https://shop.example/ecpay", "http://shop.invalid", "https://xn--fiq228c.tw/a?b=c:1"] {
            assert_eq!(url_fault(good, Reach::Server), None, "{good}");
        }
        for port in ["https://shop.example:443/", "http://127.0.0.1:8080/r", "http://[::1]:80"] {
            assert_eq!(url_fault(port, Reach::Server), Some(UrlFault::Port), "{port}");
            assert_eq!(url_fault(port, Reach::Browser), None, "{port}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for (bad, fault) in [
            ("", UrlFault::NotHttp),
            ("shop.example", UrlFault::NotHttp),
            ("ftp://shop.example", UrlFault::NotHttp),
            ("https://", UrlFault::NotHttp),
            ("https:///x", UrlFault::NotHttp),
            ("https://:80/", UrlFault::NotHttp),
            ("https://user@shop.example/", UrlFault::NotHttp),
            ("https://中文.tw/", UrlFault::Character),
            ("https://shop.example/a b", UrlFault::Character),
            ("https://shop.example/a;b", UrlFault::Character),
            ("https://shop.example/a|b", UrlFault::Character),
            ("https://shop.example/`", UrlFault::Character),
            (" https://shop.example/", UrlFault::NotHttp),
        ] {
            assert_eq!(url_fault(bad, Reach::Browser), Some(fault), "{bad:?}");
        }
        let long = |n: usize| format!("https://a/{}", "x".repeat(n - 10));
        assert_eq!(url_fault(&long(200), Reach::Server), None);
        assert_eq!(url_fault(&long(201), Reach::Server), Some(UrlFault::TooLong));
    }
}
