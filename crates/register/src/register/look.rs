//! What the screens are shown: made whole from what is in memory, whenever it is asked for.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use qrcode::{EcLevel, QrCode};
use till::cart::Line;
use till::ids::{AttemptNumber, SaleNumber};
use till::payment::{self, Action, Funds, NoAnswer, Phase, Standing, Why};
use till::people::Act;
use till::refund::Of;
use till::sale::{Receipt, SalePhase, Tender};
use till::time::Timestamp;

use super::errand::SKEW_SHOWN;
use super::{Register, internal};
use crate::carried;
use crate::command_error::CommandError;
use crate::setup::Heading;
use crate::translate;
use crate::view::{
    Attempt, AttemptState, Cart, CartLine, ClosedSale, Notice, PaymentCode, People, Person, Product, Qr, ReceiptState,
    Recent, TillFace, UnknownWhy, View,
};
use crate::{view, view::Stop};

impl Register {
    /// Everything on the screen.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn view(&self, now: Timestamp) -> Result<View, CommandError> {
        let shown = self.desk.shown.as_ref().and_then(|number| self.attempts.get(number));
        let watched = self.attempts.values().filter(|attempt| {
            let on_screen = self.desk.shown.as_ref() == Some(&attempt.terms.number);
            let aside = attempt.is_live() && !self.desk.is_about(attempt);
            !on_screen && !aside && !attempt.watch.ended && attempt.can_have_been_paid() && is_news(attempt)
        });
        Ok(View {
            revision: self.revision,
            till: self.face(),
            people: self.people_view(now),
            cart: self.cart(),
            attempt: shown.map(|attempt| self.attempt_view(attempt, now, self.drawn.qr(&self.link(&attempt.terms)))),
            closed: self.closed_view()?,
            // Nobody scans what is not on the screen.
            watched: watched.map(|attempt| self.attempt_view(attempt, now, Qr::default())).collect(),
            aside: self.aside(),
            refunds: self.refunds.values().map(|refund| self.refund_view(refund)).collect(),
            tasks: self.tasks(),
            notices: self.notices(now),
            stopped: self.stopped.clone(),
            shelf: self.filled,
            scanner: self.setup.counter.scanner.clone(),
        })
    }

    /// The last closed sales, newest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn recent(&self) -> Result<Vec<Recent>, CommandError> {
        let sales = self.journal.recent_sales(RECENT).map_err(|error| internal(&error))?;
        Ok(sales.iter().map(|sale| recent(&self.journal, sale)).collect())
    }

    fn people_view(&self, now: Timestamp) -> People {
        let person = |person: &till::people::Person| Person {
            id: person.id.to_string(),
            name: person.name.to_string(),
            role: person.role.into(),
            may: Act::EVERY.into_iter().filter(|act| person.may(*act)).map(Into::into).collect(),
            wait_until_ms: person.wrong.wait_until(now).map(Timestamp::unix_ms),
            shown_pin: self.shown_pin(person).map(str::to_owned),
        };
        People {
            locked: self.is_locked(),
            at_till: self.people.at_till().map(|person| person.id.to_string()),
            everyone: self.people.active().map(person).collect(),
        }
    }

    /// Why the till cannot sell, if it cannot.
    #[must_use]
    pub fn stopped(&self) -> Option<&Stop> {
        self.stopped.as_ref()
    }

    fn face(&self) -> TillFace {
        TillFace { cashier: self.operator().name, ..face(&self.setup.heading) }
    }

    fn cart(&self) -> Cart {
        let totals = self.desk.cart.totals();
        let sale = self.desk.sale.as_ref().and_then(|number| self.sales.get(number));
        Cart {
            lines: self.desk.cart.lines().iter().map(line).collect(),
            items: self.desk.cart.items(),
            gross: totals.gross.as_dollars(),
            discount: self.desk.cart.discount().map(Into::into),
            taken_off: self.desk.cart.lines().iter().map(|line| line.share).sum::<till::money::Money>().as_dollars(),
            total: totals.net.as_dollars(),
            tax: totals.tax.as_dollars(),
            note: self.desk.cart.note().map(str::to_owned),
            tenders: sale.map(|sale| sale.tenders.iter().map(tender).collect()).unwrap_or_default(),
            cash_held: sale.map_or(0, |sale| sale.cash_held().as_dollars()),
            sale: self.desk.sale.as_ref().map(ToString::to_string),
            paid: self.paid_in().as_dollars(),
            due: self.owed().as_dollars(),
            locked: self.cart_is_locked(),
        }
    }

    fn closed_view(&self) -> Result<Option<ClosedSale>, CommandError> {
        let Some(number) = &self.desk.closed else { return Ok(None) };
        let Some(sale) = self.sales.get(number).filter(|sale| sale.phase == SalePhase::Closed) else { return Ok(None) };
        let closed = self.journal.closed(number).map_err(|error| internal(&error))?;
        let change: till::money::Money = sale.tenders.iter().map(Tender::change).sum();
        Ok(Some(ClosedSale {
            sale: number.to_string(),
            total: sale.totals.net.as_dollars(),
            closed_ms: closed.map_or(0, |closed| closed.closed_at.unix_ms()),
            tenders: sale.tenders.iter().map(tender).collect(),
            change: change.as_dollars(),
            unverified: sale.is_unverified(),
            receipt: match &sale.receipt {
                Receipt::NotYet | Receipt::Due => ReceiptState::Due,
                Receipt::Made { copies } => ReceiptState::Ready { copies: *copies },
                Receipt::Failed { reason } => ReceiptState::Failed { reason: reason.clone() },
            },
        }))
    }

    fn attempt_view(&self, attempt: &payment::Attempt, now: Timestamp, qr: Qr) -> Attempt {
        let terms = &attempt.terms;
        let link = self.link(terms);
        let next_check = match self.wanted(&terms.number, now) {
            Some((at, Action::Ask)) => Some(at.max(self.budget.next(&self.setup.allowance, now))),
            _ => None,
        };
        let free = self.budget.next(&self.setup.allowance, now) <= now && !self.asking.contains(&terms.number);
        Attempt {
            number: terms.number.to_string(),
            sale: terms.sale.to_string(),
            amount: terms.amount.as_dollars(),
            method: terms.method.into(),
            state: state(attempt),
            qr,
            link,
            created_ms: terms.created.unix_ms(),
            expires_ms: terms.expires.unix_ms(),
            next_check_ms: next_check.map(Timestamp::unix_ms),
            can_cancel: attempt.is_live() && !attempt.is_paid(),
            can_check: free && !attempt.watch.ended,
            held: attempt.holds(),
            can_vouch: self.can_vouch(attempt),
            unverified: attempt.is_unverified(),
        }
    }

    /// The link of an attempt's pay page.
    pub(super) fn link(&self, terms: &payment::Terms) -> String {
        if let Some(link) = self.carried_link(terms) {
            return link;
        }
        format!("{}/p/{}", self.page_place(terms), terms.link)
    }

    /// The link of a static page, which carries the whole form. What cannot be carried is shown by the till itself.
    fn carried_link(&self, terms: &payment::Terms) -> Option<String> {
        let page = self.setup.static_page_of(terms)?;
        // Nobody scans what is not on the screen.
        if self.desk.shown.as_ref() != Some(&terms.number) {
            return None;
        }
        self.drawn.carried(&terms.number, || {
            let lines = &self.sales.get(&terms.sale)?.lines;
            let form = translate::checkout(&self.setup, terms, lines).ok()?;
            let digits = carried::digits(&self.setup.heading.shop.name, terms.expires, &form.fields)?;
            Some(format!("{page}#{digits}"))
        })
    }

    fn notices(&self, now: Timestamp) -> Vec<Notice> {
        let mut notices = Vec::new();
        if let Some(until) = self.budget.silent_until(now) {
            notices.push(Notice::GatewaySilent { until_ms: until.unix_ms() });
        }
        match (self.setup.maintenance_at(now), self.line.unreachable_since, self.line.out_since) {
            (Some(until), _, _) => notices.push(Notice::GatewayMaintenance { until_ms: until.unix_ms() }),
            (None, Some(since), _) => notices.push(Notice::GatewayUnreachable { since_ms: since.unix_ms() }),
            (None, None, Some(since)) => notices.push(Notice::GatewayOut { since_ms: since.unix_ms() }),
            (None, None, None) => {}
        }
        notices.extend(self.relay_notice());
        notices.extend(self.backup_notice(now));
        let seconds = self.line.skew_ms / 1000;
        if seconds.unsigned_abs() >= SKEW_SHOWN.as_secs() {
            notices.push(Notice::ClockOff { seconds });
        }
        notices.extend(self.recovered.iter().map(|sale| Notice::Recovered { sale: sale.to_string() }));
        notices
    }
}

/// The QR that was drawn last, and the form that was last carried in a link. Either costs more than everything else on
/// the screen together, and stays the same for as long as it is shown.
#[derive(Default)]
pub(super) struct Drawn {
    code: Mutex<(String, Qr)>,
    carried: Mutex<Option<(AttemptNumber, String)>>,
}

impl Drawn {
    pub(super) fn qr(&self, link: &str) -> Qr {
        let mut drawn = self.code.lock().unwrap_or_else(PoisonError::into_inner);
        if drawn.0 != link {
            *drawn = (link.to_owned(), qr(link));
        }
        drawn.1.clone()
    }

    fn carried(&self, number: &AttemptNumber, make: impl FnOnce() -> Option<String>) -> Option<String> {
        let mut carried = self.carried.lock().unwrap_or_else(PoisonError::into_inner);
        if carried.as_ref().is_none_or(|(of, _)| of != number) {
            *carried = Some((number.clone(), make()?));
        }
        carried.as_ref().map(|(_, link)| link.clone())
    }
}

pub(super) fn state(attempt: &payment::Attempt) -> AttemptState {
    let given_up = match attempt.standing {
        Standing::Live => None,
        Standing::Withdrawn { why: Why::Expired, .. } => Some(AttemptState::Expired),
        Standing::Withdrawn { .. } => Some(AttemptState::CancelRequested),
    };
    match &attempt.phase {
        Phase::Paid { late, .. } => AttemptState::Paid {
            late: *late,
            over: matches!(attempt.funds, Funds::Unapplied(payment::Unapplied::Second)),
        },
        Phase::Contradicted { .. } => AttemptState::Unknown { why: UnknownWhy::WrongAmount },
        Phase::Claimed { .. } => AttemptState::Confirming,
        Phase::PendingAtBank => AttemptState::Unknown { why: UnknownWhy::PendingAtBank },
        Phase::CodeIssued { code, deadline } => given_up.unwrap_or_else(|| AttemptState::CodeIssued {
            code: payment_code(code),
            deadline_ms: deadline.map(Timestamp::unix_ms),
        }),
        Phase::Unanswered { why } => given_up.unwrap_or(match (attempt.can_have_been_paid(), why) {
            (false, _) => AttemptState::Presented,
            (true, NoAnswer::Refused) => AttemptState::Unknown { why: UnknownWhy::GatewaySilent },
            (true, _) => AttemptState::Unknown { why: UnknownWhy::NoAnswer },
        }),
        Phase::Declined { code } => given_up.unwrap_or_else(|| AttemptState::Failed { code: code.clone() }),
        Phase::Created => given_up.unwrap_or(AttemptState::Created),
        Phase::Presented => given_up.unwrap_or(AttemptState::Presented),
        Phase::Opened => given_up.unwrap_or(AttemptState::Opened),
    }
}

fn payment_code(code: &payment::PaymentCode) -> PaymentCode {
    match code {
        payment::PaymentCode::Atm { bank, account } => {
            PaymentCode::Atm { bank: bank.clone(), account: account.clone() }
        }
        payment::PaymentCode::Cvs { number } => PaymentCode::Cvs { number: number.clone(), units: units(number) },
        payment::PaymentCode::Barcode { bars } => {
            PaymentCode::Barcode { bars: bars.clone(), units: bars.each_ref().map(|bar| units(bar)) }
        }
        payment::PaymentCode::Review => PaymentCode::Review,
    }
}

/// The barcode of a text as the screen draws it; empty when it has none.
fn units(text: &str) -> String {
    paper::code39::units(text).unwrap_or_default()
}

pub(super) fn product(product: &till::catalogue::Product) -> Product {
    Product {
        code: product.code.to_string(),
        barcode: product.barcodes.first().map(ToString::to_string),
        name: product.name.clone(),
        category: product.category.clone(),
        price: product.price.as_dollars(),
        tax: product.tax.into(),
        unit: product.unit.into(),
        favourite: product.favourite,
        later: product.prices.iter().any(|later| later.price != product.price),
    }
}

fn line(line: &Line) -> CartLine {
    CartLine {
        line: line.id,
        code: line.code.to_string(),
        name: line.name.clone(),
        barcode: line.barcode.as_ref().map(ToString::to_string),
        unit_price: line.unit_price.as_dollars(),
        quantity: line.quantity,
        gross: line.gross().as_dollars(),
        discount: line.discount.map(Into::into),
        off: line.off.as_dollars(),
        amount: line.amount().as_dollars(),
        tax: line.tax.into(),
    }
}

/// How many sales the list of recent ones has.
pub(crate) const RECENT: u32 = 50;

/// A closed sale as the list of recent ones shows it.
pub(crate) fn recent(journal: &journal::Reader, sale: &journal::ClosedSale) -> Recent {
    let mut tenders = sale.tenders.clone();
    if tenders.iter().any(Tender::is_unverified)
        && let Ok(Some(sale)) = journal.sale(&sale.number)
    {
        // The gateway may have answered since it was closed. What cannot be read is not called verified.
        tenders = sale.tenders;
    }
    Recent {
        sale: sale.number.to_string(),
        total: sale.totals.net.as_dollars(),
        closed_ms: sale.closed_at.unix_ms(),
        unverified: tenders.iter().any(Tender::is_unverified),
        tenders: tenders.iter().map(tender).collect(),
        refunded: given_back(journal, &sale.number).as_dollars(),
    }
}

/// Whether whoever stands at the counter should still see that a payment is watched: nobody has asked about it yet a day
/// after its page stopped, the customer has a code to pay, or may have paid for all anybody knows. Every other is asked about
/// without a word, until there is something to say. By what is in the journal, not by the clock, so that a restart shows
/// the same.
fn is_news(attempt: &payment::Attempt) -> bool {
    let a_day_later = attempt.terms.expires.plus(Duration::from_secs(24 * 3_600));
    let has_code = matches!(attempt.phase, Phase::CodeIssued { .. });
    let lately = attempt.watch.asked.is_none_or(|asked| asked < a_day_later);
    lately || has_code || attempt.is_unknown() || attempt.is_unverified()
}

/// What has been asked back of a sale's goods. A mark on a list: what cannot be read now is read when it is refunded.
fn given_back(journal: &journal::Reader, sale: &SaleNumber) -> till::money::Money {
    let numbers = journal.refunds_of(sale).unwrap_or_default();
    let refunds = numbers.iter().filter_map(|number| journal.refund(number).ok().flatten());
    refunds.filter(|refund| refund.counts() && refund.terms.of != Of::Money).map(|refund| refund.terms.amount).sum()
}

/// Whose till it is, as the screen says it.
pub(crate) fn face(heading: &Heading) -> TillFace {
    TillFace {
        id: heading.till.to_string(),
        shop: heading.shop.name.clone(),
        profile: heading.profile,
        cashier: heading.cashier.clone(),
    }
}

fn tender(tender: &Tender) -> view::Tender {
    match tender {
        Tender::Cash { amount, received, change } => view::Tender::Cash {
            amount: amount.as_dollars(),
            received: received.as_dollars(),
            change: change.as_dollars(),
        },
        Tender::Recorded { through, amount, note } => {
            view::Tender::Recorded { through: (*through).into(), amount: amount.as_dollars(), note: note.clone() }
        }
        Tender::Online { amount, attempt, method, trade_no, card_last4, .. } => view::Tender::Online {
            method: (*method).into(),
            amount: amount.as_dollars(),
            number: attempt.to_string(),
            trade_no: trade_no.clone(),
            card_last4: card_last4.clone(),
        },
    }
}

/// The link as modules: medium correction, so that a smudged screen still reads, and few enough modules for a cheap
/// phone across a counter. A link that carries a whole form has so many that fewer of them count for more.
fn qr(link: &str) -> Qr {
    let level = if link.contains('#') { EcLevel::L } else { EcLevel::M };
    let Ok(code) = QrCode::with_error_correction_level(link.as_bytes(), level) else { return Qr::default() };
    let width = code.width();
    let colors = code.to_colors();
    let rows = colors.chunks(width).map(|row| row.iter().map(|module| module.select('1', '0')).collect()).collect();
    Qr { size: u32::try_from(width).unwrap_or(0), rows }
}
