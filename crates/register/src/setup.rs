//! What a register is told when it starts: whose it is, whom it collects for, and by which rules.

use std::time::Duration;

use till::budget::Allowance;
use till::ids::TillId;
use till::payment::{Page, Rules, Terms};
use till::people::PinHash;

use crate::profile::Profile;

/// What a register is told when it starts. Made from settings that have been checked.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Whose till it is.
    pub heading: Heading,
    /// Whom it collects for.
    pub merchant: ecpay::Merchant,
    /// Where the gateway is.
    pub gateway: ecpay::Gateway,
    /// Where ECPay's server is told to send its notices: `{token}` stands for the attempt's token.
    pub return_url: String,
    /// The address under which customers reach the pay page, without a slash at the end.
    pub page_base: String,
    /// The address of the shop's relay, where it has one, without a slash at the end.
    pub relay_base: Option<String>,
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
