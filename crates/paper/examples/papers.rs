//! Makes one of every paper in a folder to be looked at, as PDF, as the picture on the screen, and as what comes out of a
//! thermal printer: `cargo run --workspace --example papers -- FOLDER`.

#[path = "../tests/samples/mod.rs"]
mod samples;
#[path = "../tests/thermal/mod.rs"]
mod thermal;

use std::error::Error;
use std::path::{Path, PathBuf};

use encoding_rs::BIG5;
use paper::escpos::{CodePage, Codes, Device, Letters, escpos};
use paper::words::Lang;
use paper::{Faces, Paper, Width, layout, pdf};
use thermal::Printer;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("name a folder")?);
    std::fs::create_dir_all(&folder)?;
    for (width, roll) in [(Width::Mm80, "80"), (Width::Mm58, "58")] {
        for (lang, speaks) in [(Lang::Zh, "zh"), (Lang::En, "en"), (Lang::Both, "both")] {
            let papers: [(&str, Box<dyn Paper>); 11] = [
                ("1-cash", Box::new(samples::cash(lang))),
                ("2-copy", Box::new(samples::copy(lang))),
                ("3-marked", Box::new(samples::marked(lang))),
                ("4-refund", Box::new(samples::refund(lang))),
                ("5-slip-barcode", Box::new(samples::slip_barcode(lang))),
                ("6-slip-kiosk", Box::new(samples::slip_kiosk(lang))),
                ("7-slip-account", Box::new(samples::slip_account(lang))),
                ("8-report", Box::new(samples::x_report(lang))),
                ("9-count", Box::new(samples::count(lang))),
                ("thirty", Box::new(samples::thirty_lines(lang))),
                ("extreme", Box::new(samples::extreme(lang))),
            ];
            let plain = Device::plain(width);
            let own = Device { letters: Letters::Own(CodePage::Big5), codes: Codes::Own, ..plain };
            for (name, paper) in papers {
                let name = format!("{roll}-{speaks}-{name}");
                let faces = Faces::embedded();
                let sheet = layout(&*paper, faces, width);
                write(&folder, &format!("{name}.pdf"), &pdf(&sheet, faces, &name)?)?;
                write(&folder, &format!("{name}-screen.png"), &paper::png(&sheet, faces, 12)?)?;
                for (device, how) in [(plain, "dots"), (own, "big5")] {
                    print(&escpos(&*paper, faces, &device)?, width, &folder, &format!("{name}-{how}.png"))?;
                }
            }
            let proof = samples::proof(lang, plain).escpos(Faces::embedded())?;
            print(&proof, width, &folder, &format!("{roll}-{speaks}-test-dots.png"))?;
        }
    }
    Ok(())
}

/// What comes out of a printer that has Big5.
fn print(bytes: &[u8], width: Width, folder: &Path, name: &str) -> Result<(), Box<dyn Error>> {
    let dots = match width {
        Width::Mm80 => 576,
        Width::Mm58 => 384,
    };
    let paper = thermal::print(&thermal::parse(bytes), Printer { dots, page: BIG5 });
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, u32::try_from(paper.width)?, u32::try_from(paper.height())?);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&paper.grey())?;
    writer.finish()?;
    write(folder, name, &file)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    Ok(std::fs::write(folder.join(name), bytes)?)
}
