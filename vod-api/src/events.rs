//! The event consumer: pulls the events of an application's queue, delivers them, and confirms those that were handled.
//!
//! ```no_run
//! use vod_api::events::ReceivedEvent;
//!
//! # async fn consume() -> Result<(), vod_api::Error> {
//! let client = vod_api::Client::from_env()?;
//! let handler = async |event: ReceivedEvent| {
//!     println!("{}", event.event_type);
//!     Ok::<(), std::io::Error>(())
//! };
//! client.events().run(handler).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Events only queue up in an application whose event mode is `PULL`, see
//! [`modify_event_config`](crate::Client::modify_event_config).
//!
//! # As a stream
//!
//! Instead of a handler, you can use a stream, and confirm or release each event:
//!
//! ```
//! # use vod_api::{Client, Credential, Endpoint};
//! # use vod_emulator::{Emulator, samples};
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! # let emulator = Emulator::start().await?;
//! # emulator.publish(samples::file_deleted(1))?;
//! # let client = Client::builder()
//! #     .credential(Credential::new(emulator.secret_id(), emulator.secret_key()))
//! #     .endpoint(Endpoint::custom(emulator.endpoint()))
//! #     .build()?;
//! let mut events = client.events().concurrency(16).stream()?;
//! while let Some(delivery) = events.next().await {
//!     let delivery = delivery?;
//!     println!("{} with {:?} left", delivery.event().event_type, delivery.remaining());
//!     // `confirm` does the same without waiting for the result; a dropped delivery is redelivered.
//!     delivery.confirm_and_wait().await?;
//! #   break;
//! }
//! # assert_eq!(emulator.state().confirmed, 1);
//! # Ok(())
//! # }
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//! # runtime.block_on(example()).unwrap();
//! ```
//!
//! # What to know
//!
//! The [guide](crate::guide::events) explains each of these, with code:
//!
//! - An event can be confirmed for 30 s from its pull, less a margin: until its [`deadline`](Delivery::deadline). One
//!   that is not confirmed by then is redelivered. A confirmed event is deleted.
//! - Every event is delivered at least once, and some more often. Make handlers idempotent, or
//!   [deduplicate](EventsBuilder::deduplicate) redelivered events.
//! - Pulls and confirmations respect the service's rate limits, and the consumer pulls only if a whole batch fits. Any
//!   number of consumers may read one queue; [divide the rate](EventsBuilder::rate_share) among them.
//! - Transient failures are retried internally. An error of the stream is permanent.
//! - [`Shutdown::finish_within`] shuts a consumer down gracefully, and reports the outcome of every event.
//! - [`EventStats`] and the feature `metrics` tell how it is doing.

mod builder;
mod calls;
mod classify;
mod confirm_error;
mod content;
mod content_key;
mod dedup;
mod delivery;
mod driver;
mod handler;
mod ledger;
mod ledger_time;
#[cfg(feature = "metrics")]
mod metrics;
mod received_event;
mod report;
mod rules;
mod shared;
mod shutdown;
mod stream;
mod subject;

pub use builder::EventsBuilder;
pub use confirm_error::ConfirmError;
pub use dedup::{SeenFuture, SeenStore};
pub use delivery::Delivery;
pub use received_event::ReceivedEvent;
pub use report::{EventStats, Report};
pub use shutdown::Shutdown;
pub use stream::EventStream;
