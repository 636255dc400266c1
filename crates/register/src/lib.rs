//! The till's application: decide, record, act.
