//! What moves money or the drawer without a sale: the drawer opened for a reason, and goods taken back of which nobody
//! knows on which sale they were sold.

use till::event::{Event, TillEvent};
use till::people::Act;
use till::time::Timestamp;

use super::Register;
use super::part::tidy;
use crate::command_error::CommandError;

impl Register {
    /// The drawer is opened, and nothing is sold.
    ///
    /// # Errors
    /// Without a reason, or when nobody has consented who may.
    pub fn open_drawer(&mut self, reason: &str, now: Timestamp) -> Result<(), CommandError> {
        let reason = tidy(reason).ok_or(CommandError::ReasonMissing)?;
        let mut events = self.approved(Act::OpenDrawer, "drawer")?;
        events.push(Event::Till(TillEvent::DrawerOpened { by: self.operator(), reason }));
        let desk = self.desk.clone();
        self.record(now, &events, desk)
    }

    /// Takes back what lies on the counter, and pays for it out of the drawer: goods whose sale nobody can find. Cash
    /// only, since there is no payment that could be taken back.
    ///
    /// # Errors
    /// Without goods or a reason, when the counter's lines have become a sale, or nobody has consented who may.
    pub fn return_goods(&mut self, reason: &str, now: Timestamp) -> Result<(), CommandError> {
        let cart = &self.desk.cart;
        if cart.is_empty() {
            return Err(CommandError::EmptyCart);
        }
        if self.desk.sale.is_some() {
            return Err(CommandError::CounterBusy);
        }
        let reason = tidy(reason).ok_or(CommandError::ReasonMissing)?;
        let (lines, totals) = (cart.lines().to_vec(), cart.totals());
        if !totals.net.is_positive() {
            return Err(CommandError::NothingToRefund);
        }
        let about = lines.first().map_or_else(String::new, |line| line.code.to_string());
        let mut events = self.approved(Act::Refund, &about)?;
        events.push(Event::Till(TillEvent::GoodsReturned { lines, totals, reason }));
        let desk = self.empty_counter();
        self.record(now, &events, desk)
    }
}
