//! What a till that cannot sell still tells, read from a journal that nobody writes to (PF-76).

use std::path::Path;

use journal::Reader;
use till::ids::SaleNumber;
use till::time::Timestamp;

use crate::command_error::CommandError;
use crate::receipts;
use crate::register::{RECENT, drawn, face, recent};
use crate::report::x_report;
use crate::setup::Heading;
use crate::view::{ReceiptPicture, Recent, TillFace, XReport};

/// A journal to look at. It may be damaged: what can still be read is shown, and what cannot is left out.
#[derive(Debug)]
pub struct Records {
    reader: Reader,
    heading: Heading,
}

impl Records {
    /// The records of that till.
    #[must_use]
    pub fn new(reader: Reader, heading: Heading) -> Self {
        Self { reader, heading }
    }

    /// Whose till it is.
    #[must_use]
    pub fn face(&self) -> TillFace {
        face(&self.heading)
    }

    /// The journal.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The X report, as the journal has added it up.
    ///
    /// # Errors
    /// When its figures cannot be read.
    pub fn report_x(&self, now: Timestamp) -> Result<XReport, CommandError> {
        let figures = self.reader.x_figures().map_err(|error| unreadable(&error))?;
        Ok(x_report(&figures, &self.heading, now))
    }

    /// The last closed sales that can be read, newest first.
    ///
    /// # Errors
    /// When there is no list of them.
    pub fn recent(&self) -> Result<Vec<Recent>, CommandError> {
        let (sales, lost) = self.reader.legible_sales(RECENT).map_err(|error| unreadable(&error))?;
        if lost > 0 {
            tracing::warn!(lost, "closed sales that cannot be read are left out");
        }
        Ok(sales.iter().map(|sale| recent(&self.reader, sale)).collect())
    }

    /// The receipt of a closed sale as it was first made; `pdf` is where its file is.
    ///
    /// # Errors
    /// When there is no such sale, or it cannot be read.
    pub fn receipt(&self, number: &SaleNumber, pdf: &Path) -> Result<ReceiptPicture, CommandError> {
        let unknown = || CommandError::UnknownSale { sale: number.to_string() };
        let closed = self.reader.closed(number).map_err(|error| unreadable(&error))?.ok_or_else(unknown)?;
        let sale = self.reader.sale(number).map_err(|error| unreadable(&error))?.ok_or_else(unknown)?;
        let heading = Heading { cashier: closed.operator, ..self.heading.clone() };
        drawn(pdf, number, 0, &receipts::document(&heading, &sale, closed.closed_at, 0))
    }
}

fn unreadable(error: &journal::ReadError) -> CommandError {
    match error {
        journal::ReadError::Damaged(first) => {
            CommandError::JournalDamaged { at_seq: first.seq.and_then(|seq| i64::try_from(seq).ok()) }
        }
        error => CommandError::Internal { message: error.to_string() },
    }
}
