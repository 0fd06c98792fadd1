//! Tencent Cloud VOD (Video on Demand) for Rust: typed requests, signed calls, reliable events.
//!
//! Types and methods are generated at compile time from spec files; see [`vod`] for what there is. This crate is
//! the small runtime beneath them: it checks limits, signs, sends and reads answers.
//!
//! # A call
//! ```no_run
//! use std::time::Duration;
//! use vod_api::vod::PullEventsRequest;
//!
//! # async fn example() -> Result<(), vod_api::Error> {
//! let client = vod_api::Client::from_env()?;
//! let pulled = client.pull_events(PullEventsRequest::new()).timeout(Duration::from_secs(10)).await?;
//! for event in &pulled.event_set {
//!     println!("{}: {event:?}", event.event_type);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # How things are
//! - **Requests** have a constructor with the required fields and a setter for each other one; fields are public.
//! - **Responses** are read leniently: what is absent or `null` is the default or `None`, lists are never optional,
//!   members that the specs do not know are ignored, and enumerations are open: an unlisted value survives in
//!   `Unknown`.
//! - **Limits** of the spec files are checked before anything is sent.
//! - **Long lists** come page by page: a call of an action that has pages gives them as a stream, by
//!   [`pages`](Call::pages), or their contents one by one, by [`items`](Call::items).
//! - **Waiting** for a task is a call that is repeated at a growing distance: [`Wait`].
//! - **Errors** are one type, [`Error`], with its [kind](Error::kind), the service's [code](Error::code) and the
//!   request id.
//! - **Secrets** are wiped from memory when dropped and shown nowhere.
//! - **Other services**, and actions that are missing here, come from spec files of your own: [`service!`] and
//!   [`action!`].
//!
//! The [guides](guide) show how to do the things that people come for.
//!
//! # Features
//! - `rustls` (default): TLS by rustls. `native-tls`: TLS by the operating system instead. Without either, only
//!   `http://` endpoints and a [client of your own](ClientBuilder::http_client) work.
//! - `system-proxy`: also ask macOS and Windows for their proxy settings; the environment's are always honoured.

mod action;
#[cfg(feature = "blocking")]
pub mod blocking;
mod breaker;
mod call;
#[cfg(feature = "events")]
pub mod callback;
mod client;
mod clock;
pub mod credential;
mod endpoint;
mod envelope;
mod error;
#[cfg(feature = "events")]
pub mod events;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod generate_macros;
#[cfg(all(any(doc, doctest), feature = "full"))]
pub mod guide;
mod measured;
mod observe;
mod pacing;
mod pages;
mod pipeline;
mod record;
mod retry;
mod settings;
pub mod signature;
mod skew;
pub mod sts;
pub mod testing;
mod timestamp;
mod transport;
pub mod vod;
mod wait;
mod wire;

pub use action::{Action, ActionMeta, ErrorClass, Request, ServiceMeta};
pub use call::Call;
pub use client::{Client, ClientBuilder};
pub use credential::{Credential, CredentialProvider};
pub use endpoint::Endpoint;
pub use error::{Error, ErrorKind};
#[doc(hidden)]
pub use generate_macros::__private;
pub use observe::Attempt;
pub use pages::{Items, Pages, Paginated};
pub use record::{Record, UnknownValue};
pub use retry::RetryPolicy;
/// Any JSON value: what fields of type `json` hold.
pub use serde_json::Value;
pub use settings::{HttpMethod, Language};
pub use signature::SignatureMethod;
pub use timestamp::{Date, Timestamp};
pub use transport::{ReqwestTransport, Transport, TransportError, TransportFailure, TransportFuture};
pub use wait::{Wait, Waitable};
