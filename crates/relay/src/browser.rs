//! Which browser a customer came with. Browsers inside chat apps cannot finish a payment (ECPay FAQ 61944), above all on
//! iOS, and scanning a code with the app's own scanner lands in exactly such a browser.

/// Where the page is being shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    /// One that can pay, as far as anybody can tell.
    Ordinary,
    /// Inside LINE, which opens the real browser when a link says `openExternalBrowser=1`.
    Line,
    /// Inside Facebook or Messenger.
    Facebook,
    /// Inside Instagram or Threads.
    Instagram,
}

/// What each chat app's browser has in its `User-Agent`; the first that fits is it. Instagram's also says Facebook's.
pub(crate) const MARKS: [(Browser, &[&str]); 3] = [
    (Browser::Line, &[" Line/", " LIFF/"]),
    (Browser::Instagram, &["Instagram", "Barcelona "]),
    (Browser::Facebook, &["FBAN/", "FBAV/", "FB_IAB/"]),
];

impl Browser {
    /// Judged by the `User-Agent` header.
    pub(crate) fn of(user_agent: &str) -> Self {
        let fits = |marks: &[&str]| marks.iter().any(|mark| user_agent.contains(mark));
        MARKS.into_iter().find(|(_, marks)| fits(marks)).map_or(Self::Ordinary, |(browser, _)| browser)
    }

    /// Whether the form may be posted without being asked.
    pub(crate) fn can_pay(self) -> bool {
        self == Self::Ordinary
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chat_apps_are_told_from_real_browsers() {
        for (user_agent, expected) in [
            ("", Browser::Ordinary),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                Browser::Ordinary,
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36",
                Browser::Ordinary,
            ),
            ("Mozilla/5.0 (X11; Linux x86_64) Online/1 Safari", Browser::Ordinary),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/14.1.0",
                Browser::Line,
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Line/13.20.0/IAB",
                Browser::Line,
            ),
            (
                "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/440.0.0;FBBV/1]",
                Browser::Facebook,
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; wv) Chrome/120 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/440.0;]",
                Browser::Facebook,
            ),
            (
                "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 Instagram 312.0.0 (iPhone14,5)",
                Browser::Instagram,
            ),
        ] {
            assert_eq!(Browser::of(user_agent), expected, "{user_agent}");
        }
    }
}
