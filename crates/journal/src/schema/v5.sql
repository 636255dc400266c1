-- What was done at the counter in a period and has to be looked at: the drawer opened without a sale, goods taken back
-- without one, and what somebody approved.
CREATE TABLE tallies (
    period INTEGER NOT NULL REFERENCES periods (period),
    name   TEXT    NOT NULL,
    count  INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (period, name)
) STRICT, WITHOUT ROWID;

-- Approvals are older than this table.
INSERT INTO tallies
SELECT 1, 'approved/' || json_extract(body, '$.approval.what'), count(*), 0
FROM events WHERE kind = 'till.approved' GROUP BY 2;
