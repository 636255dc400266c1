//! What the PDF says to a reader that knows nothing of us: poppler's own tools.

mod samples;

use std::io::Write;
use std::process::{Command, Stdio};

use paper::words::Lang;
use paper::{Faces, Sheet, Width, layout, pdf};

fn bytes(sheet: &Sheet) -> Vec<u8> {
    pdf(sheet, Faces::embedded(), "A01-20260105-0012").unwrap()
}

/// What a poppler tool prints about a PDF it is handed.
fn poppler(tool: &str, options: &[&str], pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.pdf");
    std::fs::File::create(&path).unwrap().write_all(pdf).unwrap();
    let mut command = Command::new(tool);
    command.args(options).arg(&path).stderr(Stdio::inherit());
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().unwrap_or_else(|why| panic!("{tool} cannot run ({why}): run `make setup`"));
    assert!(output.status.success(), "{tool} refuses the file");
    String::from_utf8(output.stdout).unwrap()
}

/// The words of each line, so that the width of the gaps does not matter.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn text_comes_back_exactly_with_names_and_amounts_on_one_line() {
    let sheet = layout(&samples::copy(Lang::Both), Faces::embedded(), Width::Mm80);
    let read = lines(&poppler("pdftotext", &["-layout"], &bytes(&sheet)));
    let expected = [
        "副本 COPY 2",
        "小巷咖啡",
        "統一編號 Tax ID 12345678",
        "單號 No. A01-20260105-0012",
        "時間 Time 2026-01-05 12:34:56",
        "有機紅蘿蔔 3 × 35 105 免",
        "折扣 Discount -100",
        "信用卡 Credit card 15,195",
        "卡號 Card **** 1111",
        "綠界交易編號 ECPay trade no. 2601051234567890123",
        "訂單編號 Order no. G1A7K2M9P4Q8R3T6V5X0",
        "本單據非統一發票",
    ];
    let mut rest = read.iter();
    for line in expected {
        assert!(rest.any(|read| read == line), "{line} is missing or out of order in {read:#?}");
    }
}

#[test]
fn every_run_of_text_is_found_in_the_order_it_is_read() {
    for paper in [samples::thirty_lines(Lang::Both), samples::extreme(Lang::Both)] {
        let sheet = layout(&paper, Faces::embedded(), Width::Mm58);
        let read: String = poppler("pdftotext", &["-raw"], &bytes(&sheet)).split_whitespace().collect();
        let written: String = sheet.texts().flat_map(|text| text.text.split_whitespace()).collect();
        assert_eq!(read, written);
    }
}

#[test]
fn only_the_letters_it_uses_are_inside() {
    let file = bytes(&layout(&samples::copy(Lang::Both), Faces::embedded(), Width::Mm80));
    assert!(file.len() < 60_000, "{} bytes", file.len());
    let fonts = poppler("pdffonts", &[], &file);
    assert_eq!(fonts.matches("yes yes yes").count(), 2, "two embedded subsets that map back to text: {fonts}");
}

#[test]
fn the_page_is_as_large_as_the_paper_and_dated_by_the_sale() {
    let sheet = layout(&samples::cash(Lang::Zh), Faces::embedded(), Width::Mm80);
    let info = poppler("pdfinfo", &["-isodates"], &bytes(&sheet));
    assert!(info.contains("Page size:       226.77"), "{info}");
    assert!(info.contains("Pages:           1\n"), "{info}");
    assert!(info.contains("2026-01-05T04:34:56Z"), "{info}");
    assert!(!info.contains("PDF/X"), "{info}");
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let make = || bytes(&layout(&samples::copy(Lang::Both), Faces::embedded(), Width::Mm80));
    assert_eq!(make(), make());
}
