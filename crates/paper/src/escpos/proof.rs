//! The printer's self-test: one paper that shows what this printer has of its own, so that the settings can say so.

use till::time::Timestamp;

use super::{CodePage, Codes, Device, Job, Letters};
use crate::faces::{Faces, PaperError};
use crate::flow::Paper;
use crate::row::{Row, Rule, Style};
use crate::sheet::Width;
use crate::words::{self, Lang, Words};

/// What a printer is asked to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Which till.
    pub till: String,
    /// The printer's name in the settings.
    pub printer: String,
    /// The way to it, as the settings have it.
    pub way: String,
    /// What the settings say it can do.
    pub device: Device,
    /// When; printed in Taipei time.
    pub at: Timestamp,
    /// Which languages it speaks.
    pub lang: Lang,
}

const TITLE: Words = Words::new("印表機測試", "Printer test");
const PRINTER: Words = Words::new("印表機", "Printer");
const WAY: Words = Words::new("連線", "Connection");
const ROLL: Words = Words::new("紙寬", "Roll");
const LETTERS: Words = Words::new("文字", "Letters");
const CODES: Words = Words::new("條碼", "Codes");
const DRAWN: Words = Words::new("圖形", "as dots");
const OWN: Words = Words::new("印表機內建", "the printer's own");
const EDGES: Words = Words::new("左右兩條直線都要印出來", "Both upright lines must show");
const WHICH_LETTERS: Words = Words::new(
    "下面哪一行中文正確，letters 就設成那一行的名稱；都不對就用 dots",
    "Set letters to the name of a line below whose Chinese is right, or to dots if none is",
);
const WHICH_CODES: Words = Words::new(
    "上面的 QR 與條碼由印表機自己畫：掃得到，codes 才可設成 own",
    "The printer drew the codes above by itself: set codes to own only if they scan",
);
const SAMPLE: &str = "櫃檯收據 珍珠奶茶 $1,280";
const SAMPLE_CODE: &str = "GUITAI-39";

impl Paper for Proof {
    /// What it looks like on the screen: all of it as this printer is set.
    fn rows(&self) -> Vec<Row> {
        let mut rows = self.head();
        rows.push(Row::left(SAMPLE, Style::BODY));
        rows.extend(codes("own"));
        rows
    }

    fn at(&self) -> Timestamp {
        self.at
    }
}

impl Proof {
    /// The test for the printer: its settings as it would print them, then a line and the codes in each way there is.
    ///
    /// # Errors
    /// See [`escpos`](super::escpos).
    pub fn escpos(&self, faces: &Faces) -> Result<Vec<u8>, PaperError> {
        let device = self.device;
        let mut job = Job::new(faces, device, self.at);
        job.rows(&self.head(), device.letters, device.codes)?;
        job.rows(&[Row::Rule(Rule::Dashed), small(&WHICH_LETTERS, self.lang)], Letters::Dots, Codes::Dots)?;
        for (letters, name) in [
            (Letters::Dots, "dots"),
            (Letters::Own(CodePage::Big5), "big5"),
            (Letters::Own(CodePage::Gb18030), "gb18030"),
        ] {
            let line = [Row::left(format!("{name}: {SAMPLE}"), Style::BODY)];
            job.rows(&line, letters, device.codes)?;
        }
        job.rows(&[Row::Rule(Rule::Dashed)], Letters::Dots, Codes::Dots)?;
        job.rows(&codes("own"), Letters::Dots, Codes::Own)?;
        job.rows(&[small(&WHICH_CODES, self.lang), Row::Rule(Rule::Dashed)], Letters::Dots, Codes::Dots)?;
        job.rows(&codes("dots"), Letters::Dots, Codes::Dots)?;
        Ok(job.finish())
    }

    fn head(&self) -> Vec<Row> {
        let lang = self.lang;
        let mut rows = vec![Row::centred(TITLE.line(lang), Style::LARGE), Row::Gap(600)];
        let roll = match self.device.width {
            Width::Mm80 => "80 mm, 576 dots",
            Width::Mm58 => "58 mm, 384 dots",
        };
        let letters = match self.device.letters {
            Letters::Dots => format!("dots ({})", DRAWN.line(lang)),
            Letters::Own(CodePage::Big5) => format!("big5 ({})", OWN.line(lang)),
            Letters::Own(CodePage::Gb18030) => format!("gb18030 ({})", OWN.line(lang)),
        };
        let codes = match self.device.codes {
            Codes::Dots => format!("dots ({})", DRAWN.line(lang)),
            Codes::Own => format!("own ({})", OWN.line(lang)),
        };
        for (label, value) in [
            (&words::TILL, self.till.clone()),
            (&PRINTER, self.printer.clone()),
            (&WAY, self.way.clone()),
            (&ROLL, roll.to_owned()),
            (&LETTERS, letters),
            (&CODES, codes),
            (&words::TIME, self.at.to_string()),
        ] {
            rows.push(Row::ends(label.line(lang), value, Style::BODY));
        }
        rows.push(Row::Rule(Rule::Dashed));
        rows.push(Row::ends("|", "|", Style::BODY));
        rows.push(small(&EDGES, lang));
        rows.push(Row::Item {
            name: "珍珠奶茶".to_owned(),
            each: "2 × 65".to_owned(),
            amount: "130".to_owned(),
            tax: "TX".to_owned(),
        });
        rows.push(Row::amount(words::TOTAL.line(lang), "NT$ 130", Style::LARGE));
        rows
    }
}

/// A QR code and a barcode that say who drew them.
fn codes(who: &str) -> Vec<Row> {
    let code = format!("{SAMPLE_CODE}{}", if who == "own" { "P" } else { "D" });
    vec![
        Row::Gap(1_500),
        Row::Qr(format!("guitai: codes = \"{who}\"")),
        Row::Gap(2_000),
        Row::Bars(code.clone()),
        Row::centred(code, Style::SMALL),
        Row::Gap(1_500),
    ]
}

fn small(words: &Words, lang: Lang) -> Row {
    Row::left(words.line(lang), Style::SMALL)
}
