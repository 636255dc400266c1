//! The records of a till that cannot sell (PF-76), and every journal as text.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use journal::{Journal, OpenError};
use register::view::{ReceiptPicture, Recent, TillFace, XReport};
use register::{Clock, CommandError, Profile};
use till::catalogue::Product;
use till::ids::SaleNumber;

use crate::home::Home;
use crate::open::Trouble;
use crate::ports::{SystemClock, write_whole};
use crate::settings;

/// The records of a till whose journal is damaged: reports, recent sales and receipts can be looked at, and nothing is
/// ever written.
#[derive(Debug)]
pub struct Records {
    home: Home,
    profile: Profile,
    // SQLite's connections are used by one thread at a time.
    records: Mutex<register::records::Records>,
}

impl Records {
    /// What there is to look at behind a till that could not be opened: something when its journal is damaged and can be
    /// read at all, nothing otherwise.
    #[must_use]
    pub fn behind(home: &Home, trouble: &Trouble) -> Option<Self> {
        let Trouble::Journal { path, source: OpenError::Damaged(_) } = trouble else { return None };
        let profile = [Profile::Training, Profile::Stage, Profile::Production]
            .into_iter()
            .find(|profile| home.journal(*profile) == *path)?;
        let settings = crate::read_settings(home).ok()?;
        let heading = settings::heading(&settings, profile).ok()?;
        let reader = Journal::open_read_only(path).ok()?;
        // Where not even the figures can be read there is nothing to look at.
        reader.x_figures().ok()?;
        let records = Mutex::new(register::records::Records::new(reader, heading));
        Some(Self { home: home.clone(), profile, records })
    }

    /// Whose till it is.
    #[must_use]
    pub fn face(&self) -> TillFace {
        self.lock().face()
    }

    /// Which world it sells in.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// The day so far, as the journal has added it up.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn report_x(&self) -> Result<XReport, CommandError> {
        self.lock().report_x(SystemClock.now())
    }

    /// The last closed sales that can be read.
    ///
    /// # Errors
    /// When none can.
    pub fn recent(&self) -> Result<Vec<Recent>, CommandError> {
        self.lock().recent()
    }

    /// The receipt of a sale, as it was first made.
    ///
    /// # Errors
    /// When there is no such sale, or it cannot be read.
    pub fn receipt(&self, sale: &str) -> Result<ReceiptPicture, CommandError> {
        let unknown = || CommandError::UnknownSale { sale: sale.chars().take(40).collect() };
        let number: SaleNumber = sale.trim().parse().map_err(|_| unknown())?;
        self.lock().receipt(&number, &self.home.receipt(self.profile, &number, 0))
    }

    fn lock(&self) -> MutexGuard<'_, register::records::Records> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes every record of the journal that can be read to a new file beside it, one JSON object a line, and says where it
/// is. The till may be running.
///
/// # Errors
/// A sentence on why it could not be written.
pub fn export(home: &Home, profile: Profile) -> Result<PathBuf, String> {
    let reader = Journal::open_read_only(&home.journal(profile)).map_err(|error| error.to_string())?;
    let head = reader.head().map_err(|error| error.to_string())?;
    let folder = home.exports(profile);
    let path = folder.join(format!("records-to-{}-at-{}.jsonl", head.seq, SystemClock.now().unix_ms()));
    let written = fs::create_dir_all(&folder)
        .and_then(|()| File::create_new(&path))
        .and_then(|file| reader.export(&mut BufWriter::new(file)));
    match written {
        Ok(exported) => {
            tracing::info!(events = exported.events, broken = exported.broken, "the records were written out");
            Ok(path)
        }
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}

/// Writes a report beside the other exports, in the place of an earlier one of the same name; says where.
///
/// # Errors
/// A sentence on why it could not be written.
pub fn export_report(home: &Home, profile: Profile, name: &str, bytes: &[u8]) -> Result<PathBuf, String> {
    let path = home.exports(profile).join(name);
    write_whole(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

/// Writes the products into a new file beside the other exports, as a spreadsheet opens them; says where.
///
/// # Errors
/// A sentence on why it could not be written.
pub fn export_products(home: &Home, profile: Profile, products: &[Product]) -> Result<PathBuf, String> {
    let folder = home.exports(profile);
    let path = folder.join(format!("products-{}-at-{}.csv", products.len(), SystemClock.now().unix_ms()));
    fs::create_dir_all(&folder)
        .and_then(|()| File::create_new(&path))
        .and_then(|mut file| file.write_all(&register::catalogue::write(products)).and_then(|()| file.sync_all()))
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}
