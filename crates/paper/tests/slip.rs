//! The payment slip: what stands on it, and that a scanner reads its bars off the picture.

mod samples;

use std::process::Command;

use paper::words::Lang;
use paper::{Faces, Slip, SlipCode, Width, layout, png};

use samples::{BARS, slip};

fn barcode() -> SlipCode {
    SlipCode::Barcode { bars: BARS.map(str::to_owned) }
}

/// What zbarimg reads off the slip, top to bottom.
fn scanned(slip: &Slip, width: Width, dots_per_mm: u32) -> Vec<String> {
    let faces = Faces::embedded();
    let picture = png(&layout(slip, faces, width), faces, dots_per_mm).expect("a picture");
    let file = tempfile::Builder::new().suffix(".png").tempfile().expect("a file");
    std::fs::write(file.path(), picture).expect("written");
    let answer = Command::new("zbarimg")
        .args(["--quiet", "--raw", "-Sdisable", "-Scode39.enable"])
        .arg(file.path())
        .output()
        .expect("zbarimg is installed (package zbar-tools)");
    String::from_utf8(answer.stdout).expect("text").lines().map(str::to_owned).collect()
}

#[test]
fn a_scanner_reads_the_three_bars_of_a_store() {
    // As a thermal printer prints it, and as the screen shows it.
    for dots in [8, 10] {
        let mut read = scanned(&slip(barcode(), Lang::Zh), Width::Mm80, dots);
        read.sort();
        let mut bars = BARS.map(str::to_owned);
        bars.sort();
        assert_eq!(read, bars, "at {dots} dots a millimetre");
    }
}

#[test]
fn a_scanner_reads_the_code_of_a_kiosk() {
    let code = SlipCode::Cvs { number: "LLL26324512345".to_owned() };
    assert_eq!(scanned(&slip(code, Lang::Both), Width::Mm80, 8), ["LLL26324512345"]);
}

#[test]
fn a_narrow_roll_keeps_everything_within_its_print() {
    let faces = Faces::embedded();
    for width in [Width::Mm80, Width::Mm58] {
        let sheet = layout(&slip(barcode(), Lang::Both), faces, width);
        let (left, right) = (width.margin_um(), width.margin_um() + width.printed_um());
        for ink in &sheet.marks {
            let area = ink.area();
            assert!(area.x_um >= left && area.x_um + area.width_um <= right, "{ink:?}");
        }
        assert!(sheet.missing.is_empty(), "{:?}", sheet.missing);
    }
}

#[test]
fn the_account_stands_in_fours_with_amount_and_deadline() {
    let code = SlipCode::Atm { bank: "004".to_owned(), account: "9103522814076621".to_owned() };
    let sheet = layout(&slip(code, Lang::Zh), Faces::embedded(), Width::Mm80);
    let texts: Vec<&str> = sheet.texts().map(|text| text.text.as_str()).collect();
    for wanted in ["004", "9103 5228 1407 6621", "NT$ 1,280", "2026/08/08 23:59", "T1-000042", "小巷咖啡"] {
        assert!(texts.contains(&wanted), "{wanted} is not among {texts:?}");
    }
}
