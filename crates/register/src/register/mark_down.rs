//! Discounts, articles at an open price, and the customer's note.

use till::money::Money;

use super::Register;
use super::part::dollars;
use crate::command_error::CommandError;
use crate::view::{Discount, TaxKind};

impl Register {
    /// Takes something off a line, or gives it its full price again.
    ///
    /// # Errors
    /// When there is no such line, that much cannot be taken off, or nobody may.
    pub fn discount_line(&mut self, line: u32, discount: Option<Discount>) -> Result<(), CommandError> {
        let discount = discount.map(read).transpose()?;
        let known = self.desk.cart.lines().iter().find(|known| known.id == line);
        let base = known.map_or(Money::ZERO, till::cart::Line::gross);
        self.permit(discount, base)?;
        self.change_cart(|cart| cart.discount_line(line, discount))
    }

    /// Takes something off the whole sale, or nothing any more.
    ///
    /// # Errors
    /// When that much cannot be taken off, or nobody may.
    pub fn discount_sale(&mut self, discount: Option<Discount>) -> Result<(), CommandError> {
        let discount = discount.map(read).transpose()?;
        self.permit(discount, self.desk.cart.totals().gross)?;
        self.change_cart(|cart| cart.discount_all(discount))
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

    /// Whether whoever is at the till may take this off. The one place that asks: limits by role, and a supervisor's
    /// approval on the spot, belong here.
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "there are no roles yet: everybody may")]
    fn permit(&self, _discount: Option<till::discount::Discount>, _base: Money) -> Result<(), CommandError> {
        Ok(())
    }
}

fn read(discount: Discount) -> Result<till::discount::Discount, CommandError> {
    Ok(match discount {
        Discount::Amount { amount } => till::discount::Discount::Amount { amount: dollars(amount)? },
        Discount::Percent { percent } => till::discount::Discount::Percent { percent },
    })
}
