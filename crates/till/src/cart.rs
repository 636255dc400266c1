//! What has been rung up and not yet paid.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::catalogue::{Barcode, Product, ProductCode, Unit};
use crate::discount::{Discount, shares};
use crate::money::Money;
use crate::tax::{self, TaxKind};

/// The lines rung up so far, in the order they were first rung up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredCart")]
pub struct Cart {
    lines: Vec<Line>,
    next_id: u32,
    /// Taken off the whole; each line carries its share.
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<Discount>,
    /// What the customer wants remembered.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// A cart as it was written down: anything, until it is checked.
#[derive(Deserialize)]
struct StoredCart {
    lines: Vec<Line>,
    next_id: u32,
    #[serde(default)]
    discount: Option<Discount>,
    #[serde(default)]
    note: Option<String>,
}

impl TryFrom<StoredCart> for Cart {
    type Error = CartError;

    /// What was written down is held to what could have been rung up: a damaged draft must not stop the till.
    fn try_from(stored: StoredCart) -> Result<Self, CartError> {
        let StoredCart { lines, next_id, discount, note } = stored;
        let mut ids: Vec<u32> = lines.iter().map(|line| line.id).collect();
        ids.sort_unstable();
        let last = ids.last().copied().unwrap_or_default();
        if ids.windows(2).any(|pair| pair[0] == pair[1]) || last > next_id || next_id > Self::IDS_MAX {
            return Err(CartError::NoLine(last));
        }
        if lines.iter().any(|line| line.unit_price < Money::ZERO) {
            return Err(CartError::TooLarge);
        }
        let mut discounts = lines.iter().filter_map(|line| line.discount).chain(discount);
        if !discounts.all(|discount| discount.is_sensible()) {
            return Err(CartError::Discount { max: Self::TOTAL_MAX });
        }
        let mut cart = Self { lines, next_id, discount, note: None };
        cart.set_note(&note.unwrap_or_default());
        cart.checked()
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
    /// What is taken off this line alone, as it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Discount>,
    /// What that comes to.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub off: Money,
    /// Its share of what is taken off the whole sale.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub share: Money,
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
    /// Nothing, or more than there is to take off from.
    #[error("a discount is between 1 and {max} dollars here, or 1 to 100 per cent")]
    Discount {
        /// What there is to take off from.
        max: Money,
    },
    /// A name or a price that no article has.
    #[error("an article needs a name and a price of 1 to {max} dollars", max = Product::PRICE_MAX)]
    Article,
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
    /// The longest note, in characters.
    pub const NOTE_MAX: usize = 200;
    /// The code of what is in no catalogue.
    pub const OPEN_CODE: &str = "OPEN";

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
        // A line with a discount of its own is a particular piece: the next one is not marked down with it.
        let same = |line: &&mut Line| {
            line.code == product.code
                && line.unit_price == product.price
                && line.name == product.name
                && line.discount.is_none()
        };
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
                    discount: None,
                    off: Money::ZERO,
                    share: Money::ZERO,
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
        if self.lines.len() == before {
            return Err(CartError::NoLine(id));
        }
        self.share_out();
        Ok(())
    }

    /// Rings up something that is in no catalogue, under the name and at the price the cashier gives it.
    ///
    /// # Errors
    /// When name or price are out of bounds, or the cart is full; the cart is then unchanged.
    pub fn add_open(&mut self, name: &str, price: Money, tax: TaxKind) -> Result<(), CartError> {
        let name: String = name.trim().chars().filter(|c| !c.is_control()).take(Product::NAME_MAX).collect();
        if name.is_empty() || !price.is_positive() || price > Product::PRICE_MAX {
            return Err(CartError::Article);
        }
        let code = Self::OPEN_CODE.parse().expect("a code");
        let product = Product {
            code,
            barcodes: vec![],
            name,
            category: "-".to_owned(),
            price,
            tax,
            unit: Unit::Piece,
            favourite: false,
            prices: vec![],
        };
        self.add(&product, 1)
    }

    /// Takes something off a line, or gives it its full price again.
    ///
    /// # Errors
    /// When there is no such line, or that much cannot be taken off it; the cart is then unchanged.
    pub fn discount_line(&mut self, id: u32, discount: Option<Discount>) -> Result<(), CartError> {
        let line = self.lines.iter_mut().find(|line| line.id == id).ok_or(CartError::NoLine(id))?;
        fits(discount, line.gross())?;
        line.discount = discount;
        self.share_out();
        Ok(())
    }

    /// Takes something off the whole sale, or nothing any more. What lines have off already comes first.
    ///
    /// # Errors
    /// When that much cannot be taken off; the cart is then unchanged.
    pub fn discount_all(&mut self, discount: Option<Discount>) -> Result<(), CartError> {
        fits(discount, self.lines.iter().map(Line::before_share).sum())?;
        self.discount = discount;
        self.share_out();
        Ok(())
    }

    /// What is taken off the whole sale, as it was said.
    #[must_use]
    pub fn discount(&self) -> Option<Discount> {
        self.discount
    }

    /// Keeps what the customer wants remembered; an empty note is none.
    pub fn set_note(&mut self, note: &str) {
        let note: String = note.trim().chars().filter(|c| !c.is_control()).take(Self::NOTE_MAX).collect();
        self.note = (!note.is_empty()).then_some(note);
    }

    /// What the customer wants remembered.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The cart a sale was opened with, to go on with it.
    #[must_use]
    pub fn of(sale: &crate::sale::Sale) -> Self {
        Self {
            next_id: sale.lines.iter().map(|line| line.id).max().unwrap_or(0),
            lines: sale.lines.clone(),
            discount: sale.discount,
            note: sale.note.clone(),
        }
    }

    /// What each line has off, and its share of what the whole sale has off: made again with every change, so that the
    /// lines always add up to the total.
    fn share_out(&mut self) {
        for line in &mut self.lines {
            line.off = line.discount.map_or(Money::ZERO, |discount| discount.off(line.gross()));
        }
        let parts: Vec<Money> = self.lines.iter().map(Line::before_share).collect();
        let off = self.discount.map_or(Money::ZERO, |discount| discount.off(parts.iter().copied().sum()));
        for (line, share) in self.lines.iter_mut().zip(shares(off, &parts)) {
            line.share = share;
        }
    }

    fn checked(mut self) -> Result<Self, CartError> {
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
        self.share_out();
        Ok(self)
    }
}

fn fits(discount: Option<Discount>, base: Money) -> Result<(), CartError> {
    let sensible = discount.is_none_or(|discount| match discount {
        Discount::Amount { amount } => discount.is_sensible() && amount <= base,
        Discount::Percent { .. } => discount.is_sensible(),
    });
    if sensible { Ok(()) } else { Err(CartError::Discount { max: base }) }
}

impl Line {
    /// What the line comes to at shelf price.
    ///
    /// # Panics
    /// Never: the cart checked the product when the line was made.
    #[must_use]
    pub fn gross(&self) -> Money {
        self.unit_price.checked_mul(self.quantity).expect("the cart keeps lines within bounds")
    }

    /// What was taken off it, its share of what the whole sale has off included.
    #[must_use]
    pub fn taken_off(&self) -> Money {
        [self.off, self.share].into_iter().sum()
    }

    /// What the line comes to: what the customer pays for it, and what it is worth when it comes back.
    ///
    /// # Panics
    /// Never: no more is taken off a line than it comes to.
    #[must_use]
    pub fn amount(&self) -> Money {
        self.gross().checked_sub(self.taken_off()).expect("no more is taken off than there is")
    }

    fn before_share(&self) -> Money {
        self.gross().checked_sub(self.off).expect("no more is taken off than there is")
    }
}

impl Totals {
    /// What these lines come to.
    #[must_use]
    pub fn of(lines: &[Line]) -> Self {
        let of_kind = |kind| lines.iter().filter(|line| line.tax == kind).map(Line::amount).sum();
        let taxable = of_kind(TaxKind::Taxable);
        Self {
            gross: lines.iter().map(Line::gross).sum(),
            discounts: lines.iter().map(Line::taken_off).sum(),
            net: lines.iter().map(Line::amount).sum(),
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
    fn the_lines_add_up_to_the_total_whatever_is_taken_off() {
        let mut cart = Cart::default();
        cart.add(&product("TEA", 35, TaxKind::Taxable), 1).expect("fits");
        cart.add(&product("RICE", 180, TaxKind::Exempt), 1).expect("fits");
        cart.discount_line(1, Some(Discount::Amount { amount: Money::dollars(5) })).expect("fits");
        cart.discount_all(Some(Discount::Percent { percent: 10 })).expect("fits");
        // 10 % of 30 + 180 is 21: three of it on the tea, eighteen on the rice.
        let amounts: Vec<Money> = cart.lines().iter().map(Line::amount).collect();
        assert_eq!(amounts, [Money::dollars(27), Money::dollars(162)]);
        let totals = cart.totals();
        assert_eq!(
            (totals.gross, totals.discounts, totals.net),
            (Money::dollars(215), Money::dollars(26), Money::dollars(189))
        );
        assert_eq!(
            (totals.taxable, totals.exempt, totals.tax),
            (Money::dollars(27), Money::dollars(162), Money::dollars(1))
        );
    }

    #[test]
    fn a_marked_down_piece_does_not_mark_down_the_next() {
        let mut cart = Cart::default();
        cart.add(&product("CUP", 100, TaxKind::Taxable), 1).expect("fits");
        cart.discount_line(1, Some(Discount::Percent { percent: 50 })).expect("fits");
        cart.add(&product("CUP", 100, TaxKind::Taxable), 1).expect("fits");
        assert_eq!(cart.totals().net, Money::dollars(150));
        assert_eq!(cart.lines().len(), 2);
    }

    #[test]
    fn a_discount_that_cannot_be_leaves_the_cart_as_it_was() {
        let mut cart = Cart::default();
        cart.add(&product("TEA", 25, TaxKind::Taxable), 1).expect("fits");
        let before = cart.clone();
        let refused = CartError::Discount { max: Money::dollars(25) };
        assert_eq!(cart.discount_line(1, Some(Discount::Amount { amount: Money::dollars(26) })), Err(refused.clone()));
        assert_eq!(cart.discount_line(1, Some(Discount::Percent { percent: 101 })), Err(refused.clone()));
        assert_eq!(cart.discount_all(Some(Discount::Amount { amount: Money::ZERO })), Err(refused));
        assert_eq!(cart.discount_line(7, None), Err(CartError::NoLine(7)));
        assert_eq!(cart, before);
    }

    #[test]
    fn what_is_in_no_catalogue_has_a_name_and_a_price_of_its_own() {
        let mut cart = Cart::default();
        cart.add_open("包裝", Money::dollars(10), TaxKind::Taxable).expect("fits");
        cart.add_open("代客裁切", Money::dollars(10), TaxKind::Taxable).expect("fits");
        cart.add_open("包裝", Money::dollars(10), TaxKind::Taxable).expect("fits");
        assert_eq!((cart.lines().len(), cart.items()), (2, 3));
        for (name, dollars) in [("  ", 10), ("x", 0), ("x", -1), ("x", 1_000_000)] {
            assert_eq!(cart.add_open(name, Money::dollars(dollars), TaxKind::Taxable), Err(CartError::Article));
        }
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
