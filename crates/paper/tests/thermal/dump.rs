//! Commands as a person reads them, one a line; lines of letters stand as they print.

use super::{Align, Command, Printer, QrFunction};

pub(crate) fn dump(commands: &[Command], printer: Printer) -> String {
    let mut dump = String::new();
    let mut line = String::new();
    for command in commands {
        match command {
            Command::Text(bytes) => {
                let (text, wrong) = printer.page.decode_without_bom_handling(bytes);
                assert!(!wrong, "{bytes:02X?} is no text in {}", printer.page.name());
                line.push_str(&text);
            }
            Command::LineFeed => {
                dump.push_str(&format!("│{line}\n"));
                line.clear();
            }
            other => {
                if !line.is_empty() {
                    dump.push_str(&format!("│{line}⏎\n"));
                    line.clear();
                }
                dump.push_str(&format!("{}\n", named(other)));
            }
        }
    }
    assert_eq!(line, "", "letters that are never printed");
    dump
}

fn named(command: &Command) -> String {
    match command {
        Command::Initialise => "ESC @      initialise".to_owned(),
        Command::ChineseOn => "FS &       Chinese".to_owned(),
        Command::Text(_) | Command::LineFeed => String::new(),
        Command::Feed(n) => format!("ESC d      {n} lines"),
        Command::Bold(on) => format!("ESC E      bold {}", if *on { "on" } else { "off" }),
        Command::Size { across, down } => format!("GS !       {across} × {down}"),
        Command::Align(Align::Left) => "ESC a      left".to_owned(),
        Command::Align(Align::Centre) => "ESC a      centre".to_owned(),
        Command::Align(Align::Right) => "ESC a      right".to_owned(),
        Command::Image { across, rows, .. } => format!("GS v 0     {} × {rows} dots", across * 8),
        Command::Qr(QrFunction::Model(n)) => format!("GS ( k     QR model {}", n - 48),
        Command::Qr(QrFunction::Module(n)) => format!("GS ( k     QR module {n}"),
        Command::Qr(QrFunction::Level(n)) => {
            format!("GS ( k     QR level {}", ["L", "M", "Q", "H"][usize::from(n - 48)])
        }
        Command::Qr(QrFunction::Store(data)) => format!("GS ( k     QR {:?}", String::from_utf8_lossy(data)),
        Command::Qr(QrFunction::Print) => "GS ( k     QR print".to_owned(),
        Command::BarHeight(n) => format!("GS h       {n} dots"),
        Command::BarWidth(n) => format!("GS w       {n} dots"),
        Command::BarText(n) => format!("GS H       {n}"),
        Command::Bars { system, data } => format!("GS k {system}    {:?}", String::from_utf8_lossy(data)),
        Command::Cut { how: 65, feed } => format!("GS V       full cut, {feed}"),
        Command::Cut { feed, .. } => format!("GS V       partial cut, {feed}"),
        Command::Pulse { pin, on, off } => format!("ESC p      pin {}, {on} {off}", pin * 3 + 2),
        Command::Beep { times, length } => format!("ESC B      {times} × {length}"),
        Command::AskNow(n) => format!("DLE EOT    {n}"),
        Command::Ask(n) => format!("GS r       {n}"),
    }
}
