//! A simulated customer: opens a pay link, walks the gateway's pages, and carries the result back as a browser would.

use std::fmt;

use crate::cards;
use crate::courier::BoxFuture;
use crate::html_form::{self, Form};
use crate::method::Method;

/// What a browser gets for one request. The host's HTTP client must not follow redirects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// HTTP status.
    pub status: u16,
    /// The `Location` header, if there was one.
    pub location: Option<String>,
    /// The body as text.
    pub html: String,
}

/// How a customer reaches pages; implemented by the host with an HTTP client.
pub trait Browser: Send + Sync {
    /// GETs a page.
    fn get<'a>(&'a self, url: &'a str) -> BoxFuture<'a, Result<Page, String>>;

    /// POSTs `body` as `application/x-www-form-urlencoded`.
    fn post_form<'a>(&'a self, url: &'a str, body: Vec<u8>) -> BoxFuture<'a, Result<Page, String>>;
}

/// How far the customer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The page said that it is paid.
    Paid {
        /// Whether the result was carried back to the shop (OrderResultURL).
        returned: bool,
    },
    /// The page said that the bank has yet to answer.
    Pending {
        /// Whether that was carried back to the shop.
        returned: bool,
    },
    /// A code was issued, to be paid later.
    CodeIssued {
        /// Whether it was carried back to the shop (ClientRedirectURL).
        returned: bool,
    },
    /// The page 交易失敗, with this code.
    Refused {
        /// As after `Message code：`.
        code: String,
    },
}

/// Why the customer gave up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// A page could not be reached, or answered with an error.
    Unreachable {
        /// Where the customer was going.
        url: String,
        /// Why it did not work.
        reason: String,
    },
    /// A page had nothing to go on with.
    Puzzled {
        /// Where the customer was.
        url: String,
        /// What was looked for.
        missing: &'static str,
    },
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable { url, reason } => write!(f, "cannot open {url}: {reason}"),
            Self::Puzzled { url, missing } => write!(f, "found no {missing} at {url}"),
        }
    }
}

impl std::error::Error for Lost {}

/// Somebody with a phone and a test card.
pub struct Customer<B> {
    browser: B,
}

/// Redirects followed in a row.
const MOST_HOPS: usize = 5;

impl<B: Browser> Customer<B> {
    /// A customer with this browser.
    pub fn new(browser: B) -> Self {
        Self { browser }
    }

    /// Opens a pay link and does everything right: test card 4311-9522-2222-2222 and password 1234, or the wallet's or
    /// code's equivalent. `method` matters only where the page lets the customer choose.
    ///
    /// # Errors
    /// [`Lost`].
    pub async fn pay(&self, link: &str, method: Method) -> Result<Ended, Lost> {
        self.walk(link, method, Mind::Pays).await
    }

    /// The same by card with a wrong password, or the wallet's refusal.
    ///
    /// # Errors
    /// [`Lost`].
    pub async fn decline(&self, link: &str) -> Result<Ended, Lost> {
        self.walk(link, Method::Credit, Mind::Declines).await
    }

    /// Opens a pay link so that the gateway knows the order, and leaves.
    ///
    /// # Errors
    /// [`Lost`].
    pub async fn look(&self, link: &str) -> Result<(), Lost> {
        self.open(link).await.map(|_| ())
    }

    async fn walk(&self, link: &str, method: Method, mind: Mind) -> Result<Ended, Lost> {
        let mut at = self.open(link).await?;
        if let Some(href) = html_form::link_with(&at.html, "data-method", method.as_str()) {
            at = self.get(&html_form::resolve(&at.url, &href)).await?;
        }
        // Card, then password; or one form of another method.
        for _ in 0..3 {
            if let Some(ended) = at.ended() {
                return self.carry_back(at, ended).await;
            }
            let form = at.next_form(mind)?;
            at = self.submit(&at, &form).await?;
        }
        let ended = at.ended().ok_or_else(|| at.puzzled("result"))?;
        self.carry_back(at, ended).await
    }

    /// The till's pay page and, behind its form, the gateway's first page.
    async fn open(&self, link: &str) -> Result<At, Lost> {
        let pay_page = self.get(link).await?;
        let forms = html_form::forms(&pay_page.html);
        let form = forms.into_iter().find(|form| form.posts).ok_or_else(|| pay_page.puzzled("form to the gateway"))?;
        self.submit(&pay_page, &form).await
    }

    async fn carry_back(&self, at: At, ended: Ended) -> Result<Ended, Lost> {
        let form = html_form::forms(&at.html).into_iter().find(|form| form.id == "return");
        let Some(form) = form else { return Ok(ended) };
        self.submit(&at, &form).await?;
        Ok(match ended {
            Ended::Paid { .. } => Ended::Paid { returned: true },
            Ended::Pending { .. } => Ended::Pending { returned: true },
            Ended::CodeIssued { .. } => Ended::CodeIssued { returned: true },
            refused @ Ended::Refused { .. } => refused,
        })
    }

    async fn submit(&self, from: &At, form: &Form) -> Result<At, Lost> {
        let url = html_form::resolve(&from.url, &form.action);
        let page = self.browser.post_form(&url, form.body().into_bytes()).await;
        self.arrive(url, page).await
    }

    async fn get(&self, url: &str) -> Result<At, Lost> {
        let page = self.browser.get(url).await;
        self.arrive(url.to_owned(), page).await
    }

    async fn arrive(&self, url: String, page: Result<Page, String>) -> Result<At, Lost> {
        let (mut url, mut page) = (url, page);
        for _ in 0..MOST_HOPS {
            let got = page.map_err(|reason| Lost::Unreachable { url: url.clone(), reason })?;
            match (got.status, got.location) {
                (300..=399, Some(location)) => {
                    url = html_form::resolve(&url, &location);
                    page = self.browser.get(&url).await;
                }
                (200..=299, _) => return Ok(At { url, html: got.html }),
                (status, _) => return Err(Lost::Unreachable { url, reason: format!("HTTP {status}") }),
            }
        }
        Err(Lost::Unreachable { url, reason: "too many redirects".to_owned() })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mind {
    Pays,
    Declines,
}

/// A page and where it was found.
struct At {
    url: String,
    html: String,
}

impl At {
    fn ended(&self) -> Option<Ended> {
        if let Some(code) = html_form::attribute_of(&self.html, "failure", "data-code") {
            return Some(Ended::Refused { code });
        }
        match html_form::attribute_of(&self.html, "result", "data-result")?.as_str() {
            "paid" => Some(Ended::Paid { returned: false }),
            "pending" => Some(Ended::Pending { returned: false }),
            _ => Some(Ended::CodeIssued { returned: false }),
        }
    }

    /// The form to send next, filled in.
    fn next_form(&self, mind: Mind) -> Result<Form, Lost> {
        let mut form = html_form::forms(&self.html).into_iter().next().ok_or_else(|| self.puzzled("form"))?;
        let pays = mind == Mind::Pays;
        if html_form::has_id(&self.html, "card-number") {
            form.fill("number", cards::EXAMPLE);
            form.fill("expiry", "12/99");
            form.fill("cvv", "222");
        } else if html_form::has_id(&self.html, "otp") {
            form.fill("otp", if pays { "1234" } else { "0000" });
        } else if html_form::has_id(&self.html, "sim-pay") {
            form.fill("decision", if pays { "pay" } else { "decline" });
        } else if !html_form::has_id(&self.html, "code-submit") {
            return Err(self.puzzled("form that a customer understands"));
        }
        Ok(form)
    }

    fn puzzled(&self, missing: &'static str) -> Lost {
        Lost::Puzzled { url: self.url.clone(), missing }
    }
}
