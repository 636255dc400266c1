//! What each setting is: where its value is kept, what it may be, and whether a change counts at once.

use register::view::{ScannerEnd, Setting, SettingName, SettingProblem, SettingValue};
use relay::wire::Happened;
use till::tax_id::{self, TaxIdError};

use super::file::{DisplayPlace, ReceiptLanguage, RefundApi, Settings};

/// What a setting may say.
pub(super) enum Kind {
    /// A line of text of so many characters at most.
    Text { max: usize, needed: bool },
    /// One of these.
    Choice(&'static [&'static str]),
    /// A number within these.
    Number(i64, i64),
    /// Yes or no.
    Flag,
    /// So many lines of so many characters.
    Lines { most: usize, max: usize },
    /// Some of these.
    Some(&'static [&'static str]),
}

pub(super) fn kind(name: SettingName) -> Kind {
    use SettingName as N;
    let text = |max| Kind::Text { max, needed: false };
    match name {
        N::ShopName => Kind::Text { max: 40, needed: true },
        N::ShopTaxId => text(8),
        N::ShopAddress => text(80),
        N::ShopPhone => text(30),
        N::ShopHeader | N::ShopFooter => Kind::Lines { most: 8, max: 60 },
        N::ReceiptLanguage => Kind::Choice(&["zh", "en", "both"]),
        N::TillId => Kind::Text { max: 3, needed: true },
        N::TillCashier => Kind::Text { max: 20, needed: true },
        N::LockAfter => Kind::Number(0, 24 * 60),
        N::DiscountLimit => Kind::Number(0, 100),
        N::ScaleLabels => Kind::Lines { most: 8, max: 13 },
        N::ScannerPrefix | N::ScannerSuffix => text(4),
        N::ScannerEnd => Kind::Choice(&["enter", "tab"]),
        N::Float => Kind::Number(0, 1_000_000),
        N::BlindCount | N::BrowserReturn | N::AutoCapture => Kind::Flag,
        N::BackupFolders => Kind::Lines { most: 8, max: 200 },
        N::BackupKeep => Kind::Number(2, 1_000),
        N::BackupEvery => Kind::Number(1, 168),
        N::Display => Kind::Choice(&["second_monitor", "window", "off"]),
        N::PageMinutes => Kind::Number(1, 120),
        N::PageListen => Kind::Text { max: 60, needed: true },
        N::PageAddress | N::StaticPage | N::RelayAddress => text(200),
        N::RelayTell => Kind::Some(&["paid", "late", "over_paid", "contradicted"]),
        N::Burst => Kind::Number(1, 20),
        N::EverySeconds | N::FirstCheck => Kind::Number(1, 3_600),
        N::SilenceMinutes => Kind::Number(1, 24 * 60),
        N::RefundApi => Kind::Choice(&["sealed", "form"]),
        N::PreviousKeysDays => Kind::Number(0, 30),
        N::StageReturnUrl | N::ProductionReturnUrl => Kind::Text { max: 200, needed: true },
    }
}

/// Whether the running till takes a change over (`Register::adopt`).
pub(crate) fn is_live(name: SettingName) -> bool {
    use SettingName as N;
    match name {
        N::ShopName
        | N::ShopTaxId
        | N::ShopAddress
        | N::ShopPhone
        | N::ShopHeader
        | N::ShopFooter
        | N::ReceiptLanguage
        | N::TillCashier
        | N::LockAfter
        | N::DiscountLimit
        | N::ScaleLabels
        | N::ScannerPrefix
        | N::ScannerSuffix
        | N::ScannerEnd
        | N::Float
        | N::BlindCount
        | N::PageMinutes => true,
        N::TillId
        | N::BackupFolders
        | N::BackupKeep
        | N::BackupEvery
        | N::Display
        | N::PageListen
        | N::PageAddress
        | N::StaticPage
        | N::BrowserReturn
        | N::RelayAddress
        | N::RelayTell
        | N::Burst
        | N::EverySeconds
        | N::SilenceMinutes
        | N::FirstCheck
        | N::RefundApi
        | N::AutoCapture
        | N::PreviousKeysDays
        | N::StageReturnUrl
        | N::ProductionReturnUrl => false,
    }
}

/// What these settings say of it.
pub(super) fn value(of: &Settings, name: SettingName) -> SettingValue {
    use SettingName as N;
    let text = |text: &str| SettingValue::Text(text.to_owned());
    let perhaps = |given: &Option<String>| SettingValue::Text(given.clone().unwrap_or_default());
    match name {
        N::ShopName => text(&of.shop.name),
        N::ShopTaxId => perhaps(&of.shop.tax_id),
        N::ShopAddress => perhaps(&of.shop.address),
        N::ShopPhone => perhaps(&of.shop.phone),
        N::ShopHeader => SettingValue::Lines(of.shop.header.clone()),
        N::ShopFooter => SettingValue::Lines(of.shop.footer.clone()),
        N::ReceiptLanguage => text(match of.receipt.language {
            ReceiptLanguage::Zh => "zh",
            ReceiptLanguage::En => "en",
            ReceiptLanguage::Both => "both",
        }),
        N::TillId => text(&of.till.id),
        N::TillCashier => text(&of.till.cashier),
        N::LockAfter => number(of.till.lock_after_minutes),
        N::DiscountLimit => number(of.till.discount_limit_percent),
        N::ScaleLabels => SettingValue::Lines(of.till.scale_labels.clone()),
        N::ScannerPrefix => text(&of.scanner.prefix),
        N::ScannerSuffix => text(&of.scanner.suffix),
        N::ScannerEnd => text(match of.scanner.end {
            ScannerEnd::Enter => "enter",
            ScannerEnd::Tab => "tab",
        }),
        N::Float => number(of.day.float),
        N::BlindCount => SettingValue::Flag(of.day.blind_count),
        N::BackupFolders => SettingValue::Lines(of.backup.folders.clone()),
        N::BackupKeep => number(of.backup.keep),
        N::BackupEvery => number(of.backup.every_hours),
        N::Display => text(match of.customer_display.place {
            DisplayPlace::SecondMonitor => "second_monitor",
            DisplayPlace::Window => "window",
            DisplayPlace::Off => "off",
        }),
        N::PageMinutes => number(of.pay_page.minutes),
        N::PageListen => text(&of.pay_page.listen),
        N::PageAddress => perhaps(&of.pay_page.address),
        N::StaticPage => perhaps(&of.pay_page.static_page),
        N::BrowserReturn => SettingValue::Flag(of.pay_page.browser_return),
        N::RelayAddress => perhaps(&of.relay.address),
        N::RelayTell => SettingValue::Lines(of.relay.tell.iter().map(|what| happened(*what).to_owned()).collect()),
        N::Burst => number(of.gateway.burst),
        N::EverySeconds => number(of.gateway.every_seconds),
        N::SilenceMinutes => number(of.gateway.silence_minutes),
        N::FirstCheck => number(of.gateway.first_check_seconds),
        N::RefundApi => text(match of.gateway.refund_api {
            RefundApi::Sealed => "sealed",
            RefundApi::Form => "form",
        }),
        N::AutoCapture => SettingValue::Flag(of.gateway.auto_capture),
        N::PreviousKeysDays => number(of.gateway.previous_keys_days),
        N::StageReturnUrl => text(&of.stage.return_url),
        N::ProductionReturnUrl => text(&of.production.return_url),
    }
}

/// A setting as the screen shows it.
pub(super) fn setting(of: &Settings, name: SettingName) -> Setting {
    let (mut choices, mut range) = (vec![], None);
    match kind(name) {
        Kind::Choice(those) | Kind::Some(those) => choices = those.iter().map(|&each| each.to_owned()).collect(),
        Kind::Number(min, max) => range = Some((min, max)),
        Kind::Text { .. } | Kind::Lines { .. } | Kind::Flag => {}
    }
    Setting { name, value: value(of, name), choices, range, live: is_live(name) }
}

/// What somebody wants it to be, tidied.
///
/// # Errors
/// With why it cannot be that.
pub(super) fn wanted(name: SettingName, given: &SettingValue) -> Result<SettingValue, SettingProblem> {
    let value = match (kind(name), given) {
        (Kind::Text { max, needed }, SettingValue::Text(text)) => {
            let text = line(text, max)?;
            if needed && text.is_empty() {
                return Err(SettingProblem::Missing);
            }
            SettingValue::Text(text)
        }
        (Kind::Choice(those), SettingValue::Text(text)) if those.contains(&text.as_str()) => given.clone(),
        (Kind::Number(min, max), SettingValue::Number(number)) => {
            if !(min..=max).contains(number) {
                return Err(SettingProblem::Range { min, max });
            }
            given.clone()
        }
        (Kind::Flag, SettingValue::Flag(_)) => given.clone(),
        (Kind::Lines { most, max }, SettingValue::Lines(lines)) => {
            let mut lines = lines.iter().map(|text| line(text, max)).collect::<Result<Vec<_>, _>>()?;
            while lines.last().is_some_and(String::is_empty) {
                lines.pop();
            }
            if lines.len() > most {
                return Err(SettingProblem::TooMany { max: most });
            }
            SettingValue::Lines(lines)
        }
        (Kind::Some(those), SettingValue::Lines(some)) if some.iter().all(|each| those.contains(&each.as_str())) => {
            // Each once, in our order.
            let chosen = those.iter().filter(|each| some.iter().any(|one| one == *each));
            SettingValue::Lines(chosen.map(|&each| each.to_owned()).collect())
        }
        _ => return Err(SettingProblem::Choice),
    };
    special(name, &value)?;
    Ok(value)
}

/// What holds for one of them alone.
fn special(name: SettingName, value: &SettingValue) -> Result<(), SettingProblem> {
    match (name, value) {
        (SettingName::ShopTaxId, SettingValue::Text(text)) if !text.is_empty() => {
            tax_id::check(text).map_err(|error| match error {
                TaxIdError::Digits => SettingProblem::TaxIdDigits,
                TaxIdError::Check => SettingProblem::TaxIdCheck,
            })
        }
        (SettingName::TillId, SettingValue::Text(text)) => {
            text.parse::<till::ids::TillId>().map(drop).map_err(|_| SettingProblem::TillId)
        }
        (SettingName::ScannerPrefix | SettingName::ScannerSuffix, SettingValue::Text(text)) => {
            if text.bytes().all(|byte| byte.is_ascii_graphic()) { Ok(()) } else { Err(SettingProblem::Typed) }
        }
        (SettingName::ScaleLabels, SettingValue::Lines(lines)) => {
            let layouts = lines.iter().map(|line| line.parse::<till::scale::Layout>());
            if layouts.into_iter().all(|layout| layout.is_ok()) { Ok(()) } else { Err(SettingProblem::Label) }
        }
        _ => Ok(()),
    }
}

/// One line that a person can read as it stands: nothing in it is unseen, and nothing turns it around.
fn line(text: &str, max: usize) -> Result<String, SettingProblem> {
    let text = text.trim();
    if text.chars().nth(max).is_some() {
        return Err(SettingProblem::TooLong { max });
    }
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if text.chars().any(unseen) { Err(SettingProblem::Unseen) } else { Ok(text.to_owned()) }
}

fn number(number: impl Into<u64>) -> SettingValue {
    SettingValue::Number(i64::try_from(number.into()).unwrap_or(i64::MAX))
}

fn happened(what: Happened) -> &'static str {
    match what {
        Happened::Paid => "paid",
        Happened::Late => "late",
        Happened::OverPaid => "over_paid",
        Happened::Contradicted => "contradicted",
    }
}
