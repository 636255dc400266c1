//! The sample shop: a corner shop's catalogue and its people, so that training starts with something to sell and somebody
//! to ask.

use till::catalogue::Product;
use till::people::{Person, PinHash, Role, WrongPins};

const CORNER_SHOP: &[u8] = include_bytes!("../assets/corner-shop.csv");

/// The products of the sample shop.
///
/// # Panics
/// Never: a test reads the same file.
#[must_use]
pub fn products() -> Vec<Product> {
    register::catalogue::read(CORNER_SHOP).expect("the sample catalogue is in order")
}

/// Somebody of the sample shop.
struct Sample {
    id: &'static str,
    name: &'static str,
    role: Role,
    /// Shown on the lock screen: it protects nothing.
    pin: &'static str,
    /// The same as it is kept, made once so that no start has to wait for it.
    kept: &'static str,
}

const PEOPLE: [Sample; 3] = [
    Sample {
        id: "fang",
        name: "小芳",
        role: Role::Cashier,
        pin: "1234",
        kept: "$argon2id$v=19$m=19456,t=2,p=1$4voyIkkUmb24q+4s0IFf8w$vMpO0/xCweOC+b9tb1zpGXmaIQoiZPbUS/g0YZasF/g",
    },
    Sample {
        id: "zhang",
        name: "張主管",
        role: Role::Supervisor,
        pin: "2345",
        kept: "$argon2id$v=19$m=19456,t=2,p=1$gkrXfQ3tH5t0GJD89QV8+w$QKLuszw7SY/xPjqADetb1YPKGKL3ulb7KZG8UtwPz4Q",
    },
    Sample {
        id: "chen",
        name: "陳店長",
        role: Role::Owner,
        pin: "3456",
        kept: "$argon2id$v=19$m=19456,t=2,p=1$C+P+iI7c8m1MP3sfUpzUKg$o1K3nNg1JLgIHx+4X/cgt6IRSS1dqOQSOPmp5Mcvk+M",
    },
];

/// The people of the sample shop.
///
/// # Panics
/// Never: a test reads the same table.
#[must_use]
pub fn people() -> Vec<Person> {
    let person = |sample: &Sample| Person {
        id: sample.id.parse().expect("an id"),
        name: sample.name.parse().expect("a name"),
        role: sample.role,
        active: true,
        pin: sample.kept.parse().expect("a PHC string"),
        wrong: WrongPins::default(),
    };
    PEOPLE.iter().map(person).collect()
}

/// Their PINs, which the training shop's lock screen shows.
pub(crate) fn shown_pins() -> Vec<(PinHash, String)> {
    PEOPLE.iter().map(|sample| (sample.kept.parse().expect("a PHC string"), sample.pin.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use till::tax::TaxKind;

    #[test]
    fn the_pins_on_the_training_lock_screen_are_the_right_ones() {
        assert!(super::people().len() == super::PEOPLE.len());
        for sample in &super::PEOPLE {
            assert!(vault::pin_matches(sample.pin, sample.kept), "{}", sample.name);
        }
    }

    #[test]
    fn the_sample_shop_sells_at_least_120_things_with_valid_taiwanese_barcodes_taxed_and_tax_free() {
        let products = super::products();
        assert!(products.len() >= 120, "{}", products.len());
        let barcodes: Vec<_> = products.iter().flat_map(|product| &product.barcodes).collect();
        assert!(barcodes.len() >= 100);
        assert!(barcodes.iter().all(|code| code.as_str().starts_with("471") && code.as_str().len() == 13));
        let categories: BTreeSet<_> = products.iter().map(|product| &product.category).collect();
        assert!(categories.len() >= 8, "{categories:?}");
        assert!(products.iter().any(|product| product.tax == TaxKind::Taxable));
        assert!(products.iter().any(|product| product.tax == TaxKind::Exempt));
    }
}
