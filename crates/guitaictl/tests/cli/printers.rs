//! Printers, through the real program: a file, and the system's print queue.

use std::fs;
use std::path::Path;

#[cfg(unix)]
use tempfile::TempDir;

use crate::support::{Till, WATER};

fn till_with_printer(way: &str, at: &Path, more: &str) -> Till {
    let printer = format!("\n[[printers]]\nname = \"counter\"\nway = \"{way}\"\nat = \"{}\"\n{more}\n", at.display());
    Till::with(|settings| settings + &printer)
}

#[test]
fn a_sale_prints_its_receipt_and_the_drawer_opens() {
    let folder = tempfile::tempdir().expect("a folder");
    let till = till_with_printer("file", folder.path(), "drawer_pin = 5");
    till.sell(WATER, "cash:100", &[]).good();
    let sheet = fs::read(folder.path().join("T1-000001.bin")).expect("the receipt is printed");
    assert_eq!(sheet[..2], [0x1B, 0x40], "ESC @");
    assert_eq!(sheet[sheet.len() - 4..], [0x1D, 0x56, 66, 0], "GS V");
    assert_eq!(fs::read(folder.path().join("drawer.bin")).expect("opened"), [0x1B, 0x70, 1, 25, 250]);
    till.run(&["verify"]).good();
}

#[test]
fn a_test_page_is_printed_and_a_printer_that_is_away_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let till = till_with_printer("file", folder.path(), "paper = 58");
    let said = till.run(&["printer", "test", "--json"]).good();
    assert_eq!(said.last()["printer"], "counter");
    assert!(fs::read(folder.path().join("test.bin")).expect("printed").len() > 1_000);
    let away = till_with_printer("usb", Path::new("/dev/usb/lp999"), "");
    let said = away.run(&["printer", "test"]);
    assert!(said.refusal().contains("counter: Unreachable, Nothing came out"), "{said:?}");
    let listed = away.run(&["printer", "list", "--json"]).good();
    assert_eq!(listed.last()["state"], "unreachable");
    let none = Till::new().run(&["printer", "test"]);
    assert!(none.refusal().contains("names no such printer"), "{none:?}");
}

/// A print queue whose `lp` keeps what it was given.
#[cfg(unix)]
struct Queue(TempDir);

#[cfg(unix)]
impl Queue {
    fn new() -> Self {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let script = "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$0.args\"\nexec cat > \"$0.sheet\"\n";
        let lp = folder.path().join("lp");
        fs::write(&lp, script).expect("written");
        fs::set_permissions(&lp, fs::Permissions::from_mode(0o755)).expect("may run");
        Self(folder)
    }

    /// What `lp` was told, and what it was given.
    fn test_page_of(&self, till: &Till) -> (Vec<String>, Vec<u8>) {
        let path = format!("{}:{}", self.0.path().display(), std::env::var("PATH").unwrap_or_default());
        let ran = std::process::Command::new(env!("CARGO_BIN_EXE_guitaictl"))
            .args(["printer", "test", "--home"])
            .arg(till.path(""))
            .env("PATH", path)
            .output()
            .expect("the program runs");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let said = fs::read_to_string(self.0.path().join("lp.args")).expect("asked");
        let sheet = fs::read(self.0.path().join("lp.sheet")).expect("given");
        (said.lines().map(str::to_owned).collect(), sheet)
    }
}

#[cfg(unix)]
#[test]
fn the_print_queue_is_given_the_printers_own_bytes_or_a_pdf_as_large_as_the_paper() {
    let queue = Queue::new();
    let (said, sheet) = queue.test_page_of(&till_with_printer("queue", Path::new("POS-80"), ""));
    assert_eq!(said, ["-d", "POS-80", "-t", "test", "-o", "raw", "-"]);
    assert_eq!(sheet[..2], [0x1B, 0x40]);
    let (said, sheet) = queue.test_page_of(&till_with_printer("pdf_queue", Path::new("Office"), "paper = 58"));
    assert!(said.contains(&"Office".to_owned()) && !said.contains(&"raw".to_owned()), "{said:?}");
    assert!(said.iter().any(|word| word.starts_with("media=Custom.58x") && word.ends_with("mm")), "{said:?}");
    assert!(sheet.starts_with(b"%PDF-"));
}
