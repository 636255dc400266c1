//! The pages: pure functions from what is known to HTML.

mod bill;
pub(crate) mod carried;
pub(crate) mod code;
mod figures;
mod frame;
mod marks;
pub(crate) mod pay;
pub(crate) mod result;
mod words;

pub(crate) use result::Outcome;
