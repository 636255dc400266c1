//! The slip of a counted drawer (錢箱清點): what lay in it piece by piece, and what was too much or missing.

use till::money::Money;
use till::time::Timestamp;

use crate::flow::Paper;
use crate::receipt::{Mark, Shop, push_fact, push_marks, push_shop};
use crate::row::{Row, Rule, Style};
use crate::words::{self, Lang};

/// One count of one drawer, for the envelope the money goes into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountSlip {
    /// Whose drawer; only the name and the tax number are printed.
    pub shop: Shop,
    /// Which till.
    pub till: String,
    /// Who counted.
    pub counted_by: String,
    /// When; printed in Taipei time.
    pub at: Timestamp,
    /// The notes and coins, the largest first, and how many of each.
    pub pieces: Vec<(u16, u32)>,
    /// What they come to.
    pub counted: Money,
    /// What the till thought at that moment; nothing where that is not to be told.
    pub expected: Option<Money>,
    /// What must be seen first about this paper.
    pub marks: Vec<Mark>,
    /// Which languages it speaks.
    pub lang: Lang,
}

impl Paper for CountSlip {
    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        push_marks(&mut rows, &self.marks);
        let shop = Shop { name: self.shop.name.clone(), tax_id: self.shop.tax_id.clone(), ..Shop::default() };
        push_shop(&mut rows, &shop, self.lang);
        rows.push(Row::Gap(1_200));
        rows.push(Row::centred(words::COUNT_SLIP.line(self.lang), Style::LARGE));
        rows.push(Row::Gap(600));
        push_fact(&mut rows, &words::TIME, &self.at.to_string(), self.lang);
        push_fact(&mut rows, &words::TILL, &self.till, self.lang);
        push_fact(&mut rows, &words::CASHIER, &self.counted_by, self.lang);
        rows.push(Row::Rule(Rule::Dashed));
        for (denomination, pieces) in &self.pieces {
            let one = Money::dollars(i64::from(*denomination));
            rows.push(Row::Item {
                name: format!("${one}"),
                each: format!("× {pieces}"),
                amount: one.checked_mul(*pieces).map_or_else(|| "?".to_owned(), |amount| amount.to_string()),
                tax: String::new(),
            });
        }
        rows.push(Row::Rule(Rule::Solid));
        rows.push(Row::amount(words::COUNTED_SUM.line(self.lang), format!("NT$ {}", self.counted), Style::LARGE));
        self.push_difference(&mut rows);
        rows.push(Row::Rule(Rule::Dashed));
        rows.push(Row::left(words::COUNTED_BY.line(self.lang), Style::BODY));
        rows.push(Row::Gap(9_000));
        rows.push(Row::Rule(Rule::Solid));
        rows
    }

    fn at(&self) -> Timestamp {
        self.at
    }
}

impl CountSlip {
    fn push_difference(&self, rows: &mut Vec<Row>) {
        let Some(expected) = self.expected else { return };
        rows.push(Row::amount(words::EXPECTED.line(self.lang), expected.to_string(), Style::BODY));
        let found = self.counted.as_dollars() - expected.as_dollars();
        let (label, style) = match found {
            0 => (words::AGREES, Style::STRONG),
            1.. => (words::OVER, Style::STRONG),
            _ => (words::SHORT, Style::STRONG),
        };
        let sign = if found == 0 { "✓" } else { "" };
        let amount = if found == 0 { String::new() } else { Money::dollars(found.abs()).to_string() };
        rows.push(Row::amount(label.line(self.lang), format!("{sign}{amount}"), style));
    }
}
