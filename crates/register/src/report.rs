//! The X report: the day so far, from the journal alone, with the proof that it adds up.

use till::time::Timestamp;

use crate::command_error::CommandError;
use crate::register::Register;
use crate::setup::Heading;
use crate::view::{
    ByTax, CrossFoot, HourFigure, OpenAttempt, PartPaid, RefundFigure, RefundsReport, Tally, TenderFigure, XReport,
};

/// The X report of a journal.
#[must_use]
pub fn x_report(figures: &journal::Figures, heading: &Heading, now: Timestamp) -> XReport {
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
    let cash = tenders.iter().filter(|tender| tender.tender == "cash").map(|tender| tender.amount).sum::<i64>();
    let cross_foot = cross_foot(figures, &by_tax, &tenders);
    let refunds = refunds(figures);
    XReport {
        report: "x".to_owned(),
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
        refunds: refunds.clone(),
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
        drawer: dollars(cash_held) + cash - paid_out(&refunds),
        unverified: dollars(figures.unverified),
        unverified_count: count(figures.unverified_count),
        tallies: figures
            .tallies
            .iter()
            .map(|tally| Tally { name: tally.name.clone(), count: count(tally.count), amount: dollars(tally.amount) })
            .collect(),
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

fn part_paid(part: &journal::PartPaid) -> PartPaid {
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
fn cross_foot(figures: &journal::Figures, by_tax: &ByTax, tenders: &[TenderFigure]) -> CrossFoot {
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

/// What went out of the drawer to customers: refunds in cash that a person has handed over.
fn paid_out(refunds: &RefundsReport) -> i64 {
    let ways = refunds.ways.iter().chain(&refunds.unapplied);
    ways.filter(|way| way.way == "cash").map(|way| way.settled).sum()
}

fn refunds(figures: &journal::Figures) -> RefundsReport {
    let dollars = till::money::Money::as_dollars;
    let way = |way: &journal::RefundFigure| RefundFigure {
        way: way.way.clone(),
        count: way.asked_count,
        amount: dollars(way.asked),
        settled_count: way.settled_count,
        settled: dollars(way.settled),
    };
    let back = &figures.refunded;
    RefundsReport {
        count: figures.refunds.iter().map(|way| way.asked_count).sum(),
        amount: dollars(back.net),
        tax: dollars(back.tax),
        by_tax: ByTax {
            taxable: dollars(back.taxable),
            zero_rated: dollars(back.zero_rated),
            exempt: dollars(back.exempt),
        },
        settled: figures.refunds.iter().map(|way| dollars(way.settled)).sum(),
        ways: figures.refunds.iter().map(way).collect(),
        unapplied: figures.money_refunds.iter().map(way).collect(),
    }
}

fn count<T: TryInto<i64>>(number: T) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}
