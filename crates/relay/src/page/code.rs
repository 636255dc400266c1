//! The payment code a customer's browser brings back (ClientRedirectURL, ECPay doc 2881). The gateway shows it nowhere
//! else once that address is set, so the page has to. Read leniently and shown only where it looks like a code; whether
//! it is genuine, the till checks.

/// What the customer needs for paying later. Empty when nothing could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) bank: Option<String>,
    pub(crate) account: Option<String>,
    pub(crate) payment_no: Option<String>,
    pub(crate) barcodes: Vec<String>,
    pub(crate) deadline: Option<String>,
}

impl Code {
    pub(crate) fn is_readable(&self) -> bool {
        self.account.is_some() || self.payment_no.is_some() || !self.barcodes.is_empty()
    }
}

/// Picks the code out of a form body.
pub(crate) fn read(body: &[u8]) -> Code {
    let mut code = Code::default();
    for (name, value) in form_urlencoded::parse(body) {
        let value = value.trim();
        if value.is_empty() || value.len() > 40 {
            continue;
        }
        match &*name {
            "BankCode" => code.bank = plain(value),
            "vAccount" => code.account = plain(value),
            "PaymentNo" => code.payment_no = plain(value),
            "Barcode1" | "Barcode2" | "Barcode3" if code.barcodes.len() < 3 => code.barcodes.extend(plain(value)),
            "ExpireDate" => code.deadline = moment(value),
            _ => {}
        }
    }
    code
}

fn plain(value: &str) -> Option<String> {
    value.bytes().all(|b| b.is_ascii_alphanumeric()).then(|| value.to_owned())
}

fn moment(value: &str) -> Option<String> {
    value.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b':' | b' ')).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_virtual_account_is_read() {
        let code = read(b"BankCode=118&vAccount=1234567890123456&ExpireDate=2026%2F11%2F23&RtnCode=2&PaymentNo=");
        assert_eq!(code.bank.as_deref(), Some("118"));
        assert_eq!(code.account.as_deref(), Some("1234567890123456"));
        assert_eq!(code.deadline.as_deref(), Some("2026/11/23"));
        assert!(code.is_readable());
    }

    #[test]
    fn anything_that_does_not_look_like_a_code_is_left_out() {
        for body in [
            &b""[..],
            b"\xff\xfe\x00%%%&&&===",
            b"PaymentNo=%3Cb%3E1%3C%2Fb%3E",
            b"vAccount=call+0912-345-678",
            b"ExpireDate=2026%2F11%2F23",
            b"PaymentNo=11111111111111111111111111111111111111111111111111111",
        ] {
            assert!(!read(body).is_readable(), "{body:?}");
        }
    }
}
