//! What a day comes to: the figures of an X or a Z report, and the proof that they add up.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::cart::Totals;
use crate::day;
use crate::ids::{AttemptNumber, SaleNumber};
use crate::money::Money;
use crate::time::Timestamp;

/// What the closed sales since the last Z report come to, as the journal stood at one event. A Z report keeps them as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The cash that came into the drawer and left it.
    pub drawer: DrawerFigures,
    /// The shifts that ended since the last Z report, and the one that runs, oldest first.
    pub shifts: Vec<ShiftFigures>,
    /// Everything this till has ever sold, these figures included.
    pub ever: Ever,
}

/// What came into the drawer and left it, between two moments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawerFigures {
    /// What was in it at the start, as far as the till knew.
    pub at_start: Money,
    /// What counted floats were over what the till thought, or, negative, short of it.
    pub floats: Money,
    /// What customers paid in cash, change taken off; toward sales that are not closed, too.
    pub sales: Money,
    /// What customers got back of that before their sale was closed, as a positive amount.
    pub returned: Money,
    /// What was refunded out of the drawer, as a positive amount.
    pub refunds: Money,
    /// What was put in without a sale.
    pub ins: Money,
    /// What was taken out without a sale, as a positive amount.
    pub outs: Money,
    /// What went into the safe, as a positive amount.
    pub drops: Money,
    /// What counts at the end of shifts were over what the till thought, or, negative, short of it.
    pub over: Money,
    /// What was taken out for the bank, as a positive amount.
    pub banked: Money,
    /// What is in it now, as far as the till knows: kept as a figure of its own.
    pub expected: Money,
}

impl DrawerFigures {
    /// What the movements come to: what [`DrawerFigures::expected`] must be.
    #[must_use]
    pub fn sum(&self) -> Money {
        let came = [self.at_start, self.floats, self.sales, self.ins, self.over];
        let left = [self.returned, self.refunds, self.outs, self.drops, self.banked];
        let dollars = |parts: [Money; 5]| parts.into_iter().map(Money::as_dollars).sum::<i64>();
        Money::dollars(dollars(came) - dollars(left))
    }
}

/// One shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftFigures {
    /// Which.
    pub number: day::Count,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// By whom.
    pub opened_by: String,
    /// What was counted then.
    pub float: Money,
    /// What came and went since: `at_start` is what the till thought before the float was counted.
    pub drawer: DrawerFigures,
    /// How often its drawer was counted at the end.
    pub counts: u32,
    /// What the last of these counts came to.
    pub counted: Option<Money>,
    /// What that was over what the till thought then, or, negative, short of it.
    pub over: Option<Money>,
    /// Its end; nothing while it runs.
    pub end: Option<ShiftEnd>,
}

/// How a shift ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftEnd {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What they said to it.
    pub note: Option<String>,
    /// What went to the bank.
    pub to_bank: Money,
    /// What stayed in the drawer.
    pub next_float: Money,
}

/// What a till has ever sold. Only grows; no Z report sets it back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ever {
    /// Sales closed.
    pub count: u64,
    /// What they came to.
    pub net: Money,
    /// What came back of that.
    pub refunded: Money,
}

/// A sale that was paid in part and is not closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderFigure {
    /// `till::sale::Tender::name`.
    pub name: String,
    /// How many payments.
    pub count: u64,
    /// What they count toward sales.
    pub amount: Money,
}

/// Something that was done so many times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourFigure {
    /// 0 to 23, Taipei.
    pub hour: u8,
    /// How many sales were closed in it.
    pub count: u64,
    /// What they came to.
    pub net: Money,
}

/// An attempt that is not finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        let every_way = self.refunds.iter().chain(&self.money_refunds);
        let cash_back: i64 = every_way.filter(|line| line.way == "cash").map(|line| dollars(line.settled)).sum();
        let back_ways: i64 = self.refunds.iter().map(|line| dollars(line.asked)).sum();
        let rules = [
            ("net = gross - discounts", dollars(self.net), dollars(self.gross) - dollars(self.discounts)),
            ("net = taxable + zero rated + exempt", dollars(self.net), kinds),
            ("net = tenders", dollars(self.net), tenders),
            ("refunds = taxable + zero rated + exempt", dollars(back.net), back_kinds),
            ("refunds = ways", dollars(back.net), back_ways),
            ("drawer = start + came - left", dollars(self.drawer.expected), dollars(self.drawer.sum())),
            ("drawer's refunds = refunds in cash", dollars(self.drawer.refunds), cash_back),
        ];
        let broken = rules.into_iter().filter(|(_, left, right)| left != right);
        broken.map(|(rule, left, right)| Mismatch { rule, left, right }).collect()
    }
}
