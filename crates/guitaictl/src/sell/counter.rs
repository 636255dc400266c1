//! What an earlier run may have left on the counter when it was killed, put in order before the next sale.

use std::time::Duration;

use anyhow::bail;
use desk::Desk;
use register::view::{Attempt, AttemptState, View};

use super::{Tell, look};
use crate::catch_up::catch_up;

/// How long a question about the payment on the counter may have to wait for its turn.
const SOON: Duration = Duration::from_secs(6);

/// Makes the counter free, and says what that took. A payment somebody may have made is asked about first: paid, it
/// closes its sale; not paid, it is given up and stays watched; with no answer its sale holds the counter, because
/// nobody is asked to pay again on a guess (PF-07).
pub(super) async fn put_in_order(desk: &Desk, tell: Tell) -> anyhow::Result<()> {
    let left = look(desk)?;
    if left.attempt.as_ref().is_some_and(may_be_paid) || held(&left).is_some() {
        // A question further off is one of the schedule: the payment on the counter has had its own then.
        let waits =
            || Ok(look(desk)?.attempt.and_then(|attempt| attempt.next_check_ms).is_some_and(|at| is_soon(desk, at)));
        catch_up(desk, SOON, waits).await?;
    }
    let view = look(desk)?;
    if left.cart.sale.is_some() && view.closed.is_some() {
        // The receipt the earlier run did not live to make.
        desk.shared().step().await?;
        tell.recovered(desk, &look(desk)?)?;
    }
    if let Some(attempt) = held(&view) {
        bail!(
            "sale {} holds the counter: payment {} of {} dollars may have gone through; `guitaictl tasks` asks \
             the gateway, `guitaictl release` lets a manager decide",
            attempt.sale,
            attempt.number,
            attempt.amount
        );
    }
    if view.cart.paid > 0 {
        bail!(
            "sale {} holds the counter: {} of {} dollars are paid already; finish it in the till's window",
            view.cart.sale.as_deref().unwrap_or_default(),
            view.cart.paid,
            view.cart.total
        );
    }
    desk.shared().with(|register, ports| {
        let now = ports.clock.now();
        if view.attempt.as_ref().is_some_and(|attempt| attempt.can_cancel) {
            register.cancel_payment(now)?;
        }
        register.clear(now)
    })?;
    if !view.cart.lines.is_empty() {
        tell.given_up(&view);
    }
    Ok(())
}

fn is_soon(desk: &Desk, at_ms: i64) -> bool {
    let now = desk.shared().ports().clock.now();
    at_ms <= now.plus(SOON).unix_ms()
}

/// The payment that holds the counter's sale.
fn held(view: &View) -> Option<&Attempt> {
    let of_sale = |attempt: &&Attempt| Some(&attempt.sale) == view.cart.sale.as_ref() && attempt.held;
    view.attempt.iter().chain(&view.watched).find(of_sale)
}

fn may_be_paid(attempt: &Attempt) -> bool {
    !matches!(attempt.state, AttemptState::Created | AttemptState::Presented | AttemptState::Paid { .. })
}
