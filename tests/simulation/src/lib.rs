//! A till in a world made of one number: the seed picks what the cashier, the customers, the gateway, the line, the disk
//! and the clock do, and after every step the till is held to its promises. No network, no waiting.

mod afternoon;
mod cards;
mod exchange;
mod gateway;
mod luck;
mod mail;
mod promises;
mod refunds;
mod relay;
mod shop;
mod step;
mod world;

pub use afternoon::{Afternoon, Cast, Ended, afternoon};
