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
    let number = attempt.terms.number.clone();
    if attempt.funds != Funds::None {
        return verify(sale, attempt);
    }
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

/// The events by which a manager's word pays a sale (PF-60), after [`AttemptEvent::Vouched`]; nothing when it does not fit.
/// The attempt leaves the counter and stays watched.
#[must_use]
pub fn vouch(sale: &Sale, attempt: &Attempt) -> Option<Vec<Event>> {
    if !attempt.is_unverified() || attempt.funds != Funds::None {
        return None;
    }
    if sale.phase != SalePhase::Open || attempt.terms.amount > sale.due() {
        return None;
    }
    let tender = Tender::Online {
        amount: attempt.terms.amount,
        attempt: attempt.terms.number.clone(),
        method: attempt.terms.method,
        trade_no: None,
        card_last4: None,
        test: false,
        unverified: true,
    };
    Some(paid_into(sale, attempt, tender))
}

/// What becomes of a sale that was paid on a manager's word, once the gateway agrees.
fn verify(sale: Option<&Sale>, attempt: &Attempt) -> Vec<Event> {
    let (Some(sale), Some(payment)) = (sale, attempt.payment()) else { return vec![] };
    let waits = |tender: &Tender| matches!(tender, Tender::Online { attempt: of, unverified: true, .. } if *of == attempt.terms.number);
    if !sale.tenders.iter().any(waits) {
        return vec![];
    }
    let verified = SaleEvent::Verified {
        attempt: attempt.terms.number.clone(),
        method: payment.method,
        trade_no: payment.trade_no.clone(),
        card_last4: payment.card_last4.clone(),
        test: payment.simulated,
    };
    vec![Event::Sale(sale.number.clone(), verified)]
}

fn apply(sale: &Sale, attempt: &Attempt) -> Vec<Event> {
    let Some(payment) = attempt.payment() else { return vec![] };
    let tender = Tender::Online {
        amount: payment.amount,
        attempt: attempt.terms.number.clone(),
        method: payment.method,
        trade_no: payment.trade_no.clone(),
        card_last4: payment.card_last4.clone(),
        test: payment.simulated,
        unverified: false,
    };
    paid_into(sale, attempt, tender)
}

fn paid_into(sale: &Sale, attempt: &Attempt, tender: Tender) -> Vec<Event> {
    let number: AttemptNumber = attempt.terms.number.clone();
    let mut events = vec![Event::Attempt(number, AttemptEvent::Applied { sale: sale.number.clone() })];
    let to_sale = |event: SaleEvent| Event::Sale(sale.number.clone(), event);
    events.extend(sale.pay(tender, attempt.recovered).into_iter().map(to_sale));
    events
}
