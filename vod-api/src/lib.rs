//! Tencent Cloud VOD (Video on Demand) for Rust: typed requests, signed calls, reliable events.
//!
//! ```no_run
//! use vod_api::vod::SearchMediaRequest;
//!
//! # async fn example() -> Result<(), vod_api::Error> {
//! let client = vod_api::Client::from_env()?;
//! let request = SearchMediaRequest::new().names(["holiday"]);
//! let found = client.search_media(request).await?;
//! for media in &found.media_info_set {
//!     println!("{}", media.file_id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! | to | see |
//! |---|---|
//! | begin: a credential, a client, a call | [the first steps](guide::getting_started) |
//! | find an action | [`vod`], its overviews by category; or the search, by words such as `watermark` |
//! | consume events with at-least-once delivery | [`events`] |
//! | process a file, and wait for its task | [the guide to processing](guide::processing), [the guide to waiting](guide::waiting) |
//! | upload a file | [the guide to uploading](guide::uploading) |
//! | go through all files, or describe many | [`Client::all_media`], [`Call::describe_all`] |
//! | read events that the service posts to a URL | [`callback`] |
//! | decide what to do about an error | [the guide to errors](guide::errors), [`Error`] |
//! | test without an account | [the guide to testing](guide::testing), [`testing`] |
//! | call another service or an action that this crate lacks | [the guide](guide::adding_an_action), [`service!`], [`action!`]; without types [`Client::call_json`] |
//! | configure where credentials come from | [`credential`] |
//! | set time limits, retries, rates, hosts, proxies | [`ClientBuilder`], [`RetryPolicy`] |
//! | call without async code | the module `blocking`, with the feature of that name |
//!
//! # Overview
//! - **Requests** have a constructor with the required fields and a setter for each other one; fields are public.
//! - **Calls**: a client method returns a [`Call`]. Set per-call options on it, then `.await` it to send the request.
//! - **Limits** that the service documents are checked before a request is sent.
//! - **Responses** are deserialized leniently: a missing or `null` field becomes the default or `None`, a list is never
//!   optional, unknown fields are ignored, and an unlisted value of an enum is kept in `Unknown`. A value that does not
//!   fit its field leaves the field empty and is reported as a [`Mismatch`];
//!   [strict answers](ClientBuilder::strict_answers) make it an error.
//! - **Retries**: transient failures are retried with exponential backoff and jitter. A non-idempotent action is not
//!   retried if an attempt may have taken effect.
//! - **Rate limiting**: a client-side limiter keeps each action below its published limit.
//! - **Pagination**: [`pages`](Call::pages) reads a long list page by page, [`items`](Call::items) item by item, and
//!   [`all`](Call::all) goes past the ceiling that a service has for a list.
//! - **Waiters**: [`Wait`] polls until a task ends, with exponential backoff and jitter.
//! - **Errors** are one type, [`Error`], with its [kind](Error::kind), the service's [code](Error::code) and the
//!   request id.
//! - **Secrets** are zeroized on drop and redacted from `Debug`, errors and logs.
//!
//! Types and methods are generated at compile time from spec files; the rest of this crate is a small runtime.
//!
//! # Features
//! | feature | brings |
//! |---|---|
//! | `all-categories` (default) | every category of [`vod`] |
//! | `events`, `media`, `upload`, … | one category of [`vod`] and the types that it needs; `events` also [`events`] and [`callback`] |
//! | `rustls` (default) | TLS by rustls with `aws-lc-rs`, its default cryptography; compiling it takes a C compiler, and about half of the build's CPU time |
//! | `rustls-ring` | TLS by rustls with `ring`: less to compile, also in C; take it with `default-features = false`, because `rustls` wins where both are on |
//! | `native-tls` | TLS by the operating system |
//! | `system-proxy` | proxy settings of macOS and Windows (proxy environment variables are always honoured) |
//! | `blocking` | a client for programs without async code |
//! | `jiff`, `chrono` | [`Timestamp`] from and to the types of these crates; those of `time` always |
//! | `metrics` | metrics for calls and the event consumer, via the `metrics` crate |
//!
//! Each action, and each type of [`vod`], names the features that bring it, and so does the compiler's error for a
//! method or type whose feature is off. A program that only consumes events takes
//! `default-features = false, features = ["events", "rustls"]` and compiles a good deal less. Without a TLS
//! feature only `http://` endpoints and a [client of your own](ClientBuilder::http_client) work.

// Texts of one category mention items of others.
#![cfg_attr(not(feature = "all-categories"), allow(rustdoc::broken_intra_doc_links))]

mod action;
mod blob;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "events")]
pub mod callback;
mod client;
mod clock;
pub mod credential;
mod endpoint;
mod error;
#[cfg(feature = "events")]
pub mod events;
mod feature_hints;
mod generate_macros;
#[cfg(all(any(doc, doctest), feature = "all-categories"))]
pub mod guide;
#[doc(hidden)]
pub mod internal;
mod pipeline;
mod rate_limit;
mod record;
mod redact;
mod retry;
pub mod sign;
pub mod signature;
pub mod sts;
mod sync;
pub mod task;
mod telemetry;
pub mod testing;
mod timestamp;
mod transport;
mod untyped;
#[cfg(feature = "upload")]
pub mod upload;
pub mod vod;

pub use action::{Action, ActionMeta, BinaryAction, ErrorClass, Request, ServiceMeta, StreamAction};
pub use blob::Blob;
pub use client::{
    AllItems, Call, Client, ClientBuilder, DescribeAll, Detailed, DetailedCall, HttpMethod, Items, Language,
    Pages, Paginated, ResponseStream, Wait, Waitable, Windowed,
};
#[doc(inline)]
pub use credential::{Credential, CredentialProvider};
pub use endpoint::Endpoint;
pub use error::{Error, ErrorKind};
#[doc(hidden)]
pub use generate_macros::__private;
pub use record::{Mismatch, Record, UnknownValue};
pub use retry::RetryPolicy;
/// Any JSON value: what fields of type `json` hold.
pub use serde_json::Value;
#[doc(inline)]
pub use signature::SignatureMethod;
pub use telemetry::Attempt;
pub use timestamp::{Date, Timestamp};
#[cfg(feature = "upload")]
pub use transport::Traffic;
pub use transport::{
    BodyStream, ReqwestTransport, StreamFuture, Transport, TransportError, TransportFailure, TransportFuture,
};
pub use untyped::{JsonCall, JsonService};
