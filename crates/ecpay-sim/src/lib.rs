#![doc = include_str!("../README.md")]

mod bucket;
mod card;
mod card_form;
mod card_sealed;
mod cards;
mod chance;
mod checkout;
mod clock;
mod control;
mod courier;
pub mod customer;
mod faults;
mod html_form;
mod http;
mod issue;
mod method;
mod notice;
mod options;
mod order;
mod pages;
mod query;
mod settlement;
mod simulator;
mod taipei;
mod view;
mod world;

pub use clock::Clock;
pub use courier::{BoxFuture, Courier, CourierReply, NOTICE_ACCEPT, NOTICE_USER_AGENT, NoCourier};
pub use faults::{ActionFault, CardQueryFault, Door, Endpoint, Fault, Hang, Outcome, QueryFault};
pub use method::{Method, UnknownMethod};
pub use notice::{Delivered, DeliveryResult, NoticeKind, Purpose};
pub use options::{CardActions, DuringClosing, Options, RateLimit, RefundLines, WordFilter};
pub use settlement::{CardStage, Closing, Denial, Line, Settlement, closing_now};
pub use simulator::Simulator;
pub use view::{CardView, OrderState, OrderView};
pub use world::Refusal;
