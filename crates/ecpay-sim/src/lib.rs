#![doc = include_str!("../README.md")]

mod bucket;
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
mod simulator;
mod taipei;
mod view;
mod world;

pub use clock::Clock;
pub use courier::{BoxFuture, Courier, CourierReply, NOTICE_ACCEPT, NOTICE_USER_AGENT, NoCourier};
pub use faults::{Door, Endpoint, Fault, Hang, Outcome, QueryFault};
pub use method::{Method, UnknownMethod};
pub use notice::{Delivered, DeliveryResult, NoticeKind, Purpose};
pub use options::{Options, RateLimit, WordFilter};
pub use simulator::Simulator;
pub use view::{OrderState, OrderView};
pub use world::Refusal;
