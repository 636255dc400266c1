#![doc = include_str!("../README.md")]

mod aws;
mod dynamo;
mod metrics;
mod owner;
mod watch;

pub use aws::{Aws, AwsError};
pub use dynamo::DynamoCabinet;
pub use metrics::measured;
pub use owner::Topic;
pub use watch::{Silence, look};
