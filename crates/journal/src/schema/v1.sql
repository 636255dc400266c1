-- The chain: what happened, in the order in which it was written.
CREATE TABLE events (
    seq          INTEGER PRIMARY KEY,
    stream       TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    operator     TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    kind_version INTEGER NOT NULL,
    body         TEXT    NOT NULL,
    previous     BLOB    NOT NULL CHECK (length(previous) = 32),
    hash         BLOB    NOT NULL CHECK (length(hash) = 32),
    UNIQUE (stream, version)
) STRICT;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;

CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

-- Also what stops INSERT OR REPLACE: a row it could replace has a number or a place that is taken.
CREATE TRIGGER events_come_one_after_the_other BEFORE INSERT ON events
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events)
  OR EXISTS (SELECT 1 FROM events WHERE stream = NEW.stream AND version = NEW.version)
BEGIN
    SELECT CASE
        WHEN EXISTS (SELECT 1 FROM events WHERE stream = NEW.stream AND version = NEW.version)
        THEN RAISE(ABORT, 'its place on its stream is taken')
        ELSE RAISE(ABORT, 'an event comes after all others')
    END;
END;

-- Which kinds of events there are.
CREATE TABLE kinds (
    kind         TEXT    NOT NULL,
    kind_version INTEGER NOT NULL,
    first_seq    INTEGER NOT NULL,
    PRIMARY KEY (kind, kind_version)
) STRICT, WITHOUT ROWID;

-- The cart being rung up. Not a read model: no event has made it.
CREATE TABLE draft (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    body TEXT NOT NULL
) STRICT;

-- Sales by their count: those something is still to be done about, and those at rest.
CREATE TABLE sales_underway (
    count      INTEGER PRIMARY KEY,
    number     TEXT    NOT NULL,
    closed_seq INTEGER
) STRICT;
CREATE TABLE sales_at_rest (
    count      INTEGER PRIMARY KEY,
    number     TEXT    NOT NULL,
    closed_seq INTEGER
) STRICT;

-- Attempts to collect money.
CREATE TABLE attempts (
    number     TEXT    PRIMARY KEY,
    made_seq   INTEGER NOT NULL UNIQUE,
    sale       TEXT    NOT NULL,
    token      TEXT    NOT NULL UNIQUE,
    link       TEXT    NOT NULL UNIQUE,
    method     TEXT    NOT NULL,
    amount     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    phase      TEXT    NOT NULL,
    live       INTEGER NOT NULL CHECK (live IN (0, 1)),
    unapplied  INTEGER NOT NULL,
    at_rest    INTEGER NOT NULL CHECK (at_rest IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_of_sale ON attempts (sale, made_seq);
CREATE INDEX attempts_unsettled ON attempts (made_seq) WHERE at_rest = 0;

-- Products, those no longer sold included.
CREATE TABLE products (
    code     TEXT    PRIMARY KEY,
    name     TEXT    NOT NULL,
    category TEXT    NOT NULL,
    price    INTEGER NOT NULL,
    tax      TEXT    NOT NULL,
    sold     INTEGER NOT NULL CHECK (sold IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE barcodes (
    barcode  TEXT    PRIMARY KEY,
    code     TEXT    NOT NULL REFERENCES products (code),
    position INTEGER NOT NULL,
    UNIQUE (code, position)
) STRICT, WITHOUT ROWID;

-- From which event to which the figures go; the running period ends where the chain does, which is how a tail that was
-- cut off is missed.
CREATE TABLE periods (
    period   INTEGER PRIMARY KEY,
    from_seq INTEGER NOT NULL,
    to_seq   INTEGER NOT NULL,
    head     BLOB    NOT NULL CHECK (length(head) = 32)
) STRICT;
INSERT INTO periods VALUES (1, 1, 0, zeroblob(32));

-- What the closed sales of a period come to, by hour and by tender.
CREATE TABLE sums (
    period     INTEGER NOT NULL REFERENCES periods (period),
    of         TEXT    NOT NULL CHECK (of IN ('hour', 'tender')),
    name       TEXT    NOT NULL,
    count      INTEGER NOT NULL,
    items      INTEGER NOT NULL,
    gross      INTEGER NOT NULL,
    discounts  INTEGER NOT NULL,
    net        INTEGER NOT NULL,
    taxable    INTEGER NOT NULL,
    zero_rated INTEGER NOT NULL,
    exempt     INTEGER NOT NULL,
    tax        INTEGER NOT NULL,
    change     INTEGER NOT NULL,
    first_at   INTEGER NOT NULL,
    last_at    INTEGER NOT NULL,
    PRIMARY KEY (period, of, name)
) STRICT, WITHOUT ROWID;

-- When the gateway was last asked, and when it last refused to be asked.
CREATE TABLE questions (
    merchant TEXT    NOT NULL,
    seq      INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (merchant, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE refusals (
    merchant TEXT    PRIMARY KEY,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What came in that should not have.
CREATE TABLE alarms (
    alarm    TEXT    PRIMARY KEY,
    run      INTEGER NOT NULL,
    unseen   INTEGER NOT NULL,
    first_at INTEGER,
    last_at  INTEGER
) STRICT, WITHOUT ROWID;
