//! The table of events, read and written row by row.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension, Row, params};
use till::time::Timestamp;

use crate::chain::Link;
use crate::error::{Break, ReadError, What};
use crate::recorded::{Head, Recorded};
use crate::sql::{count, int};
use crate::stored::{self, Stored, Unreadable};

/// One row of `events`, exactly as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct EventRow {
    pub(crate) seq: u64,
    pub(crate) stream: String,
    pub(crate) version: u64,
    pub(crate) at: i64,
    pub(crate) operator: String,
    pub(crate) kind: String,
    pub(crate) kind_version: u32,
    pub(crate) body: String,
    pub(crate) previous: [u8; 32],
    pub(crate) hash: [u8; 32],
}

/// The columns [`EventRow::of`] reads, in its order.
pub(crate) const COLUMNS: &str = "seq, stream, version, at, operator, kind, kind_version, body, previous, hash";

impl EventRow {
    pub(crate) fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: count(row, 0)?,
            stream: row.get(1)?,
            version: count(row, 2)?,
            at: row.get(3)?,
            operator: row.get(4)?,
            kind: row.get(5)?,
            kind_version: row.get(6)?,
            body: row.get(7)?,
            previous: row.get(8)?,
            hash: row.get(9)?,
        })
    }

    /// The head of a journal that ends here.
    pub(crate) fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }

    /// Checks that nothing in the row was changed since it was written.
    pub(crate) fn check_hash(&self) -> Result<(), Break> {
        let link = Link {
            seq: self.seq,
            stream: &self.stream,
            version: self.version,
            at: self.at,
            operator: &self.operator,
            kind: &self.kind,
            kind_version: self.kind_version,
            body: &self.body,
            previous: &self.previous,
        };
        if link.hash() == self.hash { Ok(()) } else { Err(Break::at(self.seq, What::Hash)) }
    }

    /// Checks that the row follows from the one before it, and was not changed.
    pub(crate) fn check_after(&self, before: &Head) -> Result<(), Break> {
        if self.seq != before.seq + 1 {
            return Err(Break::at(before.seq + 1, What::Missing));
        }
        if self.previous != before.hash {
            return Err(Break::at(self.seq, What::Link));
        }
        self.check_hash()
    }

    /// The event it holds.
    pub(crate) fn decode(&self) -> Result<Recorded<'static>, ReadError> {
        let event = stored::decode(&self.stream, &self.kind, self.kind_version, &self.body);
        let event = event.map_err(|why| match why {
            Unreadable::Unknown => ReadError::UnknownKind { kind: self.kind.clone(), version: self.kind_version },
            Unreadable::Body(text) => ReadError::Damaged(Break::at(self.seq, What::Body(text))),
        })?;
        Ok(Recorded {
            seq: self.seq,
            version: self.version,
            at: Timestamp::from_unix_ms(self.at),
            operator: Cow::Owned(self.operator.clone()),
            event: Cow::Owned(event),
        })
    }
}

/// The events of a stream with versions below `before`, oldest first, each checked against its hash.
pub(crate) fn stream(conn: &Connection, stream: &str, before: u64) -> Result<Vec<Recorded<'static>>, ReadError> {
    let sql = format!("SELECT {COLUMNS} FROM events WHERE stream = ?1 AND version < ?2 ORDER BY version");
    let mut statement = conn.prepare_cached(&sql)?;
    let below = i64::try_from(before).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![stream, below], EventRow::of)?;
    let mut events = Vec::new();
    for (at, row) in rows.enumerate() {
        let row = row?;
        row.check_hash().map_err(ReadError::Damaged)?;
        let expected = u64::try_from(at).expect("a position fits") + 1;
        if row.version != expected {
            let what = What::Version { stream: row.stream, expected, found: row.version };
            return Err(ReadError::Damaged(Break::at(row.seq, what)));
        }
        events.push(row.decode()?);
    }
    Ok(events)
}

/// The version of the last event of a stream; 0 when there is none.
pub(crate) fn last_version(conn: &Connection, stream: &str) -> Result<u64, ReadError> {
    let sql = "SELECT version FROM events WHERE stream = ?1 ORDER BY version DESC LIMIT 1";
    let last = conn.prepare_cached(sql)?.query_row([stream], |row| count(row, 0)).optional()?;
    Ok(last.unwrap_or(0))
}

/// Whether the row is the next of its stream after all before it.
pub(crate) fn comes_next(conn: &Connection, row: &EventRow) -> Result<bool, ReadError> {
    if row.version == 1 {
        return Ok(true);
    }
    // One look at the event before it is enough: that one was looked at in the same way, and no place is taken twice.
    let sql = "SELECT seq FROM events WHERE stream = ?1 AND version = ?2";
    let before = params![row.stream, int(row.version.saturating_sub(1))];
    let before = conn.prepare_cached(sql)?.query_row(before, |row| count(row, 0)).optional()?;
    Ok(before.is_some_and(|seq| seq < row.seq))
}

/// The last event there is; [`Head::EMPTY`] when there is none.
pub(crate) fn last(conn: &Connection) -> rusqlite::Result<Head> {
    let sql = "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1";
    let last = conn.query_row(sql, [], |row| Ok(Head { seq: count(row, 0)?, hash: row.get(1)? })).optional()?;
    Ok(last.unwrap_or(Head::EMPTY))
}

/// Where the journal last said it ended.
pub(crate) fn stated_head(conn: &Connection) -> rusqlite::Result<Head> {
    conn.prepare_cached("SELECT to_seq, head FROM periods ORDER BY period DESC LIMIT 1")?
        .query_row([], |row| Ok(Head { seq: count(row, 0)?, hash: row.get(1)? }))
}

/// Says where the journal ends now: so does the running period.
pub(crate) fn state_head(conn: &Connection, head: &Head) -> rusqlite::Result<()> {
    let sql = "UPDATE periods SET to_seq = ?1, head = ?2 WHERE period = (SELECT max(period) FROM periods)";
    conn.prepare_cached(sql)?.execute(params![int(head.seq), head.hash])?;
    Ok(())
}

/// Writes one event after `head` and gives the new head.
pub(crate) fn write(
    conn: &Connection,
    head: &Head,
    stream: &str,
    recorded: &Recorded<'_>,
    operator: &str,
    stored: &Stored,
) -> rusqlite::Result<Head> {
    let at = recorded.at.unix_ms();
    let Stored { kind, kind_version, body } = stored;
    let link = Link {
        seq: recorded.seq,
        stream,
        version: recorded.version,
        at,
        operator,
        kind,
        kind_version: *kind_version,
        body,
        previous: &head.hash,
    };
    let hash = link.hash();
    let sql = "INSERT INTO events (seq, stream, version, at, operator, kind, kind_version, body, previous, hash)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    conn.prepare_cached(sql)?.execute(params![
        int(recorded.seq),
        stream,
        int(recorded.version),
        at,
        operator,
        kind,
        kind_version,
        body,
        head.hash,
        hash
    ])?;
    Ok(Head { seq: recorded.seq, hash })
}
