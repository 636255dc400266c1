-- Who works at the till, those who no longer do included; and the wrong PINs given under their names.
CREATE TABLE people (
    id       TEXT    PRIMARY KEY,
    added    INTEGER NOT NULL UNIQUE,
    name     TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    active   INTEGER NOT NULL CHECK (active IN (0, 1)),
    pin      TEXT    NOT NULL,
    wrong    INTEGER NOT NULL,
    wrong_at INTEGER,
    unseen   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who sees to which task.
CREATE TABLE task_holders (
    task   TEXT    PRIMARY KEY,
    person TEXT,
    name   TEXT    NOT NULL,
    since  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What sales have been paid with on nothing but a manager's word, until the gateway agrees.
CREATE TABLE vouched (
    attempt TEXT    PRIMARY KEY,
    sale    TEXT    NOT NULL,
    amount  INTEGER NOT NULL,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
