//! Which kinds of events the journal holds, so that a program too old for one of them knows at once.

use rusqlite::{Connection, params};

use super::{Model, News, Table};
use crate::sql::int;
use crate::stored;

pub(super) const MODEL: Model = Model { tables: &[Table { name: "kinds", key: "kind, kind_version" }], apply };

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    if !news.kind_is_new {
        return Ok(());
    }
    let (kind, version) = news.kind;
    tx.prepare_cached("INSERT INTO kinds VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?.execute(params![
        kind,
        version,
        int(news.recorded.seq)
    ])?;
    Ok(())
}

/// A kind in the journal, with its version, that this program has no name for.
pub(crate) fn unknown(conn: &Connection) -> rusqlite::Result<Option<(String, u32)>> {
    let mut statement = conn.prepare("SELECT kind, kind_version FROM kinds ORDER BY first_seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, version): (String, u32) = (row.get(0)?, row.get(1)?);
        if !stored::is_known(&kind, version) {
            return Ok(Some((kind, version)));
        }
    }
    Ok(None)
}
