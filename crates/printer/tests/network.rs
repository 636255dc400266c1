//! A printer at port 9100: away, out of paper, stalling, dropping the line, and back.

mod fake;

use std::time::Duration;

use fake::{FakePrinter, Mood};
use printer::{Came, Health, Patience, Print, Printed, Trouble, Way, Why};

/// Short: nothing here waits for longer than it must.
const PATIENCE: Patience = Patience {
    connect: Duration::from_secs(2),
    answer: Duration::from_millis(150),
    stall: Duration::from_millis(300),
    done: Duration::from_millis(600),
};

/// Bytes of which none is a question.
fn paper(length: usize) -> Vec<u8> {
    (0..length).map(|n| b'a' + u8::try_from(n % 26).expect("a letter")).collect()
}

fn print(address: &str, bytes: &[u8]) -> Result<Printed, Trouble> {
    Way::Network(address.to_owned()).print("T1-000001", Print::Bytes(bytes), PATIENCE)
}

fn health(address: &str) -> Result<Option<Health>, Why> {
    Way::Network(address.to_owned()).health(PATIENCE)
}

#[test]
fn a_paper_comes_out_and_the_printer_says_so() {
    let printer = FakePrinter::with(&[Mood::Good]);
    let bytes = paper(90_000);
    assert_eq!(print(&printer.address, &bytes), Ok(Printed::Said(Health::Ready)));
    assert_eq!(printer.sheets(), [bytes]);
}

#[test]
fn a_printer_that_never_answers_is_believed_when_it_has_taken_everything() {
    let printer = FakePrinter::with(&[Mood::Mute]);
    let bytes = paper(5_000);
    assert_eq!(print(&printer.address, &bytes), Ok(Printed::Taken));
    assert_eq!(printer.sheets(), [bytes]);
}

#[test]
fn a_printer_out_of_paper_is_sent_nothing() {
    let printer = FakePrinter::with(&[Mood::OutOfPaper, Mood::OutOfPaper]);
    let out = Why::Says(Health::PaperOut);
    assert_eq!(print(&printer.address, &paper(5_000)), Err(Trouble { came: Came::Nothing, why: out }));
    assert_eq!(health(&printer.address), Ok(Some(Health::PaperOut)));
    assert_eq!(printer.sheets(), [b"", b""]);
}

#[test]
fn a_roll_that_ends_in_the_middle_leaves_half_a_paper_and_says_why() {
    let printer = FakePrinter::with(&[Mood::RunsOutAfter(2_000)]);
    let trouble = print(&printer.address, &paper(9_000)).expect_err("half a paper");
    assert_eq!(trouble, Trouble { came: Came::Maybe, why: Why::Says(Health::PaperOut) });
    printer.sheets();
}

#[test]
fn a_line_that_drops_in_the_middle_leaves_a_paper_in_doubt() {
    let printer = FakePrinter::with(&[Mood::DropsAfter(2_000)]);
    let trouble = print(&printer.address, &paper(400_000)).expect_err("half a paper");
    assert_eq!(trouble, Trouble { came: Came::Maybe, why: Why::Broken });
    let sheets = printer.sheets();
    assert!(sheets[0].len() >= 2_000 && sheets[0].len() < 400_000, "{} bytes", sheets[0].len());
}

#[test]
fn a_printer_that_stalls_is_given_up_and_nothing_is_sent_after_it() {
    // More than two systems' buffers hold.
    let printer = FakePrinter::with(&[Mood::StallsAfter(2_000)]);
    let trouble = print(&printer.address, &paper(24_000_000)).expect_err("half a paper");
    assert_eq!(trouble, Trouble { came: Came::Maybe, why: Why::Stalled });
    printer.sheets();
}

#[test]
fn a_printer_that_took_everything_and_never_says_done_leaves_a_paper_in_doubt() {
    let printer = FakePrinter::with(&[Mood::NeverDone]);
    let trouble = print(&printer.address, &paper(5_000)).expect_err("in doubt");
    assert_eq!(trouble, Trouble { came: Came::Maybe, why: Why::Silent });
    printer.sheets();
}

#[test]
fn a_printer_that_is_away_is_sent_nothing_and_prints_when_it_is_back() {
    let printer = FakePrinter::with(&[Mood::Good]);
    let address = printer.address.clone();
    print(&address, b"first").expect("it is there");
    printer.sheets();
    let away = print(&address, b"second").expect_err("it is away");
    assert_eq!(away, Trouble { came: Came::Nothing, why: Why::Unreachable });
    assert_eq!(health(&address), Err(Why::Unreachable));
    let back = FakePrinter::at(&address, &[Mood::Good]);
    assert_eq!(print(&address, b"second"), Ok(Printed::Said(Health::Ready)));
    assert_eq!(back.sheets(), [b"second"]);
}

#[test]
fn a_printer_is_reached_by_ipv6_too() {
    let printer = FakePrinter::at("[::1]:0", &[Mood::Good]);
    assert!(printer.address.starts_with("[::1]:"), "{}", printer.address);
    assert_eq!(print(&printer.address, b"six"), Ok(Printed::Said(Health::Ready)));
    assert_eq!(printer.sheets(), [b"six"]);
}
