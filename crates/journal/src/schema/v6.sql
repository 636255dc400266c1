-- The cash in the drawer, as far as the till knows.
CREATE TABLE drawer (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    expected INTEGER NOT NULL
) STRICT;

-- What came into the drawer and left it, by the period and by the shift it happened in; shift 0 is between shifts.
CREATE TABLE cash_sums (
    of     TEXT    NOT NULL CHECK (of IN ('period', 'shift')),
    number INTEGER NOT NULL,
    what   TEXT    NOT NULL CHECK (what IN ('start', 'floats', 'sales', 'returned', 'refunds', 'in', 'out', 'drop',
                                            'over', 'banked')),
    amount INTEGER NOT NULL,
    PRIMARY KEY (of, number, what)
) STRICT, WITHOUT ROWID;

-- The shifts. At most one is open.
CREATE TABLE shifts (
    number     INTEGER PRIMARY KEY,
    opened_at  INTEGER NOT NULL,
    opened_by  TEXT    NOT NULL,
    float      INTEGER NOT NULL,
    counts     INTEGER NOT NULL,
    counted    INTEGER,
    over       INTEGER,
    period     INTEGER,
    closed_at  INTEGER,
    closed_by  TEXT,
    note       TEXT,
    to_bank    INTEGER,
    next_float INTEGER
) STRICT;
CREATE UNIQUE INDEX shift_open ON shifts (period IS NULL) WHERE period IS NULL;
CREATE INDEX shifts_of_period ON shifts (period, number) WHERE period IS NOT NULL;

-- The Z reports: where each is kept, and what the till had ever sold by then.
CREATE TABLE z_reports (
    number   INTEGER PRIMARY KEY,
    seq      INTEGER NOT NULL UNIQUE,
    at       INTEGER NOT NULL,
    by       TEXT    NOT NULL,
    net      INTEGER NOT NULL,
    refunded INTEGER NOT NULL,
    ever_count    INTEGER NOT NULL,
    ever_net      INTEGER NOT NULL,
    ever_refunded INTEGER NOT NULL
) STRICT;

-- What an earlier program took in cash is in the drawer, too.
INSERT INTO cash_sums
SELECT 'period', 1, what, sum(amount) FROM (
    SELECT 'sales' AS what, json_extract(body, '$.tender.amount') AS amount FROM events
    WHERE kind = 'sale.paid' AND json_extract(body, '$.tender.kind') = 'cash'
    UNION ALL
    SELECT 'returned', json_extract(body, '$.tender.amount') FROM events
    WHERE kind = 'sale.returned' AND json_extract(body, '$.way') = 'drawer'
    UNION ALL
    SELECT 'refunds', settled_net FROM refund_sums WHERE way = 'cash' AND settled_net <> 0
) GROUP BY what;
INSERT INTO cash_sums SELECT 'shift', 0, what, amount FROM cash_sums;
INSERT INTO drawer
SELECT 1, coalesce(sum(CASE what WHEN 'sales' THEN amount ELSE -amount END), 0) FROM cash_sums WHERE of = 'period';
