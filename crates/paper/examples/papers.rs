//! Makes one of every paper in a folder, as PDF and PNG, to be looked at, and says how long one takes:
//! `cargo run -p paper --example papers -- FOLDER`.

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use paper::words::Lang;
use paper::{Faces, PaperError, Sheet, Width, layout, pdf, png, raster};

const RUNS: usize = 30;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("name a folder")?);
    std::fs::create_dir_all(&folder)?;
    let faces = Faces::embedded();
    for (width, roll) in [(Width::Mm80, "80"), (Width::Mm58, "58")] {
        for (lang, speaks) in [(Lang::Zh, "zh"), (Lang::En, "en"), (Lang::Both, "both")] {
            let receipts = [
                ("cash", samples::cash(lang)),
                ("copy", samples::copy(lang)),
                ("marked", samples::marked(lang)),
                ("thirty", samples::thirty_lines(lang)),
                ("extreme", samples::extreme(lang)),
            ];
            for (name, receipt) in receipts {
                write(&layout(&receipt, faces, width), &folder, &format!("{name}-{roll}-{speaks}"))?;
            }
            let sheet = layout(&samples::x_report(lang), faces, width);
            write(&sheet, &folder, &format!("report-{roll}-{speaks}"))?;
        }
    }
    measure()
}

fn write(sheet: &Sheet, folder: &Path, name: &str) -> Result<(), Box<dyn Error>> {
    let faces = Faces::embedded();
    std::fs::write(folder.join(name).with_extension("pdf"), pdf(sheet, faces, name)?)?;
    std::fs::write(folder.join(name).with_extension("png"), png(sheet, faces, 12)?)?;
    Ok(())
}

/// The best of many runs, once the fonts are parsed: what the work costs without what else the machine does.
fn measure() -> Result<(), Box<dyn Error>> {
    let faces = Faces::embedded();
    let mut receipt = samples::thirty_lines(Lang::Both);
    receipt.lines.truncate(20);
    let sheet = layout(&receipt, faces, Width::Mm80);
    println!("a receipt of 20 lines in both languages, 80 mm, best of {RUNS}:");
    println!("  layout  {:?}", best(|| Ok(layout(&receipt, faces, Width::Mm80).marks.len()))?);
    println!("  pdf     {:?}, {} bytes", best(|| pdf(&sheet, faces, "20"))?, pdf(&sheet, faces, "20")?.len());
    println!("  dots 8  {:?}", best(|| raster(&sheet, faces, 8))?);
    println!("  png 12  {:?}, {} bytes", best(|| png(&sheet, faces, 12))?, png(&sheet, faces, 12)?.len());
    Ok(())
}

fn best<T>(work: impl Fn() -> Result<T, PaperError>) -> Result<Duration, PaperError> {
    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        let start = Instant::now();
        work()?;
        best = best.min(start.elapsed());
    }
    Ok(best)
}
