//! Many days: a week, a month, a year, as the screens and the command line show them, as a file for a spreadsheet and as
//! paper. All three are made from the same figures.

mod document;
mod table;

use till::cart::Totals;
use till::fee::{self, Fees};
use till::figures::TenderFigure as NamedFigure;
use till::money::Money;
use till::people::Act;
use till::range::{DayFigure, Grain, OnlineFigure, Outcome, RangeFigures, Takings};
use till::time::{Day, Timestamp};

use crate::command_error::CommandError;
use crate::register::Register;
use crate::report::{count, mismatch, refunds_report, tally};
use crate::setup::Heading;
use crate::view::{
    ByTax, HourFigure, OnlineLine, OutcomeFigure, RangeReport, RangeTable, SoldLine, SpanLine, TenderFigure,
};

pub use document::document;
pub use table::table;

/// The most days a report takes in: ten years of them.
pub const DAYS_MAX: i64 = 3_660;

/// Products on the screen; a file has all.
const PRODUCTS: usize = 60;

/// Days as they were typed.
///
/// # Errors
/// When they are none, the last comes before the first, or there are too many.
pub fn days(from: &str, to: &str) -> Result<(Day, Day), CommandError> {
    let day = |text: &str| text.trim().parse::<Day>().map_err(|_| CommandError::BadDays);
    let (from, to) = (day(from)?, day(to)?);
    let many = to.number() - from.number();
    if (0..DAYS_MAX).contains(&many) { Ok((from, to)) } else { Err(CommandError::BadDays) }
}

/// The figures as they are shown.
#[must_use]
pub fn report(figures: &RangeFigures, heading: &Heading, fees: &Fees, now: Timestamp) -> RangeReport {
    let totals = &figures.takings.totals;
    let spans = |grain| figures.by(grain).iter().map(span).collect();
    let more = figures.products.len().saturating_sub(PRODUCTS);
    RangeReport {
        from: figures.from.to_string(),
        to: figures.to.to_string(),
        till: heading.till.to_string(),
        shop: heading.shop.name.clone(),
        made_ms: now.unix_ms(),
        all: sold("", "", "", &figures.takings),
        tax: totals.tax.as_dollars(),
        by_tax: ByTax {
            taxable: totals.taxable.as_dollars(),
            zero_rated: totals.zero_rated.as_dollars(),
            exempt: totals.exempt.as_dollars(),
        },
        refunds: refunds_report(&figures.refunded, &figures.refunds, &figures.money_refunds),
        took: figures.took().as_dollars(),
        days: spans(Grain::Day),
        weeks: spans(Grain::Week),
        months: spans(Grain::Month),
        hours: figures
            .hours
            .iter()
            .map(|hour| HourFigure {
                hour: format!("{:02}", hour.hour),
                count: count(hour.count),
                net: hour.net.as_dollars(),
            })
            .collect(),
        tenders: figures.tenders.iter().map(named).collect(),
        categories: figures.categories().iter().map(|each| sold("", &each.name, "", &each.takings)).collect(),
        products: figures
            .products
            .iter()
            .take(PRODUCTS)
            .map(|each| sold(&each.code, &each.name, &each.category, &each.takings))
            .collect(),
        more_products: u32::try_from(more).unwrap_or(u32::MAX),
        operators: figures.operators.iter().map(|each| sold("", &each.name, "", &each.takings)).collect(),
        voided: figures.voided.iter().map(named).collect(),
        tallies: figures.tallies.iter().map(tally).collect(),
        online: figures.online.iter().map(|each| online(each, figures, fees)).collect(),
        mismatches: figures.mismatches().into_iter().map(mismatch).collect(),
    }
}

/// What a file with the report, or one table of it, is called.
///
/// # Errors
/// When the days are none.
pub fn file_name(from: &str, to: &str, table: Option<RangeTable>) -> Result<String, CommandError> {
    let (from, to) = days(from, to)?;
    let what = table.map_or_else(|| ".pdf".to_owned(), |table| format!("-{}.csv", table.name()));
    Ok(format!("report-{from}-to-{to}{what}"))
}

/// The report on paper as a PDF.
///
/// # Errors
/// A sentence for the screen when it cannot be made.
pub fn pdf(document: &paper::Report) -> Result<Vec<u8>, String> {
    crate::receipts::paper_pdf(document, &document.title.line(paper::Lang::En))
}

fn span(day: &DayFigure) -> SpanLine {
    let totals: &Totals = &day.takings.totals;
    SpanLine {
        day: day.day.to_string(),
        count: count(day.takings.count),
        net: totals.net.as_dollars(),
        discounts: totals.discounts.as_dollars(),
        refunded: day.refunded.as_dollars(),
        took: day.took().as_dollars(),
    }
}

fn sold(code: &str, name: &str, category: &str, takings: &Takings) -> SoldLine {
    let [gross, discounts, net] =
        [takings.totals.gross, takings.totals.discounts, takings.totals.net].map(Money::as_dollars);
    SoldLine {
        code: code.to_owned(),
        name: name.to_owned(),
        category: category.to_owned(),
        count: count(takings.count),
        items: count(takings.items),
        gross,
        discounts,
        net,
    }
}

fn named(line: &NamedFigure) -> TenderFigure {
    TenderFigure { tender: line.name.clone(), count: count(line.count), amount: line.amount.as_dollars() }
}

fn online(each: &OnlineFigure, figures: &RangeFigures, fees: &Fees) -> OnlineLine {
    let shown = |outcome: Outcome| OutcomeFigure { count: count(outcome.count), amount: outcome.amount.as_dollars() };
    let estimate = fee::estimate(fees, each);
    let paid_out = |day| estimate.map(|(fee, _)| fee.paid_out(day).to_string());
    OnlineLine {
        method: each.method.clone(),
        paid: shown(each.paid),
        late: shown(each.late),
        over: shown(each.over),
        expired: shown(each.expired),
        pending: shown(each.pending),
        fee: estimate.map(|(_, amount)| amount.as_dollars()),
        payout_from: paid_out(figures.from),
        payout_to: paid_out(figures.to),
    }
}

impl Register {
    /// What these days come to, for whoever may look at the books.
    ///
    /// # Errors
    /// When they are no days, nobody has consented who may, or the journal cannot be read.
    pub fn report_range(&mut self, from: &str, to: &str, now: Timestamp) -> Result<RangeReport, CommandError> {
        let figures = self.range_figures(from, to, now)?;
        Ok(report(&figures, &self.setup().heading, &self.setup().fees, now))
    }

    /// One table of the same as a file for a spreadsheet.
    ///
    /// # Errors
    /// As [`Register::report_range`].
    pub fn range_table(
        &mut self,
        from: &str,
        to: &str,
        of: RangeTable,
        now: Timestamp,
    ) -> Result<Vec<u8>, CommandError> {
        let figures = self.range_figures(from, to, now)?;
        Ok(table(&figures, of, self.setup().heading.lang, &self.setup().fees))
    }

    /// The same as paper.
    ///
    /// # Errors
    /// As [`Register::report_range`].
    pub fn range_document(&mut self, from: &str, to: &str, now: Timestamp) -> Result<paper::Report, CommandError> {
        let figures = self.range_figures(from, to, now)?;
        Ok(document(&self.setup().heading, &figures, &self.setup().fees, now))
    }

    fn range_figures(&mut self, from: &str, to: &str, now: Timestamp) -> Result<RangeFigures, CommandError> {
        let (from, to) = days(from, to)?;
        self.may_see_books(now)?;
        self.journal().range_figures(from, to).map_err(|error| CommandError::Internal { message: error.to_string() })
    }

    /// Whether whoever asks may look at the books; what somebody else has consented to is on record.
    pub(crate) fn may_see_books(&mut self, now: Timestamp) -> Result<(), CommandError> {
        self.approved_alone(Act::SeeBooks, "books", now)
    }
}
