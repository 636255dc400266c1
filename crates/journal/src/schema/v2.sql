-- What a price is for, what stands on the first tab, and prices that begin on later days.
ALTER TABLE products ADD COLUMN unit TEXT NOT NULL DEFAULT 'piece';
ALTER TABLE products ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1));
CREATE TABLE later_prices (
    code     TEXT    NOT NULL REFERENCES products (code),
    from_day TEXT    NOT NULL,
    price    INTEGER NOT NULL,
    PRIMARY KEY (code, from_day)
) STRICT, WITHOUT ROWID;
