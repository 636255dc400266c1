//! What a till knows: money, products, people, the cart, the sale, a payment's life.
//!
//! Nothing here does I/O, reads a clock or draws a random number: the time and fresh ids are arguments. The same
//! inputs always give the same events, which is what lets a journal replay a day and a simulation replay a year.

pub mod budget;
pub mod cart;
pub mod cash;
pub mod catalogue;
pub mod day;
pub mod discount;
pub mod event;
pub mod fee;
pub mod figures;
pub mod ids;
pub mod money;
pub mod part;
pub mod payment;
pub mod people;
pub mod print;
pub mod range;
pub mod reconcile;
pub mod refund;
pub mod sale;
pub mod scale;
pub mod settle;
pub mod tax;
pub mod tax_id;
pub mod time;
