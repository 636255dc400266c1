//! Every outgoing HTTP call of the till.
