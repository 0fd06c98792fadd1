//! The event consumer: pulls the events of an application's queue, hands them out, and confirms what was handled.
//!
//! ```no_run
//! # async fn consume(client: vod_api::Client) -> Result<(), vod_api::Error> {
//! client
//!     .events()
//!     .run(async |event: vod_api::events::ReceivedEvent| {
//!         println!("{}", event.event_type);
//!         Ok::<(), std::io::Error>(())
//!     })
//!     .await?;
//! # Ok(())
//! # }
//! ```

mod builder;
mod calls;
mod classify;
mod confirm_error;
mod dedup;
mod delivery;
mod driver;
mod handler;
mod ledger;
mod report;
mod rules;
mod shared;
mod shutdown;
mod stream;

pub use builder::EventsBuilder;
pub use confirm_error::ConfirmError;
pub use dedup::{SeenFuture, SeenStore};
pub use delivery::{Delivery, ReceivedEvent};
pub use report::{EventStats, Report};
pub use shutdown::Shutdown;
pub use stream::EventStream;
