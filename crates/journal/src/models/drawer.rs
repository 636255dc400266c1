//! What is in the drawer as far as the till knows, and what came and went, by period and by shift.

use rusqlite::{Connection, params};
use till::day::{CashWay, ShiftEvent};
use till::event::{Event, TillEvent};
use till::figures::DrawerFigures;
use till::money::Money;
use till::refund::RefundEvent;
use till::sale::{GivenBack, SaleEvent};

use super::{Model, News, Table};
use crate::folds::Folded;
use crate::sql::{money, must_change};

pub(super) const MODEL: Model = Model {
    tables: &[Table { name: "drawer", key: "one" }, Table { name: "cash_sums", key: "of, number, what" }],
    apply,
};

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    match &*news.recorded.event {
        Event::Sale(_, SaleEvent::Paid { tender }) if tender.is_cash() => came(tx, "sales", tender.amount()),
        Event::Sale(_, SaleEvent::Returned { tender, way: GivenBack::Drawer, .. }) => {
            left(tx, "returned", tender.amount())
        }
        // Paid out there and then.
        Event::Till(TillEvent::GoodsReturned { totals, .. }) => left(tx, "refunds", totals.net),
        Event::Refund(_, event) => {
            let Folded::Refund(refund) = news.folded else { return Ok(()) };
            let way = match event {
                RefundEvent::Settled => refund.terms.counted_on(None),
                RefundEvent::HandedBack { way, .. } => refund.terms.counted_on(Some(*way)),
                _ => return Ok(()),
            };
            if way == "cash" { left(tx, "refunds", refund.terms.amount) } else { Ok(()) }
        }
        Event::Shift(number, event) => of_shift(tx, *number, event),
        _ => Ok(()),
    }
}

/// The model of shifts comes first: a shift that opens is open by now, one that closes is closed.
fn of_shift(tx: &Connection, number: u32, event: &ShiftEvent) -> rusqlite::Result<()> {
    match event {
        ShiftEvent::Opened { counted, expected, .. } => {
            be(tx, *expected, counted.total())?;
            add(tx, "shift", number, "start", *expected)?;
            sum(tx, "floats", less(counted.total(), *expected))
        }
        ShiftEvent::Moved { way: CashWay::In, amount, .. } => came(tx, "in", *amount),
        ShiftEvent::Moved { way: CashWay::Out, amount, .. } => left(tx, "out", *amount),
        ShiftEvent::Moved { way: CashWay::Drop, amount, .. } => left(tx, "drop", *amount),
        ShiftEvent::Counted { .. } => Ok(()),
        ShiftEvent::Closed { over, to_bank, next_float, .. } => {
            let found = less(Money::dollars(next_float.as_dollars() + to_bank.as_dollars()), *over);
            be(tx, found, *next_float)?;
            for (what, amount) in [("over", *over), ("banked", *to_bank)] {
                add(tx, "shift", number, what, amount)?;
                add_to_period(tx, what, amount)?;
            }
            Ok(())
        }
    }
}

fn less(this: Money, that: Money) -> Money {
    Money::dollars(this.as_dollars() - that.as_dollars())
}

fn came(tx: &Connection, what: &str, amount: Money) -> rusqlite::Result<()> {
    change(tx, amount)?;
    sum(tx, what, amount)
}

fn left(tx: &Connection, what: &str, amount: Money) -> rusqlite::Result<()> {
    change(tx, less(Money::ZERO, amount))?;
    sum(tx, what, amount)
}

fn change(tx: &Connection, by: Money) -> rusqlite::Result<()> {
    tx.prepare_cached("UPDATE drawer SET expected = expected + ?1")?.execute([by.as_dollars()]).map(drop)
}

/// From what the event thinks is in the drawer to what is from now on; refused when it thinks wrong.
fn be(tx: &Connection, before: Money, after: Money) -> rusqlite::Result<()> {
    let sql = "UPDATE drawer SET expected = ?2 WHERE expected = ?1";
    must_change(tx.prepare_cached(sql)?.execute([before.as_dollars(), after.as_dollars()])?)
}

/// Adds to the running period, and to the open shift or what is between shifts.
fn sum(tx: &Connection, what: &str, amount: Money) -> rusqlite::Result<()> {
    add_to_period(tx, what, amount)?;
    let sql = "INSERT INTO cash_sums
               VALUES ('shift', coalesce((SELECT number FROM shifts WHERE period IS NULL), 0), ?1, ?2)
               ON CONFLICT DO UPDATE SET amount = amount + ?2";
    tx.prepare_cached(sql)?.execute(params![what, amount.as_dollars()]).map(drop)
}

fn add_to_period(tx: &Connection, what: &str, amount: Money) -> rusqlite::Result<()> {
    let sql = "INSERT INTO cash_sums VALUES ('period', (SELECT max(period) FROM periods), ?1, ?2)
               ON CONFLICT DO UPDATE SET amount = amount + ?2";
    tx.prepare_cached(sql)?.execute(params![what, amount.as_dollars()]).map(drop)
}

pub(super) fn add(tx: &Connection, of: &str, number: u32, what: &str, amount: Money) -> rusqlite::Result<()> {
    let sql = "INSERT INTO cash_sums VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET amount = amount + ?4";
    tx.prepare_cached(sql)?.execute(params![of, number, what, amount.as_dollars()]).map(drop)
}

/// What is in the drawer, as far as the till knows.
pub(crate) fn expected(conn: &Connection) -> rusqlite::Result<Money> {
    conn.prepare_cached("SELECT expected FROM drawer")?.query_row([], |row| money(row, 0))
}

/// What came and went in a period or a shift. `expected` is left for the caller, who knows at which moment.
pub(crate) fn movements(conn: &Connection, of: &str, number: u32) -> rusqlite::Result<DrawerFigures> {
    let mut figures = DrawerFigures::default();
    let mut statement =
        conn.prepare_cached("SELECT what, amount FROM cash_sums WHERE of = ?1 AND number = ?2 ORDER BY what")?;
    let mut rows = statement.query(params![of, number])?;
    while let Some(row) = rows.next()? {
        let what: String = row.get(0)?;
        let place = match what.as_str() {
            "start" => &mut figures.at_start,
            "floats" => &mut figures.floats,
            "sales" => &mut figures.sales,
            "returned" => &mut figures.returned,
            "refunds" => &mut figures.refunds,
            "in" => &mut figures.ins,
            "out" => &mut figures.outs,
            "drop" => &mut figures.drops,
            "over" => &mut figures.over,
            _ => &mut figures.banked,
        };
        *place = money(row, 1)?;
    }
    Ok(figures)
}
