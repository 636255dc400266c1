//! The settings as a screen shows and changes them: by name, with a value and what it may be.

use super::{Deserialize, Serialize};

macro_rules! names {
    ($($(#[$meta:meta])* $case:ident = $name:literal),* $(,)?) => {
        /// One setting, by its place in the file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(test, derive(ts_rs::TS))]
        pub enum SettingName { $($(#[$meta])* #[serde(rename = $name)] $case),* }

        impl SettingName {
            /// Every one of them, in the order of the file.
            pub const EVERY: &[Self] = &[$(Self::$case),*];

            /// Its place in the file: `section.key`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$case => $name),* }
            }
        }
    };
}

names! {
    /// The shop's name.
    ShopName = "shop.name",
    /// Its tax id.
    ShopTaxId = "shop.tax_id",
    /// Where it is.
    ShopAddress = "shop.address",
    /// Its telephone.
    ShopPhone = "shop.phone",
    /// Lines above the sale.
    ShopHeader = "shop.header",
    /// Lines below the sale.
    ShopFooter = "shop.footer",
    /// The language of receipts.
    ReceiptLanguage = "receipt.language",
    /// The till's id.
    TillId = "till.id",
    /// Who is on receipts while nobody is registered.
    TillCashier = "till.cashier",
    /// When it locks.
    LockAfter = "till.lock_after_minutes",
    /// What a cashier takes off without asking.
    DiscountLimit = "till.discount_limit_percent",
    /// How the shop's scales lay out their labels.
    ScaleLabels = "till.scale_labels",
    /// What a scanner types before a code.
    ScannerPrefix = "scanner.prefix",
    /// What it types after a code.
    ScannerSuffix = "scanner.suffix",
    /// The key that ends a code.
    ScannerEnd = "scanner.end",
    /// What a shift starts with.
    Float = "day.float",
    /// Whoever counts is told afterwards.
    BlindCount = "day.blind_count",
    /// Where the journal is copied to.
    BackupFolders = "backup.folders",
    /// How many copies are kept in each.
    BackupKeep = "backup.keep",
    /// At least so often.
    BackupEvery = "backup.every_hours",
    /// Where the customer's display is.
    Display = "customer_display.place",
    /// How long a pay page is offered.
    PageMinutes = "pay_page.minutes",
    /// Where the till listens.
    PageListen = "pay_page.listen",
    /// How customers reach the page.
    PageAddress = "pay_page.address",
    /// The page that is a file somewhere.
    StaticPage = "pay_page.static_page",
    /// Whether the payer's browser brings the result.
    BrowserReturn = "pay_page.browser_return",
    /// Where the relay is.
    RelayAddress = "relay.address",
    /// What the owner is told of.
    RelayTell = "relay.tell",
    /// Questions that may follow one another.
    Burst = "gateway.burst",
    /// Then one every so many seconds.
    EverySeconds = "gateway.every_seconds",
    /// How long the gateway is left alone.
    SilenceMinutes = "gateway.silence_minutes",
    /// When it is first asked.
    FirstCheck = "gateway.first_check_seconds",
    /// How it is told of a refund.
    RefundApi = "gateway.refund_api",
    /// Whether it captures by itself.
    AutoCapture = "gateway.auto_capture",
    /// How long keys from before are taken.
    PreviousKeysDays = "gateway.previous_keys_days",
    /// Where its notices go, on the stage.
    StageReturnUrl = "stage.return_url",
    /// The same where money moves.
    ProductionReturnUrl = "production.return_url",
}

/// What a setting says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum SettingValue {
    /// A line of text, or one of the choices; empty for none.
    Text(String),
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Lines of text, or some of the choices.
    Lines(Vec<String>),
}

/// One setting as somebody wants it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SettingChange {
    /// Which.
    pub name: SettingName,
    /// What it is to be.
    pub value: SettingValue,
}

shown! {
    /// One setting as it stands in the file.
    pub struct Setting {
        /// Which.
        pub name: SettingName,
        /// What it says.
        pub value: SettingValue,
        /// What it may say; nothing where that is not a choice.
        pub choices: Vec<String>,
        /// The smallest and the largest number.
        pub range: Option<(i64, i64)>,
        /// A change counts at once; otherwise from the next start.
        pub live: bool,
    }
}

shown! {
    /// All of them.
    pub struct SettingsLook {
        /// In the order of the file.
        pub settings: Vec<Setting>,
        /// Where the file is.
        pub path: String,
        /// Something in the file counts from the next start only.
        pub waits: bool,
    }
}

shown! {
    /// Why a setting cannot be like that.
    pub enum SettingProblem {
        /// It has to say something.
        Missing,
        /// It is too long.
        TooLong {
            /// The most characters.
            max: usize,
        },
        /// Something in it cannot be seen, or turns the line around.
        Unseen,
        /// Too many lines.
        TooMany {
            /// The most.
            max: usize,
        },
        /// Not within its range.
        Range {
            /// The smallest.
            min: i64,
            /// The largest.
            max: i64,
        },
        /// None of the choices, or another kind of value.
        Choice,
        /// Not eight digits.
        TaxIdDigits,
        /// Eight digits that do not go together.
        TaxIdCheck,
        /// Not the id of a till.
        TillId,
        /// Not how a label is laid out.
        Label,
        /// Nothing a scanner types.
        Typed,
        /// Not an address of that kind.
        Address,
        /// Whatever else a start would refuse.
        Rule {
            /// The rule, in English.
            rule: String,
        },
    }
}

/// What a new shop says of itself.
#[derive(Deserialize)]
pub struct FirstRun {
    /// What it is to be called, and the like.
    pub changes: Vec<SettingChange>,
    /// Whether the sample shop's products are put on the shelf.
    pub sample: bool,
    /// The owner; without one, the sample shop's people are there to practise with.
    pub owner: Option<FirstOwner>,
}

/// The owner of a new shop.
#[derive(Deserialize)]
pub struct FirstOwner {
    /// Their name.
    pub name: String,
    /// Their PIN.
    pub pin: crate::people::Pin,
}
