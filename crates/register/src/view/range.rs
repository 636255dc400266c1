//! Many days as the screens are shown them.

use super::{ByTax, Deserialize, HourFigure, Mismatch, RefundsReport, Serialize, Tally, TenderFigure};

shown! {
    /// What some days of the calendar come to.
    pub struct RangeReport {
        /// The first day: `2026-11-01`.
        pub from: String,
        /// The last day.
        pub to: String,
        /// Which till.
        pub till: String,
        /// Which shop.
        pub shop: String,
        /// When it was made.
        pub made_ms: i64,
        /// All sales.
        pub all: SoldLine,
        /// The tax included.
        pub tax: i64,
        /// The net by tax.
        pub by_tax: ByTax,
        /// What came back.
        pub refunds: RefundsReport,
        /// Sales less what came back.
        pub took: i64,
        /// Day by day, days on which nothing happened left out.
        pub days: Vec<SpanLine>,
        /// From Monday to Sunday.
        pub weeks: Vec<SpanLine>,
        /// By the month of the calendar.
        pub months: Vec<SpanLine>,
        /// By the hour of the day.
        pub hours: Vec<HourFigure>,
        /// By tender.
        pub tenders: Vec<TenderFigure>,
        /// By category, the one that brought most first.
        pub categories: Vec<SoldLine>,
        /// The products that brought most.
        pub products: Vec<SoldLine>,
        /// How many products that were sold are not among them: the file has all.
        pub more_products: u32,
        /// By whoever closed the sale.
        pub operators: Vec<SoldLine>,
        /// Sales given up after money was asked for, by who gave them up.
        pub voided: Vec<TenderFigure>,
        /// What is worth a look.
        pub tallies: Vec<Tally>,
        /// Payments through the gateway.
        pub online: Vec<OnlineLine>,
        /// What does not agree; nothing when the report adds up.
        pub mismatches: Vec<Mismatch>,
    }
}

shown! {
    /// A day, a week or a month.
    pub struct SpanLine {
        /// Its first day.
        pub day: String,
        /// Sales.
        pub count: i64,
        /// What they come to.
        pub net: i64,
        /// What was taken off.
        pub discounts: i64,
        /// What came back.
        pub refunded: i64,
        /// What was taken, refunds taken off.
        pub took: i64,
    }
}

shown! {
    /// What was sold of something, or by somebody.
    pub struct SoldLine {
        /// A product's code; empty for anything else.
        pub code: String,
        /// What it is called.
        pub name: String,
        /// A product's category; empty for anything else.
        pub category: String,
        /// Sales; of products, lines.
        pub count: i64,
        /// Pieces.
        pub items: i64,
        /// At shelf price.
        pub gross: i64,
        /// What was taken off.
        pub discounts: i64,
        /// What was paid.
        pub net: i64,
    }
}

shown! {
    /// So many payments, so much.
    pub struct OutcomeFigure {
        /// How many.
        pub count: i64,
        /// How much.
        pub amount: i64,
    }
}

shown! {
    /// What became of the payments of one method.
    pub struct OnlineLine {
        /// The method.
        pub method: String,
        /// Paid, the late and the second ones included.
        pub paid: OutcomeFigure,
        /// Of those: after the counter had given them up.
        pub late: OutcomeFigure,
        /// Of those: for a sale that was paid already.
        pub over: OutcomeFigure,
        /// Ran out.
        pub expired: OutcomeFigure,
        /// Still without an end.
        pub pending: OutcomeFigure,
        /// What the gateway may keep, by the settings; nothing where they do not say.
        pub fee: Option<i64>,
        /// When what was paid first may be paid out.
        pub payout_from: Option<String>,
        /// When what was paid last may be.
        pub payout_to: Option<String>,
    }
}

/// One table of a report over many days, as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RangeTable {
    /// Day by day.
    Day,
    /// Week by week.
    Week,
    /// Month by month.
    Month,
    /// By the hour of the day.
    Hour,
    /// By category.
    Category,
    /// By product: all of them.
    Product,
    /// By tender.
    Tender,
    /// By whoever closed the sale.
    Operator,
    /// Payments through the gateway, by method.
    Method,
    /// What is worth a look: approvals, the drawer opened, sales given up.
    Tally,
}

impl RangeTable {
    /// Every table there is.
    pub const EVERY: [Self; 10] = [
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Hour,
        Self::Category,
        Self::Product,
        Self::Tender,
        Self::Operator,
        Self::Method,
        Self::Tally,
    ];

    /// Its name, in files and on command lines.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Hour => "hour",
            Self::Category => "category",
            Self::Product => "product",
            Self::Tender => "tender",
            Self::Operator => "operator",
            Self::Method => "method",
            Self::Tally => "tally",
        }
    }

    /// The table with that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|table| table.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_called_on_the_wire_what_it_is_called_in_files() {
        for table in RangeTable::EVERY {
            assert_eq!(serde_json::to_value(table).expect("a name"), table.name());
            assert_eq!(RangeTable::named(table.name()), Some(table));
        }
    }
}
