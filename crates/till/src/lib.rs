//! What a till knows: money, products, the cart, the sale, a payment's life.
//!
//! Nothing here does I/O, reads a clock or draws a random number: the time and fresh ids are arguments. The same
//! inputs always give the same events, which is what lets a journal replay a day and a simulation replay a year.

pub mod money;
pub mod time;
