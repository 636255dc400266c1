//! Bytes nobody asked for: samples kept as readable text, bent in ways that keep some of their shape, and thrown at one
//! parser after the other.

mod bend;
mod campaign;
mod kept;

pub(crate) use campaign::hold;
