//! What a register is told when it starts: whose it is, whom it collects for, and by which rules.

use std::time::Duration;

use till::budget::Allowance;
use till::ids::TillId;
use till::money::Money;
use till::payment::{Page, Rules, Terms};
use till::people::PinHash;
use till::time::Timestamp;

use crate::profile::Profile;

/// What a register is told when it starts. Made from settings that have been checked.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Whose till it is.
    pub heading: Heading,
    /// Whom it collects for.
    pub merchant: ecpay::Merchant,
    /// Keys of the same merchant that those of `merchant` took the place of (PF-69). Nothing is signed with them.
    pub keys_before: Vec<KeysBefore>,
    /// Where the gateway is.
    pub gateway: ecpay::Gateway,
    /// When the gateway has said that it will be out of service (PF-81).
    pub maintenance: Vec<Maintenance>,
    /// Where ECPay's server is told to send its notices: `{token}` stands for the attempt's token.
    pub return_url: String,
    /// The address under which customers reach the pay page, without a slash at the end.
    pub page_base: String,
    /// The address of the shop's relay, where it has one, without a slash at the end.
    pub relay_base: Option<String>,
    /// The address of a static pay page, for a shop without a relay: a file somewhere that the link tells everything.
    pub static_page: Option<String>,
    /// Whether the payer's browser is sent back to the pay page with the result (OrderResultURL).
    pub browser_return: bool,
    /// How attempts are watched.
    pub rules: Rules,
    /// How often the gateway may be asked.
    pub allowance: Allowance,
    /// What each method takes.
    pub limits: ecpay::Limits,
    /// How long a pay page is offered, in minutes.
    pub attempt_minutes: u32,
    /// How card payments are given back.
    pub refunds: RefundSetup,
    /// Who has to be at the till.
    pub people: PeopleRules,
    /// What the counter has, and what it may.
    pub counter: CounterRules,
    /// How the drawer is counted.
    pub day: DayRules,
    /// What the gateway keeps for itself, as far as the shop has said.
    pub fees: till::fee::Fees,
    /// Where papers come out.
    pub printers: PrinterRules,
}

/// The shop's printers, as far as the register has to know them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrinterRules {
    /// Their names. Receipts go to the first by themselves.
    pub names: Vec<String>,
    /// A drawer hangs on one of them.
    pub drawer: bool,
}

/// What stands on the counter, and how much whoever stands behind it may take off.
#[derive(Clone, Debug, Default)]
pub struct CounterRules {
    /// How many per cent a cashier takes off without asking; nothing for as much as they like.
    pub discount_limit: Option<u8>,
    /// How the shop's scales lay out their barcodes.
    pub labels: Vec<till::scale::Layout>,
    /// How the scanner types.
    pub scanner: crate::view::Scanner,
}

/// How the drawer is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayRules {
    /// What a shift is to start with.
    pub float: Money,
    /// Whoever counts is told what the till thinks only after the count is recorded.
    pub blind: bool,
}

impl Default for DayRules {
    fn default() -> Self {
        Self { float: Money::dollars(3_000), blind: true }
    }
}

/// Whether anybody has to be at the till, and when it locks.
#[derive(Clone, Debug, Default)]
pub struct PeopleRules {
    /// A counter with a screen: where people are registered, one of them has to be signed in. Nobody stands at a command
    /// line.
    pub attended: bool,
    /// How long an untouched till stays open; nothing for as long as it likes.
    pub lock_after: Option<Duration>,
    /// The training shop's PINs, which its lock screen shows. Empty anywhere else.
    pub shown_pins: Vec<(PinHash, String)>,
}

/// How card payments are given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefundSetup {
    /// In which of its two forms the gateway is told (ECPay docs 45919 and 2885).
    pub api: CardApi,
    /// Who captures what was authorised.
    pub closing: ecpay::card::Closing,
    /// How fast they are asked about.
    pub pace: till::refund::Pace,
}

/// In which of its two forms the gateway is told what to do with a card payment. Both mean the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardApi {
    /// In a sealed envelope: the answer is sealed, too.
    Sealed,
    /// As a signed form, with an answer that is not signed.
    Form,
}

impl Default for RefundSetup {
    /// As a shop starts at ECPay: it captures every evening by itself.
    fn default() -> Self {
        Self { api: CardApi::Sealed, closing: ecpay::card::Closing::Automatic, pace: till::refund::Pace::default() }
    }
}

impl Setup {
    /// Where the browsers of an attempt's payer go: the place its page was promised to be when it was made. The same
    /// terms always give the same form.
    pub(crate) fn base_of(&self, terms: &Terms) -> &str {
        match (terms.page, &self.relay_base) {
            (Page::Elsewhere, Some(relay)) => relay,
            (Page::Elsewhere, None) | (Page::Ours, _) => &self.page_base,
        }
    }

    /// The static page, where that is what shows the page of an attempt.
    pub(crate) fn static_page_of(&self, terms: &Terms) -> Option<&str> {
        match (terms.page, &self.relay_base) {
            (Page::Elsewhere, None) => self.static_page.as_deref(),
            (Page::Elsewhere, Some(_)) | (Page::Ours, _) => None,
        }
    }

    /// Whether a page can be shown somewhere that needs no server of ours to answer.
    pub(crate) fn has_static_page(&self) -> bool {
        self.relay_base.is_none() && self.static_page.is_some()
    }
}

/// Keys that others took the place of. What is signed with them is genuine until `until`: it may have been under way when
/// they changed.
#[derive(Clone, Debug)]
pub struct KeysBefore {
    /// The merchant with those keys.
    pub merchant: ecpay::Merchant,
    /// Until when they are taken.
    pub until: Timestamp,
}

/// A time in which the gateway has said that it will be out of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Maintenance {
    /// From when.
    pub from: Timestamp,
    /// Until when, exclusively.
    pub until: Timestamp,
}

impl Setup {
    /// The keys with which a message may be signed now: the shop's, and those from before whose time is not over.
    pub(crate) fn keys_at(&self, now: Timestamp) -> impl Iterator<Item = &ecpay::Merchant> {
        let before = self.keys_before.iter().filter(move |before| now < before.until);
        std::iter::once(&self.merchant).chain(before.map(|before| &before.merchant))
    }

    /// Until when the gateway is out of service by its own announcement, if it is now. Times that meet are one.
    pub(crate) fn maintenance_at(&self, now: Timestamp) -> Option<Timestamp> {
        let mut end = None;
        for _ in &self.maintenance {
            let at = end.unwrap_or(now);
            let reached = self.maintenance.iter().filter(|each| each.from <= at && at < each.until);
            end = reached.map(|each| each.until).max().or(end);
        }
        end
    }

    /// When that changes next.
    pub(crate) fn maintenance_turns(&self, now: Timestamp) -> Option<Timestamp> {
        self.maintenance.iter().flat_map(|each| [each.from, each.until]).filter(|turn| *turn > now).min()
    }
}

/// Whose till it is: what stands above every receipt and report.
#[derive(Clone, Debug)]
pub struct Heading {
    /// This till.
    pub till: TillId,
    /// The shop it stands in.
    pub shop: Shop,
    /// Who is at the till, as the journal names them.
    pub cashier: String,
    /// Which world it sells in.
    pub profile: Profile,
    /// The language of receipts.
    pub lang: paper::Lang,
}

/// The shop, as its receipts name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shop {
    /// Its name.
    pub name: String,
    /// Its tax id (統一編號), eight digits.
    pub tax_id: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Lines of its own above the sale.
    pub header: Vec<String>,
    /// Lines of its own below the sale.
    pub footer: Vec<String>,
}
