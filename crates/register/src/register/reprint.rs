//! Receipts that a person asks for: to look at one again, or to print a copy.

use std::path::Path;

use base64::Engine;
use paper::Receipt as Document;
use till::ids::SaleNumber;
use till::sale::{Receipt, SalePhase};

use super::Register;
use crate::command_error::CommandError;
use crate::ports::Ports;
use crate::receipts;
use crate::view::ReceiptPicture;

impl Register {
    /// The receipt of a closed sale as it was first made.
    ///
    /// # Errors
    /// When there is no such closed sale.
    pub fn original(&mut self, sale: &str) -> Result<(SaleNumber, Document), CommandError> {
        let sale = self.closed(sale)?;
        let document = self.document(&sale, 0)?;
        Ok((sale.number, document))
    }

    /// The next copy of a receipt, and its number.
    ///
    /// # Errors
    /// When there is no such closed sale.
    pub fn next_copy(&mut self, sale: &str) -> Result<(SaleNumber, u32, Document), CommandError> {
        let sale = self.closed(sale)?;
        let copy = match sale.receipt {
            Receipt::Made { copies } => copies + 1,
            Receipt::NotYet | Receipt::Due | Receipt::Failed { .. } => 1,
        };
        let document = self.document(&sale, copy)?;
        Ok((sale.number, copy, document))
    }

    /// A closed sale, by what somebody typed or scanned.
    pub(super) fn closed(&mut self, number: &str) -> Result<till::sale::Sale, CommandError> {
        let unknown = || CommandError::UnknownSale { sale: number.chars().take(40).collect() };
        let parsed: SaleNumber = number.trim().parse().map_err(|_| unknown())?;
        let sale = self.sale(&parsed)?.filter(|sale| sale.phase == SalePhase::Closed).ok_or_else(unknown)?;
        self.forget_what_is_at_rest();
        Ok(sale)
    }
}

/// A receipt as a picture for the screen, with the place of its PDF.
///
/// # Errors
/// When the picture cannot be drawn.
pub(crate) fn picture(
    ports: &Ports,
    sale: &SaleNumber,
    copy: u32,
    document: &Document,
) -> Result<ReceiptPicture, CommandError> {
    drawn(&ports.shelf.path(sale, copy), sale, copy, document)
}

/// The same where there is no shelf to write to.
pub(crate) fn drawn(
    pdf: &Path,
    sale: &SaleNumber,
    copy: u32,
    document: &Document,
) -> Result<ReceiptPicture, CommandError> {
    let png = receipts::picture(document).map_err(|reason| CommandError::ReceiptFailed { reason })?;
    Ok(ReceiptPicture {
        sale: sale.to_string(),
        copy,
        png_base64: base64::engine::general_purpose::STANDARD.encode(png),
        pdf_path: pdf.display().to_string(),
    })
}
