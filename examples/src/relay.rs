//! Relays the events of VOD's queue to a `JetStream` stream of a NATS broker.
//!
//! An event is confirmed to VOD when the broker has acknowledged it and not before, so it is always in one of the
//! two places. If it comes again, because a confirmation got lost or the relay died in between, the broker knows it
//! by its `Nats-Msg-Id` and does not store it twice.

mod broker;
mod message;
mod report;

use std::fmt::{self, Display};
use std::sync::Arc;
use std::time::Duration;

use vod_api::events::{EventsBuilder, ReceivedEvent};

use broker::Stored;
pub use broker::{Broker, BrokerSettings};
use message::Message;
use report::Counts;
pub use report::RelayReport;

use crate::stop::StopSignals;

/// How long the end waits for acknowledgements and confirmations.
const FINISH_TIME: Duration = Duration::from_secs(20);

/// Relays events until asked to stop, and then finishes those that are under way. If it is asked once more, it
/// ends at once; what was not confirmed comes again.
///
/// # Errors
///
/// Events can't be pulled, and trying again is no use. What was pulled before has been finished.
pub async fn relay(
    events: EventsBuilder,
    broker: Broker,
    stop: &mut StopSignals,
) -> Result<RelayReport, RelayError> {
    let events = events.cancel_expired(true).stream().map_err(RelayError::Events)?;
    let shutdown = events.shutdown();
    let counts = Arc::new(Counts::default());
    let counted = Arc::clone(&counts);
    let running = events.run(move |event| store(event, broker.clone(), Arc::clone(&counted)));
    let ending = async {
        tokio::select! {
            () = stop.requested() => {}
            () = shutdown.finished() => return,
        }
        tokio::select! {
            _ = shutdown.finish_within(FINISH_TIME) => {}
            () = stop.requested() => shutdown.abandon(),
        }
    };
    let (ended, ()) = tokio::join!(running, ending);
    ended.map(|queue| counts.report(queue)).map_err(RelayError::Events)
}

/// Handles one event: it is confirmed if this is `Ok`, and comes again otherwise.
async fn store(event: ReceivedEvent, broker: Broker, counts: Arc<Counts>) -> Result<(), String> {
    let message = Message::new(broker.subject(), &event).map_err(|error| error.to_string())?;
    let outcome = broker.store(message, event.remaining()).await;
    counts.count(outcome.as_ref().ok().copied());
    outcome.map(|_: Stored| ())
}

/// Why events can't be relayed.
#[derive(Debug)]
#[non_exhaustive]
pub enum RelayError {
    /// The broker or the stream can't be used.
    Broker(String),
    /// Events can't be pulled.
    Events(vod_api::Error),
}

impl RelayError {
    fn broker(what: &str, problem: &dyn Display) -> Self {
        Self::Broker(format!("{what}: {problem}"))
    }
}

impl Display for RelayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broker(problem) => f.write_str(problem),
            Self::Events(error) => write!(f, "events can't be pulled: {error}"),
        }
    }
}

impl std::error::Error for RelayError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Events(error) => Some(error),
            Self::Broker(_) => None,
        }
    }
}
