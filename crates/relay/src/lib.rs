//! The pay page and the notice mailbox: one axum router and its store trait.
