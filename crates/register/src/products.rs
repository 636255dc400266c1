//! The products in memory: by what a scanner reads, and by what a cashier types.

mod index;
mod sounds;

use std::collections::HashMap;
use std::sync::Arc;

use till::catalogue::{Barcode, Product};
use till::time::Day;

use index::Index;

/// The products, by what a cashier names them by. Cheap to hand out: a search needs no lock on the till.
#[derive(Clone, Default)]
pub struct Products {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    day: Option<Day>,
    /// At the prices of the day.
    all: Vec<Product>,
    by_barcode: HashMap<String, usize>,
    by_code: HashMap<String, usize>,
    /// Places of those at hand.
    favourites: Vec<usize>,
    /// Categories in the order in which they come first, with the places of their products.
    categories: Vec<(String, Vec<usize>)>,
    index: Index,
}

impl Products {
    /// Takes the products in, in the order in which they are shown, at the prices of that day.
    #[must_use]
    pub fn on(day: Day, mut all: Vec<Product>) -> Self {
        for product in &mut all {
            product.price = product.price_on(day);
        }
        let mut by_barcode = HashMap::with_capacity(all.len());
        let mut by_code = HashMap::with_capacity(all.len());
        for (at, product) in all.iter().enumerate() {
            by_code.insert(product.code.to_string(), at);
            by_barcode.extend(product.barcodes.iter().map(|barcode| (barcode.to_string(), at)));
        }
        let favourites = (0..all.len()).filter(|at| all[*at].favourite).collect();
        let categories = by_category(&all);
        let index = Index::of(&all);
        let inner = Inner { day: Some(day), all, by_barcode, by_code, favourites, categories, index };
        Self { inner: Arc::new(inner) }
    }

    /// Puts a product in the place of the one with its code, as the shop wrote it down. False where it cannot be as
    /// simple as that, and all of them have to be taken in again: it is new, it is found by something else than before,
    /// the day is another, or somebody is still searching.
    #[must_use]
    pub(crate) fn replace(&mut self, day: Day, product: &Product) -> bool {
        let Some(inner) = Arc::get_mut(&mut self.inner).filter(|inner| inner.day == Some(day)) else { return false };
        let Some(old) = inner.by_code.get(product.code.as_str()).and_then(|at| inner.all.get_mut(*at)) else {
            return false;
        };
        let same = old.name == product.name && old.barcodes == product.barcodes;
        if !same || old.category != product.category || old.favourite != product.favourite {
            return false;
        }
        *old = Product { price: product.price_on(day), ..product.clone() };
        true
    }

    /// The day whose prices these are; nothing before there is one.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        self.inner.day
    }

    /// Whether some price will be another on a later day.
    #[must_use]
    pub fn will_change(&self) -> bool {
        self.inner.all.iter().any(|product| product.prices.last().is_some_and(|last| Some(last.from) > self.day()))
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Product] {
        &self.inner.all
    }

    /// The places of those at hand.
    pub(crate) fn favourites(&self) -> &[usize] {
        &self.inner.favourites
    }

    /// The categories, each with the places of its products.
    pub(crate) fn categories(&self) -> &[(String, Vec<usize>)] {
        &self.inner.categories
    }

    /// The product of that code.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<&Product> {
        self.inner.by_code.get(code).map(|at| &self.inner.all[*at])
    }

    /// Exact: a prefix never sells the wrong item.
    #[must_use]
    pub fn by_scan(&self, text: &str) -> Option<&Product> {
        self.inner.by_barcode.get(text).map(|at| &self.inner.all[*at]).or_else(|| self.by_code(text))
    }

    /// At most `most` products for what a cashier typed, best first: the exact code or barcode; names that begin with
    /// it; names with it anywhere; names that sound like it by the first letters of their syllables, in Zhuyin or
    /// pinyin; codes and barcodes that begin with it.
    #[must_use]
    pub fn search(&self, text: &str, most: usize) -> Vec<&Product> {
        const LONGEST: usize = 60;
        let wanted: String = text.trim().to_lowercase().chars().take(LONGEST).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found = Found { most, places: Vec::new() };
        let exact = |product: &&Product| {
            let is_code = product.code.as_str().eq_ignore_ascii_case(&wanted);
            is_code || product.barcodes.iter().map(Barcode::as_str).any(|code| code.eq_ignore_ascii_case(&wanted))
        };
        let typed = text.trim();
        let upper = wanted.to_uppercase();
        let named = [typed, wanted.as_str(), upper.as_str()].into_iter().find_map(|form| self.by_scan(form));
        if let Some(product) = named.filter(exact)
            && let Some(at) = self.inner.by_code.get(product.code.as_str())
        {
            found.put(*at);
        }
        self.inner.index.look_up(&wanted, &mut found);
        found.places.into_iter().map(|at| &self.inner.all[at]).collect()
    }
}

fn by_category(all: &[Product]) -> Vec<(String, Vec<usize>)> {
    let mut categories: Vec<(String, Vec<usize>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (at, product) in all.iter().enumerate() {
        let place = *known.entry(&product.category).or_insert_with(|| {
            categories.push((product.category.clone(), Vec::new()));
            categories.len() - 1
        });
        categories[place].1.push(at);
    }
    categories
}

/// Places found so far, each once.
struct Found {
    most: usize,
    places: Vec<usize>,
}

impl Found {
    fn put(&mut self, at: usize) {
        if !self.is_full() && !self.places.contains(&at) {
            self.places.push(at);
        }
    }

    fn is_full(&self) -> bool {
        self.places.len() >= self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;

    fn day() -> Day {
        "2026-11-21".parse().expect("a day")
    }

    fn shop() -> Products {
        let rows = "TEA-1,4710088412348,高山烏龍茶,茶,250,taxable\n\
                    TEA-2,,烏龍茶 大,茶,50,taxable\n\
                    RICE,4710088410139,池上米,米糧,180,exempt\n\
                    COLA,,可口可樂 Zero,飲料,30,taxable\n\
                    47,,四十七號,雜貨,30,taxable\n";
        let file = format!("code,barcode,name,category,price,tax\n{rows}");
        Products::on(day(), catalogue::read(file.as_bytes()).expect("a good file"))
    }

    fn codes(shop: &Products, text: &str) -> Vec<String> {
        shop.search(text, 60).iter().map(|product| product.code.to_string()).collect()
    }

    #[test]
    fn a_part_of_a_name_finds_it_and_what_begins_with_it_comes_first() {
        let shop = shop();
        assert_eq!(codes(&shop, "烏龍"), ["TEA-2", "TEA-1"]);
        assert_eq!(codes(&shop, "zero"), ["COLA"]);
        assert_eq!(codes(&shop, "龍茶 大"), ["TEA-2"]);
        assert_eq!(codes(&shop, "茶米"), Vec::<String>::new());
    }

    #[test]
    fn the_first_sounds_of_a_name_find_it_in_zhuyin_and_in_pinyin() {
        let shop = shop();
        assert_eq!(codes(&shop, "kkkl"), ["COLA"]);
        assert_eq!(codes(&shop, "wlc"), ["TEA-2", "TEA-1"]);
        assert_eq!(codes(&shop, "ㄍㄕㄨ"), ["TEA-1"]);
        assert_eq!(codes(&shop, "ㄔㄕㄇ"), ["RICE"]);
    }

    #[test]
    fn codes_and_barcodes_are_found_by_how_they_begin_and_an_exact_one_comes_first() {
        let shop = shop();
        assert_eq!(codes(&shop, "47"), ["47", "RICE", "TEA-1"]);
        assert_eq!(codes(&shop, "tea-"), ["TEA-1", "TEA-2"]);
        assert_eq!(codes(&shop, "4710088410139"), ["RICE"]);
        assert!(shop.by_scan("47100884").is_none(), "a prefix sells nothing");
    }

    /// Only what nobody finds a product by is changed in place; then the shop is as if it had been taken in anew.
    #[test]
    fn a_product_at_another_price_takes_its_old_place() {
        let mut shop = shop();
        let tea = shop.by_code("TEA-2").expect("there").clone();
        let later = till::catalogue::Price { from: day(), price: till::money::Money::dollars(70) };
        for dearer in [
            Product { price: till::money::Money::dollars(60), ..tea.clone() },
            Product { prices: vec![later], ..tea.clone() },
            Product { tax: till::tax::TaxKind::Exempt, ..tea.clone() },
        ] {
            let all =
                shop.all().iter().map(|each| if each.code == dearer.code { dearer.clone() } else { each.clone() });
            let anew = Products::on(day(), all.collect());
            assert!(shop.replace(day(), &dearer), "{dearer:?}");
            assert_eq!(shop.all(), anew.all());
            assert_eq!(shop.search("烏龍", 60), anew.search("烏龍", 60));
        }
        let tomorrow = "2026-11-22".parse().expect("a day");
        assert!(!shop.replace(tomorrow, &tea), "the prices of another day");
        for other in [
            Product { name: "烏龍茶 小".into(), ..tea.clone() },
            Product { barcodes: vec![], code: "TEA-3".parse().expect("a code"), ..tea.clone() },
            Product { category: "飲料".into(), ..tea.clone() },
            Product { favourite: true, ..tea.clone() },
        ] {
            assert!(!shop.replace(day(), &other), "{other:?}");
        }
        let searching = shop.clone();
        assert!(!shop.replace(day(), &tea), "somebody looks at what is there");
        drop(searching);
        assert!(shop.replace(day(), &tea));
    }

    #[test]
    fn a_search_gives_no_more_than_it_is_asked_for() {
        let rows: String = (0..500).map(|n| format!("P{n},,茶 {n},茶,1,taxable\n")).collect();
        let file = format!("code,barcode,name,category,price,tax\n{rows}");
        let shop = Products::on(day(), catalogue::read(file.as_bytes()).expect("a good file"));
        assert_eq!(shop.search("茶", 60).len(), 60);
        assert_eq!(shop.search("p", 60).len(), 60);
        assert_eq!(shop.search("", 60).len(), 0);
        assert_eq!(shop.search(&"長".repeat(10_000), 60).len(), 0);
    }
}
