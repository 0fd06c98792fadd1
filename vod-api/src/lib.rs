//! Tencent Cloud VOD (Video on Demand) for Rust.

mod action;
mod call;
mod client;
mod clock;
mod credential;
mod endpoint;
mod envelope;
mod error;
mod generate_macros;
mod pipeline;
mod record;
mod settings;
pub mod signature;
mod timestamp;
mod transport;
pub mod vod;
mod wire;

pub use action::{Action, ActionMeta, ErrorClass, Request, ServiceMeta};
pub use call::Call;
pub use client::{Client, ClientBuilder};
pub use credential::Credential;
pub use endpoint::Endpoint;
pub use error::{Error, ErrorKind};
#[doc(hidden)]
pub use generate_macros::__private;
pub use record::{Record, UnknownValue};
/// Any JSON value: what fields of type `json` hold.
pub use serde_json::Value;
pub use settings::{HttpMethod, Language};
pub use signature::SignatureMethod;
pub use timestamp::{Date, Timestamp};
