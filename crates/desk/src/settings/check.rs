//! What settings must be before a till starts on them.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ecpay::card::Closing;
use ecpay::{Amount, Environment, Gateway, Merchant, PaymentMethod};
use register::view::Scanner;
use register::{
    CardApi, CounterRules, DayRules, Heading, PeopleRules, PrinterRules, Profile, RefundSetup, Setup, Shop,
};
use thiserror::Error;
use till::budget::Allowance;
use till::fee::{Fee, Fees};
use till::money::Money;
use till::payment::{Method, Rules, Schedule};

use super::file::{BackupSettings, FeeSettings, ReceiptLanguage, RefundApi, ScannerSettings, Settings};
use super::maintenance;
use crate::backups::BackupPlan;

/// Why a till does not start on these settings. Each says what to change.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("settings.toml, line {line}: {what}")]
    Unreadable {
        /// Which line.
        line: usize,
        /// What is wrong there.
        what: String,
    },
    /// It is no settings file.
    #[error("settings.toml is longer than 256 kB: put the right file there")]
    TooLong,
    /// A value cannot be.
    #[error("settings.toml: {name} {rule}")]
    Value {
        /// Which.
        name: &'static str,
        /// What it must be.
        rule: String,
    },
    /// The address of the notices.
    #[error(
        "settings.toml: return_url must be an https address with {{token}} in it, at most 170 letters, not {given}"
    )]
    ReturnUrl {
        /// As given.
        given: String,
    },
    /// The address of the pay page.
    #[error("settings.toml: pay_page.address is plain http outside the shop's own network ({given}): use https")]
    PageAddress {
        /// As given.
        given: String,
    },
    /// Stage keys where money moves.
    #[error("production does not start with ECPay's public test keys: put the shop's own keys in")]
    StageKeys,
    /// A simulator where money moves.
    #[error("production talks to ECPay alone: a simulator's address is not taken")]
    SimulatorInProduction,
}

/// Checks settings for a profile, and makes of them what the register is told. The pay page's address is filled in once
/// its server listens, and keys from before where there are any. `simulator` is a gateway of our own, where there is one.
///
/// # Errors
/// With the first thing that cannot be, and what it must be.
pub fn check(
    settings: &Settings,
    profile: Profile,
    simulator: Option<&Gateway>,
    merchant: &Merchant,
) -> Result<Setup, SettingsError> {
    let gateway = gateway(profile, simulator)?;
    if profile == Profile::Production
        && (ecpay::stage::is_public(&merchant.id) || ecpay::stage::is_public_key(&merchant.key))
    {
        return Err(SettingsError::StageKeys);
    }
    if settings.gateway.previous_keys_days > 30 {
        return Err(value("gateway.previous_keys_days", "is between 0 and 30"));
    }
    if !(1..=120).contains(&settings.pay_page.minutes) {
        return Err(value("pay_page.minutes", "is between 1 and 120"));
    }
    settings
        .pay_page
        .listen
        .parse::<SocketAddr>()
        .map_err(|_| value("pay_page.listen", "is an address and a port, such as 127.0.0.1:8688"))?;
    page_address(settings, profile)?;
    Ok(Setup {
        heading: heading(settings, profile)?,
        merchant: merchant.clone(),
        keys_before: Vec::new(),
        gateway,
        maintenance: maintenance::check(&settings.gateway.maintenance)?,
        return_url: return_url(settings, profile)?,
        page_base: settings.pay_page.address.clone().unwrap_or_default().trim_end_matches('/').to_owned(),
        relay_base: relay_base(settings, profile)?,
        static_page: static_page(settings, profile)?,
        browser_return: settings.pay_page.browser_return,
        rules: Rules {
            // Stage marks payments it cannot make otherwise as simulated; where money moves they count for nothing.
            accept_simulated: profile != Profile::Production,
            schedule: Schedule { first_s: settings.gateway.first_check_seconds.clamp(1, 3_600), ..Schedule::default() },
            forgotten_before: None,
        },
        allowance: allowance(settings),
        limits: limits(settings)?,
        attempt_minutes: settings.pay_page.minutes,
        people: people(settings)?,
        counter: counter(settings)?,
        day: day(settings)?,
        fees: fees(settings)?,
        refunds: refunds(settings),
        printers: printers(settings)?,
    })
}

/// Whose till it is, checked: all that receipts and reports need.
///
/// # Errors
/// With the first thing that cannot be, and what it must be.
pub fn heading(settings: &Settings, profile: Profile) -> Result<Heading, SettingsError> {
    let till = settings.till.id.parse().map_err(|error| value("till.id", &format!("is wrong: {error}")))?;
    if settings.shop.name.trim().is_empty() || settings.shop.name.chars().count() > 40 {
        return Err(value("shop.name", "has 1 to 40 characters"));
    }
    if let Some(tax_id) = &settings.shop.tax_id
        && (tax_id.len() != 8 || !tax_id.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return Err(value("shop.tax_id", "has eight digits"));
    }
    if settings.till.cashier.trim().is_empty() {
        return Err(value("till.cashier", "is who stands at the till"));
    }
    Ok(Heading {
        till,
        shop: shop(settings),
        cashier: settings.till.cashier.trim().to_owned(),
        profile,
        lang: match settings.receipt.language {
            ReceiptLanguage::Zh => paper::Lang::Zh,
            ReceiptLanguage::En => paper::Lang::En,
            ReceiptLanguage::Both => paper::Lang::Both,
        },
    })
}

/// As much of a value as a refusal repeats.
fn shown(given: &str) -> String {
    given.chars().filter(|c| !c.is_control()).take(80).collect()
}

fn refunds(settings: &Settings) -> RefundSetup {
    RefundSetup {
        api: match settings.gateway.refund_api {
            RefundApi::Sealed => CardApi::Sealed,
            RefundApi::Form => CardApi::Form,
        },
        closing: if settings.gateway.auto_capture { Closing::Automatic } else { Closing::Manual },
        ..RefundSetup::default()
    }
}

fn value(name: &'static str, rule: &str) -> SettingsError {
    SettingsError::Value { name, rule: rule.to_owned() }
}

fn people(settings: &Settings) -> Result<PeopleRules, SettingsError> {
    let minutes = settings.till.lock_after_minutes;
    if minutes > 24 * 60 {
        return Err(value("till.lock_after_minutes", "is at most 1440, and 0 for never"));
    }
    let lock_after = (minutes > 0).then(|| Duration::from_secs(minutes * 60));
    Ok(PeopleRules { lock_after, ..PeopleRules::default() })
}

fn counter(settings: &Settings) -> Result<CounterRules, SettingsError> {
    let limit = settings.till.discount_limit_percent;
    if limit > 100 {
        return Err(value("till.discount_limit_percent", "is 0 to 100, and 100 for no limit"));
    }
    let labels = settings.till.scale_labels.iter().map(|layout| layout.parse());
    let labels: Result<Vec<_>, till::scale::LayoutError> = labels.collect();
    let ScannerSettings { prefix, suffix, end } = &settings.scanner;
    let typed = |text: &str| text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !typed(prefix) || !typed(suffix) {
        return Err(value("scanner.prefix and scanner.suffix", "are at most 4 letters, digits or signs each"));
    }
    Ok(CounterRules {
        discount_limit: (limit < 100).then_some(limit),
        labels: labels.map_err(|error| value("till.scale_labels", &error.to_string()))?,
        scanner: Scanner { prefix: prefix.clone(), suffix: suffix.clone(), end: *end },
    })
}

fn printers(settings: &Settings) -> Result<PrinterRules, SettingsError> {
    let printers = super::printers::check(&settings.printers)?;
    Ok(PrinterRules {
        drawer: printers.iter().any(|printer| printer.drawer.is_some()),
        names: printers.into_iter().map(|printer| printer.name).collect(),
    })
}

fn day(settings: &Settings) -> Result<DayRules, SettingsError> {
    let float = settings.day.float;
    if float > 1_000_000 {
        return Err(value("day.float", "is what the drawer starts with: 0 to 1000000 dollars"));
    }
    Ok(DayRules { float: Money::dollars(i64::from(float)), blind: settings.day.blind_count })
}

/// What the gateway keeps for itself, checked: for reports that are made without a till.
///
/// # Errors
/// With the first thing that cannot be, and what it must be.
pub fn fees(settings: &Settings) -> Result<Fees, SettingsError> {
    let wrong = || value("gateway.fees", "has lines such as credit = { percent = \"2.75\", each = 0, days = 3 }");
    let fee = |(name, given): (&String, &FeeSettings)| {
        let method = Method::named(name).ok_or_else(wrong)?;
        let rate = given.percent.parse().map_err(|_| wrong())?;
        if given.each > 10_000 || given.days > 120 {
            return Err(wrong());
        }
        Ok((method, Fee { rate, each: Money::dollars(i64::from(given.each)), days: given.days }))
    };
    settings.gateway.fees.iter().map(fee).collect()
}

/// Where backups go, checked; nothing in a shop that names no folder.
///
/// # Errors
/// With the first thing that cannot be, and what it must be.
pub fn backups(settings: &Settings) -> Result<Option<BackupPlan>, SettingsError> {
    let BackupSettings { folders, keep, every_hours } = &settings.backup;
    if folders.is_empty() {
        return Ok(None);
    }
    let paths: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    if paths.len() > 8 || paths.iter().any(|path| !path.is_absolute()) {
        return Err(value("backup.folders", "are at most 8 folders, each with its whole path"));
    }
    let keep = usize::try_from(*keep).ok().filter(|keep| (2..=1_000).contains(keep));
    let keep = keep.ok_or_else(|| value("backup.keep", "is 2 to 1000 copies"))?;
    if !(1..=168).contains(every_hours) {
        return Err(value("backup.every_hours", "is 1 to 168"));
    }
    Ok(Some(BackupPlan { folders: paths, keep, every: Duration::from_secs(every_hours * 3_600) }))
}

fn gateway(profile: Profile, simulator: Option<&Gateway>) -> Result<Gateway, SettingsError> {
    match (profile, simulator) {
        (Profile::Production, Some(_)) => Err(SettingsError::SimulatorInProduction),
        (_, Some(simulator)) => Ok(simulator.clone()),
        (profile, None) => Ok(ecpays(profile)),
    }
}

/// ECPay's own gateway for a profile.
pub(crate) fn ecpays(profile: Profile) -> Gateway {
    Gateway::of(match profile {
        Profile::Production => Environment::Production,
        Profile::Stage | Profile::Training => Environment::Stage,
    })
}

fn shop(settings: &Settings) -> Shop {
    Shop {
        name: settings.shop.name.trim().to_owned(),
        tax_id: settings.shop.tax_id.clone(),
        address: settings.shop.address.clone(),
        phone: settings.shop.phone.clone(),
        header: settings.shop.header.clone(),
        footer: settings.shop.footer.clone(),
    }
}

fn allowance(settings: &Settings) -> Allowance {
    Allowance {
        burst: settings.gateway.burst.clamp(1, 20),
        every_ms: settings.gateway.every_seconds.clamp(1, 3_600) * 1000,
        silence_ms: settings.gateway.silence_minutes.clamp(1, 24 * 60) * 60_000,
        ..Allowance::default()
    }
}

/// Stands for the till's own pay page in a training gateway's `return_url`.
pub(crate) const OWN_PAGE: &str = "{page}";

/// Where the relay is: https, or this very machine while practising. What ECPay is told of it has to fit.
fn relay_base(settings: &Settings, profile: Profile) -> Result<Option<String>, SettingsError> {
    let Some(given) = &settings.relay.address else { return Ok(None) };
    let base = given.trim_end_matches('/');
    let own = profile == Profile::Training && base.starts_with("http://127.0.0.1:");
    let plain = base.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'?' | b'#' | b'@' | b'{' | b'}'));
    // ECPay's server connects to the usual port alone (doc 2858).
    let usual_port = !base.trim_start_matches("https://").contains(':');
    if (base.starts_with("https://") && usual_port || own) && base.len() <= 140 && plain {
        Ok(Some(base.to_owned()))
    } else {
        Err(value("relay.address", "is an https address without a port or anything behind it, at most 140 letters"))
    }
}

/// Where the static page is: https, so that nobody on the way puts another one in its place; while practising also the
/// till's own copy of it. ECPay is told it as the way back.
fn static_page(settings: &Settings, profile: Profile) -> Result<Option<String>, SettingsError> {
    let Some(given) = &settings.pay_page.static_page else { return Ok(None) };
    let own = profile == Profile::Training && given.starts_with(OWN_PAGE);
    let plain = given.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'?' | b'#' | b'@' | b';' | b'|' | b'`'));
    if (given.starts_with("https://") || own) && given.len() <= 100 && plain {
        Ok(Some(given.clone()))
    } else {
        Err(value("pay_page.static_page", "is the https address of the page, at most 100 letters, without ? or #"))
    }
}

/// ECPay takes 200 letters (doc 2864); the token takes 26 of them. With a relay, that is where notices go.
pub(super) fn return_url(settings: &Settings, profile: Profile) -> Result<String, SettingsError> {
    if let Some(relay) = relay_base(settings, profile)? {
        return Ok(format!("{relay}/n/{{token}}"));
    }
    let given = match profile {
        Profile::Training | Profile::Stage => &settings.stage.return_url,
        Profile::Production => &settings.production.return_url,
    };
    // The training gateway runs on this machine and reaches the till's own page.
    let own = given.starts_with(OWN_PAGE) || given.starts_with("http://127.0.0.1:");
    let scheme = given.starts_with("https://") || (profile == Profile::Training && own);
    let fits = scheme && given.contains("{token}") && given.len() <= 170 && given.is_ascii();
    if fits { Ok(given.clone()) } else { Err(SettingsError::ReturnUrl { given: shown(given) }) }
}

fn limits(settings: &Settings) -> Result<ecpay::Limits, SettingsError> {
    let mut limits = ecpay::Limits::default();
    let wrong = || SettingsError::Value {
        name: "gateway.limits",
        rule: "has lines such as credit = [5, 199999], smallest and largest amount of a method".to_owned(),
    };
    for (name, [min, max]) in &settings.gateway.limits {
        let method = Method::named(name).and_then(|method| name_of(method).parse::<PaymentMethod>().ok());
        let (method, min, max) = (method.ok_or_else(wrong)?, Amount::new(*min), Amount::new(*max));
        match (min, max) {
            (Ok(min), Ok(max)) if min.dollars() <= max.dollars() => limits = limits.with(method, min, max),
            _ => return Err(wrong()),
        }
    }
    Ok(limits)
}

/// ECPay's spelling of our names, without regard to case: they differ by the underscores alone.
fn name_of(method: Method) -> String {
    method.name().replace('_', "")
}

/// A page on the shop's own network may be plain http: what travels is a signed form that can only be paid. Anywhere
/// else it would let a stranger change the page.
fn page_address(settings: &Settings, profile: Profile) -> Result<(), SettingsError> {
    let Some(given) = &settings.pay_page.address else { return Ok(()) };
    let refuse = || SettingsError::PageAddress { given: shown(given) };
    if given.starts_with("https://") {
        return Ok(());
    }
    let host = given.strip_prefix("http://").ok_or_else(refuse)?;
    let host = host.split('/').next().unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    let own = match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.is_private() || address.is_loopback() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => address.is_loopback() || address.is_unique_local(),
        Err(_) => host == "localhost" || host.ends_with(".local"),
    };
    if own || profile == Profile::Training { Ok(()) } else { Err(refuse()) }
}
