-- Money on its way back to customers.
CREATE TABLE refunds (
    number        TEXT    PRIMARY KEY,
    count         INTEGER NOT NULL UNIQUE,
    requested_seq INTEGER NOT NULL UNIQUE,
    sale          TEXT    NOT NULL,
    attempt       TEXT,
    amount        INTEGER NOT NULL,
    phase         TEXT    NOT NULL,
    at_rest       INTEGER NOT NULL CHECK (at_rest IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX refunds_of_sale ON refunds (sale, count);
CREATE INDEX refunds_of_attempt ON refunds (attempt, count) WHERE attempt IS NOT NULL;
CREATE INDEX refunds_unsettled ON refunds (count) WHERE at_rest = 0;

-- What can come back and what has: pieces of a line, dollars of a payment. Whoever wants more than there is is refused
-- here, in the very transaction that asks for it.
CREATE TABLE refund_limits (
    of   TEXT    PRIMARY KEY,
    most INTEGER NOT NULL,
    used INTEGER NOT NULL CHECK (used BETWEEN 0 AND most)
) STRICT, WITHOUT ROWID;

-- Merchants whose lists of captures and refunds have shown a refund. Nobody has published that they do.
CREATE TABLE refund_lists (
    merchant TEXT    PRIMARY KEY,
    seen_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the refunds of a period come to: goods of sales, and money no sale took; asked for, and back with the customer.
CREATE TABLE refund_sums (
    period     INTEGER NOT NULL REFERENCES periods (period),
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
    PRIMARY KEY (period, of, way)
) STRICT, WITHOUT ROWID;
