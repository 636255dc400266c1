//! What the two DoAction and the two card queries have in common: which payment is meant, what is done to it, and what
//! a fault makes of it on the way.

use ecpay::ActionKind;

use crate::faults::{ActionFault, CardQueryFault, Hang};
use crate::options::{CardActions, DuringClosing};
use crate::order::{Order, OrderKey, State};
use crate::query::Answer;
use crate::settlement::{self, Closing, Denial, Settlement};
use crate::world::World;

/// One request to do something to a card payment, as far as it could be read.
pub(crate) struct Asked<'a> {
    pub(crate) key: OrderKey,
    /// The gateway's own number.
    pub(crate) trade_no: &'a str,
    pub(crate) action: Option<ActionKind>,
    /// Dollars.
    pub(crate) amount: Option<i64>,
}

/// What the gateway says to an action.
pub(crate) enum Says {
    Result { code: i64, msg: String },
    UnknownOrder,
    Nothing(Answer),
}

/// What it says, and after how many milliseconds of the real clock.
pub(crate) struct Acted {
    pub(crate) says: Says,
    pub(crate) wait_ms: u64,
}

/// Result awaited (ECPay doc 2878).
const AWAITED: i64 = 10_300_066;

impl Says {
    fn refused(msg: &str) -> Self {
        Self::Result { code: 0, msg: msg.to_owned() }
    }
}

/// Does what is asked, once, with whatever fault waits.
pub(crate) fn act(world: &mut World, asked: &Asked<'_>, now_ms: i64) -> Acted {
    let fault = world.take_action_fault();
    let at_once = |says| Acted { says, wait_ms: 0 };
    match &fault {
        Some(ActionFault::Refuse { code, msg }) => return at_once(Says::Result { code: *code, msg: msg.clone() }),
        Some(ActionFault::Lose { when: Hang::BeforeEffect }) => return at_once(Says::Nothing(Answer::Status(502))),
        Some(ActionFault::HttpStatus { status }) => return at_once(Says::Nothing(Answer::Status(*status))),
        _ => {}
    }
    let truth = truth(world, asked, now_ms);
    let done = matches!(truth, Says::Result { code: 1, .. });
    match fault {
        Some(ActionFault::Lose { .. }) => at_once(Says::Nothing(Answer::Status(502))),
        Some(ActionFault::Garbage) => at_once(Says::Nothing(Answer::Body(GARBAGE.to_owned()))),
        Some(ActionFault::Slow { ms }) => Acted { says: truth, wait_ms: ms },
        Some(ActionFault::Awaited) if done => at_once(Says::Result { code: AWAITED, msg: "處理中".to_owned() }),
        Some(ActionFault::DoneAndDenied) if done => at_once(Says::refused("系統忙碌")),
        _ => at_once(truth),
    }
}

fn truth(world: &mut World, asked: &Asked<'_>, now_ms: i64) -> Says {
    let known = world.order(&asked.key).is_some_and(|order| order.trade_no == asked.trade_no);
    if !known || world.options.card_actions == CardActions::UnknownOrder {
        return Says::UnknownOrder;
    }
    let (Some(action), Some(amount)) = (asked.action, asked.amount) else { return Says::refused("參數錯誤") };
    let closing = world.options.closing;
    let closing_now = closing == Closing::Automatic && settlement::closing_now(now_ms);
    if closing_now && world.options.during_closing == DuringClosing::Refused {
        return Says::refused(Denial::ClosingNow.text());
    }
    let balance = world.balance(&asked.key.merchant_id);
    let Some(settlement) = world.settlement_mut(&asked.key, now_ms) else { return Says::UnknownOrder };
    if let Err(denial) = settlement.check(action, amount, closing, balance, now_ms) {
        return Says::refused(denial.text());
    }
    let taken = settlement.act(action, amount, now_ms);
    world.take_from_balance(&asked.key.merchant_id, taken);
    if closing_now {
        Says::refused(Denial::ClosingNow.text())
    } else {
        Says::Result { code: 1, msg: "Succeeded".into() }
    }
}

/// What is known about a card payment.
pub(crate) enum Found<'a> {
    /// Unknown, another merchant's, or not paid by card.
    Nothing,
    /// The bank has not answered.
    BankSilent,
    Payment(&'a Order, Settlement),
}

/// What is told about a card payment.
pub(crate) enum Told<'a> {
    Truth(Found<'a>),
    /// This message and nothing else.
    Says(String),
    /// This status instead of the true one.
    Status(Found<'a>, String),
    Nothing(Answer),
}

/// Looks for the payment that `pick` means, with whatever fault waits.
pub(crate) fn look<'a>(world: &'a mut World, now_ms: i64, pick: impl Fn(&World) -> Option<OrderKey>) -> Told<'a> {
    let fault = world.take_card_query_fault();
    let key = pick(world);
    let world = &*world;
    let found = match key.and_then(|key| world.order(&key)) {
        Some(order) => match (&order.state, world.settlement_at(order, now_ms)) {
            (_, Some(settlement)) => Found::Payment(order, settlement),
            (State::Settling { payment, .. }, None) if payment.charge.method.is_card() => Found::BankSilent,
            _ => Found::Nothing,
        },
        None => Found::Nothing,
    };
    match fault {
        None => Told::Truth(found),
        Some(CardQueryFault::Says { msg }) => Told::Says(msg),
        Some(CardQueryFault::Status { text }) => Told::Status(found, text),
        Some(CardQueryFault::Garbage) => Told::Nothing(Answer::Body(GARBAGE.to_owned())),
        Some(CardQueryFault::HttpStatus { status }) => Told::Nothing(Answer::Status(status)),
    }
}

const GARBAGE: &str = "<html><body>502 Bad Gateway</body></html>";
