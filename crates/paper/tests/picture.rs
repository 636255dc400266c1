//! The pictures: as wide as promised, and as approved.

mod samples;

use std::path::{Path, PathBuf};

use paper::words::Lang;
use paper::{Faces, Raster, Report, Sheet, Width, layout, png, raster};

/// How far a dot may be from the approved one: processors may round the last bit of a smoothed edge differently.
const ROUNDING: u8 = 2;

fn decode(bytes: &[u8]) -> Raster {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut grey = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut grey).unwrap();
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Grayscale, png::BitDepth::Eight));
    Raster { width: info.width, height: info.height, grey }
}

fn assert_approved(sheet: &Sheet, name: &str) {
    let approved = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/approved").join(name).with_extension("png");
    let bytes = png(sheet, Faces::embedded(), 8).unwrap();
    if std::env::var_os("PAPER_APPROVE").is_some() {
        std::fs::write(&approved, &bytes).unwrap();
        return;
    }
    let expected = decode(&std::fs::read(&approved).unwrap_or_else(|why| panic!("{}: {why}", approved.display())));
    let made = decode(&bytes);
    let same_size = (made.width, made.height) == (expected.width, expected.height);
    let differing = made.grey.iter().zip(&expected.grey).filter(|(a, b)| a.abs_diff(**b) > ROUNDING).count();
    if !same_size || differing > 0 {
        let received = received(name);
        std::fs::write(&received, &bytes).unwrap();
        panic!(
            "{name} is not as approved: {}x{} instead of {}x{}, {differing} dots differ\n  made:     {}\n  approved: {}\n\
             look at both; if the new one is meant, run `PAPER_APPROVE=1 cargo test -p paper`",
            made.width,
            made.height,
            expected.width,
            expected.height,
            received.display(),
            approved.display(),
        );
    }
}

fn received(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).with_extension("received.png")
}

#[test]
fn receipts_look_as_approved() {
    let faces = Faces::embedded();
    assert_approved(&layout(&samples::copy(Lang::Both), faces, Width::Mm80), "copy-80-both");
    assert_approved(&layout(&samples::cash(Lang::Zh), faces, Width::Mm58), "cash-58-zh");
}

#[test]
fn a_report_looks_as_approved() {
    let report: Report = samples::x_report(Lang::Zh);
    assert_approved(&layout(&report, Faces::embedded(), Width::Mm80), "report-80-zh");
}

#[test]
fn a_picture_is_as_wide_as_the_roll_at_any_density() {
    let sheet = layout(&samples::cash(Lang::Zh), Faces::embedded(), Width::Mm58);
    for (dots, width) in [(8, 464), (12, 696)] {
        let picture = decode(&png(&sheet, Faces::embedded(), dots).unwrap());
        assert_eq!(picture.width, width);
        assert!(picture.grey.contains(&0) && picture.grey.contains(&255));
    }
}

#[test]
fn a_picture_too_large_is_refused_rather_than_filling_the_memory() {
    let sheet = layout(&samples::cash(Lang::Zh), Faces::embedded(), Width::Mm80);
    assert!(raster(&sheet, Faces::embedded(), 2_000).is_err());
    assert!(raster(&sheet, Faces::embedded(), u32::MAX).is_err());
    assert!(raster(&sheet, Faces::embedded(), 0).is_err());
}
