//! Giving money back, as a cashier does: at the right moment and at the wrong one, of what was sold and of what was not.

use register::RefundRequest;
use register::view::{HandWay, RefundWish, Task, View};
use till::ids::SaleNumber;

use super::promises;
use super::step::{nothing, said};
use super::world::{DAY, HOUR, Held, MINUTE, World};

const WAYS: [HandWay; 3] = [HandWay::Cash, HandWay::BankTransfer, HandWay::BackOffice];

pub(crate) fn ask(world: &mut World) -> Held<String> {
    let closed: Vec<SaleNumber> = world.known.closed.keys().cloned().collect();
    let Some(sale) = world.luck.pick(&closed).cloned() else { return Ok(nothing()) };
    let refundable = world.till().refundable(sale.as_str());
    let refundable = world.allowed(refundable)?.map_err(|error| format!("{sale} is closed: {error}"))?;
    let mut lines: Vec<RefundWish> = refundable
        .lines
        .iter()
        .filter(|line| line.left > 0)
        .map(|line| RefundWish { line: line.line, quantity: line.left })
        .collect();
    if world.luck.percent(50)
        && let Some(one) = world.luck.pick(&lines).cloned()
    {
        let quantity = u32::try_from(world.luck.between(1, i64::from(one.quantity))).expect("few");
        lines = vec![RefundWish { quantity, ..one }];
    }
    if world.luck.percent(5) {
        // More than was sold, or what was never sold.
        lines.push(RefundWish { line: 1, quantity: 99 });
    }
    let by_hand = if world.luck.percent(15) { world.luck.pick(&WAYS).copied() } else { None };
    let approved_by = world.luck.percent(70).then(|| "店長".to_owned());
    let request = RefundRequest { sale: sale.to_string(), lines, reason: "退貨".to_owned(), by_hand, approved_by };
    let (now, head) = (world.now(), promises::head(world.till()));
    let done = world.till().refund(&request, now);
    Ok(match world.allowed(done)? {
        Ok(after) => format!("{sale}: {} left of {}", after.left, after.total),
        Err(error) => {
            if head != promises::head(world.till()) {
                return Err("a refund was refused, and something was recorded".to_owned());
            }
            format!("{sale} refused: {error}")
        }
    })
}

pub(crate) fn retry(world: &mut World, view: &View) -> Held<String> {
    let Some(number) = world.luck.pick(&view.refunds).map(|refund| refund.number.clone()) else { return Ok(nothing()) };
    let now = world.now();
    let done = world.till().refund_retry(&number, now);
    Ok(format!("{number}: {}", said(world, done)?))
}

pub(crate) fn give_up(world: &mut World, view: &View) -> Held<String> {
    let Some(number) = world.luck.pick(&view.refunds).map(|refund| refund.number.clone()) else { return Ok(nothing()) };
    let now = world.now();
    let done = world.till().refund_drop(&number, now);
    Ok(format!("{number}: {}", said(world, done)?))
}

pub(crate) fn hand_over(world: &mut World, view: &View) -> Held<String> {
    let Some(number) = world.luck.pick(&view.refunds).map(|refund| refund.number.clone()) else { return Ok(nothing()) };
    let way = *world.luck.pick(&WAYS).expect("some");
    let approved_by = world.luck.percent(70).then_some("店長");
    let now = world.now();
    let done = world.till().refund_handed_over(&number, way, approved_by, now);
    Ok(format!("{number} {way:?}: {}", said(world, done)?))
}

/// Around the time at which the gateway closes the day (20:15 to 20:30).
pub(crate) fn evening(world: &mut World) -> Held<String> {
    let into_day = (world.t + 8 * HOUR).rem_euclid(DAY);
    let wanted = 20 * HOUR + world.luck.between(5 * MINUTE, 40 * MINUTE);
    let ms = (wanted - into_day).rem_euclid(DAY);
    world.pass(ms)?;
    Ok(format!("{} min", ms / MINUTE))
}

/// A manager who has seen enough pays some of what the gateway will not.
pub(crate) fn settled_by_hand(world: &mut World, view: &View, task: &Task) -> Held<bool> {
    let Some(number) = &task.refund else { return Ok(false) };
    let can = view.refunds.iter().any(|refund| refund.number == *number && refund.can_hand_over);
    if !can || !world.luck.percent(40) {
        return Ok(false);
    }
    let now = world.now();
    let done = world.till().refund_handed_over(number, HandWay::Cash, Some("店長"), now);
    world.allowed(done)?.map_err(|error| format!("{number} cannot be handed over as offered: {error}"))?;
    Ok(true)
}
