//! The gateway's statements in the till's words.

use ecpay::statement::{self, DateType, MediaFormat, MediaRequest, Statement, StatementError, Status};
use till::money::Money;
use till::payment::{Payment, Terms};
use till::reconcile::Theirs;
use till::time::Day;

use crate::command_error::{CommandError, StatementProblem};
use crate::setup::Setup;

/// The signed request for the statement of some days, by the day of payment, as a form.
pub(crate) fn request(setup: &Setup, from: Day, to: Day) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    let request = MediaRequest { by: DateType::Paid, from, to, format: MediaFormat::New };
    request.fields(&setup.merchant).to_form()
}

/// Reads a file as a statement of this shop.
pub(crate) fn read(setup: &Setup, file: &[u8]) -> Result<Statement, CommandError> {
    let statement = statement::read(file).map_err(|error| match error {
        StatementError::Truncated { row } => {
            refuse(StatementProblem::Truncated { row: u64::try_from(row).unwrap_or(u64::MAX) })
        }
        error => refuse(StatementProblem::Unreadable { what: error.to_string() }),
    })?;
    let merchants = statement.lines.iter().filter_map(|line| line.merchant.as_deref());
    let other = merchants.into_iter().find(|id| *id != setup.merchant.id.as_str());
    match other {
        Some(merchant) => Err(refuse(StatementProblem::OtherMerchant { merchant: merchant.to_owned() })),
        None => Ok(statement),
    }
}

pub(crate) fn refuse(problem: StatementProblem) -> CommandError {
    CommandError::Statement { problem }
}

/// What the lines say, each under our number; those without one are the gateway's own affair.
pub(crate) fn lines(statement: &Statement) -> impl Iterator<Item = Theirs> + '_ {
    statement.lines.iter().filter_map(|line| {
        Some(Theirs {
            number: line.number.clone()?,
            trade_no: line.trade_no.clone(),
            paid: line.paid.as_deref().and_then(|day| day.parse().ok()),
            amount: (line.amount > 0 || line.refunded == 0).then(|| Money::dollars(line.amount)),
            refunded: Money::dollars(line.refunded),
            is_paid: line.status == Status::Paid,
        })
    })
}

/// A payment as a line of a statement tells it. Nothing in it is proof: the gateway is asked.
pub(crate) fn payment(terms: &Terms, line: &Theirs, statement: &Statement) -> Payment {
    let told = statement.lines.iter().find(|told| told.number.as_deref() == Some(line.number.as_str()));
    Payment {
        amount: line.amount.unwrap_or(terms.amount),
        trade_no: line.trade_no.clone(),
        method: terms.method,
        payment_type: told.map_or_else(String::new, |told| told.method.clone()),
        paid_at: line.paid.map_or_else(String::new, |day| day.to_string().replace('-', "/")),
        card_last4: told.and_then(|told| told.card_last4.clone()),
        whole_only: false,
        simulated: false,
    }
}
