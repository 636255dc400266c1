//! The settings as they stand in the file.

use std::collections::BTreeMap;

use register::Profile;
use serde::Deserialize;

use super::check::SettingsError;

/// Everything the file can say. What it leaves out has a default.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Which world the till sells in.
    pub profile: Profile,
    /// The shop.
    #[serde(default)]
    pub shop: ShopSettings,
    /// The till.
    #[serde(default)]
    pub till: TillSettings,
    /// The scanner.
    #[serde(default)]
    pub scanner: ScannerSettings,
    /// The pay page.
    #[serde(default)]
    pub pay_page: PayPageSettings,
    /// Receipts.
    #[serde(default)]
    pub receipt: ReceiptSettings,
    /// The shop's printers; papers go to the first by themselves.
    #[serde(default)]
    pub printers: Vec<PrinterSettings>,
    /// The customer's display.
    #[serde(default)]
    pub customer_display: DisplaySettings,
    /// How the drawer is counted.
    #[serde(default)]
    pub day: DaySettings,
    /// Where the journal is copied to.
    #[serde(default)]
    pub backup: BackupSettings,
    /// How the gateway is asked.
    #[serde(default)]
    pub gateway: GatewaySettings,
    /// The shop's relay.
    #[serde(default)]
    pub relay: RelaySettings,
    /// ECPay's stage.
    #[serde(default)]
    pub stage: MerchantSettings,
    /// ECPay.
    #[serde(default)]
    pub production: MerchantSettings,
}

/// The shop, as its receipts name it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ShopSettings {
    /// Its name.
    pub name: String,
    /// Its tax id, eight digits.
    pub tax_id: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Lines above the sale.
    pub header: Vec<String>,
    /// Lines below the sale.
    pub footer: Vec<String>,
}

/// The till.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TillSettings {
    /// One to three capital letters or digits, unique in the shop.
    pub id: String,
    /// Who is at it, in a shop where nobody is registered.
    pub cashier: String,
    /// How long an untouched till stays open; 0 for as long as it likes.
    pub lock_after_minutes: u64,
    /// How many per cent a cashier takes off without asking; 100 for as much as they like.
    pub discount_limit_percent: u8,
    /// How the shop's scales lay out their barcodes: `21IIIIIWWWWW`.
    pub scale_labels: Vec<String>,
}

/// The scanner.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScannerSettings {
    /// What it types before each code.
    pub prefix: String,
    /// What it types after each code.
    pub suffix: String,
    /// The key that ends a code.
    pub end: register::view::ScannerEnd,
}

/// The pay page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PayPageSettings {
    /// Where the till listens.
    pub listen: String,
    /// How customers reach it, when that is another address than `listen`.
    pub address: Option<String>,
    /// Where the shop has put the static pay page, for phones that cannot reach the till; used without a relay.
    pub static_page: Option<String>,
    /// How long a page is offered.
    pub minutes: u32,
    /// Whether the payer's browser is sent back with the result.
    pub browser_return: bool,
}

/// Receipts.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReceiptSettings {
    /// Their language.
    pub language: ReceiptLanguage,
}

/// The language of receipts.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptLanguage {
    /// Traditional Chinese.
    #[default]
    Zh,
    /// English.
    En,
    /// Both.
    Both,
}

/// One printer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrinterSettings {
    /// What the shop calls it.
    pub name: String,
    /// How it is reached.
    pub way: PrinterWay,
    /// Where: an address, a device file, the name of a print queue, a file or folder.
    pub at: String,
    /// How fast a serial line is.
    #[serde(default = "usual_baud")]
    pub baud: u32,
    /// How wide its roll is, in millimetres: 58 or 80.
    #[serde(default = "usual_roll")]
    pub paper: u32,
    /// Whose letters it prints.
    #[serde(default)]
    pub letters: PrinterLetters,
    /// Who draws QR codes and barcodes.
    #[serde(default)]
    pub codes: PrinterCodes,
    /// How it cuts.
    #[serde(default)]
    pub cutter: PrinterCutter,
    /// It beeps when a paper is done.
    #[serde(default)]
    pub buzzer: bool,
    /// On which pin of it the drawer hangs: 2 or 5.
    pub drawer_pin: Option<u32>,
}

fn usual_baud() -> u32 {
    19_200
}

fn usual_roll() -> u32 {
    80
}

/// How a printer is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrinterWay {
    /// At an address in the shop's network.
    Network,
    /// Behind a device file.
    Usb,
    /// On a serial line.
    Serial,
    /// Behind the system's print queue, which passes its bytes on.
    Queue,
    /// Behind the system's print queue, which takes a PDF.
    PdfQueue,
    /// None: into a file or folder.
    File,
}

/// Whose letters a printer prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrinterLetters {
    /// The till's, as dots.
    #[default]
    Dots,
    /// Its own, in Big5.
    Big5,
    /// Its own, in GB18030.
    Gb18030,
}

/// Who draws QR codes and barcodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrinterCodes {
    /// The till.
    #[default]
    Dots,
    /// The printer.
    Own,
}

/// How a printer cuts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrinterCutter {
    /// But for one point.
    #[default]
    Partial,
    /// Off.
    Full,
    /// Not.
    None,
}

/// The customer's display.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DisplaySettings {
    /// Where it is shown.
    pub place: DisplayPlace,
}

/// Where the customer's display is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisplayPlace {
    /// Nowhere, and it is not offered.
    Off,
    /// In a window of its own from the start.
    Window,
    /// Filling the second monitor whenever there is one; a window when the cashier asks for it without one.
    #[default]
    SecondMonitor,
}

/// How the gateway is asked. Nobody has published its limits: careful guesses.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GatewaySettings {
    /// Questions that may follow one another at once.
    pub burst: u32,
    /// Then one more every so many seconds.
    pub every_seconds: u64,
    /// How long it is left alone after a 403.
    pub silence_minutes: u64,
    /// The first question after the customer could pay.
    pub first_check_seconds: u64,
    /// In which of its two forms the gateway is told to give money back to a card.
    pub refund_api: RefundApi,
    /// The gateway captures every evening at 20:15 by itself, as a new shop is set up there.
    pub auto_capture: bool,
    /// How long keys that others took the place of are still taken, in days.
    pub previous_keys_days: u32,
    /// When ECPay has announced maintenance.
    pub maintenance: Vec<MaintenanceSettings>,
    /// What the gateway keeps for itself by method, as the contract says.
    pub fees: BTreeMap<String, FeeSettings>,
    /// Smallest and largest amount by method, where the contract differs from what ECPay publishes.
    pub limits: BTreeMap<String, [u32; 2]>,
}

/// What one method costs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeSettings {
    /// The part of each payment, in per cent: `2.75`.
    pub percent: String,
    /// Beside that for each payment, in dollars.
    #[serde(default)]
    pub each: u32,
    /// So many days after the payment it is paid out.
    #[serde(default)]
    pub days: u16,
}

/// How the drawer is counted.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DaySettings {
    /// What a shift is to start with, in dollars.
    pub float: u32,
    /// Whoever counts is told what the till thinks only after the count is recorded.
    pub blind_count: bool,
}

/// Where the journal is copied to by itself: after every Z report, and every so many hours.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BackupSettings {
    /// The folders: a USB stick, a share. They have to be there.
    pub folders: Vec<String>,
    /// How many copies are kept in each.
    pub keep: u32,
    /// At least so often.
    pub every_hours: u64,
}

/// The shop's relay.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RelaySettings {
    /// Where it is; without one the till does without.
    pub address: Option<String>,
    /// What the owner is told of: `paid`, `late`, `over_paid`, `contradicted`.
    pub tell: Vec<relay::wire::Happened>,
}

/// In which of its two forms the gateway is told to give money back to a card. Both mean the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundApi {
    /// In a sealed envelope.
    #[default]
    Sealed,
    /// As a signed form.
    Form,
}

/// One announced maintenance, Taipei time.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaintenanceSettings {
    /// `2026-12-01 02:00`.
    pub from: String,
    /// The same.
    pub until: String,
}

/// One merchant account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MerchantSettings {
    /// ECPay's number of the shop; without one, stage uses the public test merchant.
    pub merchant_id: Option<String>,
    /// Where ECPay's server sends its notices; `{token}` stands for the attempt's token.
    pub return_url: String,
}

impl Default for ShopSettings {
    fn default() -> Self {
        Self {
            name: "Guitai 櫃檯".to_owned(),
            tax_id: None,
            address: None,
            phone: None,
            header: vec![],
            footer: vec![],
        }
    }
}

impl Default for TillSettings {
    fn default() -> Self {
        Self {
            id: "T1".to_owned(),
            cashier: "收銀員".to_owned(),
            lock_after_minutes: 5,
            discount_limit_percent: 20,
            scale_labels: vec![],
        }
    }
}

impl Default for DaySettings {
    fn default() -> Self {
        Self { float: 3_000, blind_count: true }
    }
}

impl Default for BackupSettings {
    fn default() -> Self {
        Self { folders: vec![], keep: 30, every_hours: 24 }
    }
}

impl Default for PayPageSettings {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8688".to_owned(),
            address: None,
            static_page: None,
            minutes: 10,
            browser_return: true,
        }
    }
}

impl Default for GatewaySettings {
    fn default() -> Self {
        Self {
            burst: 4,
            every_seconds: 5,
            silence_minutes: 30,
            first_check_seconds: 10,
            refund_api: RefundApi::Sealed,
            auto_capture: true,
            previous_keys_days: 7,
            maintenance: vec![],
            fees: BTreeMap::new(),
            limits: BTreeMap::new(),
        }
    }
}

impl Default for RelaySettings {
    fn default() -> Self {
        use relay::wire::Happened::{Contradicted, Late, OverPaid};
        Self { address: None, tell: vec![Late, OverPaid, Contradicted] }
    }
}

impl Default for MerchantSettings {
    /// ReturnURL is mandatory and must be public. Until the shop has a relay it points at a name that can never exist
    /// (RFC 2606), so that notices reach nobody rather than somebody else.
    fn default() -> Self {
        Self { merchant_id: None, return_url: "https://guitai.invalid/n/{token}".to_owned() }
    }
}

/// The longest file that is read, in bytes. The one a till starts with has two thousand.
pub const BYTES_MAX: usize = 256 * 1024;

/// What may be left out may also be left empty: a line whose value a screen takes out keeps its place and its comment.
fn filled(given: Option<String>) -> Option<String> {
    given.filter(|text| !text.trim().is_empty())
}

/// Reads the file's text.
///
/// # Errors
/// With the line and what is wrong there.
pub fn read(text: &str) -> Result<Settings, SettingsError> {
    if text.len() > BYTES_MAX {
        return Err(SettingsError::TooLong);
    }
    let mut settings: Settings = toml::from_str(text).map_err(|error| SettingsError::Unreadable {
        line: error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1),
        // It quotes what it found, whatever that is.
        what: error.message().chars().map(|c| if c.is_control() { ' ' } else { c }).take(240).collect(),
    })?;
    let Settings { shop, pay_page, relay, stage, production, .. } = &mut settings;
    for optional in [
        &mut shop.tax_id,
        &mut shop.address,
        &mut shop.phone,
        &mut pay_page.address,
        &mut pay_page.static_page,
        &mut relay.address,
        &mut stage.merchant_id,
        &mut production.merchant_id,
    ] {
        *optional = filled(optional.take());
    }
    Ok(settings)
}
