-- A day of the calendar (in Taipei, counted from 1970-01-01) within a period: the finest piece that reports are put
-- together from. A period is some of these, a month is others; both read the same rows.
CREATE TABLE slices (
    slice  INTEGER PRIMARY KEY,
    period INTEGER NOT NULL REFERENCES periods (period),
    day    INTEGER NOT NULL,
    UNIQUE (period, day)
) STRICT;

-- The sums so far are by period only. They are made again from the events, by the day as well.
DROP TABLE sums;
CREATE TABLE sums (
    slice      INTEGER NOT NULL REFERENCES slices (slice),
    of         TEXT    NOT NULL CHECK (of IN ('hour', 'tender', 'operator', 'product', 'voided',
                                              'paid', 'late', 'over', 'expired')),
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
    PRIMARY KEY (slice, of, name)
) STRICT, WITHOUT ROWID;

DROP TABLE refund_sums;
CREATE TABLE refund_sums (
    slice      INTEGER NOT NULL REFERENCES slices (slice),
    of         TEXT    NOT NULL CHECK (of IN ('goods', 'money')),
    way        TEXT    NOT NULL,
    asked      INTEGER NOT NULL,
    asked_net  INTEGER NOT NULL,
    taxable    INTEGER NOT NULL,
    zero_rated INTEGER NOT NULL,
    exempt     INTEGER NOT NULL,
    tax        INTEGER NOT NULL,
    settled     INTEGER NOT NULL,
    settled_net INTEGER NOT NULL,
    PRIMARY KEY (slice, of, way)
) STRICT, WITHOUT ROWID;

DROP TABLE tallies;
CREATE TABLE tallies (
    slice  INTEGER NOT NULL REFERENCES slices (slice),
    name   TEXT    NOT NULL,
    count  INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (slice, name)
) STRICT, WITHOUT ROWID;
