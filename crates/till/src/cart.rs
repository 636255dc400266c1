//! What has been rung up and not yet paid.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::catalogue::{Barcode, Product, ProductCode};
use crate::money::Money;
use crate::tax::{self, TaxKind};

/// The lines rung up so far, in the order they were first rung up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredCart")]
pub struct Cart {
    lines: Vec<Line>,
    next_id: u32,
}

/// A cart as it was written down: anything, until it is checked.
#[derive(Deserialize)]
struct StoredCart {
    lines: Vec<Line>,
    next_id: u32,
}

impl TryFrom<StoredCart> for Cart {
    type Error = CartError;

    /// What was written down is held to what could have been rung up: a damaged draft must not stop the till.
    fn try_from(stored: StoredCart) -> Result<Self, CartError> {
        let StoredCart { lines, next_id } = stored;
        let mut ids: Vec<u32> = lines.iter().map(|line| line.id).collect();
        ids.sort_unstable();
        let last = ids.last().copied().unwrap_or_default();
        if ids.windows(2).any(|pair| pair[0] == pair[1]) || last > next_id || next_id > Self::IDS_MAX {
            return Err(CartError::NoLine(last));
        }
        if lines.iter().any(|line| line.unit_price < Money::ZERO) {
            return Err(CartError::TooLarge);
        }
        Self { lines, next_id }.checked()
    }
}

/// So many of one product at the price it had when it was rung up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Tells this line from its siblings for as long as the cart lives; never reused.
    pub id: u32,
    /// The product's code.
    pub code: ProductCode,
    /// The barcode it is known by, for the screen and the paper.
    pub barcode: Option<Barcode>,
    /// What it was called.
    pub name: String,
    /// The price of one, tax included.
    pub unit_price: Money,
    /// How many; at least one.
    pub quantity: u32,
    /// How it is taxed.
    pub tax: TaxKind,
}

/// What a set of lines comes to. Made in one place and carried from there: paper and reports never add up lines again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Sum of the lines at shelf price.
    pub gross: Money,
    /// What was taken off, as a positive amount.
    pub discounts: Money,
    /// What the customer owes: gross less discounts, tax included.
    pub net: Money,
    /// The part of `net` that is taxable.
    pub taxable: Money,
    /// The part of `net` at rate nought.
    pub zero_rated: Money,
    /// The part of `net` outside the tax.
    pub exempt: Money,
    /// The tax included in `taxable`.
    pub tax: Money,
}

/// Why the cart stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CartError {
    /// Nought, or more than anybody carries to a counter.
    #[error("a quantity is between 1 and {max}, not {given}", max = Cart::QUANTITY_MAX)]
    Quantity {
        /// As asked for.
        given: u32,
    },
    /// There is no line of that id.
    #[error("there is no line {0}")]
    NoLine(u32),
    /// A sale has a bounded number of lines.
    #[error("a sale has at most {max} lines", max = Cart::LINES_MAX)]
    Full,
    /// The total would leave what a sale may come to.
    #[error("a sale comes to at most {max} dollars", max = Cart::TOTAL_MAX)]
    TooLarge,
}

impl Cart {
    /// The most of one product on one line.
    pub const QUANTITY_MAX: u32 = 999;
    /// The most lines of one sale.
    pub const LINES_MAX: usize = 200;
    /// Far more lines than anybody puts on and takes off again.
    const IDS_MAX: u32 = 1_000_000;
    /// The most one sale may come to.
    pub const TOTAL_MAX: Money = Money::dollars(9_999_999);

    /// The lines, oldest first.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Whether nothing has been rung up.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// How many pieces there are.
    #[must_use]
    pub fn items(&self) -> u32 {
        self.lines.iter().map(|line| line.quantity).sum()
    }

    /// What it comes to.
    #[must_use]
    pub fn totals(&self) -> Totals {
        Totals::of(&self.lines)
    }

    /// Rings up so many more of `product`: onto its line when there is one at the same price, else onto a new line.
    ///
    /// # Errors
    /// When the quantity, the number of lines or the total would be out of bounds; the cart is then unchanged.
    pub fn add(&mut self, product: &Product, quantity: u32) -> Result<(), CartError> {
        if quantity == 0 {
            return Err(CartError::Quantity { given: 0 });
        }
        let mut next = self.clone();
        let same = |line: &&mut Line| line.code == product.code && line.unit_price == product.price;
        match next.lines.iter_mut().find(same) {
            Some(line) => line.quantity = line.quantity.saturating_add(quantity),
            None if next.next_id >= Self::IDS_MAX => return Err(CartError::Full),
            None => {
                next.next_id += 1;
                next.lines.push(Line {
                    id: next.next_id,
                    code: product.code.clone(),
                    barcode: product.barcodes.first().cloned(),
                    name: product.name.clone(),
                    unit_price: product.price,
                    quantity,
                    tax: product.tax,
                });
            }
        }
        *self = next.checked()?;
        Ok(())
    }

    /// Sets how many there are on a line.
    ///
    /// # Errors
    /// When there is no such line, or quantity or total would be out of bounds; the cart is then unchanged.
    pub fn set_quantity(&mut self, id: u32, quantity: u32) -> Result<(), CartError> {
        let mut next = self.clone();
        let line = next.lines.iter_mut().find(|line| line.id == id).ok_or(CartError::NoLine(id))?;
        line.quantity = quantity;
        *self = next.checked()?;
        Ok(())
    }

    /// Takes a line off.
    ///
    /// # Errors
    /// When there is no such line.
    pub fn remove(&mut self, id: u32) -> Result<(), CartError> {
        let before = self.lines.len();
        self.lines.retain(|line| line.id != id);
        if self.lines.len() == before { Err(CartError::NoLine(id)) } else { Ok(()) }
    }

    fn checked(self) -> Result<Self, CartError> {
        if let Some(line) = self.lines.iter().find(|line| !(1..=Self::QUANTITY_MAX).contains(&line.quantity)) {
            return Err(CartError::Quantity { given: line.quantity });
        }
        if self.lines.len() > Self::LINES_MAX {
            return Err(CartError::Full);
        }
        let mut total = Money::ZERO;
        for line in &self.lines {
            let amount = line.unit_price.checked_mul(line.quantity).ok_or(CartError::TooLarge)?;
            total = total.checked_add(amount).filter(|sum| *sum <= Self::TOTAL_MAX).ok_or(CartError::TooLarge)?;
        }
        Ok(self)
    }
}

impl Line {
    /// What the line comes to.
    ///
    /// # Panics
    /// Never: the cart checked the product when the line was made.
    #[must_use]
    pub fn amount(&self) -> Money {
        self.unit_price.checked_mul(self.quantity).expect("the cart keeps lines within bounds")
    }
}

impl Totals {
    /// What these lines come to.
    #[must_use]
    pub fn of(lines: &[Line]) -> Self {
        let of_kind = |kind| lines.iter().filter(|line| line.tax == kind).map(Line::amount).sum();
        let gross: Money = lines.iter().map(Line::amount).sum();
        let taxable = of_kind(TaxKind::Taxable);
        Self {
            gross,
            discounts: Money::ZERO,
            net: gross,
            taxable,
            zero_rated: of_kind(TaxKind::ZeroRated),
            exempt: of_kind(TaxKind::Exempt),
            tax: tax::included_in(taxable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Unit;

    fn product(code: &str, price: i64, tax: TaxKind) -> Product {
        Product {
            code: code.parse().expect("a code"),
            barcodes: vec![],
            name: code.to_owned(),
            category: "x".into(),
            price: Money::dollars(price),
            tax,
            unit: Unit::Piece,
            favourite: false,
            prices: vec![],
        }
    }

    #[test]
    fn the_same_product_again_goes_onto_its_line() {
        let mut cart = Cart::default();
        cart.add(&product("TEA", 25, TaxKind::Taxable), 1).expect("fits");
        cart.add(&product("RICE", 180, TaxKind::Exempt), 1).expect("fits");
        cart.add(&product("TEA", 25, TaxKind::Taxable), 2).expect("fits");
        assert_eq!(cart.lines().len(), 2);
        assert_eq!(cart.items(), 4);
        let totals = cart.totals();
        assert_eq!(
            (totals.net, totals.taxable, totals.exempt, totals.tax),
            (Money::dollars(255), Money::dollars(75), Money::dollars(180), Money::dollars(4))
        );
    }

    #[test]
    fn a_changed_price_starts_a_new_line() {
        let mut cart = Cart::default();
        cart.add(&product("TEA", 25, TaxKind::Taxable), 1).expect("fits");
        cart.add(&product("TEA", 20, TaxKind::Taxable), 1).expect("fits");
        assert_eq!(cart.lines().len(), 2);
    }

    #[test]
    fn what_is_out_of_bounds_leaves_the_cart_as_it_was() {
        let mut cart = Cart::default();
        cart.add(&product("GOLD", 999_999, TaxKind::Taxable), 10).expect("fits");
        let before = cart.clone();
        assert_eq!(cart.add(&product("GOLD", 999_999, TaxKind::Taxable), 1), Err(CartError::TooLarge));
        assert_eq!(cart.set_quantity(1, 0), Err(CartError::Quantity { given: 0 }));
        assert_eq!(cart.set_quantity(1, 1000), Err(CartError::Quantity { given: 1000 }));
        assert_eq!(cart.set_quantity(9, 1), Err(CartError::NoLine(9)));
        assert_eq!(cart.remove(9), Err(CartError::NoLine(9)));
        assert_eq!(cart, before);
    }

    #[test]
    fn line_ids_are_not_reused_after_a_removal() {
        let mut cart = Cart::default();
        cart.add(&product("A", 1, TaxKind::Taxable), 1).expect("fits");
        cart.remove(1).expect("there");
        cart.add(&product("B", 1, TaxKind::Taxable), 1).expect("fits");
        assert_eq!(cart.lines()[0].id, 2);
    }

    #[test]
    fn a_full_cart_says_so() {
        let mut cart = Cart::default();
        for at in 0..Cart::LINES_MAX {
            cart.add(&product(&format!("P{at}"), 1, TaxKind::Taxable), 1).expect("fits");
        }
        assert_eq!(cart.add(&product("ONE-MORE", 1, TaxKind::Taxable), 1), Err(CartError::Full));
    }
}
