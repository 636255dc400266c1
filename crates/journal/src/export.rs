//! The events as text, for whoever has to do without this program: also those of a damaged journal.

use std::io::{self, Write};

use rusqlite::Connection;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use crate::error::Break;
use crate::file::{self, EventRow};
use crate::recorded::Head;

/// What was written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// How many events.
    pub events: u64,
    /// How many of them do not verify.
    pub broken: u64,
    /// Why the rest could not be read; nothing when the end was reached.
    pub cut_short: Option<String>,
}

/// See [`crate::Reader::export`].
pub(crate) fn export(conn: &Connection, to: &mut dyn Write) -> io::Result<Exported> {
    let mut exported = Exported { events: 0, broken: 0, cut_short: None };
    let sql = format!("SELECT {} FROM events ORDER BY seq", file::COLUMNS);
    let read = conn.prepare(&sql).and_then(|mut statement| {
        let mut before = Head::EMPTY;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let row = EventRow::of(row)?;
            let wrong = row.check_after(&before).err();
            before = row.head();
            exported.events += 1;
            exported.broken += u64::from(wrong.is_some());
            if let Err(error) = writeln!(to, "{}", line(&row, wrong.as_ref())) {
                return Ok(Err(error));
            }
        }
        Ok(Ok(()))
    });
    match read {
        Ok(written) => written?,
        // Damaged pages: what came before them is written.
        Err(error) => exported.cut_short = Some(error.to_string()),
    }
    to.flush()?;
    Ok(exported)
}

fn line(row: &EventRow, wrong: Option<&Break>) -> String {
    let hex = |bytes: &[u8; 32]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut line = json!({
        "seq": row.seq, "stream": row.stream, "version": row.version, "at_ms": row.at, "operator": row.operator,
        "kind": row.kind, "kind_version": row.kind_version, "previous": hex(&row.previous), "hash": hex(&row.hash),
    });
    if let Some(wrong) = wrong {
        line["broken"] = Value::String(wrong.to_string());
    }
    // As it is kept, letter by letter: the hash is over exactly that, and whoever checks it has to have it.
    let kept = serde_json::from_str::<IgnoredAny>(&row.body).is_ok() && !row.body.contains(['\n', '\r']);
    let body = if kept { row.body.clone() } else { Value::String(row.body.clone()).to_string() };
    let rest = line.to_string();
    format!("{{\"body\":{body},{}", rest.strip_prefix('{').unwrap_or(&rest))
}
