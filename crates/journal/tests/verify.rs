//! Whatever is done to a journal behind the till's back is found, and named.

mod shop;

use std::fs;
use std::path::Path;

use journal::{Break, VerifyError, What, verify};
use proptest::prelude::*;
use rusqlite::Connection;
use shop::{Afternoon, file, folder, open, sell};

/// Does something to a journal of three sales, as somebody who knows SQL would: triggers out of the way, and put back.
fn tampered(sql: &str) -> Break {
    let folder = folder();
    let path = file(&folder);
    let mut journal = open(&path);
    for minute in 0..3 {
        sell(&mut journal, minute * 60_000, 2);
    }
    drop(journal);
    let conn = Connection::open(&path).expect("a file");
    let triggers: Vec<(String, String)> = {
        let mut found = conn.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").expect("a schema");
        let rows = found.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
        rows.collect::<Result<_, _>>().expect("rows")
    };
    for (name, _) in &triggers {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).expect("dropped");
    }
    conn.execute_batch(sql).expect("tampered");
    for (_, sql) in &triggers {
        conn.execute_batch(sql).expect("put back");
    }
    drop(conn);
    let before = fs::read(&path).expect("a file");
    let found = verify(&path);
    assert_eq!(fs::read(&path).expect("a file"), before, "verifying writes nothing");
    match found {
        Err(VerifyError::Broken(first)) => first,
        other => panic!("{sql}: {other:?}"),
    }
}

#[test]
fn every_kind_of_tampering_with_events_is_found_and_named() {
    let move_6_to_7 = "UPDATE events SET seq = -1 WHERE seq = 6; UPDATE events SET seq = 6 WHERE seq = 7;
                       UPDATE events SET seq = 7 WHERE seq = -1;";
    let cases = [
        ("UPDATE events SET body = replace(body, '50', '40') WHERE seq = 7", 7, What::Hash),
        ("UPDATE events SET at = at - 3600000 WHERE seq = 5", 5, What::Hash),
        ("UPDATE events SET operator = 'bob' WHERE seq = 1", 1, What::Hash),
        ("UPDATE events SET stream = 'sale/T1-000009' WHERE seq = 12", 12, What::Hash),
        ("UPDATE events SET hash = zeroblob(32) WHERE seq = 4", 4, What::Hash),
        ("UPDATE events SET previous = zeroblob(32) WHERE seq = 4", 4, What::Link),
        ("DELETE FROM events WHERE seq = 6", 6, What::Missing),
        ("DELETE FROM events WHERE seq = 1", 1, What::Missing),
        (move_6_to_7, 6, What::Link),
        // The tail: one event, or all of it.
        ("DELETE FROM events WHERE seq > 11", 12, What::Missing),
        ("DELETE FROM events", 1, What::Missing),
    ];
    for (sql, seq, what) in cases {
        assert_eq!(tampered(sql), Break { seq: Some(seq), what }, "{sql}");
    }
}

#[test]
fn a_tail_that_was_cut_off_along_with_the_head_is_missed_by_the_read_models() {
    let first = tampered(
        "DELETE FROM events WHERE seq > 8;
         UPDATE periods SET to_seq = 8, head = (SELECT hash FROM events WHERE seq = 8);",
    );
    assert!(matches!(&first.what, What::ReadModel { table, .. } if table == "sales_at_rest"), "{first}");
}

#[test]
fn an_event_put_in_with_a_hash_of_its_own_is_found() {
    let first = tampered(
        "INSERT INTO events SELECT 13, stream, 5, at, operator, kind, 1, body, hash, randomblob(32)
         FROM events WHERE seq = 12;",
    );
    assert_eq!(first, Break { seq: Some(13), what: What::Hash });
}

#[test]
fn every_read_model_that_was_changed_is_found_and_named() {
    let cases = [
        ("UPDATE periods SET from_seq = 5", "periods"),
        ("UPDATE sums SET net = net - 100 WHERE of = 'hour'", "sums"),
        ("UPDATE sums SET net = net - 100 WHERE of = 'tender'", "sums"),
        ("UPDATE sums SET name = '23' WHERE of = 'hour'", "sums"),
        ("DELETE FROM sales_at_rest WHERE count = 2", "sales_at_rest"),
        ("INSERT INTO sales_underway SELECT * FROM sales_at_rest WHERE count = 3", "sales_underway"),
        ("UPDATE kinds SET first_seq = 9 WHERE kind = 'sale.paid'", "kinds"),
        ("INSERT INTO attempts VALUES ('A', 1, 'T1-000001', 't', 'l', 'all', 1, 1, 'paid', 0, 0, 1)", "attempts"),
        (
            "INSERT INTO products (code, name, category, price, tax, sold) VALUES ('P', 'p', 'p', 1, 'exempt', 1)",
            "products",
        ),
        (
            "INSERT INTO products (code, name, category, price, tax, sold) VALUES ('P', 'p', 'p', 1, 'exempt', 1); INSERT INTO barcodes VALUES ('B', 'P', 0)",
            "products",
        ),
        ("INSERT INTO questions VALUES ('3002607', 1, 1)", "questions"),
        ("INSERT INTO refusals VALUES ('3002607', 1)", "refusals"),
        ("INSERT INTO alarms VALUES ('forged', 1, 1, 1, 1)", "alarms"),
    ];
    for (sql, table) in cases {
        match tampered(sql).what {
            What::ReadModel { table: found, .. } => assert_eq!(found, table, "{sql}"),
            other => panic!("{sql}: {other}"),
        }
    }
}

#[test]
fn a_changed_definition_is_found() {
    let folder = folder();
    let path = file(&folder);
    sell(&mut open(&path), 0, 1);
    let conn = Connection::open(&path).expect("a file");
    conn.execute_batch("DROP TRIGGER events_are_never_deleted").expect("dropped");
    drop(conn);
    let Err(VerifyError::Broken(first)) = verify(&path) else { panic!("not found") };
    assert!(matches!(&first.what, What::Definition(text) if text.contains("events_are_never_deleted")), "{first}");
}

#[test]
fn events_can_be_neither_changed_nor_deleted_nor_replaced_nor_put_in_elsewhere() {
    let folder = folder();
    let path = file(&folder);
    sell(&mut open(&path), 0, 1);
    let conn = Connection::open(&path).expect("a file");
    // As another program would open it: nothing switched on.
    for sql in [
        "UPDATE events SET at = 1",
        "DELETE FROM events WHERE seq = 4",
        "INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 4",
        "REPLACE INTO events SELECT 5, stream, version, at, operator, kind, 1, body, previous, hash FROM events WHERE seq = 4",
        "INSERT INTO events SELECT 9, 'till', 1, at, operator, kind, 1, body, previous, hash FROM events WHERE seq = 4",
        "INSERT INTO events SELECT NULL, 'till', 1, at, operator, kind, 1, body, previous, hash FROM events WHERE seq = 4",
    ] {
        assert!(conn.execute(sql, []).is_err(), "{sql}");
    }
    drop(conn);
    assert_eq!(verify(&path).expect("whole").events, 4);
}

#[test]
fn a_journal_is_verified_and_read_while_its_till_goes_on_selling() {
    let folder = folder();
    let path = file(&folder);
    let mut journal = open(&path);
    sell(&mut journal, 0, 1);
    assert_eq!(verify(&path).expect("whole").events, 4);
    let reader = journal::Journal::open_read_only(&path).expect("readable");
    sell(&mut journal, 60_000, 1);
    assert_eq!(verify(&path).expect("whole").events, 8);
    assert_eq!(reader.head().expect("readable"), journal.head());
    assert_eq!(reader.x_figures(), journal.x_figures());
}

#[test]
fn what_is_not_a_journal_is_not_verified() {
    let folder = folder();
    assert!(matches!(verify(&file(&folder)), Err(VerifyError::Open(_))));
    fs::write(file(&folder), "dear diary").expect("written");
    assert!(matches!(verify(&file(&folder)), Err(VerifyError::Open(_))));
}

fn afternoon(path: &Path, seed: u64, steps: u32) -> Afternoon {
    let mut day = Afternoon::new(path, seed);
    for _ in 0..steps {
        day.step();
    }
    day
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The read models made event by event are those made from all events at once; what is kept in memory is what the
    /// streams say; and the figures add up.
    #[test]
    fn after_any_afternoon_everything_agrees(seed in any::<u64>(), steps in 1_u32..160) {
        let folder = folder();
        let path = file(&folder);
        let day = afternoon(&path, seed, steps);
        let journal = day.journal;
        let verified = verify(&path).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(verified.head, journal.head());
        prop_assert_eq!(verified.events, verified.head.seq);

        let figures = journal.x_figures().expect("readable");
        prop_assert_eq!(figures.mismatches(), vec![]);
        prop_assert_eq!(figures.count, verified.closed);
        let sales = journal.recent_sales(u32::MAX).expect("readable");
        let net: i64 = sales.iter().map(|sale| sale.totals.net.as_dollars()).sum();
        prop_assert_eq!(figures.net.as_dollars(), net);

        let reader = journal::Journal::open_read_only(&path).expect("readable");
        let mut unsettled = Vec::new();
        for count in 1..journal.next_sale_count().expect("readable") {
            let number = till::ids::SaleNumber::new(&shop::till(), count);
            let sale = journal.sale(&number).expect("readable").expect("there");
            prop_assert_eq!(Some(sale.clone()), reader.sale(&number).expect("readable"));
            if !sale.at_rest() {
                unsettled.push(number.clone());
            }
            for attempt in journal.attempts_of(&number).expect("readable") {
                let kept = journal.attempt(&attempt).expect("readable");
                prop_assert_eq!(&kept, &reader.attempt(&attempt).expect("readable"));
                let listed = journal.unsettled_attempts().expect("readable").contains(&attempt);
                prop_assert_eq!(listed, !kept.expect("there").at_rest());
            }
        }
        prop_assert_eq!(unsettled, journal.unsettled_sales().expect("readable"));
    }
}
