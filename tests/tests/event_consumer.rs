//! The event consumer against the emulated service, on a paused clock and without sockets.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test measures time and fails by panicking, also in its helpers"
)]

#[path = "event_consumer/applications.rs"]
mod applications;
#[path = "event_consumer/credentials.rs"]
mod credentials;
#[path = "event_consumer/deduplication.rs"]
mod deduplication;
#[path = "event_consumer/delivery.rs"]
mod delivery;
#[path = "event_consumer/ending.rs"]
mod ending;
#[path = "event_consumer/handlers.rs"]
mod handlers;
#[path = "event_consumer/odd_events.rs"]
mod odd_events;
#[path = "event_consumer/outcomes.rs"]
mod outcomes;
#[path = "event_consumer/pulling.rs"]
mod pulling;
#[path = "event_consumer/rates.rs"]
mod rates;
#[path = "event_consumer/service.rs"]
mod service;
#[path = "event_consumer/settings.rs"]
mod settings;
#[path = "event_consumer/stalls.rs"]
mod stalls;

use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
