//! Which addresses the till talks to at all, decided before a name server or a socket is touched.

use std::net::IpAddr;

use reqwest::Url;

/// Why an address was refused before anything was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressRefused {
    /// Not an address at all, or one with a user name in it.
    #[error("not a usable web address")]
    Malformed,
    /// Plain `http` to somewhere else than this computer.
    #[error("only https is allowed outside this computer")]
    NotSecure,
    /// A host under `.invalid`: a placeholder nobody has filled in yet.
    #[error("the address is a placeholder under .invalid")]
    Placeholder,
}

/// Reads `text` as an address the till may talk to.
pub(crate) fn check(text: &str) -> Result<Url, AddressRefused> {
    let url = Url::parse(text).map_err(|_| AddressRefused::Malformed)?;
    let host = url.host_str().ok_or(AddressRefused::Malformed)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressRefused::Malformed);
    }
    if is_under(host, "invalid") {
        return Err(AddressRefused::Placeholder);
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(host) => Ok(url),
        "http" => Err(AddressRefused::NotSecure),
        _ => Err(AddressRefused::Malformed),
    }
}

/// Whether `name` is `localhost` or a name below it, which always means this computer.
pub(crate) fn is_localhost(name: &str) -> bool {
    is_under(name, "localhost")
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback(),
        Ok(IpAddr::V6(ip)) => ip.to_canonical().is_loopback(),
        Err(_) => is_localhost(host),
    }
}

/// Whether the last label of `host` is `top`. The parser has already lowered the case.
fn is_under(host: &str, top: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    host.rsplit('.').next().is_some_and(|label| label.eq_ignore_ascii_case(top))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_goes_anywhere_and_http_only_to_this_computer() {
        for ok in [
            "https://payment.ecpay.com.tw/Cashier/AioCheckOut/V5",
            "https://192.168.1.5/",
            "http://127.0.0.1:9/",
            "http://127.9.9.9/",
            "http://[::1]:8080/x",
            "http://[::ffff:127.0.0.1]/",
            "http://localhost:3000/",
            "http://LOCALHOST./",
            "http://shop.localhost/",
        ] {
            assert!(check(ok).is_ok(), "{ok}");
        }
        for (bad, why) in [
            ("http://payment.ecpay.com.tw/", AddressRefused::NotSecure),
            ("http://192.168.1.5/", AddressRefused::NotSecure),
            ("http://localhost.example/", AddressRefused::NotSecure),
            ("http://127.0.0.1.nip.io/", AddressRefused::NotSecure),
            ("http://127.0.0.1@evil.example/", AddressRefused::Malformed),
            ("https://user:pass@example.org/", AddressRefused::Malformed),
            ("ftp://127.0.0.1/", AddressRefused::Malformed),
            ("file:///etc/passwd", AddressRefused::Malformed),
            ("", AddressRefused::Malformed),
            ("/n/x", AddressRefused::Malformed),
            ("https://not-set.invalid/n/x", AddressRefused::Placeholder),
            ("https://NOT-SET.INVALID./", AddressRefused::Placeholder),
            ("http://invalid/", AddressRefused::Placeholder),
        ] {
            assert_eq!(check(bad), Err(why), "{bad}");
        }
        assert!(check("https://invalid.example/").is_ok());
    }
}
