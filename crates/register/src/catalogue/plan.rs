//! What taking a file would change, before anything is changed.

use std::collections::HashMap;

use serde::Serialize;
use till::catalogue::Product;

use super::{Problem, SilentOn, Table, Wrong};

/// What taking a list of products would do to those the till has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What would be recorded: products that are new or differ.
    pub changes: Vec<Product>,
    /// The same in figures.
    pub counts: Change,
    /// What stands against it; nothing is taken while there is any.
    pub problems: Vec<Problem>,
}

/// A plan in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Products the till does not have.
    pub added: usize,
    /// Products that differ in anything.
    pub changed: usize,
    /// Of those, how many differ in price.
    pub repriced: usize,
    /// Products that are already as the file has them.
    pub same: usize,
}

impl Plan {
    /// Compares a file's products with those the till has. Products the file does not name stay as they are.
    #[must_use]
    pub fn of(table: Table, known: &[Product]) -> Self {
        let by_code: HashMap<&str, &Product> = known.iter().map(|product| (product.code.as_str(), product)).collect();
        let Table { products: mut wanted, lines, silent_on } = table;
        for product in &mut wanted {
            if let Some(known) = by_code.get(product.code.as_str()) {
                keep(product, known, silent_on);
            }
        }
        let mut owners: HashMap<&str, &str> = HashMap::new();
        for product in known {
            owners.extend(product.barcodes.iter().map(|barcode| (barcode.as_str(), product.code.as_str())));
        }
        // A product the file changes gives up the barcodes the file no longer lists for it.
        for product in &wanted {
            let before = by_code.get(product.code.as_str()).map_or(&[][..], |known| &known.barcodes);
            for barcode in before {
                owners.remove(barcode.as_str());
            }
        }
        let mut plan = Self::default();
        for (line, product) in lines.iter().zip(&wanted) {
            for barcode in &product.barcodes {
                if let Some(owner) = owners.get(barcode.as_str()) {
                    let what = Wrong::BarcodeTaken { barcode: barcode.to_string(), product: (*owner).to_owned() };
                    plan.problems.push(Problem { line: *line, what });
                }
            }
        }
        for product in wanted {
            match by_code.get(product.code.as_str()) {
                Some(known) if **known == product => plan.counts.same += 1,
                Some(known) => {
                    plan.counts.changed += 1;
                    plan.counts.repriced += usize::from(known.price != product.price || known.prices != product.prices);
                    plan.changes.push(product);
                }
                None => {
                    plan.counts.added += 1;
                    plan.changes.push(product);
                }
            }
        }
        plan
    }
}

/// What the file is silent on stays as the till knows it.
fn keep(product: &mut Product, known: &Product, silent_on: SilentOn) {
    if silent_on.unit {
        product.unit = known.unit;
    }
    if silent_on.favourite {
        product.favourite = known.favourite;
    }
    if silent_on.prices {
        product.prices.clone_from(&known.prices);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{GoOn, read_with};
    use super::*;

    fn table(rows: &str) -> Table {
        let file = format!("code,barcode,name,category,price,tax\n{rows}");
        read_with(file.as_bytes(), &mut |_| GoOn::Yes).expect("a good file")
    }

    fn products(rows: &str) -> Vec<Product> {
        table(rows).products
    }

    #[test]
    fn only_what_differs_is_recorded() {
        let known = products("A,4710088412348,茶,c,1,taxable\nB,,米,c,2,taxable\nC,,麵,c,3,taxable\n");
        let plan = Plan::of(table("A,4710088412348,茶,c,1,taxable\nB,,米,c,5,taxable\nD,,鹽,c,4,taxable\n"), &known);
        assert_eq!(plan.counts, Change { added: 1, changed: 1, repriced: 1, same: 1 });
        assert_eq!(plan.changes.len(), 2);
        assert_eq!(plan.problems, []);
    }

    #[test]
    fn a_barcode_of_another_product_is_a_problem_unless_that_product_gives_it_up() {
        let known = products("A,4710088412348,茶,c,1,taxable\n");
        let taken = Plan::of(table("B,4710088412348,米,c,5,taxable\n"), &known);
        assert!(taken.problems[0].to_string().contains("that of product A"), "{:?}", taken.problems);
        let swapped = Plan::of(table("B,4710088412348,米,c,5,taxable\nA,,茶,c,1,taxable\n"), &known);
        assert_eq!(swapped.problems, []);
    }

    #[test]
    fn what_the_file_is_silent_on_stays() {
        let mut known = products("A,,茶,c,1,taxable\n");
        known[0].favourite = true;
        let plan = Plan::of(table("A,,茶,c,2,taxable\n"), &known);
        assert!(plan.changes[0].favourite);
        let file = "code,barcode,name,category,price,tax,favourite\nA,,茶,c,2,taxable,no\n";
        let plan = Plan::of(read_with(file.as_bytes(), &mut |_| GoOn::Yes).expect("a good file"), &known);
        assert!(!plan.changes[0].favourite);
    }
}
