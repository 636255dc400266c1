//! The sales journal: append-only hash-chained events in SQLite, and the read models made from them.
