//! An X or Z report as paper: the same figures as on the screen, in the order in which an owner reads them.

use paper::report::{CrossFoot, Entry, Figure, Report, Section};
use paper::words::Words;
use till::figures::{DrawerFigures, Figures, RefundFigure, ShiftFigures};
use till::money::Money;
use till::payment::Method;
use till::sale::Outside;
use till::time::Timestamp;

use crate::receipts::{marks, method_words, outside_words, shop};
use crate::setup::Heading;

/// A report of these figures: a Z report when it has a number and whoever closed the day. `copy` 0 is the original.
#[must_use]
pub fn document(heading: &Heading, figures: &Figures, z: Option<(u32, &str)>, at: Timestamp, copy: u32) -> Report {
    let title = match z {
        Some((number, _)) => words(format!("Z 報表 第 {number} 號"), format!("Z report {number}")),
        None => Words::new("X 報表", "X report"),
    };
    let mut facts = vec![(Words::new("收銀機", "Till"), heading.till.to_string())];
    facts.extend(z.map(|(_, by)| (Words::new("結帳人", "Closed by"), by.to_owned())));
    let mut sections = vec![sales(figures), tenders(figures), taxes(figures)];
    sections.extend(refunds(figures));
    sections.push(drawer(&figures.drawer));
    sections.extend(figures.shifts.iter().map(shift));
    sections.extend(open(figures));
    sections.push(ever(figures));
    Report {
        shop: shop(heading),
        title,
        at,
        facts,
        sections,
        cross_foot: Some(CrossFoot {
            parts: figures.tenders.iter().map(|tender| (tender_words(&tender.name), tender.amount)).collect(),
            total: (Words::new("銷售淨額", "Net sales"), figures.net),
        }),
        marks: marks(heading, copy),
        notes: notes(figures),
        lang: heading.lang,
    }
}

fn words(zh: String, en: String) -> Words {
    Words { zh: zh.into(), en: en.into() }
}

pub(crate) fn amount(zh: &'static str, en: &'static str, amount: Money) -> Entry {
    Entry { label: Words::new(zh, en), figure: Figure::Amount(amount) }
}

pub(crate) fn counted(label: Words, count: u64, amount: Money) -> Entry {
    Entry { label, figure: Figure::CountAndAmount(count, amount) }
}

pub(crate) fn less(amount: Money) -> Money {
    Money::dollars(-amount.as_dollars())
}

fn sales(figures: &Figures) -> Section {
    Section {
        title: Words::new("銷售", "Sales"),
        entries: vec![
            counted(Words::new("銷售總額", "Gross"), figures.count, figures.gross),
            amount("折扣", "Discounts", less(figures.discounts)),
        ],
        total: Some(amount("銷售淨額", "Net sales", figures.net)),
    }
}

fn tenders(figures: &Figures) -> Section {
    let lines = figures.tenders.iter();
    Section {
        title: Words::new("付款方式", "Tenders"),
        entries: lines.map(|tender| counted(tender_words(&tender.name), tender.count, tender.amount)).collect(),
        total: Some(amount("合計", "Sum", figures.tenders.iter().map(|tender| tender.amount).sum())),
    }
}

fn taxes(figures: &Figures) -> Section {
    Section {
        title: Words::new("課稅別", "By tax"),
        entries: vec![
            amount("應稅", "Taxable", figures.taxable),
            amount("零稅率", "Zero-rated", figures.zero_rated),
            amount("免稅", "Exempt", figures.exempt),
        ],
        total: Some(amount("內含稅額", "Tax included", figures.tax)),
    }
}

fn refunds(figures: &Figures) -> Option<Section> {
    if figures.refunds.is_empty() && figures.money_refunds.is_empty() {
        return None;
    }
    let line = |way: &RefundFigure| {
        counted(tender_words(&way.way), u64::try_from(way.asked_count).unwrap_or_default(), less(way.asked))
    };
    let took = Money::dollars(figures.net.as_dollars() - figures.refunded.net.as_dollars());
    Some(Section {
        title: Words::new("退款", "Refunds"),
        entries: figures.refunds.iter().chain(&figures.money_refunds).map(line).collect(),
        total: Some(amount("扣除退款後", "After refunds", took)),
    })
}

fn drawer(drawer: &DrawerFigures) -> Section {
    let lines = [
        ("開始時", "At the start", drawer.at_start),
        ("點準備金多（少）", "Float over (short)", drawer.floats),
        ("現金銷售", "Cash sales", drawer.sales),
        ("未結帳退回", "Given back", less(drawer.returned)),
        ("現金退款", "Cash refunds", less(drawer.refunds)),
        ("放入", "Put in", drawer.ins),
        ("取出", "Taken out", less(drawer.outs)),
        ("投庫", "To the safe", less(drawer.drops)),
        ("點錢多（少）", "Counts over (short)", drawer.over),
        ("存銀行", "To the bank", less(drawer.banked)),
    ];
    let moved = lines.into_iter().filter(|(_, _, moved)| !moved.is_zero());
    Section {
        title: Words::new("錢箱", "Drawer"),
        entries: moved.map(|(zh, en, moved)| amount(zh, en, moved)).collect(),
        total: Some(amount("錢箱裡應有", "In the drawer", drawer.expected)),
    }
}

fn shift(shift: &ShiftFigures) -> Section {
    let mut entries = vec![amount("準備金", "Float", shift.float)];
    let title = match &shift.end {
        Some(end) => {
            entries.extend(shift.counted.map(|counted| amount("點到", "Counted", counted)));
            entries.extend(shift.over.map(|over| amount("多（少）", "Over (short)", over)));
            entries.push(amount("存銀行", "To the bank", end.to_bank));
            entries.push(amount("留給下一班", "Stays", end.next_float));
            words(format!("第 {} 班 {}", shift.number, end.by), format!("Shift {} {}", shift.number, end.by))
        }
        None => words(format!("第 {} 班，還在進行", shift.number), format!("Shift {}, still open", shift.number)),
    };
    Section { title, entries, total: None }
}

/// What is not finished, which the next report carries on.
fn open(figures: &Figures) -> Option<Section> {
    let waiting: Money = figures.open_attempts.iter().map(|open| open.amount).sum();
    let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    let held: Money = figures.part_paid.iter().map(|part| part.paid).sum();
    let lines = [
        (Words::new("還沒有結果的付款", "Payments without an outcome"), count(figures.open_attempts.len()), waiting),
        (Words::new("付了一部分的交易", "Sales paid in part"), count(figures.part_paid.len()), held),
        (Words::new("未入交易的錢", "Money no sale took"), figures.unapplied_count, figures.unapplied),
        (Words::new("未經驗證的付款", "Unverified payments"), figures.unverified_count, figures.unverified),
    ];
    let entries: Vec<Entry> = lines
        .into_iter()
        .filter(|(_, count, _)| *count > 0)
        .map(|(label, count, amount)| counted(label, count, amount))
        .collect();
    let title = Words::new("未了結，轉入下一份", "Carried over");
    (!entries.is_empty()).then_some(Section { title, entries, total: None })
}

fn ever(figures: &Figures) -> Section {
    Section {
        title: Words::new("累計", "Since the first day"),
        entries: vec![counted(Words::new("銷售", "Sales"), figures.ever.count, figures.ever.net)],
        total: None,
    }
}

/// The range, the head, and every rule that is broken, whichever language.
fn notes(figures: &Figures) -> Vec<String> {
    let broken = figures.mismatches();
    let range = format!("# {} – {}", figures.from_seq, figures.to_seq);
    let differs = broken.iter().map(|mismatch| format!("!! {mismatch} ({range})"));
    differs.chain([range.clone(), figures.head.clone()]).collect()
}

/// What a line of the figures is called on paper.
pub(crate) fn tender_words(name: &str) -> Words {
    let named = Method::named(name).map(method_words);
    let outside = || Outside::EVERY.into_iter().find(|through| through.name() == name).map(outside_words);
    named.or_else(outside).unwrap_or_else(|| match name {
        "cash" => Words::new("現金", "Cash"),
        "bank_transfer" => Words::new("銀行轉帳", "Bank transfer"),
        other => Words::same(other),
    })
}
