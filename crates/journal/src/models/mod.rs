//! The read models: what the till asks every day, kept beside the events and made from them alone.
//!
//! A model is a few tables and one function that brings them up to date with one event. Appending runs the list below
//! within the transaction that writes the event; verifying runs the same list on an empty file and compares.

mod adding;
mod alarms;
mod attempts;
mod budget;
mod days;
mod drawer;
mod kinds;
mod people;
mod period;
mod products;
mod reconciliations;
mod refund_sums;
mod refunds;
mod sales;
mod shifts;
mod slices;
mod tallies;
mod task_holders;
mod vouched;

use std::collections::BTreeMap;

use rusqlite::Connection;
use till::cart::Totals;
use till::figures::{DrawerFigures, Figures, TenderFigure};
use till::range::{DayFigure, OnlineFigure, OperatorFigure, Outcome, RangeFigures, Takings};
use till::time::Day;

use self::slices::Within;
use crate::folds::Folded;
use crate::recorded::Recorded;

pub(crate) use adding::Adding;
pub(crate) use alarms::unseen as unseen_alarms;
pub use attempts::phase_name;
pub(crate) use attempts::{
    by_link as attempt_by_link, by_token as attempt_by_token, of_sale as attempts_of, paid_within as attempts_paid,
    unsettled as unsettled_attempts,
};
pub(crate) use budget::read as budget;
pub use days::ZReport;
pub(crate) use days::{next as next_z, recent as z_reports, seq_of as z_seq};
pub(crate) use drawer::expected as drawer_expected;
pub(crate) use kinds::unknown as unknown_kind;
pub(crate) use people::all as people;
pub(crate) use products::{all as products, by_barcode as product_by_barcode, by_code as product_by_code};
pub use reconciliations::ReconciledLine;
pub(crate) use reconciliations::recent as reconciliations;
pub(crate) use refunds::{
    are_listed as refunds_are_listed, next_count as next_refund_count, of_attempt as refunds_of_attempt,
    of_sale as refunds_of, recent as recent_refunds, unsettled as unsettled_refunds,
};
pub(crate) use sales::{closing, next_count as next_sale_count, recent_closings, unsettled as unsettled_sales};
pub(crate) use shifts::{next as next_shift, open as open_shift};
pub(crate) use task_holders::all as task_holders;

/// One event on its way into the read models.
pub(crate) struct News<'a> {
    /// The event.
    pub(crate) recorded: &'a Recorded<'a>,
    /// What it leaves its stream as.
    pub(crate) folded: &'a Folded,
    /// Its kind and the version of its form, as stored.
    pub(crate) kind: (&'a str, u32),
    /// Whether its kind may be one the journal has never held.
    pub(crate) kind_is_new: bool,
    /// Where what it adds to sums is added up.
    pub(crate) adding: &'a Adding,
}

/// A table of a read model, and the columns its rows are told apart by.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) key: &'static str,
}

/// A read model.
pub(crate) struct Model {
    pub(crate) tables: &'static [Table],
    apply: fn(&Connection, &News<'_>) -> rusqlite::Result<()>,
}

/// Every read model there is.
pub(crate) const MODELS: &[Model] = &[
    kinds::MODEL,
    sales::MODEL,
    attempts::MODEL,
    refunds::MODEL,
    refund_sums::MODEL,
    products::MODEL,
    slices::MODEL,
    period::MODEL,
    budget::MODEL,
    alarms::MODEL,
    people::MODEL,
    task_holders::MODEL,
    vouched::MODEL,
    tallies::MODEL,
    reconciliations::MODEL,
    shifts::MODEL,
    drawer::MODEL,
    // Last: it reads what the others have counted.
    days::MODEL,
];

/// Brings every read model up to date with one more event; the sums once [`Adding::write`] is called.
pub(crate) fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    news.adding.before(tx, &news.recorded.event)?;
    MODELS.iter().try_for_each(|model| (model.apply)(tx, news))?;
    news.adding.after(&news.recorded.event);
    Ok(())
}

/// The figures of the running period, all that is in these tables: where they end (`to_seq`, `head`) and what was paid
/// toward open sales (`part_paid`) is left out.
pub(crate) fn figures(conn: &Connection) -> rusqlite::Result<Figures> {
    let within = &Within::running(conn)?;
    let sales = period::totals(conn, within)?;
    let (unapplied_count, unapplied) = attempts::unapplied(conn)?;
    let (unverified_count, unverified) = vouched::sum(conn)?;
    let refunded = refund_sums::totals(conn, within)?;
    let ever = days::ever_with(conn, &sales, refunded.net)?;
    let drawer = drawer::movements(conn, "period", days::next(conn)?)?;
    let Totals { gross, discounts, net, taxable, zero_rated, exempt, tax } = sales.totals;
    Ok(Figures {
        from_seq: period::from_seq(conn)?,
        to_seq: 0,
        head: String::new(),
        first_closed_at: sales.first_closed_at,
        last_closed_at: sales.last_closed_at,
        count: sales.sales,
        items: sales.items,
        gross,
        discounts,
        net,
        taxable,
        zero_rated,
        exempt,
        tax,
        tenders: period::tenders(conn, within)?,
        change: sales.change,
        refunded,
        refunds: refund_sums::ways(conn, within, "goods")?,
        money_refunds: refund_sums::ways(conn, within, "money")?,
        unapplied_count,
        unapplied,
        unverified_count,
        unverified,
        tallies: tallies::all(conn, within)?,
        hours: period::hours(conn, within)?,
        open_attempts: attempts::open(conn)?,
        part_paid: vec![],
        drawer: DrawerFigures { expected: drawer::expected(conn)?, ..drawer },
        shifts: shifts::running(conn)?,
        ever,
    })
}

/// The figures of these days, both included: the same rows as those of a period, chosen by day.
pub(crate) fn range(conn: &Connection, from: Day, to: Day) -> rusqlite::Result<RangeFigures> {
    let within = &Within::days(from, to);
    let sales = period::totals(conn, within)?;
    let mut days: BTreeMap<Day, DayFigure> = BTreeMap::new();
    for (day, takings) in period::days(conn, within)? {
        days.entry(day).or_insert_with(|| DayFigure::new(day)).takings = takings;
    }
    for (day, count, refunded) in refund_sums::days(conn, within)? {
        let figure = days.entry(day).or_insert_with(|| DayFigure::new(day));
        (figure.refunds, figure.refunded) = (count, refunded);
    }
    let operators = period::operators(conn, within)?.into_iter();
    Ok(RangeFigures {
        from,
        to,
        takings: Takings { count: sales.sales, items: sales.items, totals: sales.totals },
        change: sales.change,
        days: days.into_values().collect(),
        hours: period::hours(conn, within)?,
        tenders: period::tenders(conn, within)?,
        operators: operators.map(|(name, takings)| OperatorFigure { name, takings }).collect(),
        products: period::products(conn, within)?,
        refunded: refund_sums::totals(conn, within)?,
        refunds: refund_sums::ways(conn, within, "goods")?,
        money_refunds: refund_sums::ways(conn, within, "money")?,
        tallies: tallies::all(conn, within)?,
        voided: period::voided(conn, within)?,
        online: online(conn, within, from, to)?,
    })
}

fn online(conn: &Connection, within: &Within, from: Day, to: Day) -> rusqlite::Result<Vec<OnlineFigure>> {
    let mut methods: BTreeMap<String, OnlineFigure> = BTreeMap::new();
    let mut put = |lines: Vec<TenderFigure>, place: fn(&mut OnlineFigure) -> &mut Outcome| {
        for line in lines {
            let figure = methods.entry(line.name).or_insert_with_key(|name| OnlineFigure::new(name));
            *place(figure) = Outcome { count: line.count, amount: line.amount };
        }
    };
    put(period::online(conn, within, "paid")?, |figure| &mut figure.paid);
    put(period::online(conn, within, "late")?, |figure| &mut figure.late);
    put(period::online(conn, within, "over")?, |figure| &mut figure.over);
    put(period::online(conn, within, "expired")?, |figure| &mut figure.expired);
    put(attempts::pending(conn, from.begin(), to.next().begin())?, |figure| &mut figure.pending);
    Ok(methods.into_values().collect())
}
