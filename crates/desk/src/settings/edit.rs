//! Changing the settings file and nothing else in it: comments, order and what nobody asked about stay as a person left
//! them.

use register::view::{SettingChange, SettingName, SettingProblem, SettingValue};
use register::{CommandError, Profile};
use till::event::SettingChanged;
use toml_edit::{Array, DocumentMut, Item, Table, Value};

use super::check::{self, SettingsError};
use super::file::{self, Settings};
use super::names;

/// The text of a settings file with these changes made, and those that made a difference.
///
/// # Errors
/// When the text is no settings file, or something cannot be as it is wanted: then nothing is changed.
pub(crate) fn changed(text: &str, changes: &[SettingChange]) -> Result<(String, Vec<SettingChanged>), CommandError> {
    let before = file::read(text).map_err(|error| unreadable(&error))?;
    let mut document = document(text)?;
    let mut made = Vec::new();
    for change in changes {
        let refused = |why| CommandError::SettingRefused { name: change.name, why };
        let wanted = names::wanted(change.name, &change.value).map_err(refused)?;
        if names::value(&before, change.name) != wanted {
            made.push(SettingChanged { name: change.name.name().to_owned(), value: shown(&wanted) });
            put(&mut document, change.name.name(), toml_value(wanted))?;
        }
    }
    Ok((document.to_string(), made))
}

/// The text of a settings file that sells in this world from the next start, collecting for this merchant where one is
/// named.
///
/// # Errors
/// When the text is no settings file.
pub(crate) fn collecting(
    text: &str,
    profile: Option<Profile>,
    merchant: Option<(Profile, &str)>,
) -> Result<(String, Vec<SettingChanged>), CommandError> {
    file::read(text).map_err(|error| unreadable(&error))?;
    let mut document = document(text)?;
    let mut made = Vec::new();
    let mut set = |name: String, value: &str| {
        put(&mut document, &name, Value::from(value))?;
        made.push(SettingChanged { name, value: value.to_owned() });
        Ok::<_, CommandError>(())
    };
    if let Some((of, id)) = merchant {
        set(format!("{of}.merchant_id"), id)?;
    }
    if let Some(profile) = profile {
        set("profile".to_owned(), profile.name())?;
    }
    Ok((document.to_string(), made))
}

/// What a start would refuse, as the screen says it.
pub(crate) fn refused(error: &SettingsError) -> CommandError {
    let (name, why) = match error {
        SettingsError::Value { name, rule } => {
            let Some(name) = SettingName::EVERY.iter().copied().find(|each| each.name() == *name) else {
                return unreadable(error);
            };
            let address = matches!(name, SettingName::PageListen | SettingName::StaticPage | SettingName::RelayAddress);
            (name, if address { SettingProblem::Address } else { SettingProblem::Rule { rule: rule.clone() } })
        }
        SettingsError::ReturnUrl { .. } => (SettingName::ProductionReturnUrl, SettingProblem::Address),
        SettingsError::PageAddress { .. } => (SettingName::PageAddress, SettingProblem::Address),
        other => return unreadable(other),
    };
    CommandError::SettingRefused { name, why }
}

/// Where notices go is checked for both worlds that ECPay sends them from, whichever the till sells in.
pub(crate) fn check_addresses(settings: &Settings, changes: &[SettingChange]) -> Result<(), CommandError> {
    for (name, profile) in
        [(SettingName::StageReturnUrl, Profile::Stage), (SettingName::ProductionReturnUrl, Profile::Production)]
    {
        if changes.iter().any(|change| change.name == name) && check::return_url(settings, profile).is_err() {
            return Err(CommandError::SettingRefused { name, why: SettingProblem::Address });
        }
    }
    Ok(())
}

pub(crate) fn unreadable(error: &SettingsError) -> CommandError {
    CommandError::SettingsUnreadable { message: error.to_string() }
}

fn document(text: &str) -> Result<DocumentMut, CommandError> {
    text.parse().map_err(|error: toml_edit::TomlError| CommandError::SettingsUnreadable { message: error.to_string() })
}

/// Puts a value in its place. What stands around the old one stays there.
fn put(document: &mut DocumentMut, name: &str, mut value: Value) -> Result<(), CommandError> {
    let table = match name.split_once('.') {
        None => document.as_table_mut(),
        Some((section, _)) => {
            document.entry(section).or_insert(Item::Table(Table::new())).as_table_mut().ok_or_else(|| {
                CommandError::SettingsUnreadable { message: format!("settings.toml: [{section}] is no section") }
            })?
        }
    };
    let key = name.split_once('.').map_or(name, |(_, key)| key);
    match table.get_mut(key) {
        Some(item) => {
            if let Some(old) = item.as_value() {
                *value.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(value);
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
    Ok(())
}

fn toml_value(value: SettingValue) -> Value {
    match value {
        SettingValue::Text(text) => Value::from(text),
        SettingValue::Number(number) => Value::from(number),
        SettingValue::Flag(flag) => Value::from(flag),
        SettingValue::Lines(lines) => Value::Array(lines.into_iter().collect::<Array>()),
    }
}

fn shown(value: &SettingValue) -> String {
    match value {
        SettingValue::Text(text) => text.clone(),
        SettingValue::Number(number) => number.to_string(),
        SettingValue::Flag(flag) => flag.to_string(),
        SettingValue::Lines(lines) => lines.join(" / "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::STARTING;

    fn text(name: SettingName, value: &str) -> SettingChange {
        SettingChange { name, value: SettingValue::Text(value.to_owned()) }
    }

    #[test]
    fn one_value_changes_and_every_comment_stays() {
        let (after, made) = changed(STARTING, &[text(SettingName::ShopName, "對街茶行")]).expect("changed");
        let differing: Vec<_> = STARTING.lines().zip(after.lines()).filter(|(old, new)| old != new).collect();
        assert_eq!(differing, [("name = \"巷口柑仔店\"", "name = \"對街茶行\"")]);
        assert_eq!(STARTING.lines().count(), after.lines().count());
        assert_eq!(made.len(), 1);
    }

    #[test]
    fn what_the_file_left_out_is_put_into_its_section_and_what_is_taken_out_keeps_its_place() {
        let (with, _) = changed(STARTING, &[text(SettingName::ShopTaxId, "22099131")]).expect("changed");
        assert_eq!(file::read(&with).expect("reads").shop.tax_id.as_deref(), Some("22099131"));
        let by_hand = with.replace("tax_id = \"22099131\"", "# ours\ntax_id = \"22099131\" # checked");
        let (without, _) = changed(&by_hand, &[text(SettingName::ShopTaxId, "")]).expect("changed");
        assert!(without.contains("# ours\ntax_id = \"\" # checked"), "{without}");
        assert_eq!(file::read(&without).expect("reads").shop.tax_id, None);
        let (bare, _) = changed("profile = \"training\"\n", &[text(SettingName::TillId, "B2")]).expect("changed");
        assert_eq!(file::read(&bare).expect("reads").till.id, "B2");
    }

    #[test]
    fn every_setting_can_be_written_back_as_it_is_read() {
        let settings = file::read(STARTING).expect("reads");
        for &name in SettingName::EVERY {
            let value = names::value(&settings, name);
            assert_eq!(names::wanted(name, &value), Ok(value.clone()), "{name:?}");
            let mut document: DocumentMut = STARTING.parse().expect("toml");
            put(&mut document, name.name(), toml_value(value.clone())).expect("put");
            let again = file::read(&document.to_string()).unwrap_or_else(|error| panic!("{name:?}: {error}"));
            assert_eq!(names::value(&again, name), value, "{name:?}");
        }
    }

    /// What the file explains and no screen shows: the profile and whom it collects for have a page of their own, and
    /// lists are written by hand.
    #[test]
    fn whatever_the_file_explains_a_screen_can_change() {
        let elsewhere = [
            "profile",
            "stage.merchant_id",
            "production.merchant_id",
            "gateway.maintenance",
            "gateway.limits.credit",
            "gateway.fees.credit",
        ];
        let mut section = String::new();
        for line in STARTING.lines() {
            let line = line.strip_prefix("# ").unwrap_or(line);
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = format!("{name}.");
            } else if let Some((key, _)) = line.split_once(" = ")
                && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            {
                let name = format!("{section}{key}");
                let known = SettingName::EVERY.iter().any(|each| each.name() == name);
                assert!(
                    known || name.starts_with("[printers].") || elsewhere.contains(&name.as_str()),
                    "no screen can change {name}"
                );
            }
        }
    }

    #[test]
    fn what_cannot_be_is_refused_with_why_and_changes_nothing() {
        let long = "長".repeat(10_000);
        for (name, value, why) in [
            (SettingName::ShopName, "", SettingProblem::Missing),
            (SettingName::ShopName, "   ", SettingProblem::Missing),
            (SettingName::ShopName, &long, SettingProblem::TooLong { max: 40 }),
            (SettingName::ShopName, "店\u{202e}名", SettingProblem::Unseen),
            (SettingName::ShopTaxId, "1234567", SettingProblem::TaxIdDigits),
            (SettingName::ShopTaxId, "12345678", SettingProblem::TaxIdCheck),
            (SettingName::TillId, "t1", SettingProblem::TillId),
            (SettingName::ScannerPrefix, "店", SettingProblem::Typed),
            (SettingName::ReceiptLanguage, "ja", SettingProblem::Choice),
            (SettingName::Float, "3000", SettingProblem::Choice),
        ] {
            let refused = changed(STARTING, &[text(SettingName::ShopPhone, "02-1"), text(name, value)]);
            assert_eq!(refused, Err(CommandError::SettingRefused { name, why }), "{name:?}");
        }
        let number = |value| [SettingChange { name: SettingName::DiscountLimit, value: SettingValue::Number(value) }];
        assert!(changed(STARTING, &number(101)).is_err() && changed(STARTING, &number(-1)).is_err());
        let lines =
            |lines: Vec<String>| [SettingChange { name: SettingName::ShopFooter, value: SettingValue::Lines(lines) }];
        assert!(changed(STARTING, &lines(vec!["x".to_owned(); 9])).is_err());
    }

    #[test]
    fn emoji_and_quotes_and_right_to_left_names_are_names() {
        for name in ["小吃🍜店", "\"O'Neil\" \\ café", "مقهى", "👨‍👩‍👧 早餐"] {
            let (after, _) = changed(STARTING, &[text(SettingName::ShopName, name)]).expect(name);
            assert_eq!(file::read(&after).expect(name).shop.name, name);
        }
    }
}
