//! A till in a world made of one number: the seed picks what the cashier, the customers, the gateway, the line, the disk
//! and the clock do, and after every step the till is held to its promises. No network, no waiting.

mod afternoon;
mod gateway;
mod luck;
mod promises;
mod shop;
mod step;
mod world;

pub use afternoon::{Afternoon, Ended, afternoon};
