//! What the stories share: a cashier's [`afternoon`] with a till, a gateway and a clock; a display in memory, the till's
//! own window and a customer's browser under control, and eyes for what they show (screen, QR code, PDF).
//!
//! Everything here gives up at a deadline and says what it was waiting for. Whatever it starts runs in a process
//! group of its own, which is killed when the value is dropped.

pub mod afternoon;
#[cfg(unix)]
mod built;
pub mod cable;
#[cfg(unix)]
pub mod display;
pub mod failure;
#[cfg(unix)]
pub mod killed;
pub mod letters;
pub mod pdf;
pub mod phone;
#[cfg(unix)]
mod process;
pub mod screen;
#[cfg(unix)]
pub mod shop;
pub mod shop_relay;
mod tool;
#[cfg(unix)]
pub mod webdriver;

#[cfg(unix)]
pub use display::Xvfb;
pub use failure::{Failure, Outcome};
#[cfg(unix)]
pub use shop::Shop;
#[cfg(unix)]
pub use webdriver::{App, Page};
