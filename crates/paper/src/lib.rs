//! Receipts as a model, then PDF and PNG. Pure.
