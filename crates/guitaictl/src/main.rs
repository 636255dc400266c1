//! The till without a window.
fn main() {}
