//! Card payments after the fact: asking which stage one is in (docs 2894 and 45925), and capturing, refunding or
//! letting go of it (docs 2885 and 45919).
//!
//! Nothing here can be repeated safely. There is no refund number and no idempotency key: a refund that is sent twice
//! is paid twice. So: ask for the stage, make a [`plan`], send one action, and after anything but [`ActionAnswer::Done`]
//! or [`ActionAnswer::Refused`] ask for the stage again before anything else.

mod action;
mod detail;
mod hours;
mod reversal;
mod stage;

pub use action::{ActionAnswer, ActionError, ActionKind, CardAction, CardTrade};
pub use detail::{CardDetail, CardReply, Close, QueryCard};
pub use hours::{Closing, wait};
pub use reversal::{CardProduct, Extent, Plan, Refusal, Steps, extent, plan, steps};
pub use stage::Stage;
