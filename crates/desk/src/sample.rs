//! The sample shop: a corner shop's catalogue, so that training starts with something to sell.

use till::catalogue::Product;

const CORNER_SHOP: &[u8] = include_bytes!("../assets/corner-shop.csv");

/// The products of the sample shop.
///
/// # Panics
/// Never: a test reads the same file.
#[must_use]
pub fn products() -> Vec<Product> {
    register::catalogue::read(CORNER_SHOP).expect("the sample catalogue is in order")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use till::tax::TaxKind;

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
