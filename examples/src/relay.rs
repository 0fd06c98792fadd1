//! Relays the events of VOD's queue to a `JetStream` stream of a NATS broker.
//!
//! An event is confirmed to VOD when the broker has acknowledged it and not before, so it is always in one of the
//! two places. If it is redelivered, because a confirmation got lost or the relay died in between, the broker recognizes it
//! by its `Nats-Msg-Id` and does not store it twice.
//!
//! The id is a hash of all that the event says, and the number of events that say the same and were confirmed before
//! (`equal_events.rs`). The messages are sent in the order in which the events come, as far as nothing fails.

mod broker;
mod equal_events;
mod message;
mod report;
mod settings;
mod stream_check;

use std::fmt::{self, Display};
use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::time::{sleep, timeout};
use vod_api::events::{Delivery, EventStream, EventsBuilder};

pub use broker::Broker;
use broker::{StoreError, Stored};
use equal_events::EqualEvents;
use message::Message;
use report::Counts;
pub use report::RelayReport;
pub use settings::BrokerSettings;

use crate::stop::StopSignals;

/// How long the end waits for acknowledgements and confirmations.
const FINISH_TIME: Duration = Duration::from_secs(20);
/// How long it then waits for what is known of them to be counted.
const COUNT_TIME: Duration = Duration::from_secs(1);

/// Relays events until asked to stop, and then finishes those that are under way. If it is asked once more, it
/// ends at once; what was not confirmed is redelivered. `concurrency` is how many events are under way at a time.
///
/// # Errors
///
/// Events can't be pulled, or the broker refuses the stream, and trying again is no use. What was pulled before has been
/// finished.
pub async fn relay(
    events: EventsBuilder,
    concurrency: usize,
    broker: Broker,
    stop: &mut StopSignals,
) -> Result<RelayReport, RelayError> {
    let events = events.concurrency(concurrency).stream().map_err(RelayError::Events)?;
    let shutdown = events.shutdown();
    let relay = Relay::new(broker);
    let mut running = pin!(relay.run(events, concurrency));
    let ended = tokio::select! {
        ended = &mut running => ended,
        () = stop.requested() => {
            let finishing = async {
                shutdown.finish_within(FINISH_TIME).await;
                sleep(COUNT_TIME).await;
            };
            tokio::select! {
                ended = &mut running => ended,
                () = finishing => Ok(()),
                () = stop.requested() => Ok(()),
            }
        }
    };
    // Nothing is left to finish, unless it was asked twice: then the rest is abandoned.
    let queue = shutdown.finish_within(FINISH_TIME).await;
    ended.map(|()| relay.counts.report(queue))
}

/// What all events need.
struct Relay {
    broker: Broker,
    equal_events: EqualEvents,
    counts: Counts,
}

impl Relay {
    fn new(broker: Broker) -> Self {
        let equal_events = EqualEvents::new(broker.duplicate_window());
        Self { broker, equal_events, counts: Counts::default() }
    }

    /// Stores events until the stream ends or the broker is of no use any more, and finishes those under way.
    async fn run(&self, events: EventStream, concurrency: usize) -> Result<(), RelayError> {
        let mut events = Some(events);
        let mut ended = Ok(());
        // In one task, so that the messages are sent in the order in which the events come.
        let mut under_way = FuturesUnordered::new();
        loop {
            let has_room = events.is_some() && under_way.len() < concurrency;
            let next = async {
                match &mut events {
                    Some(events) => events.next().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                Some(outcome) = under_way.next() => {
                    if let Err(error) = outcome {
                        // Dropped, it pulls no more.
                        events = None;
                        ended = Err(error);
                    }
                }
                delivery = next, if has_room => match delivery {
                    Some(Ok(delivery)) => under_way.push(self.store(delivery)),
                    Some(Err(error)) => {
                        events = None;
                        ended = Err(RelayError::Events(error));
                    }
                    None => events = None,
                },
                else => return ended,
            }
        }
    }

    /// Stores one event and has it confirmed; otherwise it is redelivered. An error is one that stays.
    async fn store(&self, delivery: Delivery) -> Result<(), RelayError> {
        let message = Message::of(self.broker.subject(), &delivery);
        let subject = message.subject.clone();
        let waiting = self.equal_events.turn(&message.key);
        let Ok(mut turn) = timeout(delivery.remaining(), waiting).await else {
            self.leave(&subject, "an event that says the same was under way for too long");
            return Ok(());
        };
        let can_be_confirmed = !delivery.event().event_handle.is_empty();
        if turn.is_stored() && !can_be_confirmed {
            // It comes for days, for longer than the broker recognizes it.
            self.counts.count(Some(Stored::Before));
            return Ok(());
        }
        let id = message.id(turn.confirmed());
        match self.broker.store(message, &id, delivery.remaining()).await {
            Ok(stored) => {
                turn.store();
                self.counts.count(Some(stored));
            }
            Err(StoreError::Passing(problem)) => {
                self.leave(&subject, &problem);
                return Ok(());
            }
            Err(StoreError::Lasting(error)) => {
                self.leave(&subject, &error.to_string());
                return Err(error);
            }
        }
        match delivery.confirm_and_wait().await {
            Ok(()) => turn.confirm(),
            Err(error) => {
                tracing::warn!(subject, %error, "an event is stored and not confirmed; the broker recognizes it");
            }
        }
        Ok(())
    }

    fn leave(&self, subject: &str, problem: &str) {
        self.counts.count(None);
        tracing::warn!(subject, problem, "the event is not stored; event will be redelivered");
    }
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
