//! Tencent Cloud VOD (Video on Demand) for Rust.

mod action;
mod record;
mod timestamp;

// runtime modules

pub use action::{Action, ActionMeta, ErrorClass, Request, ServiceMeta};
pub use record::UnknownValue;
pub use timestamp::{Date, Timestamp};
