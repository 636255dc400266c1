//! The slip with which a customer pays a code at a bank or a store.

use base64::Engine;
use paper::Slip;
use till::ids::AttemptNumber;
use till::payment::Phase;

use super::Register;
use crate::command_error::CommandError;
use crate::ports::Ports;
use crate::receipts;
use crate::view::SlipPicture;

impl Register {
    /// The slip of an attempt whose code can still be paid.
    ///
    /// # Errors
    /// When there is no such attempt, or it has no code to be paid.
    pub fn slip(&mut self, attempt: &str) -> Result<(AttemptNumber, Slip), CommandError> {
        let number: AttemptNumber = attempt.trim().parse().map_err(|_| CommandError::NoPayment)?;
        let attempt = self.attempt(&number)?.ok_or(CommandError::NoPayment)?;
        self.forget_what_is_at_rest();
        let Phase::CodeIssued { code, deadline } = &attempt.phase else { return Err(CommandError::NoPayment) };
        let slip = receipts::slip(&self.setup.heading, &attempt.terms, code, *deadline);
        Ok((number, slip.ok_or(CommandError::NoPayment)?))
    }
}

/// A slip, kept, as a picture for the screen.
pub(crate) fn picture(ports: &Ports, number: &AttemptNumber, slip: &Slip) -> Result<SlipPicture, CommandError> {
    let failed = |reason| CommandError::ReceiptFailed { reason };
    let pdf = receipts::paper_pdf(slip, number.as_str()).map_err(failed)?;
    let path = ports.shelf.keep_slip(number, &pdf).map_err(failed)?;
    let png = receipts::picture(slip).map_err(failed)?;
    Ok(SlipPicture {
        attempt: number.to_string(),
        png_base64: base64::engine::general_purpose::STANDARD.encode(png),
        pdf_path: path.display().to_string(),
    })
}
