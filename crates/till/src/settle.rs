//! Where the money of a paid attempt goes. The one place that decides it.

use crate::event::Event;
use crate::ids::AttemptNumber;
use crate::payment::{Attempt, AttemptEvent, Choice, Funds, Phase, Standing, Unapplied};
use crate::sale::{Sale, SaleEvent, SalePhase, Tender};

/// The events that follow once `attempt` is paid: its money goes to its sale, or a person is asked.
///
/// Nothing when it is not paid or its money has already gone somewhere.
#[must_use]
pub fn settle(sale: Option<&Sale>, attempt: &Attempt) -> Vec<Event> {
    let Phase::Paid { payment, late, .. } = &attempt.phase else { return vec![] };
    if attempt.funds != Funds::None {
        return vec![];
    }
    let number = attempt.terms.number.clone();
    let unapplied = |why| vec![Event::Attempt(number.clone(), AttemptEvent::Unapplied { why })];
    let Some(sale) = sale else { return unapplied(Unapplied::Late) };
    match sale.phase {
        SalePhase::Voided => unapplied(Unapplied::Late),
        SalePhase::Closed => unapplied(Unapplied::Second),
        SalePhase::Open if *late => unapplied(Unapplied::Late),
        SalePhase::Open => {
            let fits = match attempt.standing {
                Standing::Live => payment.amount <= sale.due(),
                // The sale may have changed since; only the very amount it still wants is taken without asking.
                Standing::Withdrawn { .. } => payment.amount == sale.due(),
            };
            if fits { apply(sale, attempt) } else { unapplied(Unapplied::Late) }
        }
    }
}

/// The events by which a person lets money that came late count toward its sale; nothing when it does not fit.
#[must_use]
pub fn accept(sale: &Sale, attempt: &Attempt) -> Option<Vec<Event>> {
    let payment = attempt.payment()?;
    let waits = matches!(attempt.funds, Funds::Unapplied(_));
    if !waits || sale.phase != SalePhase::Open || payment.amount > sale.due() {
        return None;
    }
    let resolved = AttemptEvent::Resolved { choice: Choice::AcceptedToSale };
    let mut events = vec![Event::Attempt(attempt.terms.number.clone(), resolved)];
    events.extend(apply(sale, attempt));
    Some(events)
}

fn apply(sale: &Sale, attempt: &Attempt) -> Vec<Event> {
    let Some(payment) = attempt.payment() else { return vec![] };
    let number: AttemptNumber = attempt.terms.number.clone();
    let tender = Tender::Online {
        amount: payment.amount,
        attempt: number.clone(),
        method: payment.method,
        trade_no: payment.trade_no.clone(),
        card_last4: payment.card_last4.clone(),
        test: payment.simulated,
    };
    let mut events = vec![Event::Attempt(number, AttemptEvent::Applied { sale: sale.number.clone() })];
    let to_sale = |event: SaleEvent| Event::Sale(sale.number.clone(), event);
    events.extend(sale.pay(tender, attempt.recovered).into_iter().map(to_sale));
    events
}
