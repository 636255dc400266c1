//! Journals that earlier versions of this program have left, kept as SQL text in `tests/journals`: each opens, continues
//! and verifies. One is added whenever the form of the file or of an event changes, and none is ever written again:
//!
//! `GUITAI_JOURNAL=write cargo test -p journal --test earlier` writes what is missing of today's version.

mod shop;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use journal::{Journal, verify};
use rusqlite::Connection;
use shop::{Afternoon, at, file, folder, rules};
use till::event::Event;
use till::payment::{Input, decide};

/// Today's file, by the version in it and a word for what is new in the events.
const TODAY: &str = "v1-first";

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals")
}

/// A file as text that SQLite reads back into the same file.
fn as_sql(path: &Path) -> String {
    let conn = Connection::open(path).expect("a file");
    let number = |pragma: &str| -> i64 { conn.pragma_query_value(None, pragma, |row| row.get(0)).expect("a number") };
    let mut text = String::from("BEGIN;\n");
    for pragma in ["application_id", "user_version"] {
        writeln!(text, "PRAGMA {pragma} = {};", number(pragma)).expect("text");
    }
    let schema = |kind: &str| -> Vec<(String, String)> {
        let sql = "SELECT name, sql FROM sqlite_schema WHERE type = ?1 AND sql IS NOT NULL ORDER BY rowid";
        let mut statement = conn.prepare(sql).expect("a schema");
        let rows = statement.query_map([kind], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
        rows.collect::<Result<_, _>>().expect("rows")
    };
    for (table, sql) in schema("table") {
        writeln!(text, "{sql};").expect("text");
        for row in rows(&conn, &table) {
            writeln!(text, "INSERT INTO {table} VALUES ({row});").expect("text");
        }
    }
    for kind in ["index", "trigger"] {
        for (_, sql) in schema(kind) {
            writeln!(text, "{sql};").expect("text");
        }
    }
    text.push_str("COMMIT;\n");
    text
}

/// The rows of a table, in SQLite's own words.
fn rows(conn: &Connection, table: &str) -> Vec<String> {
    let columns: Vec<String> = {
        let statement = conn.prepare(&format!("SELECT * FROM {table}")).expect("a table");
        statement.column_names().map(|name| format!("quote(\"{name}\")")).collect()
    };
    let sql = format!("SELECT {} FROM {table}", columns.join(" || ', ' || "));
    let mut statement = conn.prepare(&sql).expect("a table");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.collect::<Result<_, _>>().expect("rows")
}

fn made_of(sql: &str, path: &Path) {
    Connection::open(path).expect("a file").execute_batch(sql).expect("an earlier journal");
}

fn earlier_journals() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(kept()).expect("kept journals").map(|entry| entry.expect("an entry").path()).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
    found.sort();
    assert!(!found.is_empty());
    found
}

/// Writes today's, when it is not there and this is asked for.
#[test]
fn todays_journal_is_kept_for_later_versions() {
    let path = kept().join(format!("{TODAY}.sql"));
    if !path.exists() && std::env::var("GUITAI_JOURNAL").is_ok_and(|value| value == "write") {
        let folder = folder();
        let mut day = Afternoon::new(&file(&folder), 70);
        while day.journal.head().seq < 90 || day.journal.unsettled_attempts().expect("readable").len() < 3 {
            day.step();
        }
        drop(day);
        fs::create_dir_all(kept()).expect("a folder");
        fs::write(&path, as_sql(&file(&folder))).expect("written");
    }
    assert!(path.exists(), "{} is missing: GUITAI_JOURNAL=write writes it", path.display());
}

/// PF-70: the program is updated in the middle of the day. What the earlier one has left opens and verifies, every open
/// attempt is there and answers, the day goes on, and the chain holds from the first record of the one to the last of the
/// other.
#[test]
fn a_journal_of_an_earlier_version_opens_and_continues() {
    for kept in earlier_journals() {
        let (folder, sql) = (folder(), fs::read_to_string(&kept).expect("a kept journal"));
        let path = file(&folder);
        made_of(&sql, &path);
        let journal = Journal::open(&path).unwrap_or_else(|error| panic!("{}: {error}", kept.display())).journal;
        let (before, figures) = (journal.head(), journal.x_figures().expect("a report"));
        assert_eq!(figures.mismatches(), [], "{}", kept.display());
        let open = journal.unsettled_attempts().expect("readable");
        let mut recovered = Vec::new();
        assert!(open.len() >= 3, "{} has attempts to go on with", kept.display());
        for number in &open {
            let attempt = journal.attempt(number).expect("readable").expect("listed");
            let sale = journal.sale(&attempt.terms.sale).expect("readable");
            assert!(sale.is_some(), "{number} collects for a sale that is there");
            recovered.extend(
                decide(&attempt, &Input::ComeBack, &rules(), at(86_400_000))
                    .into_iter()
                    .map(|event| Event::Attempt(number.clone(), event)),
            );
        }
        assert!(!recovered.is_empty(), "{}", kept.display());
        let mut day = Afternoon::go_on(journal, 71);
        day.append(&recovered);
        (0..60).for_each(|_| day.step());
        let after = day.journal.head();
        drop(day);
        assert!(after.seq > before.seq);
        let verified = verify(&path).unwrap_or_else(|error| panic!("{}: {error}", kept.display()));
        assert_eq!(verified.head, after);
        let conn = Connection::open(&path).expect("a file");
        let hash: [u8; 32] = conn
            .query_row("SELECT hash FROM events WHERE seq = ?1", [before.seq.cast_signed()], |row| row.get(0))
            .expect("there");
        assert_eq!(hash, before.hash, "what was written is not written again");
    }
}
