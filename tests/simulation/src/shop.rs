//! The shop that the simulation sells in: one till, a dozen products, a merchant whose keys are nobody's.

use ecpay::{HashIv, HashKey, Merchant, MerchantId};
use register::{Heading, Profile, Setup, Shop};
use till::budget::Allowance;
use till::catalogue::{Product, Unit};
use till::money::Money;
use till::payment::{Rules, Schedule};
use till::tax::TaxKind;

pub(crate) fn merchant() -> Merchant {
    Merchant {
        id: MerchantId::parse("1234567").expect("a merchant number"),
        key: HashKey::parse("simulationkey001").expect("a key"),
        iv: HashIv::parse("simulationiv0001").expect("a key"),
    }
}

/// Rules as in production: simulated payments count for nothing.
pub(crate) fn setup() -> Setup {
    Setup {
        heading: Heading {
            till: "T1".parse().expect("a till id"),
            shop: Shop { name: "種子商店".to_owned(), ..Shop::default() },
            cashier: "阿明".to_owned(),
            profile: Profile::Production,
            lang: paper::Lang::Both,
        },
        merchant: merchant(),
        keys_before: Vec::new(),
        maintenance: Vec::new(),
        gateway: ecpay::Gateway::of(ecpay::Environment::Production),
        return_url: "https://relay.example/n/{token}".to_owned(),
        page_base: "https://pay.example".to_owned(),
        relay_base: None,
        static_page: None,
        browser_return: true,
        rules: Rules { accept_simulated: false, schedule: Schedule::default(), forgotten_before: None },
        allowance: Allowance::default(),
        limits: ecpay::Limits::default(),
        attempt_minutes: 15,
        people: register::PeopleRules::default(),
        counter: register::CounterRules::default(),
        day: register::DayRules::default(),
        fees: till::fee::Fees::new(),
        printers: register::PrinterRules::default(),
        refunds: register::RefundSetup::default(),
    }
}

pub(crate) fn products() -> Vec<Product> {
    (1_i64..=12)
        .map(|n| Product {
            code: format!("P{n:02}").parse().expect("a code"),
            barcodes: vec![format!("SIM{n:05}").parse().expect("a barcode")],
            name: format!("商品{n}"),
            category: "測試".to_owned(),
            price: Money::dollars(
                [35, 120, 999, 5, 48, 1, 20_000, 66, 250, 10, 3_333, 15][usize::try_from(n - 1).expect("small")],
            ),
            tax: [TaxKind::Taxable, TaxKind::Taxable, TaxKind::Exempt, TaxKind::ZeroRated]
                [usize::try_from(n % 4).expect("small")],
            unit: Unit::Piece,
            favourite: false,
            prices: vec![],
        })
        .collect()
}
