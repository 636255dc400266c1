//! Money on its way back to a customer, as pure functions: [`quote`] says what of a sale can go back and to what,
//! [`decide`] answers every input in every state, [`Refund::apply`] folds, [`due`] says what to do next.
//!
//! A card refund has no number at the gateway and nothing that makes a repeat harmless: sent twice, it is paid twice. So
//! the gateway is asked first, one step is sent, and whatever is not a plain yes or no is asked about, never sent again
//! on a guess ([`Phase::Unsure`]). Only an answer that shows the money has not moved frees the step to be sent again.

mod decide;
mod due;
mod evidence;
mod quote;
mod state;
mod terms;

pub use decide::{Advice, Input, SendAnswer, decide};
pub use due::{Action, Pace, due};
pub use evidence::{CardLook, CardStage, Closing, LOOK_LINES, Step, Verdict};
pub use quote::{CannotRefund, Leg, Quote, Source, Wanted, quote, sources};
pub use state::{Handed, Held, How, Phase, Refund, RefundEvent, Refusal, Watch};
pub use terms::{Back, CardBack, From, HandWay, Item, Of, Parts, RefundTerms};
