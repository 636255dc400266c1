//! What holds of every sheet, whatever is on it and however wide the roll is.

mod samples;

use paper::row::Row;
use paper::sheet::{Ink, Text, Weight};
use paper::words::Lang;
use paper::{Faces, Paper, Sheet, Width, layout};

fn sheets() -> Vec<(String, Sheet)> {
    let mut sheets = Vec::new();
    for width in [Width::Mm80, Width::Mm58] {
        for lang in [Lang::Zh, Lang::En, Lang::Both] {
            let mut add = |name: &str, paper: &dyn Fn() -> Sheet| {
                sheets.push((format!("{name} {width:?} {lang:?}"), paper()));
            };
            let faces = Faces::embedded();
            add("cash", &|| layout(&samples::cash(lang), faces, width));
            add("copy", &|| layout(&samples::copy(lang), faces, width));
            add("marked", &|| layout(&samples::marked(lang), faces, width));
            add("thirty", &|| layout(&samples::thirty_lines(lang), faces, width));
            add("extreme", &|| layout(&samples::extreme(lang), faces, width));
            add("report", &|| layout(&samples::x_report(lang), faces, width));
        }
    }
    sheets
}

fn text<'a>(sheet: &'a Sheet, says: &str) -> &'a Text {
    sheet.texts().find(|text| text.text == says).unwrap_or_else(|| panic!("no run of text says {says}"))
}

/// The first thing that leaves what the printer reaches or overlaps something else.
fn misplaced(sheet: &Sheet) -> Option<String> {
    let (left, right) = (sheet.width.margin_um(), sheet.width.margin_um() + sheet.width.printed_um());
    for (n, ink) in sheet.marks.iter().enumerate() {
        let area = ink.area();
        if area.x_um < left || area.x_um + area.width_um > right {
            return Some(format!("{ink:?} leaves the width"));
        }
        if area.y_um < 0 || area.y_um + area.height_um > sheet.height_um {
            return Some(format!("{ink:?} leaves the length"));
        }
        if let Some(other) = sheet.marks[n + 1..].iter().find(|other| area.overlaps(&other.area())) {
            return Some(format!("{ink:?} overlaps {other:?}"));
        }
    }
    None
}

#[test]
fn nothing_overlaps_and_nothing_leaves_what_the_printer_reaches() {
    for (name, sheet) in sheets() {
        assert_eq!(misplaced(&sheet), None, "{name}");
    }
}

#[test]
fn amounts_end_at_one_edge_and_are_never_broken() {
    for width in [Width::Mm80, Width::Mm58] {
        let receipt = samples::card(Lang::Both);
        let sheet = layout(&receipt, Faces::embedded(), width);
        let mut amounts: Vec<String> = receipt.lines.iter().map(|line| line.amount.to_string()).collect();
        amounts.extend([receipt.subtotal.to_string(), "-100".to_owned(), format!("NT$ {}", receipt.total)]);
        amounts.extend([receipt.tax.to_string(), "500".to_owned(), "**** 1111".to_owned()]);
        let edges: Vec<i32> = amounts.iter().map(|amount| text(&sheet, amount).right_um()).collect();
        assert!(edges.iter().all(|edge| *edge == edges[0]), "{width:?}: {edges:?}");
    }
}

#[test]
fn even_the_largest_amount_stands_whole() {
    for width in [Width::Mm80, Width::Mm58] {
        let sheet = layout(&samples::extreme(Lang::Both), Faces::embedded(), width);
        text(&sheet, "NT$ 999,999,999,999");
        text(&sheet, "4294967295 × 200");
        text(&sheet, "858,993,459,000");
    }
}

#[test]
fn a_long_name_wraps_and_loses_nothing() {
    let receipt = samples::card(Lang::Zh);
    let long = &receipt.lines.last().unwrap().name;
    for (width, at_least) in [(Width::Mm80, 2), (Width::Mm58, 3)] {
        let sheet = layout(&receipt, Faces::embedded(), width);
        let runs: Vec<&str> = sheet.texts().map(|run| run.text.as_str()).filter(|run| long.contains(run)).collect();
        let runs: Vec<&str> = runs.into_iter().filter(|run| run.chars().count() > 3).collect();
        assert_eq!(&runs.concat(), long);
        assert!(runs.len() >= at_least, "{width:?}: {runs:?}");
    }
}

#[test]
fn what_the_font_lacks_shows_as_a_box_and_is_reported() {
    let sheet = layout(&samples::extreme(Lang::Zh), Faces::embedded(), Width::Mm80);
    assert_eq!(sheet.missing.iter().collect::<String>(), "🧋\u{10FFFD}");
    text(&sheet, "壞字〓〓與 控制字元");
    assert!(layout(&samples::copy(Lang::Both), Faces::embedded(), Width::Mm80).missing.is_empty());
}

#[test]
fn every_mark_is_on_the_paper_in_both_languages_before_anything_else() {
    for lang in [Lang::Zh, Lang::En] {
        let sheet = layout(&samples::marked(lang), Faces::embedded(), Width::Mm58);
        let first: Vec<&str> = sheet.texts().take(4).map(|text| text.text.as_str()).collect();
        assert_eq!(first, ["訓練 TRAINING", "未驗證 UNVERIFIED", "復原交易 RECOVERED", "測試付款 TEST PAYMENT"]);
        assert!(sheet.texts().take(4).all(|text| text.weight == Weight::Bold));
    }
}

#[test]
fn the_receipt_says_that_it_is_no_invoice() {
    text(&layout(&samples::cash(Lang::Zh), Faces::embedded(), Width::Mm58), "本單據非統一發票");
    text(&layout(&samples::cash(Lang::En), Faces::embedded(), Width::Mm58), "This is not an official invoice");
}

#[test]
fn a_text_too_long_for_any_qr_code_is_printed_instead_of_dropped() {
    let mut receipt = samples::cash(Lang::Zh);
    receipt.qr = Some("x".repeat(4_000));
    let sheet = layout(&receipt, Faces::embedded(), Width::Mm58);
    assert!(!sheet.marks.iter().any(|ink| matches!(ink, Ink::Qr(_))));
    let printed: usize = sheet.texts().map(|text| text.text.matches('x').count()).sum();
    assert_eq!(printed, 4_000);
}

#[test]
fn a_report_that_does_not_add_up_says_by_how_much() {
    let mut report = samples::x_report(Lang::Zh);
    assert!(report.cross_foot.as_ref().unwrap().agrees());
    assert!(report.rows().contains(&Row::ends("", "✓ 相符", paper::row::Style::STRONG)));
    report.cross_foot.as_mut().unwrap().total.1 = till::money::Money::dollars(44_100);
    assert!(report.rows().contains(&Row::Bar(vec!["不符 differs by -100".to_owned()])));
}

#[test]
fn any_text_a_shop_may_type_fits_on_any_roll() {
    let long = "超".repeat(300);
    let word = "w".repeat(300);
    for text in [
        "",
        "   ",
        "\n\r\t",
        "（（（（（（（（（（（（（（（（（（（（（（（（（（（（（（",
        "שלום مرحبا",
        "e\u{301}\u{200D}\u{FE0F}",
        "-",
        &long,
        &word,
    ] {
        for width in [Width::Mm80, Width::Mm58] {
            let mut receipt = samples::card(Lang::Both);
            receipt.shop.name = text.to_owned();
            receipt.shop.footer = vec![text.to_owned()];
            receipt.cashier = text.to_owned();
            receipt.lines[0].name = text.to_owned();
            receipt.qr = Some(text.to_owned());
            let sheet = layout(&receipt, Faces::embedded(), width);
            assert_eq!(misplaced(&sheet), None, "{text:?} on {width:?}");
        }
    }
}

#[test]
fn an_empty_receipt_is_still_a_paper() {
    let mut receipt = samples::receipt(vec![], Lang::Zh);
    receipt.tenders.clear();
    receipt.shop = paper::receipt::Shop::default();
    let sheet = layout(&receipt, Faces::embedded(), Width::Mm58);
    assert_eq!(misplaced(&sheet), None);
    text(&sheet, "NT$ 0");
}
