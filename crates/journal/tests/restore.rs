//! Backups that come back: over a journal that is lost or damaged, and never over one that knows more.

mod shop;

use std::fs;
use std::path::{Path, PathBuf};

use journal::{Journal, OpenError, RestoreError, VerifyError, restore, verify};
use rusqlite::Connection;
use shop::{Afternoon, file, folder, open, sell};
use tempfile::TempDir;

/// A journal with `sales` sales, and a backup of it.
fn backed_up(sales: i64) -> (TempDir, PathBuf) {
    let folder = folder();
    let mut journal = open(&file(&folder));
    for minute in 0..sales {
        sell(&mut journal, minute * 60_000, 1);
    }
    let backup = folder.path().join("backup.sqlite");
    let verified = journal.backup(&backup).expect("a copy");
    assert_eq!(verified.head, journal.head());
    (folder, backup)
}

fn damage(path: &Path) {
    let conn = Connection::open(path).expect("a file");
    conn.execute_batch("DROP TRIGGER events_are_never_changed; UPDATE events SET operator = 'bob' WHERE seq = 2")
        .expect("damaged");
}

#[test]
fn a_lost_journal_comes_back_from_its_backup_and_goes_on() {
    let (folder, backup) = backed_up(3);
    let path = file(&folder);
    let before = fs::read(&backup).expect("a backup");
    fs::remove_file(&path).expect("lost");
    let restored = restore(&backup, &path).expect("restored");
    assert_eq!((restored.verified.closed, restored.aside, restored.was_broken), (3, None, None));
    assert_eq!(fs::read(&backup).expect("a backup"), before, "the backup stays as it is");
    let mut journal = open(&path);
    sell(&mut journal, 600_000, 1);
    assert_eq!(verify(&path).expect("whole").closed, 4);
}

#[test]
fn a_damaged_journal_is_kept_beside_the_restored_one_with_all_it_still_says() {
    let (folder, backup) = backed_up(3);
    let path = file(&folder);
    sell(&mut open(&path), 600_000, 1);
    damage(&path);
    assert!(matches!(verify(&path), Err(VerifyError::Broken(_))));
    let restored = restore(&backup, &path).expect("restored");
    assert!(matches!(restored.was_broken, Some(VerifyError::Broken(_))), "{restored:?}");
    let aside = restored.aside.expect("kept");
    assert_eq!(aside.file_name().and_then(|name| name.to_str()), Some("till.journal.before-restore-16-1"));
    let kept = Journal::open_read_only(&aside).expect("readable");
    let (sales, lost) = kept.legible_sales(50).expect("a list");
    assert_eq!((sales.len(), lost), (4, 0), "the sale after the backup can be read there");
    assert_eq!(verify(&path).expect("whole").closed, 3);
}

#[test]
fn a_backup_is_not_restored_over_a_journal_that_is_whole_and_knows_more() {
    let (folder, backup) = backed_up(3);
    let path = file(&folder);
    let mut journal = open(&path);
    sell(&mut journal, 600_000, 1);
    let head = journal.head();
    assert_eq!(restore(&backup, &path), Err(RestoreError::Busy), "while its till is running");
    drop(journal);
    let before = fs::read(&path).expect("a journal");
    let refused = restore(&backup, &path).expect_err("newer");
    assert!(matches!(refused, RestoreError::Newer { there, .. } if there == head), "{refused}");
    assert!(refused.to_string().contains("would forget 4 records"), "{refused}");
    assert_eq!(fs::read(&path).expect("a journal"), before, "untouched");
}

#[test]
fn neither_another_shops_backup_nor_half_of_one_is_restored() {
    let (ours, _) = backed_up(1);
    let (_theirs, theirs_backup) = backed_up(3);
    let (path, mut chance) = (file(&ours), 0);
    // The same sales at the same moments are the same chain; ours goes another way.
    while verify(&path).expect("whole").events < 6 {
        chance += 1;
        sell(&mut open(&path), 7_000_000 + chance, 2);
    }
    let refused = restore(&theirs_backup, &path).expect_err("another shop's");
    assert!(matches!(refused, RestoreError::Another { .. }), "{refused}");
    let half = fs::read(&theirs_backup).expect("a backup");
    fs::write(&theirs_backup, &half[..half.len() / 2]).expect("written");
    assert!(matches!(restore(&theirs_backup, &path), Err(RestoreError::Backup(_))));
    assert_eq!(verify(&path).expect("whole").events, 8);
}

/// PF-76: what a damaged journal still says can be read out, line by line, and what is wrong with it is marked.
#[test]
fn a_damaged_journal_is_refused_for_selling_and_can_be_read_out() {
    let (folder, _) = backed_up(3);
    let path = file(&folder);
    damage(&path);
    assert!(matches!(Journal::open(&path), Err(OpenError::Damaged(_))));
    let before = fs::read(&path).expect("a journal");
    let reader = Journal::open_read_only(&path).expect("readable");
    assert_eq!(reader.x_figures().expect("a report").count, 3);
    let mut lines = Vec::new();
    let exported = reader.export(&mut lines).expect("written");
    assert_eq!((exported.events, exported.broken, exported.cut_short), (12, 1, None));
    let lines: Vec<serde_json::Value> =
        String::from_utf8(lines).expect("text").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[1]["broken"], "event 2: it was changed after it was written");
    assert!(lines[0]["broken"].is_null() && lines[0]["kind"] == "sale.opened", "{}", lines[0]);
    assert_eq!(fs::read(&path).expect("a journal"), before, "reading writes nothing");
}

/// A sale whose record is damaged is left out of the list, and counted.
#[test]
fn of_a_damaged_journal_the_sales_that_can_be_read_are_listed() {
    let (folder, _) = backed_up(3);
    let path = file(&folder);
    let conn = Connection::open(&path).expect("a file");
    let sql = "DROP TRIGGER events_are_never_changed;
               UPDATE events SET body = '{}' WHERE kind = 'sale.closed' AND stream = 'sale/T1-000002'";
    conn.execute_batch(sql).expect("damaged");
    drop(conn);
    let reader = Journal::open_read_only(&path).expect("readable");
    assert!(reader.recent_sales(50).is_err());
    let (sales, lost) = reader.legible_sales(50).expect("a list");
    assert_eq!((sales.len(), lost), (2, 1));
}

/// An afternoon with everything in it survives the way through a backup.
#[test]
fn a_whole_afternoon_is_backed_up_and_restored() {
    let folder = folder();
    let path = file(&folder);
    let mut day = Afternoon::new(&path, 5);
    (0..200).for_each(|_| day.step());
    let backup = folder.path().join("backup.sqlite");
    day.journal.backup(&backup).expect("a copy");
    let (head, figures) = (day.journal.head(), day.journal.x_figures());
    drop(day);
    fs::remove_file(&path).expect("lost");
    restore(&backup, &path).expect("restored");
    let journal = open(&path);
    assert_eq!((journal.head(), journal.x_figures()), (head, figures));
}
