#![doc = include_str!("../README.md")]

mod clean;
pub mod code39;
mod faces;
mod flow;
mod measure;
mod pdf;
mod qr;
mod raster;
mod wrap;

pub mod count;
pub mod escpos;
pub mod receipt;
pub mod refund;
pub mod report;
pub mod row;
pub mod sheet;
pub mod slip;
pub mod words;

pub use count::CountSlip;
pub use escpos::Device;
pub use faces::{Faces, PaperError};
pub use flow::{Paper, layout};
pub use pdf::pdf;
pub use raster::{Raster, png, raster};
pub use receipt::Receipt;
pub use refund::RefundSlip;
pub use report::Report;
pub use sheet::{Sheet, Width};
pub use slip::{Slip, SlipCode};
pub use words::Lang;
