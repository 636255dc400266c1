//! What is in the drawer as far as the till knows, and what came and went, by period and by shift.

use rusqlite::{Connection, params};
use till::day::{CashWay, DayEvent, ShiftEvent};
use till::event::{Event, TillEvent};
use till::figures::DrawerFigures;
use till::money::Money;
use till::refund::RefundEvent;
use till::sale::{GivenBack, SaleEvent};
use till::time::Timestamp;

use super::adding::{Adding, Sums};
use super::{Model, News, Table};
use crate::folds::Folded;
use crate::sql::{money, must_change};

pub(super) const MODEL: Model = Model {
    tables: &[Table { name: "drawer", key: "one" }, Table { name: "cash_sums", key: "of, number, what" }],
    apply,
};

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let drawer = Drawer { tx, adding: news.adding, at: news.recorded.at };
    match &*news.recorded.event {
        Event::Sale(_, SaleEvent::Paid { tender }) if tender.is_cash() => drawer.came("sales", tender.amount()),
        Event::Sale(_, SaleEvent::Returned { tender, way: GivenBack::Drawer, .. }) => {
            drawer.left("returned", tender.amount())
        }
        // Paid out there and then.
        Event::Till(TillEvent::GoodsReturned { totals, .. }) => drawer.left("refunds", totals.net),
        Event::Refund(_, event) => {
            let Folded::Refund(refund) = news.folded else { return Ok(()) };
            let way = match event {
                RefundEvent::Settled => refund.terms.counted_on(None),
                RefundEvent::HandedBack { way, .. } => refund.terms.counted_on(Some(*way)),
                _ => return Ok(()),
            };
            if way == "cash" { drawer.left("refunds", refund.terms.amount) } else { Ok(()) }
        }
        Event::Shift(number, event) => drawer.of_shift(*number, event),
        Event::Day(number, DayEvent::Closed { figures, .. }) => {
            let next = i64::from(*number) + 1;
            drawer.add("period", next, "start", figures.drawer.expected);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The drawer at the moment of one event.
struct Drawer<'a> {
    tx: &'a Connection,
    adding: &'a Adding,
    at: Timestamp,
}

impl Drawer<'_> {
    /// The model of shifts comes first: a shift that opens is open by now, one that closes is closed.
    fn of_shift(&self, number: u32, event: &ShiftEvent) -> rusqlite::Result<()> {
        match event {
            ShiftEvent::Opened { counted, expected, .. } => {
                self.be(*expected, counted.total())?;
                self.add("shift", i64::from(number), "start", *expected);
                self.sum("floats", less(counted.total(), *expected))
            }
            ShiftEvent::Moved { way: CashWay::In, amount, .. } => self.came("in", *amount),
            ShiftEvent::Moved { way: CashWay::Out, amount, .. } => self.left("out", *amount),
            ShiftEvent::Moved { way: CashWay::Drop, amount, .. } => self.left("drop", *amount),
            ShiftEvent::Counted { .. } => Ok(()),
            ShiftEvent::Closed { over, to_bank, next_float, .. } => {
                let found = less(Money::dollars(next_float.as_dollars() + to_bank.as_dollars()), *over);
                self.be(found, *next_float)?;
                let period = self.adding.period(self.tx)?;
                for (what, amount) in [("over", *over), ("banked", *to_bank)] {
                    self.add("shift", i64::from(number), what, amount);
                    self.add("period", period, what, amount);
                }
                Ok(())
            }
        }
    }

    fn came(&self, what: &str, amount: Money) -> rusqlite::Result<()> {
        self.adding.change_drawer(amount);
        self.sum(what, amount)
    }

    fn left(&self, what: &str, amount: Money) -> rusqlite::Result<()> {
        self.adding.change_drawer(less(Money::ZERO, amount));
        self.sum(what, amount)
    }

    /// From what the event thinks is in the drawer to what is from now on; refused when it thinks wrong.
    fn be(&self, before: Money, after: Money) -> rusqlite::Result<()> {
        let sql = "UPDATE drawer SET expected = ?2 WHERE expected = ?1";
        must_change(self.tx.prepare_cached(sql)?.execute([before.as_dollars(), after.as_dollars()])?)
    }

    /// Adds to the running period, and to the open shift or what is between shifts.
    fn sum(&self, what: &str, amount: Money) -> rusqlite::Result<()> {
        self.add("period", self.adding.period(self.tx)?, what, amount);
        self.add("shift", self.adding.shift(self.tx)?, what, amount);
        Ok(())
    }

    fn add(&self, of: &'static str, number: i64, what: &str, amount: Money) {
        self.adding.add(&CASH_SUMS, (number, of, what), self.at, &[amount.as_dollars()]);
    }
}

const CASH_SUMS: Sums = Sums {
    table: "cash_sums",
    columns: 1,
    add: "UPDATE cash_sums SET amount = amount + ?4 WHERE of = ?2 AND number = ?1 AND what = ?3",
    insert: "INSERT INTO cash_sums VALUES (?2, ?1, ?3, ?4)",
};

fn less(this: Money, that: Money) -> Money {
    Money::dollars(this.as_dollars() - that.as_dollars())
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
