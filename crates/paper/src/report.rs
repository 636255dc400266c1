//! A till report (X, Z) as a model: sections of labelled amounts, and the line that proves they add up.

use till::money::Money;
use till::time::Timestamp;

use crate::flow::Paper;
use crate::receipt::{Mark, Shop, push_fact, push_marks, push_shop};
use crate::row::{Row, Rule, Style};
use crate::words::{self, Lang, Words};

/// One report of a till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whose till; only the name and the tax number are printed.
    pub shop: Shop,
    /// `X 報表`.
    pub title: Words,
    /// When it was taken; printed in Taipei time.
    pub at: Timestamp,
    /// Till, cashier, shift and the like.
    pub facts: Vec<(Words, String)>,
    /// The figures, in order.
    pub sections: Vec<Section>,
    /// The proof.
    pub cross_foot: Option<CrossFoot>,
    /// What must be seen first.
    pub marks: Vec<Mark>,
    /// Small lines at the end, such as the journal's head.
    pub notes: Vec<String>,
    /// Which languages it speaks.
    pub lang: Lang,
}

/// Figures that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What they are.
    pub title: Words,
    /// The figures.
    pub entries: Vec<Entry>,
    /// What they come to, where a sum says something.
    pub total: Option<Entry>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it counts.
    pub label: Words,
    /// How it is told.
    pub figure: Figure,
}

/// How a figure is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// So many.
    Count(u64),
    /// So much.
    Amount(Money),
    /// So many, so much together.
    CountAndAmount(u64, Money),
}

/// Parts that must add up to a total which was summed another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrossFoot {
    /// The parts.
    pub parts: Vec<(Words, Money)>,
    /// What they must come to.
    pub total: (Words, Money),
}

impl CrossFoot {
    /// How much the parts are over (or, negative, short of) the total; nothing when they agree or cannot be summed.
    #[must_use]
    pub fn difference(&self) -> Option<Money> {
        let sum = self.parts.iter().try_fold(Money::ZERO, |sum, (_, part)| sum.checked_add(*part))?;
        sum.checked_sub(self.total.1).filter(|difference| !difference.is_zero())
    }

    /// Whether the parts come to the total.
    #[must_use]
    pub fn agrees(&self) -> bool {
        let sum = self.parts.iter().try_fold(Money::ZERO, |sum, (_, part)| sum.checked_add(*part));
        sum == Some(self.total.1)
    }
}

impl Entry {
    /// Counts and amounts that come together stand in columns of their own, as quantities and amounts of articles do.
    fn row(&self, style: Style, lang: Lang) -> Row {
        let label = self.label.line(lang);
        match self.figure {
            Figure::Count(count) => Row::amount(label, counted(count, lang), style),
            Figure::Amount(amount) => Row::amount(label, amount.to_string(), style),
            Figure::CountAndAmount(count, amount) => {
                Row::Item { name: label, each: counted(count, lang), amount: amount.to_string(), tax: String::new() }
            }
        }
    }
}

fn counted(count: u64, lang: Lang) -> String {
    format!("{count} {}", words::COUNTED.line(lang)).trim_end().to_owned()
}

impl Paper for Report {
    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        push_marks(&mut rows, &self.marks);
        let shop = Shop { name: self.shop.name.clone(), tax_id: self.shop.tax_id.clone(), ..Shop::default() };
        push_shop(&mut rows, &shop, self.lang);
        rows.push(Row::Gap(1_200));
        rows.push(Row::centred(self.title.line(self.lang), Style::LARGE));
        rows.push(Row::Gap(600));
        push_fact(&mut rows, &words::TIME, &self.at.to_string(), self.lang);
        for (label, value) in &self.facts {
            push_fact(&mut rows, label, value, self.lang);
        }
        for section in &self.sections {
            self.push_section(&mut rows, section);
        }
        if let Some(cross_foot) = &self.cross_foot {
            self.push_cross_foot(&mut rows, cross_foot);
        }
        if !self.notes.is_empty() {
            rows.push(Row::Rule(Rule::Dashed));
            rows.extend(self.notes.iter().map(|note| Row::left(note, Style::SMALL)));
        }
        rows
    }

    fn at(&self) -> Timestamp {
        self.at
    }
}

impl Report {
    fn push_section(&self, rows: &mut Vec<Row>, section: &Section) {
        rows.push(Row::Rule(Rule::Dashed));
        rows.push(Row::left(section.title.line(self.lang), Style::STRONG));
        for entry in &section.entries {
            rows.push(entry.row(Style::BODY, self.lang));
        }
        if let Some(total) = &section.total {
            rows.push(Row::Rule(Rule::Solid));
            rows.push(total.row(Style::STRONG, self.lang));
        }
    }

    /// The sum written out, so that a person can add it up on paper.
    fn push_cross_foot(&self, rows: &mut Vec<Row>, cross_foot: &CrossFoot) {
        rows.push(Row::Rule(Rule::Dashed));
        rows.push(Row::left(words::CROSS_FOOT.line(self.lang), Style::STRONG));
        for (n, (label, amount)) in cross_foot.parts.iter().enumerate() {
            let sign = if n == 0 { "" } else { "+ " };
            rows.push(Row::amount(format!("{sign}{}", label.line(self.lang)), amount.to_string(), Style::BODY));
        }
        let (label, total) = &cross_foot.total;
        rows.push(Row::Rule(Rule::Solid));
        rows.push(Row::amount(format!("= {}", label.line(self.lang)), total.to_string(), Style::STRONG));
        if cross_foot.agrees() {
            rows.push(Row::ends("", format!("✓ {}", words::AGREES.line(self.lang)), Style::STRONG));
        } else {
            let by = cross_foot.difference().map_or_else(|| "?".to_owned(), |difference| difference.to_string());
            rows.push(Row::Bar(vec![format!("{} {by}", words::DIFFERS.line(Lang::Both))]));
        }
    }
}
