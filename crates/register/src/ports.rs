//! The six things a register needs from the world, and nothing else: a gateway to ask, a shelf for receipts, printers, a
//! clock, chance and what checks PINs. The app gives it the real ones; a story gives it a manual clock and a gateway of its own.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use paper::Paper;
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};
use till::people::PinHash;
use till::print::{Came, Fault};
use till::time::Timestamp;

/// A future that can be kept in a list of different ones.
pub type Promise<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The way to ask the gateway a question.
pub trait Gateway: Send + Sync {
    /// Posts a form and waits for the answer.
    fn ask(&self, url: String, form: String) -> Promise<Result<Answer, NotAnswered>>;
    /// Posts JSON and waits for the answer.
    fn ask_json(&self, url: String, json: String) -> Promise<Result<Answer, NotAnswered>>;
}

/// What came back, whatever it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, byte for byte.
    pub body: Vec<u8>,
    /// The gateway's clock (HTTP `Date`), in Unix seconds.
    pub date: Option<i64>,
}

/// Why nothing came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAnswered {
    /// Nothing left this machine.
    NotSent(String),
    /// It may have arrived.
    MaybeSent(String),
}

/// Where finished receipts are kept.
pub trait Shelf: Send + Sync {
    /// Keeps one document and says where. `copy` 0 is the original.
    ///
    /// # Errors
    /// A sentence for the screen when it cannot be kept.
    fn keep(&self, sale: &SaleNumber, copy: u32, pdf: &[u8]) -> Result<PathBuf, String>;
    /// Keeps the slip with which an attempt's code is paid, and says where.
    ///
    /// # Errors
    /// A sentence for the screen when it cannot be kept.
    fn keep_slip(&self, attempt: &AttemptNumber, pdf: &[u8]) -> Result<PathBuf, String>;
    /// Where a kept document is.
    fn path(&self, sale: &SaleNumber, copy: u32) -> PathBuf;
    /// Keeps the slip of a refund and says where. `copy` 0 is the original.
    ///
    /// # Errors
    /// A sentence for the screen when it cannot be kept.
    fn keep_refund(&self, refund: &RefundNumber, copy: u32, pdf: &[u8]) -> Result<PathBuf, String>;
    /// Keeps a Z report and says where. `copy` 0 is the original.
    ///
    /// # Errors
    /// A sentence for the screen when it cannot be kept.
    fn keep_report(&self, number: u32, copy: u32, pdf: &[u8]) -> Result<PathBuf, String>;
    /// Whether the original of a Z report is there.
    fn has_report(&self, number: u32) -> bool;
}

/// The shop's printers. Each call blocks for as long as the printer takes, and is never made while the register is held.
pub trait Press: Send + Sync {
    /// Prints one paper, once, on the printer of that name; `title` is for whoever looks at a print queue.
    ///
    /// # Errors
    /// With what is known of what came out.
    fn print(&self, printer: &str, title: &str, paper: &dyn Paper) -> Result<(), Unprinted>;
    /// Opens the drawer that hangs on one of them.
    ///
    /// # Errors
    /// When that printer cannot be reached.
    fn open_drawer(&self) -> Result<(), Unprinted>;
}

/// A paper did not come out, or not for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unprinted {
    /// Whether any of it can have come out.
    pub came: Came,
    /// Why.
    pub fault: Fault,
}

/// What time it is.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Numbers nobody can guess.
pub trait Chance: Send + Sync {
    /// Sixteen fresh bytes.
    fn draw(&self) -> [u8; 16];
}

/// What makes a PIN into what is kept, and compares. Slow on purpose: never called while the register is held.
pub trait Pins: Send + Sync {
    /// The form in which a PIN is kept.
    ///
    /// # Errors
    /// A sentence for the log.
    fn keep(&self, pin: &str) -> Result<PinHash, String>;
    /// Whether this is the PIN that was kept.
    fn matches(&self, pin: &str, kept: &PinHash) -> bool;
}

/// The six of them.
#[derive(Clone)]
pub struct Ports {
    /// The gateway.
    pub gateway: Arc<dyn Gateway>,
    /// The shelf.
    pub shelf: Arc<dyn Shelf>,
    /// The printers.
    pub press: Arc<dyn Press>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// PINs.
    pub pins: Arc<dyn Pins>,
}
