//! What the screens are shown, and nothing more. The TypeScript in `ui/src/ipc/bindings.ts` is generated from here.
//!
//! Money is whole dollars, moments are Unix milliseconds. Everything is computed on this side: a screen never adds up.

use serde::{Deserialize, Serialize};

use crate::profile::Profile;

macro_rules! shown {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[cfg_attr(test, derive(ts_rs::TS))]
        $vis struct $name { $($body)* }
    };
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[cfg_attr(test, derive(ts_rs::TS))]
        #[serde(tag = "kind", rename_all = "snake_case")]
        $vis enum $name { $($body)* }
    };
}

mod collecting;
mod counter;
mod day;
pub mod display;
mod people;
mod range;
mod reconcile;
mod relay;

pub use collecting::{CollectingLook, KeysProblem, KeysState, KeysTest, MerchantLook};
pub use day::{
    CashWay, Counted, Day, DrawerReport, Ever, Mismatch, Pieces, ReportPicture, Shift, ShiftEnd, ShiftReport, ZLine,
    ZMark,
};
pub use people::{Act, Holder, People, Person, Role};
pub use range::{OnlineLine, OutcomeFigure, RangeReport, RangeTable, SoldLine, SpanLine};
pub use reconcile::{Difference, FindingLine, OursSays, Reconciled, ReconciledLine};
mod refunds;
mod settings;
mod shelf;

pub use shelf::{
    Category, Exported, FileProblem, ImportPlan, ImportProgress, LaterPrice, ProductForm, RowProblem, Scanner,
    ScannerEnd, Shelf, ShelfPage, ShelfTab, Unit,
};

pub use counter::{Aside, Discount, HandedBack, Outside, PartPaid, SlipPicture, Waits};
pub use refunds::{
    HandWay, Refund, RefundFigure, RefundItem, RefundLeg, RefundQuote, RefundRefusal, RefundSlip, RefundSource,
    RefundState, RefundTo, RefundWait, RefundWish, Refundable, RefundableLine, RefundsReport,
};
pub use relay::{RelayHealth, RelayLook, RelayTest};
pub use settings::{
    FirstOwner, FirstRun, Setting, SettingChange, SettingName, SettingProblem, SettingValue, SettingsLook,
};
/// How a product is taxed.
pub use till_names::{Method, TaxKind};

mod till_names {
    use super::{Deserialize, Serialize};

    /// How a product is taxed.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(test, derive(ts_rs::TS))]
    #[serde(rename_all = "snake_case")]
    pub enum TaxKind {
        /// 應稅.
        Taxable,
        /// 零稅率.
        ZeroRated,
        /// 免稅.
        Exempt,
    }

    impl From<till::tax::TaxKind> for TaxKind {
        fn from(kind: till::tax::TaxKind) -> Self {
            match kind {
                till::tax::TaxKind::Taxable => Self::Taxable,
                till::tax::TaxKind::ZeroRated => Self::ZeroRated,
                till::tax::TaxKind::Exempt => Self::Exempt,
            }
        }
    }

    impl From<TaxKind> for till::tax::TaxKind {
        fn from(kind: TaxKind) -> Self {
            match kind {
                TaxKind::Taxable => Self::Taxable,
                TaxKind::ZeroRated => Self::ZeroRated,
                TaxKind::Exempt => Self::Exempt,
            }
        }
    }

    macro_rules! methods {
        ($($name:ident),*) => {
            /// A way to pay online.
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
            #[cfg_attr(test, derive(ts_rs::TS))]
            #[serde(rename_all = "snake_case")]
            #[allow(missing_docs, reason = "the names are those of till::payment::Method")]
            pub enum Method { $($name),* }

            impl From<till::payment::Method> for Method {
                fn from(method: till::payment::Method) -> Self {
                    match method { $(till::payment::Method::$name => Self::$name),* }
                }
            }

            impl From<Method> for till::payment::Method {
                fn from(method: Method) -> Self {
                    match method { $(Method::$name => Self::$name),* }
                }
            }
        };
    }
    methods!(All, Credit, Twqr, ApplePay, WebAtm, Atm, Cvs, Barcode, Bnpl, Weixin, DigitalPayment);
}

shown! {
    /// A product on the grid.
    pub struct Product {
        /// The shop's code.
        pub code: String,
        /// Its first barcode.
        pub barcode: Option<String>,
        /// Its name.
        pub name: String,
        /// Its tab.
        pub category: String,
        /// Its price.
        pub price: i64,
        /// Its tax.
        pub tax: TaxKind,
        /// What the price is for.
        pub unit: Unit,
        /// It stands at hand.
        pub favourite: bool,
        /// It has another price on some other day.
        pub later: bool,
    }
}

shown! {
    /// A line of the cart.
    pub struct CartLine {
        /// Its id.
        pub line: u32,
        /// The product's code.
        pub code: String,
        /// Its name.
        pub name: String,
        /// Its barcode.
        pub barcode: Option<String>,
        /// Price of one.
        pub unit_price: i64,
        /// How many.
        pub quantity: u32,
        /// At shelf price.
        pub gross: i64,
        /// What this line alone has off, as it was said.
        pub discount: Option<Discount>,
        /// What that comes to.
        pub off: i64,
        /// What it comes to, its share of what the whole sale has off taken off too.
        pub amount: i64,
        /// Its tax.
        pub tax: TaxKind,
    }
}

shown! {
    /// The cart, or the sale it has become.
    pub struct Cart {
        /// Lines, oldest first.
        pub lines: Vec<CartLine>,
        /// Pieces.
        pub items: u32,
        /// At shelf price.
        pub gross: i64,
        /// What the whole sale has off, as it was said.
        pub discount: Option<Discount>,
        /// What that comes to.
        pub taken_off: i64,
        /// What it comes to, tax included.
        pub total: i64,
        /// The tax included.
        pub tax: i64,
        /// What the customer wants remembered.
        pub note: Option<String>,
        /// What has come in, one by one.
        pub tenders: Vec<Tender>,
        /// The part of that which lies in the drawer and would go back.
        pub cash_held: i64,
        /// Its number, once money was asked for.
        pub sale: Option<String>,
        /// What has come in.
        pub paid: i64,
        /// What is owed.
        pub due: i64,
        /// Lines cannot change now (PF-04).
        pub locked: bool,
    }
}

shown! {
    /// One way to pay online, for the amount owed now.
    pub struct MethodChoice {
        /// The method.
        pub method: Method,
        /// It takes this amount.
        pub open: bool,
        /// The least it takes.
        pub min: i64,
        /// The most it takes.
        pub max: i64,
        /// The gateway is out of service for maintenance until then (PF-81).
        pub back_ms: Option<i64>,
    }
}

shown! {
    /// Where an attempt stands, as the counter sees it.
    pub enum AttemptState {
        /// Recorded; the page is not up.
        Created,
        /// The QR is live; nobody has opened it.
        Presented,
        /// A phone has opened the page.
        Opened,
        /// The payer's browser brought a signed "paid"; the gateway is being asked.
        Confirming,
        /// A code was issued.
        CodeIssued {
            /// The code.
            code: PaymentCode,
            /// Until when it can be paid.
            deadline_ms: Option<i64>,
        },
        /// Paid.
        Paid {
            /// After the counter gave it up.
            late: bool,
            /// No sale wanted the money any more.
            over: bool,
        },
        /// Nobody knows.
        Unknown {
            /// Why.
            why: UnknownWhy,
        },
        /// Cancelled at the counter; watched.
        CancelRequested,
        /// A try was declined; the customer may try again.
        Failed {
            /// The gateway's code.
            code: String,
        },
        /// Time ran out; watched.
        Expired,
    }
}

/// Why nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum UnknownWhy {
    /// The question brought no answer.
    NoAnswer,
    /// The gateway has been asked too often (403).
    GatewaySilent,
    /// A signed message named another amount.
    WrongAmount,
    /// The bank has not made up its mind.
    PendingAtBank,
}

shown! {
    /// A code to pay later.
    pub enum PaymentCode {
        /// A virtual account.
        Atm {
            /// Bank.
            bank: String,
            /// Account.
            account: String,
        },
        /// A kiosk code.
        Cvs {
            /// The code.
            number: String,
            /// The same as a barcode: `1` dark, `0` light, one character a unit.
            units: String,
        },
        /// Three barcodes.
        Barcode {
            /// Top to bottom.
            bars: [String; 3],
            /// The same drawn: `1` dark, `0` light, one character a unit.
            units: [String; 3],
        },
        /// Accepted for review.
        Review,
    }
}

shown! {
    /// A QR as modules.
    #[derive(Default)]
    pub struct Qr {
        /// Modules a side.
        pub size: u32,
        /// Rows of `0` and `1`, top to bottom.
        pub rows: Vec<String>,
    }
}

shown! {
    /// An attempt on the screen.
    pub struct Attempt {
        /// Its number.
        pub number: String,
        /// Its sale.
        pub sale: String,
        /// Its amount.
        pub amount: i64,
        /// The method asked for.
        pub method: Method,
        /// Where it stands.
        pub state: AttemptState,
        /// The pay page.
        pub link: String,
        /// The link as a QR; empty for an attempt that is not on the screen.
        pub qr: Qr,
        /// When it was made.
        pub created_ms: i64,
        /// When the page stops.
        pub expires_ms: i64,
        /// When the gateway is asked next.
        pub next_check_ms: Option<i64>,
        /// It can be cancelled.
        pub can_cancel: bool,
        /// The gateway may be asked now.
        pub can_check: bool,
        /// Collecting again waits for a manager (PF-07).
        pub held: bool,
        /// A manager can say that it was paid (PF-60).
        pub can_vouch: bool,
        /// A manager has said that it was paid, and the gateway not yet.
        pub unverified: bool,
    }
}

shown! {
    /// How part of a sale was paid.
    pub enum Tender {
        /// Cash.
        Cash {
            /// What counts.
            amount: i64,
            /// Handed over.
            received: i64,
            /// Given back.
            change: i64,
        },
        /// Online.
        Online {
            /// How in the end.
            method: Method,
            /// How much.
            amount: i64,
            /// Our number.
            number: String,
            /// ECPay's number.
            trade_no: Option<String>,
            /// Card.
            card_last4: Option<String>,
        },
        /// Taken outside the till, which cannot verify it.
        Recorded {
            /// Through what.
            through: Outside,
            /// How much.
            amount: i64,
            /// The slip's or voucher's number.
            note: Option<String>,
        },
    }
}

shown! {
    /// Where a receipt stands.
    pub enum ReceiptState {
        /// Being made.
        Due,
        /// There.
        Ready {
            /// Copies after the original.
            copies: u32,
        },
        /// Not there.
        Failed {
            /// Why.
            reason: String,
        },
    }
}

shown! {
    /// The sale that closed last.
    pub struct ClosedSale {
        /// Its number.
        pub sale: String,
        /// What it came to.
        pub total: i64,
        /// When it closed.
        pub closed_ms: i64,
        /// How it was paid.
        pub tenders: Vec<Tender>,
        /// Given back.
        pub change: i64,
        /// Part of it rests on a manager's word (PF-60).
        pub unverified: bool,
        /// Its receipt.
        pub receipt: ReceiptState,
    }
}

/// What a person has to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Money came after the counter gave it up (PF-01).
    LateMoney,
    /// Money came for a sale already paid (PF-02, PF-03).
    SecondPayment,
    /// A signed message named another amount (PF-05).
    WrongAmount,
    /// Messages without a valid signature (PF-16).
    ForgedNotice,
    /// Messages of another merchant, or about nothing of ours (PF-17).
    OtherMerchant,
    /// A simulated payment where only real money counts (PF-19).
    TestPayment,
    /// A signed notice said paid, and the gateway's own answers deny it.
    PaymentDenied,
    /// A receipt could not be made.
    ReceiptFailed,
    /// A sale put aside was paid: its goods wait (PF-23).
    PaidAside,
    /// A manager said paid, and the gateway never did (PF-60).
    NeverConfirmed,
    /// A bank was to make up its mind about a payment, and nobody ever said how.
    LeftOpen,
    /// Many wrong PINs under one name.
    WrongPins,
    /// A refund cannot go back as it was asked for (PF-52).
    RefundRefused,
    /// Nobody knows whether a refund went through (PF-49).
    RefundUnknown,
    /// Money is to be given back by hand (PF-53).
    RefundToHandOver,
    /// A refund was accepted long ago and is still not back.
    RefundOverdue,
    /// A receipt did not come out of the printer.
    NotPrinted,
    /// Nobody knows how much of a receipt came out (PF-12).
    HalfPrinted,
}

/// What can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TaskChoice {
    /// Let the money count toward its sale.
    AcceptToSale,
    /// It was given back by hand.
    RefundByHand,
    /// Noted.
    Seen,
    /// Try again.
    Retry,
    /// Give it back to the card it came from.
    RefundToCard,
    /// It was given back by hand in the way that was agreed.
    HandedOver,
    /// Give the refund up: nothing has moved.
    Drop,
    /// Print on another printer.
    OtherPrinter,
    /// Do without the paper.
    LeaveOut,
}

shown! {
    /// Why a paper did not come out.
    pub struct PrintTrouble {
        /// Of which printer.
        pub printer: String,
        /// The next one on the shop's list.
        pub other: Option<String>,
        /// Why.
        pub fault: PrintFault,
    }
}

macro_rules! print_faults {
    ($($name:ident),*) => {
        /// Why a paper did not come out.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        #[cfg_attr(test, derive(ts_rs::TS))]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "the names are those of till::print::Fault")]
        pub enum PrintFault { $($name),* }

        impl From<till::print::Fault> for PrintFault {
            fn from(fault: till::print::Fault) -> Self {
                match fault { $(till::print::Fault::$name => Self::$name),* }
            }
        }
    };
}
print_faults!(
    Unreachable,
    Forbidden,
    Busy,
    PaperOut,
    CoverOpen,
    Faulty,
    Offline,
    Stalled,
    Broken,
    Silent,
    Refused,
    NotDrawn
);

shown! {
    /// Something a person has to look at; never closes by itself.
    pub struct Task {
        /// Names it for `resolve`.
        pub id: String,
        /// What it is.
        pub what: TaskKind,
        /// The sale it is about.
        pub sale: Option<String>,
        /// The attempt it is about.
        pub attempt: Option<String>,
        /// The refund it is about.
        pub refund: Option<String>,
        /// The money it is about.
        pub amount: i64,
        /// Since when.
        pub since_ms: i64,
        /// What can be done.
        pub choices: Vec<TaskChoice>,
        /// Who sees to it.
        pub holder: Option<Holder>,
        /// Whose name it is about, where it is about a person.
        pub person: Option<String>,
        /// Why a paper did not come out, where it is about one.
        pub print: Option<PrintTrouble>,
    }
}

shown! {
    /// Something worth a quiet line.
    pub enum Notice {
        /// The gateway is left alone until then (403).
        GatewaySilent {
            /// Until when.
            until_ms: i64,
        },
        /// Questions bring no answer.
        GatewayUnreachable {
            /// Since when.
            since_ms: i64,
        },
        /// The shop's relay does not answer: pages are shown by the till itself, and results are asked for.
        RelayAway {
            /// Since when.
            since_ms: i64,
        },
        /// The relay does not know this till's key.
        RelayKey,
        /// The gateway is out of service by its own announcement (PF-81).
        GatewayMaintenance {
            /// Until when.
            until_ms: i64,
        },
        /// The gateway answers, and what it sends is no answer.
        GatewayOut {
            /// Since when.
            since_ms: i64,
        },
        /// A sale was finished after a restart.
        Recovered {
            /// Which.
            sale: String,
        },
        /// The last backup did not come about.
        BackupFailed {
            /// Where it was to go.
            folder: String,
            /// Why it did not.
            why: String,
        },
        /// It is a long time since there was a backup.
        BackupStale {
            /// Since when; nothing where there was never one.
            since_ms: Option<i64>,
        },
        /// This machine's clock is off.
        ClockOff {
            /// By so many seconds; positive when it is behind.
            seconds: i64,
        },
    }
}

shown! {
    /// The till cannot sell, and why.
    pub enum Stop {
        /// The journal is damaged.
        JournalDamaged {
            /// The first record that does not fit.
            at_seq: Option<i64>,
            /// The file.
            path: String,
        },
        /// The journal is from a newer version.
        JournalNewer {
            /// The file.
            path: String,
        },
        /// The disk is full.
        DiskFull,
        /// No keys for this profile.
        KeysMissing {
            /// Which.
            profile: String,
        },
        /// The keys are sealed.
        KeysLocked {
            /// Which.
            profile: String,
        },
        /// The settings cannot be used.
        Settings {
            /// What is wrong and what to do.
            message: String,
        },
        /// Another till has this journal open (PF-78).
        AlreadyRunning,
    }
}

shown! {
    /// Whose till this is.
    pub struct TillFace {
        /// Its id.
        pub id: String,
        /// The shop.
        pub shop: String,
        /// Which world it sells in.
        pub profile: Profile,
        /// Who is at it.
        pub cashier: String,
    }
}

shown! {
    /// Everything on the screen.
    pub struct View {
        /// Grows with every change.
        pub revision: u64,
        /// Whose till.
        pub till: TillFace,
        /// Who is at it.
        pub people: People,
        /// The cart.
        pub cart: Cart,
        /// The attempt on the screen.
        pub attempt: Option<Attempt>,
        /// The sale that closed last, until the next line is rung up.
        pub closed: Option<ClosedSale>,
        /// Attempts given up and still watched.
        pub watched: Vec<Attempt>,
        /// What waits beside the counter, oldest first.
        pub aside: Vec<Aside>,
        /// Refunds that are not over, oldest first.
        pub refunds: Vec<Refund>,
        /// What waits for a person.
        pub tasks: Vec<Task>,
        /// Quiet lines.
        pub notices: Vec<Notice>,
        /// The till cannot sell.
        pub stopped: Option<Stop>,
        /// Another number when the products are others than they were.
        pub shelf: u64,
        /// How the scanner types.
        pub scanner: Scanner,
    }
}

shown! {
    /// A sale of the recent past.
    pub struct Recent {
        /// Its number.
        pub sale: String,
        /// What it came to.
        pub total: i64,
        /// When it closed.
        pub closed_ms: i64,
        /// How it was paid.
        pub tenders: Vec<Tender>,
        /// Part of it rests on a manager's word (PF-60).
        pub unverified: bool,
        /// What has been asked back of it and was not given up.
        pub refunded: i64,
    }
}

shown! {
    /// A receipt to look at.
    pub struct ReceiptPicture {
        /// Its sale.
        pub sale: String,
        /// 0 is the original.
        pub copy: u32,
        /// The picture.
        pub png_base64: String,
        /// Where the PDF is.
        pub pdf_path: String,
    }
}

shown! {
    /// The X report: the day so far, from the journal alone.
    pub struct XReport {
        /// What makes it a Z report; nothing in an X report.
        pub z: Option<ZMark>,
        /// The till.
        pub till: String,
        /// The shop.
        pub shop: String,
        /// When it was made.
        pub made_ms: i64,
        /// The first record it covers.
        pub from_seq: i64,
        /// The last record it covers.
        pub to_seq: i64,
        /// The journal's head: the hash of that record.
        pub head: String,
        /// The first sale's close.
        pub first_ms: Option<i64>,
        /// The last sale's close.
        pub last_ms: Option<i64>,
        /// Sales.
        pub count: i64,
        /// At shelf price.
        pub gross: i64,
        /// Taken off.
        pub discounts: i64,
        /// What customers owed, tax included.
        pub net: i64,
        /// The tax included.
        pub tax: i64,
        /// `net` by tax kind.
        pub by_tax: ByTax,
        /// By tender.
        pub tenders: Vec<TenderFigure>,
        /// What came back.
        pub refunds: RefundsReport,
        /// What the day took: net less refunds.
        pub took: i64,
        /// The proof that what the day took adds up.
        pub cross_foot: CrossFoot,
        /// Attempts without an outcome.
        pub open: Vec<OpenAttempt>,
        /// Money that came in and counts toward no sale.
        pub unapplied: i64,
        /// Sales paid in part and not closed: what came in for them is in none of the figures above.
        pub part_paid: Vec<PartPaid>,
        /// The cash of those, which lies in the drawer all the same.
        pub cash_held: i64,
        /// What came into the drawer and left it.
        pub cash: DrawerReport,
        /// The shifts that ended, and the one that runs, oldest first.
        pub shifts: Vec<ShiftReport>,
        /// Everything the till has ever sold, this report included.
        pub ever: Ever,
        /// Where figures that must agree do not; none in a report that adds up.
        pub mismatches: Vec<Mismatch>,
        /// What rests on a manager's word, the gateway not having answered (PF-60).
        pub unverified: i64,
        /// So many payments.
        pub unverified_count: i64,
        /// What was done at the counter and has to be looked at.
        pub tallies: Vec<Tally>,
        /// By hour, for the chart.
        pub hours: Vec<HourFigure>,
    }
}

shown! {
    /// The net by tax kind.
    pub struct ByTax {
        /// 應稅.
        pub taxable: i64,
        /// 零稅率.
        pub zero_rated: i64,
        /// 免稅.
        pub exempt: i64,
    }
}

shown! {
    /// One tender of a report.
    pub struct TenderFigure {
        /// `cash`, `credit`, …
        pub tender: String,
        /// How often.
        pub count: i64,
        /// How much.
        pub amount: i64,
    }
}

shown! {
    /// What the day took, refunds taken off, reached three ways.
    pub struct CrossFoot {
        /// Gross less discounts.
        pub gross_less_discounts: i64,
        /// Sum by tax kind.
        pub by_tax: i64,
        /// Sum of the tenders.
        pub tenders: i64,
        /// Net.
        pub net: i64,
        /// All four are the same.
        pub agrees: bool,
    }
}

shown! {
    /// An attempt without an outcome.
    pub struct OpenAttempt {
        /// Its number.
        pub attempt: String,
        /// Its sale.
        pub sale: String,
        /// Its amount.
        pub amount: i64,
        /// Where it stands.
        pub state: String,
    }
}

shown! {
    /// Something that was done so many times.
    pub struct Tally {
        /// `drawer_opened`, `goods_returned`, or `approved/` and what was approved.
        pub name: String,
        /// How often.
        pub count: i64,
        /// What it came to, where it is about money.
        pub amount: i64,
    }
}

shown! {
    /// One hour of a report.
    pub struct HourFigure {
        /// `09`.
        pub hour: String,
        /// Sales.
        pub count: i64,
        /// Net.
        pub net: i64,
    }
}

impl View {
    /// The screen of a till that could not be opened.
    #[must_use]
    pub fn stopped(stop: Stop) -> Self {
        let cart = Cart {
            lines: vec![],
            items: 0,
            gross: 0,
            discount: None,
            taken_off: 0,
            total: 0,
            tax: 0,
            note: None,
            tenders: vec![],
            cash_held: 0,
            sale: None,
            paid: 0,
            due: 0,
            locked: true,
        };
        let till =
            TillFace { id: String::new(), shop: String::new(), profile: Profile::Production, cashier: String::new() };
        Self {
            revision: 0,
            till,
            people: People { locked: false, at_till: None, everyone: vec![] },
            cart,
            attempt: None,
            closed: None,
            watched: vec![],
            aside: vec![],
            refunds: vec![],
            tasks: vec![],
            notices: vec![],
            stopped: Some(stop),
            shelf: 0,
            scanner: Scanner::default(),
        }
    }
}
