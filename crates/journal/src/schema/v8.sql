-- The statements that were held against the journal, and how many exceptions each had.
CREATE TABLE reconciliations (
    seq      INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    from_day INTEGER NOT NULL,
    to_day   INTEGER NOT NULL,
    matched  INTEGER NOT NULL,
    findings INTEGER NOT NULL
) STRICT;
