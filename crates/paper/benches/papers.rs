//! Receipts a second for each output, and bytes a receipt, beside python-escpos and headless Chromium: the same twenty lines,
//! in the same run.
//!
//! python-escpos draws nothing by itself: text goes to it as Big5, and as dots with Pillow, which is how its users print
//! Chinese on a printer without. It runs inside one process that is already warm; Chromium starts for each PDF, as a till
//! would have it do. Rounds alternate, so that a busy machine slows everybody down; each figure is the best of its rounds.

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use paper::escpos::{CodePage, Codes, Device, Letters, escpos};
use paper::words::Lang;
use paper::{Faces, PaperError, Receipt, Width, layout, pdf, png};

/// What it is called, and what makes one.
type Output<'a> = (&'a str, Box<dyn Fn() -> Result<Vec<u8>, PaperError> + 'a>);

const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(400);
const PYTHON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/papers/receipt.py");
const WANTS: [&str; 2] = ["python-escpos==3.1", "pillow"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut receipt = samples::thirty_lines(Lang::Both);
    receipt.lines.truncate(20);
    let faces = Faces::embedded();
    let plain = Device::plain(Width::Mm80);
    let own = Device { letters: Letters::Own(CodePage::Big5), codes: Codes::Own, ..plain };
    let outputs: [Output<'_>; 4] = [
        ("ESC/POS, letters", Box::new(|| escpos(&receipt, faces, &own))),
        ("ESC/POS, dots", Box::new(|| escpos(&receipt, faces, &plain))),
        ("PDF", Box::new(|| pdf(&layout(&receipt, faces, Width::Mm80), faces, "20"))),
        ("PNG", Box::new(|| png(&layout(&receipt, faces, Width::Mm80), faces, 8))),
    ];
    let mut ours = [0.0_f64; 4];
    let (mut python, mut chromium) = (None, None);
    let venv = venv();
    for _ in 0..ROUNDS {
        for ((_, make), best) in outputs.iter().zip(&mut ours) {
            *best = best.max(per_second(make)?);
        }
        python = best_of(python, venv.as_deref().and_then(by_python));
        chromium = best_of(chromium, by_chromium(&receipt)?);
    }
    println!("a receipt of 20 lines in both languages, 80 mm; best of {ROUNDS} rounds");
    for ((name, make), rate) in outputs.iter().zip(ours) {
        println!("  {name:<18} {rate:>9.1} a second  {:>7} bytes", make()?.len());
    }
    match python {
        Some([letters, dots]) => {
            println!("  python-escpos      {letters:>9.1} a second as Big5: {:.1} x", ours[0] / letters);
            println!("  python-escpos      {dots:>9.1} a second as dots: {:.1} x", ours[1] / dots);
        }
        None => println!("  python-escpos: not measured (python3 -m venv, or pip, or the network, was not there)"),
    }
    match chromium {
        Some([pdfs, _]) => println!("  Chromium, headless {pdfs:>9.2} PDFs a second: {:.0} x", ours[2] / pdfs),
        None => println!("  Chromium: not measured (it is not installed)"),
    }
    Ok(())
}

fn per_second(make: &dyn Fn() -> Result<Vec<u8>, PaperError>) -> Result<f64, PaperError> {
    let start = Instant::now();
    let mut made = 0u32;
    while start.elapsed() < ROUND {
        black_box(make()?);
        made += 1;
    }
    Ok(f64::from(made) / start.elapsed().as_secs_f64())
}

fn best_of(before: Option<[f64; 2]>, now: Option<[f64; 2]>) -> Option<[f64; 2]> {
    match (before, now) {
        (Some(before), Some(now)) => Some([before[0].max(now[0]), before[1].max(now[1])]),
        (one, other) => one.or(other),
    }
}

/// A Python that has what it needs, kept beside what was built.
fn venv() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers-python");
    let python = folder.join("bin/python");
    let ran = |command: &mut Command| {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
    };
    let ready = |python: &Path| ran(Command::new(python).args(["-c", "import escpos, PIL"]));
    if !ready(&python) {
        let made = ran(Command::new("python3").args(["-m", "venv"]).arg(&folder));
        let _got = made && ran(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(WANTS));
    }
    ready(&python).then_some(python)
}

fn by_python(python: &Path) -> Option<[f64; 2]> {
    let font = env!("PAPER_FONT_REGULAR");
    let said = Command::new(python).args([PYTHON, font]).output().ok()?;
    let text = String::from_utf8(said.stdout).ok()?;
    let mut rates = text.split_whitespace().map(str::parse);
    Some([rates.next()?.ok()?, rates.next()?.ok()?])
}

/// One start for one PDF.
fn by_chromium(receipt: &Receipt) -> Result<Option<[f64; 2]>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers-chromium");
    fs::create_dir_all(&folder)?;
    let (page, made) = (folder.join("receipt.html"), folder.join("receipt.pdf"));
    let mut html =
        String::from("<!doctype html><meta charset=utf-8><style>@page{size:80mm 220mm;margin:4mm}</style><table>");
    for line in &receipt.lines {
        let (name, quantity, amount) = (&line.name, line.quantity, line.amount);
        html.push_str(&format!("<tr><td>{name}<td>{quantity} × {}<td>{amount}", line.unit_price));
    }
    fs::write(&page, html)?;
    let start = Instant::now();
    let ran = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"])
        .arg(format!("--print-to-pdf={}", made.display()))
        .arg(&page)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let rate = 1.0 / start.elapsed().as_secs_f64();
    Ok(ran.is_ok_and(|status| status.success()).then_some([rate, rate]))
}
