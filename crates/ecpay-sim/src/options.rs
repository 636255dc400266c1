//! What can be set on a simulator, with defaults that are the documented behaviour, or a careful guess where there is none.

use std::collections::{BTreeMap, BTreeSet};

use ecpay::keys::Merchant;

use crate::clock::Clock;
use crate::method::Method;
use crate::settlement::Closing;
use crate::taipei::MINUTE_MS;

/// Everything a host may choose. `Options::default()` is a complete, faithful gateway.
#[derive(Clone, Debug)]
pub struct Options {
    /// Merchants besides the public ones of ECPay doc 2856, which are always there.
    pub merchants: Vec<Merchant>,
    /// Numbers of merchants whose card payments skip the 3-D Secure page. Default: the public 2000132.
    pub without_three_d: BTreeSet<String>,
    /// Where time comes from.
    pub clock: Clock,
    /// Same seed and same requests, same numbers.
    pub seed: u64,
    /// How often the query APIs may be called.
    pub rate_limit: RateLimit,
    /// Methods in the contract of every merchant, each with the smallest and largest amount in whole dollars.
    pub methods: BTreeMap<Method, (i64, i64)>,
    /// Whether texts with command words are refused with 10400011, as ECPay's web firewall does.
    pub word_filter: WordFilter,
    /// After how long an unpaid order is reported as 10200095 instead of 0. The real moment is unknown; both mean
    /// "not paid, may still be paid". `None`: never. Milliseconds.
    pub not_established_after_ms: Option<i64>,
    /// `TradeStatus` for a TimeStamp outside the three minutes. The real answer is unknown.
    pub stale_timestamp_status: String,
    /// `TradeStatus` of an unpaid order whose code has expired: `0`, or `10200095`. The real answer is unknown.
    pub expired_code_status: String,
    /// Who asks for the capture of authorised card payments.
    pub closing: Closing,
    /// What comes of an action between 20:15 and 20:30 with automatic closing. ECPay only says not to.
    pub during_closing: DuringClosing,
    /// How a refund is written among the captures. The documentation does not say.
    pub refund_lines: RefundLines,
    /// Whether DoAction and QueryTrade/V2 work.
    pub card_actions: CardActions,
    /// 商家檢查碼 of every merchant, for QueryTrade/V2. `None`: any number will do.
    pub card_check_code: Option<u64>,
    /// What a statement without a line is: a header alone, or an empty body. Both have been seen.
    pub quiet_statement: QuietStatement,
    /// What each merchant's ECPay account has at first, in dollars; refunds of captured payments are paid from it.
    /// A merchant that is not here always has enough.
    pub balances: BTreeMap<String, i64>,
    /// `TransCode` for an envelope whose Timestamp is not within ten minutes. The real one is unknown.
    pub stale_envelope_code: i64,
    /// Orders kept, all merchants together. When full, creating answers 10100055; no number is ever forgotten.
    pub max_orders: usize,
    /// How long a forced timeout holds a request before it is answered with 504. Milliseconds of the real clock.
    pub hold_ms: u64,
    /// How long a notice waits for its reply (observed: about 10 s). Milliseconds of the real clock.
    pub notice_timeout_ms: u64,
}

/// A bucket of calls per merchant. The real limits are not published; ECPay answers 403 and asks for 30 minutes of
/// silence (ECPay doc 2890).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Calls that may come at once.
    pub burst: u32,
    /// Calls per minute in the long run.
    pub per_minute: u32,
    /// How long the 403 lasts, in milliseconds of the simulator's clock.
    pub silence_ms: i64,
    /// Whether a call during the silence starts it anew. Unknown of the real one.
    pub calls_prolong_silence: bool,
}

/// What comes of an action during the daily closing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DuringClosing {
    /// It is refused.
    #[default]
    Refused,
    /// It is done, and the answer says that it is not.
    DoneAndDenied,
}

/// How a refund is written among the captures of a card payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RefundLines {
    /// As an amount below zero.
    #[default]
    Negative,
    /// As an amount like any other: nobody can tell.
    Unsigned,
    /// Not at all.
    Absent,
}

/// What a statement of a time in which nothing happened is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuietStatement {
    /// Its header alone.
    #[default]
    Header,
    /// Nothing at all.
    Empty,
}

/// Whether card payments can be captured and given back by API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardActions {
    /// As in production.
    #[default]
    Work,
    /// As on ECPay's stage: no order is known to DoAction or QueryTrade/V2 (ECPay docs 2885 and 2894).
    UnknownOrder,
}

/// Whether the web firewall's word list is applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordFilter {
    /// Command words anywhere in ItemName or TradeDesc are refused.
    #[default]
    On,
    /// Any text goes.
    Off,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            merchants: Vec::new(),
            without_three_d: BTreeSet::from(["2000132".to_owned()]),
            clock: Clock::default(),
            seed: 0,
            rate_limit: RateLimit::default(),
            methods: Method::ALL.into_iter().map(|method| (method, method.usual_limits())).collect(),
            word_filter: WordFilter::default(),
            not_established_after_ms: Some(60 * MINUTE_MS),
            stale_timestamp_status: "10100050".to_owned(),
            expired_code_status: "0".to_owned(),
            closing: Closing::default(),
            during_closing: DuringClosing::default(),
            refund_lines: RefundLines::default(),
            card_actions: CardActions::default(),
            card_check_code: None,
            quiet_statement: QuietStatement::default(),
            balances: BTreeMap::new(),
            stale_envelope_code: 0,
            max_orders: 20_000,
            hold_ms: 60_000,
            notice_timeout_ms: 10_000,
        }
    }
}

impl Default for RateLimit {
    /// Generous but real: a till that keeps to one call per five seconds never meets it, one that asks every second
    /// does within a minute.
    fn default() -> Self {
        Self { burst: 40, per_minute: 20, silence_ms: 30 * MINUTE_MS, calls_prolong_silence: false }
    }
}
