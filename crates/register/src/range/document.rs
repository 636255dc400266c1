//! Many days as paper: what an owner files.

use paper::report::{CrossFoot, Entry, Figure, Report, Section};
use paper::words::Words;
use till::fee::{self, Fees};
use till::money::Money;
use till::range::{DayFigure, Grain, RangeFigures, Takings};
use till::time::Timestamp;

use crate::receipts::{marks, shop};
use crate::report_paper::{amount, counted, less, tender_words};
use crate::setup::Heading;

/// The most lines of one section: paper is read, not searched.
const LINES: usize = 40;

/// Up to so many days are printed day by day, more than that month by month.
const DAYS: usize = 31;

/// The report as paper.
#[must_use]
pub fn document(heading: &Heading, figures: &RangeFigures, fees: &Fees, at: Timestamp) -> Report {
    let mut sections = vec![sales(figures), spans(figures), tenders(figures), taxes(&figures.takings)];
    sections.extend(refunds(figures));
    sections.push(sold(Words::new("分類", "By category"), &figures.categories(), |each| (&each.name, &each.takings)));
    sections.push(sold(Words::new("商品", "By product"), &figures.products, |each| (&each.name, &each.takings)));
    sections.push(sold(Words::new("收銀員", "By cashier"), &figures.operators, |each| (&each.name, &each.takings)));
    sections.extend(online(figures, fees));
    let broken = figures.mismatches();
    Report {
        shop: shop(heading),
        title: Words::new("期間報表", "Period report"),
        at,
        facts: vec![
            (Words::new("收銀機", "Till"), heading.till.to_string()),
            (Words::new("期間", "Days"), format!("{} – {}", figures.from, figures.to)),
        ],
        sections,
        cross_foot: Some(CrossFoot {
            parts: figures.tenders.iter().map(|tender| (tender_words(&tender.name), tender.amount)).collect(),
            total: (Words::new("銷售淨額", "Net sales"), figures.takings.totals.net),
        }),
        marks: marks(heading, 0),
        notes: broken.iter().map(|mismatch| format!("!! {mismatch}")).collect(),
        lang: heading.lang,
    }
}

fn sales(figures: &RangeFigures) -> Section {
    let totals = &figures.takings.totals;
    Section {
        title: Words::new("銷售", "Sales"),
        entries: vec![
            counted(Words::new("銷售總額", "Gross"), figures.takings.count, totals.gross),
            amount("折扣", "Discounts", less(totals.discounts)),
            amount("退款", "Refunds", less(figures.refunded.net)),
        ],
        total: Some(amount("扣除退款後", "After refunds", figures.took())),
    }
}

fn spans(figures: &RangeFigures) -> Section {
    let by_day = figures.days.len() <= DAYS;
    let (grain, title) = if by_day {
        (Grain::Day, Words::new("每日", "Day by day"))
    } else {
        (Grain::Month, Words::new("每月", "Month by month"))
    };
    let line = |day: &DayFigure| {
        let name = day.day.to_string();
        let name = if by_day { name } else { name.chars().take(7).collect() };
        counted(Words::same(&name), day.takings.count, day.took())
    };
    Section {
        title,
        entries: figures.by(grain).iter().map(line).collect(),
        total: Some(amount("合計", "Sum", figures.took())),
    }
}

fn tenders(figures: &RangeFigures) -> Section {
    let lines = figures.tenders.iter();
    Section {
        title: Words::new("付款方式", "Tenders"),
        entries: lines.map(|tender| counted(tender_words(&tender.name), tender.count, tender.amount)).collect(),
        total: Some(amount("合計", "Sum", figures.tenders.iter().map(|tender| tender.amount).sum())),
    }
}

fn taxes(takings: &Takings) -> Section {
    Section {
        title: Words::new("課稅別", "By tax"),
        entries: vec![
            amount("應稅", "Taxable", takings.totals.taxable),
            amount("零稅率", "Zero-rated", takings.totals.zero_rated),
            amount("免稅", "Exempt", takings.totals.exempt),
        ],
        total: Some(amount("內含稅額", "Tax included", takings.totals.tax)),
    }
}

fn refunds(figures: &RangeFigures) -> Option<Section> {
    let ways = figures.refunds.iter().chain(&figures.money_refunds);
    let entries: Vec<Entry> = ways
        .map(|way| counted(tender_words(&way.way), u64::try_from(way.asked_count).unwrap_or_default(), less(way.asked)))
        .collect();
    (!entries.is_empty()).then(|| Section { title: Words::new("退款", "Refunds"), entries, total: None })
}

fn sold<T>(title: Words, lines: &[T], of: impl Fn(&T) -> (&String, &Takings)) -> Section {
    let mut entries: Vec<Entry> = lines
        .iter()
        .take(LINES)
        .map(|line| {
            let (name, takings) = of(line);
            counted(Words::same(name), takings.count, takings.totals.net)
        })
        .collect();
    let rest = lines.get(LINES..).unwrap_or_default();
    if !rest.is_empty() {
        let together = rest.iter().fold(Takings::default(), |sum, line| sum.with(of(line).1));
        entries.push(counted(Words::new("其餘", "All others"), together.count, together.totals.net));
    }
    let all = lines.iter().map(|line| of(line).1.totals.net).sum();
    Section { title, entries, total: Some(amount("合計", "Sum", all)) }
}

fn online(figures: &RangeFigures, fees: &Fees) -> Option<Section> {
    if figures.online.is_empty() {
        return None;
    }
    let entries: Vec<Entry> = figures
        .online
        .iter()
        .map(|each| counted(tender_words(&each.method), each.paid.count, each.paid.amount))
        .collect();
    let fees: Vec<Money> =
        figures.online.iter().filter_map(|each| fee::estimate(fees, each)).map(|(_, amount)| amount).collect();
    let total = (!fees.is_empty()).then(|| Entry {
        label: Words::new("手續費（估）", "Fees (estimate)"),
        figure: Figure::Amount(less(fees.into_iter().sum())),
    });
    Some(Section { title: Words::new("綠界收款", "Paid through ECPay"), entries, total })
}
