//! The gateway as a shop and its customers meet it: over HTTP, on a clock that only moves when told to.

mod cards;
mod checkout;
mod control;
mod customer;
mod notices;
mod pages;
mod queries;
mod shop;
