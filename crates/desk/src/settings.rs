//! The settings file: one TOML file for people to read and edit, checked as a whole before anything starts.

mod check;
mod edit;
mod file;
mod maintenance;
mod names;
mod printers;

use std::path::PathBuf;

use register::Profile;
use register::view::{SettingName, SettingsLook};

pub(crate) use check::{OWN_PAGE, ecpays};
pub use check::{SettingsError, backups, check, fees, heading};
pub(crate) use edit::{changed, check_addresses, collecting, refused, unreadable};
pub use file::{
    BYTES_MAX, DisplayPlace, DisplaySettings, GatewaySettings, MaintenanceSettings, MerchantSettings, PayPageSettings,
    PrinterCodes, PrinterCutter, PrinterLetters, PrinterSettings, PrinterWay, ReceiptLanguage, RefundApi,
    ScannerSettings, Settings, ShopSettings, TillSettings, read,
};
pub(crate) use names::is_live;

pub use printers::{ShopPrinter, check as check_printers};

/// The settings a new till starts with: training, in the sample shop.
pub const STARTING: &str = include_str!("../assets/settings.toml");

/// The settings as a screen shows them; `opened` is what the till started on, `till` and `profile` what it is now.
pub(crate) fn look(now: &Settings, opened: &Settings, till: &str, profile: Profile, path: PathBuf) -> SettingsLook {
    SettingsLook {
        settings: SettingName::EVERY.iter().map(|name| names::setting(now, *name)).collect(),
        path: path.display().to_string(),
        waits: crate::set_up::waits(now, opened, till, profile),
    }
}

/// Whether two files say the same of a setting.
pub(crate) fn same(one: &Settings, other: &Settings, name: SettingName) -> bool {
    names::value(one, name) == names::value(other, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_a_new_till_starts_with_are_in_order() {
        let settings = read(STARTING).expect("reads");
        assert_eq!(settings.profile, Profile::Training);
        check(&settings, Profile::Training, None, &ecpay::stage::merchant()).expect("in order");
    }

    #[test]
    fn a_misspelt_name_is_named_with_its_line() {
        let error = read("profile = \"training\"\n[shop]\nnmae = \"x\"\n").expect_err("misspelt");
        let text = error.to_string();
        assert!(text.contains("nmae") && text.contains("line 3"), "{text}");
    }

    fn production() -> Settings {
        let mut settings = read(STARTING).expect("reads");
        settings.profile = Profile::Production;
        settings.production.merchant_id = Some("3412345".to_owned());
        settings
    }

    fn own_merchant() -> ecpay::Merchant {
        ecpay::Merchant {
            id: "3412345".parse().expect("an id"),
            key: ecpay::HashKey::parse("0123456789abcdef").expect("a key"),
            iv: ecpay::HashIv::parse("fedcba9876543210").expect("an iv"),
        }
    }

    #[test]
    fn production_starts_with_keys_of_its_own_and_nothing_else() {
        check(&production(), Profile::Production, None, &own_merchant()).expect("in order");
        let stage = check(&production(), Profile::Production, None, &ecpay::stage::merchant());
        assert!(matches!(stage, Err(SettingsError::StageKeys)));
    }

    #[test]
    fn production_refuses_plain_http_and_a_simulator() {
        let mut settings = production();
        settings.production.return_url = "http://shop.example/n/{token}".to_owned();
        let refused = check(&settings, Profile::Production, None, &own_merchant());
        assert!(matches!(refused, Err(SettingsError::ReturnUrl { .. })), "{refused:?}");
        let mut settings = production();
        settings.pay_page.address = Some("http://shop.example:8688".to_owned());
        let refused = check(&settings, Profile::Production, None, &own_merchant());
        assert!(matches!(refused, Err(SettingsError::PageAddress { .. })), "{refused:?}");
        let simulator = ecpay::Gateway::at("http://127.0.0.1:8689").expect("an address");
        let refused = check(&production(), Profile::Production, Some(&simulator), &own_merchant());
        assert!(matches!(refused, Err(SettingsError::SimulatorInProduction)), "{refused:?}");
        let elsewhere = ecpay::Gateway::at("https://pay.example").expect("an address");
        let refused = check(&production(), Profile::Production, Some(&elsewhere), &own_merchant());
        assert!(matches!(refused, Err(SettingsError::SimulatorInProduction)), "{refused:?}");
    }

    #[test]
    fn training_sends_its_notices_to_the_tills_own_page_and_nothing_else_does() {
        let mut settings = read(STARTING).expect("reads");
        settings.stage.return_url = format!("{}/n/{{token}}", check::OWN_PAGE);
        check(&settings, Profile::Training, None, &ecpay::stage::merchant()).expect("in order");
        let refused = check(&settings, Profile::Stage, None, &ecpay::stage::merchant());
        assert!(matches!(refused, Err(SettingsError::ReturnUrl { .. })), "{refused:?}");
    }

    #[test]
    fn a_page_on_the_shops_own_network_may_be_plain_http() {
        for address in
            ["http://192.168.1.20:8688", "http://10.0.0.5", "http://till.local:8688", "https://pay.shop.example"]
        {
            let mut settings = production();
            settings.pay_page.address = Some(address.to_owned());
            check(&settings, Profile::Production, None, &own_merchant()).expect(address);
        }
    }

    #[test]
    fn a_value_that_cannot_be_is_named() {
        type Breaking = fn(&mut Settings);
        let cases: [(Breaking, &str); 10] = [
            (|s| s.pay_page.minutes = 0, "pay_page.minutes"),
            (|s| s.pay_page.minutes = 121, "pay_page.minutes"),
            (|s| s.pay_page.listen = "here".to_owned(), "pay_page.listen"),
            (|s| s.till.id = "TILL1".to_owned(), "till.id"),
            (|s| s.till.cashier = "  ".to_owned(), "till.cashier"),
            (|s| s.shop.name = String::new(), "shop.name"),
            (|s| s.shop.tax_id = Some("1234567x".to_owned()), "shop.tax_id"),
            (|s| s.gateway.limits = [("credit".to_owned(), [500, 5])].into(), "gateway.limits"),
            (|s| s.gateway.previous_keys_days = 31, "gateway.previous_keys_days"),
            (|s| s.gateway.limits = [("cheque".to_owned(), [5, 500])].into(), "gateway.limits"),
        ];
        for (break_it, name) in cases {
            let mut settings = read(STARTING).expect("reads");
            break_it(&mut settings);
            let refused = check(&settings, Profile::Training, None, &ecpay::stage::merchant());
            assert!(matches!(&refused, Err(SettingsError::Value { name: named, .. }) if *named == name), "{refused:?}");
        }
    }

    #[test]
    fn a_return_url_is_https_with_a_token_and_short_enough_wherever_ecpay_reads_it() {
        for (profile, given) in [
            (Profile::Stage, "http://127.0.0.1:8688/n/{token}"),
            (Profile::Stage, "https://shop.example/n"),
            (Profile::Stage, "https://商店.example/n/{token}"),
            (Profile::Training, "http://192.168.1.20/n/{token}"),
        ] {
            let mut settings = read(STARTING).expect("reads");
            settings.stage.return_url = given.to_owned();
            let refused = check(&settings, profile, None, &ecpay::stage::merchant());
            assert!(matches!(refused, Err(SettingsError::ReturnUrl { .. })), "{profile} {given}");
        }
        let mut settings = read(STARTING).expect("reads");
        settings.stage.return_url = format!("https://shop.example/{}/{{token}}", "x".repeat(150));
        assert!(check(&settings, Profile::Stage, None, &ecpay::stage::merchant()).is_err());
        settings.stage.return_url = "http://127.0.0.1:8688/n/{token}".to_owned();
        check(&settings, Profile::Training, None, &ecpay::stage::merchant()).expect("the training gateway reaches it");
    }

    #[test]
    fn a_relay_is_where_ecpay_can_reach_it() {
        let relay = |profile, given: &str| {
            let mut settings = read(STARTING).expect("reads");
            settings.relay.address = Some(given.to_owned());
            check(&settings, profile, None, &ecpay::stage::merchant()).map(|setup| setup.return_url)
        };
        let there = "https://a1b2.execute-api.ap-east-2.amazonaws.com";
        assert_eq!(relay(Profile::Stage, &format!("{there}/")).expect("in order"), format!("{there}/n/{{token}}"));
        relay(Profile::Training, "http://127.0.0.1:8690").expect("this very machine, for practice");
        for (profile, given) in [
            (Profile::Stage, "http://127.0.0.1:8690"),
            (Profile::Stage, "https://relay.example:8443"),
            (Profile::Stage, "https://relay.example/?shop=1"),
            (Profile::Stage, "https://user@relay.example"),
            (Profile::Training, "http://192.168.1.20:8690"),
            (Profile::Stage, &format!("https://{}.example", "x".repeat(140))),
        ] {
            let refused = relay(profile, given);
            assert!(matches!(refused, Err(SettingsError::Value { name: "relay.address", .. })), "{given}");
        }
    }

    #[test]
    fn a_static_page_is_public_and_short() {
        let page = |profile, given: &str| {
            let mut settings = read(STARTING).expect("reads");
            settings.pay_page.static_page = Some(given.to_owned());
            check(&settings, profile, None, &ecpay::stage::merchant()).map(|setup| setup.static_page)
        };
        let there = "https://shop.github.io/pay.html";
        assert_eq!(page(Profile::Stage, there).expect("in order").as_deref(), Some(there));
        page(Profile::Training, "{page}/pay.html").expect("the till's own copy, for practice");
        for (profile, given) in [
            (Profile::Stage, "{page}/pay.html"),
            (Profile::Stage, "http://shop.example/pay.html"),
            (Profile::Training, "http://192.168.1.20/pay.html"),
            (Profile::Stage, "https://shop.example/pay.html#"),
            (Profile::Stage, "https://shop.example/pay?shop=1"),
            (Profile::Stage, "https://商店.example/pay.html"),
            (Profile::Stage, &format!("https://shop.example/{}", "x".repeat(80))),
        ] {
            let refused = page(profile, given);
            let named = matches!(refused, Err(SettingsError::Value { name: "pay_page.static_page", .. }));
            assert!(named, "{given}");
        }
    }

    #[test]
    fn only_where_money_moves_do_simulated_payments_count_for_nothing() {
        let simulated = |profile, merchant: &ecpay::Merchant| {
            check(&production(), profile, None, merchant).expect("in order").rules.accept_simulated
        };
        assert!(!simulated(Profile::Production, &own_merchant()));
        assert!(simulated(Profile::Stage, &ecpay::stage::merchant()));
        assert!(simulated(Profile::Training, &ecpay::stage::merchant()));
    }
}
