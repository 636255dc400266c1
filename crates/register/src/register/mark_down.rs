//! Discounts, articles at an open price, and the customer's note.

use till::cart::{Cart, Line};
use till::discount::Discount;
use till::money::Money;
use till::people::Act;

use super::Register;
use super::part::dollars;
use crate::command_error::CommandError;
use crate::view::{self, TaxKind};

impl Register {
    /// Takes something off a line, or gives it its full price again.
    ///
    /// # Errors
    /// When there is no such line, that much cannot be taken off, or nobody may.
    pub fn discount_line(&mut self, line: u32, discount: Option<view::Discount>) -> Result<(), CommandError> {
        let discount = discount.map(read).transpose()?;
        self.change_cart_as(Some(Act::DiscountOverLimit), |cart| cart.discount_line(line, discount))
    }

    /// Takes something off the whole sale, or nothing any more.
    ///
    /// # Errors
    /// When that much cannot be taken off, or nobody may.
    pub fn discount_sale(&mut self, discount: Option<view::Discount>) -> Result<(), CommandError> {
        let discount = discount.map(read).transpose()?;
        self.change_cart_as(Some(Act::DiscountOverLimit), |cart| cart.discount_all(discount))
    }

    /// Rings up something that is in no catalogue.
    ///
    /// # Errors
    /// When name or price are none, or the cart cannot take it.
    pub fn add_open(&mut self, name: &str, price: i64, tax: TaxKind) -> Result<(), CommandError> {
        let price = dollars(price)?;
        self.change_cart(|cart| cart.add_open(name, price, tax.into()))
    }

    /// Keeps what the customer wants remembered; an empty note is none.
    ///
    /// # Errors
    /// When a payment is waiting.
    pub fn set_note(&mut self, note: &str) -> Result<(), CommandError> {
        self.change_cart(|cart| {
            cart.set_note(note);
            Ok(())
        })
    }

    /// What is off this cart, where that is more than a cashier gives away without asking; nothing where it is not. The one
    /// place that knows the limit. A share that was rounded up is no reason to ask.
    pub(super) fn off_over_limit(&self, cart: &Cart) -> Money {
        let Some(percent) = self.setup.counter.discount_limit else { return Money::ZERO };
        // Discount::off at nought per cent is nothing, which is a limit too.
        let most = |gross: Money| Discount::Percent { percent }.off(gross);
        let lines = cart.lines().iter().map(Line::gross);
        let (each, whole): (Money, Money) = (lines.clone().map(most).sum(), most(lines.sum()));
        let totals = cart.totals();
        if totals.discounts > each.max(whole) {
            return totals.discounts;
        }
        cart.lines().iter().filter(|line| line.off > most(line.gross())).map(|line| line.off).sum()
    }
}

fn read(discount: view::Discount) -> Result<Discount, CommandError> {
    Ok(match discount {
        view::Discount::Amount { amount } => Discount::Amount { amount: dollars(amount)? },
        view::Discount::Percent { percent } => Discount::Percent { percent },
    })
}
