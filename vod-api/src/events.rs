//! The event consumer: pulls the events of an application's queue, hands them out, and confirms what was handled.
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
//! Where a function per event does not fit, take the events as a stream, and say of each what becomes of it:
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
//!     // `confirm` does the same without waiting for the answer; dropping it lets the event come again.
//!     delivery.confirm_now().await?;
//! #   break;
//! }
//! # assert_eq!(emulator.state().confirmed, 1);
//! # Ok(())
//! # }
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//! # runtime.block_on(example()).unwrap();
//! ```
//!
//! # Thirty seconds
//!
//! The service gives each event out under a handle that can be confirmed for 30 seconds, and no call prolongs it.
//! An event that is not confirmed by then returns to the queue and comes again. When exactly the service began
//! to count is not told, so the consumer counts from before it asked, and stops 2 s
//! ([`margin`](EventsBuilder::margin)) before the end. That is a delivery's [`deadline`](Delivery::deadline). An event
//! with less than 5 s left ([`min_remaining`](EventsBuilder::min_remaining)) is not handed out: somebody gets
//! it later, with all its time.
//!
//! Confirm an event when its work is done, or written down where it can't get lost: a confirmed event is deleted.
//!
//! # Duplicates
//!
//! Every event is handed out at least once, and some more often: when a handler was too slow, failed or panicked,
//! when the process died, and when an answer got lost on the way. Make handlers so that doing the same twice
//! does no harm, or let the consumer sort duplicates out, by a key that says which events are the same:
//!
//! ```
//! # use vod_api::{Client, events::EventsBuilder};
//! # fn example(client: &Client) -> EventsBuilder {
//! client.events().deduplicate_by(|event| {
//!     let file = &event.file_upload_event.as_ref()?.file_id;
//!     Some(format!("{} {file}", event.event_type))
//! })
//! # }
//! ```
//!
//! An event whose key was accepted before is confirmed at once, and one whose key is being worked on is left to
//! come again later. The process remembers the last 100 000 keys ([`known_keys`](EventsBuilder::known_keys)); a
//! [`SeenStore`] keeps them for other processes and for the time after a restart.
//!
//! What became of a confirmation is never glossed over: [`ConfirmError`] tells an expired handle from one that
//! the service refused, and both from an outcome that nobody knows, when an answer was lost and the service
//! refused the repetition. Such an event has been confirmed, or comes again.
//!
//! # Slow handlers
//!
//! A handler that takes longer than 28 s does its work in vain: its event has come again. Either write the event
//! down, confirm it, and work on it afterwards, or let [`cancel_expired`](EventsBuilder::cancel_expired) cancel it
//! in time. The consumer pulls only when 16 handlers are free, because a pull brings up to 16 events; a
//! concurrency below that works, but when each event takes several seconds, the last ones of a batch have
//! waited too long and come again. Handlers run as tasks of the runtime: work that blocks belongs into
//! `tokio::task::spawn_blocking`.
//!
//! # Scaling
//!
//! One consumer pulls as fast as the service lets an account, which is 100 calls a second of up to 16 events, given
//! enough [`concurrency`](EventsBuilder::concurrency): handlers times events a second must suffice, and 16 handlers
//! for each pull that is under way. Long polls run side by side while the queue is full, and a single one when
//! it is empty. Confirmations share calls, and go before pulls.
//!
//! Any number of consumers may read one queue, in one process or in many: the service gives each event to one
//! of them at a time. It counts the calls of all of them together, whatever their applications, so divide the
//! limits by [`rate_share`](EventsBuilder::rate_share), and use a common [`SeenStore`] if duplicates matter. Each
//! application (`SubAppId`) has a queue of its own and needs a consumer of its own.
//!
//! # The end
//!
//! [`Shutdown::finish_within`] stops pulling, lets handlers finish, has their events confirmed, and reports. What is
//! not done in time is given up, and comes again. `examples/consume_with_shutdown.rs` does it on ctrl-c. Dropping
//! the stream stops pulling, too; deliveries that are still around can be confirmed. No task outlives the
//! last of them for longer than its confirmation takes.
//!
//! # Monitoring
//!
//! [`EventStream::stats`] and [`Shutdown::stats`] give the figures at any moment, cheaply. Watch these:
//!
//! - `lag`: the age of the oldest event in the process. Near 28 s, handlers are too slow.
//! - `in_flight` at the concurrency all the time: more handlers would help.
//! - `confirm_latency_max`: usually the linger of 50 ms and the time of a call.
//! - `totals.expired` and `redelivered`: work that was done in vain.
//! - `totals.rejected`, `totals.failed`, `totals.unknown`: trouble with the service or on the way to it.
//! - `pull_failures`: passing failures are repeated inside, with growing pauses; only lasting ones end the stream.

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
