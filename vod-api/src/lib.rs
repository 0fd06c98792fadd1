//! Tencent Cloud VOD (Video on Demand) for Rust.

mod action;
mod record;
mod timestamp;

// runtime modules
mod call;
mod client;
mod clock;
mod credential;
mod endpoint;
mod envelope;
mod error;
mod pipeline;
mod settings;
pub mod signature;
mod transport;
mod wire;

pub use call::Call;
pub use client::{Client, ClientBuilder};
pub use credential::Credential;
pub use endpoint::Endpoint;
pub use error::{Error, ErrorKind};
pub use settings::{HttpMethod, Language};
pub use signature::SignatureMethod;

pub use action::{Action, ActionMeta, ErrorClass, Request, ServiceMeta};
pub use record::UnknownValue;
pub use timestamp::{Date, Timestamp};
