//! A printer behind a device file, played by a pseudo-terminal: the other end is the printer.
#![cfg(unix)]

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use printer::{Came, Health, Patience, Print, Printed, Trouble, Way, Why};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

const PATIENCE: Patience = Patience {
    connect: Duration::from_secs(1),
    answer: Duration::from_millis(400),
    stall: Duration::from_millis(300),
    done: Duration::from_millis(800),
};

/// The printer's end, and the name of the till's.
fn line() -> (File, PathBuf) {
    let printer = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo-terminal");
    grantpt(&printer).expect("granted");
    unlockpt(&printer).expect("unlocked");
    let name = ptsname(&printer, Vec::new()).expect("a name").into_string().expect("text");
    (File::from(printer), PathBuf::from(name))
}

/// Answers four questions, takes a paper up to its last byte, and says that it is done. The line stays up: one that is
/// hung up forgets what was still on it.
fn answering(mut printer: File) -> thread::JoinHandle<(Vec<u8>, File)> {
    thread::spawn(move || {
        let mut taken = Vec::new();
        let mut byte = [0];
        let mut paper = Vec::new();
        while printer.read(&mut byte).is_ok_and(|read| read == 1) {
            taken.push(byte[0]);
            match taken.as_slice() {
                [0x10] | [0x10, 0x04] | [0x1D] | [0x1D, 0x72] => continue,
                [0x10, 0x04, _] => printer.write_all(&[0x12]).expect("answered"),
                [0x1D, 0x72, _] => {
                    printer.write_all(&[0x00]).expect("answered");
                    return (paper, printer);
                }
                other => paper.extend(other),
            }
            taken.clear();
        }
        (paper, printer)
    })
}

#[test]
fn a_serial_printer_takes_its_paper_unchanged_and_answers() {
    let (printer, name) = line();
    let printing = answering(printer);
    // Every byte there is but the two that begin a question: a line that is not raw changes some of them.
    let paper: Vec<u8> = (0..=255).filter(|byte| ![0x10, 0x1D].contains(byte)).cycle().take(2_000).collect();
    let way = Way::Serial { line: name, baud: 19_200 };
    assert_eq!(way.print("x", Print::Bytes(&paper), PATIENCE), Ok(Printed::Said(Health::Ready)));
    assert_eq!(printing.join().expect("printed").0, paper);
}

#[test]
fn a_device_that_takes_no_more_does_not_hold_the_till() {
    let (_printer, name) = line();
    let way = Way::Serial { line: name, baud: 9_600 };
    let trouble = way.print("x", Print::Bytes(&vec![b'x'; 1_000_000]), PATIENCE).expect_err("nobody reads");
    assert_eq!(trouble, Trouble { came: Came::Maybe, why: Why::Stalled });
}

#[test]
fn a_device_that_is_not_there_is_away_and_one_that_may_not_be_used_says_so() {
    let away = Way::Device(PathBuf::from("/dev/usb/lp999")).print("x", Print::Bytes(b"x"), PATIENCE);
    assert_eq!(away, Err(Trouble { came: Came::Nothing, why: Why::Unreachable }));
    let folder = Way::Device(Path::new("/").to_owned()).print("x", Print::Bytes(b"x"), PATIENCE);
    assert!(matches!(folder, Err(Trouble { came: Came::Nothing, .. })), "{folder:?}");
}
