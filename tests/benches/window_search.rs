//! From a key pressed in the real window to the list painted, in a small shop and in a large one. What a cashier types
//! arrives as keys do; the page itself notes when a key came and when the frame with the list it led to was painted, and
//! how long of that the till took to answer.
//!
//! `cargo bench -p stories --bench window_search [PRODUCTS]`, with the till built for release: scripts/bench.sh does both.
#![allow(missing_docs, clippy::print_stdout, reason = "a benchmark")]

#[cfg(unix)]
#[path = "window_search/keystrokes.rs"]
mod keystrokes;

#[cfg(unix)]
fn main() -> stories::Outcome<()> {
    let most = std::env::args().skip(1).find_map(|word| word.parse().ok());
    keystrokes::measure_up_to(most.unwrap_or(100_000))
}

#[cfg(not(unix))]
fn main() {
    println!("the window is pressed by WebKit's own driver, which is not for this system");
}
