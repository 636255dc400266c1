//! What is counted: the figures of an X report with the proof that they add up, and the alarms nobody has seen.

use std::fmt;

use serde::Serialize;
use till::cart::Totals;
use till::event::TillAlarm;
use till::ids::{AttemptNumber, SaleNumber};
use till::money::Money;
use till::people::Named;
use till::time::Timestamp;

/// What the closed sales since the last Z report come to, as the journal stood at one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// The first event of the period.
    pub from_seq: u64,
    /// The last event the figures take in: the head of the chain.
    pub to_seq: u64,
    /// That event's hash, 64 hexadecimal digits.
    pub head: String,
    /// When the first sale was closed.
    pub first_closed_at: Option<Timestamp>,
    /// When the last sale was closed.
    pub last_closed_at: Option<Timestamp>,
    /// How many sales were closed.
    pub count: u64,
    /// How many pieces they had.
    pub items: u64,
    /// At shelf price.
    pub gross: Money,
    /// What was taken off, as a positive amount.
    pub discounts: Money,
    /// What was owed and paid: gross less discounts, tax included.
    pub net: Money,
    /// The part of `net` that is taxable.
    pub taxable: Money,
    /// The part of `net` at rate nought.
    pub zero_rated: Money,
    /// The part of `net` outside the tax.
    pub exempt: Money,
    /// The tax included in `taxable`, as the sum of what each sale says.
    pub tax: Money,
    /// By tender, in the order of their names.
    pub tenders: Vec<TenderFigure>,
    /// What went back to customers as change.
    pub change: Money,
    /// What came back of what was sold, in this period: what the day took less. `net` and its parts are before refunds.
    pub refunded: Totals,
    /// The same by the way the money goes back, in the order of their names.
    pub refunds: Vec<RefundFigure>,
    /// Refunds of money that no sale took, by way.
    pub money_refunds: Vec<RefundFigure>,
    /// Money that came and counts toward no sale, and that nobody has decided on: so many attempts.
    pub unapplied_count: u64,
    /// How much that is.
    pub unapplied: Money,
    /// Payments that rest on a manager's word, the gateway not having answered (PF-60): so many.
    pub unverified_count: u64,
    /// How much they come to.
    pub unverified: Money,
    /// What was done at the counter and has to be looked at: how often, and what it came to, in the order of the names.
    pub tallies: Vec<Tally>,
    /// By the hour of the day in Taipei, hours without a sale left out.
    pub hours: Vec<HourFigure>,
    /// Attempts that are not finished, oldest first.
    pub open_attempts: Vec<OpenAttempt>,
    /// Sales that were paid in part and are not closed, oldest first. What came in for them is in none of the figures
    /// above; its cash lies in the drawer all the same.
    pub part_paid: Vec<PartPaid>,
}

/// A sale that was paid in part and is not closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartPaid {
    /// Its number.
    pub number: SaleNumber,
    /// What it is called on the list of sales put aside, when it waits there.
    pub name: Option<String>,
    /// What it comes to.
    pub net: Money,
    /// What has come in.
    pub paid: Money,
    /// The part of that which lies in the drawer.
    pub cash: Money,
}

/// One tender's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TenderFigure {
    /// `till::sale::Tender::name`.
    pub name: String,
    /// How many payments.
    pub count: u64,
    /// What they count toward sales.
    pub amount: Money,
}

/// Something that was done so many times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// `drawer_opened`, `goods_returned`, or `approved/` and what was approved.
    pub name: String,
    /// How often.
    pub count: u64,
    /// What it came to, where it is about money.
    pub amount: Money,
}

/// One way in which money goes back to customers. Counts and sums can be below nought where an earlier period's refund
/// was given up, or paid out in another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefundFigure {
    /// `till::refund::RefundTerms::counted_on`.
    pub way: String,
    /// How many were asked for.
    pub asked_count: i64,
    /// What they come to.
    pub asked: Money,
    /// How many are back with the customer.
    pub settled_count: i64,
    /// What those come to.
    pub settled: Money,
}

/// One hour's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HourFigure {
    /// 0 to 23, Taipei.
    pub hour: u8,
    /// How many sales were closed in it.
    pub count: u64,
    /// What they came to.
    pub net: Money,
}

/// An attempt that is not finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenAttempt {
    /// Its number.
    pub number: AttemptNumber,
    /// The sale it collects for.
    pub sale: SaleNumber,
    /// How much.
    pub amount: Money,
    /// `till::payment::Method::name`.
    pub method: String,
    /// What is known of the money: `presented`, `unanswered`, `paid` and so on.
    pub phase: String,
    /// The counter still offers it.
    pub live: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// One kind of alarm nobody has seen yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AlarmCount {
    /// What came in.
    pub alarm: TillAlarm,
    /// How often, since somebody last looked.
    pub count: u64,
    /// When it was first recorded.
    pub first_at: Timestamp,
    /// When it was last recorded.
    pub last_at: Timestamp,
}

/// Who sees to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskHolder {
    /// The task, as the screen names it.
    pub task: String,
    /// Who.
    pub by: Named,
    /// Since when.
    pub since: Timestamp,
}

/// Two figures that must be equal and are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// Which rule, in words of the figures: `net = gross - discounts`.
    pub rule: &'static str,
    /// What the left side comes to.
    pub left: i64,
    /// What the right side comes to.
    pub right: i64,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} is not {}", self.rule, self.left, self.right)
    }
}

impl Figures {
    /// Every rule the figures break; none when the report adds up.
    #[must_use]
    pub fn mismatches(&self) -> Vec<Mismatch> {
        let dollars = Money::as_dollars;
        let tenders: i64 = self.tenders.iter().map(|line| dollars(line.amount)).sum();
        let kinds = dollars(self.taxable) + dollars(self.zero_rated) + dollars(self.exempt);
        let back = &self.refunded;
        let back_kinds = dollars(back.taxable) + dollars(back.zero_rated) + dollars(back.exempt);
        let back_ways: i64 = self.refunds.iter().map(|line| dollars(line.asked)).sum();
        let rules = [
            ("net = gross - discounts", dollars(self.net), dollars(self.gross) - dollars(self.discounts)),
            ("net = taxable + zero rated + exempt", dollars(self.net), kinds),
            ("net = tenders", dollars(self.net), tenders),
            ("refunds = taxable + zero rated + exempt", dollars(back.net), back_kinds),
            ("refunds = ways", dollars(back.net), back_ways),
        ];
        let broken = rules.into_iter().filter(|(_, left, right)| left != right);
        broken.map(|(rule, left, right)| Mismatch { rule, left, right }).collect()
    }
}
