//! AWS on loopback: moto in the place of DynamoDB and SNS, and a Lambda runtime of our own around the real binary.

pub mod event;
pub mod gate;
pub mod inbox;
pub mod moto;
pub mod runtime;
