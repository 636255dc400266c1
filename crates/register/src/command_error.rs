//! Why a command was not done, in terms the person at the till can act on. One variant for each thing the screen says
//! or does differently.

use serde::Serialize;
use thiserror::Error;
use till::cart::{Cart, CartError};
use till::sale::SaleError;
use till::time::Timestamp;

use crate::catalogue::Wrong;
use crate::view::{Act, KeysProblem, Method, SettingName, SettingProblem};

/// Why a command was not done. Nothing recorded is lost by any of these.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CommandError {
    /// No product has this barcode.
    #[error("no product has the barcode {barcode}: check the label, or search by name")]
    UnknownBarcode {
        /// As scanned.
        barcode: String,
    },
    /// No product has this code.
    #[error("no product has the code {product}")]
    UnknownProduct {
        /// As given.
        product: String,
    },
    /// The label of the shop's own scale was misread, or says what cannot be sold.
    #[error("the label {barcode} was misread or says nothing that can be sold: scan it again, or weigh it again")]
    BadLabel {
        /// As scanned.
        barcode: String,
    },
    /// It is sold by weight: how much does it weigh?
    #[error("{name} is sold by weight: say how many grams")]
    WeightNeeded {
        /// Its code.
        product: String,
        /// Its name.
        name: String,
    },
    /// No weight anything has that is sold here.
    #[error("a weight is between 1 and {max} grams, and the piece costs something")]
    BadWeight {
        /// The heaviest.
        max: u32,
    },
    /// A statement of the gateway's cannot be had, or cannot be used; nothing of it was.
    #[error("the statement is not used: {problem}")]
    Statement {
        /// Why.
        problem: StatementProblem,
    },
    /// Days that are none, the wrong way round, or too many.
    #[error(
        "a report goes from a day to that day or a later one, written as 2026-12-31, and takes in ten years at most"
    )]
    BadDays,
    /// It cannot be a product like that.
    #[error("that cannot be a product: {what}")]
    ProductRefused {
        /// Why.
        what: Wrong,
    },
    /// Somebody has changed it meanwhile.
    #[error("product {product} was changed meanwhile: look at it again")]
    ProductChanged {
        /// Its code.
        product: String,
    },
    /// A catalogue file cannot be taken; nothing was.
    #[error("{problems} things stand against the file, so nothing was taken; the first: {first}")]
    CatalogueRefused {
        /// How many.
        problems: usize,
        /// The first.
        first: String,
    },
    /// Nought, or more than anybody carries to a counter.
    #[error("a quantity is between 1 and {max}, not {given}")]
    BadQuantity {
        /// As given.
        given: u32,
        /// The most there may be.
        max: u32,
    },
    /// Nothing, or more than there is to take off from.
    #[error("a discount is between 1 and {max} dollars here, or 1 to 100 per cent")]
    BadDiscount {
        /// What there is to take off from.
        max: i64,
    },
    /// An article at an open price has a name and a price.
    #[error("give the article a name and a price of 1 to {max} dollars")]
    BadArticle {
        /// The highest price.
        max: i64,
    },
    /// Less would be owed than has come in.
    #[error("{paid} dollars are paid already: give them back before the sale comes to less")]
    BelowPaid {
        /// What has come in.
        paid: i64,
    },
    /// Money has come in for the sale: somebody says what becomes of it.
    #[error("{amount} dollars have come in for this sale: give them back, and say so, before giving it up")]
    MoneyHeld {
        /// How much.
        amount: i64,
    },
    /// What is done needs a reason.
    #[error("say why: the reason is kept")]
    ReasonMissing,
    /// Something lies on the counter.
    #[error("something is on the counter: finish it or put it aside first")]
    CounterBusy,
    /// As many sales wait as may.
    #[error("{max} sales are put aside already: finish one first")]
    AsideFull {
        /// The most there may be.
        max: u32,
    },
    /// There is nothing to pay for.
    #[error("the cart is empty: ring something up first")]
    EmptyCart,
    /// A payment is on the screen: the lines stay as they are until it is cancelled (PF-04).
    #[error("a payment is waiting: cancel it before changing the cart")]
    CartLocked,
    /// As many lines as a sale may have.
    #[error("a sale has at most {max} lines: close this one first")]
    CartFull {
        /// The most there may be.
        max: u32,
    },
    /// As much as a sale may come to.
    #[error("a sale comes to at most {max} dollars")]
    TotalTooLarge {
        /// The most it may be.
        max: i64,
    },
    /// Not enough cash.
    #[error("{received} dollars were handed over and {due} are owed")]
    TooLittleCash {
        /// What is owed.
        due: i64,
        /// What was handed over.
        received: i64,
    },
    /// Not an amount of money anybody could mean.
    #[error("that amount cannot be right: check it and type it again")]
    BadAmount,
    /// The method does not take this amount.
    #[error("this method takes {min} to {max} dollars: choose another")]
    AmountOutOfLimits {
        /// The method.
        method: Method,
        /// The least it takes.
        min: i64,
        /// The most it takes.
        max: i64,
    },
    /// The gateway is out of service by its own announcement (PF-81).
    #[error("ECPay is out of service for maintenance until {}: take cash", Timestamp::from_unix_ms(*until_ms))]
    GatewayMaintenance {
        /// Until when, Unix ms.
        until_ms: i64,
    },
    /// A payment is on the screen.
    #[error("a payment is waiting: wait for it, or cancel it first")]
    PaymentLive,
    /// Nobody knows whether an earlier payment of this sale went through (PF-07).
    #[error("payment {attempt} may have gone through: wait for the answer, or let a manager release it")]
    OutcomeUnknown {
        /// The payment's number.
        attempt: String,
    },
    /// Money came late for this very sale (PF-01).
    #[error("{amount} dollars have come in late for this sale: accept them or give them back first")]
    MoneyWaiting {
        /// How much.
        amount: i64,
    },
    /// There is no payment on the screen.
    #[error("there is no payment to do this to")]
    NoPayment,
    /// The gateway must not be asked again yet.
    #[error("the gateway was asked just now: it is asked again by itself")]
    CheckLater {
        /// From when it may, Unix ms.
        at_ms: i64,
    },
    /// There is no such sale.
    #[error("there is no sale {sale}")]
    UnknownSale {
        /// As given.
        sale: String,
    },
    /// There is no such refund.
    #[error("there is no refund {refund}")]
    UnknownRefund {
        /// As given.
        refund: String,
    },
    /// There is nothing to give back.
    #[error("there is nothing to give back: choose what comes back")]
    NothingToRefund,
    /// More pieces than are left: somebody else has taken them back (PF-55).
    #[error("only {left} of this line are left to come back")]
    RefundTooMany {
        /// The line.
        line: u32,
        /// How many are left.
        left: u32,
    },
    /// The sale's payments have less left than is to go back.
    #[error("only {left} dollars are left to give back: look at the sale again")]
    RefundTooMuch {
        /// How much is left.
        left: i64,
    },
    /// Instalments and bonus points (PF-54).
    #[error("instalments and bonus points go back as a whole: refund everything, or nothing")]
    RefundWholeOnly,
    /// Somebody has to say why.
    #[error("a refund needs a reason: say why in a few words")]
    RefundReasonMissing,
    /// A shift runs already.
    #[error("a shift is open: close it before opening another")]
    ShiftOpen,
    /// No shift runs.
    #[error("no shift is open: count the drawer and open one first")]
    NoShift,
    /// Not a count of notes and coins.
    #[error("that count cannot be right: {why}")]
    BadCount {
        /// What is wrong with it.
        why: String,
    },
    /// The drawer was not counted.
    #[error("count the drawer before closing the shift")]
    CountFirst,
    /// More is to leave the drawer than the till thinks is in it.
    #[error("there is not as much in the drawer: check the amount")]
    NotInDrawer,
    /// The day was closed meanwhile.
    #[error("report Z {number} is made already: look at it before closing another day")]
    DayClosed {
        /// Which report.
        number: u32,
    },
    /// There is no such Z report.
    #[error("there is no report Z {number}")]
    UnknownReport {
        /// As given.
        number: u32,
    },
    /// There is no such task.
    #[error("this task is already done")]
    UnknownTask {
        /// As given.
        task: String,
    },
    /// The task cannot be settled like that any more.
    #[error("that is not possible any more: look at the sale again")]
    ChoiceNotPossible,
    /// Nobody is signed in.
    #[error("the till is locked: sign in first")]
    Locked,
    /// Somebody who may has to consent: send it again with who, PIN and reason.
    #[error("this needs the consent of somebody who may ({what:?})")]
    ApprovalNeeded {
        /// What it is.
        what: Act,
    },
    /// The one who consented may not do it either.
    #[error("{name} may not consent to this: ask a supervisor or the owner")]
    NotAllowed {
        /// Who.
        name: String,
        /// What.
        what: Act,
    },
    /// The PIN is wrong.
    #[error("that PIN is wrong")]
    WrongPin {
        /// No PIN is looked at under this name before then.
        until_ms: Option<i64>,
    },
    /// Too many wrong PINs: none is looked at now.
    #[error("too many wrong PINs under this name: wait a while")]
    PinWait {
        /// Until when.
        until_ms: i64,
    },
    /// A person cannot be like that.
    #[error("that is not possible for a person: {why}")]
    PersonRefused {
        /// Why.
        why: PersonProblem,
    },
    /// A setting cannot be like that; none was changed.
    #[error("{} cannot be like that: {why:?}", name.name())]
    SettingRefused {
        /// Which.
        name: SettingName,
        /// Why.
        why: SettingProblem,
    },
    /// The settings file cannot be read; it was not touched.
    #[error("{message}")]
    SettingsUnreadable {
        /// What is wrong with it, and where.
        message: String,
    },
    /// The settings could not be written; the file is as it was.
    #[error("the settings could not be written ({reason}): nothing was changed")]
    SettingsNotWritten {
        /// Why.
        reason: String,
    },
    /// Keys are not taken.
    #[error("{why}")]
    KeysRefused {
        /// Why.
        why: KeysProblem,
    },
    /// Payments are under way, and nobody would watch them any more.
    #[error("{count} payments or refunds are under way: wait for their results first")]
    PaymentsUnderWay {
        /// How many.
        count: usize,
    },
    /// The disk is full.
    #[error("the disk is full, nothing was recorded: free some space and do it again")]
    DiskFull,
    /// The journal is damaged.
    #[error("the sales journal is damaged: stop selling, keep the file and call for help")]
    JournalDamaged {
        /// The first record that does not fit.
        at_seq: Option<i64>,
    },
    /// The till cannot sell; the screen says why.
    #[error("the till cannot sell now: see the message on the screen")]
    Stopped,
    /// The passphrase does not open the keys.
    #[error("that passphrase does not open the keys: type it again")]
    WrongPassphrase,
    /// The receipt could not be made; the sale stands.
    #[error("the receipt could not be made ({reason}); the sale stands")]
    ReceiptFailed {
        /// Why.
        reason: String,
    },
    /// A fault of this program.
    #[error("something went wrong in the program: {message}")]
    Internal {
        /// For the log.
        message: String,
    },
}

/// Why a statement of the gateway's cannot be had or used.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StatementProblem {
    /// It cannot be read as one.
    #[error("{what}")]
    Unreadable {
        /// What is wrong, and where.
        what: String,
    },
    /// It breaks off.
    #[error("the file breaks off in row {row}: fetch it again")]
    Truncated {
        /// Where.
        row: u64,
    },
    /// It is of another merchant.
    #[error("it is of merchant {merchant}, not of this shop")]
    OtherMerchant {
        /// Whose.
        merchant: String,
    },
    /// It is of other days than were asked for.
    #[error("it has payments of {day}, which is not among the days asked for")]
    OtherDays {
        /// The first such day.
        day: String,
    },
    /// It knows none of the till's payments, and there are some on these days: of another shop, most likely.
    #[error("none of its {payments} payments is of this till, which has some on these days: is it another shop's?")]
    NothingOfOurs {
        /// How many it has.
        payments: u64,
    },
    /// It is empty, and nobody said which days it is about.
    #[error("it is empty: say which days it is about")]
    NoDays,
    /// More days than one file has.
    #[error("one file has a week at most")]
    TooManyDays,
    /// One file a minute.
    #[error("the gateway gives one file a minute: wait a moment")]
    TooSoon {
        /// When the next may be asked for.
        until_ms: i64,
    },
    /// The gateway refused to give one.
    #[error("the gateway refused it (HTTP {status}): is this machine's address registered in its back office?")]
    Refused {
        /// What it answered.
        status: u16,
    },
    /// The gateway was not reached.
    #[error("the gateway was not reached")]
    NotReached,
}

/// Why a person cannot be added or changed like that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PersonProblem {
    /// No name, or one that is too long or cannot be seen.
    #[error("a name has 1 to 20 characters")]
    Name,
    /// Somebody else is called that.
    #[error("somebody else has that name")]
    NameTaken,
    /// Not a PIN.
    #[error("a PIN has 4 to 12 digits")]
    Pin,
    /// A PIN everybody tries first.
    #[error("that PIN is tried first by everybody: choose another")]
    EasyPin,
    /// Nobody could manage the others.
    #[error("the first person is the owner")]
    FirstIsOwner,
    /// Nobody could manage the others any more.
    #[error("one owner has to stay")]
    LastOwner,
    /// There is no such person.
    #[error("there is no such person")]
    Unknown,
    /// As many as there may be.
    #[error("there are too many people")]
    TooMany,
    /// No reason was given.
    #[error("a reason is needed")]
    Reason,
}

impl From<CartError> for CommandError {
    fn from(error: CartError) -> Self {
        match error {
            CartError::Quantity { given } => Self::BadQuantity { given, max: Cart::QUANTITY_MAX },
            CartError::NoLine(line) => Self::UnknownProduct { product: format!("#{line}") },
            CartError::Full => Self::CartFull { max: u32::try_from(Cart::LINES_MAX).unwrap_or(u32::MAX) },
            CartError::Discount { max } => Self::BadDiscount { max: max.as_dollars() },
            CartError::Article => Self::BadArticle { max: till::catalogue::Product::PRICE_MAX.as_dollars() },
            CartError::TooLarge => Self::TotalTooLarge { max: Cart::TOTAL_MAX.as_dollars() },
        }
    }
}

impl From<SaleError> for CommandError {
    fn from(error: SaleError) -> Self {
        match error {
            SaleError::Empty => Self::EmptyCart,
            SaleError::NotOpen(sale) => Self::UnknownSale { sale: sale.to_string() },
            SaleError::TooLittle { due, received } => {
                Self::TooLittleCash { due: due.as_dollars(), received: received.as_dollars() }
            }
            SaleError::TooMuch { .. } | SaleError::NoPart { .. } => Self::BadAmount,
        }
    }
}
