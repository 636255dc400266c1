//! The products as the screens leaf through them: never more at a time than fit on a screen or two.

use till::catalogue::{Barcode, Price, Product};
use till::money::Money;

use crate::catalogue::Wrong;
use crate::products::Products;
use crate::view::{self, Category, LaterPrice, ProductForm, Shelf, ShelfPage, ShelfTab};

/// So many products are handed to a screen at a time.
pub(crate) const PAGE: usize = 60;

impl Products {
    /// How many products there are, and where.
    #[must_use]
    pub fn face(&self) -> Shelf {
        Shelf {
            total: self.all().len(),
            favourites: self.favourites().len(),
            categories: self
                .categories()
                .iter()
                .map(|(name, places)| Category { name: name.clone(), count: places.len() })
                .collect(),
            page: PAGE,
        }
    }

    /// Some of the products of a tab, from a place on.
    #[must_use]
    pub fn page(&self, tab: &ShelfTab, from: usize) -> ShelfPage {
        let all = self.all();
        let of = |places: &[usize]| -> ShelfPage {
            let page = places.iter().skip(from).take(PAGE).map(|at| super::look::product(&all[*at]));
            ShelfPage { products: page.collect(), from, total: places.len() }
        };
        match tab {
            ShelfTab::All => ShelfPage {
                products: all.iter().skip(from).take(PAGE).map(super::look::product).collect(),
                from,
                total: all.len(),
            },
            ShelfTab::Favourites => of(self.favourites()),
            ShelfTab::Category { name } => {
                let found = self.categories().iter().find(|(known, _)| known == name);
                of(found.map_or(&[][..], |(_, places)| places))
            }
        }
    }

    /// Products for what a cashier typed, best first.
    #[must_use]
    pub fn found(&self, text: &str) -> Vec<view::Product> {
        self.search(text, PAGE).into_iter().map(super::look::product).collect()
    }
}

impl ProductForm {
    pub(super) fn of(product: &Product) -> Self {
        Self {
            code: product.code.to_string(),
            barcodes: product.barcodes.iter().map(ToString::to_string).collect(),
            name: product.name.clone(),
            category: product.category.clone(),
            price: product.price.as_dollars(),
            tax: product.tax.into(),
            unit: product.unit.into(),
            favourite: product.favourite,
            prices: product
                .prices
                .iter()
                .map(|later| LaterPrice { from: later.from.to_string(), price: later.price.as_dollars() })
                .collect(),
        }
    }

    /// The product somebody wrote down, or the first thing that is wrong with it.
    pub(super) fn read(&self) -> Result<Product, Wrong> {
        // Nothing of this length is any of these, and nobody wants to read it again.
        let short = |text: &str| -> String { text.trim().chars().take(Product::NAME_MAX + 1).collect() };
        let mut barcodes: Vec<Barcode> = Vec::new();
        for given in self.barcodes.iter().take(Product::BARCODES_MAX + 1).map(|given| short(given)) {
            let barcode = given.parse()?;
            if !barcodes.contains(&barcode) {
                barcodes.push(barcode);
            }
        }
        let mut prices = Vec::new();
        for later in self.prices.iter().take(Product::PRICES_MAX + 1) {
            let from =
                later.from.trim().parse().map_err(|_| Wrong::Day { given: later.from.chars().take(24).collect() })?;
            prices.push(Price { from, price: dollars(later.price)? });
        }
        prices.sort_by_key(|later| later.from);
        let product = Product {
            code: short(&self.code).parse()?,
            barcodes,
            name: short(&self.name),
            category: short(&self.category),
            price: dollars(self.price)?,
            tax: self.tax.into(),
            unit: self.unit.into(),
            favourite: self.favourite,
            prices,
        };
        Ok(product.checked()?)
    }
}

fn dollars(given: i64) -> Result<Money, Wrong> {
    let fits = (0..=Product::PRICE_MAX.as_dollars()).contains(&given);
    fits.then(|| Money::dollars(given)).ok_or(Wrong::Price { max: Product::PRICE_MAX.as_dollars() })
}
