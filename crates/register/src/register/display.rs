//! What the customer is shown on a display of their own, made whole from what is in memory.

use till::payment::{self, Funds};
use till::sale::{SalePhase, Tender};

use super::Register;
use super::look::state;
use crate::view::AttemptState;
use crate::view::display::{Bill, BillLine, Display, PayStep, Shows};

impl Register {
    /// Everything on the customer's display.
    #[must_use]
    pub fn display(&self) -> Display {
        Display {
            revision: self.revision,
            shop: self.setup.heading.shop.name.clone(),
            profile: self.setup.heading.profile,
            shows: self.shows(),
        }
    }

    /// The same order as the cashier's screen: a payment under way, the sale that closed last, the cart.
    fn shows(&self) -> Shows {
        if self.stopped.is_some() {
            return Shows::Staff;
        }
        if let Some((amount, step)) = self.pay_step() {
            return Shows::Paying { bill: self.bill(), amount, step };
        }
        if let Some(thanks) = self.thanks() {
            return thanks;
        }
        if self.desk.cart.lines().is_empty() { Shows::Welcome } else { Shows::Bill { bill: self.bill() } }
    }

    fn bill(&self) -> Bill {
        let cart = &self.desk.cart;
        Bill {
            lines: cart
                .lines()
                .iter()
                .map(|line| BillLine {
                    line: line.id,
                    name: line.name.clone(),
                    unit_price: line.unit_price.as_dollars(),
                    quantity: line.quantity,
                    amount: line.amount().as_dollars(),
                })
                .collect(),
            items: cart.items(),
            total: cart.totals().net.as_dollars(),
            paid: self.paid_in().as_dollars(),
            due: self.owed().as_dollars(),
        }
    }

    fn thanks(&self) -> Option<Shows> {
        let sale = self.sales.get(self.desk.closed.as_ref()?).filter(|sale| sale.phase == SalePhase::Closed)?;
        let change: till::money::Money = sale.tenders.iter().map(Tender::change).sum();
        Some(Shows::Thanks { total: sale.totals.net.as_dollars(), change: change.as_dollars() })
    }

    /// The payment the customer is concerned with, and what they do about it. One that may have been paid comes first,
    /// on the screen or not, and money that has come in next: the bill alone would ask for it again on a guess.
    fn pay_step(&self) -> Option<(i64, PayStep)> {
        if let Some(held) = self.held_attempts().first().and_then(|number| self.attempts.get(number)) {
            let confirming = matches!(state(held), AttemptState::Confirming);
            let step = if confirming { PayStep::Confirming } else { PayStep::Unknown };
            return Some((held.terms.amount.as_dollars(), step));
        }
        if let Some(amount) = self.waiting_money() {
            return Some((amount.as_dollars(), PayStep::Received));
        }
        let attempt = self.attempts.get(self.desk.shown.as_ref()?)?;
        self.step_of(attempt).map(|step| (attempt.terms.amount.as_dollars(), step))
    }

    fn step_of(&self, attempt: &payment::Attempt) -> Option<PayStep> {
        let expires_ms = attempt.terms.expires.unix_ms();
        let qr = || self.drawn.qr(&self.link(&attempt.terms));
        match state(attempt) {
            AttemptState::Presented => Some(PayStep::Scan { qr: qr(), expires_ms }),
            AttemptState::Opened => Some(PayStep::OnPhone { qr: qr(), expires_ms }),
            AttemptState::Failed { .. } => Some(PayStep::TryAgain { qr: qr(), expires_ms }),
            AttemptState::CodeIssued { code, deadline_ms } => Some(PayStep::Code { code, deadline_ms }),
            AttemptState::Confirming => Some(PayStep::Confirming),
            AttemptState::Unknown { .. } => Some(PayStep::Unknown),
            AttemptState::Expired => Some(PayStep::TimeUp),
            AttemptState::Paid { .. } => matches!(attempt.funds, Funds::Unapplied(_)).then_some(PayStep::Received),
            // The page is not up yet, or is not offered any more.
            AttemptState::Created | AttemptState::CancelRequested => None,
        }
    }
}
