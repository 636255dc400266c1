//! Makes one of every paper in a folder, as PDF and PNG, to be looked at, and says how long that took:
//! `cargo run -p paper --example papers -- FOLDER`.

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use paper::words::Lang;
use paper::{Faces, Sheet, Width, layout, pdf, png};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("name a folder")?);
    std::fs::create_dir_all(&folder)?;
    let start = Instant::now();
    let faces = Faces::embedded();
    println!("faces {:?}", start.elapsed());
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
                let start = Instant::now();
                let sheet = layout(&receipt, faces, width);
                println!("{name} {roll} {speaks}: layout {:?}", start.elapsed());
                write(&sheet, &folder, &format!("{name}-{roll}-{speaks}"))?;
            }
            let sheet = layout(&samples::x_report(lang), faces, width);
            write(&sheet, &folder, &format!("report-{roll}-{speaks}"))?;
        }
    }
    Ok(())
}

fn write(sheet: &Sheet, folder: &Path, name: &str) -> Result<(), Box<dyn Error>> {
    let faces = Faces::embedded();
    let start = Instant::now();
    let bytes = pdf(sheet, faces, name)?;
    println!("  pdf {:?}, {} bytes", start.elapsed(), bytes.len());
    std::fs::write(folder.join(name).with_extension("pdf"), bytes)?;
    let start = Instant::now();
    let bytes = png(sheet, faces, 12)?;
    println!("  png {:?}, {} bytes", start.elapsed(), bytes.len());
    std::fs::write(folder.join(name).with_extension("png"), bytes)?;
    Ok(())
}
