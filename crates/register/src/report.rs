//! The X report: the day so far, from the journal alone, with the proof that it adds up.

use till::time::Timestamp;

use crate::command_error::CommandError;
use crate::register::Register;
use crate::setup::Heading;
use crate::view::{
    ByTax, CrossFoot, DrawerReport, Ever, HourFigure, Mismatch, OpenAttempt, PartPaid, RefundFigure, RefundsReport,
    ShiftEnd, ShiftReport, Tally, TenderFigure, XReport, ZMark,
};

/// The X report of a journal.
#[must_use]
pub fn x_report(figures: &till::figures::Figures, heading: &Heading, now: Timestamp) -> XReport {
    let dollars = till::money::Money::as_dollars;
    let by_tax = ByTax {
        taxable: dollars(figures.taxable),
        zero_rated: dollars(figures.zero_rated),
        exempt: dollars(figures.exempt),
    };
    let tenders: Vec<TenderFigure> = figures
        .tenders
        .iter()
        .map(|tender| TenderFigure {
            tender: tender.name.clone(),
            count: count(tender.count),
            amount: dollars(tender.amount),
        })
        .collect();
    let cash_held = figures.part_paid.iter().map(|part| part.cash).sum::<till::money::Money>();
    let cross_foot = cross_foot(figures, &by_tax, &tenders);
    XReport {
        z: None,
        till: heading.till.to_string(),
        shop: heading.shop.name.clone(),
        made_ms: now.unix_ms(),
        from_seq: count(figures.from_seq),
        to_seq: count(figures.to_seq),
        head: figures.head.clone(),
        first_ms: figures.first_closed_at.map(Timestamp::unix_ms),
        last_ms: figures.last_closed_at.map(Timestamp::unix_ms),
        count: count(figures.count),
        gross: dollars(figures.gross),
        discounts: dollars(figures.discounts),
        net: dollars(figures.net),
        tax: dollars(figures.tax),
        by_tax,
        tenders,
        refunds: refunds_report(&figures.refunded, &figures.refunds, &figures.money_refunds),
        took: dollars(figures.net) - dollars(figures.refunded.net),
        cross_foot,
        open: figures
            .open_attempts
            .iter()
            .map(|open| OpenAttempt {
                attempt: open.number.to_string(),
                sale: open.sale.to_string(),
                amount: dollars(open.amount),
                state: open.phase.clone(),
            })
            .collect(),
        unapplied: dollars(figures.unapplied),
        part_paid: figures.part_paid.iter().map(part_paid).collect(),
        cash_held: dollars(cash_held),
        cash: drawer(&figures.drawer),
        shifts: figures.shifts.iter().map(shift).collect(),
        ever: Ever {
            count: count(figures.ever.count),
            net: dollars(figures.ever.net),
            refunded: dollars(figures.ever.refunded),
        },
        mismatches: figures.mismatches().into_iter().map(mismatch).collect(),
        unverified: dollars(figures.unverified),
        unverified_count: count(figures.unverified_count),
        tallies: figures.tallies.iter().map(tally).collect(),
        hours: figures
            .hours
            .iter()
            .map(|hour| HourFigure {
                hour: format!("{:02}", hour.hour),
                count: count(hour.count),
                net: dollars(hour.net),
            })
            .collect(),
    }
}

/// A Z report: the figures as they were kept.
#[must_use]
pub fn z_report(number: u32, by: &str, at: Timestamp, figures: &till::figures::Figures, heading: &Heading) -> XReport {
    XReport { z: Some(ZMark { number, by: by.to_owned() }), ..x_report(figures, heading, at) }
}

impl Register {
    /// The X report as of now.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn report_x(&self, now: Timestamp) -> Result<XReport, CommandError> {
        let figures =
            self.journal().x_figures().map_err(|error| CommandError::Internal { message: error.to_string() })?;
        Ok(x_report(&figures, &self.setup().heading, now))
    }
}

fn drawer(figures: &till::figures::DrawerFigures) -> DrawerReport {
    let dollars = till::money::Money::as_dollars;
    DrawerReport {
        at_start: dollars(figures.at_start),
        floats: dollars(figures.floats),
        sales: dollars(figures.sales),
        returned: dollars(figures.returned),
        refunds: dollars(figures.refunds),
        ins: dollars(figures.ins),
        outs: dollars(figures.outs),
        drops: dollars(figures.drops),
        over: dollars(figures.over),
        banked: dollars(figures.banked),
        expected: dollars(figures.expected),
    }
}

fn shift(figures: &till::figures::ShiftFigures) -> ShiftReport {
    let dollars = till::money::Money::as_dollars;
    ShiftReport {
        number: figures.number,
        opened_ms: figures.opened_at.unix_ms(),
        opened_by: figures.opened_by.clone(),
        float: dollars(figures.float),
        drawer: drawer(&figures.drawer),
        counts: figures.counts,
        end: figures.end.as_ref().map(|end| ShiftEnd {
            at_ms: end.at.unix_ms(),
            by: end.by.clone(),
            counted: figures.counted.map_or(0, dollars),
            over: figures.over.map_or(0, dollars),
            note: end.note.clone(),
            to_bank: dollars(end.to_bank),
            next_float: dollars(end.next_float),
        }),
    }
}

pub(crate) fn mismatch(found: till::figures::Mismatch) -> Mismatch {
    Mismatch { rule: found.rule.to_owned(), left: found.left, right: found.right }
}

fn part_paid(part: &till::figures::PartPaid) -> PartPaid {
    let (net, paid) = (part.net.as_dollars(), part.paid.as_dollars());
    PartPaid {
        sale: part.number.to_string(),
        name: part.name.clone(),
        net,
        paid,
        cash: part.cash.as_dollars(),
        due: net - paid,
    }
}

/// What the day took, refunds taken off on every way to the total.
fn cross_foot(figures: &till::figures::Figures, by_tax: &ByTax, tenders: &[TenderFigure]) -> CrossFoot {
    let back = &figures.refunded;
    let back_by_tax = [back.taxable, back.zero_rated, back.exempt].map(till::money::Money::as_dollars);
    let back_by_way: i64 = figures.refunds.iter().map(|way| way.asked.as_dollars()).sum();
    let net = figures.net.as_dollars() - back.net.as_dollars();
    let gross_less_discounts = figures.gross.as_dollars() - figures.discounts.as_dollars() - back.gross.as_dollars()
        + back.discounts.as_dollars();
    let by_tax = by_tax.taxable + by_tax.zero_rated + by_tax.exempt - back_by_tax.iter().sum::<i64>();
    let tenders = tenders.iter().map(|tender| tender.amount).sum::<i64>() - back_by_way;
    let agrees = [gross_less_discounts, by_tax, tenders].iter().all(|sum| *sum == net);
    CrossFoot { gross_less_discounts, by_tax, tenders, net, agrees }
}

pub(crate) fn tally(tally: &till::figures::Tally) -> Tally {
    Tally { name: tally.name.clone(), count: count(tally.count), amount: tally.amount.as_dollars() }
}

pub(crate) fn refunds_report(
    back: &till::cart::Totals,
    goods: &[till::figures::RefundFigure],
    money: &[till::figures::RefundFigure],
) -> RefundsReport {
    let dollars = till::money::Money::as_dollars;
    let way = |way: &till::figures::RefundFigure| RefundFigure {
        way: way.way.clone(),
        count: way.asked_count,
        amount: dollars(way.asked),
        settled_count: way.settled_count,
        settled: dollars(way.settled),
    };
    RefundsReport {
        count: goods.iter().map(|way| way.asked_count).sum(),
        amount: dollars(back.net),
        tax: dollars(back.tax),
        by_tax: ByTax {
            taxable: dollars(back.taxable),
            zero_rated: dollars(back.zero_rated),
            exempt: dollars(back.exempt),
        },
        settled: goods.iter().map(|way| dollars(way.settled)).sum(),
        ways: goods.iter().map(way).collect(),
        unapplied: money.iter().map(way).collect(),
    }
}

pub(crate) fn count<T: TryInto<i64>>(number: T) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}
