//! The read models: what the till asks every day, kept beside the events and made from them alone.
//!
//! A model is a few tables and one function that brings them up to date with one event. Appending runs the list below
//! within the transaction that writes the event; verifying runs the same list on an empty file and compares.

mod alarms;
mod attempts;
mod budget;
mod kinds;
mod people;
mod period;
mod products;
mod refund_sums;
mod refunds;
mod sales;
mod tallies;
mod task_holders;
mod vouched;

use rusqlite::Connection;

use crate::folds::Folded;
use crate::recorded::Recorded;

pub(crate) use alarms::unseen as unseen_alarms;
pub(crate) use attempts::{
    by_link as attempt_by_link, by_token as attempt_by_token, of_sale as attempts_of, open as open_attempts,
    unapplied as unapplied_money, unsettled as unsettled_attempts,
};
pub(crate) use budget::read as budget;
pub(crate) use kinds::unknown as unknown_kind;
pub(crate) use people::all as people;
pub(crate) use period::{PERIOD, from_seq, hours, tenders, totals as period_totals};
pub(crate) use products::{all as products, by_barcode as product_by_barcode, by_code as product_by_code};
pub(crate) use refund_sums::{totals as refund_totals, ways as refund_ways};
pub(crate) use refunds::{
    are_listed as refunds_are_listed, next_count as next_refund_count, of_attempt as refunds_of_attempt,
    of_sale as refunds_of, recent as recent_refunds, unsettled as unsettled_refunds,
};
pub(crate) use sales::{closing, next_count as next_sale_count, recent_closings, unsettled as unsettled_sales};
pub(crate) use tallies::all as tallies;
pub(crate) use task_holders::all as task_holders;
pub(crate) use vouched::sum as vouched_money;

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
    period::MODEL,
    budget::MODEL,
    alarms::MODEL,
    people::MODEL,
    task_holders::MODEL,
    vouched::MODEL,
    tallies::MODEL,
];

/// Brings every read model up to date with one more event.
pub(crate) fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    MODELS.iter().try_for_each(|model| (model.apply)(tx, news))
}
