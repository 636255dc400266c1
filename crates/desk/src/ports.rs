//! The real ports, printers apart: the network, the disk, the machine's clock and its chance.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use net::ExchangeError;
use register::ports::Promise;
use register::{Answer, Chance, Clock, Gateway, NotAnswered, Pins, Profile, Shelf};
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};
use till::people::PinHash;
use till::time::Timestamp;

use crate::home::Home;

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_unix_ms(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The machine's source of randomness.
pub(crate) struct SystemChance;

impl Chance for SystemChance {
    fn draw(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }
}

/// The gateway at the other end of the network.
pub(crate) struct NetGateway(pub(crate) Arc<net::Client>);

impl Gateway for NetGateway {
    fn ask(&self, url: String, form: String) -> Promise<Result<Answer, NotAnswered>> {
        let client = Arc::clone(&self.0);
        Box::pin(async move { answer(client.post_form(&url, form.into_bytes()).await) })
    }

    fn ask_json(&self, url: String, json: String) -> Promise<Result<Answer, NotAnswered>> {
        let client = Arc::clone(&self.0);
        Box::pin(async move { answer(client.post_json(&url, json.into_bytes()).await) })
    }
}

fn answer(outcome: Result<net::Reply, ExchangeError>) -> Result<Answer, NotAnswered> {
    match outcome {
        Ok(reply) => Ok(Answer { status: reply.status, body: reply.body, date: reply.date }),
        Err(error @ ExchangeError::NotSent { .. }) => Err(NotAnswered::NotSent(error.to_string())),
        Err(error @ ExchangeError::MaybeSent { .. }) => Err(NotAnswered::MaybeSent(error.to_string())),
    }
}

/// The vault's way of keeping PINs.
pub(crate) struct VaultPins;

impl Pins for VaultPins {
    fn keep(&self, pin: &str) -> Result<PinHash, String> {
        let kept = vault::keep_pin(pin).map_err(|error| error.to_string())?;
        kept.parse().map_err(|error: till::people::PersonError| error.to_string())
    }

    fn matches(&self, pin: &str, kept: &PinHash) -> bool {
        vault::pin_matches(pin, kept.as_str())
    }
}

/// The folder of receipts.
pub(crate) struct FolderShelf {
    pub(crate) home: Home,
    pub(crate) profile: Profile,
}

impl Shelf for FolderShelf {
    fn keep(&self, sale: &SaleNumber, copy: u32, pdf: &[u8]) -> Result<PathBuf, String> {
        let path = self.path(sale, copy);
        write_whole(&path, pdf).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    }

    fn keep_slip(&self, attempt: &AttemptNumber, pdf: &[u8]) -> Result<PathBuf, String> {
        let path = self.home.slip(self.profile, attempt);
        write_whole(&path, pdf).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    }

    fn path(&self, sale: &SaleNumber, copy: u32) -> PathBuf {
        self.home.receipt(self.profile, sale, copy)
    }

    fn keep_report(&self, number: u32, copy: u32, pdf: &[u8]) -> Result<PathBuf, String> {
        let path = self.home.report(self.profile, number, copy);
        write_whole(&path, pdf).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    }

    fn has_report(&self, number: u32) -> bool {
        self.home.report(self.profile, number, 0).exists()
    }

    fn keep_refund(&self, refund: &RefundNumber, copy: u32, pdf: &[u8]) -> Result<PathBuf, String> {
        let path = self.home.refund_slip(self.profile, refund, copy);
        write_whole(&path, pdf).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    }
}

/// Either the whole file is there under its name, or none of it: a power cut leaves no half a receipt.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let part = path.with_extension("part");
    let whole = File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, path)
    });
    if let Err(error) = whole {
        // On a full disk, half a file is room that somebody needs.
        let _ = fs::remove_file(&part);
        return Err(error);
    }
    // The name, too: a receipt that is on record is on the shelf. Windows has no such call and keeps names by itself.
    match path.parent() {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}
