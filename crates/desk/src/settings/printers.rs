//! The shop's printers, as the settings say them.

use std::path::PathBuf;

use paper::Width;
use paper::escpos::{Buzzer, CodePage, Codes, Cutter, Device, Letters, Pin};
use printer::Way;

use super::check::SettingsError;
use super::file::{PrinterCodes, PrinterCutter, PrinterLetters, PrinterSettings, PrinterWay};

/// More than any shop has: a file with more is not what it seems.
const MOST: usize = 16;
/// How fast serial printers are.
const BAUDS: [u32; 6] = [4_800, 9_600, 19_200, 38_400, 57_600, 115_200];

/// One printer, ready to be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopPrinter {
    /// What the shop calls it.
    pub name: String,
    /// How it is reached.
    pub way: Way,
    /// The way in words, for its test page.
    pub way_said: String,
    /// What it can do.
    pub device: Device,
    /// The pin its drawer hangs on.
    pub drawer: Option<Pin>,
}

/// The printers, checked.
///
/// # Errors
/// With the first thing that cannot be, and what it must be.
pub fn check(given: &[PrinterSettings]) -> Result<Vec<ShopPrinter>, SettingsError> {
    if given.len() > MOST {
        return Err(wrong("has at most 16 entries"));
    }
    for (nth, printer) in given.iter().enumerate() {
        if given[..nth].iter().any(|other| other.name.trim() == printer.name.trim()) {
            return Err(wrong("has another name for each"));
        }
    }
    given.iter().map(one).collect()
}

fn one(given: &PrinterSettings) -> Result<ShopPrinter, SettingsError> {
    let name = given.name.trim();
    if name.is_empty() || name.chars().count() > 20 || name.chars().any(char::is_control) {
        return Err(wrong("has a name of 1 to 20 characters for each"));
    }
    let at = given.at.trim();
    if at.is_empty() || at.len() > 200 || at.chars().any(char::is_control) {
        return Err(wrong("says where each is: at = \"192.168.1.50\", \"/dev/usb/lp0\", the name of a queue, a file"));
    }
    let width = match given.paper {
        80 => Width::Mm80,
        58 => Width::Mm58,
        _ => return Err(wrong("has paper = 58 or paper = 80")),
    };
    let drawer = match given.drawer_pin {
        None => None,
        Some(2) => Some(Pin::Two),
        Some(5) => Some(Pin::Five),
        Some(_) => return Err(wrong("has drawer_pin = 2 or drawer_pin = 5, or none")),
    };
    let (way, kind) = way(given, at)?;
    if drawer.is_some() && way.takes_pdf() {
        return Err(wrong("has no drawer behind a queue that takes PDF: it cannot be opened there"));
    }
    Ok(ShopPrinter {
        name: name.to_owned(),
        way,
        way_said: format!("{kind} {at}"),
        device: Device {
            width,
            letters: match given.letters {
                PrinterLetters::Dots => Letters::Dots,
                PrinterLetters::Big5 => Letters::Own(CodePage::Big5),
                PrinterLetters::Gb18030 => Letters::Own(CodePage::Gb18030),
            },
            codes: match given.codes {
                PrinterCodes::Dots => Codes::Dots,
                PrinterCodes::Own => Codes::Own,
            },
            cutter: match given.cutter {
                PrinterCutter::Partial => Cutter::Partial,
                PrinterCutter::Full => Cutter::Full,
                PrinterCutter::None => Cutter::None,
            },
            buzzer: if given.buzzer { Buzzer::EscB } else { Buzzer::None },
        },
        drawer,
    })
}

fn way(given: &PrinterSettings, at: &str) -> Result<(Way, &'static str), SettingsError> {
    let queue = || {
        // It is a word on a command line: nothing that could be an option, or two words.
        let word = at.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
        if word && !at.starts_with('-') {
            Ok(at.to_owned())
        } else {
            Err(wrong("names a queue as the system lists it"))
        }
    };
    Ok(match given.way {
        PrinterWay::Network => (Way::Network(at.to_owned()), "network"),
        PrinterWay::Usb => (Way::Device(PathBuf::from(at)), "usb"),
        PrinterWay::Serial if !BAUDS.contains(&given.baud) => {
            return Err(wrong("has baud = 9600, 19200, 38400, 57600 or 115200 for a serial printer"));
        }
        PrinterWay::Serial => (Way::Serial { line: PathBuf::from(at), baud: given.baud }, "serial"),
        PrinterWay::Queue => (Way::Queue(queue()?), "queue"),
        PrinterWay::PdfQueue => (Way::PdfQueue(queue()?), "pdf_queue"),
        PrinterWay::File => (Way::File(PathBuf::from(at)), "file"),
    })
}

fn wrong(rule: &str) -> SettingsError {
    SettingsError::Value { name: "printers", rule: rule.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::{STARTING, read};
    use super::*;

    fn checked(printers: &str) -> Result<Vec<ShopPrinter>, SettingsError> {
        check(&read(&format!("profile = \"training\"\n{printers}"))?.printers)
    }

    #[test]
    fn the_example_in_the_file_is_in_order() {
        let lines = STARTING.lines().skip_while(|line| *line != "# [[printers]]").take_while(|line| !line.is_empty());
        let example: String = lines.map(|line| format!("{}\n", line.trim_start_matches("# "))).collect();
        let printers = checked(&example).expect("in order");
        assert_eq!(printers[0].way, Way::Network("192.168.1.50".to_owned()));
        assert_eq!(printers[0].drawer, Some(Pin::Two));
        assert_eq!(printers[0].device, Device::plain(Width::Mm80));
    }

    #[test]
    fn a_printer_that_cannot_be_is_named_before_the_till_opens() {
        let cases = [
            "[[printers]]\nname = \"\"\nway = \"usb\"\nat = \"/dev/usb/lp0\"",
            "[[printers]]\nname = \"a\"\nway = \"usb\"\nat = \"\"",
            "[[printers]]\nname = \"a\"\nway = \"usb\"\nat = \"/dev/usb/lp0\"\npaper = 76",
            "[[printers]]\nname = \"a\"\nway = \"usb\"\nat = \"/dev/usb/lp0\"\ndrawer_pin = 3",
            "[[printers]]\nname = \"a\"\nway = \"serial\"\nat = \"/dev/ttyS0\"\nbaud = 12345",
            "[[printers]]\nname = \"a\"\nway = \"queue\"\nat = \"-o raw\"",
            "[[printers]]\nname = \"a\"\nway = \"pdf_queue\"\nat = \"PDF\"\ndrawer_pin = 2",
            "[[printers]]\nname = \"a\"\nway = \"file\"\nat = \"x\"\n[[printers]]\nname = \"a\"\nway = \"file\"\nat = \"y\"",
        ];
        for case in cases {
            let refused = checked(case);
            assert!(matches!(refused, Err(SettingsError::Value { name: "printers", .. })), "{case}: {refused:?}");
        }
        assert!(matches!(
            checked("[[printers]]\nname = \"a\"\nway = \"cloud\"\nat = \"x\""),
            Err(SettingsError::Unreadable { .. })
        ));
    }
}
