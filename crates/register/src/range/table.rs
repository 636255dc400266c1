//! One table of a report as CSV: UTF-8 with a byte order mark, without which Excel in Taiwan takes it for Big5, and no
//! cell that a spreadsheet would run.

use paper::Lang;
use till::fee::{self, Fees};
use till::range::{Grain, OnlineFigure, RangeFigures, Takings};

use crate::catalogue::write::cell;
use crate::report_paper::tender_words;
use crate::view::RangeTable;

/// The table.
///
/// # Panics
/// Never: memory takes what is written.
#[must_use]
pub fn table(figures: &RangeFigures, of: RangeTable, lang: Lang, fees: &Fees) -> Vec<u8> {
    let (head, rows) = match of {
        RangeTable::Day => spans(figures, Grain::Day, "日期,day"),
        RangeTable::Week => spans(figures, Grain::Week, "週（星期一）,week from"),
        RangeTable::Month => spans(figures, Grain::Month, "月（第一天）,month from"),
        RangeTable::Hour => hours(figures),
        RangeTable::Category => {
            let lines = figures.categories();
            sold("分類,category", lines.iter().map(|each| (vec![each.name.clone()], each.takings)))
        }
        RangeTable::Product => sold(
            "商品編號,code|品名,name|分類,category",
            figures
                .products
                .iter()
                .map(|each| (vec![each.code.clone(), each.name.clone(), each.category.clone()], each.takings)),
        ),
        RangeTable::Operator => {
            sold("收銀員,operator", figures.operators.iter().map(|each| (vec![each.name.clone()], each.takings)))
        }
        RangeTable::Tender => tenders(figures, lang),
        RangeTable::Method => methods(figures, lang, fees),
        RangeTable::Tally => tallies(figures),
    };
    let english = lang == Lang::En;
    let names = head.split('|').map(|name| name.split_once(',').unwrap_or((name, name)));
    let names: Vec<&str> = names.map(|(zh, en)| if english { en } else { zh }).collect();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(names).expect("memory takes it");
    for row in rows {
        writer.write_record(row).expect("memory takes it");
    }
    writer.into_inner().expect("memory takes it")
}

/// The columns, Chinese and English, and the rows.
type Sheet = (String, Vec<Vec<String>>);

fn spans(figures: &RangeFigures, grain: Grain, name: &str) -> Sheet {
    let rows = figures.by(grain).into_iter().map(|day| {
        let mut row = vec![day.day.to_string()];
        row.extend(numbers(&day.takings));
        row.extend([day.refunds.to_string(), plain(day.refunded), plain(day.took())]);
        row
    });
    (format!("{name}|{SOLD}|退款筆數,refunds|退款,refunded|扣除退款後,took"), rows.collect())
}

fn hours(figures: &RangeFigures) -> Sheet {
    let rows = figures.hours.iter();
    let rows = rows.map(|hour| vec![format!("{:02}", hour.hour), hour.count.to_string(), plain(hour.net)]);
    ("時,hour|筆數,sales|銷售淨額,net".to_owned(), rows.collect())
}

const SOLD: &str = "筆數,sales|件數,pieces|總額,gross|折扣,discounts|銷售淨額,net|應稅,taxable|零稅率,zero rated|\
                    免稅,exempt|內含稅額,tax";

fn sold(name: &str, lines: impl Iterator<Item = (Vec<String>, Takings)>) -> Sheet {
    let rows = lines.map(|(names, takings)| names.iter().map(|name| cell(name)).chain(numbers(&takings)).collect());
    (format!("{name}|{SOLD}"), rows.collect())
}

fn numbers(takings: &Takings) -> Vec<String> {
    let totals = &takings.totals;
    let money =
        [totals.gross, totals.discounts, totals.net, totals.taxable, totals.zero_rated, totals.exempt, totals.tax];
    [takings.count.to_string(), takings.items.to_string()].into_iter().chain(money.map(plain)).collect()
}

fn tenders(figures: &RangeFigures, lang: Lang) -> Sheet {
    let sold = figures.tenders.iter().map(|line| {
        vec![cell(&tender_words(&line.name).line(lang)), line.count.to_string(), plain(line.amount), String::new()]
    });
    let back = figures.refunds.iter().map(|way| {
        vec![cell(&tender_words(&way.way).line(lang)), way.asked_count.to_string(), String::new(), plain(way.asked)]
    });
    ("付款方式,tender|筆數,payments|收款,taken|退款,refunded".to_owned(), sold.chain(back).collect())
}

fn methods(figures: &RangeFigures, lang: Lang, fees: &Fees) -> Sheet {
    let row = |each: &OnlineFigure| {
        let outcomes = [each.paid, each.late, each.over, each.expired, each.pending];
        let estimate = fee::estimate(fees, each);
        let mut row = vec![cell(&tender_words(&each.method).line(lang))];
        row.extend(outcomes.iter().flat_map(|outcome| [outcome.count.to_string(), plain(outcome.amount)]));
        row.push(estimate.map_or_else(String::new, |(_, amount)| plain(amount)));
        row.push(estimate.map_or_else(String::new, |(fee, _)| fee.paid_out(figures.to).to_string()));
        row
    };
    let head = "付款方式,method|已付筆數,paid count|已付,paid|較晚付筆數,late count|較晚付,late|重複付筆數,second count|\
                重複付,second|逾期筆數,expired count|逾期,expired|未了結筆數,pending count|未了結,pending|\
                手續費（估）,fee (estimate)|最後撥款日（估）,paid out by (estimate)";
    (head.to_owned(), figures.online.iter().map(row).collect())
}

fn tallies(figures: &RangeFigures) -> Sheet {
    let done = figures.tallies.iter().map(|tally| (tally.name.clone(), tally.count, tally.amount));
    let voided = figures.voided.iter().map(|line| (format!("voided/{}", line.name), line.count, line.amount));
    let rows = done.chain(voided).map(|(name, count, amount)| vec![cell(&name), count.to_string(), plain(amount)]);
    ("事項,what|次數,times|金額,amount".to_owned(), rows.collect())
}

/// Without the separators that people read and spreadsheets stumble over.
fn plain(amount: till::money::Money) -> String {
    amount.as_dollars().to_string()
}
