//! What a thermal printer is sent, and what comes out of it.

mod samples;
mod thermal;

use std::path::Path;
use std::process::Command as Process;

use encoding_rs::{BIG5, GB18030};
use paper::escpos::{Buzzer, CodePage, Codes, Cutter, Device, Letters, Pin, escpos, kick};
use paper::words::Lang;
use paper::{Faces, Paper as Document, Width};
use proptest::prelude::*;
use thermal::{Command, Paper, Printer, dump, parse, print};

const BIG5_OWN: Device = Device {
    width: Width::Mm80,
    letters: Letters::Own(CodePage::Big5),
    codes: Codes::Own,
    cutter: Cutter::Partial,
    buzzer: Buzzer::None,
};

/// Every kind of printer the settings can name.
fn devices() -> Vec<Device> {
    let mut devices = Vec::new();
    for width in [Width::Mm80, Width::Mm58] {
        for letters in [Letters::Dots, Letters::Own(CodePage::Big5), Letters::Own(CodePage::Gb18030)] {
            for codes in [Codes::Dots, Codes::Own] {
                devices.push(Device { letters, codes, ..Device::plain(width) });
            }
        }
    }
    devices
}

fn printer(device: &Device) -> Printer {
    let dots = match device.width {
        Width::Mm80 => 576,
        Width::Mm58 => 384,
    };
    let page = match device.letters {
        Letters::Own(CodePage::Gb18030) => GB18030,
        _ => BIG5,
    };
    Printer { dots, page }
}

fn bytes(paper: &impl Document, device: &Device) -> Vec<u8> {
    escpos(paper, Faces::embedded(), device).expect("a paper can be printed")
}

fn dumped(bytes: &[u8], device: &Device) -> String {
    dump(&parse(bytes), printer(device))
}

fn printed(paper: &impl Document, device: &Device) -> Paper {
    let paper = print(&parse(&bytes(paper, device)), printer(device));
    assert!(!paper.noise, "{device:?} was sent what it has no letters for");
    paper
}

/// The lines a printer with letters of its own prints, without the commands.
fn lines(paper: &impl Document, device: &Device) -> Vec<String> {
    let dump = dumped(&bytes(paper, device), device);
    dump.lines().filter_map(|line| line.strip_prefix('│')).map(str::to_owned).collect()
}

fn png_of(paper: &Paper) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = (u32::try_from(paper.width).unwrap(), u32::try_from(paper.height()).unwrap());
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let rows = paper.dots.chunks(paper.width).flat_map(|row| {
        row.chunks(8).map(|eight| {
            let bits = eight.iter().fold(0u8, |byte, black| (byte << 1) | u8::from(!black));
            bits << (8 - eight.len())
        })
    });
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&rows.collect::<Vec<u8>>()).unwrap();
    writer.finish().unwrap();
    bytes
}

/// What zbarimg reads off a paper, sorted.
fn scanned(paper: &Paper) -> Vec<String> {
    let file = tempfile::Builder::new().suffix(".png").tempfile().expect("a file");
    std::fs::write(file.path(), png_of(paper)).expect("written");
    let answer = Process::new("zbarimg")
        .args(["--nodbus", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "-Scode39.enable"])
        .arg(file.path())
        .output()
        .expect("zbarimg is installed (package zbar-tools)");
    let mut read: Vec<String> = String::from_utf8(answer.stdout).expect("text").lines().map(str::to_owned).collect();
    read.sort();
    read
}

/// Compares with the approved picture; processors may round the edge of a letter differently, by a dot here and there.
fn assert_approved(paper: &Paper, name: &str) {
    let approved = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/approved").join(name).with_extension("png");
    let made = png_of(paper);
    if std::env::var_os("PAPER_APPROVE").is_some() {
        std::fs::write(&approved, &made).unwrap();
        return;
    }
    let decode = |bytes: &[u8]| {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes.to_vec())).read_info().unwrap();
        let mut bits = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bits).unwrap();
        ((info.width, info.height), bits)
    };
    let kept = std::fs::read(&approved).unwrap_or_else(|why| panic!("{}: {why}", approved.display()));
    let ((size, new), (old_size, old)) = (decode(&made), decode(&kept));
    let differing: u32 = new.iter().zip(&old).map(|(a, b)| (a ^ b).count_ones()).sum();
    if size != old_size || u64::from(differing) * 5_000 > u64::from(size.0) * u64::from(size.1) {
        let received = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).with_extension("received.png");
        std::fs::write(&received, &made).unwrap();
        panic!(
            "{name} is not as approved: {size:?} instead of {old_size:?}, {differing} dots differ\n  made:     {}\n  \
             approved: {}\nlook at both; if the new one is meant, run the test with PAPER_APPROVE=1",
            received.display(),
            approved.display(),
        );
    }
}

#[test]
fn a_receipt_in_the_printers_own_letters_reads_as_it_prints() {
    insta::assert_snapshot!("copy-80-big5", dumped(&bytes(&samples::copy(Lang::Both), &BIG5_OWN), &BIG5_OWN));
    let narrow = Device { width: Width::Mm58, letters: Letters::Own(CodePage::Gb18030), ..BIG5_OWN };
    insta::assert_snapshot!("cash-58-gb18030", dumped(&bytes(&samples::cash(Lang::Zh), &narrow), &narrow));
}

#[test]
fn a_receipt_as_dots_is_images_that_small_printers_can_hold() {
    let plain = Device::plain(Width::Mm58);
    let sent = bytes(&samples::card(Lang::Zh), &plain);
    insta::assert_snapshot!("card-58-dots", dumped(&sent, &plain));
    let own = Device { codes: Codes::Own, ..plain };
    insta::assert_snapshot!("card-58-dots-own-codes", dumped(&bytes(&samples::card(Lang::Zh), &own), &own));
    for command in parse(&sent) {
        if let Command::Image { across, rows, .. } = command {
            assert_eq!(across, 48);
            assert!(rows <= 240, "{rows} rows in one image");
        }
    }
}

#[test]
fn papers_come_out_of_the_printer_as_approved() {
    assert_approved(&printed(&samples::copy(Lang::Both), &BIG5_OWN), "thermal-copy-80-big5");
    assert_approved(&printed(&samples::cash(Lang::Zh), &Device::plain(Width::Mm58)), "thermal-cash-58-dots");
    assert_approved(&printed(&samples::count(Lang::Zh), &Device::plain(Width::Mm58)), "thermal-count-58-dots");
    let report = Device { width: Width::Mm58, letters: Letters::Own(CodePage::Gb18030), ..BIG5_OWN };
    assert_approved(&printed(&samples::x_report(Lang::En), &report), "thermal-report-58-gb18030");
    let proof = samples::proof(Lang::Zh, Device { codes: Codes::Own, ..Device::plain(Width::Mm80) });
    let printer = printer(&proof.device);
    // A printer without GB18030 prints noise there: this one has Big5, so only that line is its test.
    let commands: Vec<Command> = parse(&proof.escpos(Faces::embedded()).unwrap());
    assert_approved(&print(&commands, printer), "thermal-proof-80");
}

/// What a shop's printer prints is what customers and stores scan.
#[test]
fn every_code_on_every_paper_is_read_by_a_scanner() {
    for device in devices() {
        let lang = Lang::Both;
        let receipt = samples::card(lang);
        assert_eq!(scanned(&printed(&receipt, &device)), [receipt.sale_number.as_str()], "{device:?}");
        assert_eq!(scanned(&printed(&samples::refund(lang), &device)), ["R-000007"], "{device:?}");
        let mut bars = samples::BARS.map(str::to_owned);
        bars.sort();
        assert_eq!(scanned(&printed(&samples::slip_barcode(lang), &device)), bars, "{device:?}");
        assert_eq!(scanned(&printed(&samples::slip_kiosk(lang), &device)), ["LLL26324512345"], "{device:?}");
    }
}

#[test]
fn the_self_test_shows_who_drew_which_code() {
    for width in [Width::Mm80, Width::Mm58] {
        let proof = samples::proof(Lang::Both, Device::plain(width));
        let commands = parse(&proof.escpos(Faces::embedded()).unwrap());
        let paper = print(&commands, printer(&proof.device));
        let wanted = ["GUITAI-39D", "GUITAI-39P", "guitai: codes = \"dots\"", "guitai: codes = \"own\""];
        assert_eq!(scanned(&paper), wanted, "{width:?}");
    }
}

#[test]
fn columns_align_and_amounts_are_never_broken() {
    let paper = samples::card(Lang::Zh);
    for device in devices().into_iter().filter(|device| device.letters != Letters::Dots) {
        let across = if device.width == Width::Mm80 { 48 } else { 32 };
        let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        let lines = lines(&paper, &device);
        let ends: Vec<usize> =
            lines.iter().filter_map(|line| line.strip_suffix(" TX")).map(|line| width(line.trim_end())).collect();
        assert_eq!(ends, [across - 3; 4], "{lines:#?}");
        for amount in ["130", "15,360", "15,695", "-100"] {
            let end = |line: &&String| line.trim_end_matches(" TX").ends_with(amount);
            assert!(lines.iter().any(|line| end(&line)), "{amount} stands nowhere at the end: {lines:#?}");
        }
    }
}

/// PF-73 on paper: a name no code page has is printed in full, as dots, and the rest stays the printer's own letters.
#[test]
fn a_row_the_printer_has_no_letters_for_is_printed_as_dots() {
    let mut receipt = samples::cash(Lang::Zh);
    receipt.qr = None;
    let images = |bytes: &[u8]| parse(bytes).iter().filter(|command| matches!(command, Command::Image { .. })).count();
    assert_eq!(images(&bytes(&receipt, &BIG5_OWN)), 0);
    receipt.lines[1].name = "Crème brûlée".to_owned();
    let sent = bytes(&receipt, &BIG5_OWN);
    assert_eq!(images(&sent), 1);
    assert!(dumped(&sent, &BIG5_OWN).contains("珍珠奶茶"));
    // Its amount stands where the others do.
    assert_approved(&print(&parse(&sent), printer(&BIG5_OWN)), "thermal-mixed-80-big5");
}

#[test]
fn the_widest_paper_there_is_prints_within_the_width_on_every_printer() {
    for device in devices() {
        // The printer refuses to wrap a line or to cut an image.
        printed(&samples::extreme(Lang::Both), &device);
        printed(&samples::marked(Lang::Zh), &device);
        printed(&samples::x_report(Lang::Both), &device);
        printed(&samples::count(Lang::En), &device);
    }
}

#[test]
fn a_paper_ends_with_a_cut_and_only_there() {
    let cut = |cutter| Device { cutter, buzzer: Buzzer::EscB, ..BIG5_OWN };
    let paper = printed(&samples::cash(Lang::Zh), &cut(Cutter::Full));
    assert_eq!(paper.cuts, [paper.height()]);
    assert_eq!(paper.beeps, 2);
    assert!(paper.pulses.is_empty(), "a receipt opens no drawer by itself");
    let torn = printed(&samples::cash(Lang::Zh), &cut(Cutter::None));
    assert!(torn.cuts.is_empty());
    let blank = torn.dots.iter().rev().take_while(|black| !**black).count() / torn.width;
    assert!(blank >= 120, "only {blank} rows up to the edge");
}

#[test]
fn a_drawer_is_opened_on_its_own_pin() {
    for (pin, number) in [(Pin::Two, 2), (Pin::Five, 5)] {
        let paper = print(&parse(&kick(pin)), printer(&BIG5_OWN));
        assert_eq!((paper.pulses, paper.dots.len()), (vec![number], 0));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// A name from a supplier's file cannot open the drawer or cut the paper.
    #[test]
    fn no_name_is_a_command(name in "[\\x00-\\x1f\\x7f-\\u{9f}A-Za-z@!pVdk櫃茶é🧋\\u{200f}]{0,40}") {
        let mut receipt = samples::cash(Lang::Zh);
        receipt.lines[0].name = name;
        for device in [BIG5_OWN, Device { letters: Letters::Own(CodePage::Gb18030), ..BIG5_OWN }, Device::plain(Width::Mm58)] {
            let paper = printed(&receipt, &device);
            prop_assert_eq!(paper.cuts.len(), 1);
            prop_assert!(paper.pulses.is_empty());
        }
    }
}
