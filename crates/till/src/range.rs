//! What many days come to: the figures of a week, a month, a year, and the proof that they add up. They are the same rows
//! as those of a Z report, chosen by the day of the calendar instead of by the report.

use crate::cart::Totals;
use crate::figures::{HourFigure, Mismatch, RefundFigure, Tally, TenderFigure};
use crate::money::Money;
use crate::time::Day;

/// What the sales closed on some days come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeFigures {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// All of it; before refunds.
    pub takings: Takings,
    /// What went back to customers as change.
    pub change: Money,
    /// Day by day, days on which nothing was sold or came back left out.
    pub days: Vec<DayFigure>,
    /// By the hour of the day in Taipei, hours without a sale left out.
    pub hours: Vec<HourFigure>,
    /// By tender, in the order of their names.
    pub tenders: Vec<TenderFigure>,
    /// By whoever closed the sale, in the order of their names.
    pub operators: Vec<OperatorFigure>,
    /// By product, the one that brought most first; before refunds.
    pub products: Vec<ProductFigure>,
    /// What came back of what was sold, on these days.
    pub refunded: Totals,
    /// The same by the way the money goes back.
    pub refunds: Vec<RefundFigure>,
    /// Refunds of money that no sale took, by way.
    pub money_refunds: Vec<RefundFigure>,
    /// What was done at the counter and has to be looked at.
    pub tallies: Vec<Tally>,
    /// Sales given up after money was asked for, by who gave them up.
    pub voided: Vec<TenderFigure>,
    /// What became of payments through the gateway, by method.
    pub online: Vec<OnlineFigure>,
}

/// Sales added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takings {
    /// How many sales; of a product, how many lines.
    pub count: u64,
    /// How many pieces.
    pub items: u64,
    /// What they come to.
    pub totals: Totals,
}

/// One day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayFigure {
    /// Which; of a week its Monday, of a month its first.
    pub day: Day,
    /// What was sold.
    pub takings: Takings,
    /// How many refunds were asked for; below nought where more were given up.
    pub refunds: i64,
    /// What they come to.
    pub refunded: Money,
}

/// What one person closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorFigure {
    /// Who, as the journal names them.
    pub name: String,
    /// What.
    pub takings: Takings,
}

/// What was sold of one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductFigure {
    /// The shop's code.
    pub code: String,
    /// What it is called today.
    pub name: String,
    /// The category it is in today.
    pub category: String,
    /// What was sold.
    pub takings: Takings,
}

/// What one category brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryFigure {
    /// Its name.
    pub name: String,
    /// What its products brought.
    pub takings: Takings,
}

/// What became of the payments of one method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnlineFigure {
    /// `till::payment::Method::name`: how it was paid, and of what is not paid how it was asked for.
    pub method: String,
    /// Paid, on these days; those that came late or twice included.
    pub paid: Outcome,
    /// Of those: after the counter had given them up.
    pub late: Outcome,
    /// Of those: for a sale that was paid already.
    pub over: Outcome,
    /// Ran out on these days.
    pub expired: Outcome,
    /// Made on these days and still without an end.
    pub pending: Outcome,
}

/// So many payments, so much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many.
    pub count: u64,
    /// How much.
    pub amount: Money,
}

/// How days are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Each by itself.
    Day,
    /// From Monday to Sunday.
    Week,
    /// By the month of the calendar.
    Month,
}

impl Takings {
    /// Both together.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let sum = |a: Money, b: Money| Money::dollars(a.as_dollars() + b.as_dollars());
        let (a, b) = (&self.totals, &other.totals);
        Self {
            count: self.count + other.count,
            items: self.items + other.items,
            totals: Totals {
                gross: sum(a.gross, b.gross),
                discounts: sum(a.discounts, b.discounts),
                net: sum(a.net, b.net),
                taxable: sum(a.taxable, b.taxable),
                zero_rated: sum(a.zero_rated, b.zero_rated),
                exempt: sum(a.exempt, b.exempt),
                tax: sum(a.tax, b.tax),
            },
        }
    }
}

impl DayFigure {
    /// A day on which nothing has happened.
    #[must_use]
    pub fn new(day: Day) -> Self {
        Self { day, takings: Takings::default(), refunds: 0, refunded: Money::ZERO }
    }

    /// What was sold less what came back.
    #[must_use]
    pub fn took(&self) -> Money {
        Money::dollars(self.takings.totals.net.as_dollars() - self.refunded.as_dollars())
    }
}

impl OnlineFigure {
    /// A method nothing has happened with.
    #[must_use]
    pub fn new(method: &str) -> Self {
        let none = Outcome::default();
        Self { method: method.to_owned(), paid: none, late: none, over: none, expired: none, pending: none }
    }
}

impl RangeFigures {
    /// The days put together, in order.
    #[must_use]
    pub fn by(&self, grain: Grain) -> Vec<DayFigure> {
        let mut groups: Vec<DayFigure> = Vec::new();
        for day in &self.days {
            let begin = match grain {
                Grain::Day => day.day,
                Grain::Week => day.day.monday(),
                Grain::Month => day.day.first_of_month(),
            };
            match groups.last_mut().filter(|group| group.day == begin) {
                Some(group) => {
                    group.takings = group.takings.with(&day.takings);
                    group.refunds += day.refunds;
                    group.refunded = Money::dollars(group.refunded.as_dollars() + day.refunded.as_dollars());
                }
                None => groups.push(DayFigure { day: begin, ..*day }),
            }
        }
        groups
    }

    /// The products put together by category, the one that brought most first.
    #[must_use]
    pub fn categories(&self) -> Vec<CategoryFigure> {
        let mut categories: Vec<CategoryFigure> = Vec::new();
        for product in &self.products {
            match categories.iter_mut().find(|category| category.name == product.category) {
                Some(category) => category.takings = category.takings.with(&product.takings),
                None => categories.push(CategoryFigure { name: product.category.clone(), takings: product.takings }),
            }
        }
        categories.sort_by(|a, b| b.takings.totals.net.cmp(&a.takings.totals.net).then_with(|| a.name.cmp(&b.name)));
        categories
    }

    /// What was sold less what came back.
    #[must_use]
    pub fn took(&self) -> Money {
        Money::dollars(self.takings.totals.net.as_dollars() - self.refunded.net.as_dollars())
    }

    /// Every rule the figures break; none when the report adds up. Each column was added up by itself as the sales were
    /// closed.
    #[must_use]
    pub fn mismatches(&self) -> Vec<Mismatch> {
        let dollars = Money::as_dollars;
        let all = &self.takings.totals;
        let net = dollars(all.net);
        let refunded = dollars(self.refunded.net);
        let rules = [
            ("net = gross - discounts", net, dollars(all.gross) - dollars(all.discounts)),
            ("net = by tax", net, dollars(all.taxable) + dollars(all.zero_rated) + dollars(all.exempt)),
            ("net = days", net, self.days.iter().map(|day| dollars(day.takings.totals.net)).sum()),
            ("net = hours", net, self.hours.iter().map(|hour| dollars(hour.net)).sum()),
            ("net = tenders", net, self.tenders.iter().map(|tender| dollars(tender.amount)).sum()),
            ("net = operators", net, self.operators.iter().map(|each| dollars(each.takings.totals.net)).sum()),
            ("net = products", net, self.products.iter().map(|each| dollars(each.takings.totals.net)).sum()),
            ("refunds = days", refunded, self.days.iter().map(|day| dollars(day.refunded)).sum()),
            ("refunds = ways", refunded, self.refunds.iter().map(|way| dollars(way.asked)).sum()),
        ];
        let broken = rules.into_iter().filter(|(_, left, right)| left != right);
        broken.map(|(rule, left, right)| Mismatch { rule, left, right }).collect()
    }
}
