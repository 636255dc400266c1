//! What `guitaictl sell` says as it goes along.

use anyhow::Context;
use desk::Desk;
use register::view::{Attempt, AttemptState, PaymentCode, Tender, UnknownWhy, View};
use serde_json::json;

use crate::say::Say;

/// Tells one sale.
#[derive(Clone, Copy)]
pub(crate) struct Tell(pub(crate) Say);

impl Tell {
    /// What lies on the counter. Programs know what they asked for.
    pub(crate) fn counter(self, view: &View) {
        if let Say::Words = self.0
            && !view.cart.lines.is_empty()
        {
            for line in &view.cart.lines {
                crate::say::print(&format!(
                    "{:>4} x {:>6} = {:>7}  {}",
                    line.quantity, line.unit_price, line.amount, line.name
                ));
            }
            crate::say::print(&format!("{:>13} = {:>7}  tax {} included", "total", view.cart.total, view.cart.tax));
        }
    }

    /// The pay link.
    pub(crate) fn link(self, attempt: &Attempt) {
        let line = json!({
            "event": "pay_link", "link": attempt.link, "attempt": attempt.number, "sale": attempt.sale,
            "amount": attempt.amount, "expires_ms": attempt.expires_ms,
        });
        let minutes = (attempt.expires_ms - attempt.created_ms) / 60_000;
        let qr = if self.0.has_eyes() { format!("{}\n", crate::qr::drawn(&attempt.qr)) } else { String::new() };
        let words = format!("{qr}pay {} dollars at {} (for {minutes} minutes)", attempt.amount, attempt.link);
        self.0.line(&line, &words);
    }

    /// Where the payment stands now.
    pub(crate) fn state(self, attempt: &Attempt) {
        let line = json!({ "event": "state", "attempt": attempt.number, "state": attempt.state });
        self.0.line(&line, &format!("  {}", state(&attempt.state)));
    }

    /// The finished sale.
    pub(crate) fn sale(self, desk: &Desk, view: &View) -> anyhow::Result<()> {
        self.closed("sale", desk, view)
    }

    /// The sale of an earlier run that was finished now.
    pub(crate) fn recovered(self, desk: &Desk, view: &View) -> anyhow::Result<()> {
        self.closed("recovered", desk, view)
    }

    /// An unfinished sale of an earlier run was given up.
    pub(crate) fn given_up(self, view: &View) {
        let attempt = view.attempt.as_ref().map(|attempt| attempt.number.as_str());
        let line = json!({
            "event": "given_up", "sale": view.cart.sale, "attempt": attempt, "total": view.cart.total,
        });
        let what = view.cart.sale.as_ref().map_or_else(|| "a cart".to_owned(), |sale| format!("sale {sale}"));
        self.0
            .line(&line, &format!("{what} of {} dollars was left unfinished earlier and is given up", view.cart.total));
    }

    /// The sale is not paid.
    pub(crate) fn unpaid(self, sale: &str, attempt: Option<&Attempt>, why: &str) {
        let number = attempt.map(|attempt| attempt.number.as_str());
        self.0.line(&json!({ "event": "unpaid", "sale": sale, "attempt": number, "why": why }), "");
    }

    fn closed(self, event: &str, desk: &Desk, view: &View) -> anyhow::Result<()> {
        let closed = view.closed.as_ref().context("the sale is not closed")?;
        let number = closed.sale.parse().context("a sale number")?;
        let receipt = desk.home().receipt(desk.profile(), &number, 0);
        let line = json!({
            "event": event, "sale": closed.sale, "total": closed.total, "change": closed.change,
            "closed_ms": closed.closed_ms, "tenders": closed.tenders, "receipt": receipt.display().to_string(),
        });
        let tenders: Vec<String> = closed.tenders.iter().map(tender).collect();
        let words = format!(
            "sale {} is closed: {} dollars, {}\nreceipt {}",
            closed.sale,
            closed.total,
            tenders.join(" and "),
            receipt.display()
        );
        self.0.line(&line, &words);
        Ok(())
    }
}

fn tender(tender: &Tender) -> String {
    match tender {
        Tender::Cash { received, change, .. } => format!("{received} in cash, {change} back"),
        Tender::Recorded { through, amount, .. } => {
            format!("{amount} by {} (recorded only)", till::sale::Outside::from(*through).name())
        }
        Tender::Online { method, amount, trade_no, card_last4, .. } => {
            let card = card_last4.as_ref().map(|digits| format!(" ending in {digits}")).unwrap_or_default();
            let trade = trade_no.as_ref().map(|number| format!(" (ECPay {number})")).unwrap_or_default();
            format!("{amount} by {}{card}{trade}", till::payment::Method::from(*method).name())
        }
    }
}

pub(crate) fn state(state: &AttemptState) -> String {
    match state {
        AttemptState::Created => "the pay page is being put up".to_owned(),
        AttemptState::Presented => "waiting for the customer to open the link".to_owned(),
        AttemptState::Opened => "the customer has opened the link".to_owned(),
        AttemptState::Confirming => "the customer's browser says paid; the gateway is asked".to_owned(),
        AttemptState::CodeIssued { code, .. } => match code {
            PaymentCode::Atm { bank, account } => format!("to be paid to bank {bank}, account {account}"),
            PaymentCode::Cvs { number, .. } => format!("to be paid at a store with code {number}"),
            PaymentCode::Barcode { bars, .. } => format!("to be paid at a store with barcodes {}", bars.join(" ")),
            PaymentCode::Review => "accepted for review".to_owned(),
        },
        AttemptState::Paid { late: true, .. } => "paid, after it was given up".to_owned(),
        AttemptState::Paid { .. } => "paid".to_owned(),
        AttemptState::Unknown { why } => {
            let why = match why {
                UnknownWhy::NoAnswer => "the gateway does not answer",
                UnknownWhy::GatewaySilent => "the gateway was asked too often and is left alone for a while",
                UnknownWhy::WrongAmount => "a message named another amount",
                UnknownWhy::PendingAtBank => "the bank has not decided",
            };
            format!("unknown: {why}")
        }
        AttemptState::CancelRequested => "given up at the counter".to_owned(),
        AttemptState::Failed { code } => format!("declined with code {code}; the customer may try again"),
        AttemptState::Expired => "its time ran out".to_owned(),
    }
}
